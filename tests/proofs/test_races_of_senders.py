"""Several senders on one mail: the stream's duplicate, the rescue sweep, a sender that was thought to be dead."""

from datetime import timedelta
from functools import partial

import pytest

from shared.tables import MAIL
from tests.calls import wake
from tests.people import an_account, deliver_queued, invited, stream_of
from tests.proofs import moments, outbox
from tests.proofs.invariants import assert_whole
from tests.proofs.races import race, rounds
from tests.proofs.snapshots import rows


def waiting() -> list[str]:
    return [row["pk"] for row in rows(MAIL) if row["state"] == "queued"]


@pytest.mark.parametrize("senders", [2, 8])
def test_one_mail_is_sent_once_by_however_many_senders(senders: int) -> None:
    ann = an_account()
    deliver_queued()
    already = outbox.times_sent()
    invited(ann)
    [mail] = waiting()
    moments.forward(timedelta(minutes=2))

    for _ in rounds():
        by_stream = [partial(wake, "send_mail", stream_of([mail]))] * (senders // 2)
        by_schedule = [partial(wake, "send_mail")] * (senders - senders // 2)
        race([*by_stream, *by_schedule])

        assert outbox.times_sent() - already == {mail: 1}
        assert waiting() == []
        assert_whole()


def test_a_crowd_of_mails_is_sent_once_each() -> None:
    ann = an_account()
    deliver_queued()
    already = outbox.times_sent()
    for number in range(4):
        invited(ann, f"p{number}@example.org")
    mails = waiting()

    for _ in rounds(0.5):
        race([partial(wake, "send_mail", stream_of(list(reversed(mails)) if odd else mails)) for odd in (0, 1, 0, 1)])

        assert outbox.times_sent() - already == dict.fromkeys(mails, 1)
        assert_whole()
