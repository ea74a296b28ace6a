import { Button, type ButtonProps } from "@mantine/core";
import { useHelpUrl } from "../links/config-links.ts";
import { texts } from "../texts/index.ts";

/** A link to the help page, in a tab of its own. */
export function HelpButton(props: ButtonProps) {
  const helpUrl = useHelpUrl();
  return (
    <Button component="a" href={helpUrl} target="_blank" rel="noopener" variant="subtle" {...props}>
      {texts.menu.help}
    </Button>
  );
}
