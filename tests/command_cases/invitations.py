"""Cases of administrators about invitations."""

from collections.abc import Callable
from functools import partial
from typing import Any

from shared.adapters.token_signer import open_token_signer
from shared.domain.model.users import VALID_FOR
from shared.domain.policy.rate_limits import MIN_INTERVAL
from shared.storage_schema import DIRECTORY, JOURNAL, MAIL
from tests.command_cases.case import (
    KEYED,
    CommandCase,
    Cost,
    Given,
    Parts,
    Refusal,
    by_ann,
    by_bob,
    done,
    two_administrators,
)
from tests.command_cases.effects import LEE, assert_user, user_of
from tests.factories import (
    ACCOUNT,
    COPY_LINK,
    CREATE_GROUP,
    DEACTIVATE,
    DECLINE,
    DELETE_GROUP,
    EDIT,
    INVITE,
    INVITE_MANY,
    RESEND,
    REVOKE,
    SETTINGS,
    ActiveUser,
    a_user,
    accepted,
    invited,
    token_for,
)
from tests.invoke import call, wake
from tests.proofs import movable_clock
from tests.proofs.snapshots import rows

PHONE = {"country_code": "+44", "number": "2079460000"}
INVITATION = {
    "first_name": "Lee",
    "last_name": "Sherron",
    "email": LEE,
    "kind": "user",
    "phone": PHONE,
    "locale": "de",
    "admin": False,
    "groups": ["everyone"],
    "permissions": {"allow": ["users.view"], "deny": []},
    "message": "Welcome aboard",
}
INVITATION_ROW = {name: value for name, value in INVITATION.items() if name != "message"}
_KIM = {"email": "kim@example.org", "first_name": "Kim", "last_name": "Kay", "groups": ["everyone"]}


def caller_is_deactivated(given: Given) -> None:
    assert given.bob
    by_ann(given, DEACTIVATE, user_id=given.bob.user_id)


CALLER_DEACTIVATED = Refusal("caller_deactivated", 404, "not_found", happens=caller_is_deactivated)


def last_seat_is_taken(given: Given) -> None:
    by_ann(given, INVITE, body=_KIM)


def inviting(*, seats: int = 10, notify: tuple[str, ...] = ()) -> Given:
    body = INVITATION | ({"notify": list(notify)} if notify else {})
    effect = partial(assert_user, LEE, "invited", "user.invited", notified=len(notify))
    return by_bob(two_administrators(seats=seats), effect, body=body)


def inviting_many(*, seats: int = 10) -> Given:
    """Two people are invited; the third row repeats the first one and is refused by itself."""
    sam = _KIM | {"email": "sam@example.org"}
    body = {"users": [INVITATION_ROW, sam, INVITATION_ROW], "message": "Welcome", "notify": ["boss@example.org"]}

    def assert_effect() -> None:
        assert_user(LEE, "invited", "user.invited")
        assert_user("sam@example.org", "invited", "user.invited")
        assert [len(mail["user_ids"]) for mail in rows(MAIL) if mail["kind"] == "notify_of_many"] == [2]

    return by_bob(two_administrators(seats=seats), assert_effect, body=body)


def inviting_after_declining() -> Given:
    with movable_clock.ago(MIN_INTERVAL):
        people = two_administrators()
        done(call(DECLINE, body={"token": token_for(invited(people[0]))}))
    entries = ("user.invited", "invitation.declined", "user.invited")
    return by_bob(people, partial(assert_user, LEE, "invited", *entries, generation=2), body=INVITATION)


def _key_is_used_for_another(given: Given) -> None:
    done(call(INVITE, caller=given.parts["caller"], account_id=ACCOUNT, body=_KIM, headers=KEYED))


def _inviting_into_group() -> Given:
    people = two_administrators()
    body = {"name": "Sales", "permissions": ["contacts.view"]}
    group = done(call(CREATE_GROUP, caller=people[0].signed_in, account_id=ACCOUNT, body=body)).body
    effect = partial(assert_user, LEE, "invited", "user.invited")
    return by_bob(people, effect, body=INVITATION | {"groups": [group["group_id"]]})


def _group_is_deleted(given: Given) -> None:
    assert given.ann
    [group_id] = given.parts["body"]["groups"]
    done(call(DELETE_GROUP, caller=given.ann.signed_in, account_id=ACCOUNT, group_id=group_id))


def _by_plain_user(given: Given) -> Parts:
    assert given.ann
    return {"caller": a_user(given.ann, "kim@example.org").signed_in}


def pending(
    effect: Callable[[Parts], Callable[[], object]], people: tuple[ActiveUser, ActiveUser] | None = None, **parts: Any
) -> Given:
    """Bob's request about an invitation of Ann's that was sent long enough ago for another mail."""
    with movable_clock.ago(MIN_INTERVAL):
        people = people or two_administrators()
        user = invited(people[0])
    return by_bob(people, effect(user), user=user, body=parts.pop("body", {}), **parts)


def _leaves(status: str, *entries: str, generation: int = 1) -> Callable[[Parts], Callable[[], object]]:
    return lambda _: partial(assert_user, LEE, status, "user.invited", *entries, generation=generation)


def resending() -> Given:
    return pending(_leaves("invited", "invitation.resent", generation=2))


def resending_expired() -> Given:
    """The sweep has freed the seat, which is taken again."""
    with movable_clock.ago(VALID_FOR):
        people = two_administrators(seats=3)
        user = invited(people[0])
    wake("expire")
    entries = ("user.invited", "invitation.expired", "invitation.resent")
    return by_bob(people, partial(assert_user, LEE, "invited", *entries, generation=2), user=user, body={})


def _resending_with_mails_left(left: int) -> Given:
    """The day's limit leaves room for so many mails; none of this day's has been counted before."""
    with movable_clock.ago(VALID_FOR):
        people = two_administrators()
        user = invited(people[0])
    given = by_bob(people, lambda: None, user=user, body={})
    by_ann(given, SETTINGS, body={"daily_mail_limit": 2})
    if left == 1:
        by_ann(given, INVITE, body=_KIM | {"email": "cem@example.org"})
    return given


def _mails_of_the_day_are_sent(given: Given) -> None:
    """Fill the day's limit with one more invitation, which notifies someone where two mails are left."""
    is_one_left = any(row.get("email") == "cem@example.org" for row in rows(DIRECTORY))
    by_ann(given, INVITE, body=_KIM | ({} if is_one_left else {"notify": ["x@example.org"]}))


def copying_link() -> Given:
    def effect(user: Parts) -> Callable[[], object]:
        def assert_effect() -> None:
            assert_user(LEE, "invited", "user.invited", "invitation.link_copied")
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
        assert_user(LEE, "invited", "user.invited", "user.edited")
        user = user_of(LEE)
        assert (user["first_name"], user["last_name"]) == ("Leigh", "Shaw")

    body = {"first_name": "Leigh", "last_name": "Shaw", "phone": PHONE}
    return pending(lambda _: assert_effect, body=body)


def changing_settings() -> Given:
    body = {
        "invite_profile": "simple",
        "default_group": "everyone",
        "allow_link_copy": False,
        "locale": "fr",
        "daily_mail_limit": 50,
        "help_url": "https://help.example.org/faq",
    }

    def assert_effect() -> None:
        [account] = [row for row in rows(DIRECTORY) if row["sk"] == "account"]
        assert account["settings"].items() >= body.items()
        assert account["settings_version"] == 2
        assert [row["type"] for row in rows(JOURNAL)].count("settings.changed") == 1

    return by_bob(two_administrators(), assert_effect, body=body)


def is_accepted(given: Given) -> None:
    done(accepted(token_for(dict(given.user))))


ACCEPTED = Refusal("accepted", 409, "wrong_state", happens=is_accepted)
CASES = (
    CommandCase(
        "invite",
        INVITE,
        inviting,
        status=201,
        refusals=(
            CALLER_DEACTIVATED,
            Refusal("no_seat", 409, "no_seat_available", happens=last_seat_is_taken, arrange=lambda: inviting(seats=3)),
            Refusal(
                "already_invited", 409, "already_invited", happens=lambda given: by_ann(given, INVITE, body=INVITATION)
            ),
            Refusal("key_reused", 422, "idempotency_key_reused", happens=_key_is_used_for_another),
            Refusal("group_deleted", 422, "invalid_request", happens=_group_is_deleted, arrange=_inviting_into_group),
            Refusal("not_allowed", 403, "not_allowed", changed=_by_plain_user),
            Refusal("invalid", 422, "invalid_request", changed=lambda _: {"body": INVITATION | {"first_name": ""}}),
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
            Refusal("not_allowed", 403, "not_allowed", changed=_by_plain_user),
            Refusal("invalid", 422, "invalid_request", changed=lambda _: {"body": {"users": []}}),
        ),
    ),
    CommandCase("invite_after_declining", INVITE, inviting_after_declining, status=201),
    CommandCase(
        "resend",
        RESEND,
        resending,
        cost=Cost.SMALL_CHANGE,  # the address is known from the user; then whether it takes our mail is read
        refusals=(
            Refusal("resent_by_another", 429, "rate_limited", happens=lambda given: by_ann(given, RESEND)),
            ACCEPTED,
            CALLER_DEACTIVATED,
            *(
                Refusal(
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
        refusals=(Refusal("no_seat", 409, "no_seat_available", happens=last_seat_is_taken),),
    ),
    CommandCase(
        "invitation_link",
        COPY_LINK,
        copying_link,
        refusals=(
            Refusal("revoked", 409, "wrong_state", happens=lambda given: by_ann(given, REVOKE)),
            CALLER_DEACTIVATED,
        ),
    ),
    CommandCase("revoke", REVOKE, revoking, refusals=(ACCEPTED, CALLER_DEACTIVATED)),
    CommandCase("edit_user", EDIT, editing, keyed=False, refusals=(ACCEPTED, CALLER_DEACTIVATED)),
    CommandCase("settings", SETTINGS, changing_settings, keyed=False, refusals=(CALLER_DEACTIVATED,)),
)
