import { Alert, Button, Center, Group, Loader, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { randomKey } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { fetchInvitationLink } from "../api/mutations.ts";
import { useRefreshAfterChange } from "../api/queries.ts";
import { queryKeys } from "../api/query-keys.ts";
import { isRefused, messageFor } from "../api/error-messages.ts";
import { copyText } from "../page/clipboard.ts";
import { Dialog, DialogButtons } from "../page/dialog.tsx";
import { LoadFailure } from "../page/load-failure.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { texts } from "../texts/index.ts";
import { formatDateTime, formatRelative } from "../users/dates.ts";
import { fullName } from "../users/full-name.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import type { ActionDialogProps } from "./types.ts";
import classes from "./actions.module.css";

export default function CopyLinkDialog({ user, onClose }: ActionDialogProps) {
  // Every issued link is a journal entry: one request per opened dialog, and another only on demand.
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
  return (
    <Dialog onClose={onClose} title={fill(texts.copyLink.title, { name: fullName(user) })} centered>
      {link.isPending && (
        <Center p="lg">
          <Loader aria-label={texts.copyLink.loading} role="status" />
        </Center>
      )}
      {link.isError && (
        <>
          <Stack pb="md">
            {isRefused(link.error) ? (
              <RefusalAlert text={messageFor(link.error, "copies")} />
            ) : (
              <LoadFailure of={link} />
            )}
          </Stack>
          <DialogButtons>
            <Button variant="default" onClick={onClose}>
              {texts.common.close}
            </Button>
          </DialogButtons>
        </>
      )}
      {link.data && <IssuedLink link={link.data} user={user} onClose={onClose} />}
    </Dialog>
  );
}

interface IssuedLinkProps extends ActionDialogProps {
  link: { url: string; expires_at: string };
}

function IssuedLink({ link: { url, expires_at }, user: { first_name, email }, onClose }: IssuedLinkProps) {
  const { copyLink: t, common } = texts;
  const [isCopied, setCopied] = useState<boolean>();
  useEffect(() => {
    void copyText(url).then(setCopied);
  }, [url]);
  return (
    <>
      <Stack pb="md">
        <div className={classes.link}>{url}</div>
        <Group justify="space-between" gap="xs">
          <Text size="sm" role="status" fw={600}>
            {isCopied === undefined ? "" : isCopied ? t.copied : t.notCopied}
          </Text>
          <Text size="sm" c="dimmed">
            {fill(t.expires, { date: formatDateTime(expires_at), when: formatRelative(expires_at) })}
          </Text>
        </Group>
        <Alert color="orange" title={fill(t.warningTitle, { name: first_name })}>
          {fill(t.warning, { name: first_name, email: unicodeEmail(email) })}
        </Alert>
      </Stack>
      <DialogButtons>
        <Button variant="default" onClick={() => void copyText(url).then(setCopied)}>
          {isCopied ? t.again : t.copy}
        </Button>
        <Button onClick={onClose}>{common.done}</Button>
      </DialogButtons>
    </>
  );
}
