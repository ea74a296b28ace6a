import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderWithProviders } from "../../test/render.tsx";
import { Seats } from "./seats.tsx";

test("a limit is shown with a bar", async () => {
  await renderWithProviders(<Seats used={3} limit={10} />);

  expect(screen.getByText("3 of 10 seats used")).toBeTruthy();
  expect(screen.getByRole("progressbar", { name: "3 of 10 seats used" }).getAttribute("aria-valuenow")).toBe("30");
});

test("an account without a limit has no bar", async () => {
  await renderWithProviders(<Seats used={3} limit={null} />);

  expect(screen.getByText("3 seats used")).toBeTruthy();
  expect(screen.queryByRole("progressbar")).toBeNull();
});
