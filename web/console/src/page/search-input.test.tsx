import { screen } from "@testing-library/react";
import { createRef, useState } from "react";
import { expect, test } from "vitest";
import { renderWithProviders } from "../../test/render.tsx";
import { SearchInput } from "./search-input.tsx";
import { useRestoredFocus } from "./use-restored-focus.ts";

const ref = createRef<HTMLInputElement>();

function Page() {
  const [value, setValue] = useState("lee");
  useRestoredFocus();
  return (
    <main>
      <h1 tabIndex={-1}>Users</h1>
      <SearchInput ref={ref} label="Search" value={value} onChange={setValue} />
    </main>
  );
}

test("the focus is in the search once it has been cleared, and stays there", async () => {
  const { user } = await renderWithProviders(<Page />);

  await user.click(screen.getByRole("button", { name: "Clear" }));

  const search = screen.getByLabelText<HTMLInputElement>("Search");
  expect(screen.queryByRole("button", { name: "Clear" })).toBeNull();
  // The focus of what is removed is restored in a later task.
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(document.activeElement).toBe(search);
  expect(search.value).toBe("");
  expect(ref.current).toBe(search);
});
