import { Avatar, Badge, Group, Text } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import type { User } from "../api/types.ts";
import { TextLink } from "../page/links.tsx";
import { partnerTypeLabel } from "../permissions/partner-types.ts";
import { texts } from "../texts/index.ts";
import { fullName } from "./full-name.ts";
import classes from "./user-identity.module.css";

const SHORT_ID_LENGTH = 6;

/** Avatar, name, end of the id, and what sets this user apart. */
export function UserIdentity({ user }: { user: User }) {
  const name = fullName(user);
  return (
    <Group gap="sm" wrap="nowrap">
      <Avatar
        name={name}
        color={user.status === "active" ? "accent" : "gray"}
        variant="light"
        alt=""
        aria-hidden="true"
        className={classes.avatar}
      />
      <div className={classes.identity}>
        <Group gap={6} wrap="wrap">
          <TextLink
            to="/$accountId/users/$userId"
            params={{ accountId: user.account_id, userId: user.user_id }}
            fw={600}
            size="sm"
            lh={1.3}
            className={classes.name}
          >
            {name}
          </TextLink>
          <UserBadges user={user} />
          <SelfBadge user={user} />
        </Group>
        <Text size="xs" c="dimmed" title={user.user_id} ff="monospace">
          {user.user_id.slice(-SHORT_ID_LENGTH)}
        </Text>
        {user.partner_type && (
          <Text size="xs" c="dimmed">
            {partnerTypeLabel(user.partner_type)}
          </Text>
        )}
      </div>
    </Group>
  );
}

/** *Admin*, and the blue P of a partner, which names the type. */
export function UserBadges({ user }: { user: Pick<User, "admin" | "kind" | "partner_type"> }) {
  const { partner, partnerOfType } = texts.users;
  const label = user.partner_type ? fill(partnerOfType, { type: partnerTypeLabel(user.partner_type) }) : partner;
  return (
    <>
      {user.kind !== "user" && (
        <Badge size="sm" circle color="blue" title={label} aria-label={label} role="img">
          P
        </Badge>
      )}
      {user.admin && (
        <Badge size="sm" variant="light" className={classes.admin}>
          {texts.users.admin}
        </Badge>
      )}
    </>
  );
}

/** *You* */
export function SelfBadge({ user: { email } }: { user: Pick<User, "email"> }) {
  if (useAccountContext().me.email !== email) return null;
  return (
    <Badge size="sm" variant="default">
      {texts.users.you}
    </Badge>
  );
}
