import { screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, aGroup } from "../../test/samples.ts";

const BEYOND = /^Groups with permissions that you don’t have cannot be chosen/;

/** Shows the choice to someone who may view contacts and users; "Sales" allows more. */
async function open(before: string[] = [], given: string | null = null) {
  signInForTest();
  const sales = aGroup({ group_id: "sales", name: "Sales", permissions: ["contacts.export"] });
  vi.resetModules();
  new ApiStub().answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, { ...GROUPS, data: [...GROUPS.data, sales] });
  const { Dialog } = await import("./dialog.tsx");
  const { GroupsSelect } = await import("./groups-select.tsx");
  function Choice() {
    const [value, setValue] = useState(before);
    return (
      <Dialog title="Choice" onClose={vi.fn()}>
        <GroupsSelect accountId={ACCOUNT_ID} value={value} onChange={setValue} given={given} />
      </Dialog>
    );
  }
  const { user } = await renderWithProviders(<Choice />, {
    context: { may: (permission) => ["contacts.view", "users.view"].includes(permission) },
  });
  await user.click(screen.getByRole("combobox", { name: "Groups" }));
  const disabled = async () => {
    await screen.findAllByRole("option");
    return screen
      .getAllByRole("option")
      .filter((option) => option.getAttribute("data-combobox-disabled") === "true")
      .map(({ textContent }) => textContent);
  };
  return { user, disabled };
}

test("a group that allows more than the caller may do cannot be chosen, and the field says why", async () => {
  const { user, disabled } = await open();

  expect(await disabled()).toEqual(["Sales"]);
  expect(screen.getByText(BEYOND)).toBeTruthy();
  await user.click(screen.getByRole("option", { name: "Sales" }));
  expect(screen.queryByRole("button", { name: "Remove Sales" })).toBeNull();
});

test("such a group can be chosen where it is chosen already", async () => {
  const { disabled } = await open(["sales"]);
  expect(await disabled()).toEqual([]);
  expect(screen.queryByText(BEYOND)).toBeNull();
});

test("such a group can be chosen where the account itself gives it", async () => {
  const { disabled } = await open([], "sales");

  expect(await disabled()).toEqual([]);
});
