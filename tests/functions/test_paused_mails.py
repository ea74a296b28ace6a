"""An invitation's mail waits while its inviter is blocked or its account suspended, and leaves after (rule 35)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.domain.model.mails import MAX_ATTEMPTS
from shared.domain.model.values import iso
from shared.storage_schema import MAIL
from tests.factories import (
    ACCOUNT,
    BLOCK,
    BLOCK_IDENTITY,
    DEACTIVATE,
    RESUME,
    SUSPEND,
    UNBLOCK,
    UNBLOCK_IDENTITY,
    ActiveUser,
    a_user,
    an_operator,
    deliver_queued,
    invited,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call
from tests.functions.erasing import erase
from tests.functions.faults import captured_logs, log_lines
from tests.functions.mailing import PAST, mail_of, to_lee
from tests.functions.operating import invite_administrator
from tests.invoke import wake
from tests.table_edits import overdue, remind_now, set_in

HERE = (BLOCK, UNBLOCK)
EVERYWHERE = (BLOCK_IDENTITY, UNBLOCK_IDENTITY)


def asked(route: str, by: ActiveUser, person: ActiveUser) -> None:
    """Have an administrator, or an operator, do this to the person."""
    body = {"reason": "security"} if route == BLOCK else {}
    if route in EVERYWHERE:
        answer = call(route, caller=an_operator(), email=person.address, body=body)
    else:
        answer = call(route, caller=by.signed_in, account_id=ACCOUNT, user_id=person.user_id, body=body)
    assert answer.status == 200, answer.text


def staff(route: str) -> None:
    """Have an operator suspend or resume the account."""
    assert call(route, caller=an_operator(), account_id=ACCOUNT, body={}).status == 200


def invited_by_bea() -> tuple[ActiveUser, ActiveUser, dict[str, Any]]:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)
    deliver_queued()
    return ann, bea, invited(bea)


@pytest.mark.parametrize("routes", [HERE, EVERYWHERE], ids=["here", "everywhere"])
def test_the_mail_of_a_blocked_inviter_leaves_after_the_block(routes: tuple[str, str]) -> None:
    ann, bea, user = invited_by_bea()
    block, unblock = routes

    asked(block, ann, bea)
    deliver_queued()
    waiting = mail_of(user)["state"], len(to_lee())
    asked(unblock, ann, bea)
    set_in(MAIL, {"pk": mail_of(user)["pk"]}, due_at=PAST)
    wake("send_mail")

    assert waiting == ("retry", 0)
    assert (mail_of(user)["state"], len(to_lee())) == ("sent", 1)


def test_the_mail_of_a_blocked_operator_leaves_after_the_block() -> None:
    an_account()
    user = invite_administrator("lee@example.org").body
    other = an_operator("olaf@usher.example")

    call(BLOCK_IDENTITY, caller=other, email="operator@usher.example", body={})
    deliver_queued()
    waiting = mail_of(user)["state"], len(to_lee())
    call(UNBLOCK_IDENTITY, caller=other, email="operator@usher.example", body={})
    set_in(MAIL, {"pk": mail_of(user)["pk"]}, due_at=PAST)
    wake("send_mail")

    assert waiting == ("retry", 0)
    assert (mail_of(user)["state"], len(to_lee())) == ("sent", 1)


def test_nobody_is_reminded_of_the_invitation_of_an_operator_who_was_erased() -> None:
    an_account()
    user = invite_administrator("lee@example.org").body
    deliver_queued()

    assert erase("operator@usher.example", caller=an_operator("olaf@usher.example")).status == 200
    remind_now(user)
    wake("expire")
    deliver_queued()

    assert (mail_of(user, "reminder")["state"], len(to_lee())) == ("skipped", 1)


def test_the_mail_of_an_inviter_who_has_left_is_not_sent() -> None:
    ann, bea, user = invited_by_bea()

    asked(DEACTIVATE, ann, bea)
    deliver_queued()

    assert (mail_of(user)["state"], to_lee()) == ("skipped", [])


def test_the_mail_of_a_suspended_account_leaves_after_it_is_resumed() -> None:
    ann = an_account()
    deliver_queued()
    user = invited(ann)

    staff(SUSPEND)
    deliver_queued()
    waiting = mail_of(user)["state"], len(to_lee())
    staff(RESUME)
    set_in(MAIL, {"pk": mail_of(user)["pk"]}, due_at=PAST)
    wake("send_mail")

    assert waiting == ("retry", 0)
    assert (mail_of(user)["state"], len(to_lee())) == ("sent", 1)


def test_a_paused_mail_does_not_count_as_one_that_waits_for_ses() -> None:
    ann = an_account()
    deliver_queued()
    user = invited(ann)
    long_ago = iso(datetime.now(UTC) - timedelta(hours=2))
    set_in(MAIL, {"pk": mail_of(user)["pk"]}, queued_at=long_ago)

    staff(SUSPEND)
    with captured_logs() as waiting:
        deliver_queued()
    staff(RESUME)
    set_in(MAIL, {"pk": mail_of(user)["pk"]}, due_at=PAST)
    with captured_logs() as after:
        wake("send_mail")

    [paused], [sent] = log_lines(waiting, "mail"), log_lines(after, "mail")
    assert (paused["state"], paused["paused"], sent["state"], sent["paused"]) == ("retry", True, "sent", False)
    assert "waited_seconds" not in paused.keys() | sent.keys()


def test_a_mail_that_is_paused_to_the_end_fails_and_its_log_line_says_so() -> None:
    ann = an_account()
    deliver_queued()
    user = invited(ann)
    set_in(MAIL, {"pk": mail_of(user)["pk"]}, attempts=MAX_ATTEMPTS - 1)

    staff(SUSPEND)
    with captured_logs() as logs:
        deliver_queued()

    [line] = log_lines(logs, "mail")
    assert (mail_of(user)["state"], line["state"], line["paused"]) == ("failed", "failed", True)


def test_a_reminder_that_is_due_while_the_account_is_suspended_leaves_after_it_is_resumed() -> None:
    user = remind_now(invited(an_account()))
    before = len(to_lee())

    staff(SUSPEND)
    wake("expire")
    waiting = len(to_lee()) - before, mail_of(user, "reminder")["state"]
    staff(RESUME)
    set_in(MAIL, {"pk": mail_of(user, "reminder")["pk"]}, due_at=PAST)
    wake("send_mail")

    assert waiting == (0, "retry")
    assert (len(to_lee()) - before, mail_of(user, "reminder")["state"]) == (1, "sent")


def test_the_mail_of_a_suspended_account_is_not_sent_once_its_link_is_dead() -> None:
    ann = an_account()
    deliver_queued()
    user = invited(ann)

    staff(SUSPEND)
    overdue(user)
    deliver_queued()

    assert (mail_of(user)["state"], to_lee()) == ("skipped", [])
