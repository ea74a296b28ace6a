import { expect, test } from "vitest";
import { loadLocale } from "../texts/index.ts";
import { findPermissions, permissionAreas, permissionLabel } from "./catalogue.ts";

const found = (search: string) =>
  findPermissions(permissionAreas(), search).flatMap(({ permissions }) => permissions.map(({ name }) => name));

test("a search finds all words in any order, and the area's name", () => {
  expect(found("tasks view")).toEqual(["tasks.view", "tasks.view_all"]);
  expect(found("nothing like this")).toEqual([]);
  expect(found(" ")).toHaveLength(permissionAreas().flatMap(({ permissions }) => permissions).length);
});

test("a search in the person's language needs no accents", async () => {
  await loadLocale("es");
  expect(found("anadir contactos")).toEqual(["contacts.edit"]);
  expect(permissionLabel("contacts.view_all")).toBe("Ver todos los contactos");
  await loadLocale("en");
});

test("a permission that the catalogue no longer has is shown by its name", () => {
  expect(permissionLabel("fax.send")).toBe("fax.send");
});
