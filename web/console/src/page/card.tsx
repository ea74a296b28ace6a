import { Button, Group, Paper, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { fill } from "#shared/texts.ts";
import { texts } from "../texts/index.ts";
import classes from "./card.module.css";
import { Icon } from "./icons.tsx";

interface CardProps {
  name: string;
  /** Beside the name. */
  badge?: ReactNode;
  onEdit?: (() => void) | undefined;
  onDelete?: (() => void) | undefined;
  children: ReactNode;
}

/** An item of a list of cards, with buttons for what may be done with it. */
export function Card({ name, badge, onEdit, onDelete, children }: CardProps) {
  return (
    <Paper component="li" withBorder radius="lg" p="lg">
      <div className={classes.top}>
        <Group gap="xs" className={classes.title}>
          <Title order={2} size="h4">
            {name}
          </Title>
          {badge}
        </Group>
        {onEdit && (
          <Button
            variant="default"
            size="compact-md"
            fz="sm"
            leftSection={<Icon name="pen" size={16} />}
            aria-label={fill(texts.edit.title, { name })}
            onClick={onEdit}
          >
            {texts.action.edit}
          </Button>
        )}
        {onDelete && (
          <Button
            variant="subtle"
            color="red.8"
            size="compact-md"
            fz="sm"
            leftSection={<Icon name="bin" size={16} />}
            className={classes.delete}
            aria-label={fill(texts.common.deleteNamed, { name })}
            onClick={onDelete}
          >
            {texts.common.delete}
          </Button>
        )}
      </div>
      {children}
    </Paper>
  );
}
