import { Button, Group as Row, Text } from "@mantine/core";
import { useState } from "react";
import { useAccountContext } from "../account/account-context.ts";
import { hasFailed } from "../api/error-messages.ts";
import { useGroups } from "../api/queries.ts";
import type { Group } from "../api/types.ts";
import cards from "../page/card.module.css";
import { Icon } from "../page/icons.tsx";
import { Loading } from "../page/lazy-page.tsx";
import { matcher } from "../page/matcher.ts";
import { FailureNotice, Notice } from "../page/notice.tsx";
import { Page } from "../page/page.tsx";
import { SearchInput } from "../page/search-input.tsx";
import { useOpened } from "../page/use-opened.ts";
import { plural, texts } from "../texts/index.ts";
import { DeleteGroupDialog } from "./delete-group-dialog.tsx";
import { GroupCard } from "./group-card.tsx";
import { GroupDialog } from "./group-dialog.tsx";
import classes from "./groups-page.module.css";

/** What is done with a group; without one, a new one is made. */
type Doing = { what: "edit"; group?: Group } | { what: "delete"; group: Group };

/** The groups of the account, of which there are at most 100: all are loaded, and the page searches them. */
export function GroupsRoute() {
  const t = texts.groups;
  const { account, accountId, may } = useAccountContext();
  const groups = useGroups(accountId);
  const [search, setSearch] = useState("");
  const { opened: doing, open, close } = useOpened<Doing>();
  if (groups.isPending) return <Loading />;
  const matches = matcher(search);
  const found = groups.data?.data.filter(({ name, description }) => matches(`${name} ${description}`)) ?? [];
  return (
    <Page
      title={t.title}
      tab={`${t.title} · ${account.name}`}
      lead={t.lead}
      size="60rem"
      actions={
        may("groups.edit") && (
          <Button
            leftSection={<Icon name="plus" />}
            size="md"
            onClick={() => {
              open({ what: "edit" });
            }}
          >
            {t.new}
          </Button>
        )
      }
    >
      {hasFailed(groups) || !groups.data ? (
        <FailureNotice error={groups.error} retry={() => void groups.refetch()} />
      ) : (
        <>
          <Row gap="sm" mb="md" align="flex-end" className={classes.search}>
            <SearchInput label={texts.common.search} placeholder={t.searchHint} value={search} onChange={setSearch} />
            <Text size="sm" c="dimmed" role="status">
              {plural(t.count, found.length)}
            </Text>
          </Row>
          {found.length ? (
            <ul className={cards.cards} aria-label={t.title}>
              {found.map((group) => (
                <GroupCard
                  key={group.group_id}
                  group={group}
                  onEdit={() => {
                    open({ what: "edit", group });
                  }}
                  onDelete={() => {
                    open({ what: "delete", group });
                  }}
                />
              ))}
            </ul>
          ) : (
            <Notice icon="layers" title={t.noneTitle} text={t.none} />
          )}
        </>
      )}
      {doing?.what === "edit" && <GroupDialog group={doing.group} onClose={close} />}
      {doing?.what === "delete" && <DeleteGroupDialog group={doing.group} onClose={close} />}
    </Page>
  );
}
