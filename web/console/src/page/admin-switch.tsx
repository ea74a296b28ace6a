import { Switch, type SwitchProps } from "@mantine/core";
import { useAccountContext } from "../account/account-context.ts";
import type { User } from "../api/types.ts";
import { texts } from "../texts/index.ts";

interface AdminSwitchProps extends SwitchProps {
  /** Whom it makes an administrator. */
  of: User["kind"];
}

/**
 * The one way to make someone an administrator; the group of the same name is no choice elsewhere. For administrators
 * alone; one who is a partner makes only partners administrators (rule 6).
 */
export function AdminSwitch({ of, ...props }: AdminSwitchProps) {
  const { isAdmin, kind } = useAccountContext();
  if (!isAdmin || (kind === "partner" && of !== "partner")) return null;
  return <Switch label={texts.field.administrator} description={texts.field.administratorHint} {...props} />;
}
