import type { ReactNode } from "react";
import type { User } from "../api/types.ts";
import { DELIVERY_WORDS, isTrouble } from "../users/delivery.ts";
import { asMoment, fromNow } from "../users/moments.ts";
import { Groups } from "../users/user-facts.tsx";
import { Person } from "./person.tsx";
import classes from "./user-page.module.css";

type Invitation = NonNullable<User["invitation"]>;

function Facts({ children }: { children: ReactNode }) {
  return <dl className={classes.facts}>{children}</dl>;
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A moment and how far away it is. */
function When({ at }: { at: string }) {
  return (
    <>
      <time dateTime={at}>{asMoment(at)}</time> <span className={classes.distance}>({fromNow(at)})</span>
    </>
  );
}

export function InvitationFacts({ user, invitation }: { user: User; invitation: Invitation }) {
  const { delivery, expires_at, generation, invited_by, sent_at, sent_count } = invitation;
  const isPending = user.status === "invited" || user.status === "expired";
  return (
    <Facts>
      <Fact title="Invited by">
        <Person accountId={user.account_id} actor={invited_by} />
      </Fact>
      <Fact title="Delivery">
        <span className={isTrouble(delivery) ? classes.trouble : undefined}>{DELIVERY_WORDS[delivery]}</span>
      </Fact>
      <Fact title="Last sent">
        <When at={sent_at} />
      </Fact>
      {isPending && (
        <Fact title={user.status === "invited" ? "Works until" : "Expired"}>
          <When at={expires_at} />
        </Fact>
      )}
      <Fact title="Mails sent">{sent_count}</Fact>
      <Fact title="Link">
        No. {generation}
        {isPending ? generation > 1 && "; every earlier one has stopped working" : "; it has stopped working"}
      </Fact>
    </Facts>
  );
}

export function PersonFacts({ user }: { user: User }) {
  const { phone, joined_at, last_seen_at, created_at, user_id } = user;
  return (
    <Facts>
      <Fact title="E-mail">{user.email}</Fact>
      <Fact title="Telephone">{phone ? `${phone.country_code} ${phone.number}` : "Not given"}</Fact>
      <Fact title="Groups">
        <Groups user={user} />
      </Fact>
      <Fact title="First invited">
        <When at={created_at} />
      </Fact>
      <Fact title="Joined">{joined_at ? <When at={joined_at} /> : "Not joined"}</Fact>
      {joined_at && <Fact title="Last seen">{last_seen_at ? <When at={last_seen_at} /> : "Not seen since"}</Fact>}
      <Fact title="User ID">{user_id}</Fact>
    </Facts>
  );
}
