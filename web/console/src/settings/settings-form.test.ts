import { expect, test } from "vitest";
import type { Settings } from "../api/types.ts";
import { toPatch, toValues } from "./settings-form.ts";

const SEEN: Settings = {
  invite_profile: "full",
  default_group: "everyone",
  allow_link_copy: true,
  locale: "en",
  daily_mail_limit: 1000,
  help_url: null,
  global_permissions: [],
};

test("unchanged settings are not sent", () => {
  expect(toPatch(SEEN, toValues(SEEN))).toEqual({});
});

test("changed permissions are sent as a whole", () => {
  const global_permissions = ["tasks.view"];
  const seen = { ...SEEN, global_permissions };
  expect(toPatch(seen, { ...toValues(seen), global_permissions: ["tasks.edit", "tasks.view"] })).toEqual({
    global_permissions: ["tasks.edit", "tasks.view"],
  });
  expect(toPatch(seen, { ...toValues(seen), global_permissions: [...global_permissions] })).toEqual({});
});

test("only changes are sent, and an empty field is null", () => {
  expect(toPatch(SEEN, { ...toValues(SEEN), default_group: "", daily_mail_limit: "20" })).toEqual({
    default_group: null,
    daily_mail_limit: 20,
  });
});
