"""The erasing of a person at an operator's request, and what is left of them (rule 25)."""

from shared.domain.model.values import Model, Moment


class Erasure(Model):
    """The erasing of an identity, until nothing of the person is left; it holds nothing of them but ids.

    `operation` began it, `actor` caused it. `number` counts the persons of the address who were erased, this one
    included; `first_identity_id` is that of the first of them, where the next person's ids are looked up.
    """

    operation: str
    identity_id: str
    first_identity_id: str
    number: int
    actor: str
    erased_at: Moment


class OutsideTables(Model):
    """What of a person is in no table: the sign-in of the address, by its `sub`, and the logo.

    It stands in the tombstone of the identity until both are deleted.
    """

    address: str
    sub: str | None = None
    logo: str | None = None
