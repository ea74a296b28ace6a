from datetime import timedelta
from typing import Any

import pytest

from shared.adapters.dynamodb import cursors
from shared.adapters.dynamodb.codec import from_item, to_attribute, to_item
from shared.adapters.dynamodb.user_items import user_row
from shared.domain.model import errors
from shared.domain.model.accounts import Account
from shared.domain.model.fields import Phone
from shared.domain.model.groups import Groups
from shared.domain.model.identities import Identity, IdentityLock
from shared.domain.model.mails import Mail
from shared.domain.model.users import Status, User
from shared.domain.model.values import Model
from shared.domain.policy.journal import Entry, user_entry
from tests.domain_factories import (
    MILLISECOND,
    NOW,
    a_context,
    a_mail,
    a_member,
    an_admin,
    an_identity,
    some_groups,
    the_account,
)


@pytest.mark.parametrize(
    ("value", "attribute"),
    [
        (None, {"NULL": True}),
        (True, {"BOOL": True}),
        (False, {"BOOL": False}),
        ("", {"S": ""}),
        (Status.ACTIVE, {"S": "active"}),
        (0, {"N": "0"}),
        (-7, {"N": "-7"}),
        ([], {"L": []}),
        ([1, "a", None], {"L": [{"N": "1"}, {"S": "a"}, {"NULL": True}]}),
        ({}, {"M": {}}),
        ({"a": {"b": [True]}}, {"M": {"a": {"M": {"b": {"L": [{"BOOL": True}]}}}}}),
    ],
)
def test_a_json_value_and_its_attribute_are_the_same(value: Any, attribute: dict[str, Any]) -> None:
    made = to_attribute(value)

    assert made == attribute
    assert to_attribute(from_item({"x": made})["x"]) == made


def test_a_set_is_kept_sorted() -> None:
    made = to_attribute(frozenset({"b", "a"}))

    assert made == {"SS": ["a", "b"]}


@pytest.mark.parametrize("value", [1.5, b"x", object(), NOW])
def test_what_no_item_can_hold_is_an_error(value: object) -> None:
    with pytest.raises(TypeError, match=type(value).__name__):
        to_attribute(value)


def test_what_is_none_is_left_out_of_an_item() -> None:
    item = to_item({"a": None, "b": {"c": None, "d": 1}})

    assert item == {"b": {"M": {"d": {"N": "1"}}}}


PHONE = Phone(country_code="+44", number="2079460000")
VALUES: list[tuple[type[Model], Model]] = [
    (User, a_member(Status.INVITED, message="Hello", phone=PHONE)),
    (User, an_admin(last_seen_at=NOW + MILLISECOND, allow=("users.view",), deny=("orders.view",))),
    (Account, the_account(default_group="everyone", help_url="https://help.example.org")),
    (Groups, some_groups()),
    (Identity, an_identity(accounts=frozenset({"ab123", "zz999"}), terms_accepted_at=NOW, created_at=NOW)),
    (Identity, an_identity(sub=None, sign_in_lock=IdentityLock(operation="o", until=NOW))),
    (Mail, a_mail(to_user=None, to_address="x@example.org")),
    (Entry, user_entry("user.joined", before=a_member(Status.INVITED), after=a_member(), context=a_context())),
]


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_every_value_comes_back_from_its_item_as_it_went(kind: type[Model], value: Model) -> None:
    item = to_item(value.model_dump(mode="json", exclude_none=True))

    assert kind.model_validate(from_item(item)) == value


def test_older_code_reads_what_newer_code_wrote() -> None:
    item = to_item(a_member().model_dump(mode="json", exclude_none=True) | {"new_attribute": {"x": 1}})

    assert User.model_validate(from_item(item)) == a_member()


# ---- rows ----


@pytest.mark.parametrize("status", Status)
def test_only_an_invitation_that_waits_is_due(status: Status) -> None:
    row = user_row(a_member(status))

    assert ("due" in row, "due_at" in row) == (status is Status.INVITED,) * 2


@pytest.mark.parametrize(
    ("ends", "due"),
    [
        (timedelta(seconds=2), "access_ends"),
        (timedelta(hours=1), "orphaned_invitations"),
        (None, "orphaned_invitations"),
    ],
)
def test_an_access_that_is_about_to_end_ends_before_invitations_are_revoked(ends: timedelta | None, due: str) -> None:
    until = NOW + ends if ends else None
    user = a_member(has_invitations_to_revoke=True, updated_at=NOW, access_until=until, access_end_told=True)

    assert user_row(user)["due"] == due


@pytest.mark.parametrize("status", Status)
def test_only_an_invitation_that_waits_is_indexed_by_who_sent_it(status: Status) -> None:
    user = a_member(status)
    row = user_row(user)

    indexed = {"pending_in": "ab123", "pending_by": f"{user.invitation.invited_by}#{user.user_id}"}
    assert {name: row[name] for name in ("pending_in", "pending_by") if name in row} == (
        indexed if status is Status.INVITED else {}
    )


@pytest.mark.parametrize(
    ("status", "listing"),
    [
        (Status.INVITED, "ab123#current"),
        (Status.EXPIRED, "ab123#current"),
        (Status.ACTIVE, "ab123#current"),
        (Status.INACTIVE, "ab123#past"),
        (Status.BLOCKED, "ab123#past"),
        (Status.DECLINED, "ab123#past"),
        (Status.REMOVED, "ab123#removed"),
    ],
)
def test_a_user_is_listed_with_those_whom_one_page_shows(status: Status, listing: str) -> None:
    row = user_row(a_member(status))

    assert row["listing"] == listing


# ---- cursors ----

SCOPE = ("users", "ab123", None)


@pytest.mark.parametrize("position", ["a", "lee sherron\tlll", "\u674e\t\U0001f600", "x" * 1024, "\0", "1#2026\tl"])
def test_a_cursor_leads_back_to_its_position(position: str) -> None:
    cursor = cursors.encode(position, scope=SCOPE)

    assert cursors.decode(cursor, scope=SCOPE) == position
    assert cursor.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "cursor",
    [
        *["", "!", "a b", "YW Jj", "=", "====", "\u00e9", "_w", "a", "+/+/", "A" * 40],
        cursors.encode("x" * 1025, scope=SCOPE),
        cursors.encode("x", scope=(*SCOPE, "other")),
        cursors.encode("x", scope=("users", "ab124", None)),
        cursors.encode("lee", scope=SCOPE)[:-1],
    ],
)
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(errors.InvalidRequest) as refused:
        cursors.decode(cursor, scope=SCOPE)

    assert [error["field"] for error in refused.value.details["errors"]] == ["cursor"]  # type: ignore[attr-defined]
