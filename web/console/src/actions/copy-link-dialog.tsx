import { Alert, Button, Center, Group, Loader, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { randomKey } from "#shared/http.ts";
import { fetchInvitationLink } from "../api/mutations.ts";
import { useRefreshAfterChange } from "../api/queries.ts";
import { queryKeys } from "../api/query-keys.ts";
import { messageFor } from "../api/error-messages.ts";
import { Dialog } from "../page/dialog.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { formatDateTime, formatRelative } from "../users/dates.ts";
import { fullName } from "../users/full-name.ts";
import type { ActionDialogProps } from "./types.ts";
import classes from "./actions.module.css";

export function CopyLinkDialog({ user, onClose }: ActionDialogProps) {
  // Every issued link is a journal entry: one request per opened dialog, without retry or refetch.
  const [requestId] = useState(() => randomKey());
  const refresh = useRefreshAfterChange(user.account_id, user.user_id);
  const link = useQuery({
    queryKey: queryKeys.invitationLink(user.account_id, user.user_id, requestId),
    queryFn: () => fetchInvitationLink(user, requestId).finally(refresh),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
  const name = fullName(user);
  return (
    <Dialog onClose={onClose} title={`Link for ${name}`} centered>
      {link.isPending && (
        <Center p="lg">
          <Loader aria-label="Loading the link" role="status" />
        </Center>
      )}
      {link.isError && <LinkRefused error={link.error} onClose={onClose} />}
      {link.data && <IssuedLink link={link.data} user={user} onClose={onClose} />}
    </Dialog>
  );
}

function LinkRefused({ error, onClose }: { error: unknown; onClose: () => void }) {
  return (
    <Stack>
      <RefusalAlert text={messageFor(error)} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
      </Group>
    </Stack>
  );
}

interface IssuedLinkProps extends ActionDialogProps {
  link: { url: string; expires_at: string };
}

function IssuedLink({ link: { url, expires_at }, user: { first_name, email }, onClose }: IssuedLinkProps) {
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
          {isCopied === false && "It could not be copied automatically: press Copy, or select the link and copy it."}
        </Text>
        <Text size="sm" c="dimmed">
          Expires {formatDateTime(expires_at)} ({formatRelative(expires_at)}).
        </Text>
      </Group>
      <Alert color="orange" title={`Anyone with this link can join as ${first_name}`}>
        Send it only to {first_name}, over a channel you trust: it skips the proof that {email} is theirs. Copying is
        recorded in the history.
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

/** Copies to the clipboard. Returns false if the browser refuses or has no clipboard (insecure context). */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
