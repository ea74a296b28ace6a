import { expect, test } from "vitest";
import { readView, sortedBy, writeView } from "./view.ts";

test("the default view has no parameters", () => {
  expect(writeView(readView(new URLSearchParams())).toString()).toBe("");
});

test("a view is read back from its parameters", () => {
  const view = {
    status: ["active", "blocked"],
    search: "lee",
    group: "everyone",
    role: "partner",
    sort: "-joined_at",
  } as const;
  expect(readView(writeView({ ...view, status: [...view.status] }))).toEqual(view);
});

test("unknown parameter values are ignored", () => {
  expect(readView(new URLSearchParams("status=none&sort=age&role=owner"))).toEqual(readView(new URLSearchParams()));
});

test("a second click on a column reverses the order", () => {
  expect(sortedBy("name", "email")).toBe("name");
  expect(sortedBy("name", "name")).toBe("-name");
  expect(sortedBy("name", "-name")).toBe("name");
});
