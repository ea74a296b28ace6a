import { Avatar, Paper } from "@mantine/core";
import { ActionsMenu } from "../actions/actions-menu.tsx";
import type { User } from "../api/types.ts";
import { SelectBox } from "../bulk/select-box.tsx";
import { TextLink } from "../page/links.tsx";
import { texts } from "../texts/index.ts";
import { fullName } from "./full-name.ts";
import { useNewRow } from "./new-users.ts";
import { StatusBadge } from "./status-badge.tsx";
import { DeliveryFailureNote, EndOfAccess, Expiry, RecordsWaiting, failedDelivery } from "./status-note.tsx";
import { unicodeEmail } from "./unicode-email.ts";
import { SelfBadge, UserBadges } from "./user-identity.tsx";
import identity from "./user-identity.module.css";
import classes from "./users-rows.module.css";

/** The list on a phone: name, address and status of each user in three lines; the rest is on the user's page. */
export function UsersRows({ users }: { users: User[] }) {
  return (
    <Paper component="ul" withBorder radius="lg" className={classes.rows} aria-label={texts.users.title}>
      {users.map((user) => (
        <Row key={user.user_id} user={user} />
      ))}
    </Paper>
  );
}

function Row({ user }: { user: User }) {
  const name = fullName(user);
  const failure = failedDelivery(user);
  return (
    <li className={classes.row} {...useNewRow(user)}>
      <SelectBox user={user} />
      <Avatar
        name={name}
        size={36}
        color={user.status === "active" ? "accent" : "gray"}
        variant="light"
        alt=""
        aria-hidden="true"
        className={identity.avatar}
      />
      <div className={classes.rowText}>
        <div className={classes.rowLine}>
          <TextLink
            to="/$accountId/users/$userId"
            params={{ accountId: user.account_id, userId: user.user_id }}
            fw={600}
            size="sm"
            className={`${identity.name ?? ""} ${classes.rowLink ?? ""}`}
          >
            {name}
          </TextLink>
          <UserBadges user={user} />
          <SelfBadge user={user} />
        </div>
        <div className={classes.rowEmail}>{unicodeEmail(user.email)}</div>
        <div className={classes.rowLine}>
          <StatusBadge {...user} />
          {failure ? <DeliveryFailureNote failure={failure} /> : <Expiry user={user} />}
          <EndOfAccess user={user} />
          <RecordsWaiting user={user} />
        </div>
      </div>
      <ActionsMenu user={user} />
    </li>
  );
}
