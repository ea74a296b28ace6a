import { Text } from "@mantine/core";
import type { User } from "../api/types.ts";
import { formatList, texts } from "../texts/index.ts";
import { formatDate, formatFullDateTime, formatRelative } from "./dates.ts";

const None = () => (
  <Text component="span" size="sm" c="dimmed">
    {texts.common.none}
  </Text>
);

export function Joined({ user }: { user: User }) {
  if (!user.joined_at) return <None />;
  return <time dateTime={user.joined_at}>{formatDate(user.joined_at)}</time>;
}

export function LastSeen({ user }: { user: User }) {
  if (!user.last_seen_at) return <None />;
  return (
    <time dateTime={user.last_seen_at} title={formatFullDateTime(user.last_seen_at)}>
      {formatRelative(user.last_seen_at)}
    </time>
  );
}

export function Groups({ user }: { user: User }) {
  return user.groups.length ? <span>{formatList(user.groups.map(({ name }) => name))}</span> : <None />;
}
