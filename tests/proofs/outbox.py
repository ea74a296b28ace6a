"""The outbox run empty, and what came of each mail."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from shared.storage_schema import MAIL
from tests import aws_fixture
from tests.factories import deliver_queued
from tests.invoke import wake
from tests.proofs import moments
from tests.proofs.snapshots import rows

_REFERENCE = re.compile(rb"^X-Entity-Ref-ID: (\S+)", re.MULTILINE)


def run_empty() -> None:
    """The stream delivers, then minutes pass and the rescue sweep does what is left."""
    deliver_queued()
    for _ in range(8):
        if not any("due" in row for row in rows(MAIL)):
            return
        moments.forward(timedelta(minutes=2))
        wake("send_mail")
    raise AssertionError("a mail is still waiting")


def times_sent() -> Counter[str]:
    """How often SES was given each mail."""
    return references(aws_fixture.sent_mails())


def references(mails: Iterable[bytes]) -> Counter[str]:
    """How often each mail is among these, by its id."""
    found: Counter[str] = Counter()
    for raw in mails:
        reference = _REFERENCE.search(raw)
        assert reference, "a mail without its id"
        found[reference[1].decode()] += 1
    return found


def texts_of(mail_id: str) -> set[bytes]:
    """The different texts under which one mail went out; the MIME boundary is of each sending."""
    reference = mail_id.encode()
    sent = [raw for raw in aws_fixture.sent_mails() if (found := _REFERENCE.search(raw)) and found[1] == reference]
    return {re.sub(rb"={15}\d+==", b"", raw) for raw in sent}
