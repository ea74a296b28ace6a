from typing import Any

import pytest

from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import IDENTITIES, JOURNAL, MAIL
from tests import aws_fixture
from tests.factories import (
    ACCESS,
    DEACTIVATE,
    EDIT_ME,
    JOIN,
    LEE_ADDRESS,
    ME,
    TERMS,
    ActiveUser,
    a_user,
    an_operator,
    invited,
    token_for,
)
from tests.functions.cached_fixtures import two_accounts
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.faults import meanwhile
from tests.invoke import Answer, SignedIn
from tests.table_edits import overdue, set_in, user_row

SECOND = "zz999"


def join_with(caller: SignedIn, token: str, **fields: Any) -> Answer:
    return call(JOIN, caller=caller, body={"token": token, "terms_version": TERMS} | fields)


def lee_and_a_second_account() -> tuple[ActiveUser, ActiveUser]:
    """Someone with an ID, and the administrator of an account that they are not in."""
    ann, zoe = two_accounts()
    return a_user(ann, first_name="Known", last_name="Person"), zoe


@pytest.mark.parametrize("channel", Channel)
def test_someone_who_has_an_id_joins_a_second_account_with_it(channel: Channel) -> None:
    lee, zoe = lee_and_a_second_account()
    user = invited(zoe, account_id=SECOND, first_name="Other", last_name="Name")

    answer = join_with(lee.signed_in, token_for(user, channel=channel))

    made = answer.body["user"]
    assert (answer.status, answer.body["account"]["account_id"]) == (200, SECOND)
    assert (made["user_id"], made["status"]) == (user["user_id"], "active")
    assert (made["first_name"], made["last_name"]) == ("Known", "Person")
    assert [each["account_id"] for each in call(ME, caller=lee.signed_in).body["accounts"]] == ["ab123", SECOND]
    assert call(ACCESS, caller=lee.signed_in, account_id=SECOND).status == 200


def test_joining_changes_nothing_of_the_identity_but_its_accounts() -> None:
    lee, zoe = lee_and_a_second_account()
    before = the_identity()

    join_with(lee.signed_in, token_for(invited(zoe, account_id=SECOND)))

    after = the_identity()
    assert sorted(after["accounts"]) == ["ab123", SECOND]
    assert after | {"accounts": 0} == before | {"accounts": 0}


@pytest.mark.parametrize("name", ["first_name", "last_name", "locale"])
def test_who_renames_themselves_meanwhile_joins_with_the_new_name(name: str) -> None:
    lee, zoe = lee_and_a_second_account()
    user = invited(zoe, account_id=SECOND)

    with meanwhile("dynamodb", "TransactWriteItems", lambda: call(EDIT_ME, caller=lee.signed_in, body={name: "fr"})):
        join_with(lee.signed_in, token_for(user))

    assert user_row(user["user_id"])[name] == the_identity()[name] == "fr"


@pytest.mark.parametrize("is_in_an_account", [True, False])
def test_who_joins_while_they_rename_themselves_has_the_new_name(*, is_in_an_account: bool) -> None:
    ann, zoe = two_accounts()
    caller = a_user(ann).signed_in if is_in_an_account else an_operator(LEE_ADDRESS)
    user = invited(zoe, account_id=SECOND)

    with meanwhile("dynamodb", "TransactWriteItems", lambda: join_with(caller, token_for(user))):
        answer = call(EDIT_ME, caller=caller, body={"first_name": "Leonie"})

    assert answer.status == 200
    assert user_row(user["user_id"])["first_name"] == the_identity()["first_name"] == "Leonie"


def the_identity() -> dict[str, Any]:
    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == "lee@example.org"]
    return identity


def test_joining_writes_one_entry_and_two_mails() -> None:
    lee, zoe = lee_and_a_second_account()
    user = invited(zoe, account_id=SECOND)

    join_with(lee.signed_in, token_for(user))

    entries = [row["type"] for row in aws_fixture.items(JOURNAL) if row.get("user_id") == user["user_id"]]
    kinds = [row["kind"] for row in aws_fixture.items(MAIL) if row["user_id"] == user["user_id"]]
    assert sorted(entries) == ["user.invited", "user.joined"]
    assert sorted(kinds) == ["account_information", "invitation", "joined"]


def test_joining_again_has_no_second_effect() -> None:
    lee, zoe = lee_and_a_second_account()
    token = token_for(invited(zoe, account_id=SECOND))
    first = join_with(lee.signed_in, token)

    with nothing_changes():
        again = join_with(lee.signed_in, token)

    assert (again.status, again.body) == (200, first.body)


def test_another_identity_does_not_join_and_the_link_stays_usable() -> None:
    lee, zoe = lee_and_a_second_account()
    token = token_for(invited(zoe, account_id=SECOND))

    with nothing_changes():
        wrong = [refused(join_with(caller, token)) for caller in (zoe.signed_in, an_operator())]
    right = join_with(lee.signed_in, token)

    assert wrong == [(409, "wrong_identity")] * 2
    assert right.status == 200


def test_one_invited_who_has_no_id_yet_cannot_be_joined_by_someone_else() -> None:
    lee, zoe = lee_and_a_second_account()
    token = token_for(invited(zoe, "new@example.org", account_id=SECOND))

    with nothing_changes():
        answer = join_with(lee.signed_in, token)

    assert refused(answer) == (409, "wrong_identity")


def test_the_terms_in_force_must_be_agreed_to() -> None:
    lee, zoe = lee_and_a_second_account()
    token = token_for(invited(zoe, account_id=SECOND))
    set_in(IDENTITIES, {"pk": the_identity()["pk"]}, terms_version="2020-01-01")

    with nothing_changes():
        old = [join_with(lee.signed_in, token, terms_version=version) for version in (None, "2020-01-01", "")]
    new = join_with(lee.signed_in, token)

    assert [wrong_fields(answer) for answer in old] == [{"terms_version"}] * 3
    assert (new.status, the_identity()["terms_version"]) == (200, TERMS)


def test_someone_who_has_agreed_to_the_terms_in_force_need_not_again() -> None:
    lee, zoe = lee_and_a_second_account()

    answer = call(JOIN, caller=lee.signed_in, body={"token": token_for(invited(zoe, account_id=SECOND))})

    assert answer.status == 200


def test_a_dead_link_joins_nobody() -> None:
    lee, zoe = lee_and_a_second_account()
    yan = a_user(zoe, "yan@example.org", account_id=SECOND, admin=True)
    user = invited(yan, account_id=SECOND)
    token = token_for(user)
    call(DEACTIVATE, caller=zoe.signed_in, account_id=SECOND, user_id=yan.user_id, body={})

    with nothing_changes():
        revoked = refused(join_with(lee.signed_in, token))
    overdue(user)
    with nothing_changes():
        expired = refused(join_with(lee.signed_in, token))
        replaced = refused(join_with(lee.signed_in, token_for(user, generation=2)))

    assert (revoked, expired, replaced) == (
        (410, "invitation_revoked"),
        (410, "invitation_expired"),
        (410, "invitation_replaced"),
    )


def test_dead_link_is_refused_as_dead_for_another_person_too() -> None:
    lee, zoe = lee_and_a_second_account()
    accepted_one = token_for(invited(zoe, account_id=SECOND))
    assert join_with(lee.signed_in, accepted_one).status == 200
    dead = token_for(overdue(invited(zoe, "new@example.org", account_id=SECOND)))

    with nothing_changes():
        answers = [refused(join_with(zoe.signed_in, token)) for token in (accepted_one, dead)]

    assert answers == [(410, "invitation_accepted"), (410, "invitation_expired")]


def test_user_takes_over_the_language_of_the_identity_that_joins() -> None:
    lee, zoe = lee_and_a_second_account()
    set_in(IDENTITIES, {"pk": the_identity()["pk"]}, locale="fr")
    user = invited(zoe, account_id=SECOND, locale="de")

    join_with(lee.signed_in, token_for(user))

    assert (user_row(user["user_id"])["locale"], the_identity()["locale"]) == ("fr", "fr")


def test_a_dead_link_says_so_before_the_terms_are_looked_at() -> None:
    lee, zoe = lee_and_a_second_account()
    token = token_for(overdue(invited(zoe, account_id=SECOND)))

    with nothing_changes():
        answer = join_with(lee.signed_in, token, terms_version="old")

    assert refused(answer) == (410, "invitation_expired")


@pytest.mark.parametrize("claims", [{"token_use": "id"}, {"sub": "another"}, {"username": "nobody@example.org"}])
def test_a_token_that_is_not_valid_joins_nothing(claims: dict[str, str]) -> None:
    lee, zoe = lee_and_a_second_account()
    token = token_for(invited(zoe, account_id=SECOND))
    caller = SignedIn(**({"username": lee.address, "sub": lee.signed_in.sub} | claims))  # type: ignore[arg-type]

    with nothing_changes():
        answer = join_with(caller, token)

    assert refused(answer) == (401, "unauthorized")


def test_a_blocked_identity_joins_nothing_and_learns_nothing() -> None:
    lee, zoe = lee_and_a_second_account()
    own = token_for(invited(zoe, account_id=SECOND))
    anothers = token_for(invited(zoe, "new@example.org", account_id=SECOND))
    set_in(IDENTITIES, {"pk": the_identity()["pk"]}, blocked=True)

    with nothing_changes():
        answers = [refused(join_with(lee.signed_in, token)) for token in (own, anothers)]

    assert answers == [(401, "unauthorized")] * 2
