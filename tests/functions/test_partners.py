from typing import Any

import pytest
import time_machine

from shared.clock import utc_now
from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL
from tests import aws_fixture
from tests.clock import INDEXES_KNOW
from tests.command_cases.case import KEYED
from tests.command_cases.partners import withdraw
from tests.domain_factories import sent_before, user_row
from tests.factories import (
    ACCESS,
    ACCOUNT,
    BLOCK,
    CERTIFY,
    COPY_LINK,
    DEACTIVATE,
    DECLINE,
    EDIT,
    GET_ACCOUNT,
    INVITE,
    INVITE_MANY,
    LEAVE,
    PARTNER,
    PREVIEW,
    REACTIVATE,
    RESEND,
    REVOKE,
    USER,
    WITHDRAW,
    ActiveUser,
    a_partner,
    a_user,
    accepted,
    an_operator,
    certified,
    delivered,
    invited,
    invited_partner,
    joined,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused
from tests.functions.faults import losing_answers
from tests.invoke import Answer, wake

PAT = "pia@example.org"
BODY = {"partner_type": "expert_coach", "first_name": "Pat", "last_name": "Porter"}


def registry(route: str, email: str = PAT, **parts: Any) -> Answer:
    return call(route, caller=an_operator(), email=email, **parts)


def inviting(by: ActiveUser, **fields: Any) -> Answer:
    body = {"kind": "partner", "email": PAT, "groups": ["everyone"]} | fields
    return call(INVITE, caller=by.signed_in, account_id=ACCOUNT, body=body)


def about(route: str, user_id: str, *, by: ActiveUser, body: object = None) -> Answer:
    return call(route, caller=by.signed_in, account_id=ACCOUNT, user_id=user_id, body=body or {})


def seats(by: ActiveUser) -> Any:
    return call(GET_ACCOUNT, caller=by.signed_in, account_id=ACCOUNT).body["seats"]


def types(entry: str) -> int:
    return [row["type"] for row in aws_fixture.items(JOURNAL)].count(entry)


def report() -> None:
    with time_machine.travel(utc_now().replace(microsecond=0), tick=True) as traveller:
        traveller.shift(INDEXES_KNOW)
        wake("report_withdrawals")


# ---- the registry ----


def test_an_operator_certifies_an_address_without_an_id_changes_it_and_withdraws() -> None:
    certify = registry(CERTIFY, " Pia@EXAMPLE.org ", body=BODY)
    changed = registry(CERTIFY, body=BODY | {"last_name": "Poe", "partner_type": "certified_partner"})
    read = registry(PARTNER)
    withdrawn = registry(WITHDRAW)

    assert (certify.status, certify.body["email"], certify.body["withdrawn_at"]) == (200, PAT, None)
    assert changed.body == certify.body | {"last_name": "Poe", "partner_type": "certified_partner"} == read.body
    assert withdrawn.body | {"withdrawn_at": None} == read.body
    assert withdrawn.body["withdrawn_at"]
    assert refused(registry(PARTNER)) == (404, "not_found")


def test_a_repeat_of_a_registry_command_changes_nothing() -> None:
    an_operator()
    first = registry(CERTIFY, body=BODY)
    with nothing_changes():
        assert registry(CERTIFY, body=BODY).body == first.body
    gone = registry(WITHDRAW)
    with nothing_changes():
        assert registry(WITHDRAW).body == gone.body


def test_a_lost_answer_of_the_registry_is_made_good() -> None:
    an_operator()
    with losing_answers("dynamodb", "TransactWriteItems"):
        registry(CERTIFY, body=BODY)
    with losing_answers("dynamodb", "TransactWriteItems"):
        answer = registry(WITHDRAW)
    assert (answer.status, len([row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "withdrawal"])) == (200, 1)


@pytest.mark.parametrize("email", ["nobody@example.org", "no address", "@", "%40", "a@b", ""])
@pytest.mark.parametrize("route", [PARTNER, WITHDRAW])
def test_an_address_that_is_not_certified_is_not_found(route: str, email: str) -> None:
    assert refused(registry(route, email)) == (404, "not_found")


@pytest.mark.parametrize(
    "wrong",
    [
        {"partner_type": "friend"},
        {"partner_type": None},
        {"first_name": ""},
        {"last_name": "www.evil.example"},
        {"x": 1},
    ],
)
def test_an_entry_of_the_registry_has_a_type_and_names(wrong: dict[str, Any]) -> None:
    assert refused(registry(CERTIFY, body=BODY | wrong)) == (422, "invalid_request")


@pytest.mark.parametrize("route", [PARTNER, CERTIFY, WITHDRAW])
def test_the_registry_is_for_operators_alone(route: str) -> None:
    ann = an_account()
    body = {"body": BODY} if route == CERTIFY else {}
    assert refused(call(route, caller=ann.signed_in, email=PAT, **body)) == (403, "not_allowed")


# ---- inviting ----


def test_a_partner_is_invited_by_address_alone_with_the_names_of_the_registry_and_takes_no_seat() -> None:
    ann = an_account(seats=1)
    certified()

    answer = inviting(ann, admin=True, first_name="Other")

    shown = {name: answer.body[name] for name in ("kind", "partner_type", "first_name", "last_name", "admin", "status")}
    assert answer.status == 201, answer.text
    assert shown == {
        "kind": "partner",
        "partner_type": "certified_partner",
        "first_name": "Pat",
        "last_name": "Porter",
        "admin": True,
        "status": "invited",
    }
    assert seats(ann) == {"limit": 1, "used": 1, "available": 0}
    [mail] = [mail for mail in delivered() if PAT in mail["To"]]
    assert "as a partner" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_an_address_that_is_not_certified_is_refused_as_a_partner_and_gets_no_mail() -> None:
    ann = an_account()
    certified()
    withdraw()
    for email in (PAT, "kim@example.org"):
        with nothing_changes():
            assert refused(inviting(ann, email=email)) == (422, "not_a_certified_partner")


def test_a_user_still_needs_a_first_name() -> None:
    ann = an_account()
    answer = inviting(ann, kind="user", last_name="Poe")
    assert refused(answer) == (422, "invalid_request")
    assert answer.body["errors"] == [{"field": "first_name", "message": "This field is required."}]


def test_rows_of_a_batch_may_be_partners() -> None:
    ann = an_account(seats=1)
    certified()
    rows = [
        {"kind": "partner", "email": PAT},
        {"kind": "partner", "email": "kim@example.org"},
        {"email": "x@example.org"},
    ]
    parts: dict[str, Any] = {"caller": ann.signed_in, "account_id": ACCOUNT}

    judged = call(INVITE_MANY, **parts, body={"users": rows, "dry_run": True})
    answer = call(INVITE_MANY, **parts, body={"users": rows})

    verdicts = [(each["outcome"], each["code"]) for each in answer.body["results"]]
    assert verdicts == [("invited", None), ("refused", "not_a_certified_partner"), ("refused", "invalid_request")]
    assert [each["outcome"] for each in judged.body["results"]] == ["ok", "refused", "refused"]
    assert seats(ann)["used"] == 1


@pytest.mark.parametrize("ending", [DECLINE, REVOKE])
def test_who_was_a_partner_and_is_invited_as_a_user_takes_a_seat(ending: str) -> None:
    ann = an_account()
    pat = invited_partner(ann)
    if ending == DECLINE:
        assert call(DECLINE, body={"token": token_for(pat)}).status == 200
    else:
        assert about(REVOKE, pat["user_id"], by=ann).status == 200
    sent_before(pat)

    user = invited(ann, PAT, first_name="Lee")

    assert (user["kind"], user["partner_type"], user["first_name"], seats(ann)["used"]) == ("user", None, "Lee", 2)


def test_no_seat_is_taken_or_freed_over_a_partners_whole_life() -> None:
    ann = an_account(seats=1)
    pat = a_partner(ann, admin=True)
    used = [seats(ann)["used"]]
    for route, body in ((BLOCK, {"reason": "other"}), (DEACTIVATE, {}), (REACTIVATE, {}), (DEACTIVATE, {})):
        assert about(route, pat.user_id, by=ann, body=body).status == 200
        used.append(seats(ann)["used"])
    assert used == [1] * 5


def test_a_partner_who_administers_never_acts_on_an_administrator_who_is_none_nor_counts_for_the_last() -> None:
    ann = an_account()
    pat = a_partner(ann, admin=True)
    bob = a_user(ann, "bob@example.org", admin=True)

    for route, body in ((DEACTIVATE, {}), (BLOCK, {"reason": "security"}), (EDIT, {"admin": False})):
        with nothing_changes():
            assert refused(about(route, bob.user_id, by=pat, body=body)) == (403, "not_allowed")
    assert about(DEACTIVATE, bob.user_id, by=ann).status == 200
    assert refused(about(EDIT, ann.user_id, by=ann, body={"admin": False, "groups": ["everyone"]})) == (
        409,
        "last_admin",
    )


# ---- a certification that was withdrawn ----


@pytest.mark.parametrize("channel", Channel)
def test_pending_links_refuse_once_the_certification_is_withdrawn_and_work_again_with_it(channel: Channel) -> None:
    ann = an_account()
    pat = invited_partner(ann)
    token = token_for(pat, channel=channel)
    withdraw()

    assert refused(call(PREVIEW, body={"token": token})) == (410, "invitation_revoked")
    assert refused(accepted(token)) == (410, "invitation_revoked")
    assert refused(call(DECLINE, body={"token": token})) == (410, "invitation_revoked")

    certified()
    assert accepted(token).status == 200


def test_resending_and_copying_refuse_once_the_certification_is_withdrawn() -> None:
    ann = an_account()
    pat = sent_before(invited_partner(ann))
    withdraw()
    for route in (RESEND, COPY_LINK):
        with nothing_changes():
            assert refused(about(route, pat["user_id"], by=ann)) == (422, "not_a_certified_partner")


def test_the_mail_of_an_invitation_is_skipped_once_the_certification_is_withdrawn() -> None:
    ann = an_account()
    invited_partner(ann)
    withdraw()
    assert not [mail for mail in delivered() if PAT in mail["To"]]


def test_an_active_partner_stays_and_cannot_be_reactivated() -> None:
    ann = an_account()
    pat = a_partner(ann)
    withdraw()

    assert call(ACCESS, caller=pat.signed_in, account_id=ACCOUNT).status == 200
    assert about(DEACTIVATE, pat.user_id, by=ann).status == 200
    with nothing_changes():
        assert refused(about(REACTIVATE, pat.user_id, by=ann)) == (422, "not_a_certified_partner")
    certified()
    assert about(REACTIVATE, pat.user_id, by=ann).body["status"] == "active"


@pytest.mark.parametrize("has_joined", [True, False])
def test_a_withdrawal_is_in_the_journal_and_the_administrators_are_told_once(*, has_joined: bool) -> None:
    ann = an_account()
    pat = a_partner(ann, admin=True).user_id if has_joined else invited_partner(ann)["user_id"]
    a_user(ann)
    delivered()
    withdraw()

    report()
    report()

    told = [mail for mail in delivered() if "no longer a certified" in mail["Subject"]]
    [entry] = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "partner.certification_withdrawn"]
    assert [mail["To"] for mail in told] == ["Ann Admin <ann@example.org>"]
    assert (entry["user_id"], entry["actor"][:9]) == (pat, "operator:")


def test_a_remembered_answer_about_the_partner_does_not_disturb_the_report() -> None:
    ann = an_account()
    certified(PAT)
    body = {"kind": "partner", "email": PAT, "groups": ["everyone"]}
    assert call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body, headers=KEYED).status == 201
    assert [row["sk"] for row in aws_fixture.items(DIRECTORY) if row["pk"].startswith("idempotency#")]
    withdraw()

    report()

    assert types("partner.certification_withdrawn") == 1
    assert [row["pk"] for row in aws_fixture.items(DIRECTORY) if row["sk"] == "withdrawal"] == []


@pytest.mark.parametrize("route", [REVOKE, DECLINE])
def test_where_the_partner_is_gone_a_withdrawal_is_not_reported(route: str) -> None:
    ann = an_account()
    pat = invited_partner(ann)
    if route == REVOKE:
        about(REVOKE, pat["user_id"], by=ann)
    else:
        call(DECLINE, body={"token": token_for(pat)})
    withdraw()

    report()

    assert types("partner.certification_withdrawn") == 0


def test_a_user_with_a_certified_address_who_is_no_partner_is_not_reported() -> None:
    ann = an_account()
    certified()
    a_user(ann, PAT)
    withdraw()

    report()

    assert (
        types("partner.certification_withdrawn"),
        [row for row in aws_fixture.items(DIRECTORY) if "due" in row],
    ) == (0, [])


def test_a_report_that_was_interrupted_is_finished_and_repeats_nothing() -> None:
    ann = an_account()
    a_partner(ann)
    withdraw()
    [waiting] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "withdrawal"]
    report()
    aws_fixture.dynamodb.put_item(
        TableName=aws_fixture.physical(DIRECTORY), Item=_item(waiting)
    )  # As if it had died before the end.

    report()

    assert types("partner.certification_withdrawn") == 1
    assert [row["kind"] for row in aws_fixture.items(MAIL)].count("certification_withdrawn") == 1


def _item(row: dict[str, Any]) -> dict[str, Any]:
    from shared.adapters.dynamodb.codec import to_item  # noqa: PLC0415 (needs the environment)

    return to_item(row)


def test_an_id_that_is_created_keeps_the_certification() -> None:
    ann = an_account()
    pat = invited_partner(ann)
    joined(ACCOUNT, pat)
    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == PAT]
    assert identity["certification"]["partner_type"] == "certified_partner"


# ---- leaving ----


def test_a_partner_leaves_and_the_administrators_are_told() -> None:
    ann = an_account()
    pat = a_partner(ann, admin=True)
    assert "leave" in about(USER, pat.user_id, by=pat).body["allowed_actions"]
    assert "leave" not in about(USER, pat.user_id, by=ann).body["allowed_actions"]

    answer = call(LEAVE, caller=pat.signed_in, account_id=ACCOUNT, body={})

    assert (answer.status, answer.body["status"], user_row(pat.user_id)["status"]) == (200, "inactive", "inactive")
    assert refused(call(ACCESS, caller=pat.signed_in, account_id=ACCOUNT)) == (404, "not_found")
    assert [mail["To"] for mail in delivered() if "has left" in mail["Subject"]] == ["Ann Admin <ann@example.org>"]
    assert types("partner.left") == 1


@pytest.mark.parametrize("admin", [True, False])
def test_only_a_partner_leaves(*, admin: bool) -> None:
    ann = an_account()
    lee = a_user(ann, admin=admin)
    with nothing_changes():
        assert refused(call(LEAVE, caller=lee.signed_in, account_id=ACCOUNT, body={})) == (403, "not_allowed")
    assert "leave" not in about(USER, lee.user_id, by=lee).body["allowed_actions"] if admin else True
