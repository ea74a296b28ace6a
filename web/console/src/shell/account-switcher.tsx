import { Menu, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import mark from "#shared/mark.svg?inline";
import { PRODUCT } from "#shared/brand.ts";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { Icon } from "../page/icons.tsx";
import { MenuItemLink } from "../page/links.tsx";
import { texts } from "../texts/index.ts";
import classes from "./shell.module.css";

/** Name and App ID of the account; a menu if there are other accounts to switch to. */
export function AccountSwitcher() {
  const { account, accountId, me } = useAccountContext();
  const others = me.accounts.filter(({ account_id }) => account_id !== accountId);
  const label = (
    <span className={classes.accountLabel}>
      <Text component="span" fw={650} lh={1.25} lineClamp={2} className={classes.accountName}>
        {account.name}
      </Text>
      <Text component="span" size="xs" c="dimmed" lh={1.3}>
        {fill(texts.nav.appId, { id: accountId })}
      </Text>
    </span>
  );
  return (
    <div className={classes.account}>
      <Link to="/$accountId/users" params={{ accountId }} className={classes.home}>
        <img src={mark} alt={PRODUCT} width={32} height={32} />
      </Link>
      {others.length ? (
        <Menu position="bottom-start" width={280}>
          <Menu.Target>
            <UnstyledButton className={classes.switcher}>
              <VisuallyHidden>{texts.menu.switch}</VisuallyHidden>
              {label}
              <Icon name="updown" size={16} />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{texts.menu.switch}</Menu.Label>
            {others.map(({ account_id, name }) => (
              <MenuItemLink key={account_id} to="/$accountId/users" params={{ accountId: account_id }}>
                <Text size="sm" fw={600}>
                  {name}
                </Text>
                <Text size="xs" c="dimmed">
                  {fill(texts.nav.appId, { id: account_id })}
                </Text>
              </MenuItemLink>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        label
      )}
    </div>
  );
}
