import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Suspense, lazy, useState } from "react";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { useAppUrl, useHelpUrl } from "../links/config-links.ts";
import { Icon } from "../page/icons.tsx";
import { MenuItemLink } from "../page/links.tsx";
import { signOut } from "../session/store.ts";
import { useIsOperator } from "../session/use-is-operator.ts";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import classes from "./shell.module.css";

const LeaveDialog = lazy(() => import("../account/leave-dialog.tsx"));

/** From this width on, the menu is at the foot of the sidebar. */
const SIDEBAR = "(min-width: 64em)";

export function PersonMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { account, me, accountId, kind } = useAccountContext();
  const [isLeaving, setLeaving] = useState(false);
  const name = fullName(me);
  const isOperator = useIsOperator();
  const isSidebar = useMediaQuery(SIDEBAR, undefined, { getInitialValueInEffect: false });
  return (
    <>
      <Menu position={isSidebar ? "top-start" : "bottom-end"} width={260}>
        <Menu.Target>
          <UnstyledButton className={classes.person}>
            <VisuallyHidden>{fill(texts.menu.open, { name })}</VisuallyHidden>
            <Avatar
              src={me.profile?.logo_url ?? null}
              name={name}
              color="accent"
              variant="filled"
              alt=""
              aria-hidden="true"
              size={36}
            />
            <Text component="span" size="sm" fw={550} lineClamp={1} className={classes.personName} aria-hidden="true">
              {name}
            </Text>
            <Icon name="chevron" size={16} />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Text component="span" display="block" size="sm" fw={600} c="var(--mantine-color-text)">
              {name}
            </Text>
            <span>{unicodeEmail(me.email)}</span>
          </Menu.Label>
          <Menu.Divider />
          <MenuItemLink to="/$accountId/profile" params={{ accountId }} leftSection={<Icon name="person" />}>
            {texts.menu.profile}
          </MenuItemLink>
          <Menu.Item leftSection={<Icon name="keys" />} className={classes.keysItem ?? ""} onClick={onShortcuts}>
            {texts.shortcuts.title}
          </Menu.Item>
          <Elsewhere />
          <MenuItemLink to="/accounts" leftSection={<Icon name="layers" />}>
            {texts.picker.menu}
          </MenuItemLink>
          {kind === "partner" && (
            <Menu.Item
              leftSection={<Icon name="cross" />}
              onClick={() => {
                setLeaving(true);
              }}
            >
              {fill(texts.menu.leave, { account: account.name })}
            </Menu.Item>
          )}
          {isOperator && (
            <MenuItemLink to="/operator/accounts" leftSection={<Icon name="layers" />}>
              {texts.operator.open}
            </MenuItemLink>
          )}
          <Menu.Item leftSection={<Icon name="exit" />} onClick={signOut}>
            {texts.menu.signOut}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isLeaving && (
        <Suspense>
          <LeaveDialog
            onClose={() => {
              setLeaving(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

/** The ways out of the console; where they lead is read when the menu is opened. */
function Elsewhere() {
  const { account, accountId } = useAccountContext();
  const ownHelp = useHelpUrl();
  const appUrl = useAppUrl(accountId);
  return (
    <>
      <Menu.Item
        component="a"
        href={account.settings.help_url ?? ownHelp}
        target="_blank"
        rel="noopener"
        leftSection={<Icon name="help" />}
      >
        {texts.menu.help}
      </Menu.Item>
      {appUrl && (
        <Menu.Item component="a" href={appUrl} leftSection={<Icon name="out" />}>
          {texts.menu.product}
        </Menu.Item>
      )}
    </>
  );
}
