import { Paper, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Suspense, lazy, useRef, useState } from "react";
import { useAccountContext } from "../account/account-context.ts";
import { SelectAllBox } from "../bulk/select-box.tsx";
import { SelectionContext, useNewSelection } from "../bulk/selection.ts";
import { useGroups } from "../api/queries.ts";
import { Page } from "../page/page.tsx";
import { useShortcut } from "../page/shortcuts.ts";
import { texts } from "../texts/index.ts";
import { UsersExportButton } from "./export-button.tsx";
import { FirstInvitations } from "./first-invitations.tsx";
import { InviteButtons } from "./invite-buttons.tsx";
import { Seats } from "./seats.tsx";
import { useAttentionCount } from "./use-attention-count.ts";
import { useListedUsers } from "./use-listed-users.ts";
import { UsersFilters } from "./users-filters.tsx";
import { UsersList } from "./users-list.tsx";
import classes from "./users.module.css";
import { useView } from "./view.ts";

const BulkBar = lazy(() => import("../bulk/bulk-bar.tsx"));

/** Below this width, users are cards. */
const NARROW = "(max-width: 47.99em)";

export function UsersPage() {
  const { account, accountId, may } = useAccountContext();
  const [view, changeView] = useView(accountId);
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const listed = useListedUsers(accountId, view);
  const { users } = listed;
  const attention = useAttentionCount(accountId, account.counts);
  const groups = useGroups(accountId).data?.data;
  const searchRef = useRef<HTMLInputElement>(null);
  const selection = useNewSelection(users);
  const [hasSelected, setHasSelected] = useState(false);
  // From then on: its dialog shows results when nobody is selected any more.
  if (!hasSelected && selection.users.length) setHasSelected(true);
  const maySelect = may("users.invite") || may("users.edit");
  const isAlone = Object.values(account.counts).reduce((sum, count) => sum + count, 0) === 1;

  useShortcut("/", () => {
    searchRef.current?.focus();
    searchRef.current?.select();
  });

  const exporting = <UsersExportButton view={view} disabled={!users.length} />;
  return (
    <Page
      title={texts.users.title}
      tab={`${texts.users.title} · ${account.name}`}
      lead={
        <Text c="dimmed" role="status" mih="1.55em">
          {listed.summary}
        </Text>
      }
      size="84rem"
      actions={
        <div className={classes.topActions}>
          <Seats {...account.seats} />
          {may("users.invite") && <InviteButtons narrow={narrow} />}
        </div>
      }
    >
      {isAlone && may("users.invite") && <FirstInvitations />}
      <UsersFilters
        view={view}
        onChange={changeView}
        counts={account.counts}
        attention={attention}
        groups={groups}
        narrow={narrow}
        searchRef={searchRef}
        exporting={exporting}
      />
      <SelectionContext value={maySelect ? selection : null}>
        {narrow && users.length > 0 && (
          <div className={classes.aboveRows}>
            {maySelect ? <SelectAllBox label={texts.bulk.selectAll} /> : <span />}
            {exporting}
          </div>
        )}
        <Paper mt="md" radius="lg" className={narrow ? classes.bare : classes.panel}>
          <UsersList listed={listed} view={view} onChange={changeView} narrow={narrow} />
        </Paper>
      </SelectionContext>
      {hasSelected && (
        <Suspense>
          <BulkBar selection={selection} />
        </Suspense>
      )}
    </Page>
  );
}
