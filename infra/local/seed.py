"""Seed a local stack: an operator who opens an account, and its administrator, who accepts."""

from contextlib import suppress
from dataclasses import dataclass

PASSWORD = "Welcome2Usher"  # noqa: S105 (of local test users)
ACCOUNT_ID = "ab123"
SEATS = 10


@dataclass(frozen=True)
class SeededPerson:
    first_name: str
    last_name: str
    email: str
    password: str = PASSWORD


ADMIN = SeededPerson("Ada", "Admin", "admin@example.com")
OPERATOR = SeededPerson("Olga", "Operator", "operator@example.com")


def seed() -> None:
    """Create what does not exist yet. Needs the environment of a function of the stack."""
    from functions.accept import handler as accept  # noqa: PLC0415 (from here on: handlers read the environment)
    from functions.operator import handler as operator  # noqa: PLC0415
    from infra.operators import enroll  # noqa: PLC0415
    from shared.adapters.token_signer import open_token_signer  # noqa: PLC0415
    from shared.domain.model.errors import AccountExists, InvitationAccepted  # noqa: PLC0415
    from shared.domain.model.ids import Ids  # noqa: PLC0415
    from shared.domain.model.invitation_tokens import Channel, InvitationToken  # noqa: PLC0415
    from shared.domain.policy import principals  # noqa: PLC0415
    from shared.settings import settings  # noqa: PLC0415

    sub = enroll(OPERATOR.email, OPERATOR.password, first_name=OPERATOR.first_name, last_name=OPERATOR.last_name)
    request = principals.Request("seed-account")
    caller = principals.Caller(principals.Operator(OPERATOR.email, sub), request)
    first = operator.FirstAdministrator(first_name=ADMIN.first_name, last_name=ADMIN.last_name, email=ADMIN.email)
    with suppress(AccountExists):
        operator.open_account(
            caller, operator.NewAccount(account_id=ACCOUNT_ID, name="Demo Company", seats=SEATS, admin=first)
        )
    user_id = Ids(settings().pepper).user_id(ACCOUNT_ID, ADMIN.email)
    acceptance = accept.Acceptance(
        token=open_token_signer().sign(InvitationToken(ACCOUNT_ID, user_id, 1, Channel.MAILED)),
        first_name=ADMIN.first_name,
        last_name=ADMIN.last_name,
        password=ADMIN.password,
        security_question="What was the name of your first pet?",
        security_answer="Rex",
        terms_version=settings().terms_version,
    )
    with suppress(InvitationAccepted):  # the password may have changed since
        accept.accept(principals.Request("seed-administrator"), acceptance)
