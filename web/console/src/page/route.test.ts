import assert from "node:assert/strict";
import { test } from "node:test";
import { readRoute, settingsPath, userPath, usersPath } from "./route.ts";

const read = (address: string) => {
  const { accountId, page, userId } = readRoute(new URL(address, "https://usher.example"));
  return [accountId, page, userId];
};

test("each page has an address of its own", () => {
  assert.deepEqual(read(usersPath("ab123")), ["ab123", "users", ""]);
  assert.deepEqual(read(userPath("ab123", "ljqv")), ["ab123", "user", "ljqv"]);
  assert.deepEqual(read(settingsPath("ab123")), ["ab123", "settings", ""]);
});

test("an address that names no page, or one that there is not, leads to the users", () => {
  assert.deepEqual(read("/console/"), [undefined, "users", ""]);
  assert.deepEqual(read("/console/ab123"), ["ab123", "users", ""]);
  assert.deepEqual(read("/console/ab123/elsewhere"), ["ab123", "users", ""]);
});

test("the view of the list comes with it", () => {
  const { parameters } = readRoute(new URL("/console/ab123/users?search=lee", "https://usher.example"));
  assert.equal(parameters.get("search"), "lee");
});
