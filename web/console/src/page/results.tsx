import { Loader, Text } from "@mantine/core";
import { useAccountContext } from "../account/account-context.ts";
import { texts } from "../texts/index.ts";
import { Icon } from "./icons.tsx";
import { TextLink } from "./links.tsx";
import classes from "./results.module.css";

export interface Result {
  id: string;
  name: string;
  /** The user whose page the name leads to. */
  userId?: string;
  state: "waiting" | "running" | "done" | "same" | "failed";
  /** What happened, or why not. */
  text: string;
}

const ICONS = { waiting: "dots", done: "on", same: "minus", failed: "cross" } as const;

/** What became of each of several people, in the order in which they were chosen. */
export function Results({ label, results }: { label: string; results: Result[] }) {
  const { accountId } = useAccountContext();
  return (
    <ul className={classes.results} aria-label={label}>
      {results.map(({ id, name, userId, state, text }) => (
        <li key={id} className={classes.result} data-state={state}>
          <span className={classes.icon}>
            {state === "running" ? (
              <Loader size={16} aria-label={texts.common.loading} role="img" />
            ) : (
              <Icon name={ICONS[state]} size={16} />
            )}
          </span>
          <span>
            <Text size="sm" fw={600} component="span">
              {userId ? (
                <TextLink to="/$accountId/users/$userId" params={{ accountId, userId }} inherit underline="always">
                  {name}
                </TextLink>
              ) : (
                name
              )}
            </Text>
            <Text size="sm" className={classes.text}>
              {text}
            </Text>
          </span>
        </li>
      ))}
    </ul>
  );
}
