import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { isRefusal, messageFor } from "../api/error-messages.ts";
import { useDecision } from "../api/operator.ts";
import type { SeatRequest } from "../api/seats.ts";
import { TextLink } from "../page/links.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import classes from "../seats/seats-page.module.css";
import { plural, texts } from "../texts/index.ts";
import { formatDateTime, formatFullDateTime } from "../users/dates.ts";

interface WaitingRequestsProps {
  requests: { accountId: string; request: SeatRequest; name?: string }[];
}

/** Requests for seats that wait, with the two decisions as buttons (rule 27); with `name`, also whose they are. */
export function WaitingRequests({ requests }: WaitingRequestsProps) {
  return (
    <ol className={classes.requests} aria-label={texts.operator.waiting}>
      {requests.map((each) => (
        <WaitingRequest key={each.request.request_id} {...each} />
      ))}
    </ol>
  );
}

function WaitingRequest({ accountId, request, name }: WaitingRequestsProps["requests"][number]) {
  const t = texts.operator;
  const { request_id, kind, quantity, reason, requested_at } = request;
  const [keyOf] = useState(idempotencyKeys);
  const decision = useDecision(accountId, {
    onSuccess: ({ status }) => {
      notifications.show({ message: status === "approved" ? t.approvedToast : t.deniedToast });
    },
    onError: (error) => {
      // The request may leave the list, which is read again.
      if (isRefusal(error, "conflict")) notifications.show({ color: "red", message: t.decidedMeanwhile });
    },
  });
  const asked = plural(texts.seats.asked[kind], quantity);
  const account = name === undefined ? "" : fill(t.accountNamed, { name, id: accountId });
  const button = (verb: string, approve: boolean) => ({
    children: verb,
    "aria-label": fill(t.decideNamed, { verb, request: account ? `${asked}, ${account}` : asked }),
    size: "compact-md",
    fz: "sm",
    loading: decision.isPending && decision.variables.approve === approve,
    disabled: decision.isPending,
    onClick: () => {
      decision.mutate({ requestId: request_id, approve, key: keyOf(approve) });
    },
  });
  return (
    <li className={classes.request}>
      <Group justify="space-between" gap="xs">
        <div>
          {account && (
            <TextLink to="/operator/accounts/$appId" params={{ appId: accountId }} size="sm">
              {account}
            </TextLink>
          )}
          <Text fw={600} size="sm">
            {asked}
          </Text>
          <Text size="sm" c="dimmed">
            <time dateTime={requested_at} title={formatFullDateTime(requested_at)}>
              {formatDateTime(requested_at)}
            </time>
          </Text>
          {reason && (
            <Text size="sm" className={classes.reason}>
              {reason}
            </Text>
          )}
        </div>
        <Group gap="xs">
          <Button variant="default" {...button(t.deny, false)} />
          <Button {...button(t.approve, true)} />
        </Group>
      </Group>
      <RefusalAlert
        text={decision.isError && !isRefusal(decision.error, "conflict") ? messageFor(decision.error) : ""}
      />
    </li>
  );
}
