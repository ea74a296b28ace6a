import { Group, Paper } from "@mantine/core";
import { ActionsMenu } from "../actions/actions-menu.tsx";
import type { User } from "../api/types.ts";
import { SelectBox } from "../bulk/select-box.tsx";
import cards from "../page/card.module.css";
import { Fact, Facts } from "../page/facts.tsx";
import { texts } from "../texts/index.ts";
import { columns } from "./columns.tsx";
import classes from "./users.module.css";

/** What a card leaves to the user's page: mostly empty for those who have been invited. */
const LEFT_OUT = ["joined", "lastSeen"];

export function UsersCards({ users }: { users: User[] }) {
  const [identity, ...others] = columns();
  const facts = others.filter(({ name }) => !LEFT_OUT.includes(name));
  return (
    <ul className={`${cards.cards ?? ""} ${classes.cards ?? ""}`} aria-label={texts.users.title}>
      {users.map((user) => (
        <Paper component="li" key={user.user_id} withBorder radius="lg" p="md">
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            <Group gap="sm" wrap="nowrap" align="flex-start">
              <SelectBox user={user} />
              {identity?.cell(user)}
            </Group>
            <ActionsMenu user={user} />
          </Group>
          <Facts className={cards.facts}>
            {facts.map(({ name, title, cell }) => (
              <Fact key={name} title={title}>
                {cell(user)}
              </Fact>
            ))}
          </Facts>
        </Paper>
      ))}
    </ul>
  );
}
