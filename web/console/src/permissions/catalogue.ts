import areas from "#shared/permissions.json" with { type: "json" };
import { matcher } from "../page/matcher.ts";
import { currentLocale } from "../texts/index.ts";

type Label = (typeof areas)[number]["label"];

interface Permission {
  name: string;
  label: string;
}

export interface Area {
  area: string;
  label: string;
  permissions: Permission[];
}

const inLanguage = (label: Label): string => label[currentLocale()];

/** Returns the deployment's permissions by area, in the current language. */
export const permissionAreas = (): Area[] =>
  areas.map(({ area, label, permissions }) => ({
    area,
    label: inLanguage(label),
    permissions: permissions.map((permission) => ({ name: permission.name, label: inLanguage(permission.label) })),
  }));

/** Returns the label of a permission; its name, if the catalogue no longer has it. */
export function permissionLabel(name: string): string {
  const permission = areas.flatMap((area) => area.permissions).find((one) => one.name === name);
  return permission ? inLanguage(permission.label) : name;
}

/** Returns the areas with those permissions whose words contain all words of the search; an area's own name counts. */
export function findPermissions(all: Area[], search: string): Area[] {
  const matches = matcher(search);
  return all.flatMap((area) => {
    const permissions = area.permissions.filter(({ label }) => matches(`${area.label} ${label}`));
    return permissions.length ? [{ ...area, permissions }] : [];
  });
}
