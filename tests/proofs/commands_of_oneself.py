"""Commands with which people change what is known of themselves."""

from shared.storage_schema import IDENTITIES
from tests import aws_fixture
from tests.factories import (
    ACCOUNT,
    EDIT_ME,
    JOIN,
    LOGO,
    PROFILE,
    TERMS,
    a_user,
    an_account,
    deliver_queued,
    invited,
    signed_in,
    token_for,
)
from tests.invoke import call
from tests.logos import a_png, served, stored_profile, uploaded
from tests.proofs.command_cases import KEYED, LEE, OTHER, Command, assert_user, user_of
from tests.proofs.snapshots import rows


def edit_me() -> Command:
    """New names, which follow into both accounts."""
    a_user(an_account())
    user = invited(an_account(OTHER), account_id=OTHER)
    caller = signed_in(LEE)
    assert call(JOIN, caller=caller, body={"token": token_for(user), "terms_version": TERMS}).status == 200

    def assert_effect() -> None:
        [identity] = [row for row in rows(IDENTITIES) if row["address"] == LEE]
        assert (identity["first_name"], identity["last_name"]) == ("Leo", "Sherron")
        for account_id in (ACCOUNT, OTHER):
            assert user_of(LEE, account_id)["first_name"] == "Leo"
            assert_user(LEE, "active", "user.invited", "user.joined", "user.edited", account_id=account_id)

    return Command(lambda: call(EDIT_ME, caller=caller, body={"first_name": "Leo"}), 200, assert_effect)


def edit_profile() -> Command:
    """With a new logo in the place of an old one."""
    ann = an_account()
    assert call(PROFILE, caller=ann.signed_in, body={"logo": uploaded(ann.signed_in, a_png())}).status == 200
    upload_id, content = uploaded(ann.signed_in, a_png(width=2)), a_png(width=2)

    def assert_effect() -> None:
        profile = stored_profile(ann.signed_in)
        assert profile
        assert profile["signature"] == "Ann"
        assert served()[profile["logo"]] == ("image/png", content), "the profile names a logo that is not served"

    body = {"signature": "Ann", "logo": upload_id}
    return Command(lambda: call(PROFILE, caller=ann.signed_in, body=body), 200, assert_effect)


def take_logo_back() -> Command:
    ann = an_account()
    assert call(PROFILE, caller=ann.signed_in, body={"logo": uploaded(ann.signed_in, a_png())}).status == 200

    def assert_effect() -> None:
        profile = stored_profile(ann.signed_in)
        assert profile
        assert "logo" not in profile

    return Command(lambda: call(PROFILE, caller=ann.signed_in, body={"logo": None}), 200, assert_effect)


def upload_logo() -> Command:
    """Signs a form, and changes nothing."""
    ann = an_account()
    deliver_queued()
    before = aws_fixture.everything()

    def assert_effect() -> None:
        assert aws_fixture.everything() == before

    return Command(lambda: call(LOGO, caller=ann.signed_in, body={}, headers=KEYED), 200, assert_effect)
