import { ActionIcon, Popover, Text } from "@mantine/core";
import { Fact, Facts } from "../page/facts.tsx";
import { Icon } from "../page/icons.tsx";
import { texts } from "../texts/index.ts";
import classes from "./users.module.css";
import { STATUSES } from "./view.ts";

/** A button that opens a list of what each status means. */
export function StatusMeanings() {
  const { status, statusMeaning } = texts;
  return (
    <Popover position="bottom-end" width={360} withinPortal={false} shadow="md" trapFocus={false}>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={statusMeaning.title}>
          <Icon name="help" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.meanings ?? ""}>
        <Facts>
          {([...STATUSES, "attention", "waiting"] as const).map((name) => (
            <Fact key={name} title={status[name]}>
              {statusMeaning[name]}
            </Fact>
          ))}
        </Facts>
        <Text size="sm" mt="sm">
          {statusMeaning.partners}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
