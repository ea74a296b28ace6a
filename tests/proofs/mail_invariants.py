"""The mails that the journal calls for: each queued once, and counted where mails are limited."""

from collections import Counter

from shared.domain.policy.authorization import is_operator
from shared.storage_schema import MAIL
from tests.proofs.journal_invariants import INVITING
from tests.proofs.snapshots import Row, rows

_MAILS_OF_ENTRY = {
    "user.joined": ("account_information", "joined"),
    "invitation.expired": ("expired",),
    "invitation.declined": ("declined",),
    "invitation.reminded": ("reminder",),
    "user.reactivated": ("reactivated",),
    "user.blocked": ("blocked",),
    "user.unblocked": ("unblocked",),
    "user.deactivated": ("deactivated",),
    "user.removed": ("deactivated",),
}
_TO_INVITERS = {"joined", "expired", "declined", "bounced"}
_ON_REQUEST = {
    "notify",
    "notify_of_many",
    "new_link_requested",
    "partner_left",
    "certification_withdrawn",
    "access_ending",
}  # Their number does not follow from the change alone.
_MAILED_SEATS = {"seats.requested", "seats.approved", "seats.denied", "seats.returned"}


def assert_mails_counted(account: Row) -> None:
    """The day's mails that count are those that were queued; the counter restarts each day."""
    counted = [mail for mail in rows(MAIL) if mail["kind"] in {"invitation", "notify", "notify_of_many"}]
    theirs = [mail["queued_at"][:10] for mail in counted if mail["account_id"] == account["account_id"]]
    assert account.get("mails_on") == max(theirs, default=None), "the mails of another day were counted"
    queued = theirs.count(account["mails_on"])
    assert account["mails_sent"] == queued, f"{account['mails_sent']} mails counted, {queued} queued"


def assert_mails(journal: list[Row]) -> None:
    """Every change queued its mails, once."""
    expected: Counter[tuple[str, str, str]] = Counter()
    inviters: dict[tuple[str, str], str] = {}
    for entry in sorted(journal, key=lambda row: str(row["entry_id"])):
        if not entry.get("user_id"):
            continue
        about = (entry["account_id"], entry["user_id"])
        inviters[about] = entry["after"].get("invited_by", inviters.get(about))
        for kind in _kinds(entry, by_operator=is_operator(inviters[about])):
            expected[(*about, kind)] += 1
    _assert_seat_mails(journal)
    mails = [
        mail
        for mail in rows(MAIL)
        if mail["payload"].get("happened", mail["kind"]) not in _ON_REQUEST and "user_id" in mail
    ]
    queued = Counter((mail["account_id"], mail["user_id"], mail["kind"]) for mail in mails)
    assert queued == expected, f"mails do not match the changes: {queued - expected}, {expected - queued}"
    for kind in ("invitation", "reminder"):
        links = [(mail["account_id"], mail["user_id"], mail["generation"]) for mail in mails if mail["kind"] == kind]
        assert len(links) == len(set(links)), f"one link has two mails of kind {kind}"


def _assert_seat_mails(journal: list[Row]) -> None:
    """Every request for seats and every decision queued a mail to the staff, or to who asked, or to both; once."""
    expected = Counter((entry["account_id"], entry["type"]) for entry in journal if entry["type"] in _MAILED_SEATS)
    for entry in journal:
        if entry["type"] == "seats.approved" and not entry["actor"].startswith(("operator:", "host")):
            expected[entry["account_id"], "seats.requested"] -= 1  # A purchase at once waits for nobody.
            expected[entry["account_id"], "seats.bought"] += 1
        if entry["type"] == "seats.returned":
            expected[entry["account_id"], "seats.given.back"] += 1
    mails = [mail for mail in rows(MAIL) if mail["kind"].startswith("seats_")]
    assert Counter((mail["account_id"], mail["kind"].replace("_", ".")) for mail in mails) == +expected


def _kinds(entry: Row, *, by_operator: bool) -> list[str]:
    if entry["type"] in INVITING:
        return ["invitation"]
    kinds = ("bounced",) if entry["after"].get("delivery") == "bounced" else _MAILS_OF_ENTRY.get(entry["type"], ())
    if kinds == ("deactivated",) and entry["before"]["status"] != "active":
        return []  # They had no access any more.
    if entry["after"].get("reason") == "access_ended":
        kinds = ("access_ended",)
    told = [kind for kind in kinds if kind != "joined" or not by_operator]
    return ["staff_notice" if by_operator and kind in _TO_INVITERS else kind for kind in told]
