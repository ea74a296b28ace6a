"""A new password (rule 18): by a mailed link and the security answer, with an operator's help, or the current one."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from shared.domain.model import errors, identities, passwords, recoveries
from shared.domain.model.id_rules import IdRules
from shared.domain.model.identities import Identity
from shared.domain.model.recoveries import Recovery, RecoveryToken
from shared.domain.model.users import DailyCount
from shared.domain.policy import rate_limits
from shared.domain.policy.changes import ChangeSet, IdentityChange, RecoveryChange
from shared.domain.policy.journal import identity_entries
from shared.domain.policy.mails import password_changed_mail, recovery_mail
from shared.domain.policy.principals import Person, Request
from shared.domain.policy.snapshot import OperationContext


class ResetAttempt(NamedTuple):
    """What a usable link and its request ask for: a new password, once a given answer is right.

    `answer` is compared with the identity's; None where the link compares none. `question` are the new security
    question and its answer, if the link takes them. `is_wrong`: the answer was compared, and is not the identity's.
    """

    recovery: Recovery
    identity: Identity
    answer: str | None
    question: tuple[str, str] | None
    is_wrong: bool = False


def start(
    before: Recovery | None, *, identity_id: str, by_operator: bool, operation_id: str, now: datetime
) -> ChangeSet:
    """Mail a link to the address, which makes the one before worthless.

    Raises RateLimited. Whether the address has an identity is seen when the mail is sent.
    """
    recovery = recoveries.next_recovery(
        before,
        identity_id=identity_id,
        sent_that_day=rate_limits.count_recovery(before, by_operator=by_operator, now=now),
        by_operator=by_operator,
        now=now,
    )
    return ChangeSet(
        recovery=RecoveryChange(before, recovery), mails=(recovery_mail(recovery, operation_id=operation_id),)
    )


def help_with(
    before: Recovery | None, identity: Identity | None, *, user_ids: Mapping[str, str], context: OperationContext
) -> ChangeSet:
    """Mail a link that takes a new security question, as operator; the journals of the person's accounts tell it.

    `user_ids` are the person's, by account. Raises NotFound, IdentityBlocked, RateLimited.
    """
    if identity is None or identity.sub is None:
        raise errors.NotFound
    if identity.blocked:
        raise errors.IdentityBlocked
    changes = start(
        before,
        identity_id=identity.identity_id,
        by_operator=True,
        operation_id=context.operation_id,
        now=context.now,
    )
    entries = identity_entries("identity.recovery_sent", identity.identity_id, user_ids=user_ids, context=context)
    return changes._replace(entries=entries)


def require_usable(
    recovery: Recovery | None, link: RecoveryToken, identity: Identity | None, *, now: datetime
) -> tuple[Recovery, Identity]:
    """Return the recovery of a genuine link with its identity; raises RecoveryExpired for any link that is dead."""
    if recovery is None or recovery.version != link.version or not recovery.is_usable(now):
        raise errors.RecoveryExpired
    if identity is None or identity.sub is None or identity.blocked:
        raise errors.RecoveryExpired
    return recovery, identity


def takes_new_question(recovery: Recovery, identity: Identity, *, rules: IdRules) -> bool:
    """Return whether the link takes a new question and answer instead of the old one's answer.

    That is so with an operator's help, and for an identity without a question where the deployment asks for one.
    """
    return rules.asks_question and (recovery.by_operator or identity.security_answer is None)


def require_can_finish(
    recovery: Recovery | None,
    link: RecoveryToken,
    identity: Identity | None,
    *,
    question: str | None,
    answer: str | None,
    password: str,
    rules: IdRules,
    now: datetime,
) -> ResetAttempt:
    """Check everything but the answer itself, a dead link first (rule 18). Raises RecoveryExpired, InvalidRequest."""
    usable, known = require_usable(recovery, link, identity, now=now)
    takes_new = takes_new_question(usable, known, rules=rules)
    new_question = _require_answer_given(question, answer, asked=rules.asks_question, takes_new=takes_new)
    _require_new_password(known, password, rules)
    return ResetAttempt(usable, known, None if takes_new else answer, new_question)


def _require_answer_given(
    question: str | None, answer: str | None, *, asked: bool, takes_new: bool
) -> tuple[str, str] | None:
    """Return the new question and answer, if the link takes them; raises InvalidRequest unless it is given its own."""
    if takes_new or not asked:
        return identities.require_security_answer(question, answer, asked=asked)
    if question is not None:
        raise errors.InvalidRequest([("security_question", "This link does not change the security question.")])
    if answer is None:
        raise errors.InvalidRequest([("security_answer", "This field is required.")])
    return None


def _require_new_password(identity: Identity, password: str, rules: IdRules) -> None:
    """Raises InvalidRequest for a password that breaks the rules, or that is easy to guess (rule 13)."""
    known = (identity.first_name, identity.last_name, identity.address, rules.product_name)
    passwords.require_new_password(password, rules.password_policy, known=known)


def require_can_change_password(
    identity: Identity, *, current: str, password: str, rules: IdRules, now: datetime
) -> DailyCount:
    """Check everything but the current password itself, and return the tries with this one (rule 18).

    Raises InvalidRequest for a new password that is the current one or breaks the rules, RateLimited after too many
    tries or changes.
    """
    if password == current:
        raise errors.InvalidRequest([("password", "Choose a password that differs from your current one.")])
    _require_new_password(identity, password, rules)
    rate_limits.require_password_change_left(identity.password_changes, now=now)
    return rate_limits.count_password_try(identity.password_tries, now=now)


def require_current_password(*, is_known: bool) -> None:
    """Raises InvalidRequest with the reason `wrong_password`."""
    if not is_known:
        raise errors.InvalidRequest(
            [("current_password", "This is not your current password.")], reason="wrong_password"
        )


def compare_answer(attempt: ResetAttempt) -> tuple[ResetAttempt, ChangeSet]:
    """Compare the answer, if the link compares one, and count a wrong one.

    To be committed before anything else tells what came of it, so that many requests at once are no more tries, and a
    link that was used meanwhile works no second time. A right answer does not count: a repeat after an interruption
    gives it again.
    """
    is_wrong = attempt.answer is not None and not identities.is_answer(attempt.answer, attempt.identity)
    counted = attempt.recovery.with_wrong_answer() if is_wrong else attempt.recovery
    changes = ChangeSet(recovery=RecoveryChange(attempt.recovery, counted))
    return attempt._replace(recovery=counted, is_wrong=is_wrong), changes


def require_right_answer(attempt: ResetAttempt) -> None:
    """Raises WrongAnswer for an answer that was compared and is not the identity's."""
    if attempt.is_wrong:
        raise errors.WrongAnswer(attempts_left=attempt.recovery.attempts_left)


def finish(attempt: ResetAttempt, *, salt: bytes, request: Request, now: datetime) -> ChangeSet:
    """Use the link up: the mailbox is proven, every session has ended, and the person gets an email (rules 15 and 18).

    Who comes by a mailed link gets mail again, even after a complaint.
    """
    before, recovery = attempt.identity, attempt.recovery
    after = identities.after_password_change(
        before, proven=True, kept_session=None, question=attempt.question, salt=salt, now=now
    )
    after = after.model_copy(update={"complained_at": None})
    finished = recovery.model_copy(update={"finished": True})
    return _password_changes(before, after, request=request, now=now)._replace(
        recovery=RecoveryChange(recovery, finished)
    )


def change_password(identity: Identity, person: Person, *, request: Request, now: datetime) -> ChangeSet:
    """Count the change, end every session but the one that has made it, and send the person an email.

    Raises RateLimited.
    """
    changes = rate_limits.count_password_change(identity.password_changes, now=now)
    after = identities.after_password_change(
        identity, proven=identity.proven, kept_session=person.session or None, now=now
    )
    after = after.model_copy(update={"password_changes": changes})
    return _password_changes(identity, after, request=request, now=now)


def _password_changes(before: Identity, after: Identity, *, request: Request, now: datetime) -> ChangeSet:
    mail = password_changed_mail(after.identity_id, operation_id=request.operation_id, now=now)
    return ChangeSet(identity=IdentityChange(before, after, "secured"), mails=(mail,))


def sign_out(identity: Identity, *, now: datetime) -> ChangeSet:
    """End every session of an identity."""
    return ChangeSet(identity=IdentityChange(identity, identities.after_sign_out(identity, now=now), "signed_out"))
