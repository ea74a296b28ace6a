"""Steps that nobody asks for: streams deliver at least once and in any order, SES tells of mails, schedules run."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sqs.models import sqs_backends

from shared.adapters.dynamodb.codec import to_attribute, to_item
from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.delivery_events import delivery_event
from tests.factories import stream_of
from tests.invoke import wake
from tests.proofs import outbox
from tests.proofs.faults import Fault, Strike
from tests.proofs.invariants import orphaned
from tests.proofs.model import checks
from tests.proofs.model.state import State, changes
from tests.proofs.model.walk import Struck, Walk, killed, sweep

FOREIGN = 9  # The number of a mail that another product sent.
DELIVERY_EVENTS = ("Send", "Reject", "Delivery", "Bounce", "Complaint", "DeliveryDelay")


def _image(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry as the stream has it: a fact that is null stays one."""
    facts = {
        name: {"M": {fact: to_attribute(value) for fact, value in entry[name].items()}} for name in ("before", "after")
    }
    return to_item(entry) | facts


class StreamWalk(Walk):
    """A walk with all that happens in the background."""

    def deliver_mails(self, numbers: Sequence[int], struck: Struck = None) -> None:
        """Deliver records of the outbox's stream; the numbers count waiting mails first, then those that are done."""
        ordered = sorted(self.state.mails, key=lambda row: row["state"] != "queued")
        chosen = [ordered[number % len(ordered)]["pk"] for number in numbers]
        self._send(chosen, lambda: wake("send_mail", stream_of(chosen)), struck)

    def rescue_mails(self, struck: Struck = None) -> None:
        """Run the outbox's schedule, for what the stream has dropped or a sender left behind."""
        waiting = {row["pk"]: row["due_at"] for row in self.state.mails if "due_at" in row}
        due = [mail_id for mail_id, due_at in waiting.items() if datetime.fromisoformat(due_at) <= self.state.now]
        self._send(due, lambda: wake("send_mail"), struck)

    def sweep_invitations(self, struck: Struck = None) -> None:
        """Remind of what will expire, and expire what has."""
        sweep(lambda: wake("expire"), struck)
        self._end_step(by_clock=True)

    def sweep_orphans(self, struck: Struck = None) -> None:
        """Revoke what people who are gone have still pending."""
        sweep(lambda: wake("revoke_orphaned_invitations"), struck)
        flag, before, after = "has_invitations_to_revoke", self.state, State()
        ended = [target for target, user in before.users.items() if user[flag] and not after.users[target][flag]]
        for account_id, address in ended:
            inviter_id = before.users[account_id, address]["user_id"]
            left = [user.email for inviter, user in orphaned() if inviter.user_id == inviter_id]
            assert not left, f"invitations outlive their inviter: {left}"
        self.met["revocation ended"] += len(ended)
        self._end_step(by_clock=True)

    def move_records(self, struck: Struck = None) -> None:
        """Run the jobs that hand over what people who have left own."""
        sweep(lambda: wake("move_records"), struck)
        self._end_step(by_clock=True)

    def report_withdrawals(self, struck: Struck = None) -> None:
        """Report certifications that were withdrawn, in each account."""
        sweep(lambda: wake("report_withdrawals"), struck)
        self._end_step(by_clock=True)

    def hear_of_mails(self, numbers: Sequence[int], event_type: str) -> None:
        """Deliver SES's events about mails that it has taken, or about one of another product."""
        taken = [mail["pk"] for mail in self.state.mails if mail["state"] == "sent"]
        for number in numbers:
            mail_id = taken[number % len(taken)] if number < FOREIGN and taken else "of-another-product"
            wake("track_delivery", delivery_event(mail_id, event_type))
            self._end_step()
        self.met[event_type] += 1

    def publish_events(self, numbers: Sequence[int]) -> None:
        """Deliver records of the journal's stream: each becomes an event, with what the entry lacks of its user."""
        entries = sorted(self.state.entries, key=lambda row: str(row["entry_id"]))
        chosen = [entries[-1 - number % len(entries)] for number in numbers]
        records = [
            {
                "eventID": str(at),
                "eventName": "INSERT",
                "dynamodb": {"SequenceNumber": str(at), "NewImage": _image(entry)},
            }
            for at, entry in enumerate(chosen)
        ]
        assert wake("publish_events", {"Records": records}) == {"batchItemFailures": []}
        events = _events()
        assert [event["entry_id"] for event in events] == [entry["entry_id"] for entry in chosen]
        users = {row["user_id"]: row for row in self.state.users.values()}
        for event, entry in zip(events, chosen, strict=True):
            user = users.get(entry.get("user_id", ""), {})
            of_user = {name: user.get(name) for name in ("identity_id", "version") if entry.get(name) is None}
            assert event == {name: entry.get(name) for name in event} | of_user | {"reference": user.get("reference")}
        self._end_step()

    def _send(self, given: Sequence[str], run: Callable[[], Any], struck: Struck) -> None:
        before, already = self.state, len(aws_fixture.sent_mails())
        if struck:
            with suppress(Exception):
                killed(Strike(struck[1], Fault[struck[0]]), run)
        else:
            assert not (run() or {}).get("batchItemFailures"), "a mail was not handled"
        sent = outbox.references(aws_fixture.sent_mails()[already:])
        checks.check_mails(before, State(), sent, given=set(given), disturbed=struck is not None)
        self._end_step()

    def _end_step(self, *, by_clock: bool = False) -> None:
        before, self.state = self.state, State()
        checks.check_step(before, self.state)
        for (table, *_), (_, entry) in changes(before, self.state).items():
            if by_clock and table == JOURNAL.name and entry:
                self.met[f"swept: {entry['type']}"] += 1
        self.met["steps"] += 1
        self.wait(1)


def _events() -> list[dict[str, Any]]:
    """Return what has come out of the bus since the last look."""
    queue: Any = sqs_backends[DEFAULT_ACCOUNT_ID][aws_fixture.REGION].get_queue("watched")
    bodies = [json.loads(message.body)["detail"] for message in queue._messages]  # noqa: SLF001 (the mock's)
    queue._messages.clear()  # noqa: SLF001 (the mock's)
    return bodies
