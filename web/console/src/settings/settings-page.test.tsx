import { screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, anAccount } from "../../test/samples.ts";

const SAVE = `PATCH /v1/accounts/${ACCOUNT_ID}/settings`;

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub().answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, GROUPS);
  signInForTest();
  vi.resetModules();
});

async function show() {
  const { SettingsPage } = await import("./settings-page.tsx");
  return renderWithProviders(<SettingsPage account={anAccount()} />);
}

/** Shows the page of an account in which someone else changes the settings when that button is pressed. */
async function showChanging() {
  const { SettingsPage } = await import("./settings-page.tsx");
  const before = anAccount();
  const after = anAccount({ settings: { ...before.settings, daily_mail_limit: 20 } });
  function Changing() {
    const [account, setAccount] = useState(before);
    return (
      <>
        <SettingsPage account={account} />
        <button
          onClick={() => {
            setAccount(after);
          }}
        >
          Someone else saves
        </button>
      </>
    );
  }
  return renderWithProviders(<Changing />);
}

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const save = () => screen.getByRole<HTMLButtonElement>("button", { name: "Save settings" });

test("only the changed settings are sent, and then saved is the new start", async () => {
  const account = anAccount();
  api.answer(SAVE, { ...account, settings: { ...account.settings, daily_mail_limit: 20 } });
  const { user } = await show();
  expect(save().disabled).toBe(true);
  await user.clear(field("Invitation emails per day"));
  await user.type(field("Invitation emails per day"), "20");

  await user.click(save());

  expect(await screen.findByText("The settings have been saved.")).toBeTruthy();
  expect(api.sent(SAVE).map(({ body }) => body)).toEqual([{ daily_mail_limit: 20 }]);
  expect(save().disabled).toBe(true);
  expect(field("Invitation emails per day").value).toBe("20");
});

test("a number out of range is reported before anything is sent", async () => {
  const { user } = await show();
  await user.clear(field("Invitation emails per day"));
  await user.type(field("Invitation emails per day"), "1001");

  await user.click(save());

  expect(await screen.findByText("Enter a whole number up to 1,000.")).toBeTruthy();
  expect(document.activeElement).toBe(field("Invitation emails per day"));
  expect(api.sent(SAVE)).toEqual([]);
});

test("the API's refusal of the help page is shown at its field in our own words", async () => {
  api.answer(SAVE, { code: "invalid_request", errors: [{ field: "help_url", message: "pattern ^https" }] }, 422);
  const { user } = await show();
  await user.type(field("Help page"), "https://not a host");

  await user.click(save());

  expect(await screen.findByText("Enter a web address such as https://example.com/help, without spaces.")).toBeTruthy();
  expect(screen.queryByText(/pattern/)).toBeNull();
  expect(screen.getByRole("alert").textContent).toBe("Please check the fields marked in red.");
  expect(document.activeElement).toBe(field("Help page"));
});

test("another attempt hides the last refusal", async () => {
  api.answer(SAVE, { code: "conflict" }, 409);
  const { user } = await show();
  await user.type(field("Help page"), "https://help.example");
  await user.click(save());
  await screen.findByRole("alert");

  api.hold(SAVE);
  await user.click(save());

  await waitFor(() => {
    expect(api.sent(SAVE)).toHaveLength(2);
  });
  expect(screen.queryByRole("alert")).toBeNull();
});

test("discarding restores the saved values", async () => {
  const { user } = await show();
  await user.type(field("Help page"), "https://help.example");

  await user.click(screen.getByRole("button", { name: "Discard changes" }));

  await waitFor(() => {
    expect(field("Help page").value).toBe("");
  });
  expect(save().disabled).toBe(true);
});

test("the permissions of new users are chosen by area", async () => {
  api.answer(SAVE, anAccount());
  const { user } = await show();

  await user.type(screen.getByLabelText("Find a permission"), "export");
  await user.click(screen.getByRole("checkbox", { name: "Export contacts" }));
  await user.click(save());

  await waitFor(() => {
    expect(api.sent(SAVE).map(({ body }) => body)).toEqual([{ global_permissions: ["contacts.export"] }]);
  });
});

test("the default group can be any group but the administrators", async () => {
  await show();

  await waitFor(() => {
    const names = [...screen.getByLabelText<HTMLSelectElement>("Default group").options].map(({ text }) => text);
    expect(names).toEqual(["None: choose one each time", "Everyone"]);
  });
});

test("groups that could not be loaded are asked for again at their field", async () => {
  api.answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, {}, 500);
  const { user } = await show();
  expect(await screen.findByText("The groups could not be loaded.", { exact: false })).toBeTruthy();
  api.answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, GROUPS);

  await user.click(screen.getByRole("button", { name: "Try again" }));

  expect(await screen.findByRole("option", { name: "Everyone" })).toBeTruthy();
  expect(screen.queryByText("The groups could not be loaded.", { exact: false })).toBeNull();
});

test("what is entered while the settings are saved stays, and is not saved yet", async () => {
  const { user } = await show();
  await user.clear(field("Invitation emails per day"));
  await user.type(field("Invitation emails per day"), "20");
  let answer: (response: Response) => void = vi.fn();
  vi.stubGlobal(
    "fetch",
    () =>
      new Promise<Response>((resolve) => {
        answer = resolve;
      }),
  );
  await user.click(save());

  await user.type(field("Help page"), "https://help.example.org");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Discard changes" }).disabled).toBe(true);
  const account = anAccount();
  answer(Response.json({ ...account, settings: { ...account.settings, daily_mail_limit: 20 } }));

  expect(await screen.findByText("The settings have been saved.")).toBeTruthy();
  expect(field("Help page").value).toBe("https://help.example.org");
  expect(field("Invitation emails per day").value).toBe("20");
  await waitFor(() => {
    expect(save().disabled).toBe(false);
  });
});

test("settings that someone else has saved are shown while nothing is entered", async () => {
  const { user } = await showChanging();

  await user.click(screen.getByRole("button", { name: "Someone else saves" }));

  await waitFor(() => {
    expect(field("Invitation emails per day").value).toBe("20");
  });
  expect(save().disabled).toBe(true);
});

test("settings that someone else has saved replace nothing that is entered, until it is discarded", async () => {
  const { user } = await showChanging();
  await user.type(field("Help page"), "https://help.example");

  await user.click(screen.getByRole("button", { name: "Someone else saves" }));

  expect(field("Help page").value).toBe("https://help.example");
  await user.click(screen.getByRole("button", { name: "Discard changes" }));
  await waitFor(() => {
    expect(field("Invitation emails per day").value).toBe("20");
  });
  expect(field("Help page").value).toBe("");
});
