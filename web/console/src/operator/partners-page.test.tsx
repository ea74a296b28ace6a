import { screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { dialog, signInWithGroups } from "../../test/operator.ts";
import { renderConsole } from "../../test/render.tsx";
import { me } from "../../test/samples.ts";

const COACH = "/v1/operator/partners/coach%40example.org";
const CERTIFIED = {
  email: "coach@example.org",
  partner_type: "expert_coach",
  first_name: "Cleo",
  last_name: "Coach",
  certified_at: "2026-11-22T12:00:00Z",
  withdrawn_at: null,
};

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub().answer("GET /v1/me", me({ accounts: [] })).answer(`GET ${COACH}`, CERTIFIED);
  signInWithGroups("operators");
  vi.resetModules();
});

async function lookUp() {
  const rendered = await renderConsole("/console/operator/partners");
  await rendered.user.type(await screen.findByLabelText("Email"), "Cleo <coach@example.org>");
  await rendered.user.click(screen.getByRole("button", { name: "Look up" }));
  return rendered;
}

test("an address that is not certified is shown as such, and can be certified", async () => {
  api.answer(`GET ${COACH}`, { code: "not_found" }, 404).answer(`PUT ${COACH}`, CERTIFIED);
  const { user } = await lookUp();
  expect(await screen.findByText("coach@example.org is not certified as a partner.")).toBeTruthy();

  await user.click(screen.getByRole("button", { name: "Certify this partner" }));
  const form = await dialog();
  await user.type(form.getByLabelText("First name"), " Cleo ");
  await user.type(form.getByLabelText("Last name"), "Coach");
  await user.click(form.getByRole("button", { name: "Certify" }));
  expect(form.getAllByText("Choose a type.")).toHaveLength(1);
  await user.selectOptions(form.getByLabelText("Type of partner"), "Expert Coach");
  await user.click(form.getByRole("button", { name: "Certify" }));

  expect(await screen.findByText("Cleo Coach is certified.")).toBeTruthy();
  expect(await screen.findByText(/Nov.*2026/)).toBeTruthy();
  const body = { partner_type: "expert_coach", first_name: "Cleo", last_name: "Coach" };
  expect(api.sent(`PUT ${COACH}`).map((request) => request.body)).toEqual([body]);
});

test("type and names of a partner are changed", async () => {
  api.answer(`PUT ${COACH}`, { ...CERTIFIED, partner_type: "certified_partner" });
  const { user } = await lookUp();
  await user.click(await screen.findByRole("button", { name: "Edit" }));
  const form = await dialog();
  expect(form.queryByRole("option", { name: "Choose a type" })).toBeNull();
  await user.selectOptions(form.getByLabelText("Type of partner"), "Certified Partner");
  await user.click(form.getByRole("button", { name: "Save" }));

  expect(await screen.findByRole("img", { name: "Partner: Certified Partner" })).toBeTruthy();
});

test("a certification is withdrawn once that is confirmed", async () => {
  api.answer(`DELETE ${COACH}`, { ...CERTIFIED, withdrawn_at: "2026-11-23T12:00:00Z" });
  const { user } = await lookUp();
  expect(await screen.findByRole("img", { name: "Partner: Expert Coach" })).toBeTruthy();

  await user.click(screen.getByRole("button", { name: "Withdraw certification" }));
  const confirmation = await dialog();
  expect(confirmation.getByText(/are notified by email/)).toBeTruthy();
  expect(api.sent(`DELETE ${COACH}`)).toEqual([]);
  await user.click(confirmation.getByRole("button", { name: "Withdraw certification" }));

  expect(await screen.findByText("The certification of Cleo Coach has been withdrawn.")).toBeTruthy();
  expect(screen.getByText("coach@example.org is not certified as a partner.")).toBeTruthy();
});

test("a lookup that fails is said, and shows nothing", async () => {
  api.answer(`GET ${COACH}`, { code: "busy", request_id: "r1" }, 503);
  await lookUp();

  expect((await screen.findByRole("alert")).textContent).toContain("Something went wrong on our side");
  expect(screen.queryByText(/not certified/)).toBeNull();
});
