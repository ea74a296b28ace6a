import { Button, Text } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import { Icon } from "../page/icons.tsx";
import { useOpened } from "../page/use-opened.ts";
import { formatNumber, plural, texts } from "../texts/index.ts";
import { BULK_ACTIONS, type BulkAction } from "./actions.ts";
import classes from "./bulk.module.css";
import { BulkDialog } from "./bulk-dialog.tsx";
import type { Selection } from "./selection.ts";

/** What can be done with the selected users, each with the number of those for whom it is possible. */
export default function BulkBar({ selection }: { selection: Selection }) {
  const t = texts.bulk;
  const { users, clear } = selection;
  // Those who were selected when the dialog opened: the list changes under it.
  const { opened: doing, open, close } = useOpened<{ action: BulkAction; users: Selection["users"] }>();
  if (!users.length && !doing) return null;
  const possible = BULK_ACTIONS.map((action) => ({ action, count: users.filter(action.isAllowed).length }));
  return (
    <>
      <div className={classes.bar} role="region" aria-label={t.label}>
        <div className={classes.count}>
          <Text size="sm" fw={600} role="status">
            {plural(t.selected, users.length)}
          </Text>
          <Button size="compact-sm" variant="subtle" onClick={clear}>
            {t.clear}
          </Button>
        </div>
        {possible.map(
          ({ action, count }) =>
            count > 0 && (
              <Button
                key={action.name}
                size="compact-sm"
                variant="default"
                className={action.danger && classes.danger}
                leftSection={<Icon name={action.icon} size={16} />}
                onClick={() => {
                  open({ action, users });
                }}
              >
                {fill(t.counted, { action: t[action.name].verb, n: formatNumber(count) })}
              </Button>
            ),
        )}
      </div>
      {doing && (
        <BulkDialog
          action={doing.action}
          selected={doing.users}
          onClose={(hasRun) => {
            close();
            if (hasRun) clear();
          }}
        />
      )}
    </>
  );
}
