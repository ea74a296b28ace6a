import type { ReactNode } from "react";
import type { User } from "../api/types.ts";
import { DELIVERY_TEXTS, isDeliveryFailure } from "../users/delivery.ts";
import { formatDateTime, formatRelative } from "../users/dates.ts";
import { Groups } from "../users/user-facts.tsx";
import { ActorLink } from "./actor-link.tsx";
import classes from "./user-page.module.css";

type Invitation = NonNullable<User["invitation"]>;

const PLURAL = new Intl.PluralRules("en", { type: "ordinal" });
const SUFFIX: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };

/** Formats 2 as "2nd". */
const ordinal = (n: number) => `${String(n)}${SUFFIX[PLURAL.select(n)] ?? "th"}`;

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

/** A date and its distance from now. */
function DateAndDistance({ at }: { at: string }) {
  return (
    <>
      <time dateTime={at}>{formatDateTime(at)}</time> <span className={classes.distance}>({formatRelative(at)})</span>
    </>
  );
}

export function InvitationFacts({ user, invitation }: { user: User; invitation: Invitation }) {
  const { delivery, expires_at, generation, invited_by, sent_at, sent_count } = invitation;
  const isPending = user.status === "invited" || user.status === "expired";
  return (
    <Facts>
      <Fact title="Invited by">
        <ActorLink accountId={user.account_id} actor={invited_by} />
      </Fact>
      <Fact title="Delivery">
        <span className={isDeliveryFailure(delivery) ? classes.deliveryFailure : undefined}>
          {DELIVERY_TEXTS[delivery]}
        </span>
      </Fact>
      <Fact title="Last sent">
        <DateAndDistance at={sent_at} />
      </Fact>
      {isPending && (
        <Fact title={user.status === "invited" ? "Expires" : "Expired"}>
          <DateAndDistance at={expires_at} />
        </Fact>
      )}
      <Fact title="Emails sent">{sent_count}</Fact>
      <Fact title="Link">
        {ordinal(generation)}
        {isPending ? generation > 1 && " (earlier links no longer work)" : " (no longer works)"}
      </Fact>
    </Facts>
  );
}

export function PersonFacts({ user }: { user: User }) {
  const { phone, joined_at, last_seen_at, created_at, user_id } = user;
  return (
    <Facts>
      <Fact title="Email">{user.email}</Fact>
      <Fact title="Phone">{phone ? `${phone.country_code} ${phone.number}` : "Not given"}</Fact>
      <Fact title="Groups">
        <Groups user={user} />
      </Fact>
      <Fact title="Invited">
        <DateAndDistance at={created_at} />
      </Fact>
      <Fact title="Joined">{joined_at ? <DateAndDistance at={joined_at} /> : "Not joined"}</Fact>
      {joined_at && <Fact title="Last seen">{last_seen_at ? <DateAndDistance at={last_seen_at} /> : "Never"}</Fact>}
      <Fact title="User ID">{user_id}</Fact>
    </Facts>
  );
}
