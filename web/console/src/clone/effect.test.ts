import { expect, test } from "vitest";
import { changesNothing, cloneEffect } from "./effect.ts";

const rights = (allow: string[], deny: string[] = [], groups: string[] = ["everyone"], admin = false) => ({
  admin,
  permissions: { allow, deny },
  groups: groups.map((group_id) => ({ group_id, name: group_id })),
});

test("gained, lost, denied and no longer denied permissions are listed separately", () => {
  expect(cloneEffect(rights(["a", "b"], ["x"]), rights(["b", "c"], ["y"]), false)).toEqual({
    gained: ["a"],
    lost: ["c"],
    denied: ["x"],
    noLongerDenied: ["y"],
    groups: undefined,
  });
});

test("groups change only where they are cloned and differ, in whatever order", () => {
  const source = rights([], [], ["sales", "everyone"]);
  const groupsOf = (groups: string[], withGroups: boolean) =>
    cloneEffect(source, rights([], [], groups), withGroups)?.groups;

  expect(groupsOf(["everyone"], true)).toEqual(["sales", "everyone"]);
  expect(groupsOf(["everyone"], false)).toBeUndefined();
  expect(groupsOf(["everyone", "sales"], true)).toBeUndefined();
});

test("the same rights change nothing, and an administrator is left out", () => {
  const same = cloneEffect(rights(["a"], ["x"]), rights(["a"], ["x"]), true);

  expect(same && changesNothing(same)).toBe(true);
  expect(cloneEffect(rights(["a"]), rights([], [], ["administrators"], true), true)).toBeNull();
});
