from typing import Any

import pytest

from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.profile_store import open_profile_store
from shared.domain.model import errors
from shared.domain.model.identities import Identity, Profile
from shared.domain.policy.changes import ChangeSet, IdentityChange
from shared.domain.policy.snapshot import CommitBasis
from shared.storage_schema import IDENTITIES
from tests import aws_fixture
from tests.domain_factories import NOW, an_identity
from tests.table_edits import set_in

SAVED = Profile(version=1, signature="Lee")
AGAIN = Profile(version=2, signature="Lee Chosen")
STORED = {"sub": "sub-1", "proven": True, "blocked": False}


def stored(identity: Identity, **became: Any) -> None:
    profile = identity.profile.model_dump(mode="json") if identity.profile else None
    set_in(IDENTITIES, {"pk": identity.identity_id}, **(STORED | {"profile": profile} | became))


@pytest.mark.parametrize(("read", "next_one"), [(None, SAVED), (SAVED, AGAIN)])
def test_a_profile_is_saved_over_the_one_that_was_read(read: Profile | None, next_one: Profile) -> None:
    identity = an_identity(profile=read)
    stored(identity)

    open_profile_store().save_profile(identity, next_one)

    [row] = aws_fixture.items(IDENTITIES)
    assert Profile.model_validate(row["profile"]) == next_one


@pytest.mark.parametrize(
    ("read", "became"),
    [
        (None, {"sub": "sub-2"}),
        (None, {"proven": False}),
        (None, {"blocked": True}),
        (None, {"profile": SAVED.model_dump(mode="json")}),
        (SAVED, {"profile": (SAVED.model_copy(update={"version": 2})).model_dump(mode="json")}),
    ],
    ids=["another sign-in", "another holder", "blocked", "saved for the first time", "saved again"],
)
def test_a_profile_is_not_saved_over_what_has_changed_since_it_was_read(
    read: Profile | None, became: dict[str, Any]
) -> None:
    identity = an_identity(profile=read)
    stored(identity, **became)
    [before] = aws_fixture.items(IDENTITIES)

    with pytest.raises(errors.StaleRead):
        open_profile_store().save_profile(identity, AGAIN)

    assert aws_fixture.items(IDENTITIES) == [before]


@pytest.mark.parametrize("reason", ["joined", "renamed", "signed_out"])
@pytest.mark.parametrize(
    "became",
    [{"sub": "sub-2"}, {"proven": False}, {"blocked": True}],
    ids=["another sign-in", "another holder", "blocked"],
)
def test_an_identity_that_has_changed_since_it_was_read_is_not_written(reason: Any, became: dict[str, Any]) -> None:
    identity = an_identity(accounts={"ab123"}, sessions_since=NOW)
    names = {name: getattr(identity, name) for name in ("first_name", "last_name", "locale")}
    stored(identity, **names, **became)
    [before] = aws_fixture.items(IDENTITIES)

    with pytest.raises(errors.StaleRead):
        open_committer().commit(
            ChangeSet(identity=IdentityChange(identity, identity, reason)), CommitBasis("operation-1", NOW), answer=None
        )

    assert aws_fixture.items(IDENTITIES) == [before]
