"""Cases of administrators about invitations that were sent."""

from collections.abc import Callable
from functools import partial
from typing import Any

from shared.adapters.token_signer import open_token_signer
from shared.domain.model.users import INVITATION_VALID_FOR
from shared.domain.policy.rate_limits import MIN_INTERVAL
from shared.storage_schema import DIRECTORY
from tests.command_cases.case import (
    CALLER_DEACTIVATED,
    KEYED,
    CommandCase,
    Cost,
    Given,
    Parts,
    RefusedCase,
    by_ann,
    by_bob,
    done,
    two_administrators,
)
from tests.command_cases.effects import assert_user, user_of
from tests.command_cases.inviting import KIM, PHONE, last_seat_is_taken
from tests.factories import (
    ACCOUNT,
    COPY_LINK,
    EDIT,
    INVITE,
    LEE_ADDRESS,
    RESEND,
    REVOKE,
    SETTINGS,
    ActiveUser,
    accepted,
    invited,
    token_for,
)
from tests.invoke import call, wake
from tests.proofs import movable_clock
from tests.proofs.snapshots import rows


def pending(
    effect: Callable[[Parts], Callable[[], object]], people: tuple[ActiveUser, ActiveUser] | None = None, **parts: Any
) -> Given:
    """Bob's request about an invitation of Ann's that was sent long enough ago for another mail."""
    with movable_clock.ago(MIN_INTERVAL):
        people = people or two_administrators()
        user = invited(people[0])
    return by_bob(people, effect(user), user=user, body=parts.pop("body", {}), **parts)


def _leaves(status: str, *entries: str, generation: int = 1) -> Callable[[Parts], Callable[[], object]]:
    return lambda _: partial(assert_user, LEE_ADDRESS, status, "user.invited", *entries, generation=generation)


def resending() -> Given:
    return pending(_leaves("invited", "invitation.resent", generation=2))


def resending_expired() -> Given:
    """The sweep has freed the seat, which is taken again."""
    with movable_clock.ago(INVITATION_VALID_FOR):
        people = two_administrators(seats=3)
        user = invited(people[0])
    wake("expire")
    entries = ("user.invited", "invitation.expired", "invitation.resent")
    return by_bob(people, partial(assert_user, LEE_ADDRESS, "invited", *entries, generation=2), user=user, body={})


def _resending_with_mails_left(left: int) -> Given:
    """The day's limit leaves room for so many mails; none of this day's has been counted before."""
    with movable_clock.ago(INVITATION_VALID_FOR):
        people = two_administrators()
        user = invited(people[0])
    given = by_bob(people, lambda: None, user=user, body={})
    by_ann(given, SETTINGS, body={"daily_mail_limit": 2})
    if left == 1:
        by_ann(given, INVITE, body=KIM | {"email": "cem@example.org"})
    return given


def _mails_of_the_day_are_sent(given: Given) -> None:
    """Fill the day's limit with one more invitation, which notifies someone where two mails are left."""
    is_one_left = any(row.get("email") == "cem@example.org" for row in rows(DIRECTORY))
    by_ann(given, INVITE, body=KIM | ({} if is_one_left else {"notify": ["x@example.org"]}))


def copying_link() -> Given:
    def effect(user: Parts) -> Callable[[], object]:
        def assert_effect() -> None:
            assert_user(LEE_ADDRESS, "invited", "user.invited", "invitation.link_copied")
            repeat = {"caller": people[1].signed_in, "account_id": ACCOUNT, "user_id": user["user_id"]}
            url = done(call(COPY_LINK, body={}, headers=KEYED, **repeat)).body["url"]
            assert open_token_signer().verify(url.partition("#")[2]).generation == 1

        return assert_effect

    with movable_clock.ago(MIN_INTERVAL):
        people = two_administrators()
    return pending(effect, people)


def revoking() -> Given:
    return pending(_leaves("removed", "invitation.revoked"))


def editing() -> Given:
    def assert_effect() -> None:
        assert_user(LEE_ADDRESS, "invited", "user.invited", "user.edited")
        user = user_of(LEE_ADDRESS)
        assert (user["first_name"], user["last_name"]) == ("Leigh", "Shaw")

    body = {"first_name": "Leigh", "last_name": "Shaw", "phone": PHONE}
    return pending(lambda _: assert_effect, body=body)


def is_accepted(given: Given) -> None:
    done(accepted(token_for(dict(given.user))))


ACCEPTED = RefusedCase("accepted", 409, "wrong_state", happens=is_accepted)
CASES = (
    CommandCase(
        "resend",
        RESEND,
        resending,
        cost=Cost.SMALL_CHANGE,  # the address is known from the user; then whether it takes our mail is read
        refusals=(
            RefusedCase("resent_by_another", 429, "rate_limited", happens=lambda given: by_ann(given, RESEND)),
            ACCEPTED,
            CALLER_DEACTIVATED,
            *(
                RefusedCase(
                    f"mail_limit_leaves_{left}",
                    429,
                    "rate_limited",
                    happens=_mails_of_the_day_are_sent,
                    arrange=partial(_resending_with_mails_left, left),
                )
                for left in (2, 1)
            ),
        ),
    ),
    CommandCase(
        "resend_expired",
        RESEND,
        resending_expired,
        cost=Cost.SMALL_CHANGE,
        refusals=(RefusedCase("no_seat", 409, "no_seat_available", happens=last_seat_is_taken),),
    ),
    CommandCase(
        "invitation_link",
        COPY_LINK,
        copying_link,
        refusals=(
            RefusedCase("revoked", 409, "wrong_state", happens=lambda given: by_ann(given, REVOKE)),
            CALLER_DEACTIVATED,
        ),
    ),
    CommandCase("revoke", REVOKE, revoking, refusals=(ACCEPTED, CALLER_DEACTIVATED)),
    CommandCase("edit_user", EDIT, editing, keyed=False, refusals=(ACCEPTED, CALLER_DEACTIVATED)),
)
