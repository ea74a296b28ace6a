"""Every reason to refuse, one class each, with one sentence that is safe to show to anybody who may ask.

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
    sentence = "The body is not valid JSON."


class BodyTooLarge(Refusal):
    sentence = "The body is larger than this route accepts."


class InvalidRequest(Refusal):
    """`errors` pairs a field (dotted path) with a sentence for it."""

    sentence = "Some fields are not valid."

    def __init__(self, errors: Iterable[tuple[str, str]]) -> None:
        super().__init__(errors=[{"field": field, "message": message} for field, message in errors])


class IdempotencyKeyReused(Refusal):
    sentence = "This Idempotency-Key was used for a different request; choose a new one."


class Unauthorized(Refusal):
    sentence = "Sign in again: this token is not, or no longer, valid here."


class NotAllowed(Refusal):
    sentence = "You do not have the right to do this."


class NotFound(Refusal):
    sentence = "There is nothing here, or nothing that you may see."


class Conflict(Refusal):
    sentence = "Somebody else changed this at the same moment; try again."


class Outdated(Conflict):
    sentence = "This was changed since you saw it; load it again."


class AccountExists(Conflict):
    sentence = "There is an account with this App ID already; choose another one."


class WrongState(Refusal):
    sentence = "This is not possible in the user's present state."


class AlreadyInvited(Refusal):
    sentence = "This address has been invited already; resend the invitation instead."


class AlreadyMember(Refusal):
    sentence = "This address belongs to an active user of the account."


class UserInactive(Refusal):
    sentence = "This address belongs to an inactive user; reactivate them instead."


class UserBlocked(Refusal):
    sentence = "This address belongs to a blocked user; unblock them instead."


class NoSeatAvailable(Refusal):
    sentence = "All seats of the account are taken."


class RateLimited(Refusal):
    """`until` is when the same request will be taken; the answer says it in whole seconds from now."""

    def __init__(self, sentence: str, *, until: datetime, now: datetime) -> None:
        super().__init__(sentence, retry_after=ceil((until - now).total_seconds()))


class LastAdmin(Refusal):
    sentence = "The account needs at least one active administrator; make somebody else an administrator first."


class CannotActOnSelf(Refusal):
    sentence = "You cannot do this to yourself; ask another administrator."


class InvitationNotFound(Refusal):
    sentence = "This link is not genuine or was damaged on its way; copy the whole link from the mail."


class InvitationExpired(Refusal):
    sentence = "This invitation has expired; ask the person who invited you for a new link."


class InvitationReplaced(Refusal):
    sentence = "A newer link has been sent to you; use the one in the newest mail."


class InvitationRevoked(Refusal):
    sentence = "This invitation has been withdrawn; ask the person who invited you."


class InvitationDeclined(Refusal):
    sentence = "This invitation has been declined."


class InvitationAccepted(Refusal):
    sentence = "This invitation has been accepted already; log in instead."


class IdentityExists(Refusal):
    sentence = "There is an ID for this address already; log in with it to join."


class WrongIdentity(Refusal):
    sentence = "You are signed in with another address than the invited one; log in with the invited address."


class MailboxNotProven(Refusal):
    sentence = "Use the link that was mailed to you: this ID has not been proven to be yours yet."
