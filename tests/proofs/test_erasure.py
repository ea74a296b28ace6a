"""Nothing of an erased person is left: tables, what streams tell, logs, events, bucket and user pool are searched."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from shared.adapters.dynamodb.codec import to_item
from shared.adapters.dynamodb.search_index import open_search_index
from shared.domain.model.users import User
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL, SERVED, Table
from tests import aws_fixture
from tests.aws_recorder import Exchange, listening
from tests.factories import (
    ACCOUNT,
    BLOCK_IDENTITY,
    ERASE_IDENTITY,
    INVITE_MANY,
    PROFILE,
    SIGN_OUT,
    START_RECOVERY,
    UNBLOCK_IDENTITY,
    ActiveUser,
    acceptance,
    accepted,
    an_operator,
    certified,
    deliver_queued,
    invitation,
    invited,
    new_account,
    signed_in,
    token_for,
)
from tests.functions.cached_fixtures import SECOND, two_accounts
from tests.functions.faults import captured_logs
from tests.functions.journal_stream import journal_records
from tests.invoke import call, wake
from tests.logos import a_png, served, uploaded
from tests.proofs import movable_clock
from tests.proofs.snapshots import rows, sign_ins
from tests.table_edits import indexed

ADDRESS = "zebulon.quill@canary.example"
NAMES = {"first_name": "Zebulona", "last_name": "Quillfeather"}
SIGNATURE, QUESTION, ANSWER = "Kindly yours, Z.Q.", "Which bird sings?", "The yellow one"
GIVEN: dict[str, Any] = {
    **NAMES,
    "phone": {"country_code": "+44", "number": "2079460123"},
    "message": "Welcome on board, dear canary",
    "reference": "reference-of-the-canary",
    "return_path": "/path-of-the-canary",
}
CANARIES = (
    ADDRESS,
    *("Zebulon", "Quill", "canary", "2079460123", SIGNATURE, QUESTION, ANSWER, "Pacific/Chatham"),
)


def found_in(place: Any) -> list[str]:
    """The canaries that a place holds, in any writing."""
    text = json.dumps(place, default=str, ensure_ascii=False).casefold()
    return [canary for canary in CANARIES if canary.casefold() in text]


def plant(ann: ActiveUser, zoe: ActiveUser) -> None:
    """Let a person leave everything that can be known of them, wherever something can be kept."""
    once = {"idempotency-key": "once"}
    user = invited(ann, ADDRESS, account_id=ACCOUNT, **GIVEN)
    registered = acceptance(token_for(user), **NAMES, security_question=QUESTION, security_answer=ANSWER)
    assert accepted(token_for(user), **{name: registered[name] for name in registered if name != "token"}).status == 200
    caller = signed_in(ADDRESS)
    profile = {"time_zone": "Pacific/Chatham", "signature": SIGNATURE, "phone": GIVEN["phone"]}
    profile["logo"] = uploaded(caller, a_png())
    assert call(PROFILE, caller=caller, body=profile).status == 200
    people = {"users": [invitation(ADDRESS, **NAMES), invitation("kim@example.org")], "message": "Welcome, both of you"}
    asked: list[tuple[str, dict[str, Any]]] = [
        (INVITE_MANY, {"caller": zoe.signed_in, "account_id": SECOND, "body": people}),
        (BLOCK_IDENTITY, {"caller": an_operator(), "email": ADDRESS, "body": {}}),
        (UNBLOCK_IDENTITY, {"caller": an_operator(), "email": ADDRESS, "body": {}}),
        (START_RECOVERY, {"body": {"email": ADDRESS}}),
        (SIGN_OUT, {"caller": signed_in(ADDRESS), "body": {}}),
    ]
    for route, parts in asked:
        answer = call(route, **parts, headers=once)
        assert answer.status < 300, answer.text
    certified(ADDRESS, **NAMES)
    new_account("cd456", seats=3, admin="carl@example.org")
    invited(ann, "mia@example.org", notify=[ADDRESS])
    deliver_queued()
    indexed()
    indexed(SECOND)


def users() -> dict[tuple[str, str], User]:
    stored = [User.model_validate(row) for row in rows(DIRECTORY) if row["sk"].startswith("user#")]
    return {(user.account_id, user.user_id): user for user in stored}


def erase() -> list[Exchange]:
    """Erase the person, and let streams and the sweep do their part; return what was asked of DynamoDB."""
    asked: list[Exchange] = []
    before = users()
    with listening(asked.append):
        assert call(ERASE_IDENTITY, caller=an_operator(), email=ADDRESS, body={}).status == 200
        for key, user in users().items():
            open_search_index().update_entries(before.get(key), user)
        movable_clock.forward(timedelta(minutes=2))
        wake("finish_erasures")
        wake("revoke_orphaned_invitations")
        deliver_queued()
        wake("publish_events", {"Records": journal_records()})
    return [each for each in asked if each.service == "dynamodb" and each.took_effect]


def told_by_streams(asked: list[Exchange]) -> list[Any]:
    """What was written into tables whose streams tell it for a day."""
    tables = {aws_fixture.physical(table) for table in (DIRECTORY, JOURNAL, MAIL)}
    written = [each.asked for each in asked if each.operation in {"PutItem", "UpdateItem", "TransactWriteItems"}]
    writes = [one for each in written for one in each.get("TransactItems", [{"Update": each}])]
    return [one for one in writes if next(iter(one.values()))["TableName"] in tables]


def everywhere(asked: list[Exchange], logs: str) -> dict[str, Any]:
    """All places, by name. An upload of a logo is nobody's after a day."""
    return {
        **aws_fixture.everything(),
        "user pool": [sign_ins(), [str(user) for user in listed_users()]],
        "logos": [key for key in aws_fixture.objects() if key.startswith(SERVED)],
        "streams": told_by_streams(asked),
        "events": aws_fixture.published_events(),
        "logs": logs,
    }


def listed_users() -> list[Any]:
    found: list[Any] = aws_fixture.cognito.list_users(UserPoolId=aws_fixture.USER_POOL_ID)["Users"]
    return found


def test_everything_was_known_and_nothing_is_left() -> None:
    plant(*two_accounts())
    known = found_in([aws_fixture.everything(), [str(user) for user in listed_users()]])
    logo = list(served())

    with captured_logs() as heard:
        asked = erase()
    found = {place: found_in(content) for place, content in everywhere(asked, heard.getvalue()).items()}

    assert sorted(known) == sorted(set(CANARIES) - {ANSWER}), "not everything was planted"
    assert {place: hits for place, hits in found.items() if hits} == {}
    assert (len(logo), served()) == (1, {})
    assert heard.getvalue()
    assert aws_fixture.published_events()


def _into_table(table: Table) -> None:
    row = {"pk": "x", "said": [f"To {ADDRESS.upper()}"]} | ({"sk": "said"} if table.sort_key else {})
    aws_fixture.dynamodb.put_item(TableName=aws_fixture.physical(table), Item=to_item(row))


LEFT: dict[str, Callable[[], object]] = {
    **{table.name: partial(_into_table, table) for table in (DIRECTORY, JOURNAL, MAIL, IDENTITIES)},
    "user pool": lambda: aws_fixture.cognito.admin_create_user(
        UserPoolId=aws_fixture.USER_POOL_ID, Username=ADDRESS, MessageAction="SUPPRESS"
    ),
    "logos": lambda: aws_fixture.s3.put_object(Bucket=aws_fixture.LOGOS, Key=f"{SERVED}{ADDRESS}", Body=b""),
}


@pytest.mark.parametrize("place", LEFT)
def test_what_was_left_on_purpose_is_found(place: str) -> None:
    two_accounts()

    LEFT[place]()

    assert found_in(everywhere([], "")[place]) == [ADDRESS, "Zebulon", "Quill", "canary"]
