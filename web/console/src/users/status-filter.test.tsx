import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { renderWithProviders } from "../../test/render.tsx";
import { anAccount } from "../../test/samples.ts";
import { StatusFilter } from "./status-filter.tsx";
import { STATUSES, readView } from "./view.ts";

async function show(parameters = "") {
  const onChange = vi.fn();
  const view = readView(new URLSearchParams(parameters));
  const { counts } = anAccount();
  const filter = (
    <StatusFilter view={view} onChange={onChange} counts={counts} attention={{ count: 1, isMore: false }} />
  );
  return { onChange, ...(await renderWithProviders(filter)) };
}

const chip = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name });
const ticked = () =>
  screen
    .getAllByRole<HTMLInputElement>("checkbox")
    .filter(({ checked }) => checked)
    .map((box) => box.getAttribute("aria-label"));

test("chips show how many users have a status or need attention, and how many there are", async () => {
  const { container } = await show();

  expect(container.textContent).toContain("All3");
  expect(container.textContent).toContain("Active2");
  expect(container.textContent).toContain("Blocked" + "Declined");
  expect(container.textContent).toContain("Needs attention1" + "Records waiting");
});

test("the count of a chip is its description for screen readers", async () => {
  await show();

  const description = (name: string) => {
    const id = chip(name).getAttribute("aria-describedby");
    return id === null ? null : document.getElementById(id)?.textContent;
  };

  expect(description("Active")).toBe("2");
  expect(description("Blocked")).toBeNull();
});

test("a status is added to the others, or taken away", async () => {
  const { user, onChange } = await show();
  expect(ticked()).toEqual(["Invited", "Expired", "Active"]);

  await user.click(chip("Inactive"));
  expect(onChange).toHaveBeenLastCalledWith({
    status: ["invited", "expired", "active", "inactive"],
    only: "",
  });
  await user.click(chip("Active"));
  expect(onChange).toHaveBeenLastCalledWith({ status: ["invited", "expired"], only: "" });
});

test("without the last status, all are shown", async () => {
  const { user, onChange } = await show("status=blocked");

  await user.click(chip("Blocked"));

  expect(onChange).toHaveBeenLastCalledWith({ status: [...STATUSES], only: "" });
});

test.each([
  ["all", "All"],
  ["attention", "Needs attention"],
  ["waiting", "Records waiting"],
])("%s stands alone: a status replaces it, and a second click brings back the usual ones", async (name, label) => {
  const { user, onChange } = await show(`status=${name}`);
  expect(ticked()).toEqual([label]);

  await user.click(chip("Inactive"));
  expect(onChange).toHaveBeenLastCalledWith({ status: ["inactive"], only: "" });
  await user.click(chip(label));
  expect(onChange).toHaveBeenLastCalledWith({ status: ["invited", "expired", "active"], only: "" });
});

test("a button explains the statuses", async () => {
  const { user } = await show();

  await user.click(screen.getByRole("button", { name: "What the statuses mean" }));

  expect(await screen.findByText(/Has declined the invitation. Takes no seat. Can be invited again./)).toBeTruthy();
});
