import { Alert, Button, Center, Group, Skeleton, Stack, Text } from "@mantine/core";
import type { useUsers } from "../api/queries.ts";
import { hasFailed, messageFor } from "../api/error-messages.ts";
import { FailureNotice, Notice } from "../page/notice.tsx";
import { STATUS_NAMES } from "./status-badge.tsx";
import { UsersCards } from "./users-cards.tsx";
import { UsersTable } from "./users-table.tsx";
import classes from "./users.module.css";
import { type UsersView, readView } from "./view.ts";

interface UsersListProps {
  query: ReturnType<typeof useUsers>;
  view: UsersView;
  onChange: (change: Partial<UsersView>) => void;
  narrow: boolean;
}

export function UsersList({ query, view, onChange, narrow }: UsersListProps) {
  if (hasFailed(query)) return <FailureNotice error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;

  const users = query.data.pages.flatMap((page) => page.data);
  if (!users.length) return <NoUsers view={view} onChange={onChange} />;
  return (
    <div className={query.isPlaceholderData ? classes.stale : undefined} aria-busy={query.isPlaceholderData}>
      {narrow ? (
        <UsersCards users={users} />
      ) : (
        <UsersTable
          users={users}
          sort={view.sort}
          onSort={(sort) => {
            onChange({ sort });
          }}
        />
      )}
      {query.hasNextPage && (
        <Center p="md">
          <Stack align="center" gap="xs">
            <Button variant="light" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Load more
            </Button>
            <Text size="sm" c="dimmed" role="status">
              {users.length} shown
            </Text>
            {query.isFetchNextPageError && (
              <Alert color="red" role="alert">
                {messageFor(query.error)}
              </Alert>
            )}
          </Stack>
        </Center>
      )}
    </div>
  );
}

const SKELETON_ROWS = 6;

function Loading() {
  return (
    <Stack p="md" gap="md" role="status" aria-label="Loading users">
      {Array.from({ length: SKELETON_ROWS }, (_, row) => (
        <Group key={row} wrap="nowrap">
          <Skeleton circle height={38} />
          <Skeleton height={14} radius="xl" className={classes.bone} />
          <Skeleton height={14} radius="xl" className={classes.bone} />
          <Skeleton height={14} radius="xl" width="30%" />
        </Group>
      ))}
    </Stack>
  );
}

/** "invited, expired or active" */
const OR = new Intl.ListFormat("en-GB", { type: "disjunction" }); // eslint-disable-line compat/compat -- the console's browsers have it

function NoUsers({ view, onChange }: Pick<UsersListProps, "view" | "onChange">) {
  const statuses = OR.format(view.status.map((status) => STATUS_NAMES[status].toLowerCase()));
  const text = view.search
    ? `No ${statuses} user has a name or email that starts with “${view.search}”.`
    : `There is no ${statuses} user. Choose other statuses, or invite someone.`;
  return (
    <Notice icon="people" title="No users found" text={text}>
      <Button
        variant="light"
        onClick={() => {
          onChange(readView(new URLSearchParams()));
        }}
      >
        Clear search and filters
      </Button>
    </Notice>
  );
}
