import { Text } from "@mantine/core";
import { useAccountContext } from "../account/account-context.ts";
import type { User } from "../api/types.ts";
import { plural, texts } from "../texts/index.ts";
import { type InviteForm, countPermissions } from "./invite-form.ts";

/** Says how many individual permissions someone who is invited again gets once more, and how many the caller cannot give. */
export function CarriedPermissions({ before, form }: { before: User; form: InviteForm }) {
  const { account } = useAccountContext();
  const { admin, permissions } = form.getValues();
  if (admin) return null;
  const carried = countPermissions(permissions);
  // The account gives its global permissions to everybody who is invited.
  const given = [...permissions.allow, ...account.settings.global_permissions];
  const denied = before.permissions.deny.length - permissions.deny.length;
  const missing = before.permissions.allow.filter((name) => !given.includes(name)).length + denied;
  return (
    <>
      {carried > 0 && <Text size="sm">{plural(texts.invite.carried, carried)}</Text>}
      {missing > 0 && <Text size="sm">{plural(texts.invite.notCarried, missing)}</Text>}
    </>
  );
}
