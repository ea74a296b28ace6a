"""Who may do what (rules 28, 31 and 32)."""

from typing import Any

import pytest

from shared.domain.model import errors
from shared.domain.model.groups import EVERYONE
from shared.domain.model.users import Status, User
from shared.domain.policy import evaluation
from shared.domain.policy.authorization import Actor
from shared.domain.policy.evaluation import Question, Reason, Resource
from shared.domain.policy.snapshot import Snapshot
from tests.domain_factories import ACCOUNT_ID, ANN_ID, BEA_ID, LEE_ID, NOW, a_member, a_snapshot, an_admin

KIM = "k" * 26
HOST = Actor.host("crm")
THE_ACCOUNT = Resource("account", ACCOUNT_ID)


def people(*users: User) -> Snapshot:
    return a_snapshot(by=HOST)._replace(users={user.user_id: user for user in users})


def record(owner_id: str | None = LEE_ID, kind: str = "contact") -> Resource:
    return Resource(kind, "r-1", owner_id)


def reason_of(subject: User | None, action: str, resource: Resource, *others: User) -> Reason:
    known = [*others, *([subject] if subject else [])]
    return evaluation.evaluate(subject, action, resource, people(a_member(), *known))


def a_user(*allow: str, user_id: str = LEE_ID, deny: tuple[str, ...] = (), **changes: Any) -> User:
    return a_member(user_id=user_id, groups=(), allow=allow, deny=deny, **changes)


@pytest.mark.parametrize(
    ("subject", "action", "resource", "reason"),
    [
        (an_admin(), "users.invite", THE_ACCOUNT, "admin"),
        (a_user("users.invite"), "users.invite", THE_ACCOUNT, "permission"),
        (a_user("users.invite", deny=("users.invite",)), "users.invite", THE_ACCOUNT, "permission_missing"),
        (a_user(), "users.invite", THE_ACCOUNT, "permission_missing"),
        (a_member(groups=(EVERYONE,)), "users.view", THE_ACCOUNT, "permission"),
        (an_admin(), "users.view", Resource("account", "zz999"), "unknown_resource"),
        (an_admin(), "users.fly", THE_ACCOUNT, "unknown_action"),
        (None, "users.view", THE_ACCOUNT, "subject_not_found"),
        (an_admin(), "users.view", record(), "unknown_resource"),
        (an_admin(), "contacts.view", record(kind="invoice"), "unknown_resource"),
        (an_admin(), "contacts.view", record(None), "unknown_resource"),
        (an_admin(), "tasks.view", record(), "unknown_resource"),
        (an_admin(), "tasks.view", record(kind="task"), "admin"),
        (an_admin(), "contacts.edit", record(ANN_ID), "owner"),
        (a_user("contacts.view"), "contacts.view", record(), "owner"),
        (a_user(), "contacts.view", record(), "permission_missing"),
        (a_user("contacts.view"), "contacts.edit", record(), "permission_missing"),
        (a_user("contacts.view", user_id=BEA_ID), "contacts.view", record(), "record_of_others"),
        (a_user("contacts.view_all", user_id=BEA_ID), "contacts.view", record(), "permission"),
        (a_user("contacts.view_all", user_id=BEA_ID), "contacts.view_all", record(), "permission"),
        (a_user("contacts.view_all", user_id=BEA_ID), "contacts.edit", record(), "permission_missing"),
        (
            a_user("contacts.view_all", user_id=BEA_ID, deny=("contacts.view",)),
            "contacts.view",
            record(),
            "permission_missing",
        ),
        (a_user("contacts.delete", user_id=BEA_ID), "contacts.delete", record(), "record_of_others"),
        (a_user("contacts.delete", "contacts.view_all", user_id=BEA_ID), "contacts.delete", record(), "permission"),
        (an_admin(), "contacts.view", record("nobody"), "unknown_resource"),
        (an_admin(), "contacts.view", record(""), "unknown_resource"),
        (a_user("contacts.view_all", user_id=BEA_ID), "contacts.view", record("nobody"), "unknown_resource"),
        (a_user("contacts.view", user_id=BEA_ID), "contacts.view", record("nobody"), "unknown_resource"),
    ],
)
def test_reasons(subject: User | None, action: str, resource: Resource, reason: Reason) -> None:
    assert reason_of(subject, action, resource) == reason


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ACTIVE])
def test_only_active_subjects_may_do_anything(status: Status) -> None:
    subject = a_user("contacts.view_all", status=status)

    assert reason_of(subject, "contacts.view", record()) == "subject_not_active"


@pytest.mark.parametrize(
    ("manager", "owner", "reason"),
    [
        ({"manages_teams": ("t1",)}, {"member_of_teams": ("t1",)}, "team_manager"),
        ({"manages_teams": ("t1", "t2")}, {"member_of_teams": ("t3", "t2")}, "team_manager"),
        ({"manages_teams": ("t1",)}, {"member_of_teams": ("t2",)}, "record_of_others"),
        ({"manages_teams": ("t1",)}, {"manages_teams": ("t1",)}, "record_of_others"),
        ({"member_of_teams": ("t1",)}, {"member_of_teams": ("t1",)}, "record_of_others"),
        ({"manages_teams": ("t1",)}, {"member_of_teams": ("t1",), "status": Status.BLOCKED}, "record_of_others"),
    ],
)
def test_managers_reach_the_records_of_their_teams_users(
    manager: dict[str, Any], owner: dict[str, Any], reason: Reason
) -> None:
    bea = a_user("contacts.view", user_id=BEA_ID, **manager)

    assert reason_of(bea, "contacts.view", record(), a_user(**owner)) == reason
    assert reason_of(bea, "contacts.edit", record(), a_user(**owner)) == "permission_missing"


@pytest.mark.parametrize("left", [{"status": Status.INACTIVE}, {"status": Status.REMOVED, "erased_at": NOW}])
def test_records_of_someone_who_has_left_are_reached_as_before(left: dict[str, Any]) -> None:
    owner = a_member(user_id=KIM, **left)
    auditor = a_user("contacts.view_all", user_id=BEA_ID)

    reasons = [reason_of(each, "contacts.view", record(KIM), owner) for each in (an_admin(), auditor)]

    assert reasons == ["admin", "permission"]


def test_questions_are_answered_in_order_until_one_ends_them() -> None:
    lee = a_user("users.view", identity_id="j" * 26)
    questions = [
        Question("user", LEE_ID, "users.view", THE_ACCOUNT),
        Question("identity", "j" * 26, "users.invite", THE_ACCOUNT),
        Question("user", KIM, "users.view", THE_ACCOUNT),
        Question("identity", "j" * 26, "users.view", THE_ACCOUNT),
    ]
    reasons = ["permission", "permission_missing", "subject_not_found", "permission"]

    def answer(stops_at: bool | None) -> list[Reason]:
        return evaluation.answer(people(lee), questions, stops_at=stops_at)

    assert (answer(None), answer(False), answer(True)) == (reasons, reasons[:2], reasons[:1])  # noqa: FBT003


def test_people_ask_about_themselves_only() -> None:
    lee, kim = a_user(), a_user(user_id=KIM, identity_id="j" * 26)
    snapshot = people(lee, kim)._replace(actor=Actor.of(lee, a_snapshot().groups))

    assert evaluation.answer(snapshot, [Question("user", LEE_ID, "users.view", THE_ACCOUNT)], stops_at=None)
    for subject in (("user", KIM), ("identity", "j" * 26), ("user", "n" * 26)):
        with pytest.raises(errors.NotAllowed):
            evaluation.answer(snapshot, [Question(*subject, "users.view", THE_ACCOUNT)], stops_at=None)
