"""Send many mails with duplicated and lost stream records, random faults of SES, and senders that die."""

import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from shared.storage_schema import DIRECTORY, MAIL
from tests.functions.faults import captured_logs
from tests.invoke import Context, wake
from tests.proofs import mailings, movable_clock, outbox
from tests.proofs.faults import Killed, injected
from tests.proofs.mappings import Consumer
from tests.proofs.promises import PROMISES, tried
from tests.proofs.random_faults import RandomFaults
from tests.proofs.snapshots import rows
from tests.proofs.streams import Stream

MINUTES, MOST_STEPS = 40, 120  # Steps of a minute; then of an hour, for poison mails.
A_MINUTE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass
class ShortOfTime(Context):
    """The context of a sweep whose time is up after some twenty mails, so that the stream does most of the work."""

    remaining: int = 50_000

    def get_remaining_time_in_millis(self) -> int:
        self.remaining -= 2_000
        return self.remaining


@pytest.mark.parametrize("seed", range(PROMISES["outbox"].cases // mailings.MANY))
def test_every_mail_is_sent_once_or_its_failure_is_visible(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (chance, not secrecy)
    stream = Stream(MAIL)
    mailing = mailings.prepare()
    stream.flow()
    lost = [shard.pop() for shard in stream.shards]
    ses = RandomFaults("SendEmail", rate=0.05, chance=chance)
    consumer = Consumer(stream, partial(send, chance), chance=chance, repeats=0.05)

    with injected(ses), captured_logs() as heard:
        minutes_pass(consumer, chance, until=is_settled)
        consumer.run_dry()

    assert_ended(mailing)
    assert_sent_once(mailing, may_repeat=Counter(call.body["EmailTags"][0]["Value"] for call in ses.unanswered))
    assert_shown(mailing)
    assert mailing["unreadable"] <= logged_as_unhandled(heard.getvalue()), "an unreadable mail was not logged"
    tried("outbox", mailings.MANY, ses.met | {"lost by the stream": len(lost)})


def send(chance: random.Random, event: dict[str, Any]) -> Any:
    """Run a sender, which takes up to five seconds."""
    movable_clock.forward(timedelta(seconds=chance.uniform(0, 5)))
    return wake("send_mail", event)


def minutes_pass(consumer: Consumer, chance: random.Random, *, until: Callable[[], bool]) -> None:
    """Deliver a random number of batches each minute, and run the rescue sweep."""
    for step in range(MOST_STEPS):
        for _ in range(chance.randrange(6)):
            consumer.poll()
        movable_clock.forward(A_MINUTE if step < MINUTES else AN_HOUR)
        swept()
        if until():
            return
    raise AssertionError(f"still waiting: {[row for row in rows(MAIL) if 'due' in row][:5]}")


def logged_as_unhandled(logged: str) -> set[str]:
    """Return the mails that a sweep logged as not handled, which the alarm counts."""
    lines = [json.loads(line) for line in logged.splitlines()]
    return {line["mail_id"] for line in lines if line["message"] == "not processed"}


def swept() -> str | None:
    """Run the sweep; return the name of the error that ended it, if any."""
    try:
        wake("send_mail", context=ShortOfTime())
    except (Exception, Killed) as error:  # noqa: BLE001 (Lambda's part: the next minute does its work)
        return type(error).__name__
    return None


def is_settled() -> bool:
    return not any("due" in row for row in rows(MAIL))


def assert_ended(mailing: mailings.Mailing) -> None:
    """Assert that each mail has ended in the state that it must end in."""
    states = {row["pk"]: row["state"] for row in rows(MAIL)}
    for state in ("sent", "failed", "skipped"):
        ended = {mail_id for mail_id, found in states.items() if found == state}
        assert ended == mailing[state], f"{len(ended ^ mailing[state])} mails: {state} or not?"


def assert_sent_once(mailing: mailings.Mailing, *, may_repeat: Counter[str]) -> None:
    """Assert that each mail was sent once, plus at most once for each lost answer, with the same text."""
    times = outbox.times_sent()
    assert set(times) == mailing["sent"]
    more = {mail_id: number for mail_id, number in times.items() if number > 1 + may_repeat[mail_id]}
    assert not more, f"sent too rate: {more}"
    repeated = [mail_id for mail_id, number in times.items() if number > 1]
    assert all(len(outbox.texts_of(mail_id)) == 1 for mail_id in repeated), "a repeat bore another link"


def assert_shown(mailing: mailings.Mailing) -> None:
    """Assert that the invitation shows the delivery status of its mail."""
    deliveries = {row["user_id"]: row["invitation"]["delivery"] for row in rows(DIRECTORY) if "user_id" in row}
    for mail in rows(MAIL):
        if mail["kind"] == "invitation" and mail["pk"] in mailing["sent"]:
            assert deliveries[mail["user_id"]] == "sent"
        if mail["pk"] in mailing["failed"] - mailing["unreadable"] and mail["account_id"] != "zz999":
            assert deliveries[mail["user_id"]] == "failed"
