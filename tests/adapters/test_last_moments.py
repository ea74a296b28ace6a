"""Leases, claims, records and cursors end when they should: not a moment earlier or later."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from shared.adapters.dynamodb import cursors, journal_queries, mail_items
from shared.adapters.dynamodb.identity_locks import open_identity_locks
from shared.adapters.dynamodb.item_batch import ItemBatch
from shared.adapters.dynamodb.journal_queries import open_journal_queries
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.orphaned_invitations import OrphanedInvitation, OrphanedInvitations
from shared.adapters.dynamodb.outbox import open_outbox
from shared.adapters.dynamodb.requests import transact
from shared.adapters.dynamodb.response_items import store_response
from shared.adapters.dynamodb.user_marks import open_user_marks
from shared.api.idempotency import Replayed, RequestKey
from shared.domain.model import errors, identities, mails
from shared.domain.model.users import Status
from shared.domain.model.values import INDEX_LAG, iso
from shared.domain.policy.principals import Request
from shared.domain.policy.snapshot import InvitationSnapshot
from shared.settings import settings
from shared.storage_schema import MAIL
from tests import aws_fixture
from tests.domain_factories import ANN_ID, BEA_ID, MILLISECOND, NOW, a_mail, a_member, an_admin, an_invited
from tests.factories import ACCOUNT, an_account, invited
from tests.table_edits import put_users, set_in, user_row

KEY = RequestKey(record_id="d", fingerprint="f")
DAY = timedelta(hours=24)


def in_the_outbox() -> str:
    mail = a_mail()
    transact(aws_fixture.dynamodb, [mail_items.put_mail(settings().mail_table, mail)], operation_id="queue")
    return mail.mail_id


def test_a_mail_is_looked_after_once_the_stream_has_had_its_time() -> None:
    mail_id, outbox = in_the_outbox(), open_outbox()

    assert list(outbox.due(now=NOW + mails.GRACE - MILLISECOND)) == []
    assert list(outbox.due(now=NOW + mails.GRACE)) == [mail_id]


def test_a_mail_is_anybodys_again_when_the_lease_ends() -> None:
    mail_id, outbox = in_the_outbox(), open_outbox()
    outbox.claim(mail_id, operation_id="dead", now=NOW)

    assert outbox.claim(mail_id, operation_id="early", now=NOW + mails.LEASE - MILLISECOND) is None
    assert outbox.claim(mail_id, operation_id="next", now=NOW + mails.LEASE)


def test_someone_who_lost_the_lease_does_not_settle_the_mail() -> None:
    mail_id, outbox = in_the_outbox(), open_outbox()
    mail = outbox.claim(mail_id, operation_id="slow", now=NOW)
    outbox.claim(mail_id, operation_id="next", now=NOW + mails.LEASE)

    assert mail
    with pytest.raises(errors.StaleRead):
        outbox.settle(mail, "skipped", None, operation_id="slow", now=NOW + mails.LEASE)


def test_a_mail_that_cannot_be_read_is_offered_again_later() -> None:
    mail_id, outbox = in_the_outbox(), open_outbox()
    set_in(MAIL, {"pk": mail_id}, kind="unheard_of")

    with pytest.raises(ValidationError):
        outbox.claim(mail_id, operation_id="first", now=NOW)

    [row] = aws_fixture.items(MAIL)
    assert (row["state"], row["due_at"]) == ("retry", iso(NOW + timedelta(minutes=1)))


def locked_by(operation: str, *, now: datetime, then: Callable[[], object] = lambda: None) -> None:
    """Take a lock that is left to its lease."""
    snapshot = an_invited(now=now).snapshot._replace(request=Request(operation))
    invited: InvitationSnapshot = an_invited()._replace(snapshot=snapshot)
    with open_identity_locks().held(invited):
        then()


def test_a_lock_ends_with_its_lease() -> None:
    locked_by("dead", now=NOW)

    with pytest.raises(errors.StaleRead):
        locked_by("early", now=NOW + identities.LOCK_LEASE - MILLISECOND)
    locked_by("next", now=NOW + identities.LOCK_LEASE)


@pytest.mark.parametrize(
    ("ahead", "is_free"), [(identities.LOCK_LEASE, False), (identities.LOCK_LEASE + MILLISECOND, True)]
)
def test_a_lock_of_a_clock_that_is_ahead_holds_nobody_up_for_longer_than_a_lease(
    ahead: timedelta, *, is_free: bool
) -> None:
    locked_by("ahead", now=NOW + ahead)

    with nullcontext() if is_free else pytest.raises(errors.StaleRead):
        locked_by("next", now=NOW)


def test_someone_who_fails_releases_no_lock_but_their_own() -> None:
    def lost() -> None:
        locked_by("next", now=NOW + identities.LOCK_LEASE)
        raise TimeoutError

    with pytest.raises(TimeoutError):
        locked_by("slow", now=NOW, then=lost)

    with pytest.raises(errors.StaleRead):
        locked_by("third", now=NOW + identities.LOCK_LEASE + MILLISECOND)


def test_pending_invitations_of_a_leaver_are_found_once_the_index_knows_them() -> None:
    lag, moment = INDEX_LAG, NOW + INDEX_LAG
    pending = {"invited_by": ANN_ID, "email": "lee@example.org"}
    put_users(
        [
            an_admin(status=Status.INACTIVE, has_invitations_to_revoke=True, updated_at=NOW),
            a_member(Status.INVITED, **pending, expires_at=moment),
            a_member(Status.INVITED, user_id=BEA_ID, **pending, expires_at=moment + MILLISECOND),
        ]
    )

    def found(now: datetime) -> list[str | None]:
        due = OrphanedInvitations().due(now=now)
        return [each.user.user_id if isinstance(each, OrphanedInvitation) and each.user else None for each in due]

    assert found(NOW + lag - MILLISECOND) == []
    assert found(NOW + lag) == [BEA_ID]
    assert found(NOW + lag + MILLISECOND) == [None]


def test_an_answer_is_remembered_for_a_day() -> None:
    keys, request = Keys(settings()), Request("again", KEY)
    transact(
        aws_fixture.dynamodb, [store_response(settings().directory_table, KEY, "{}", now=NOW)], operation_id="first"
    )
    read = ItemBatch(aws_fixture.dynamodb, keys, [keys.stored_response(KEY)])

    with pytest.raises(Replayed):
        read.check_repeat(request, now=NOW + DAY - MILLISECOND)
    assert not read.check_repeat(request, now=NOW + DAY)


def test_a_key_can_be_used_again_after_a_day() -> None:
    table = settings().directory_table
    transact(aws_fixture.dynamodb, [store_response(table, KEY, "{}", now=NOW)], operation_id="first")

    with pytest.raises(errors.StaleRead):
        transact(
            aws_fixture.dynamodb, [store_response(table, KEY, "{}", now=NOW + DAY - MILLISECOND)], operation_id="second"
        )
    transact(aws_fixture.dynamodb, [store_response(table, KEY, "{}", now=NOW + DAY)], operation_id="third")


@pytest.mark.parametrize(
    ("status", "after", "noted"),
    [
        (Status.ACTIVE, timedelta(minutes=15) - MILLISECOND, False),
        (Status.ACTIVE, timedelta(minutes=15), True),
        (Status.INACTIVE, timedelta(minutes=15), False),
    ],
)
def test_an_active_user_is_seen_every_quarter_of_an_hour(status: Status, after: timedelta, *, noted: bool) -> None:
    user = a_member(status, last_seen_at=NOW)
    put_users([user])

    open_user_marks().note_seen(user, now=NOW + after)

    assert user_row(user.user_id)["last_seen_at"] == iso(NOW + after if noted else NOW)


@pytest.mark.parametrize(("length", "fits"), [(0, False), (1, True), (1024, True), (1025, False)])
def test_a_cursor_is_as_long_as_a_key_may_be(length: int, *, fits: bool) -> None:
    position = "x" * length

    if fits:
        assert cursors.decode(cursors.encode(position, scope=("a",)), scope=("a",)) == position
    else:
        with pytest.raises(errors.InvalidRequest):
            cursors.decode(cursors.encode(position, scope=("a",)), scope=("a",))


def test_a_filtered_journal_goes_on_where_one_request_has_just_filled_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_queries, "MAX_ENTRIES_PER_READ", 1)
    ann = an_account()
    for number in range(3):
        invited(ann, f"lee{number}@example.org")
    wanted: dict[str, Any] = {"user_id": None, "kind": "user.invited", "limit": 1}

    _, cursor = open_journal_queries().page(ACCOUNT, **wanted, cursor=None)

    assert cursor is not None
