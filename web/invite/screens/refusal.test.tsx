import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Invitation } from "../invitation.ts";
import en from "../texts/en.json" with { type: "json" };

vi.mock("../texts/index.ts", () => ({
  texts: en,
  startupTexts: () => ({ retry: "Try again", help: "Help" }),
  currentLocale: () => "en",
  LANGUAGES: [],
}));

afterEach(() => {
  vi.resetModules();
});

/** Shows what an accepted link leads to, in a deployment with this address of the host product. */
async function showAccepted(accountId: string, answer: () => Promise<Response>) {
  const fetched = vi.fn(answer);
  vi.stubGlobal("fetch", fetched);
  const { Problem } = await import("#shared/problem.ts");
  const { refusalScreen } = await import("./refusal.ts");
  const error = new Problem(new Response("", { status: 410 }), { code: "invitation_accepted" });
  const { content } = refusalScreen(error, { accountId } as Invitation, () => undefined);
  document.body.replaceChildren(content);
  await waitFor(() => {
    expect(fetched).toHaveBeenCalledOnce();
  });
  await Promise.resolve();
  return screen.getByRole("link", { name: en.joined.signIn });
}

const config = (app_url: string | null) => () => Promise.resolve(Response.json({ app_url }));

test.each([
  ["ab123", config("https://app.example.com/{account_id}/home"), "https://app.example.com/ab123/home"],
  ["ab123", config(null), "/console/ab123/users"],
  ["", config("https://app.example.com/{account_id}/home"), "/console/"],
  ["ab123", () => Promise.reject(new TypeError("offline")), "/console/ab123/users"],
])("an accepted link of account '%s' leads into the account", async (accountId, answer, address) => {
  const link = await showAccepted(accountId, answer);

  await waitFor(() => {
    expect(link.getAttribute("href")).toBe(address);
  });
});
