import type { User } from "../api/types.ts";
import { fill } from "#shared/texts.ts";
import { ActorLink } from "../journal/actor-link.tsx";
import { Fact, Facts } from "../page/facts.tsx";
import { partnerTypeLabel } from "../permissions/partner-types.ts";
import { permissionLabel } from "../permissions/catalogue.ts";
import { formatList, formatNumber, ordinal, texts } from "../texts/index.ts";
import { isDeliveryFailure } from "../users/delivery.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import { formatDateTime, formatRelative, isPast } from "../users/dates.ts";
import { Groups } from "../users/user-facts.tsx";
import { CopyButton } from "./copy-button.tsx";
import classes from "./user-page.module.css";

type Invitation = NonNullable<User["invitation"]>;

/** A date and its distance from now. */
function DateAndDistance({ at }: { at: string }) {
  return (
    <>
      <time dateTime={at}>{formatDateTime(at)}</time>{" "}
      <span className={classes.distance}>{fill(texts.user.distance, { when: formatRelative(at) })}</span>
    </>
  );
}

export function InvitationFacts({ user, invitation }: { user: User; invitation: Invitation }) {
  const t = texts.user;
  const { delivery, expires_at, generation, invited_by, sent_at, sent_count } = invitation;
  const isPending = user.status === "invited" || user.status === "expired";
  const number = ordinal(t.linkNumber, generation);
  const replaced = generation > 1 ? fill(t.linkReplaced, { number }) : number;
  return (
    <Facts className={classes.facts}>
      <Fact title={t.invitedBy}>
        <ActorLink accountId={user.account_id} actor={invited_by} />
      </Fact>
      <Fact title={t.delivery}>
        <span className={isDeliveryFailure(delivery) ? classes.deliveryFailure : undefined}>
          {texts.delivery[delivery]}
        </span>
      </Fact>
      <Fact title={t.lastSent}>
        <DateAndDistance at={sent_at} />
      </Fact>
      {isPending && (
        <Fact title={user.status === "invited" ? t.expires : t.expired}>
          <DateAndDistance at={expires_at} />
        </Fact>
      )}
      <Fact title={t.emailsSent}>{formatNumber(sent_count)}</Fact>
      <Fact title={t.link}>{isPending ? replaced : fill(t.linkDead, { number })}</Fact>
    </Facts>
  );
}

/** What the user may or may not do apart from their groups. */
function PermissionFacts({ user: { permissions } }: { user: User }) {
  const t = texts.permissions;
  const { allow, deny } = permissions;
  return (
    <>
      {allow.length > 0 && <Fact title={t.title}>{formatList(allow.map(permissionLabel))}</Fact>}
      {deny.length > 0 && <Fact title={t.denied}>{formatList(deny.map(permissionLabel))}</Fact>}
    </>
  );
}

export function PersonFacts({ user }: { user: User }) {
  const t = texts.user;
  const { email, phone, joined_at, last_seen_at, created_at, user_id, access_until } = user;
  return (
    <Facts className={classes.facts}>
      <Fact title={t.email}>
        {unicodeEmail(email)} <CopyButton text={email} label={t.copyEmail} />
      </Fact>
      <Fact title={t.phone}>{phone ? `${phone.country_code} ${phone.number}` : t.notGiven}</Fact>
      {user.partner_type && <Fact title={t.partnerType}>{partnerTypeLabel(user.partner_type)}</Fact>}
      <Fact title={t.groups}>
        <Groups user={user} />
      </Fact>
      <PermissionFacts user={user} />
      <Fact title={t.invited}>
        <DateAndDistance at={created_at} />
      </Fact>
      <Fact title={t.joined}>{joined_at ? <DateAndDistance at={joined_at} /> : t.notJoined}</Fact>
      {joined_at && <Fact title={t.lastSeen}>{last_seen_at ? <DateAndDistance at={last_seen_at} /> : t.never}</Fact>}
      {access_until && (
        <Fact title={isPast(access_until) ? t.accessEnded : t.accessEnds}>
          <DateAndDistance at={access_until} />
        </Fact>
      )}
      <Fact title={t.id}>
        <span className={classes.id}>{user_id}</span> <CopyButton text={user_id} label={t.copyId} />
      </Fact>
    </Facts>
  );
}
