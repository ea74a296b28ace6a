"""Many mails that wait in the outbox, in the shape in which a real invitation writes them."""

import json
from typing import Any

from shared.adapters.dynamodb.codec import to_item
from shared.storage_schema import DIRECTORY, MAIL, Table
from tests import aws_fixture
from tests.factories import an_account, deliver_queued, invited
from tests.proofs.snapshots import rows

Row = dict[str, Any]

MANY = 500  # mails; more of them would only be slower
_UNREADABLE = {157, 207}
_AT_ONCE = 25  # items that one request writes

ENDS = ("sent", "failed", "skipped")
# Mails by the state in which they must end; the unreadable ones are among those that fail, and somebody must be told.
Mailing = dict[str, set[str]]


def prepare() -> Mailing:
    """Two mails for each of many people, who were all invited at this moment: to them, and to whom it concerns.

    Of a hundred mails one cannot be worked on, and one or two are of links that have been replaced since.
    """
    ann = an_account()
    deliver_queued()
    mailing: Mailing = {end: {row["pk"] for row in rows(MAIL) if row["state"] == end} for end in ENDS}
    mailing["unreadable"] = set()
    user_id = invited(ann, notify=["boss@example.org"])["user_id"]
    [user] = [row for row in rows(DIRECTORY) if row.get("user_id") == user_id]
    mails = [row for row in rows(MAIL) if row["state"] == "queued"]
    mailing["sent"] |= {mail["pk"] for mail in mails}
    people, waiting = list[Row](), list[Row]()
    for number in range(MANY // len(mails)):
        person, *theirs = _about_another(number, user, *mails)
        for mail in theirs:
            end = _spoiled(person, mail, number) if mail["kind"] == "invitation" else "sent"
            mailing[end].add(mail["pk"])
            if number in _UNREADABLE and end == "failed":
                mailing["unreadable"].add(mail["pk"])
        people.append(person)
        waiting += theirs
    _write(DIRECTORY, people)
    _write(MAIL, waiting)
    return mailing


def _about_another(number: int, *likenesses: Row) -> list[Row]:
    """The same rows about somebody else, whose ids and addresses are their own wherever they stand."""
    user, *mails = likenesses
    text = json.dumps(likenesses).replace(user["email"], f"p{number}@example.org")
    for known in (user["user_id"], *(mail["mail_id"] for mail in mails)):
        text = text.replace(known, f"{number:06d}{known[6:]}")
    varied: list[Row] = json.loads(text)
    return varied


def _spoiled(person: Row, mail: Row, number: int) -> str:
    """What is to become of an invitation's mail, after something may have happened to it."""
    match number:
        case 7:
            person["email"] = "no address"
            return "failed"
        case 57 | 107:
            mail["account_id"] = "zz999"
            return "failed"
        case 157:
            mail["kind"] = "postcard"
            return "failed"
        case 207:
            del mail["queued_at"]
            return "failed"
    if number % 50 == 19:
        person["invitation"]["generation"] += 1
        return "skipped"
    return "sent"


def _write(table: Table, written: list[Row]) -> None:
    for start in range(0, len(written), _AT_ONCE):
        puts = [{"PutRequest": {"Item": to_item(row)}} for row in written[start : start + _AT_ONCE]]
        aws_fixture.dynamodb.batch_write_item(RequestItems={aws_fixture.physical(table): puts})
