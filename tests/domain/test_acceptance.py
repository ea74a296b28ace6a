from typing import Any

import pytest

from shared.domain.commands import acceptance, declining, invitation_deadlines
from shared.domain.model import errors
from shared.domain.model.fields import Phone
from shared.domain.model.groups import Group, Groups
from shared.domain.model.invitation_tokens import Channel
from shared.domain.model.users import Status, User
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.principals import Person
from tests.domain_factories import (
    ANN_ID,
    LEE_ID,
    MILLISECOND,
    NOW,
    a_context,
    a_link,
    a_member,
    accepting,
    an_admin,
    an_identity,
    an_invited,
    joining,
    some_groups,
)


def reason(user: User, *, generation: int = 1, inviter: User | None = None, groups: Groups | None = None) -> object:
    """Why the link is dead; None if it is open."""
    invited = an_invited(user, inviter=inviter, groups=groups)
    try:
        acceptance.require_usable(invited, a_link(generation=generation))
    except errors.Refusal as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize(
    ("user", "generation", "expected"),
    [
        (a_member(Status.INVITED), 1, None),
        (a_member(Status.INVITED, generation=2), 1, errors.InvitationReplaced),
        (a_member(Status.INVITED, generation=2), 3, errors.InvitationReplaced),
        (a_member(Status.EXPIRED, generation=2), 1, errors.InvitationReplaced),
        (a_member(Status.DECLINED, generation=2), 1, errors.InvitationReplaced),
        (a_member(Status.REMOVED), 1, errors.InvitationRevoked),
        (a_member(Status.DECLINED), 1, errors.InvitationDeclined),
        (a_member(Status.EXPIRED), 1, errors.InvitationExpired),
        (a_member(Status.INVITED, expires_at=NOW), 1, errors.InvitationExpired),
        (a_member(Status.INVITED, expires_at=NOW + MILLISECOND), 1, None),
        (a_member(Status.ACTIVE), 1, errors.InvitationAccepted),
        (a_member(Status.ACTIVE, generation=2), 1, errors.InvitationAccepted),
        (a_member(Status.INACTIVE), 1, errors.InvitationAccepted),
        (a_member(Status.BLOCKED), 1, errors.InvitationAccepted),
        (a_member(Status.REMOVED, joined_at=NOW), 1, errors.InvitationAccepted),
    ],
)
def test_a_dead_link_says_what_became_of_it(user: User, generation: int, expected: object) -> None:
    found = reason(user, generation=generation)

    assert found is expected


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ACTIVE])
def test_a_link_is_dead_once_its_inviter_is_no_longer_active(status: Status) -> None:
    found = reason(a_member(Status.INVITED), inviter=an_admin(ANN_ID, status=status))

    assert found is errors.InvitationRevoked


@pytest.mark.parametrize(
    ("invited", "inviter", "expected"),
    [
        ({}, {"allow": ("users.invite",)}, None),
        ({}, {"allow": ()}, errors.InvitationRevoked),
        ({}, {"deny": ("users.invite",)}, errors.InvitationRevoked),
        ({"admin": True}, {"allow": ("users.invite",)}, errors.InvitationRevoked),
        ({"allow": ("contacts.delete",)}, {"allow": ("users.invite",)}, errors.InvitationRevoked),
        ({"allow": ("contacts.delete",)}, {"allow": ("users.invite", "contacts.delete")}, None),
        ({"groups": ("closers",)}, {"allow": ("users.invite",)}, errors.InvitationRevoked),
        ({"groups": ("closers",)}, {"allow": ("users.invite", "contacts.delete")}, None),
    ],
)
def test_a_link_is_dead_once_its_inviter_could_not_give_what_it_gives(
    invited: dict[str, Any], inviter: dict[str, Any], expected: object
) -> None:
    user = a_member(Status.INVITED, **invited)
    groups = some_groups(Group(group_id="closers", name="Closers", permissions=("contacts.delete",)))

    found = reason(user, inviter=a_member(user_id=ANN_ID, **inviter), groups=groups)

    assert found is expected


@pytest.mark.parametrize(
    ("identity", "user", "generation"),
    [
        ({}, a_member(Status.INVITED), 1),
        ({}, a_member(Status.INVITED, generation=4), 4),
        ({"proven": False, "home_account": "ab123"}, a_member(Status.INVITED), None),
        ({}, a_member(Status.EXPIRED), None),
        ({}, a_member(Status.REMOVED), None),
        ({}, a_member(Status.ACTIVE), None),
        (None, a_member(Status.INVITED), None),
    ],
)
def test_only_who_could_join_has_a_link_of_their_own(
    identity: dict[str, Any] | None, user: User, generation: int | None
) -> None:
    known = None if identity is None else an_identity(**identity)

    link = acceptance.own_link(an_invited(user, identity=known))

    assert link == (None if generation is None else a_link(Channel.COPIED, generation=generation))


def test_a_link_is_dead_whose_inviter_is_gone_or_an_operator_who_is_gone_or_blocked() -> None:
    ours = an_invited(a_member(Status.INVITED))
    operators = an_invited(a_member(Status.INVITED, invited_by="operator:olga", admin=True))
    dead = [
        ours._replace(snapshot=ours.snapshot._replace(authorizing_user=None)),
        operators._replace(operator=None),
        operators._replace(operator=an_identity(blocked=True)),
    ]

    for each in dead:
        with pytest.raises(errors.InvitationRevoked):
            acceptance.require_usable(each, a_link())

    acceptance.require_usable(operators._replace(snapshot=dead[0].snapshot), a_link())


@pytest.mark.parametrize(
    ("user", "generation", "expected"),
    [
        (a_member(Status.ACTIVE), 1, True),
        (a_member(Status.ACTIVE, generation=2), 1, False),
        (a_member(Status.INVITED), 1, False),
        (a_member(Status.INACTIVE), 1, False),
        (a_member(Status.BLOCKED), 1, False),
    ],
)
def test_a_link_was_accepted_if_its_own_generation_is_the_one_that_joined(
    user: User, generation: int, expected: bool
) -> None:
    invited = an_invited(user)

    found = acceptance.was_accepted_with(invited, a_link(generation=generation))

    assert found is expected


def test_someone_who_joins_bears_the_names_of_their_identity() -> None:
    user = a_member(Status.INVITED, phone=Phone(country_code="+44", number="2079460000"))

    change = joining(an_invited(user))

    expected = {
        "status": Status.ACTIVE,
        "first_name": "Lee",
        "last_name": "Chosen",
        "joined_at": NOW,
        "last_seen_at": NOW,
        "updated_at": NOW,
        "version": user.version + 1,
    }
    assert change.user == user.model_copy(update=expected)
    assert [entry.type for entry in change.entries] == ["user.joined"]
    assert [(mail.kind, mail.to_user) for mail in change.mails] == [("account_information", LEE_ID), ("joined", ANN_ID)]


def test_a_phone_that_the_invitee_gives_is_theirs() -> None:
    user = a_member(Status.INVITED, phone=Phone(country_code="+44", number="2079460000"))
    own = Phone(country_code="+49", number="301234567")

    after = accepting(an_invited(user), phone=own).user

    assert after.phone == own


def test_staff_hear_of_an_operators_invitation_that_expires_but_of_no_joining() -> None:
    user = a_member(Status.INVITED, invited_by="operator:olga")
    ended = user.invitation.model_copy(update={"expires_at": NOW})

    joined = joining(an_invited(user))
    expired = invitation_deadlines.apply_deadline(
        user.model_copy(update={"invitation": ended}), context=a_context(CLOCK)
    )

    assert [mail.kind for mail in joined.mails] == ["account_information"]
    assert expired
    assert [(mail.kind, mail.recipient.type, mail.payload) for mail in expired.mails] == [
        ("staff_notice", "staff", {"happened": "expired"})
    ]


def test_the_inviter_is_told_of_an_expiry() -> None:
    change = invitation_deadlines.apply_deadline(a_member(Status.INVITED, expires_at=NOW), context=a_context(CLOCK))

    assert change
    assert [(mail.kind, mail.to_user, mail.user_id) for mail in change.mails] == [("expired", ANN_ID, LEE_ID)]
    assert [(entry.type, entry.actor) for entry in change.entries] == [("invitation.expired", "clock")]


# ---- rule 15: whether an ID may be created, and which one joins ----

HERE, ELSEWHERE = "ab123", "zz999"


@pytest.mark.parametrize(
    ("identity", "mailed", "copied"),
    [
        (None, None, None),
        (an_identity(sub=None, proven=False), None, None),
        (an_identity(proven=False, home_account=HERE), None, errors.IdentityExists),
        (an_identity(proven=False, home_account=ELSEWHERE), None, errors.IdentityExists),
        (an_identity(), errors.IdentityExists, errors.IdentityExists),
        (an_identity(proven=False, home_account=HERE, blocked=True), errors.IdentityExists, errors.IdentityExists),
        (an_identity(proven=False, home_account=ELSEWHERE, blocked=True), errors.IdentityExists, errors.IdentityExists),
    ],
)
def test_an_unproven_identity_gives_way_to_someone_who_reads_the_mailbox(
    identity: Any, mailed: object, copied: object
) -> None:
    found: list[object] = []

    for channel in (Channel.MAILED, Channel.COPIED):
        try:
            acceptance.require_can_create_identity(an_invited(identity=identity), a_link(channel))
            found.append(None)
        except errors.Refusal as refusal:
            found.append(type(refusal))

    assert found == [mailed, copied]


@pytest.mark.parametrize(
    ("identity", "username", "expected"),
    [
        (an_identity(), "lee@example.org", None),
        (an_identity(), "bea@example.org", errors.WrongIdentity),
        (None, "bea@example.org", errors.WrongIdentity),
        (None, "lee@example.org", errors.Unauthorized),
        (an_identity(sub="sub-2"), "lee@example.org", errors.Unauthorized),
        (an_identity(blocked=True), "lee@example.org", errors.Unauthorized),
        (an_identity(proven=False, home_account=HERE), "lee@example.org", None),
        (an_identity(proven=False, home_account=ELSEWHERE), "lee@example.org", errors.MailboxNotProven),
        (an_identity(proven=False, home_account=None), "lee@example.org", errors.MailboxNotProven),
        (an_identity(proven=False, home_account=ELSEWHERE), "bea@example.org", errors.WrongIdentity),
    ],
)
def test_only_the_invited_identity_joins_and_only_where_it_works(
    identity: Any, username: str, expected: object
) -> None:
    invited = an_invited(identity=identity)

    try:
        found: object = None
        assert acceptance.require_invited_identity(invited, a_link(), Person(username, "sub-1")) is identity
    except errors.Refusal as refusal:
        found = type(refusal)

    assert found is expected


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        (a_member(Status.INVITED), errors.InvitationRevoked),
        (a_member(Status.INVITED, expires_at=NOW), errors.InvitationRevoked),
        (a_member(Status.EXPIRED), errors.InvitationRevoked),
        (a_member(Status.DECLINED), errors.InvitationDeclined),
        (a_member(Status.ACTIVE), errors.InvitationAccepted),
        (a_member(Status.EXPIRED, generation=2), errors.InvitationReplaced),
    ],
)
def test_no_link_of_a_suspended_account_works_or_is_exchanged_for_another(
    user: User, expected: type[errors.Refusal]
) -> None:
    invited = an_invited(user)
    suspended = invited.snapshot.account.model_copy(update={"status": "suspended"})
    invited = invited._replace(snapshot=invited.snapshot._replace(account=suspended))

    with pytest.raises(expected):
        acceptance.require_usable(invited, a_link())
    with pytest.raises(expected):
        declining.request_new_link(invited, a_link())
