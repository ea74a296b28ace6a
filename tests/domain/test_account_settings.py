from typing import Any

import pytest

from shared.domain.commands import account_settings
from shared.domain.model import errors
from shared.domain.policy.changes import ChangeSet
from tests.domain_factories import BEA_ID, a_member, a_snapshot, the_account


def changed(**changes: Any) -> ChangeSet:
    return account_settings.change(a_snapshot(account=the_account(locale="de")), changes=changes)


def test_what_is_given_changes_and_the_journal_tells_it() -> None:
    change = changed(invite_profile="simple", default_group="everyone", locale="de")

    assert change.account
    before, after = change.account.before, change.account.after
    assert before
    assert after.settings_version == before.settings_version + 1
    assert after.settings == before.settings.model_copy(
        update={"invite_profile": "simple", "default_group": "everyone"}
    )
    [entry] = change.entries
    assert (entry.type, entry.user_id) == ("settings.changed", None)
    assert entry.before == {"invite_profile": "full", "default_group": None}
    assert entry.after == {"invite_profile": "simple", "default_group": "everyone"}


@pytest.mark.parametrize("changes", [{}, {"locale": "de"}, {"default_group": None}])
def test_what_changes_nothing_is_not_told(changes: dict[str, Any]) -> None:
    assert changed(**changes) == ChangeSet()


@pytest.mark.parametrize("group_id", ["nowhere", "administrators"])
def test_only_an_ordinary_group_of_the_account_is_the_usual_one(group_id: str) -> None:
    with pytest.raises(errors.InvalidRequest) as refused:
        changed(default_group=group_id)

    assert [error["field"] for error in refused.value.details["errors"]] == ["default_group"]  # type: ignore[attr-defined]


def test_only_administrators_decide() -> None:
    snapshot = a_snapshot(by=a_member(user_id=BEA_ID, allow=("admin.settings", "users.invite")))

    with pytest.raises(errors.NotAllowed):
        account_settings.change(snapshot, changes={"locale": "fr"})
