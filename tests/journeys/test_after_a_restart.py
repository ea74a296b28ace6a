"""The stack is stopped and started again: what was stored is kept, and what it does by itself goes on."""

import re
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from infra.local.saved_state import read_saved_state
from tests.factories import PASSWORD
from tests.journeys.awaiting import NEXT_MINUTE_SECONDS, awaited
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import People
from tests.journeys.stack import LocalStack


def test_everything_is_there_and_goes_on(people: People, mailbox: Mailbox, stack: LocalStack) -> None:
    ann = people.an_account()
    user = people.invited(ann)
    token = mailbox.token_for(user)

    stack.stop()
    stack.start()

    assert people.seen(user, by=ann)["status"] == "invited"
    assert people.joined(user, token=token).address == user["email"]
    assert people.api.try_sign_in(ann.address, PASSWORD).status == 200
    assert mailbox.mails_to(user["email"])
    later = people.invited(ann)
    assert mailbox.token_for(later)


def test_a_killed_mailbox_comes_back_and_a_hanging_one_loses_no_mail(
    people: People, emulator: Emulator, mailbox: Mailbox, stack: LocalStack
) -> None:
    ann = people.an_account()
    zoe = people.invited(ann)
    mailbox.token_for(zoe)

    stack.signal("maildev", signal.SIGKILL)
    awaited(lambda: stack.log().count("the mailbox ended (SIGKILL) and is started again"), what="a new mailbox")
    awaited(mailbox.responds, what="the mailbox")
    awaited(lambda: mailbox.mails_to(zoe["email"]), what="the mails from before")

    stack.signal("maildev", signal.SIGSTOP)
    try:
        lee = people.invited(ann)
        awaited(lambda: [mail["state"] for mail in emulator.mails(lee, "invitation")] == ["retry"], what="a refusal")
        assert people.seen(lee, by=ann)["invitation"]["delivery"] == "queued"
    finally:
        stack.signal("maildev", signal.SIGCONT)

    emulator.queue_again(*emulator.mails(lee, "invitation"))
    awaited(lambda: mailbox.mails_to(lee["email"]), what="the mail", seconds=NEXT_MINUTE_SECONDS)
    assert len(mailbox.mails_to(lee["email"])) == 1


def test_a_killed_emulator_loses_little_and_nothing_is_sent_twice(
    people: People, mailbox: Mailbox, stack: LocalStack
) -> None:
    ann = people.an_account()
    lee = people.invited(ann)
    people.wait_until_sent(lee)
    sent = datetime.now(UTC)
    awaited(
        lambda: (read_saved_state(stack.file.parent / "state").at or sent) > sent,
        what="a save",
        seconds=NEXT_MINUTE_SECONDS,
    )
    late = people.invited(ann)
    mailbox.token_for(late)

    stack.signal("infra.local.emulator", signal.SIGKILL)
    awaited(lambda: not stack.is_running, what="the end of make up")
    assert re.search(r"stopped; the emulator ended without saving: kept is the data of \d\d:\d\d:\d\d", stack.log())
    stack.start()

    assert "of the last run, the emulator ended without saving" in stack.log()
    assert people.seen(lee, by=ann)["status"] == "invited"
    assert people.api.try_sign_in(ann.address, PASSWORD).status == 200
    later = people.invited(ann)
    assert mailbox.token_for(later)
    assert len(mailbox.mails_to(lee["email"])) == 1


def test_an_erasure_that_is_killed_is_finished_when_it_is_asked_for_again(people: People, stack: LocalStack) -> None:
    ann = people.an_account()
    lee = people.a_user(ann)
    path = f"/v1/operator/identities/{lee.address}/erase"
    operator = people.operator_token()
    saved = datetime.now(UTC)
    awaited(lambda: (read_saved_state(stack.file.parent / "state").at or saved) > saved, what="a save")

    with ThreadPoolExecutor() as threads:
        asked = threads.submit(people.api.post, path, {}, token=operator)
        awaited(lambda: people.seen(lee, by=ann)["status"] != "active", what="the erasure to begin")
        _kill_and_start(stack)
        asked.exception()

    again = people.api.post(path, {}, token=operator)
    assert again.status in {200, 202}, again.text
    awaited(lambda: people.api.try_sign_in(lee.address, PASSWORD).status == 400, what="the end of the sign-in")
    assert people.invited(ann, lee.address)["user_id"] != lee.user_id


def test_a_killed_stack_leaves_no_description_behind_and_saves(people: People, stack: LocalStack) -> None:
    ann = people.an_account()
    lee = people.invited(ann)

    stack.signal("infra.local.up", signal.SIGKILL)
    awaited(lambda: not stack.is_running, what="its end")

    awaited(lambda: not stack.file.exists(), what="the end of stack.json")
    stack.start()
    assert people.seen(lee, by=ann)["status"] == "invited"


def _kill_and_start(stack: LocalStack) -> None:
    stack.signal("infra.local.emulator", signal.SIGKILL)
    awaited(lambda: not stack.is_running, what="the end of make up")
    stack.start()
