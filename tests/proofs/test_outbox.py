"""Many mails through a stream that repeats and loses, an SES that fails, and senders that die."""

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
from tests.functions.faults import heard_logs
from tests.invoke import Context, wake
from tests.proofs import mailings, moments, outbox
from tests.proofs.faults import Killed, injected
from tests.proofs.mappings import Consumer
from tests.proofs.promises import PROMISES, tried
from tests.proofs.random_faults import Trouble
from tests.proofs.snapshots import rows
from tests.proofs.streams import Stream

LIVELY, LONGEST = 40, 120  # Steps of a minute, in which nearly all is done; then of an hour, for what cannot be sent.
A_MINUTE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass
class Hurried(Context):
    """Of a sweep that gets to some twenty mails before its time is up, so that it does not do the stream's work."""

    remaining: int = 50_000

    def get_remaining_time_in_millis(self) -> int:
        self.remaining -= 2_000
        return self.remaining


@pytest.mark.parametrize("seed", range(PROMISES["outbox"].cases // mailings.MANY))
def test_every_mail_goes_out_once_or_somebody_can_see_why_not(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (chance, not secrecy)
    stream = Stream(MAIL)
    mailing = mailings.prepare()
    stream.flow()
    lost = [shard.pop() for shard in stream.shards]
    ses = Trouble("SendEmail", often=0.05, chance=chance)
    consumer = Consumer(stream, partial(send, chance), chance=chance, repeats=0.05)

    with injected(ses), heard_logs() as heard:
        minutes_pass(consumer, chance, until=is_settled)
        consumer.run_dry()

    assert_ended(mailing)
    assert_sent_once(mailing, may_repeat=Counter(call.body["EmailTags"][0]["Value"] for call in ses.unanswered))
    assert_told(mailing)
    assert mailing["unreadable"] <= complained_of(heard.getvalue()), "nobody was told of what cannot be read"
    tried("outbox", mailings.MANY, ses.met | {"lost by the stream": len(lost)})


def send(chance: random.Random, event: dict[str, Any]) -> Any:
    """A sender takes its time."""
    moments.forward(timedelta(seconds=chance.uniform(0, 5)))
    return wake("send_mail", event)


def minutes_pass(consumer: Consumer, chance: random.Random, *, until: Callable[[], bool]) -> None:
    """The stream delivers, now more, now less, and the rescue sweep comes by."""
    for step in range(LONGEST):
        for _ in range(chance.randrange(6)):
            consumer.poll()
        moments.forward(A_MINUTE if step < LIVELY else AN_HOUR)
        swept()
        if until():
            return
    raise AssertionError(f"still waiting: {[row for row in rows(MAIL) if 'due' in row][:5]}")


def complained_of(logged: str) -> set[str]:
    """The mails with which a sweep could do nothing, so that it failed and the alarm saw it."""
    lines = [json.loads(line) for line in logged.splitlines()]
    return {line["mail_id"] for line in lines if line["message"] == "mail not handled"}


def swept() -> str | None:
    """What a run of the sweep ended with, if not well."""
    try:
        wake("send_mail", context=Hurried())
    except (Exception, Killed) as error:  # noqa: BLE001 (Lambda's part: the next minute does its work)
        return type(error).__name__
    return None


def is_settled() -> bool:
    return not any("due" in row for row in rows(MAIL))


def assert_ended(mailing: mailings.Mailing) -> None:
    """Nothing is lost: each mail is in the state that is true of it, and in no other."""
    states = {row["pk"]: row["state"] for row in rows(MAIL)}
    for state in ("sent", "failed", "skipped"):
        ended = {mail_id for mail_id, found in states.items() if found == state}
        assert ended == mailing[state], f"{len(ended ^ mailing[state])} mails: {state} or not?"


def assert_sent_once(mailing: mailings.Mailing, *, may_repeat: Counter[str]) -> None:
    """What was sent went out once, and once more for each answer that never came, the same each time."""
    times = outbox.times_sent()
    assert set(times) == mailing["sent"]
    more = {mail_id: number for mail_id, number in times.items() if number > 1 + may_repeat[mail_id]}
    assert not more, f"sent too often: {more}"
    repeated = [mail_id for mail_id, number in times.items() if number > 1]
    assert all(len(outbox.texts_of(mail_id)) == 1 for mail_id in repeated), "a repeat bore another link"


def assert_told(mailing: mailings.Mailing) -> None:
    """The administrator sees on the invitation what became of its mail."""
    deliveries = {row["user_id"]: row["invitation"]["delivery"] for row in rows(DIRECTORY) if "user_id" in row}
    for mail in rows(MAIL):
        if mail["kind"] == "invitation" and mail["pk"] in mailing["sent"]:
            assert deliveries[mail["user_id"]] == "sent"
        if mail["pk"] in mailing["failed"] - mailing["unreadable"] and mail["account_id"] != "zz999":
            assert deliveries[mail["user_id"]] == "failed"
