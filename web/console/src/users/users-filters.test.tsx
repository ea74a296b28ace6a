import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { renderWithProviders } from "../../test/render.tsx";
import { aGroup, anAccount } from "../../test/samples.ts";
import { UsersFilters } from "./users-filters.tsx";
import { readView } from "./view.ts";

test.each([
  ["is loading", undefined, "…"],
  ["exists", [aGroup()], "Everyone"],
  ["no longer exists", [aGroup({ group_id: "sales" })], "Group that no longer exists"],
])("the group of the URL is not shown as all groups where it %s", async (_, groups, shown) => {
  await renderWithProviders(
    <UsersFilters
      view={readView(new URLSearchParams("group=everyone"))}
      onChange={vi.fn()}
      counts={anAccount().counts}
      attention={undefined}
      groups={groups}
      narrow={false}
      searchRef={null}
      exporting={null}
    />,
  );

  expect(screen.getByRole("option", { name: shown, selected: true })).toBeTruthy();
});
