import { Button, Group, NativeSelect, Paper } from "@mantine/core";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { type JournalView, useJournal, useUser } from "../api/queries.ts";
import { Entries } from "../journal/entries.tsx";
import { ExportButton } from "../page/export-button.tsx";
import { NoPermissionPage, Notice } from "../page/notice.tsx";
import { Page } from "../page/page.tsx";
import { PersonSelect } from "../page/person-select.tsx";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { activityTable, readAllEntries, readNames } from "./export-activity.ts";
import { isEntryType, TYPES } from "./types.ts";
import classes from "./activity-page.module.css";

export function ActivityRoute() {
  const { may } = useAccountContext();
  if (!may("journal.view")) return <NoPermissionPage title={texts.activity.title} text={texts.notice.noPermission} />;
  return <ActivityPage />;
}

/** Reads the filters of the URL. */
function readFilters(search: string): JournalView {
  const parameters = new URLSearchParams(search);
  const type = parameters.get("type") ?? "";
  return { userId: parameters.get("user") ?? "", type: isEntryType(type) ? type : "" };
}

/** The journal of the account, with filters that are kept in the URL. */
function ActivityPage() {
  const t = texts.activity;
  const { account, accountId, may } = useAccountContext();
  const { pathname, searchStr } = useLocation();
  const navigate = useNavigate();
  const filters = readFilters(searchStr);
  const journal = useJournal(accountId, filters);
  const isEmpty = !journal.hasNextPage && (journal.data?.pages.every(({ data }) => !data.length) ?? false);

  const filter = (change: Partial<JournalView>) => {
    const { userId, type } = { ...filters, ...change };
    const search = { ...(userId && { user: userId }), ...(type && { type }) };
    void navigate({ to: pathname, search, replace: true, resetScroll: false } as never);
  };
  return (
    <Page title={t.title} tab={`${t.title} · ${account.name}`} lead={t.lead} size="60rem">
      <Group gap="sm" align="flex-end" mb="md">
        <Group gap="sm" align="flex-end" className={classes.filters}>
          <NativeSelect
            label={t.type}
            value={filters.type}
            onChange={({ currentTarget: { value } }) => {
              filter({ type: value });
            }}
          >
            <option value="">{t.anyType}</option>
            {TYPES.map((type) => (
              <option key={type} value={type}>
                {texts.journal[type]}
              </option>
            ))}
          </NativeSelect>
          {may("users.view") && (
            <UserFilter
              accountId={accountId}
              userId={filters.userId}
              onChange={(userId) => {
                filter({ userId });
              }}
            />
          )}
        </Group>
        <ExportButton
          fileName={fill(t.fileName, { account: accountId })}
          write={async (options) => {
            const entries = await readAllEntries(accountId, filters, options);
            const names = may("users.view")
              ? await readNames(accountId, entries, options.signal)
              : new Map<string, string>();
            const { writeTable } = await import("../page/csv.ts");
            return writeTable(...activityTable(entries, names));
          }}
          disabled={!journal.data || isEmpty}
        />
      </Group>
      <Paper withBorder radius="lg" p="lg">
        {isEmpty ? (
          <Notice icon="pulse" title={t.noneTitle} text={t.none}>
            <Button
              variant="light"
              onClick={() => {
                filter({ userId: "", type: "" });
              }}
            >
              {t.clear}
            </Button>
          </Notice>
        ) : (
          <Entries accountId={accountId} journal={journal} withUser={!filters.userId} />
        )}
      </Paper>
    </Page>
  );
}

interface UserFilterProps {
  accountId: string;
  userId: string;
  onChange: (userId: string) => void;
}

function UserFilter({ accountId, userId, onChange }: UserFilterProps) {
  const chosen = useUser(accountId, userId, { enabled: Boolean(userId) }).data;
  return (
    <PersonSelect
      accountId={accountId}
      label={texts.activity.user}
      placeholder={texts.activity.anyUser}
      chosen={userId ? { user_id: userId, name: chosen ? fullName(chosen) : "…" } : undefined}
      onChange={onChange}
    />
  );
}
