import { type UseFormReturnType, useForm } from "@mantine/form";
import { canonicalEmail } from "#shared/cognito.ts";
import { fill } from "#shared/texts.ts";
import type { Account, NewUser, Settings, User } from "../api/types.ts";
import { accessEndErrors } from "../page/access-end-input.tsx";
import { isEmailAddress, readAddress } from "../page/email-address.ts";
import type { FieldOfPath } from "../page/form-errors.ts";
import { fromLocalInput } from "../page/local-moment.ts";
import { nameErrors, phoneErrors, readPhoneFields } from "../page/person-errors.ts";
import { plural, texts } from "../texts/index.ts";

export interface InviteValues {
  kind: User["kind"];
  first_name: string;
  last_name: string;
  email: string;
  admin: boolean;
  groups: string[];
  locale: Settings["locale"];
  region: string;
  number: string;
  message: string;
  notify: string[];
  /** As the input has it, in the browser's time zone; "" for access without an end. */
  access_until: string;
  /** Individual permissions of someone who is invited again; they are not edited here. */
  permissions: { allow: string[]; deny: string[] };
}

export type InviteForm = UseFormReturnType<InviteValues>;

export const MESSAGE_LIMIT = 500;
export const NOTIFY_LIMIT = 10;

/** Fields that are folded away until someone wants them. */
export const OPTIONAL_FIELDS = [
  "region",
  "number",
  "message",
  "notify",
  "access_until",
] as const satisfies (keyof InviteValues)[];

export const FIELD_OF_PATH: FieldOfPath<InviteValues> = {
  first_name: "first_name",
  last_name: "last_name",
  email: "email",
  admin: "admin",
  groups: "groups",
  locale: "locale",
  message: "message",
  notify: "notify",
  "phone.country_code": "region",
  "phone.number": "number",
  access_until: "access_until",
};

/** Refusals about the address. */
export const FIELD_OF_CODE = {
  already_invited: "email",
  already_member: "email",
  user_inactive: "email",
  user_blocked: "email",
  not_a_certified_partner: "email",
} as const;

function validate(values: InviteValues, { settings }: Account, wrongEmail: string | undefined): Record<string, string> {
  const errors: Record<string, string> = {
    ...(values.kind === "user" && nameErrors(values, settings.invite_profile !== "simple")),
    ...phoneErrors(values),
  };
  if (!isEmailAddress(readAddress(values.email))) errors.email = texts.error.email;
  else if (canonicalEmail(readAddress(values.email)) === wrongEmail) errors.email = texts.error.sameEmail;
  if (!values.groups.length && !values.admin && !settings.default_group) errors.groups = texts.error.groups;
  const bad = values.notify.find((address) => !isEmailAddress(address));
  if (bad !== undefined) errors.notify = fill(texts.error.notifyOne, { address: bad });
  else if (values.notify.length > NOTIFY_LIMIT) errors.notify = plural(texts.error.notifyLimit, NOTIFY_LIMIT);
  return errors;
}

/** Fields of an invitation, with what is `known` filled in. An address that is known to be wrong is not accepted. */
export const useInviteForm = (
  account: Account,
  known: Partial<InviteValues> & Pick<InviteValues, "kind">,
  wrongEmail?: string,
): InviteForm => {
  const form: InviteForm = useForm<InviteValues>({
    initialValues: {
      email: "",
      first_name: "",
      last_name: "",
      groups: [],
      admin: false,
      locale: account.settings.locale,
      region: "",
      number: "",
      message: "",
      notify: [],
      access_until: "",
      permissions: { allow: [], deny: [] },
      ...known,
    },
    validate: (values) => ({
      ...validate(values, account, wrongEmail),
      ...accessEndErrors(values.access_until, form.getInputNode("access_until")),
    }),
  });
  return form;
};

export const countPermissions = ({ allow, deny }: InviteValues["permissions"]): number => allow.length + deny.length;

/** Builds the request body; the registry has a partner's names. */
export function toBody(values: InviteValues): NewUser {
  const { kind, permissions } = values;
  return {
    ...(kind === "partner"
      ? { kind }
      : { first_name: values.first_name.trim(), last_name: values.last_name.trim() || null }),
    email: readAddress(values.email),
    admin: values.admin,
    groups: values.admin ? [] : values.groups,
    locale: values.locale,
    message: values.message.trim() || null,
    notify: values.notify,
    phone: readPhoneFields(values).phone,
    ...(!values.admin && countPermissions(permissions) > 0 && { permissions }),
    ...(values.access_until && { access_until: fromLocalInput(values.access_until) }),
  };
}
