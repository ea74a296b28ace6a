"""Cases of users about themselves."""

from collections.abc import Callable
from functools import partial
from typing import Any

from shared.adapters.pictures import rewrite
from tests.command_cases.case import CommandCase, Cost, Given, done
from tests.command_cases.effects import assert_user, identity_of, nothing_changes, user_of
from tests.command_cases.invitee import IDENTITY_BLOCKED, OTHER
from tests.command_cases.inviting import PHONE
from tests.factories import (
    ACCOUNT,
    EDIT_ME,
    JOIN,
    LEE_ADDRESS,
    LOGO,
    PROFILE,
    TERMS,
    ActiveUser,
    a_user,
    an_account,
    invited,
    token_for,
)
from tests.invoke import call
from tests.logos import a_png, served, stored_profile, uploaded


def editing_oneself() -> Given:
    """New names, which follow into both accounts."""
    caller = a_user(an_account()).signed_in
    user = invited(an_account(OTHER), account_id=OTHER)
    done(call(JOIN, caller=caller, body={"token": token_for(user), "terms_version": TERMS}))

    def assert_effect() -> None:
        identity = identity_of(LEE_ADDRESS)
        assert (identity["first_name"], identity["last_name"]) == ("Leo", "Sherron")
        for account_id in (ACCOUNT, OTHER):
            assert user_of(LEE_ADDRESS, account_id)["first_name"] == "Leo"
            assert_user(LEE_ADDRESS, "active", "user.invited", "user.joined", "user.edited", account_id=account_id)

    return Given({"caller": caller, "body": {"first_name": "Leo", "last_name": "Sherron"}}, assert_effect)


def editing_profile() -> Given:
    ann = an_account()
    body = {"phone": PHONE, "time_zone": "Europe/Berlin", "signature": "Ann"}

    def assert_effect() -> None:
        profile = stored_profile(ann.signed_in)
        assert profile
        assert profile.items() >= body.items()

    return Given({"caller": ann.signed_in, "body": body}, assert_effect)


def _with_logo(logo: Callable[[ActiveUser], Any], assert_effect: Callable[[ActiveUser], object]) -> Given:
    """A change of the logo of someone who has one."""
    ann = an_account()
    done(call(PROFILE, caller=ann.signed_in, body={"logo": uploaded(ann.signed_in, a_png())}))
    return Given({"caller": ann.signed_in, "body": {"logo": logo(ann)}}, partial(assert_effect, ann))


def replacing_logo() -> Given:
    def assert_effect(ann: ActiveUser) -> None:
        profile = stored_profile(ann.signed_in)
        assert profile
        assert served()[profile["logo"]] == ("image/png", rewrite(a_png(size=(2, 2))).content), (
            "the profile names a logo that is not served"
        )

    return _with_logo(lambda ann: uploaded(ann.signed_in, a_png(size=(2, 2))), assert_effect)


def removing_logo() -> Given:
    def assert_effect(ann: ActiveUser) -> None:
        assert "logo" not in (stored_profile(ann.signed_in) or {"logo": "no profile"})

    return _with_logo(lambda _: None, assert_effect)


def uploading_logo() -> Given:
    """Signs a form and changes nothing."""
    ann = an_account()
    return Given({"caller": ann.signed_in, "body": {}}, nothing_changes())


CASES = (
    CommandCase("edit_me", EDIT_ME, editing_oneself, keyed=False, cost=Cost.SMALL_CHANGE, refusals=(IDENTITY_BLOCKED,)),
    CommandCase("edit_profile", PROFILE, editing_profile, keyed=False),
    CommandCase("replace_logo", PROFILE, replacing_logo, keyed=False),
    CommandCase("remove_logo", PROFILE, removing_logo, keyed=False),
    CommandCase("upload_logo", LOGO, uploading_logo, cost=Cost.READ),
)
