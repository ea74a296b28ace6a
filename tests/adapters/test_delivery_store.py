from typing import Any

import pytest

from shared.adapters.dynamodb.delivery_store import open_delivery_store
from shared.domain.model.mails import AccountRef, AddressRecipient, IdentityRecipient, Recipient, UserRecipient
from shared.domain.model.values import iso
from shared.storage_schema import IDENTITIES
from tests import aws_fixture
from tests.adapters.mail_rows import identity_row, mail_about
from tests.domain_factories import ACCOUNT_ID, NOW, WEEK
from tests.functions.cached_fixtures import an_account

X = "x@example.org"


def complain(recipient: Recipient, *, complained: str = X, days: int = 0) -> dict[str, Any]:
    """Suppress the recipient, and return since when each address is suppressed."""
    mail = mail_about(AccountRef(account_id=ACCOUNT_ID), recipient)
    open_delivery_store().suppress_recipient(mail, complained=complained, now=NOW + days * WEEK / 7)
    rows = aws_fixture.items(IDENTITIES)
    return {row["address"]: row["complained_at"] for row in rows if "complained_at" in row}


def test_the_first_complaint_is_the_one_that_is_kept() -> None:
    recipient = AddressRecipient(to_address=X)

    complaints = [complain(recipient, days=day) for day in (0, 7)]

    assert complaints == [{X: iso(NOW)}] * 2


@pytest.mark.parametrize("kind", ["user", "identity"])
def test_a_complaint_suppresses_the_address_of_a_person(kind: str) -> None:
    ann = an_account()
    recipients: dict[str, Recipient] = {
        "user": UserRecipient(to_user=ann.user_id),
        "identity": IdentityRecipient(to_identity=identity_row()["pk"]),
    }

    assert complain(recipients[kind]) == {"ann@example.org": iso(NOW)}


def test_a_settled_mail_has_forgotten_the_address_that_ses_names() -> None:
    assert complain(AddressRecipient(to_address=""), complained="boss@example.org") == {"boss@example.org": iso(NOW)}


@pytest.mark.parametrize("recipient", [UserRecipient(to_user="z" * 26), IdentityRecipient(to_identity="z" * 26)])
def test_nobody_is_suppressed_for_a_recipient_who_is_gone(recipient: Recipient) -> None:
    an_account()

    assert complain(recipient) == {}
