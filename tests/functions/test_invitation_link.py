from datetime import timedelta
from typing import Any

from shared.adapters.token_signer import open_token_signer
from shared.clock import utc_now
from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import DIRECTORY, JOURNAL
from tests import aws_fixture
from tests.factories import ACCOUNT, COPY_LINK, PREVIEW, RESEND, ActiveUser, a_user, accepted, invited
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused
from tests.functions.faults import losing_answers, meanwhile
from tests.invoke import Answer
from tests.proofs import movable_clock
from tests.table_edits import overdue, set_in, set_user, user_row


def copying(by: ActiveUser, user: dict[str, Any], *, key: str | None = None) -> Answer:
    headers = {"idempotency-key": key} if key else {}
    return call(COPY_LINK, caller=by.signed_in, account_id=ACCOUNT, user_id=user["user_id"], headers=headers)


def copies() -> list[dict[str, Any]]:
    return [row for row in aws_fixture.items(JOURNAL) if row["type"] == "invitation.link_copied"]


def test_the_link_opens_the_invitation_and_does_not_prove_the_mailbox() -> None:
    ann = an_account()
    user = invited(ann)
    before = user_row(user["user_id"])

    answer = copying(ann, user)

    place, token = answer.body["url"].split("#")
    link = open_token_signer().verify(token)
    assert (answer.status, answer.body["expires_at"]) == (200, user["invitation"]["expires_at"])
    assert place.endswith("/invite")
    assert (link.channel, link.generation) == (Channel.COPIED, 1)
    assert call(PREVIEW, body={"token": token}).body["identity_exists"] is None
    after = user_row(user["user_id"])
    assert after["invitation"].pop("copies")["number"] == 1
    assert after | {"operation": 0} == before | {"operation": 0}
    assert accepted(token).status == 200


def test_copying_is_in_the_journal_and_the_link_is_not() -> None:
    ann = an_account()
    user = invited(ann)

    answer = copying(ann, user)

    [entry] = copies()
    assert (entry["actor"], entry["user_id"], entry["after"]) == (ann.user_id, user["user_id"], {"generation": 1})
    token = answer.body["url"].partition("#")[2]
    assert all(token not in str(rows) for rows in aws_fixture.everything().values())


def test_a_repeat_is_given_the_link_again_and_counted_once() -> None:
    ann = an_account()
    user = invited(ann)

    first = copying(ann, user, key="once")
    with nothing_changes():
        second = copying(ann, user, key="once")

    assert (second.status, second.body) == (200, first.body)
    assert len(copies()) == 1


def test_a_copy_whose_answer_was_lost_is_counted_once() -> None:
    ann = an_account()
    user = invited(ann)

    with losing_answers("dynamodb", "TransactWriteItems") as lost:
        answer = copying(ann, user)

    assert lost
    assert (answer.status, len(copies())) == (200, 1)


def test_too_many_copies_of_a_day_are_refused_until_midnight() -> None:
    ann = an_account()
    user = invited(ann)
    set_user(user, invitation__copies={"day": utc_now().date().isoformat(), "number": 19})

    last = copying(ann, user)
    with nothing_changes():
        answer = copying(ann, user)

    assert (last.status, refused(answer)) == (200, (429, "rate_limited"))
    assert 0 < int(answer.headers["retry-after"]) <= 86_400
    assert len(copies()) == 1


def test_copies_at_the_same_moment_are_all_counted() -> None:
    ann = an_account()
    user = invited(ann)

    def copy_meanwhile() -> None:
        copying(ann, user)

    with meanwhile("dynamodb", "TransactWriteItems", copy_meanwhile):
        answer = copying(ann, user)

    assert (answer.status, user_row(user["user_id"])["invitation"]["copies"]["number"]) == (200, 2)


def test_only_administrators_copy_links() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", permissions={"allow": ["users.invite", "users.edit", "users.view"]})
    user = invited(ann)

    with nothing_changes():
        answer = copying(bea, user)

    assert refused(answer) == (403, "not_allowed")


def test_an_account_can_switch_copying_off() -> None:
    ann = an_account()
    user = invited(ann)
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, settings__allow_link_copy=False)

    with nothing_changes():
        answer = copying(ann, user)

    assert refused(answer) == (403, "not_allowed")
    assert "copied" in answer.body["detail"]


def test_a_link_whose_time_is_over_is_not_copied() -> None:
    ann = an_account()
    user = overdue(invited(ann))

    with nothing_changes():
        answer = copying(ann, user)

    assert refused(answer) == (409, "wrong_state")


def test_a_copied_link_is_replaced_by_the_next_mail() -> None:
    ann = an_account()
    user = invited(ann)
    token = copying(ann, user).body["url"].partition("#")[2]
    set_user(user, invitation__sent_at="2026-01-01T00:00:00.000Z")

    call(RESEND, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"])

    assert refused(call(PREVIEW, body={"token": token})) == (410, "invitation_replaced")


def test_a_repeat_after_a_resend_copies_another_link_and_is_told() -> None:
    ann = an_account()
    with movable_clock.ago(timedelta(minutes=2)):
        user = invited(ann)
    copying(ann, user, key="once")
    assert call(RESEND, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"]).status == 200

    again = [copying(ann, user, key="once") for _ in range(2)]

    assert {open_token_signer().verify(each.body["url"].partition("#")[2]).generation for each in again} == {2}
    assert sorted(row["after"]["generation"] for row in copies()) == [1, 2]
