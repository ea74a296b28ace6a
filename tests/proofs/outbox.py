"""Run the outbox empty, and count what was sent."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from shared.storage_schema import MAIL
from tests import aws_fixture
from tests.factories import deliver_queued
from tests.invoke import wake
from tests.proofs import movable_clock
from tests.proofs.snapshots import rows

_REFERENCE = re.compile(rb"^X-Entity-Ref-ID: (\S+)", re.MULTILINE)


def run_empty() -> None:
    """Deliver by stream, then by the rescue sweep as minutes pass. Raises AssertionError if a mail still waits."""
    deliver_queued()
    for _ in range(8):
        if not any("due" in row for row in rows(MAIL)):
            return
        movable_clock.forward(timedelta(minutes=2))
        wake("send_mail")
    raise AssertionError("a mail is still waiting")


def times_sent() -> Counter[str]:
    """Return how often SES got each mail, by id."""
    return references(aws_fixture.sent_mails())


def references(mails: Iterable[bytes]) -> Counter[str]:
    """Count these raw mails by id."""
    found: Counter[str] = Counter()
    for raw in mails:
        reference = _REFERENCE.search(raw)
        assert reference, "a mail without its id"
        found[reference[1].decode()] += 1
    return found


def texts_of(mail_id: str) -> set[bytes]:
    """Return the distinct texts of one mail, without the random MIME boundary."""
    reference = mail_id.encode()
    sent = [raw for raw in aws_fixture.sent_mails() if (found := _REFERENCE.search(raw)) and found[1] == reference]
    return {re.sub(rb"={15}\d+==", b"", raw) for raw in sent}
