import { Button, Container, Group, Paper, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useUsers } from "../api/queries.ts";
import type { Account } from "../api/types.ts";
import { InviteDialog } from "../invite/invite-dialog.tsx";
import { Icon } from "../page/icons.tsx";
import { PageTitle } from "../page/page-title.tsx";
import { UsersFilters } from "./users-filters.tsx";
import { UsersList } from "./users-list.tsx";
import classes from "./users.module.css";
import { useView } from "./view.ts";

const NARROW = "(max-width: 62em)";

interface UsersPageProps {
  account: Account;
  isAdmin: boolean;
  mayInvite: boolean;
}

export function UsersPage({ account, isAdmin, mayInvite }: UsersPageProps) {
  const [view, changeView] = useView();
  const [inviting, setInviting] = useState(false);
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const query = useUsers(account.account_id, view);
  const total = query.data?.pages[0]?.total ?? undefined;

  return (
    <Container component="main" size="80rem" className={classes.page}>
      <Group justify="space-between" align="flex-end" mb="lg">
        <div>
          <PageTitle tab={`Users · ${account.name}`}>Users</PageTitle>
          <Text c="dimmed" role="status" mih="1.55em">
            {total === undefined ? "" : total === 1 ? "1 person" : `${total.toLocaleString()} people`}
          </Text>
        </div>
        {mayInvite && (
          <Button
            leftSection={<Icon name="plus" />}
            size="md"
            onClick={() => {
              setInviting(true);
            }}
          >
            Invite user
          </Button>
        )}
      </Group>
      <UsersFilters view={view} onChange={changeView} withSort={narrow} />
      <Paper mt="md" radius="lg" className={narrow ? classes.bare : classes.panel}>
        <UsersList query={query} view={view} onChange={changeView} narrow={narrow} />
      </Paper>
      {inviting && (
        <InviteDialog
          account={account}
          isAdmin={isAdmin}
          onClose={() => {
            setInviting(false);
          }}
        />
      )}
    </Container>
  );
}
