import json
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.commands import declining, delivery_status, editing, invitation_deadlines, invitations, membership
from shared.domain.model.fields import Phone
from shared.domain.model.invitees import Invitee
from shared.domain.model.users import Status
from shared.domain.model.values import iso
from shared.domain.policy import journal
from shared.domain.policy.authorization import CLOCK, Actor
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.journal import EntryType
from shared.domain.policy.state_machine import UserAction
from tests.domain_factories import (
    ANN_ID,
    LEE_ID,
    MILLISECOND,
    NOW,
    WEEK,
    a_context,
    a_link,
    a_mail,
    a_member,
    a_snapshot,
    accepting,
    an_invited,
    coming_back,
    the_account,
)

PERSONAL: dict[str, Any] = {"first_name": "Canaria", "last_name": "Gelbvogel", "email": "canaria@gelbvogel.example"}
PHONE = Phone(country_code="+44", number="2079460000")
FACTS = {
    "fields",
    "status",
    "kind",
    "admin",
    "groups",
    "permissions",
    "generation",
    "expires_at",
    "invited_by",
    "delivery",
    "reason",
    "left_teams",
}


def changes() -> list[ChangeSet]:
    """One of each context, about someone whose data would be known again."""
    invitee = Invitee(
        **PERSONAL, phone=PHONE, message="Canarymessage", groups=("everyone",), notify=("c@gelb.example",)
    )
    invited = a_member(Status.INVITED, **PERSONAL, phone=PHONE, message="Canarymessage")
    active = invited.model_copy(update={"status": Status.ACTIVE, "joined_at": NOW})
    at_the_end = a_member(Status.INVITED, **PERSONAL, expires_at=NOW)
    two_days_before = a_member(Status.INVITED, **PERSONAL, expires_at=NOW + timedelta(days=2))
    return [
        invitations.invite(a_snapshot(), invitee),
        invitations.invite(a_snapshot(a_member(Status.DECLINED)), invitee),
        accepting(
            an_invited(invited),
            phone=PHONE,
            first_name="Canaria",
            last_name="Gelbvogel",
            security_answer="Canaryanswer",
        ),
        changed(invitation_deadlines.apply_deadline(at_the_end, context=a_context(CLOCK))),
        delivery_status.apply_delivery_event(invited, "bounced", mail=a_mail(), context=a_context(CLOCK)),
        membership.deactivate(a_snapshot(active)),
        changed(invitation_deadlines.apply_deadline(two_days_before, context=a_context(CLOCK))),
        invitations.resend(a_snapshot(invited)),
        invitations.copy_link(a_snapshot(invited))[1],
        invitations.revoke(a_snapshot(invited)),
        editing.edit(
            a_snapshot(invited),
            changes={"first_name": "Canara", "phone": None},
            seen_version=None,
            product_name="Usher",
        ),
        declining.decline(an_invited(invited), a_link()),
        declining.request_new_link(an_invited(at_the_end), a_link()),
        coming_back(active.model_copy(update={"status": Status.INACTIVE})),
        membership.remove(a_snapshot(active)),
        membership.block(a_snapshot(active), reason="security"),
        membership.unblock(a_snapshot(active.model_copy(update={"status": Status.BLOCKED}))),
    ]


def changed(change: ChangeSet | None) -> ChangeSet:
    assert change
    return change


def test_an_entry_holds_facts_and_never_a_persons_data() -> None:
    entries = [entry for change in changes() for entry in change.entries]

    told = json.dumps([entry.model_dump(mode="json") for entry in entries]).casefold()

    assert {fact for entry in entries for fact in (*entry.before, *entry.after)} <= FACTS
    for personal in ("canar", "gelbvogel", "2079460000", "scrypt", "sub-1"):
        assert personal not in told


def test_every_change_has_one_entry_about_its_user() -> None:
    entries = [[(entry.account_id, entry.user_id, entry.at) for entry in change.entries] for change in changes()]

    assert entries == [[("ab123", LEE_ID, NOW)]] * len(entries)


def test_a_first_invitation_is_told_whole() -> None:
    change = changes()[0]

    [entry] = change.entries

    assert (entry.type, entry.actor, entry.before) == ("user.invited", ANN_ID, {})
    assert entry.after == {
        "status": "invited",
        "kind": "user",
        "admin": False,
        "groups": ["everyone"],
        "permissions": {"allow": [], "deny": []},
        "generation": 1,
        "expires_at": iso(NOW + WEEK),
        "invited_by": ANN_ID,
    }


@pytest.mark.parametrize(
    ("position", "kind", "before", "after"),
    [
        (2, "user.joined", {"status": "invited"}, {"status": "active"}),
        (3, "invitation.expired", {"status": "invited"}, {"status": "expired"}),
        (4, "invitation.delivery_changed", {"delivery": "sent"}, {"delivery": "bounced"}),
        (5, "user.deactivated", {"status": "active"}, {"status": "inactive"}),
        (6, "invitation.reminded", {}, {"generation": 1}),
        (
            7,
            "invitation.resent",
            {"generation": 1, "expires_at": iso(NOW + timedelta(days=6))},
            {"generation": 2, "expires_at": iso(NOW + WEEK)},
        ),
        (8, "invitation.link_copied", {}, {"generation": 1}),
        (9, "invitation.revoked", {"status": "invited"}, {"status": "removed"}),
        (10, "user.edited", {}, {"fields": ["first_name", "phone"]}),
        (11, "invitation.declined", {"status": "invited"}, {"status": "declined"}),
        (12, "invitation.new_link_requested", {}, {"generation": 1}),
        (13, "user.reactivated", {"status": "inactive"}, {"status": "active"}),
        (14, "user.removed", {"status": "active"}, {"status": "removed"}),
    ],
)
def test_an_entry_tells_what_was_and_what_became_of_it_alone(
    position: int, kind: str, before: object, after: object
) -> None:
    [entry] = changes()[position].entries

    assert (entry.type, entry.before, entry.after) == (kind, before, after)


def test_an_account_that_is_opened_is_the_first_entry() -> None:
    operator = Actor.operator("olga")

    entry = journal.account_created_entry(the_account(seats=7), context=a_context(operator))

    assert (entry.type, entry.user_id, entry.actor) == ("account.created", None, "operator:olga")
    assert entry.after == {"name": "Northwind", "seats": 7}


def entry_id(
    *, operation: str = "operation-1", kind: EntryType = "user.joined", user_id: str = LEE_ID, at: int = 0
) -> str:
    context = a_context(operation=operation, now=NOW + at * MILLISECOND)
    after = a_member(user_id=user_id)
    return journal.user_entry(kind, before=None, after=after, context=context).entry_id


def test_the_same_operation_tried_again_writes_the_same_entry() -> None:
    ids = {entry_id(), entry_id()}
    others = {entry_id(operation="operation-2"), entry_id(kind="user.deactivated"), entry_id(user_id=ANN_ID)}

    assert len(ids) == 1
    assert len(ids | others) == 4


def test_entries_sort_by_time() -> None:
    ids = [entry_id(at=at) for at in (0, 1, 999, 1000, 60_000, 86_400_000)]

    assert ids == sorted(ids)
    assert ids[0].startswith("2026-11-21T12:00:00.000Z-")


def test_every_type_of_entry_is_written_by_some_command() -> None:
    operator = Actor.operator("olga")
    invitee = Invitee(**PERSONAL, admin=True)
    invited_again = invitations.invite(
        a_snapshot(a_member(Status.INVITED), by=operator), invitee, action=UserAction.INVITE_AGAIN
    )

    written = {change.entries[0].type for change in [*changes(), invited_again]} | {
        *("account.created", "account.suspended", "account.resumed"),
        "settings.changed",
        *(
            "seats.requested",
            "seats.approved",
            "seats.denied",
            "seats.returned",
            "seats.set",
        ),  # tests/domain/test_seats.py
        *("identity.blocked", "identity.unblocked"),  # tests/functions/test_identities.py
        *("group.created", "group.edited", "group.deleted"),
        "partner.left",  # tests/functions/test_leave.py
        "partner.certification_withdrawn",  # tests/functions/test_report_withdrawals.py
        *("team.created", "team.edited", "team.deleted"),  # About no user.
        "user.erased",  # tests/functions/test_erase_identity.py
        "identity.recovery_sent",  # tests/functions/test_help_recovery.py
        *("records.moved", "record.removed"),  # tests/functions/test_hand_over.py
    }

    assert written == set(EntryType.__args__)  # type: ignore[attr-defined]
