import { expect, test } from "vitest";
import { STATUSES, countFilters, readView, sortedBy, writeView } from "./view.ts";

test("the default view has no parameters", () => {
  expect(writeView(readView(new URLSearchParams())).toString()).toBe("");
});

test("a view is read back from its parameters", () => {
  const view = {
    status: ["active", "blocked"],
    only: "",
    search: "lee",
    group: "everyone",
    role: "partner",
    sort: "-joined_at",
  } as const;
  expect(readView(writeView({ ...view, status: [...view.status] }))).toEqual(view);
});

test("all statuses, those that need attention, and records that wait have a parameter of their own", () => {
  for (const name of ["all", "attention", "waiting"]) {
    const parameters = new URLSearchParams({ status: name });
    expect(writeView(readView(parameters)).toString()).toBe(`status=${name}`);
  }
  expect(readView(new URLSearchParams("status=all")).status).toHaveLength(STATUSES.length);
  expect(readView(new URLSearchParams("status=attention")).status).toEqual(["invited", "expired"]);
  expect(readView(new URLSearchParams("status=waiting")).status).toEqual(["inactive", "removed"]);
});

test("filters are counted, the search and the order are not", () => {
  expect(countFilters(readView(new URLSearchParams("search=lee&sort=-email")))).toBe(0);
  expect(countFilters(readView(new URLSearchParams("status=attention&group=everyone&role=admin")))).toBe(3);
});

test("unknown parameter values are ignored", () => {
  expect(readView(new URLSearchParams("status=none&sort=age&role=owner"))).toEqual(readView(new URLSearchParams()));
});

test("a second click on a column reverses the order", () => {
  expect(sortedBy("name", "email")).toBe("name");
  expect(sortedBy("name", "name")).toBe("-name");
  expect(sortedBy("name", "-name")).toBe("name");
});
