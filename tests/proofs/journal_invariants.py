"""What the journal tells of a user: each change once, and together what the user is now."""

from typing import Any

from tests.proofs.snapshots import Row

INVITING = {"user.invited", "invitation.resent"}
_DELIVERY = "invitation.delivery_changed"
_OF_IDENTITIES = {"identity.blocked", "identity.unblocked", "identity.recovery_sent"}
_OF_RECORDS = {"records.moved", "record.removed"}
_WITHOUT_VERSION = {  # These are no version of the user.
    _DELIVERY,
    "invitation.link_copied",
    "partner.certification_withdrawn",
    *_OF_IDENTITIES,
    *_OF_RECORDS,
}
_UNTOLD = {
    "invitation.reminded",
    "invitation.new_link_requested",
}  # These change nothing that the journal tells.


def assert_journaled(user: Row, entries: list[Row]) -> None:
    """One entry for each change, and together they tell what the user is now."""
    told: Row = {}
    deliveries = [entry for entry in entries if entry["type"] == _DELIVERY]
    entries = [entry for entry in entries if entry["type"] not in _WITHOUT_VERSION]
    _assert_deliveries(user, deliveries)
    # Within a millisecond entries have no order of their own: the chain of what was before gives it.
    for entry in _chained([entry for entry in entries if entry["type"] not in _UNTOLD]):
        told |= entry["after"]
    assert len(entries) == user["version"], f"{user['version']} changes, {[entry['type'] for entry in entries]}"
    assert told["status"] == user["status"], "the journal tells another status"
    assert told["admin"] == user["admin"], "the journal tells another right"
    generations = sum(entry["type"] in INVITING for entry in entries)
    assert told["generation"] == user["invitation"]["generation"] == generations, "a generation was left out or reused"


def _assert_deliveries(user: Row, deliveries: list[Row]) -> None:
    """No delivery status is journaled twice for one link, and the one that is shown has been journaled."""
    told = [entry["after"]["delivery"] for entry in deliveries]
    generations = user["invitation"]["generation"]
    assert all(told.count(delivery) <= generations for delivery in told), "a delivery was journaled twice"
    shown = user["invitation"]["delivery"]
    assert shown not in {"delivered", "bounced"} or shown in told, "what became of a mail is not in the journal"


def _chained(entries: list[Row]) -> list[Row]:
    waiting, chained, now = list(entries), list[Row](), dict[str, Any]()
    while waiting:
        following = [one for one in waiting if all(now.get(name) == was for name, was in one["before"].items())]
        assert following, "the journal has a gap"
        chosen = next((one for one in following if one["before"] or not now), following[0])
        waiting.remove(chosen)
        chained.append(chosen)
        now |= chosen["after"]
    return chained
