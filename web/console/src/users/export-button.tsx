import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useRef, useState } from "react";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { messageFor } from "../api/error-messages.ts";
import { Icon } from "../page/icons.tsx";
import { formatNumber, texts } from "../texts/index.ts";
import classes from "./users.module.css";
import type { UsersView } from "./view.ts";

/** Downloads the users of the view, all pages of it, as a CSV file; says how far that is, and can be stopped. */
export function ExportButton({ view, disabled }: { view: UsersView; disabled: boolean }) {
  const t = texts.export;
  const { accountId } = useAccountContext();
  const [read, setRead] = useState<number>();
  const running = useRef<AbortController>(null);
  useEffect(
    () => () => {
      running.current?.abort();
    },
    [],
  );
  const start = async () => {
    const controller = new AbortController();
    running.current = controller;
    setRead(0);
    try {
      const [{ readAllUsers, usersFile }, { download }] = await Promise.all([
        import("./export-users.ts"),
        import("../page/csv.ts"),
      ]);
      const users = await readAllUsers(accountId, view, { onProgress: setRead, signal: controller.signal });
      if (controller.signal.aborted) return;
      download(fill(t.fileName, { account: accountId }), usersFile(users));
    } catch (error) {
      if (!controller.signal.aborted) notifications.show({ color: "red", title: t.failed, message: messageFor(error) });
    }
    setRead(undefined);
  };
  if (read === undefined) {
    return (
      <Button
        variant="subtle"
        leftSection={<Icon name="down" />}
        className={classes.export ?? ""}
        disabled={disabled}
        onClick={() => void start()}
      >
        {t.button}
      </Button>
    );
  }
  return (
    <Group gap="xs" className={classes.export ?? ""}>
      <Text size="sm" role="status">
        {fill(t.progress, { n: formatNumber(read) })}
      </Text>
      <Button
        variant="default"
        size="compact-md"
        onClick={() => {
          running.current?.abort();
          setRead(undefined);
        }}
      >
        {texts.bulk.stop}
      </Button>
    </Group>
  );
}
