import { Switch, type SwitchProps } from "@mantine/core";
import { texts } from "../texts/index.ts";

/** The one way to make someone an administrator; the group of the same name is no choice elsewhere. */
export function AdminSwitch(props: SwitchProps) {
  return <Switch label={texts.field.administrator} description={texts.field.administratorHint} {...props} />;
}
