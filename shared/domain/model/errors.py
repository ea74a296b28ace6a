"""Every reason to refuse, one class each, with one sentence that is safe to show to any caller.

Which code and status a reason has is the edge's table (`shared.api`).
"""

from collections.abc import Iterable
from datetime import datetime
from math import ceil


class Refusal(Exception):
    """A request that is refused and has changed nothing; `details` are further public fields of the answer."""

    sentence = "The request was refused."

    def __init__(self, sentence: str | None = None, **details: object) -> None:
        super().__init__(sentence or self.sentence)
        self.details = details


class MalformedJson(Refusal):
    sentence = "The request body is not valid JSON."


class BodyTooLarge(Refusal):
    sentence = "The request body is too large."


class InvalidRequest(Refusal):
    """`errors` pairs a field (dotted path) with a sentence for it; `reason` is a code for all of them."""

    sentence = "Some fields are not valid."

    def __init__(self, errors: Iterable[tuple[str, str]], *, reason: str | None = None) -> None:
        code = {"reason": reason} if reason else {}
        super().__init__(errors=[{"field": field, "message": message} | code for field, message in errors])


class AdminHasAllPermissions(Refusal):
    sentence = "Administrators already have every permission and cannot be given individual ones."


class NotACertifiedPartner(Refusal):
    sentence = "This email address does not belong to a certified partner."


class IdempotencyKeyReused(Refusal):
    sentence = "This Idempotency-Key was used for a different request. Choose a new one."


class Unauthorized(Refusal):
    sentence = "Sign in again: this session is no longer valid."


class NotAllowed(Refusal):
    sentence = "You do not have permission to do this."


class AccountSuspended(NotAllowed):
    sentence = "This account is suspended. Contact the provider of the product."


class NotFound(Refusal):
    sentence = "This does not exist, or you do not have access to it."


class StaleRead(Refusal):
    """What the decision rests on has changed since it was read: the command runs again on a fresh read."""

    sentence = "Someone else changed this at the same time. Try again."


class Contended(Refusal):
    """Other transactions held the item until the retries were used up."""

    sentence = "This is being changed by others at the moment. Try again."


class Outdated(Refusal):
    sentence = "This has changed since you loaded it. Reload and try again."


class MoveUnderWay(Refusal):
    sentence = "Records are being handed over at the moment. Wait until that is done."


class AccountExists(Refusal):
    sentence = "An account with this App ID already exists. Choose another one."


class WrongState(Refusal):
    sentence = "This is not possible in the user's current state."


class AlreadyInvited(Refusal):
    sentence = "This email address has already been invited. Resend the invitation instead."


class AlreadyMember(Refusal):
    sentence = "This email address belongs to an active user of the account."


class UserInactive(Refusal):
    sentence = "This email address belongs to an inactive user. Reactivate them instead."


class UserBlocked(Refusal):
    sentence = "This email address belongs to a blocked user. Unblock them instead."


class DuplicateRow(Refusal):
    sentence = "An earlier row has the same email address."


class HasRecords(Refusal):
    sentence = "You own records. Ask an administrator to give them to someone else first."


class ReassignTargetRequired(Refusal):
    sentence = "This user owns records. Say who gets them."


class DuplicateRecord(Refusal):
    sentence = "An earlier row names the same record."


class NoSeatAvailable(Refusal):
    sentence = "All seats of this account are in use."


class RateLimited(Refusal):
    """`until` is when the same request will be taken; the answer says it in whole seconds from now."""

    def __init__(self, sentence: str, *, until: datetime, now: datetime) -> None:
        super().__init__(sentence, retry_after=ceil((until - now).total_seconds()))


class Busy(Refusal):
    """AWS throttles us, and the retries are used up; the answer says in how many seconds to try again."""

    sentence = "There are too many requests at the moment. Try again in a few seconds."

    def __init__(self) -> None:
        super().__init__(retry_after=5)


class SeatRequestDecided(Refusal):
    sentence = "This request has been decided already."


class GroupInUse(Refusal):
    sentence = "There are still users in this group. Move them to other groups first."


class LastAdmin(Refusal):
    sentence = "An account needs at least one active administrator. Make someone else an administrator first."


class CannotActOnSelf(Refusal):
    sentence = "You cannot do this to yourself. Ask another administrator."


class InvitationNotFound(Refusal):
    sentence = "This link is invalid or incomplete. Copy the whole link from the email."


class InvitationExpired(Refusal):
    sentence = "This invitation has expired. Ask the person who invited you for a new link."


class InvitationReplaced(Refusal):
    sentence = "A newer link has been sent to you. Use the one in the most recent email."


class InvitationRevoked(Refusal):
    sentence = "This invitation has been withdrawn. Contact the person who invited you."


class InvitationDeclined(Refusal):
    sentence = "This invitation has been declined."


class InvitationAccepted(Refusal):
    sentence = "This invitation has already been accepted. Sign in instead."


class IdentityExists(Refusal):
    sentence = "This email address already has an ID. Sign in with it to join."


class WrongIdentity(Refusal):
    sentence = "You are signed in with a different email address. Sign in with the invited one."


class MailboxNotProven(Refusal):
    sentence = "Use the link in the email that was sent to you: this ID has not been confirmed yet."


class RecoveryNotFound(Refusal):
    sentence = "This password reset link is invalid or incomplete. Copy the whole link from the email."


class RecoveryExpired(Refusal):
    sentence = (
        "This link no longer works: it has expired, has been used or was replaced by a newer one. Ask for a new link."
    )


class WrongAnswer(Refusal):
    """`attempts_left` is how many further answers this link takes."""

    sentence = "This is not the answer to the security question."

    def __init__(self, *, attempts_left: int) -> None:
        super().__init__(attempts_left=attempts_left)


class IdentityBlocked(Refusal):
    sentence = "This ID is blocked. Unblock it first."
