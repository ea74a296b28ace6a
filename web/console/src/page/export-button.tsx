import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useRef, useState } from "react";
import { fill } from "#shared/texts.ts";
import { messageFor } from "../api/error-messages.ts";
import { Icon } from "./icons.tsx";
import { formatNumber, texts } from "../texts/index.ts";

export interface ExportOptions {
  /** Called with the number of lines read so far. */
  onProgress: (read: number) => void;
  signal: AbortSignal;
}

interface ExportButtonProps {
  fileName: string;
  /** Reads everything and returns the text of the file. Once the signal is aborted, what it returns is not used. */
  write: (options: ExportOptions) => Promise<string>;
  disabled: boolean;
}

/** Downloads a list, all pages of it, as a CSV file; says how far that is, and can be stopped. */
export function ExportButton({ fileName, write, disabled }: ExportButtonProps) {
  const t = texts.export;
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
    const { signal } = controller;
    // Once it is stopped, nothing of it is shown: another export may be under way.
    const show = (n?: number) => {
      if (!signal.aborted) setRead(n);
    };
    show(0);
    try {
      const [text, { download }] = await Promise.all([write({ onProgress: show, signal }), import("./csv.ts")]);
      if (signal.aborted) return;
      download(fileName, text);
      notifications.show({ message: t.done });
    } catch (error) {
      if (!signal.aborted) notifications.show({ color: "red", title: t.failed, message: messageFor(error) });
    }
    show();
  };
  const stop = () => {
    running.current?.abort();
    setRead(undefined);
  };
  const isRunning = read !== undefined;
  const look = isRunning
    ? ({ variant: "default", size: "compact-md" } as const)
    : ({ variant: "subtle", leftSection: <Icon name="down" /> } as const);
  return (
    <Group gap="xs" ml="auto" flex="none">
      <Text size="sm" role="status">
        {isRunning && fill(t.progress, { n: formatNumber(read) })}
      </Text>
      {/* One button, which keeps the focus. */}
      <Button {...look} disabled={!isRunning && disabled} onClick={isRunning ? stop : () => void start()}>
        {isRunning ? texts.bulk.stop : t.button}
      </Button>
    </Group>
  );
}
