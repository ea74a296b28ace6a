import { Button, Stack, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { texts } from "../texts/index.ts";
import { Dialog, DialogButtons } from "./dialog.tsx";

/** Asks before a page with unsaved changes is left. */
export function UnsavedChanges({ isDirty }: { isDirty: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  return (
    <Dialog title={texts.common.unsavedTitle} onClose={blocker.reset} centered>
      <Stack>
        <Text size="sm">{texts.common.unsaved}</Text>
      </Stack>
      <DialogButtons>
        <Button variant="default" onClick={blocker.reset} data-autofocus>
          {texts.common.keepEditing}
        </Button>
        <Button color="red.8" onClick={blocker.proceed}>
          {texts.common.discard}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
