"""Reading the context of mails about a person over all accounts and about an account as a whole."""

import pytest

from shared.adapters.dynamodb.outbox import open_outbox
from shared.domain.model.mails import (
    AccountRef,
    AddressRecipient,
    IdentityRecipient,
    IdentityRef,
    UserRecipient,
)
from shared.storage_schema import IDENTITIES
from tests.adapters.mail_rows import identity_row, mail_about
from tests.domain_factories import ACCOUNT_ID
from tests.functions.cached_fixtures import an_account
from tests.table_edits import set_in


def test_a_mail_about_a_person_knows_their_identity_and_no_account() -> None:
    an_account()
    set_in(IDENTITIES, {"pk": identity_row()["pk"]}, profile={"time_zone": "Asia/Kolkata"})
    identity_id = identity_row()["pk"]
    mail = mail_about(IdentityRef(identity_id=identity_id), IdentityRecipient(to_identity=identity_id))

    context = open_outbox().read(mail)

    assert context.identity is not None
    assert (context.identity.address, context.recipient) == ("ann@example.org", context.identity)
    assert (context.account, context.user, context.inviter) == (None, None, None)
    assert (context.is_suppressed, context.time_zone) == (False, "Asia/Kolkata")


@pytest.mark.parametrize("complained_at", [None, "2026-11-01T00:00:00.000Z"])
def test_a_mail_about_an_account_knows_the_account_and_its_recipient(complained_at: str | None) -> None:
    ann = an_account()
    set_in(IDENTITIES, {"pk": identity_row()["pk"]}, complained_at=complained_at)

    context = open_outbox().read(mail_about(AccountRef(account_id=ACCOUNT_ID), UserRecipient(to_user=ann.user_id)))

    assert context.account is not None
    assert context.recipient is not None
    assert (context.account.account_id, context.recipient.first_name) == (ACCOUNT_ID, "Ann")
    assert (context.user, context.identity) == (None, None)
    assert context.is_suppressed is (complained_at is not None)


def test_a_mail_about_an_account_that_does_not_exist_is_an_error() -> None:
    mail = mail_about(AccountRef(account_id="zz999"), AddressRecipient(to_address="x@example.org"))

    with pytest.raises(LookupError, match="does not exist"):
        open_outbox().read(mail)
