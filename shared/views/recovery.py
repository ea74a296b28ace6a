"""What a password reset link asks for, and what a changed password answers."""

from typing import Literal

from pydantic import BaseModel

from shared.domain.model.id_rules import IdRules
from shared.domain.model.identities import Identity
from shared.domain.model.passwords import PasswordPolicy
from shared.domain.model.users import Locale
from shared.views.sessions import SessionView
from shared.views.view import View


class RecoveryView(View):
    """`security_question` is to be answered; null where none is, or where `new_question` is asked for instead."""

    email: str
    locale: Locale
    security_question: str | None
    new_question: Literal["ask", "off"]
    password_policy: PasswordPolicy

    @classmethod
    def of(cls, identity: Identity, *, rules: IdRules, takes_new_question: bool) -> "RecoveryView":
        """Return the questions of a usable link, and the password rules."""
        return cls(
            email=identity.address,
            locale=identity.locale,
            security_question=identity.security_question if rules.asks_question and not takes_new_question else None,
            new_question="ask" if takes_new_question else "off",
            password_policy=rules.password_policy,
        )


class ChangedPasswordView(View):
    """`session` is null if only the signing-in failed; the other sessions have ended."""

    session: SessionView | None

    @classmethod
    def of(cls, session: BaseModel | None) -> "ChangedPasswordView":
        """Return the new session."""
        return cls(session=SessionView.model_validate(session) if session else None)
