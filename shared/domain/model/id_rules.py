"""What a deployment asks of an ID (rule 13)."""

from typing import NamedTuple

from shared.domain.model.passwords import PasswordPolicy


class IdRules(NamedTuple):
    """The rules for passwords, and whether a new ID has a security question.

    No password is made of the product's name, and nobody's name poses as it.
    """

    password_policy: PasswordPolicy
    asks_question: bool
    product_name: str
