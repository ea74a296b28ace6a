"""The registry of certified partners, kept by operators (rule 6)."""

from typing import NamedTuple

from shared.domain.model import errors
from shared.domain.model.accounts import Account
from shared.domain.model.identities import Identity
from shared.domain.model.mails import MailKind
from shared.domain.model.partners import Certification, Withdrawal, in_force
from shared.domain.model.users import Status, User
from shared.domain.policy.authorization import Actor
from shared.domain.policy.changes import ChangeSet, IdentityChange
from shared.domain.policy.journal import withdrawal_entry
from shared.domain.policy.mails import mails_to_administrators
from shared.domain.policy.snapshot import OperationContext, PartnerSnapshot


class RegistryChange(NamedTuple):
    """An entry as it is afterwards, and what changes for that."""

    certification: Certification
    changes: ChangeSet = ChangeSet()


def certify(partner: PartnerSnapshot, *, partner_type: str, first_name: str, last_name: str) -> RegistryChange:
    """Enter an address in the registry, or change its entry.

    Users keep the type until they get a new link or are reactivated, and the names that they were invited with.
    """
    before = partner.certification
    valid = in_force(before)
    after = Certification(
        partner_type=partner_type,
        first_name=first_name,
        last_name=last_name,
        certified_at=valid.certified_at if valid else partner.context.now,
        version=before.version if before else 1,
    )
    if after == before:
        return RegistryChange(after)
    return _registry_change(partner, after.model_copy(update={"version": before.version + 1 if before else 1}))


def withdraw(partner: PartnerSnapshot) -> RegistryChange:
    """Withdraw a certification; a job then reports it in each account (`report_withdrawal`).

    Raises NotFound for an address that was never certified.
    """
    before, context = partner.certification, partner.context
    if before is None:
        raise errors.NotFound
    if in_force(before) is None:
        return RegistryChange(before)
    withdrawn = before.model_copy(update={"withdrawn_at": context.now, "version": before.version + 1})
    withdrawal = Withdrawal(
        operation=context.operation_id,
        partner_id=partner.identity_id,
        actor=context.actor.actor_id,
        withdrawn_at=context.now,
    )
    return _registry_change(partner, withdrawn, withdrawal)


def report_withdrawal(withdrawal: Withdrawal, account: Account, user: User) -> ChangeSet:
    """Journal a withdrawal in the account, and tell its administrators; nothing for a user whom it does not concern."""
    if user.kind != "partner" or user.status in {Status.DECLINED, Status.REMOVED}:
        return ChangeSet()
    context = OperationContext(Actor.without_rights(withdrawal.actor), withdrawal.operation, withdrawal.withdrawn_at)
    kind = MailKind.CERTIFICATION_WITHDRAWN
    return ChangeSet.of_user(
        user,
        user,
        entries=(withdrawal_entry(user, context=context),),
        mails=mails_to_administrators(kind, user, account=account, context=context),
    )


def _registry_change(
    partner: PartnerSnapshot, certification: Certification, withdrawal: Withdrawal | None = None
) -> RegistryChange:
    known = partner.identity or Identity(identity_id=partner.identity_id, address=partner.address)
    after = known.model_copy(update={"certification": certification})
    changes = ChangeSet(identity=IdentityChange(partner.identity, after, "certified"), withdrawal=withdrawal)
    return RegistryChange(certification, changes)
