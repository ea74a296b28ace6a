"""Cases of administrators who invite."""

from functools import partial

from shared.domain.policy.rate_limits import MIN_INTERVAL
from shared.storage_schema import MAIL
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
from tests.command_cases.effects import assert_user
from tests.factories import (
    ACCOUNT,
    CREATE_GROUP,
    DECLINE,
    DELETE_GROUP,
    INVITE,
    INVITE_MANY,
    LEE_ADDRESS,
    a_user,
    invited,
    token_for,
)
from tests.invoke import call
from tests.proofs import movable_clock
from tests.proofs.snapshots import rows

PHONE = {"country_code": "+44", "number": "2079460000"}
INVITATION = {
    "first_name": "Lee",
    "last_name": "Sherron",
    "email": LEE_ADDRESS,
    "kind": "user",
    "phone": PHONE,
    "locale": "de",
    "admin": False,
    "groups": ["everyone"],
    "permissions": {"allow": ["users.view"], "deny": []},
    "message": "Welcome aboard",
}
INVITATION_ROW = {name: value for name, value in INVITATION.items() if name != "message"}
KIM = {"email": "kim@example.org", "first_name": "Kim", "last_name": "Kay", "groups": ["everyone"]}


def last_seat_is_taken(given: Given) -> None:
    by_ann(given, INVITE, body=KIM)


def inviting(*, seats: int = 10, notify: tuple[str, ...] = ()) -> Given:
    body = INVITATION | ({"notify": list(notify)} if notify else {})
    effect = partial(assert_user, LEE_ADDRESS, "invited", "user.invited", notified=len(notify))
    return by_bob(two_administrators(seats=seats), effect, body=body)


def inviting_many(*, seats: int = 10) -> Given:
    """Two people are invited; the third row repeats the first one and is refused by itself."""
    sam = KIM | {"email": "sam@example.org"}
    body = {"users": [INVITATION_ROW, sam, INVITATION_ROW], "message": "Welcome", "notify": ["boss@example.org"]}

    def assert_effect() -> None:
        assert_user(LEE_ADDRESS, "invited", "user.invited")
        assert_user("sam@example.org", "invited", "user.invited")
        assert [len(mail["user_ids"]) for mail in rows(MAIL) if mail["kind"] == "notify_of_many"] == [2]

    return by_bob(two_administrators(seats=seats), assert_effect, body=body)


def inviting_after_declining() -> Given:
    with movable_clock.ago(MIN_INTERVAL):
        people = two_administrators()
        done(call(DECLINE, body={"token": token_for(invited(people[0]))}))
    entries = ("user.invited", "invitation.declined", "user.invited")
    return by_bob(people, partial(assert_user, LEE_ADDRESS, "invited", *entries, generation=2), body=INVITATION)


def _key_is_used_for_another(given: Given) -> None:
    done(call(INVITE, caller=given.parts["caller"], account_id=ACCOUNT, body=KIM, headers=KEYED))


def _inviting_into_group() -> Given:
    people = two_administrators()
    body = {"name": "Sales", "permissions": ["contacts.view"]}
    group = done(call(CREATE_GROUP, caller=people[0].signed_in, account_id=ACCOUNT, body=body)).body
    effect = partial(assert_user, LEE_ADDRESS, "invited", "user.invited")
    return by_bob(people, effect, body=INVITATION | {"groups": [group["group_id"]]})


def _group_is_deleted(given: Given) -> None:
    assert given.ann
    [group_id] = given.parts["body"]["groups"]
    done(call(DELETE_GROUP, caller=given.ann.signed_in, account_id=ACCOUNT, group_id=group_id))


def _by_plain_user(given: Given) -> Parts:
    assert given.ann
    return {"caller": a_user(given.ann, "kim@example.org").signed_in}


CASES = (
    CommandCase(
        "invite",
        INVITE,
        inviting,
        status=201,
        refusals=(
            CALLER_DEACTIVATED,
            RefusedCase(
                "no_seat", 409, "no_seat_available", happens=last_seat_is_taken, arrange=lambda: inviting(seats=3)
            ),
            RefusedCase(
                "already_invited", 409, "already_invited", happens=lambda given: by_ann(given, INVITE, body=INVITATION)
            ),
            RefusedCase("key_reused", 422, "idempotency_key_reused", happens=_key_is_used_for_another),
            RefusedCase(
                "group_deleted", 422, "invalid_request", happens=_group_is_deleted, arrange=_inviting_into_group
            ),
            RefusedCase("not_allowed", 403, "not_allowed", changed=_by_plain_user),
            RefusedCase("invalid", 422, "invalid_request", changed=lambda _: {"body": INVITATION | {"first_name": ""}}),
        ),
    ),
    CommandCase(
        "invite_notifying",
        INVITE,
        lambda: inviting(notify=("boss@example.org", "team@example.org")),
        status=201,
        extra_mails=2,
    ),
    CommandCase(
        "invite_many",
        INVITE_MANY,
        inviting_many,
        cost=Cost.SMALL_CHANGE,
        extra_mails=2,
        refusals=(
            CALLER_DEACTIVATED,
            RefusedCase("not_allowed", 403, "not_allowed", changed=_by_plain_user),
            RefusedCase("invalid", 422, "invalid_request", changed=lambda _: {"body": {"users": []}}),
        ),
    ),
    CommandCase("invite_after_declining", INVITE, inviting_after_declining, status=201),
)
