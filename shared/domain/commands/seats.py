"""Seats of an account: set by billing, asked for and given back by administrators (rules 26 and 27)."""

from collections.abc import Mapping

from shared.domain.model import accounts, errors
from shared.domain.model.accounts import Account
from shared.domain.model.ids import sequential_id
from shared.domain.model.mails import Mail, MailKind
from shared.domain.model.seat_requests import RequestKind, RequestStatus, SeatRequest
from shared.domain.policy import authorization
from shared.domain.policy.changes import AccountChange, ChangeSet, SeatRequestChange
from shared.domain.policy.journal import EntryType, seat_request_entry, seats_entry
from shared.domain.policy.mails import seat_request_mail, seat_request_mail_to_staff
from shared.domain.policy.snapshot import Snapshot

MAX_BOUGHT_AT_ONCE = 50
MAX_PENDING_REQUESTS = 20  # requests of an account that wait for a decision

# What a request becomes, and how journal and mail name that, by whether it is approved.
_DECISIONS: Mapping[bool, tuple[RequestStatus, EntryType, MailKind]] = {
    True: ("approved", "seats.approved", MailKind.SEATS_APPROVED),
    False: ("denied", "seats.denied", MailKind.SEATS_DENIED),
}


def set_seats(snapshot: Snapshot, *, purchased: int | None, granted: int | None) -> ChangeSet:
    """Set the absolute numbers, also below what is in use. Raises NotAllowed.

    `purchased` None is no limit; `granted` None leaves that number as it is.
    """
    authorization.require_operator_or_host(snapshot.actor)
    before = snapshot.account
    after = accounts.with_seats(
        before, purchased=purchased, granted=before.seats_granted if granted is None else granted
    )
    if after == before:
        return ChangeSet()
    entry = seats_entry("seats.set", before=before, after=after, context=snapshot.context)
    return ChangeSet(account=AccountChange(before, after), entries=(entry,))


def request_seats(
    snapshot: Snapshot, *, kind: RequestKind, quantity: int, reason: str | None, purchases_at_once: bool
) -> ChangeSet:
    """Ask for seats, or give purchased ones back.

    A return takes effect at once, a purchase where the deployment says so; everything else waits for the host or an
    operator. Raises NotAllowed, and InvalidRequest for what the account cannot ask for.
    """
    authorization.require_own_admin(snapshot.actor)
    account = snapshot.account
    if account.seats_purchased is None:
        raise errors.InvalidRequest([("kind", "This account has no seat limit.")])
    if kind == "return":
        return _give_back(snapshot, purchased=account.seats_purchased, quantity=quantity, reason=reason)
    if kind == "purchase" and purchases_at_once:
        return _buy(snapshot, purchased=account.seats_purchased, quantity=quantity, reason=reason)
    if account.seat_requests_pending >= MAX_PENDING_REQUESTS:
        raise errors.InvalidRequest(
            [("kind", f"{MAX_PENDING_REQUESTS} requests of this account wait for a decision already.")]
        )
    waiting = _request(snapshot, kind=kind, quantity=quantity, reason=reason, status="pending")
    after = account.model_copy(update={"seat_requests_pending": account.seat_requests_pending + 1})
    mail = seat_request_mail_to_staff(MailKind.SEATS_REQUESTED, waiting, context=snapshot.context)
    return _request_changes(snapshot, waiting, after, "seats.requested", mails=(mail,))


def decide(snapshot: Snapshot, request_id: str, *, approve: bool) -> ChangeSet:
    """Approve or deny a request that waits; repeating a decision changes nothing.

    Raises NotFound, NotAllowed, SeatRequestDecided.
    """
    authorization.require_operator_or_host(snapshot.actor)
    before = snapshot.seat_request
    if before is None or before.request_id != request_id:
        raise errors.NotFound
    status, kind, mail = _DECISIONS[approve]
    if before.status == status:
        return ChangeSet(seat_request=SeatRequestChange(before, before))
    if before.status != "pending":
        raise errors.SeatRequestDecided
    after = before.model_copy(
        update={"status": status, "decided_by": snapshot.actor.actor_id, "decided_at": snapshot.now}
    )
    account = snapshot.account.model_copy(update={"seat_requests_pending": snapshot.account.seat_requests_pending - 1})
    if approve:
        account = _with_approved_seats(account, kind=before.kind, quantity=before.quantity)
    context = snapshot.context
    entry = seat_request_entry(kind, after, before=snapshot.account, after=account, context=context)
    return ChangeSet(
        account=AccountChange(snapshot.account, account),
        seat_request=SeatRequestChange(before, after),
        entries=(entry,),
        mails=(seat_request_mail(mail, after, context=context),),
    )


def _buy(snapshot: Snapshot, *, purchased: int, quantity: int, reason: str | None) -> ChangeSet:
    if quantity > MAX_BOUGHT_AT_ONCE:
        raise errors.InvalidRequest([("quantity", f"At most {MAX_BOUGHT_AT_ONCE} seats can be bought in one request.")])
    bought = _request(snapshot, kind="purchase", quantity=quantity, reason=reason, status="approved")
    after = accounts.with_seats(
        snapshot.account, purchased=purchased + quantity, granted=snapshot.account.seats_granted
    )
    mails = (
        seat_request_mail(MailKind.SEATS_APPROVED, bought, context=snapshot.context),
        seat_request_mail_to_staff(MailKind.SEATS_BOUGHT, bought, context=snapshot.context),
    )
    return _request_changes(snapshot, bought, after, "seats.requested", "seats.approved", mails=mails)


def _give_back(snapshot: Snapshot, *, purchased: int, quantity: int, reason: str | None) -> ChangeSet:
    """Lower the purchased seats alone, and never the limit below what is in use; raises InvalidRequest for more."""
    account = snapshot.account
    possible = max(0, min(account.seats_available, purchased))
    if quantity > possible:
        raise errors.InvalidRequest([("quantity", f"At most {possible} seats can be given back now.")])
    returned = _request(snapshot, kind="return", quantity=quantity, reason=reason, status="approved")
    after = accounts.with_seats(account, purchased=purchased - quantity, granted=account.seats_granted)
    mails = (
        seat_request_mail(MailKind.SEATS_RETURNED, returned, context=snapshot.context),
        seat_request_mail_to_staff(MailKind.SEATS_GIVEN_BACK, returned, context=snapshot.context),
    )
    changes = _request_changes(snapshot, returned, after, "seats.returned", mails=mails)
    return changes._replace(account=AccountChange(account, after, min_available=quantity))


def _request_changes(
    snapshot: Snapshot, request: SeatRequest, account: Account, *kinds: EntryType, mails: tuple[Mail, ...]
) -> ChangeSet:
    context, before = snapshot.context, snapshot.account
    return ChangeSet(
        account=AccountChange(before, account),
        seat_request=SeatRequestChange(None, request),
        entries=tuple(
            seat_request_entry(kind, request, before=before, after=account, context=context) for kind in kinds
        ),
        mails=mails,
    )


def _with_approved_seats(account: Account, *, kind: RequestKind, quantity: int) -> Account:
    """Return the account with the seats of an approved request; one that has no limit by now stays as it is."""
    if account.seats_purchased is None:
        return account
    is_bought = kind == "purchase"
    return accounts.with_seats(
        account,
        purchased=account.seats_purchased + (quantity if is_bought else 0),
        granted=account.seats_granted + (0 if is_bought else quantity),
    )


def _request(
    snapshot: Snapshot, *, kind: RequestKind, quantity: int, reason: str | None, status: RequestStatus
) -> SeatRequest:
    context = snapshot.context
    is_decided = status != "pending"
    return SeatRequest(
        account_id=snapshot.account.account_id,
        request_id=sequential_id(context.now, context.operation_id, "seats"),
        kind=kind,
        quantity=quantity,
        reason=reason,
        status=status,
        requested_by=context.actor.actor_id,
        requested_at=context.now,
        decided_by=context.actor.actor_id if is_decided else None,
        decided_at=context.now if is_decided else None,
    )
