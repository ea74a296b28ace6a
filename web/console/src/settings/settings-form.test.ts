import assert from "node:assert/strict";
import { test } from "node:test";
import type { Settings } from "../api/types.ts";
import { toPatch, toValues } from "./settings-form.ts";

const SEEN: Settings = {
  invite_profile: "full",
  default_group: "everyone",
  allow_link_copy: true,
  locale: "en",
  daily_mail_limit: 1000,
  help_url: null,
};

test("settings that were not touched are not sent", () => {
  assert.deepEqual(toPatch(SEEN, toValues(SEEN)), {});
});

test("only what was changed is sent, and nothing stands for none", () => {
  assert.deepEqual(toPatch(SEEN, { ...toValues(SEEN), default_group: "", daily_mail_limit: "20" }), {
    default_group: null,
    daily_mail_limit: 20,
  });
});
