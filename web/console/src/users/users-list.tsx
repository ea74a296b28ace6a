import { Button, Center, Group, Skeleton, Stack, Text } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import { hasFailed } from "../api/error-messages.ts";
import { MorePages } from "../page/more-pages.tsx";
import { FailureNotice, Notice } from "../page/notice.tsx";
import { formatList, formatNumber, plural, texts } from "../texts/index.ts";
import type { useListedUsers } from "./use-listed-users.ts";
import { UsersRows } from "./users-rows.tsx";
import { UsersTable } from "./users-table.tsx";
import classes from "./users.module.css";
import { STATUSES, type UsersView, defaultView, hasAllStatuses } from "./view.ts";

interface UsersListProps {
  listed: ReturnType<typeof useListedUsers>;
  view: UsersView;
  onChange: (change: Partial<UsersView>) => void;
  narrow: boolean;
}

export function UsersList({ listed, view, onChange, narrow }: UsersListProps) {
  const { query, users, isSearching, isLagging, searched } = listed;
  if (hasFailed(query)) return <FailureNotice error={query.error} retry={() => void query.refetch()} />;
  if (!query.data || (isSearching && !users.length)) return <Loading />;
  if (!users.length && isLagging) return <LaggingList retry={() => void query.refetch()} />;
  if (!users.length && !searched) return <NoUsers view={view} onChange={onChange} />;
  return (
    <div className={query.isPlaceholderData ? classes.stale : undefined} aria-busy={query.isPlaceholderData}>
      {users.length > 0 &&
        (narrow ? (
          <UsersRows users={users} />
        ) : (
          <UsersTable
            users={users}
            sort={view.sort}
            onSort={(sort) => {
              onChange({ sort });
            }}
          />
        ))}
      {query.hasNextPage && (
        <Center pb="md" px="md">
          <MorePages of={query} label={texts.common.loadMore} isLoading={isSearching} align="center">
            <Text size="sm" c="dimmed" role="status">
              {searched
                ? plural(texts.users.searched, searched)
                : fill(texts.common.shown, { n: formatNumber(users.length) })}
            </Text>
          </MorePages>
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

const LaggingList = ({ retry }: { retry: () => void }) => (
  <Notice icon="people" title={texts.users.laggingTitle} text={texts.users.lagging}>
    <Button variant="light" onClick={retry}>
      {texts.common.tryAgain}
    </Button>
  </Notice>
);

function NoUsers({ view, onChange }: Pick<UsersListProps, "view" | "onChange">) {
  const isEverywhere = hasAllStatuses(view);
  return (
    <Notice icon="people" title={titleOfNone(view)} text={whyNone(view)}>
      <Group justify="center" gap="sm">
        {view.search && !isEverywhere && (
          <Button
            onClick={() => {
              onChange({ status: [...STATUSES], only: "" });
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

function titleOfNone({ only, search, group, role }: UsersView): string {
  const { noneTitle, noAttentionTitle, noWaitingTitle } = texts.users;
  const isWhole = only && !search && !group && !role;
  return isWhole ? { attention: noAttentionTitle, waiting: noWaitingTitle }[only] : noneTitle;
}

/** Returns a sentence that holds for the filters together: it names the statuses only where nothing else filters. */
function whyNone(view: UsersView): string {
  const { users: t } = texts;
  const { search, only, group, role } = view;
  if (group || role || (only && search)) return fill(search ? t.noneForFiltersAndSearch : t.noneForFilters, { search });
  if (only) return only === "attention" ? t.noAttention : t.noWaiting;
  if (hasAllStatuses(view)) return search ? fill(t.noneAtAll, { search }) : t.noneForFilters;
  const statuses = formatList(
    view.status.map((status) => fill(t.quotedStatus, { status: texts.status[status] })),
    "disjunction",
  );
  return fill(search ? t.noneForSearch : t.noneForStatus, { statuses, search });
}
