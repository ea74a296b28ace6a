import { expect, test } from "vitest";
import { readRoute, settingsPath, userPath, usersPath } from "./route.ts";

const read = (address: string) => {
  const { accountId, page, userId } = readRoute(new URL(address, "https://usher.example"));
  return [accountId, page, userId];
};

test("paths are read back as their route", () => {
  expect(read(usersPath("ab123"))).toEqual(["ab123", "users", ""]);
  expect(read(userPath("ab123", "ljqv"))).toEqual(["ab123", "user", "ljqv"]);
  expect(read(settingsPath("ab123"))).toEqual(["ab123", "settings", ""]);
});

test("a path without a known page is the users page", () => {
  expect(read("/console/")).toEqual([undefined, "users", ""]);
  expect(read("/console/ab123")).toEqual(["ab123", "users", ""]);
  expect(read("/console/ab123/elsewhere")).toEqual(["ab123", "users", ""]);
});

test("parameters are part of the route", () => {
  const { parameters } = readRoute(new URL("/console/ab123/users?search=lee", "https://usher.example"));
  expect(parameters.get("search")).toBe("lee");
});
