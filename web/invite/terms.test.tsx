import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import en from "./texts/en.json" with { type: "json" };
import type { Invitation } from "./invitation.ts";
import { termsField } from "./terms.ts";

vi.mock("./texts/index.ts", () => ({ texts: en, startupTexts: () => ({ retry: "Try again" }) }));

const TERMS = { version: "2026-01", url: "/terms/2026-01/en.txt" };

/** Opens the terms and accepts them, once they are loaded. */
async function accept() {
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: en.terms.open }));
  await screen.findByText("Be kind.");
  await user.click(screen.getByText(en.terms.accept));
}

test("accepted terms stay accepted when the field is created again, as for another language", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("Terms\n\nBe kind.")));
  const first = termsField(TERMS, {} as Invitation);
  document.body.replaceChildren(first.root);
  expect(first.isAccepted()).toBe(false);
  await accept();
  expect(first.isAccepted()).toBe(true);

  const again = termsField(TERMS, {} as Invitation);
  document.body.replaceChildren(again.root);

  expect(again.acceptedVersion()).toBe("2026-01");
  expect(screen.getByText(en.terms.done)).toBeTruthy();
  expect(termsField({ ...TERMS, version: "2026-02" }, {} as Invitation).isAccepted()).toBe(false);
});
