from typing import Any

import pytest

from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.factories import ACCOUNT, EDIT, PREVIEW, USER, USERS, ActiveUser, a_user, invited, token_for
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.invoke import Answer
from tests.table_edits import indexed, overdue, set_user

PHONE = {"country_code": "+44", "number": "2079460000"}


def edit_user(by: ActiveUser, user: dict[str, Any], *, seen: str | None = None, **fields: Any) -> Answer:
    headers = {"if-match": seen} if seen else {}
    return call(EDIT, caller=by.signed_in, account_id=ACCOUNT, user_id=user["user_id"], body=fields, headers=headers)


def test_names_and_phone_of_an_invited_person_are_edited() -> None:
    ann = an_account()
    user = invited(ann)

    answer = edit_user(ann, user, first_name="Leigh", last_name="Shaw", phone=PHONE)

    changed = {"first_name": "Leigh", "last_name": "Shaw", "phone": PHONE, "version": 2}
    stored = call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"]).body
    indexed()
    found = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"search": "shaw"}).body["data"]
    assert answer.status == 200
    assert answer.body == user | changed | {"updated_at": answer.body["updated_at"]}
    assert stored == answer.body == found[0]
    assert call(PREVIEW, body={"token": token_for(user)}).body["first_name"] == "Leigh"


def test_the_journal_tells_which_fields_and_not_what() -> None:
    ann = an_account()
    user = invited(ann)

    edit_user(ann, user, first_name="Leigh", phone=PHONE)

    [entry] = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "user.edited"]
    assert (entry["before"], entry["after"]) == ({}, {"fields": ["first_name", "phone"]})


def test_a_phone_is_taken_away_and_what_is_not_named_stays() -> None:
    ann = an_account()
    user = invited(ann, phone=PHONE)

    answer = edit_user(ann, user, phone=None)

    assert (answer.body["phone"], answer.body["first_name"]) == (None, "Lee")


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_reference_is_taken_away_by_null_or_as_a_form_leaves_it(nothing: str | None) -> None:
    ann = an_account()
    user = invited(ann, reference="crm-7")

    answer = edit_user(ann, user, reference=nothing)

    assert (user["reference"], answer.body["reference"]) == ("crm-7", None)


@pytest.mark.parametrize("fields", [{"first_name": "Lee"}, {"first_name": " Lee "}])
def test_an_edit_that_changes_nothing_is_none(fields: dict[str, str]) -> None:
    ann = an_account()
    user = invited(ann)

    with nothing_changes():
        answer = edit_user(ann, user, **fields)

    assert (answer.status, answer.body) == (200, user)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"first_name": None}, "first_name"),
        ({"first_name": ""}, "first_name"),
        ({"first_name": "evil.com"}, "first_name"),
        ({"last_name": None}, "last_name"),
        ({"last_name": "Usher Support"}, "last_name"),
        ({"last_name": "x\r\ny"}, "last_name"),
        ({"phone": {"country_code": "+44", "number": "1"}}, "phone.number"),
        ({"phone": {"country_code": "+999", "number": "2079460000"}}, "phone.country_code"),
        ({"phone": {"country_code": "+44", "number": "2079460000 x5"}}, "phone.number"),
        ({"phone": {"country_code": "+44"}}, "phone.number"),
        ({"email": "new@example.org"}, "email"),
        ({"locale": "it"}, "locale"),
        ({"admin": None}, "admin"),
        ({"admin": 1}, "admin"),
        ({"groups": None}, "groups"),
        ({"groups": "everyone"}, "groups"),
        ({"groups": []}, "groups"),
        ({"groups": ["everyone", "nowhere"]}, "groups"),
        ({"groups": ["administrators"], "admin": False}, "groups"),
        ({"permissions": None}, "permissions"),
        ({"permissions": {}}, "permissions"),
        ({"permissions": {"allow": ["no.such"]}}, "permissions.allow.0"),
        ({"permissions": {"deny": "users.view"}}, "permissions.deny"),
        ({"permissions": {"grant": []}}, "permissions.grant"),
        ({"reference": "x" * 201}, "reference"),
        ({"reference": "a\u0000b"}, "reference"),
        ({}, "body"),
    ],
)
def test_invalid_field_of_an_edit_is_named(wrong: dict[str, Any], field: str) -> None:
    ann = an_account()
    user = invited(ann)

    with nothing_changes():
        answer = edit_user(ann, user, **wrong)

    assert wrong_fields(answer) == {field}


@pytest.mark.parametrize("seen", ["1", '"1"', 'W/"1"', "*"])
def test_someone_who_saw_this_version_edits_it(seen: str) -> None:
    ann = an_account()

    answer = edit_user(ann, invited(ann), seen=seen, first_name="Leigh")

    assert answer.status == 200


def test_someone_who_saw_another_version_edits_nothing() -> None:
    ann = an_account()
    user = invited(ann)
    edit_user(ann, user, first_name="Leigh")

    with nothing_changes():
        answers = [
            edit_user(ann, user, seen=seen, first_name="Lea") for seen in ('"1"', '"3"', '"v2"', 'W/"stale"', '""')
        ]

    assert {refused(answer) for answer in answers} == {(409, "conflict")}


@pytest.mark.parametrize("seen", ["one", '"1', "-1", "1 2", '"1", "2"', '"a b"'])
def test_a_version_that_is_none_is_refused(seen: str) -> None:
    ann = an_account()
    user = invited(ann)

    with nothing_changes():
        answer = edit_user(ann, user, seen=seen, first_name="Leigh")

    assert wrong_fields(answer) == {"If-Match"}


def test_only_an_editor_edits_and_only_someone_who_holds_no_more() -> None:
    ann = an_account()
    inviter = a_user(ann, "bea@example.org", permissions={"allow": ["users.invite", "users.view"]})
    editor = a_user(ann, "eve@example.org", permissions={"allow": ["users.edit", "users.view"]})
    user, boss = invited(ann), invited(ann, "boss@example.org", admin=True)

    with nothing_changes():
        answers = [edit_user(inviter, user, first_name="Lea"), edit_user(editor, boss, first_name="Lea")]

    assert [refused(answer) for answer in answers] == [(403, "not_allowed")] * 2
    assert edit_user(editor, user, first_name="Lea").status == 200


@pytest.mark.parametrize("status", ["expired", "active", "declined", "inactive", "blocked", "removed"])
def test_only_the_names_of_someone_who_is_invited_are_edited(status: str) -> None:
    ann = an_account()
    user = invited(ann)
    set_user(user, status=status)

    with nothing_changes():
        answer = edit_user(ann, user, first_name="Leigh")

    assert refused(answer) == (409, "wrong_state")
    may_be_edited = status in {"active", "blocked"}
    assert answer.body["detail"].startswith(
        "Once a person has joined, only they can" if may_be_edited else "This is not possible"
    )


def test_the_clock_ends_editing() -> None:
    ann = an_account()

    answer = edit_user(ann, overdue(invited(ann)), first_name="Leigh")

    assert (refused(answer), answer.body["user_status"]) == ((409, "wrong_state"), "expired")
