import { Button, Stack, Text, Title, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { fill } from "#shared/texts.ts";
import { api, unwrap } from "../api/client.ts";
import { queryKeys } from "../api/query-keys.ts";
import type { PendingInvitation } from "../api/types.ts";
import { texts } from "../texts/index.ts";
import { formatFullDateTime, formatRelative } from "../users/dates.ts";
import classes from "./account-picker.module.css";

/** Reads the person's invitations. */
export const useMyInvitations = () =>
  useQuery({
    queryKey: queryKeys.myInvitations(),
    queryFn: () => unwrap(api.GET("/v1/me/invitations")),
  });

interface PendingInvitationsProps {
  invitations: PendingInvitation[];
  order: 1 | 2;
  children?: ReactNode;
}

/** The accounts that have invited the person, each with a link to the invitation's own page; `children` come before. */
export function PendingInvitations({ invitations, order, children }: PendingInvitationsProps) {
  return (
    <section>
      <Title order={order} size={order === 1 ? "h2" : "h4"} mt="xl">
        {texts.picker.invitations}
      </Title>
      {children}
      <Stack mt={order === 1 ? "lg" : "sm"} gap="sm">
        {invitations.map(({ account_id, name, expires_at, url }) => (
          <div key={account_id} className={`${classes.account ?? ""} ${classes.invitation ?? ""}`}>
            <span>
              <Text component="span" fw={600} display="block" className={classes.name}>
                {name}
              </Text>
              <Text
                component="span"
                size="sm"
                c="dimmed"
                display="block"
                className={classes.expiry}
                title={formatFullDateTime(expires_at)}
              >
                {fill(texts.status.expires, { when: formatRelative(expires_at) })}
              </Text>
            </span>
            <Button component="a" href={url} size="sm" variant="light">
              {texts.picker.viewInvitation} <VisuallyHidden>{name}</VisuallyHidden>
            </Button>
          </div>
        ))}
      </Stack>
    </section>
  );
}
