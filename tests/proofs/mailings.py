"""Many mails in the outbox, copied from those of a real invitation."""

import json
from typing import Any

from shared.adapters.dynamodb.codec import to_item
from shared.storage_schema import DIRECTORY, MAIL, Table
from tests import aws_fixture
from tests.factories import an_account, deliver_queued, invited
from tests.proofs.snapshots import rows

Row = dict[str, Any]

MANY = 500  # mails
_UNREADABLE = {157, 207}
_AT_ONCE = 25  # items that one request writes

ENDS = ("sent", "failed", "skipped")
# Mails by the state in which they must end; the unreadable ones also fail, and must be logged.
Mailing = dict[str, set[str]]


def prepare() -> Mailing:
    """Queue two mails for each of many people who were invited now: the invitation, and one to a `notify` address.

    One percent are poison, and one or two percent are of links that have been replaced since.
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
        person, *theirs = _copied_for_another(number, user, *mails)
        for mail in theirs:
            end = _poisoned(person, mail, number) if mail["kind"] == "invitation" else "sent"
            mailing[end].add(mail["pk"])
            if number in _UNREADABLE and end == "failed":
                mailing["unreadable"].add(mail["pk"])
        people.append(person)
        waiting += theirs
    _write(DIRECTORY, people)
    _write(MAIL, waiting)
    return mailing


def _copied_for_another(number: int, *originals: Row) -> list[Row]:
    """Return the same rows about another person, with their own ids and address throughout."""
    user, *mails = originals
    text = json.dumps(originals).replace(user["email"], f"p{number}@example.org")
    for known in (user["user_id"], *(mail["mail_id"] for mail in mails)):
        text = text.replace(known, f"{number:06d}{known[6:]}")
    varied: list[Row] = json.loads(text)
    return varied


def _poisoned(person: Row, mail: Row, number: int) -> str:
    """Make some of the mails poison or outdated; return the state in which the mail must end."""
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
