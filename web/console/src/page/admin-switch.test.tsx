import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderWithProviders } from "../../test/render.tsx";
import { AdminSwitch } from "./admin-switch.tsx";

test.each([
  ["an administrator", { isAdmin: true, kind: "user" }, "user", true],
  ["an administrator", { isAdmin: true, kind: "user" }, "partner", true],
  ["a partner who is administrator", { isAdmin: true, kind: "partner" }, "partner", true],
  ["a partner who is administrator", { isAdmin: true, kind: "partner" }, "user", false],
  ["a user", { isAdmin: false, kind: "user" }, "user", false],
] as const)("%s (%o) makes administrators of kind %s: %s", async (_, context, of, isShown) => {
  await renderWithProviders(<AdminSwitch of={of} />, { context });

  expect(screen.queryByRole("switch") !== null).toBe(isShown);
});
