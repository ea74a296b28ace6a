import { Anchor, type AnchorProps, Button, type ButtonProps, Menu, type MenuItemProps } from "@mantine/core";
import { type LinkOptions, createLink, useNavigate } from "@tanstack/react-router";
import type { ComponentProps, MouseEvent } from "react";
import { useHelpUrl } from "../links/config-links.ts";
import { texts } from "../texts/index.ts";
import { useLeaveDialog } from "./leave-dialog.ts";

type Anchors<Props> = Props & Omit<ComponentProps<"a">, keyof Props>;

/** A link in running text, within the console. */
export const TextLink = createLink((props: Anchors<AnchorProps>) => <Anchor {...props} />);

/** A link that looks like a button. */
export const ButtonLink = createLink((props: Anchors<ButtonProps>) => <Button component="a" {...props} />);

export const MenuItemLink = createLink((props: Anchors<MenuItemProps>) => <Menu.Item component="a" {...props} />);

/** Returns a function that makes a link leave the dialog which it stands in; a click with a key opens another tab. */
export function useLeaveByLink() {
  const leave = useLeaveDialog();
  const navigate = useNavigate();
  return (to: LinkOptions) => ({
    ...to,
    onClick: (event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      leave(() => void navigate({ ...to, ignoreBlocker: true }));
    },
  });
}

/** A button that opens the help page, in a tab of its own. */
export function HelpButton(props: ButtonProps) {
  const helpUrl = useHelpUrl();
  return (
    <Button component="a" href={helpUrl} target="_blank" rel="noopener" variant="subtle" {...props}>
      {texts.menu.help}
    </Button>
  );
}
