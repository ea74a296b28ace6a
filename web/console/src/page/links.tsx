import { Anchor, type AnchorProps, Button, type ButtonProps, Menu, type MenuItemProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { ComponentProps } from "react";

type Anchors<Props> = Props & Omit<ComponentProps<"a">, keyof Props>;

/** A link in running text, within the console. */
export const TextLink = createLink((props: Anchors<AnchorProps>) => <Anchor {...props} />);

/** A link that looks like a button. */
export const ButtonLink = createLink((props: Anchors<ButtonProps>) => <Button component="a" {...props} />);

export const MenuItemLink = createLink((props: Anchors<MenuItemProps>) => <Menu.Item component="a" {...props} />);
