import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress, settingsAddress, userAddress, usersAddress } from "./address.ts";

const read = (address: string) => {
  const { accountId, page, userId } = readAddress(new URL(address, "https://usher.example"));
  return [accountId, page, userId];
};

test("each page has an address of its own", () => {
  assert.deepEqual(read(usersAddress("ab123")), ["ab123", "users", ""]);
  assert.deepEqual(read(userAddress("ab123", "ljqv")), ["ab123", "user", "ljqv"]);
  assert.deepEqual(read(settingsAddress("ab123")), ["ab123", "settings", ""]);
});

test("an address that names no page, or one that there is not, leads to the users", () => {
  assert.deepEqual(read("/console/"), [undefined, "users", ""]);
  assert.deepEqual(read("/console/ab123"), ["ab123", "users", ""]);
  assert.deepEqual(read("/console/ab123/elsewhere"), ["ab123", "users", ""]);
});

test("the view of the list comes with it", () => {
  const { parameters } = readAddress(new URL("/console/ab123/users?search=lee", "https://usher.example"));
  assert.equal(parameters.get("search"), "lee");
});
