from typing import Any

import pytest

from shared.domain.commands import profiles
from shared.domain.model.identities import Identity, Profile
from shared.domain.model.users import Status, User
from shared.domain.policy.changes import ChangeSet
from tests.domain_factories import NOW, a_member, an_identity

OPERATION = "operation-1"
FOLLOWS = [Status.ACTIVE, Status.BLOCKED]


def an_identity_called(first_name: str, **changes: Any) -> Identity:
    return an_identity().model_copy(update={"first_name": first_name, "last_name": "Chosen", **changes})


def renamed(to: Identity, *users: User) -> ChangeSet:
    """Return what it takes that an identity, and these users of it, are called so."""
    names = to.model_dump(include={"first_name", "last_name", "locale"})
    return profiles.rename(an_identity(), names, users=users, product_name="Usher", operation_id=OPERATION, now=NOW)


def test_only_what_is_given_changes() -> None:
    before = an_identity(locale="de")

    changes = profiles.rename(
        before, {"first_name": "Leo"}, users=[], product_name="Usher", operation_id=OPERATION, now=NOW
    )

    assert changes.identity_after(before) == before.model_copy(update={"first_name": "Leo"})


def test_users_follow_and_the_journal_says_which_fields_and_not_a_word_of_what() -> None:
    user = a_member(first_name="Lee", last_name="Chosen", locale="en", version=7)

    change = renamed(an_identity_called("Leo", locale="fr"), user)

    assert change.users[0].before == user
    assert change.user == user.with_changes(now=NOW, first_name="Leo", locale="fr")
    [entry] = change.entries
    assert (entry.type, entry.account_id, entry.actor, entry.user_id, entry.at) == (
        "user.edited",
        user.account_id,
        user.user_id,
        user.user_id,
        NOW,
    )
    assert (entry.before, entry.after) == ({}, {"fields": ["first_name", "locale"]})
    assert change.mails == ()


@pytest.mark.parametrize("status", Status)
def test_only_who_has_access_or_is_blocked_follows(status: Status) -> None:
    changes = renamed(an_identity_called("Leo"), a_member(status))

    assert [change.after.first_name for change in changes.users] == (["Leo"] if status in FOLLOWS else [])


def test_a_user_who_is_called_so_already_is_left_alone() -> None:
    user = a_member(first_name="Leo", last_name="Chosen", locale="en")

    assert renamed(an_identity_called("Leo"), user).users == ()


def test_rename_to_the_same_names_changes_nothing() -> None:
    assert renamed(an_identity()) == ChangeSet()


def test_a_profile_that_was_never_saved_begins_with_what_is_given() -> None:
    assert profiles.updated_profile(an_identity(), {"signature": "Lee"}) == Profile(version=1, signature="Lee")


def test_a_profile_keeps_what_is_not_given_and_null_empties() -> None:
    before = Profile(version=3, signature="Lee", time_zone="Europe/Berlin", logo="x.png")

    after = profiles.updated_profile(an_identity(profile=before), {"signature": None, "time_zone": "Asia/Tokyo"})

    assert after == Profile(version=4, time_zone="Asia/Tokyo", logo="x.png")


@pytest.mark.parametrize("given", [{}, {"signature": "Lee"}, {"logo": None}])
def test_a_profile_that_says_the_same_is_the_same(given: dict[str, Any]) -> None:
    before = Profile(version=3, signature="Lee")

    assert profiles.updated_profile(an_identity(profile=before), given) == before


def test_a_profile_saved_empty_is_saved() -> None:
    assert profiles.updated_profile(an_identity(), {"phone": None}) == Profile(version=1)
