import { Alert, Button, Center, Group, Loader, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { linkOf } from "../api/changes.ts";
import { useRefreshAfterChange } from "../api/queries.ts";
import { wordsFor } from "../api/refusals.ts";
import { Dialog } from "../page/dialog.tsx";
import { asMoment, fromNow } from "../users/moments.ts";
import { nameOf } from "../users/names.ts";
import type { ActionDialogProps } from "./actions.ts";
import classes from "./actions.module.css";

export function CopyLinkDialog({ user, onClose }: ActionDialogProps) {
  // Each link that is handed out is in the journal: one click is one request, and nothing asks again by itself.
  const [click] = useState(() => crypto.randomUUID());
  const refresh = useRefreshAfterChange(user.account_id, user.user_id);
  const link = useQuery({
    queryKey: ["link", user.account_id, user.user_id, click],
    queryFn: () => linkOf(user, click).finally(refresh),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
  const name = nameOf(user);
  return (
    <Dialog onClose={onClose} title={`Link for ${name}`} centered>
      {link.isPending && (
        <Center p="lg">
          <Loader aria-label="Loading the link" role="status" />
        </Center>
      )}
      {link.isError && <Refused error={link.error} onClose={onClose} />}
      {link.data && <Copied link={link.data} user={user} onClose={onClose} />}
    </Dialog>
  );
}

function Refused({ error, onClose }: { error: unknown; onClose: () => void }) {
  return (
    <Stack>
      <Alert color="red" role="alert">
        {wordsFor(error)}
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
      </Group>
    </Stack>
  );
}

interface CopiedProps extends ActionDialogProps {
  link: { url: string; expires_at: string };
}

function Copied({ link: { url, expires_at }, user: { first_name, email }, onClose }: CopiedProps) {
  const [isCopied, setCopied] = useState<boolean>();
  useEffect(() => {
    void copyText(url).then(setCopied);
  }, [url]);
  return (
    <Stack>
      <div className={classes.link}>{url}</div>
      <Group justify="space-between" gap="xs">
        <Text size="sm" role="status" fw={600}>
          {isCopied === true && "Copied to the clipboard."}
          {isCopied === false && "It could not be copied by itself: press Copy, or mark the link and copy it."}
        </Text>
        <Text size="sm" c="dimmed">
          Works until {asMoment(expires_at)} ({fromNow(expires_at)}).
        </Text>
      </Group>
      <Alert color="orange" title="Whoever has this link can use it">
        Give it to {first_name} alone, by a way that you trust. It lets its holder join with the address {email} without
        proving that this mailbox is theirs. That you have copied it is in the history.
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => void copyText(url).then(setCopied)}>
          {isCopied ? "Copy again" : "Copy"}
        </Button>
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}

/** Whether the browser has let us; a page that was not served safely has no clipboard at all. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
