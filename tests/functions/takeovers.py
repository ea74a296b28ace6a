"""Takings-over: an impostor who came by a copied link, and the owner of the mailbox."""

from typing import Any

from shared.adapters.cognito import open_cognito
from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import DIRECTORY, IDENTITIES
from tests import aws_fixture
from tests.factories import (
    ActiveUser,
    accepted,
    invited,
    signed_in,
    token_for,
)
from tests.invoke import SignedIn

OWNERS = {"password": "Mailbox888", "first_name": "Real", "last_name": "Owner", "security_question": "Street?"}


def the_identity() -> dict[str, Any]:
    """Return the identity of Lee as it is stored."""
    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == "lee@example.org"]
    return identity


def a_squatter(ann: ActiveUser, **said: Any) -> SignedIn:
    """Return someone who came in through a link that was copied for them."""
    answer = accepted(token_for(invited(ann), channel=Channel.COPIED), first_name="False", last_name="Friend", **said)
    assert answer.status == 200, answer.text
    return signed_in("lee@example.org")


def signs_in(password: str) -> bool:
    """Return whether Lee signs in with this password."""
    return open_cognito().sign_in("lee@example.org", password) is not None


def row_in(account_id: str) -> dict[str, Any]:
    """Return Lee's user in the account as it is stored."""
    return next(
        row for row in aws_fixture.items(DIRECTORY) if row["pk"] == account_id and row.get("email") == "lee@example.org"
    )
