import { type UseFormReturnType, useForm } from "@mantine/form";
import { regionOfCode } from "#shared/phone.ts";
import type { UserChanges, Settings, User } from "../api/types.ts";
import { accessEndErrors } from "../page/access-end-input.tsx";
import type { FieldOfPath } from "../page/form-errors.ts";
import { fromLocalInput, toLocalInput } from "../page/local-moment.ts";
import { nameErrors, phoneErrors, readPhoneFields } from "../page/person-errors.ts";
import { texts } from "../texts/index.ts";

interface EditValues {
  first_name: string;
  last_name: string;
  region: string;
  number: string;
  /** "" keeps the language, which the API does not return. */
  locale: Settings["locale"] | "";
  admin: boolean;
  /** Without the administrators' group, which `admin` stands for. */
  groups: string[];
  /** Individual permissions, besides those of the groups. */
  allow: string[];
  /** Permissions that the user does not have, whatever their groups give. Only administrators write them. */
  deny: string[];
  /** As the input has it, in the browser's time zone; "" for access without an end. */
  access_until: string;
}

export const FIELD_OF_PATH: FieldOfPath<EditValues> = {
  first_name: "first_name",
  last_name: "last_name",
  "phone.country_code": "region",
  "phone.number": "number",
  locale: "locale",
  admin: "admin",
  groups: "groups",
  "permissions.allow": "allow",
  "permissions.deny": "deny",
  access_until: "access_until",
};

/** Names, phone and language belong to the person once they have joined. */
export const isPending = ({ status }: User): boolean => status === "invited" || status === "expired";

export const toValues = (
  { first_name, last_name, phone, admin, groups, permissions, access_until }: User,
  adminGroup: string,
): EditValues => ({
  first_name,
  last_name,
  region: regionOfCode(phone?.country_code ?? ""),
  number: phone?.number ?? "",
  locale: "",
  admin,
  groups: groups.map(({ group_id }) => group_id).filter((id) => id !== adminGroup),
  allow: permissions.allow,
  deny: permissions.deny,
  access_until: toLocalInput(access_until),
});

function validate(values: EditValues, hasPerson: boolean, profile: Settings["invite_profile"] | undefined) {
  const errors: Record<string, string> = hasPerson
    ? { ...nameErrors(values, profile === "full"), ...phoneErrors(values) }
    : {};
  if (!values.admin && !values.groups.length) errors.groups = texts.error.groups;
  return errors;
}

export type EditForm = UseFormReturnType<EditValues>;

export const useEditForm = (
  user: User,
  adminGroup: string,
  profile: Settings["invite_profile"] | undefined,
): EditForm => {
  const form: EditForm = useForm<EditValues>({
    initialValues: toValues(user, adminGroup),
    validate: (values) => ({
      // Someone who has joined meanwhile has no such fields any more.
      ...validate(values, form.getInputNode("first_name") !== null, profile),
      ...accessEndErrors(values.access_until, form.getInputNode("access_until")),
    }),
  });
  return form;
};

const isSameSet = (some: string[], others: string[]): boolean => [...some].sort().join() === [...others].sort().join();

/** Returns the fields that differ from the user as it was read; other fields are not sent. */
export function toPatch(values: EditValues, seen: User, adminGroup: string): UserChanges {
  const before = toValues(seen, adminGroup);
  const first_name = values.first_name.trim();
  const last_name = values.last_name.trim();
  const isSamePhone = values.region === before.region && values.number.trim() === before.number;
  const hasSameGroups = isSameSet(values.groups, before.groups);
  const permissions = {
    ...(!isSameSet(values.allow, before.allow) && { allow: values.allow }),
    ...(!isSameSet(values.deny, before.deny) && { deny: values.deny }),
  };
  return {
    ...(isPending(seen) && {
      ...(first_name !== seen.first_name && { first_name }),
      ...(last_name !== seen.last_name && { last_name: last_name || null }),
      ...(!isSamePhone && { phone: readPhoneFields(values).phone }),
      ...(values.locale && { locale: values.locale }),
    }),
    ...(values.admin !== seen.admin && { admin: values.admin }),
    ...(!values.admin && (!hasSameGroups || seen.admin) && { groups: values.groups }),
    ...(values.access_until !== before.access_until && { access_until: fromLocalInput(values.access_until) }),
    ...(!values.admin && Object.keys(permissions).length && { permissions }),
  };
}
