import { Alert, Button, Center, Group, Skeleton, Stack, Text } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import type { useUsers } from "../api/queries.ts";
import { hasFailed, messageFor } from "../api/error-messages.ts";
import { FailureNotice, Notice } from "../page/notice.tsx";
import { formatList, formatNumber, texts } from "../texts/index.ts";
import { UsersCards } from "./users-cards.tsx";
import { UsersTable } from "./users-table.tsx";
import classes from "./users.module.css";
import { STATUSES, type UsersView, defaultView } from "./view.ts";

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
              {texts.common.loadMore}
            </Button>
            <Text size="sm" c="dimmed" role="status">
              {fill(texts.common.shown, { n: formatNumber(users.length) })}
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
    <Stack p="md" gap="md" role="status" aria-label={texts.users.loading}>
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

function NoUsers({ view, onChange }: Pick<UsersListProps, "view" | "onChange">) {
  const statuses = formatList(
    view.status.map((status) => texts.statusInText[status]),
    "disjunction",
  );
  const text = view.search ? texts.users.noneForSearch : texts.users.noneForStatus;
  return (
    <Notice icon="people" title={texts.users.noneTitle} text={fill(text, { statuses, search: view.search })}>
      <Group justify="center" gap="sm">
        {view.search && view.status.length < STATUSES.length && (
          <Button
            onClick={() => {
              onChange({ status: [...STATUSES] });
            }}
          >
            {texts.users.searchAll}
          </Button>
        )}
        <Button
          variant="light"
          onClick={() => {
            onChange(defaultView());
          }}
        >
          {texts.users.clearFilters}
        </Button>
      </Group>
    </Notice>
  );
}
