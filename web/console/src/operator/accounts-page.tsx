import { Button, Paper, Text } from "@mantine/core";
import { useState } from "react";
import { fill } from "#shared/texts.ts";
import { hasFailed } from "../api/error-messages.ts";
import { useAllAccounts } from "../api/operator.ts";
import type { Account } from "../api/types.ts";
import cards from "../page/card.module.css";
import { Icon } from "../page/icons.tsx";
import { Loading } from "../page/lazy-page.tsx";
import { TextLink } from "../page/links.tsx";
import { ACCOUNTS_LIST, useListParameters } from "../page/list-parameters.ts";
import { MorePages } from "../page/more-pages.tsx";
import { FailureNotice, Notice } from "../page/notice.tsx";
import { Page } from "../page/page.tsx";
import { SearchInput } from "../page/search-input.tsx";
import { useAppliedSearch } from "../page/use-search.ts";
import { formatNumber, plural, texts } from "../texts/index.ts";
import { OpenAccountDialog } from "./open-account-dialog.tsx";
import classes from "./operator.module.css";
import { SuspendedBadge } from "./suspended-badge.tsx";

const SEARCH_LENGTH = 200;

/** All accounts of the product, with a search by App ID and name. */
export function AccountsPage() {
  const t = texts.operator;
  const [parameters, replace] = useListParameters(ACCOUNTS_LIST, "/accounts");
  const search = parameters.get("search") ?? "";
  const [typed, change] = useAppliedSearch(search, (text) => {
    replace(new URLSearchParams(text && { search: text }));
  });
  const [isOpening, setOpening] = useState(false);
  const accounts = useAllAccounts(search);
  if (accounts.isPending) return <Loading />;
  const found = accounts.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Page
      title={t.nav.accounts}
      tab={`${t.nav.accounts} · ${t.title}`}
      size="60rem"
      actions={
        <Button
          leftSection={<Icon name="plus" />}
          size="md"
          onClick={() => {
            setOpening(true);
          }}
        >
          {t.new}
        </Button>
      }
    >
      <div className={classes.search}>
        <SearchInput
          label={texts.common.search}
          placeholder={t.searchHint}
          maxLength={SEARCH_LENGTH}
          value={typed}
          onChange={change}
        />
      </div>
      {hasFailed(accounts) ? (
        <FailureNotice error={accounts.error} retry={() => void accounts.refetch()} />
      ) : found.length ? (
        <ul className={cards.cards} aria-label={t.nav.accounts} aria-busy={accounts.isPlaceholderData}>
          {found.map((account) => (
            <AccountCard key={account.account_id} account={account} />
          ))}
        </ul>
      ) : (
        <Notice icon="layers" title={t.noneTitle} text={t.none} />
      )}
      <MorePages of={accounts} />
      {isOpening && (
        <OpenAccountDialog
          onClose={() => {
            setOpening(false);
          }}
        />
      )}
    </Page>
  );
}

function AccountCard({ account }: { account: Account }) {
  const { account_id, name, status, seats } = account;
  return (
    <Paper component="li" withBorder radius="lg" p="md" className={classes.account}>
      <div className={classes.name}>
        <TextLink to="/operator/accounts/$appId" params={{ appId: account_id }} fw={600}>
          {name}
        </TextLink>
        <Text size="sm" c="dimmed">
          {fill(texts.nav.appId, { id: account_id })}
        </Text>
      </div>
      {status === "suspended" && <SuspendedBadge />}
      <Text size="sm">
        {seats.limit === null
          ? plural(texts.seats.used, seats.used)
          : plural(texts.seats.usedOf, seats.limit, { n: formatNumber(seats.used), limit: formatNumber(seats.limit) })}
      </Text>
    </Paper>
  );
}
