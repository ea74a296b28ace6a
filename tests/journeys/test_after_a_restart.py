"""The stack is stopped and started again: what was stored is kept, and what it does by itself goes on."""

import re
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from infra.local.saved_state import read_saved_state
from tests.factories import PASSWORD
from tests.journeys.awaiting import NEXT_MINUTE_SECONDS, awaited
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Member, People
from tests.journeys.stack import LocalStack

MOVED_RECORDS = 1_500


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


def test_a_killed_emulator_neither_loses_nor_repeats_a_move_of_records(people: People, stack: LocalStack) -> None:
    ann = people.an_account()
    lee, kim = people.a_user(ann), people.a_user(ann)
    for first in range(0, MOVED_RECORDS, 100):
        records = [
            {"type": "contact", "record_id": f"c-{number}", "owner_id": lee.user_id, "title": f"Title of {number}"}
            for number in range(first, first + 100)
        ]
        stored = people.api.post(ann.path("/records/batch"), {"records": records}, token=ann.token)
        assert stored.status == 200, stored.text
    left = people.api.post(ann.path(f"/users/{lee.user_id}/deactivate"), {"reassign_to": kim.user_id}, token=ann.token)
    assert left.status == 200, left.text
    moves, job_id = [kim, ann], left.body["last_job_id"]
    while not _saved_meanwhile(people, ann, job_id, stack):
        moves.reverse()
        body = {"from": moves[1].user_id, "to": moves[0].user_id, "types": ["contact"]}
        moved_on = people.api.post(ann.path("/records/reassign"), body, token=ann.token)
        assert moved_on.status == 202, moved_on.text
        job_id = moved_on.body["job_id"]
    _kill_and_start(stack)

    assert people.seen(lee, by=ann)["status"] == "inactive"
    assert _job(people, ann, job_id)["done"] < MOVED_RECORDS
    awaited(
        lambda: _job(people, ann, job_id)["state"] == "done", what="the move's end", seconds=2 * NEXT_MINUTE_SECONDS
    )
    job = _job(people, ann, job_id)
    assert (job["done"], job["total"], job["removed"]) == (MOVED_RECORDS, MOVED_RECORDS, 0)
    assert people.seen(lee, by=ann)["records_waiting"] == 0
    expected = sorted(f"c-{number}" for number in range(MOVED_RECORDS))
    for path, query in (("/records", {"owner_id": moves[0].user_id}), (f"/jobs/{job_id}/records", {})):
        assert sorted(row["record_id"] for row in _pages(people, ann, path, **query)) == expected


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


def _job(people: People, by: Member, job_id: str) -> dict[str, Any]:
    answer = people.api.get(by.path(f"/jobs/{job_id}"), token=by.token)
    assert answer.status == 200, answer.text
    job: dict[str, Any] = answer.body
    return job


def _saved_meanwhile(people: People, by: Member, job_id: str, stack: LocalStack) -> bool:
    """Wait until the emulator saves while a job is running, or the job ends; return whether it is still running."""
    began = datetime.now(UTC)
    state = stack.file.parent / "state"
    while _job(people, by, job_id)["state"] != "done":
        if (read_saved_state(state).at or began) > began:
            return bool(_job(people, by, job_id)["state"] != "done")
    return False


def _kill_and_start(stack: LocalStack) -> None:
    stack.signal("infra.local.emulator", signal.SIGKILL)
    awaited(lambda: not stack.is_running, what="the end of make up")
    stack.start()


def _pages(people: People, by: Member, path: str, **query: str) -> list[dict[str, Any]]:
    """Return all rows of a list, page by page."""
    rows: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        answer = people.api.get(by.path(path), token=by.token, limit="100", **query, **cursor)
        assert answer.status == 200, answer.text
        rows += answer.body["data"]
        if not answer.body["next_cursor"]:
            return rows
        cursor = {"cursor": answer.body["next_cursor"]}
