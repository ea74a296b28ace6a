"""One user is invited: who may, what the answer holds, who gets a mail, and what is refused (rules 1 to 3, and 5)."""

from typing import Any

import pytest

from shared.domain.model.mails import GRACE
from shared.storage_schema import DIRECTORY, JOURNAL, MAIL
from tests import aws_fixture
from tests.factories import ACCOUNT, GET_ACCOUNT, INVITE, a_user, delivered, invited, link_in, text_of, token_for
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import body_validator, call, nothing_changes, refused, wrong_fields
from tests.functions.invites import invite_lee
from tests.table_edits import set_in, user_row


def test_the_invited_user_is_answered_whole() -> None:
    ann = an_account()
    phone = {"country_code": "+44", "number": "020 7946 0000"}

    answer = invite_lee(
        ann, email="Lee+Sales@EXAMPLE.org", phone=phone, permissions={"allow": ["journal.view"]}, reference="crm-7"
    )

    user = answer.body
    sent_at = user["created_at"]
    assert answer.status == 201
    assert user | {"user_id": 0, "identity_id": 0, "invitation": 0} == {
        "user_id": 0,
        "identity_id": 0,
        "account_id": ACCOUNT,
        "kind": "user",
        "partner_type": None,
        "status": "invited",
        "first_name": "Lee",
        "last_name": "Sherron",
        "email": "lee+sales@example.org",
        "phone": {"country_code": "+44", "number": "2079460000"},
        "admin": False,
        "groups": [{"group_id": "everyone", "name": "Everyone"}],
        "permissions": {"allow": ["journal.view"], "deny": []},
        "reference": "crm-7",
        "access_until": None,
        "records_waiting": 0,
        "last_job_id": None,
        "invitation": 0,
        "joined_at": None,
        "last_seen_at": None,
        "created_at": sent_at,
        "updated_at": sent_at,
        "version": 1,
        "allowed_actions": ["resend", "copy_link", "revoke", "edit"],
    }
    assert user["invitation"] | {"expires_at": 0} == {
        "generation": 1,
        "sent_at": sent_at,
        "expires_at": 0,
        "sent_count": 1,
        "delivery": "queued",
        "invited_by": ann.user_id,
    }


def test_an_invitation_takes_a_seat_is_counted_told_and_queued() -> None:
    ann = an_account(seats=5)
    before = {table.name: len(aws_fixture.items(table)) for table in (DIRECTORY, JOURNAL, MAIL)}

    user = invite_lee(ann, notify=["boss@example.org"]).body

    account = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
    after = {table.name: len(aws_fixture.items(table)) for table in (DIRECTORY, JOURNAL, MAIL)}
    assert account["seats"] == {"limit": 5, "used": 2, "available": 3}
    assert (account["counts"]["invited"], account["counts"]["active"]) == (1, 1)
    assert {name: after[name] - before[name] for name in after} == {"directory": 1, "journal": 1, "mail": 2}
    assert {row["kind"] for row in aws_fixture.items(MAIL) if row["user_id"] == user["user_id"]} == {
        "invitation",
        "notify",
    }


def test_a_queued_mail_is_looked_after_should_the_stream_drop_it() -> None:
    ann = an_account()

    user = invited(ann)

    [mail] = [row for row in aws_fixture.items(MAIL) if row["user_id"] == user["user_id"]]
    assert (mail["state"], mail["due"], GRACE.total_seconds()) == ("queued", "mails", 60)
    assert mail["queued_at"] < mail["due_at"]


def test_the_mail_carries_a_link_that_names_the_user_and_no_table_holds_it() -> None:
    ann = an_account()
    user = invited(ann, message="Welcome aboard")

    [mail] = [mail for mail in delivered() if "lee@" in mail["To"] and "invited" in mail["Subject"]]

    assert link_in(mail) == token_for(user)
    assert "Welcome aboard" in text_of(mail)
    assert token_for(user).rpartition(".")[2] not in repr(aws_fixture.everything())
    assert user_row(user["user_id"])["invitation"]["delivery"] == "sent"


def test_optional_texts_that_are_empty_are_not_given() -> None:
    ann = an_account()
    empty = dict.fromkeys(("message", "reference", "return_path"), "")

    user = invited(ann, **empty)

    stored = user_row(user["user_id"])
    assert user["reference"] is None
    assert {"message", "return_path"}.isdisjoint(stored["invitation"]), stored
    assert body_validator(INVITE).is_valid({"first_name": "Lee", "email": "lee@example.org", **empty})


@pytest.mark.parametrize(("admin", "role"), [(True, "as an administrator"), (False, "as a user")])
def test_others_are_told_who_was_invited_as_what(admin: bool, role: str) -> None:
    ann = an_account()
    invited(ann, admin=admin, notify=["boss@example.org", "Boss@example.org", "hr@example.org"])

    told = {mail["To"]: text_of(mail) for mail in delivered() if "lee@" not in mail["To"]}

    named = {to: text for to, text in told.items() if to in {"boss@example.org", "hr@example.org"}}
    assert len(named) == 2
    assert all("Lee Sherron has been invited to Account ab123" in text for text in named.values())
    assert all(role in text and "/invite#" not in text for text in named.values())


# ---- rule 1 ----


def test_someone_who_holds_the_permission_invites_within_their_own_rights() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", permissions={"allow": ["users.invite"]})

    within = invite_lee(bea)
    with nothing_changes():
        beyond = [
            invite_lee(bea, email="x@example.org", admin=True),
            invite_lee(bea, email="x@example.org", groups=["administrators"]),
            invite_lee(bea, email="x@example.org", permissions={"allow": ["contacts.delete"]}),
        ]

    assert within.status == 201
    assert [refused(answer) for answer in beyond] == [(403, "not_allowed")] * 3


def test_a_user_without_the_permission_invites_nobody() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org")

    with nothing_changes():
        answer = invite_lee(bea)

    assert refused(answer) == (403, "not_allowed")


# ---- rules 2 and 3 ----


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"last_name": None}, "last_name"),
        ({"first_name": None}, "first_name"),
        ({"email": None}, "email"),
        ({"first_name": "see evil.com"}, "first_name"),
        ({"last_name": "Lee\u202esherron"}, "last_name"),
        ({"first_name": "\u3164"}, "first_name"),
        ({"first_name": "Usher", "last_name": "Security Team"}, "first_name"),
        ({"message": "a\ufffeb"}, "message"),
        ({"phone": {"country_code": "+44"}}, "phone.number"),
        ({"phone": {"country_code": "+44", "number": "1"}}, "phone.number"),
        ({"phone": {"country_code": "+999", "number": "2079460000"}}, "phone.country_code"),
        ({"phone": {"country_code": "+44", "number": "2079460000 x5"}}, "phone.number"),
        ({"message": "x" * 501}, "message"),
        ({"notify": [f"n{number}@example.org" for number in range(11)]}, "notify"),
        ({"notify": ["x@example.org", "nobody"]}, "notify.1"),
        ({"groups": ["unknown"]}, "groups"),
        ({"permissions": {"allow": ["nothing.known"]}}, "permissions.allow.0"),
        ({"locale": "xx"}, "locale"),
        ({"kind": "friend"}, "kind"),
        ({"nickname": "Lee"}, "nickname"),
    ],
)
def test_what_is_missing_or_impossible_is_named(wrong: dict[str, Any], field: str) -> None:
    ann = an_account()

    with nothing_changes():
        answer = invite_lee(ann, **wrong)

    assert wrong_fields(answer) == {field}


def test_user_without_a_group_gets_the_default_group_or_is_refused() -> None:
    ann = an_account()
    key = {"pk": ACCOUNT, "sk": "account"}

    first = invite_lee(ann, groups=[])
    set_in(DIRECTORY, key, settings__default_group=None)
    with nothing_changes():
        second = invite_lee(ann, groups=[], email="x@example.org")

    assert [group["group_id"] for group in first.body["groups"]] == ["everyone"]
    assert wrong_fields(second) == {"groups"}


def test_the_accounts_default_group_takes_someone_who_has_none() -> None:
    ann = an_account()
    key = {"pk": ACCOUNT, "sk": "account"}
    set_in(DIRECTORY, key, settings__default_group="everyone", settings__invite_profile="simple")

    user = invite_lee(ann, groups=None, last_name=None).body

    assert ([group["group_id"] for group in user["groups"]], user["last_name"]) == (["everyone"], "")


# ---- rule 5 ----


def test_without_a_seat_nothing_is_stored_and_nothing_mailed() -> None:
    ann = an_account(seats=2)
    invited(ann)

    with nothing_changes():
        answer = invite_lee(ann, email="one.too.many@example.org")

    assert refused(answer) == (409, "no_seat_available")
    assert answer.body["seats"] == {"limit": 2, "used": 2, "available": 0}
    assert answer.body["options"] == ["purchase_seat", "request_complimentary_seat", "deactivate_user"]
