import { cleanup, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderWithProviders } from "../../test/render.tsx";
import { ACCOUNT_ID } from "../../test/samples.ts";
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

test("the bar leads an administrator to the seats, and nobody else", async () => {
  await renderWithProviders(<Seats used={3} limit={10} />);
  const link = screen.getByRole("link", { name: "3 of 10 seats used" });

  expect(link.getAttribute("href")).toBe(`/console/${ACCOUNT_ID}/seats`);

  cleanup();
  await renderWithProviders(<Seats used={3} limit={10} />, { context: { isAdmin: false } });
  expect(screen.getByText("3 of 10 seats used")).toBeTruthy();
  expect(screen.queryByRole("link")).toBeNull();
});
