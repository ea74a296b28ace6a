import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders } from "../../test/render.tsx";
import { recoveryToken } from "./link.ts";
import RecoveryPage from "./recovery-page.tsx";

const TOKEN = `v1.${"a".repeat(26)}.29800000.recovery.${"M".repeat(43)}`;
const ASKS = {
  email: "lee@example.org",
  locale: "en",
  security_question: "First pet?",
  new_question: "off",
  password_policy: {
    min_length: 7,
    max_length: 256,
    uppercase: true,
    lowercase: true,
    number: true,
    no_outer_spaces: true,
  },
};

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub();
  history.replaceState(null, "", "/console/recovery");
});

async function finish(answer: string) {
  location.hash = TOKEN;
  api.answer("POST /v1/recovery/preview", ASKS);
  const { user } = await renderWithProviders(<RecoveryPage />);
  await user.type(await screen.findByLabelText("First pet?"), answer);
  await user.type(screen.getByLabelText("New password"), "Trombone71");
  await user.click(screen.getByRole("button", { name: "Save the new password" }));
}

test("a link is asked for without telling whether the address has an ID", async () => {
  api.answer("POST /v1/recovery/start", {}, 202);
  const { user } = await renderWithProviders(<RecoveryPage />);

  await user.type(screen.getByLabelText("Email"), "lee@example.org");
  await user.click(screen.getByRole("button", { name: "Send the link" }));

  expect((await screen.findByRole("status")).textContent).toMatch(/^If this is the address of your Usher ID/);
  expect(api.sent("POST /v1/recovery/start")[0]?.body).toEqual({ email: "lee@example.org" });
});

test("the address of the page that led here is filled in, and the way back leads to its invitation", async () => {
  location.hash = `email=zo%C3%AB%2Bone%40example.org&invitation=v1.ab123.x-y_z`;
  await renderWithProviders(<RecoveryPage />);

  expect(screen.getByLabelText<HTMLInputElement>("Email").value).toBe("zoë+one@example.org");
  expect(screen.getByRole("link").getAttribute("href")).toBe("/invite#v1.ab123.x-y_z");
});

test("no other address is taken for an invitation", async () => {
  location.hash = "invitation=%22/../evil";
  await renderWithProviders(<RecoveryPage />);

  expect(screen.getByRole("link").getAttribute("href")).toBe("/console/");
});

test("the link's answer and the new password are sent", async () => {
  api.answer("POST /v1/recovery/finish", {});

  await finish("Rex");

  expect((await screen.findByRole("status")).textContent).toMatch(/has been changed/);
  expect(api.sent("POST /v1/recovery/finish")[0]?.body).toEqual({
    token: TOKEN,
    password: "Trombone71",
    security_answer: "Rex",
  });
});

test("a wrong answer is explained at its field, which has the focus", async () => {
  api.answer("POST /v1/recovery/finish", { code: "wrong_answer", attempts_left: 4 }, 422);

  await finish("Max");

  expect(await screen.findByText(/not the answer/)).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText("First pet?"));
  expect(screen.getByLabelText("First pet?").getAttribute("aria-invalid")).toBe("true");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a password that the API refuses is explained at its field, which has the focus", async () => {
  const errors = [{ field: "password", message: "Choose another password." }];
  api.answer("POST /v1/recovery/finish", { code: "invalid_request", errors }, 422);

  await finish("Rex");

  expect(await screen.findByText(/^Choose another password/)).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText("New password"));
  expect(screen.queryByRole("alert")).toBeNull();
});

test("what is missing is said at its field, and nothing is sent", async () => {
  location.hash = TOKEN;
  api.answer("POST /v1/recovery/preview", ASKS);
  const { user } = await renderWithProviders(<RecoveryPage />);
  const answer = await screen.findByLabelText("First pet?");

  await user.click(screen.getByRole("button", { name: "Save the new password" }));

  expect(screen.getByText("Please fill this in.")).toBeTruthy();
  expect(screen.getByText("This password does not meet all of the rules yet.")).toBeTruthy();
  expect(document.activeElement).toBe(answer);
  expect(api.sent("POST /v1/recovery/finish")).toEqual([]);
});

test("a dead link leads to a new one", async () => {
  location.hash = TOKEN;
  api.answer("POST /v1/recovery/preview", { code: "recovery_expired" }, 410);
  const { user } = await renderWithProviders(<RecoveryPage />);

  await user.click(await screen.findByRole("button", { name: "Ask for a new link" }));

  expect(screen.getByRole("button", { name: "Send the link" })).toBeTruthy();
});

test("a link that could not be read can be tried again", async () => {
  location.hash = TOKEN;
  api.answer("POST /v1/recovery/preview", {}, 503);
  const { user } = await renderWithProviders(<RecoveryPage />);
  const again = await screen.findByRole("button", { name: "Try again" });
  expect(screen.queryByRole("button", { name: "Ask for a new link" })).toBeNull();

  api.answer("POST /v1/recovery/preview", ASKS);
  await user.click(again);

  expect(await screen.findByLabelText("First pet?")).toBeTruthy();
});

test("an incomplete address is an error at its field, and not sent", async () => {
  const { user } = await renderWithProviders(<RecoveryPage />);

  await user.type(screen.getByLabelText("Email"), "lee@");
  await user.click(screen.getByRole("button", { name: "Send the link" }));

  expect(await screen.findByText("Enter a complete email address, e.g. lee@example.org.")).toBeTruthy();
  expect(screen.getByLabelText("Email").getAttribute("aria-invalid")).toBe("true");
  expect(api.sent("POST /v1/recovery/start")).toEqual([]);
});

test("an address that the API refuses is an error at its field", async () => {
  const errors = [{ field: "email", message: "Enter an email address." }];
  api.answer("POST /v1/recovery/start", { code: "invalid_request", errors }, 422);
  const { user } = await renderWithProviders(<RecoveryPage />);

  await user.type(screen.getByLabelText("Email"), "lee@example.o");
  await user.click(screen.getByRole("button", { name: "Send the link" }));

  expect(await screen.findByText("Enter a complete email address, e.g. lee@example.org.")).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("once the link is sent, the address can still be corrected", async () => {
  api.answer("POST /v1/recovery/start", {}, 202);
  const { user } = await renderWithProviders(<RecoveryPage />);
  await user.type(screen.getByLabelText("Email"), "lea@example.org");
  await user.click(screen.getByRole("button", { name: "Send the link" }));

  await user.click(await screen.findByRole("button", { name: "Enter another address" }));

  expect(screen.getByLabelText<HTMLInputElement>("Email").value).toBe("lea@example.org");
});

test("a link that dies while the form is open leads to a new one", async () => {
  api.answer("POST /v1/recovery/finish", { code: "recovery_expired" }, 410);

  await finish("Rex");

  expect((await screen.findByRole("alert")).textContent).toMatch(/has expired, has been used/);
  expect(screen.getByRole("button", { name: "Ask for a new link" })).toBeTruthy();
});

test("it is said who helps those who have forgotten the answer, and how", async () => {
  location.hash = TOKEN;
  api.answer("POST /v1/recovery/preview", ASKS);
  await renderWithProviders(<RecoveryPage />);

  expect(await screen.findByText(/^If you have forgotten the answer, the Usher team/)).toBeTruthy();
  expect(screen.getByRole("link", { name: "How to get help" }).getAttribute("href")).toBe("/help/en#security-answer");
});

test("a link that takes a new question needs no such help", async () => {
  location.hash = TOKEN;
  api.answer("POST /v1/recovery/preview", { ...ASKS, security_question: null, new_question: "ask" });
  await renderWithProviders(<RecoveryPage />);

  await screen.findByLabelText("New security question");
  expect(screen.queryByText(/forgotten the answer/)).toBeNull();
});

test("a link that is opened while the page is shown is taken", async () => {
  api.answer("POST /v1/recovery/preview", ASKS);
  await renderWithProviders(<RecoveryPage />);
  await screen.findByRole("button", { name: "Send the link" });

  location.hash = TOKEN;

  expect(await screen.findByLabelText("First pet?")).toBeTruthy();
});

test("the token is found also where the # was encoded", () => {
  expect(recoveryToken({ hash: "", pathname: `/console/recovery%23${TOKEN}` })).toBe(TOKEN);
});

test("while a link is read, something says so", async () => {
  location.hash = TOKEN;
  await renderWithProviders(<RecoveryPage />);

  expect(await screen.findByRole("status", { name: "Loading" })).toBeTruthy();
});
