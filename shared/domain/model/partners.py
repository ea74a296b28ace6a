"""Certified partners, whom operators keep in a registry by address, and the end of a certification (rule 6)."""

from shared.domain.model import errors
from shared.domain.model.values import Model, Moment


class Certification(Model):
    """An entry of the registry: type and names of a partner; `version` counts its changes.

    One that was withdrawn stays, so that withdrawing it again has no second effect.
    """

    partner_type: str
    first_name: str
    last_name: str
    certified_at: Moment
    withdrawn_at: Moment | None = None
    version: int = 1


class Withdrawal(Model):
    """The end of a certification, still to be reported in each account; `operation` withdrew it, `actor` caused it.

    It is reported by account id, up to `reported_through` so far.
    """

    operation: str
    partner_id: str  # The identity's id.
    actor: str
    withdrawn_at: Moment
    reported_through: str | None = None


def in_force(certification: Certification | None) -> Certification | None:
    """Return the certification unless it was withdrawn."""
    return certification if certification and certification.withdrawn_at is None else None


def require_in_force(certification: Certification | None) -> Certification:
    """Return the certification; raises NotFound if there is none in force."""
    found = in_force(certification)
    if found is None:
        raise errors.NotFound
    return found


def require_certified(certification: Certification | None) -> Certification:
    """Return the certification; raises NotACertifiedPartner if there is none in force."""
    found = in_force(certification)
    if found is None:
        raise errors.NotACertifiedPartner
    return found
