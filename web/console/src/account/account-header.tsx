import { ActionIcon, Avatar, Menu, Progress, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import mark from "#shared/mark.svg?inline";
import type { Account, Me } from "../api/types.ts";
import { navigate, settingsPath, usersPath } from "../page/route.ts";
import { Icon } from "../page/icons.tsx";
import { PageLink } from "../page/page-link.tsx";
import { signOut } from "../session/store.ts";
import classes from "./account-header.module.css";

export function AccountHeader({ account, me, isAdmin }: { account: Account; me: Me; isAdmin: boolean }) {
  return (
    <header className={classes.header}>
      <div className={classes.inner}>
        <PageLink href={usersPath(account.account_id)} className={classes.home}>
          <img src={mark} alt="Users" width={36} height={36} />
        </PageLink>
        <div className={classes.account}>
          <Text fw={650} lh={1.25} lineClamp={1}>
            {account.name}
          </Text>
          <Text size="sm" c="dimmed" lh={1.25}>
            App ID {account.account_id}
          </Text>
        </div>
        <Seats {...account.seats} />
        {isAdmin && (
          <ActionIcon
            component={PageLink}
            href={settingsPath(account.account_id)}
            variant="subtle"
            color="gray"
            size="lg"
            aria-label="Account settings"
            title="Account settings"
          >
            <Icon name="sliders" size={22} />
          </ActionIcon>
        )}
        <PersonMenu me={me} accountId={account.account_id} />
      </div>
    </header>
  );
}

/** Seats in use, with a bar if the account has a limit. */
export function Seats({ used, limit }: Pick<Account["seats"], "used" | "limit">) {
  const label = limit === null ? `${String(used)} seats used` : `${String(used)} of ${String(limit)} seats used`;
  return (
    <div className={classes.seats}>
      <Text size="sm" className={classes.seatLabel}>
        {label}
      </Text>
      {limit !== null && (
        <Progress
          value={limit ? (100 * used) / limit : 100}
          color={used >= limit ? "orange.8" : "accent"}
          size="sm"
          radius="xl"
          aria-label={label}
        />
      )}
    </div>
  );
}

function PersonMenu({ me, accountId }: { me: Me; accountId: string }) {
  const name = `${me.first_name} ${me.last_name}`.trim();
  const otherAccounts = me.accounts.filter(({ account_id, status }) => account_id !== accountId && status === "active");
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton className={classes.person}>
          <VisuallyHidden>Your menu, {name}</VisuallyHidden>
          <Avatar name={name} color="accent" variant="filled" alt="" aria-hidden="true" />
          <Icon name="chevron" size={16} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {name}
          </Text>
          {me.email}
        </Menu.Label>
        {otherAccounts.length > 0 && <Menu.Divider />}
        {otherAccounts.map(({ account_id, name: accountName }) => (
          <Menu.Item
            key={account_id}
            onClick={() => {
              navigate(usersPath(account_id));
            }}
          >
            Switch to {accountName}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="exit" />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
