from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.domain.commands import batch, invitations
from shared.domain.commands.batch import Batch, BatchRow
from shared.domain.model import errors
from shared.domain.model.accounts import Account
from shared.domain.model.invitees import Invitee
from shared.domain.model.mails import MailKind, UsersRef
from shared.domain.model.users import BatchInvitation, Status, User
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.principals import REMEMBERED_FOR
from shared.domain.policy.snapshot import Addressee, Snapshot
from tests.domain_factories import ANN_ID, BEA_ID, MILLISECOND, NOW, a_member, a_snapshot, an_identity, the_account

BEFORE = "operation-0"


def user_id_of(address: str) -> str:
    return address[0] * 26


def a_row(address: str, **fields: Any) -> BatchRow:
    values = {"first_name": "Lee", "last_name": "Sherron", "groups": ("everyone",)} | fields
    return BatchRow(address, Invitee(email=address, **values))


def seen(
    rows: Sequence[BatchRow],
    *,
    account: Account | None = None,
    by: User | None = None,
    users: Sequence[User] = (),
    complained: Mapping[str, bool] = {},
) -> Snapshot:
    snapshot = a_snapshot(by=by, account=account)
    addressees = {
        row.address: Addressee(
            user_id_of(row.address),
            f"i{row.address[0] * 25}",
            an_identity(complained_at=NOW) if complained.get(row.address) else None,
        )
        for row in rows
        if row.address
    }
    return snapshot._replace(users={user.user_id: user for user in users}, addressees=addressees)


def judged(rows: Sequence[BatchRow], snapshot: Snapshot | None = None, **options: Any) -> Batch:
    values: dict[str, Any] = {"message": None, "notify": (), "dry_run": False} | options
    return batch.invite_many(snapshot or seen(rows), rows, **values)


def outcomes(found: Batch) -> list[str]:
    return [type(verdict.refusal).__name__ if verdict.refusal else "invited" for verdict in found.verdicts]


ROWS = [a_row(f"{letter}@example.org") for letter in "cdef"]


def test_each_row_is_an_invitation_with_its_own_entry_and_mail() -> None:
    found = judged(ROWS, message="Welcome")

    changed = [change.after for change in found.changes.users]
    assert [user.user_id for user in changed] == [user_id_of(f"{letter}@") for letter in "cdef"]
    assert {(user.status, user.invitation.message, user.invitation.invited_by) for user in changed} == {
        (Status.INVITED, "Welcome", ANN_ID)
    }
    assert [entry.type for entry in found.changes.entries] == ["user.invited"] * 4
    assert [mail.kind for mail in found.changes.mails] == [MailKind.INVITATION] * 4
    assert [verdict.user for verdict in found.verdicts] == changed


def test_only_those_who_may_invite_send_a_batch() -> None:
    with pytest.raises(errors.NotAllowed):
        judged(ROWS, seen(ROWS, by=a_member(user_id=BEA_ID)))


def test_seats_that_run_out_in_the_middle_refuse_the_rest() -> None:
    found = judged(ROWS, seen(ROWS, account=the_account(seats=3, used=1)))

    assert outcomes(found) == ["invited", "invited", "NoSeatAvailable", "NoSeatAvailable"]
    assert found.changes.counters.seats == 2


def test_a_refused_row_stops_no_later_one_and_takes_no_seat() -> None:
    there = a_member(Status.ACTIVE, user_id=user_id_of("c"))
    rows = [ROWS[0], a_row("d@example.org", groups=("nothing",)), *ROWS[2:]]

    found = judged(rows, seen(rows, account=the_account(seats=3, used=1), users=[there]))

    assert outcomes(found) == ["AlreadyMember", "InvalidRequest", "invited", "invited"]


@pytest.mark.parametrize("refusal", [None, errors.InvalidRequest([("phone", "No.")])])
def test_a_row_that_repeats_an_earlier_one_is_refused(refusal: errors.Refusal | None) -> None:
    first = BatchRow("c@example.org", refusal) if refusal else ROWS[0]

    found = judged([first, ROWS[1], ROWS[0], ROWS[0]], seen(ROWS))

    expected = "InvalidRequest" if refusal else "invited"
    assert outcomes(found) == [expected, "invited", "DuplicateRow", "DuplicateRow"]


def test_rows_without_an_address_do_not_repeat_each_other() -> None:
    unreadable = BatchRow(None, errors.InvalidRequest([("email", "No.")]))

    assert outcomes(judged([unreadable, unreadable])) == ["InvalidRequest", "InvalidRequest"]


def test_nobody_gives_in_a_batch_what_they_do_not_hold() -> None:
    inviter = a_member(user_id=BEA_ID, allow=("users.invite",))
    rows = [a_row("c@example.org", admin=True), ROWS[1]]

    assert outcomes(judged(rows, seen(rows, by=inviter))) == ["NotAllowed", "invited"]


def test_a_mailbox_that_complained_concerns_its_own_row_only() -> None:
    found = judged(ROWS, seen(ROWS, complained={"d@example.org": True}))

    deliveries = [change.after.invitation.delivery for change in found.changes.users]
    assert deliveries == ["queued", "failed", "queued", "queued"]


@pytest.mark.parametrize(("room", "invited"), [(6, 4), (5, 3), (3, 1), (2, 0), (0, 0)])
def test_the_mails_of_the_day_are_counted_with_one_summary_for_each_address(room: int, invited: int) -> None:
    account = the_account(daily_mail_limit=room)

    found = judged(ROWS, seen(ROWS, account=account), notify=("x@example.org", "y@example.org", "x@example.org"))

    assert outcomes(found) == ["invited"] * invited + ["RateLimited"] * (4 - invited)
    quota = found.changes.mail_quota
    assert (quota.mails if quota else 0) == (invited + 2 if invited else 0)


def test_the_summary_names_all_who_are_invited() -> None:
    there = a_member(Status.ACTIVE, user_id=user_id_of("d"))

    found = judged(ROWS, seen(ROWS, users=[there]), notify=("x@example.org", "y@example.org"))

    summaries = [mail for mail in found.changes.mails if mail.kind is MailKind.NOTIFY_OF_MANY]
    expected = UsersRef(account_id="ab123", user_ids=tuple(letter * 26 for letter in "cef"))
    assert [mail.to_address for mail in summaries] == ["x@example.org", "y@example.org"]
    assert [mail.subject for mail in summaries] == [expected] * 2
    assert len({mail.mail_id for mail in found.changes.mails}) == 5


def test_a_dry_run_judges_the_same_and_changes_nothing() -> None:
    snapshot = seen(ROWS, account=the_account(seats=3, used=1))

    found = judged(ROWS, snapshot, dry_run=True, notify=("x@example.org",))

    assert outcomes(found) == outcomes(judged(ROWS, snapshot, notify=("x@example.org",)))
    assert found.changes == ChangeSet()
    assert found.basis.idempotency_key is None
    assert not any(verdict.user for verdict in found.verdicts)


def test_without_an_invited_row_nothing_is_mailed() -> None:
    found = judged(ROWS, seen(ROWS, account=the_account(seats=1)), notify=("x@example.org",))

    assert found.changes.mails == ()
    assert found.changes.mail_quota is None


def begun(*letters: str, batch_id: str = "operation-1", invited_at: datetime = NOW) -> list[User]:
    """Users whom an earlier attempt of the same request has invited, unless another id is given."""
    return [
        a_member(
            Status.INVITED,
            user_id=letter * 26,
            email=f"{letter}@example.org",
            earlier_batches=(BatchInvitation(batch_id=batch_id, invited_at=invited_at),),
        )
        for letter in letters
    ]


def test_a_repeat_finishes_what_an_earlier_attempt_has_begun() -> None:
    done = begun("c", "d")

    found = judged(ROWS, seen(ROWS, users=done), notify=("x@example.org",))

    assert outcomes(found) == ["invited"] * 4
    assert [verdict.user for verdict in found.verdicts[:2]] == done
    assert [change.after.user_id for change in found.changes.users] == ["e" * 26, "f" * 26]
    [*_, summary] = found.changes.mails
    assert summary.subject == UsersRef(account_id="ab123", user_ids=tuple(letter * 26 for letter in "cdef"))
    assert found.changes.mail_quota
    assert found.changes.mail_quota.mails == 2  # The summary was counted with the first row of the first attempt.


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.DECLINED, Status.EXPIRED, Status.REMOVED])
def test_a_repeat_finds_its_rows_whatever_became_of_them(status: Status) -> None:
    done = [user.with_changes(now=NOW, status=status) for user in begun("c", "d")]

    found = judged(ROWS[:2], seen(ROWS, users=done))

    assert outcomes(found) == ["invited", "invited"]
    assert [verdict.user for verdict in found.verdicts] == done
    assert found.changes.users == ()


@pytest.mark.parametrize(
    ("age", "expected"), [(REMEMBERED_FOR - MILLISECOND, "invited"), (REMEMBERED_FOR, "AlreadyInvited")]
)
def test_a_repeat_finds_its_rows_for_a_day_also_with_a_newer_link(age: timedelta, expected: str) -> None:
    [invited] = begun("c", invited_at=NOW - age)
    resent = invitations.resend(a_snapshot(invited)).user

    found = judged(ROWS[:1], seen(ROWS, users=[resent]))

    assert outcomes(found) == [expected]
    assert found.changes.users == ()


def test_rows_of_another_request_are_refused() -> None:
    found = judged(ROWS[:2], seen(ROWS, users=begun("c", batch_id=BEFORE)))

    assert outcomes(found) == ["AlreadyInvited", "invited"]


def test_an_answer_that_is_made_again_has_no_second_effect() -> None:
    found = judged(ROWS, seen(ROWS, users=begun("c"))._replace(is_repeat=True), notify=("x@example.org",))

    assert found.changes == ChangeSet()
