"""Several senders on one mail: the stream's duplicate, the rescue sweep, a sender that was thought to be dead."""

from datetime import timedelta
from functools import partial

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError
from botocore.awsrequest import AWSResponse

from shared.domain.model.mails import LEASE
from shared.domain.policy.rate_limits import MIN_INTERVAL
from shared.storage_schema import MAIL
from tests.command_cases.case import done
from tests.command_cases.effects import user_of
from tests.command_cases.operator import ADMIN, inviting_administrator
from tests.factories import ADMINISTRATORS, an_account, deliver_queued, invited, stream_of
from tests.invoke import call, wake
from tests.proofs import movable_clock, outbox, snapshots
from tests.proofs.faults import Call, Fault, Interruption, Perform, Strike, injected, suffer
from tests.proofs.invariants import assert_whole
from tests.proofs.races import race, rounds
from tests.proofs.snapshots import rows


def waiting() -> list[str]:
    return [row["pk"] for row in rows(MAIL) if row["state"] == "queued"]


@pytest.mark.parametrize("senders", [2, 8])
def test_concurrent_senders_send_one_mail_once(senders: int) -> None:
    ann = an_account()
    deliver_queued()
    already = outbox.times_sent()
    invited(ann)
    [mail] = waiting()
    movable_clock.forward(timedelta(minutes=2))

    for _ in rounds():
        by_stream = [partial(wake, "send_mail", stream_of([mail]))] * (senders // 2)
        by_schedule = [partial(wake, "send_mail")] * (senders - senders // 2)
        race([*by_stream, *by_schedule])

        assert outbox.times_sent() - already == {mail: 1}
        assert waiting() == []
        assert_whole()


def test_a_mail_sent_while_its_link_is_replaced_is_settled() -> None:
    given = inviting_administrator()
    deliver_queued()
    already = outbox.times_sent()
    done(call(ADMINISTRATORS, **given.parts))
    [mail] = waiting()

    def again() -> None:
        movable_clock.forward(MIN_INTERVAL)
        done(call(ADMINISTRATORS, **given.parts))

    prepared, recording = snapshots.keep(), Strike()
    with injected(recording):
        wake("send_mail", stream_of([mail]))
    settling = recording.calls.index("TransactWriteItems")
    snapshots.put_back(prepared)

    with injected(Interruption(settling, again)):
        wake("send_mail", stream_of([mail]))

    assert {row["pk"]: row["state"] for row in rows(MAIL)}[mail] == "sent"
    assert user_of(ADMIN["email"])["invitation"]["delivery"] == "queued"  # The newer one's.
    outbox.run_empty()
    assert sorted((outbox.times_sent() - already).values()) == [1, 1]
    assert_whole()


class TooSlow(Interruption):
    """In the end SES does not take the mail, after it took so long that another sender came by."""

    def meet(self, call: Call, perform: Perform) -> AWSResponse:
        is_refused = call.operation == "SendEmail"
        return super().meet(call, partial(suffer, Fault.THROTTLED, call, perform) if is_refused else perform)


def test_a_sender_with_an_expired_lease_cannot_overwrite_another() -> None:
    invited(an_account())
    mails = waiting()
    prepared, recording = snapshots.keep(), Strike()
    with injected(recording):
        wake("send_mail", stream_of(mails[-1:]))
    snapshots.put_back(prepared)

    def another() -> None:
        movable_clock.forward(LEASE + timedelta(seconds=1))
        wake("send_mail")

    with injected(TooSlow(recording.calls.index("SendEmail"), another)), pytest.raises(BatchProcessingError):
        wake("send_mail", stream_of(mails[-1:]))

    assert {row["pk"]: row["state"] for row in rows(MAIL)}[mails[-1]] == "sent"
    assert outbox.times_sent()[mails[-1]] == 1
    assert_whole()


def test_concurrent_senders_send_many_mails_once_each() -> None:
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
