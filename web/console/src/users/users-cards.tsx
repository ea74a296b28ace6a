import { Group, Paper } from "@mantine/core";
import { ActionsMenu } from "../actions/actions-menu.tsx";
import type { User } from "../api/types.ts";
import { COLUMNS } from "./columns.tsx";
import classes from "./users.module.css";

const [identity, ...facts] = COLUMNS;

export function UsersCards({ users }: { users: User[] }) {
  return (
    <ul className={classes.cards} aria-label="Users">
      {users.map((user) => (
        <Paper component="li" key={user.user_id} withBorder radius="lg" p="md">
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            {identity?.cell(user)}
            <ActionsMenu user={user} />
          </Group>
          <dl className={classes.facts}>
            {facts.map(({ title, cell }) => (
              <div key={title}>
                <dt>{title}</dt>
                <dd>{cell(user)}</dd>
              </div>
            ))}
          </dl>
        </Paper>
      ))}
    </ul>
  );
}
