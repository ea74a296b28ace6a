"""Editing a user's fields and rights (rules 1, 3, 19 and 28)."""

from typing import Any

import pytest

from shared.domain.commands import editing
from shared.domain.model import errors
from shared.domain.model.fields import Phone
from shared.domain.model.users import Status, User
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.snapshot import Snapshot
from tests.domain.refusals import refusal_of
from tests.domain_factories import BEA_ID, LEE_ID, NOW, a_member, a_snapshot, an_admin, the_account

PHONE = Phone(country_code="+44", number="2079460000")


def an_inviter(**changes: Any) -> User:
    return a_member(**{"user_id": BEA_ID, "allow": ("users.invite", "users.edit")} | changes)


def edited(snapshot: Snapshot, *, seen: int | None = None, **changes: object) -> ChangeSet:
    return editing.edit(snapshot, changes=changes, seen_version=seen, product_name="Usher")


# ---- fields ----


@pytest.mark.parametrize(
    ("target", "actor"),
    [
        (a_member(Status.INVITED), an_inviter(allow=("users.invite",))),
        (an_admin(LEE_ID, status=Status.INVITED), an_inviter()),
        (a_member(Status.INVITED, allow=("contacts.delete",)), an_inviter()),
    ],
)
def test_only_an_editor_edits_and_nobody_who_is_to_hold_more(target: User, actor: User) -> None:
    with pytest.raises(errors.NotAllowed):
        edited(a_snapshot(target, by=actor), first_name="Leigh")


def test_what_is_given_changes_and_the_rest_stays() -> None:
    user = a_member(Status.INVITED)

    change = edited(a_snapshot(user, by=an_inviter()), first_name="Leigh", phone=PHONE)

    expected = {"first_name": "Leigh", "phone": PHONE, "updated_at": NOW, "version": user.version + 1}
    assert change.user == user.model_copy(update=expected)
    assert change.mails == ()


@pytest.mark.parametrize("changes", [{}, {"first_name": "Lee"}, {"phone": None}])
def test_an_edit_that_changes_nothing_is_none(changes: dict[str, Any]) -> None:
    user = a_member(Status.INVITED)

    change = edited(a_snapshot(user), **changes)

    assert (change.user, change.entries) == (user, ())


def test_a_last_name_can_be_taken_away_only_where_none_is_needed() -> None:
    user = a_member(Status.INVITED)

    with pytest.raises(errors.InvalidRequest):
        edited(a_snapshot(user), last_name=None)

    simple = a_snapshot(user, account=the_account(invite_profile="simple"))
    assert edited(simple, last_name=None).user.last_name == ""
    assert edited(a_snapshot(user), last_name="Shaw").user.last_name == "Shaw"


@pytest.mark.parametrize(("seen", "is_refused"), [(None, False), (3, False), (2, True), (4, True)])
def test_someone_who_saw_another_version_edits_nothing(seen: int | None, is_refused: bool) -> None:
    refusal = refusal_of(lambda: edited(a_snapshot(a_member(Status.INVITED)), seen=seen, first_name="Leigh"))

    assert refusal is (errors.Outdated if is_refused else None)


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.BLOCKED])
@pytest.mark.parametrize("changes", [{"first_name": "Leigh"}, {"phone": None}, {"locale": "de"}, {"last_name": "Shaw"}])
def test_names_of_a_user_who_has_joined_are_their_own(status: Status, changes: dict[str, Any]) -> None:
    with pytest.raises(errors.WrongState):
        edited(a_snapshot(a_member(status)), admin=True, **changes)


def test_a_reference_is_set_and_cleared_and_journaled_by_name_alone() -> None:
    user = a_member(reference="crm-7")

    changes = [edited(a_snapshot(user), reference=reference) for reference in ("crm-8", None)]

    assert [change.user.reference for change in changes] == ["crm-8", None]
    assert [(change.entries[0].before, change.entries[0].after) for change in changes] == [
        ({}, {"fields": ["reference"]})
    ] * 2


def test_the_only_administrator_is_edited_like_anybody_else() -> None:
    ann = an_admin()

    change = edited(a_snapshot(ann, by=ann, account=the_account(admins=1)), reference="crm-1")

    assert change.user.reference == "crm-1"
