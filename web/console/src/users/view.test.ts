import assert from "node:assert/strict";
import { test } from "node:test";
import { readView, sortedBy, writeView } from "./view.ts";

test("the first view needs no words in the address", () => {
  assert.equal(writeView(readView(new URLSearchParams())).toString(), "");
});

test("a view survives the address bar", () => {
  const view = { status: ["active", "blocked"], search: "lee", sort: "-joined_at" } as const;
  assert.deepEqual(readView(writeView({ ...view, status: [...view.status] })), view);
});

test("what the address should not say is passed over", () => {
  assert.deepEqual(readView(new URLSearchParams("status=none&sort=age")), readView(new URLSearchParams()));
});

test("a second click on a column turns the order round", () => {
  assert.equal(sortedBy("name", "email"), "name");
  assert.equal(sortedBy("name", "name"), "-name");
  assert.equal(sortedBy("name", "-name"), "name");
});
