import { Anchor, Avatar, Badge, Group, Text } from "@mantine/core";
import type { User } from "../api/types.ts";
import { userPath } from "../page/route.ts";
import { PageLink } from "../page/page-link.tsx";
import { fullName } from "./full-name.ts";
import classes from "./users.module.css";

const SHORT_ID_LENGTH = 6;

/** Avatar, name, end of the id and admin badge. */
export function UserIdentity({ user }: { user: User }) {
  const name = fullName(user);
  return (
    <Group gap="sm" wrap="nowrap">
      <Avatar
        name={name}
        color={user.status === "active" ? "accent" : "gray"}
        variant="light"
        alt=""
        className={classes.avatar}
      />
      <div>
        <Group gap={6} wrap="wrap">
          <Anchor
            component={PageLink}
            href={userPath(user.account_id, user.user_id)}
            fw={600}
            size="sm"
            lh={1.3}
            className={classes.name}
          >
            {name}
          </Anchor>
          {user.admin && (
            <Badge size="sm" variant="light" className={classes.admin}>
              Admin
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed" title={user.user_id} ff="monospace">
          {user.user_id.slice(-SHORT_ID_LENGTH)}
        </Text>
      </div>
    </Group>
  );
}
