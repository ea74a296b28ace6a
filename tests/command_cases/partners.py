"""Cases of partners: the registry of operators, invitation, leaving, and withdrawn certifications."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from shared.storage_schema import DIRECTORY, MAIL
from tests.clock import INDEXES_KNOW
from tests.command_cases.case import (
    CALLER_DEACTIVATED,
    CommandCase,
    Cost,
    Given,
    RefusedCase,
    by_ann,
    by_bob,
    done,
    two_administrators,
)
from tests.command_cases.effects import assert_user, identity_of, nothing_changes, user_of
from tests.factories import (
    ACCOUNT,
    CERTIFY,
    DEACTIVATE,
    INVITE,
    LEAVE,
    PARTNER,
    REACTIVATE,
    RESEND,
    WITHDRAW,
    a_partner,
    an_operator,
    certified,
    invited_partner,
)
from tests.invoke import call
from tests.proofs import movable_clock
from tests.proofs.snapshots import rows

PAT = "pia@example.org"
_JOINED = ("user.invited", "user.joined")


def _registered(*, version: int, is_withdrawn: bool = False, partner_type: str = "expert_coach") -> Callable[[], None]:
    def assert_effect() -> None:
        certification = identity_of(PAT)["certification"]
        assert (certification["version"], certification["partner_type"]) == (version, partner_type)
        assert ("withdrawn_at" in certification) is is_withdrawn
        assert sum(row["sk"] == "withdrawal" for row in rows(DIRECTORY)) == is_withdrawn

    return assert_effect


def certifying() -> Given:
    body = {"partner_type": "expert_coach", "first_name": "Pat", "last_name": "Porter"}
    return Given({"caller": an_operator(), "email": PAT, "body": body}, _registered(version=1))


def certifying_again() -> Given:
    given = certifying()
    certified()
    return Given(given.parts, _registered(version=2))


def withdrawing() -> Given:
    certified()
    effect = _registered(version=2, is_withdrawn=True, partner_type="certified_partner")
    return Given({"caller": an_operator(), "email": PAT}, effect)


def reading_partner() -> Given:
    certified()
    return Given({"caller": an_operator(), "email": PAT}, nothing_changes())


def withdraw() -> None:
    """Withdraw the certification of Pat."""
    done(call(WITHDRAW, caller=an_operator(), email=PAT))


def inviting_partner() -> Given:
    people = two_administrators(seats=2)  # Both are taken: a partner needs none.
    body = {"admin": True, "kind": "partner", "email": certified()}

    def assert_effect() -> None:
        assert_user(PAT, "invited", "user.invited")
        user = user_of(PAT)
        assert (user["first_name"], user["partner_type"], user["holds_seat"]) == ("Pat", "certified_partner", False)

    return by_bob(people, assert_effect, body=body)


def resending_to_partner() -> Given:
    with movable_clock.ago(timedelta(minutes=2)):
        people = two_administrators()
        pat = invited_partner(people[0])
    effect = partial(assert_user, PAT, "invited", "user.invited", "invitation.resent", generation=2)
    return by_bob(people, effect, user=pat, body={})


def reactivating_partner() -> Given:
    people = two_administrators(seats=2)
    pat = a_partner(people[0])
    effect = partial(assert_user, PAT, "active", *_JOINED, "user.deactivated", "user.reactivated")
    given = by_bob(people, effect, user={"user_id": pat.user_id}, body={"groups": ["everyone"]})
    by_ann(given, DEACTIVATE)
    return given


def leaving() -> Given:
    ann, bob = two_administrators()
    pat = a_partner(ann, admin=True)

    def assert_effect() -> None:
        assert_user(PAT, "inactive", *_JOINED, "partner.left")
        assert sorted(mail["to_user"] for mail in rows(MAIL) if mail["kind"] == "partner_left") == sorted(
            each.user_id for each in (ann, bob)
        )

    return Given({"caller": pat.signed_in, "account_id": ACCOUNT}, assert_effect, ann=ann, bob=pat)


def _by_a_user(given: Given) -> dict[str, Any]:
    assert given.ann
    return {"caller": given.ann.signed_in}


def reporting_withdrawal() -> Given:
    with movable_clock.ago(INDEXES_KNOW):
        people = two_administrators()
        a_partner(people[0])
        withdraw()

    def assert_effect() -> None:
        assert_user(PAT, "active", *_JOINED, "partner.certification_withdrawn")
        assert [mail["kind"] for mail in rows(MAIL)].count("certification_withdrawn") == len(people)
        assert not any(row["sk"] == "withdrawal" for row in rows(DIRECTORY))

    return Given({}, assert_effect)


CASES = (
    CommandCase("certify", CERTIFY, certifying, keyed=False),
    CommandCase("certify_again", CERTIFY, certifying_again, keyed=False),
    CommandCase("withdraw_certification", WITHDRAW, withdrawing, keyed=False),
    CommandCase(
        "partner",
        PARTNER,
        reading_partner,
        keyed=False,
        cost=Cost.READ,
    ),
    CommandCase("invite_partner", INVITE, inviting_partner, status=201),
    CommandCase("resend_to_partner", RESEND, resending_to_partner, cost=Cost.SMALL_CHANGE),
    CommandCase(
        "reactivate_partner",
        REACTIVATE,
        reactivating_partner,
        cost=Cost.SMALL_CHANGE,  # The address is known from the user; then the registry is read.
    ),
    CommandCase(
        "leave",
        LEAVE,
        leaving,
        extra_mails=1,
        refusals=(CALLER_DEACTIVATED, RefusedCase("no_partner", 403, "not_allowed", changed=_by_a_user)),
    ),
    CommandCase("report_withdrawals", "report_withdrawals", reporting_withdrawal),
)
