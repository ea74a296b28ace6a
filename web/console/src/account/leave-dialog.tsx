import { List, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { messageFor } from "../api/error-messages.ts";
import { leave } from "../api/mutations.ts";
import { useFetchMe } from "../api/queries.ts";
import { ConfirmButtons } from "../page/confirm-buttons.tsx";
import { Dialog } from "../page/dialog.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { texts } from "../texts/index.ts";
import { useAccountContext } from "./account-context.ts";

/** Lets a partner leave the account once the consequences have been read. */
export default function LeaveDialog({ onClose }: { onClose: () => void }) {
  const t = texts.leave;
  const { account, accountId } = useAccountContext();
  const { name } = account;
  const client = useQueryClient();
  const fetchMe = useFetchMe();
  const navigate = useNavigate();
  const [keyOf] = useState(idempotencyKeys);
  const leaving = useMutation({
    mutationFn: async () => {
      await leave(accountId, keyOf(accountId));
      return fetchMe();
    },
    onSuccess: async (me) => {
      const isHomeless = !me.accounts.length;
      await navigate({ to: "/", replace: true, state: isHomeless ? { left: name } : {} });
      if (!isHomeless) notifications.show({ message: fill(t.left, { account: name }) });
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[1] === accountId });
    },
  });
  return (
    <Dialog title={fill(t.title, { account: name })} onClose={onClose} centered>
      <Stack pb="md">
        <RefusalAlert text={leaving.isError ? messageFor(leaving.error) : ""} scrollIntoView />
        <List size="sm" spacing="xs">
          {t.effects.map((effect) => (
            <List.Item key={effect}>{effect}</List.Item>
          ))}
        </List>
      </Stack>
      <ConfirmButtons
        verb={t.confirm}
        isPending={leaving.isPending}
        onConfirm={() => {
          leaving.mutate();
        }}
        onClose={onClose}
      />
    </Dialog>
  );
}
