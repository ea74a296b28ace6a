"""Every refusal's public code and status: the one table, and the only place that knows status codes of refusals."""

from shared.domain.model import errors
from shared.domain.model.errors import Refusal

STATUS: dict[type[Refusal], tuple[int, str]] = {
    errors.MalformedJson: (400, "malformed_json"),
    errors.Unauthorized: (401, "unauthorized"),
    errors.NotAllowed: (403, "not_allowed"),
    errors.AccountSuspended: (403, "not_allowed"),
    errors.NotFound: (404, "not_found"),
    errors.InvitationNotFound: (404, "invitation_not_found"),
    errors.RecoveryNotFound: (404, "recovery_not_found"),
    errors.StaleRead: (409, "conflict"),
    errors.Contended: (409, "conflict"),
    errors.Outdated: (409, "conflict"),
    errors.MoveUnderWay: (409, "conflict"),
    errors.AccountExists: (409, "conflict"),
    errors.SeatRequestDecided: (409, "conflict"),
    errors.WrongState: (409, "wrong_state"),
    errors.AlreadyInvited: (409, "already_invited"),
    errors.AlreadyMember: (409, "already_member"),
    errors.UserInactive: (409, "user_inactive"),
    errors.UserBlocked: (409, "user_blocked"),
    errors.NoSeatAvailable: (409, "no_seat_available"),
    errors.GroupInUse: (409, "group_in_use"),
    errors.HasRecords: (409, "has_records"),
    errors.LastAdmin: (409, "last_admin"),
    errors.CannotActOnSelf: (409, "cannot_act_on_self"),
    errors.IdentityExists: (409, "identity_exists"),
    errors.WrongIdentity: (409, "wrong_identity"),
    errors.MailboxNotProven: (409, "mailbox_not_proven"),
    errors.IdentityBlocked: (409, "identity_blocked"),
    errors.InvitationExpired: (410, "invitation_expired"),
    errors.InvitationReplaced: (410, "invitation_replaced"),
    errors.InvitationRevoked: (410, "invitation_revoked"),
    errors.InvitationDeclined: (410, "invitation_declined"),
    errors.InvitationAccepted: (410, "invitation_accepted"),
    errors.RecoveryExpired: (410, "recovery_expired"),
    errors.BodyTooLarge: (413, "body_too_large"),
    errors.InvalidRequest: (422, "invalid_request"),
    errors.DuplicateRow: (422, "duplicate_row"),
    errors.DuplicateRecord: (422, "duplicate_row"),
    errors.ReassignTargetRequired: (422, "reassign_target_required"),
    errors.AdminHasAllPermissions: (422, "admin_has_all_permissions"),
    errors.NotACertifiedPartner: (422, "not_a_certified_partner"),
    errors.IdempotencyKeyReused: (422, "idempotency_key_reused"),
    errors.WrongAnswer: (422, "wrong_answer"),
    errors.RateLimited: (429, "rate_limited"),
    errors.Busy: (503, "busy"),
}

INTERNAL_ERROR = (500, "internal_error")


def problem(status: int, code: str, detail: str, *, request_id: str, **details: object) -> dict[str, object]:
    """Return a problem as RFC 9457 describes it; `details` are further members."""
    return {
        "type": f"urn:usher:problem:{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": request_id,
        **details,
    }


def code_of(refusal: Refusal | None) -> str | None:
    """Return the public code of a refusal, if there is one."""
    return STATUS[type(refusal)][1] if refusal else None


def problem_of(refusal: Refusal, *, request_id: str) -> dict[str, object]:
    """Return a refusal as it is answered."""
    status, code = STATUS[type(refusal)]
    return problem(status, code, str(refusal), request_id=request_id, **refusal.details)
