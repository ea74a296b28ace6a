import { Text } from "@mantine/core";
import type { User } from "../api/types.ts";
import { formatDate, formatFullDateTime, formatRelative } from "./dates.ts";

const NONE = (
  <Text component="span" size="sm" c="dimmed">
    –
  </Text>
);

export function Joined({ user }: { user: User }) {
  if (!user.joined_at) return NONE;
  return <time dateTime={user.joined_at}>{formatDate(user.joined_at)}</time>;
}

export function LastSeen({ user }: { user: User }) {
  if (!user.last_seen_at) return NONE;
  return (
    <time dateTime={user.last_seen_at} title={formatFullDateTime(user.last_seen_at)}>
      {formatRelative(user.last_seen_at)}
    </time>
  );
}

export function Groups({ user }: { user: User }) {
  return user.groups.length ? user.groups.map(({ name }) => name).join(", ") : NONE;
}
