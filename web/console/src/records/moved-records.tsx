import { Loader, Text } from "@mantine/core";
import { hasFailed } from "../api/error-messages.ts";
import { useMovedRecords } from "../api/records.ts";
import { ActorLink } from "../journal/actor-link.tsx";
import { MorePages } from "../page/more-pages.tsx";
import { FailureNotice } from "../page/notice.tsx";
import { texts } from "../texts/index.ts";
import { typeLabel } from "./labels.ts";
import classes from "./records.module.css";

/** The records that a job has moved or removed and that have not changed since. */
export function MovedRecords({ accountId, jobId }: { accountId: string; jobId: string }) {
  const t = texts.records;
  const moved = useMovedRecords(accountId, jobId);
  if (hasFailed(moved)) return <FailureNotice error={moved.error} retry={() => void moved.refetch()} />;
  if (!moved.data) return <Loader size="sm" role="status" aria-label={texts.common.loading} />;
  const records = moved.data.pages.flatMap(({ data }) => data);
  if (!records.length) return <Text size="sm">{t.nothingLeft}</Text>;
  return (
    <>
      <ul className={classes.list} aria-label={t.list}>
        {records.map(({ type, record_id, title, owner_id }) => (
          <li key={`${type} ${record_id}`} className={classes.record}>
            <span className={classes.name}>{title ?? record_id}</span>
            <Text component="span" size="sm" c="dimmed">
              {typeLabel(type)}
            </Text>
            <span className={classes.owner}>
              {owner_id ? <ActorLink accountId={accountId} actor={owner_id} /> : t.isRemoved}
            </span>
          </li>
        ))}
      </ul>
      <MorePages of={moved} />
    </>
  );
}
