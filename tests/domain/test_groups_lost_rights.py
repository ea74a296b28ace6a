"""When a change of groups may orphan invitations (rule 1)."""

import pytest

from shared.domain.model.groups import EVERYONE, Group, Groups
from tests.domain_factories import NOW, some_groups


def groups(*permissions: str) -> Groups:
    return some_groups(Group(group_id="sales", name="Sales", permissions=permissions))


@pytest.mark.parametrize(
    ("before", "after", "is_marked"),
    [
        (groups("a", "b"), groups("a"), True),
        (groups("a"), groups("b"), True),
        (groups("a"), groups("a", "b"), False),
        (groups("a"), groups("a"), False),
        (groups("a"), some_groups(), False),
        (some_groups(), groups("a"), False),
    ],
)
def test_groups_that_give_less_are_marked(before: Groups, after: Groups, is_marked: object) -> None:
    marked = after.marked_for_revocations(before, now=NOW)

    assert (marked.lost_rights_at == NOW) is is_marked
    assert EVERYONE in marked.groups
