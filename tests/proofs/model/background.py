"""What nobody waits for: mails and events that streams deliver, and the runs of every minute."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sqs.models import sqs_backends

from shared.adapters.dynamodb.codec import to_item
from shared.storage_schema import DIRECTORY, JOURNAL, MAIL
from tests import aws_fixture, factories
from tests.domain_factories import set_in
from tests.invoke import wake
from tests.proofs import outbox
from tests.proofs.faults import Fault, Strike
from tests.proofs.model.play import Play, Struck, killed
from tests.proofs.model.values import SALES, Mail
from tests.proofs.snapshots import rows

ELSEWHERE = 9  # The number of a mail that was not ours.
NEWS = {"Send": "sent", "Reject": "failed", "Delivery": "delivered", "Bounce": "bounced", "Complaint": "complained"}


class Background(Play):
    """Streams deliver what they have at least once and in any order; schedules come when they like."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.ambiguous: Counter[object] = Counter()

    def deliver(self, numbers: Sequence[int], struck: Struck = None) -> None:
        """The outbox's stream; the numbers count pending mails first, then those that are done."""
        ordered = sorted(self.model.mails, key=lambda mail: mail.state != "queued")
        chosen = [ordered[number % len(ordered)] for number in numbers]
        ids = {_name(row, self): row["pk"] for row in rows(MAIL)}
        event = factories.stream_of([ids[mail.name] for mail in chosen])
        self._send(chosen, lambda: wake("send_mail", event), struck)

    def rescue(self, struck: Struck = None) -> None:
        """The outbox's schedule."""
        self._send(self.model.due_mails(), lambda: wake("send_mail"), struck)

    def expire(self, struck: Struck = None) -> None:
        """The sweep of invitations."""
        due = list(self.model.due_invitations())
        _run(lambda: wake("expire"), struck)
        written = _written()
        for account, user in due:
            if not struck or written[account.account_id, user.address]["version"] > user.version:
                self.met[self.model.follow_the_clock(account, user)] += 1
        self.agree()
        self.wait(1)

    def withdraw(self, struck: Struck = None) -> None:
        """The sweep of what people who are gone have still pending: the first run revokes it, the next is done."""
        due = list(self.model.due_withdrawals())
        _run(lambda: wake("revoke_orphaned_invitations"), struck)
        written = _written()
        for account, inviter, pending in due:
            for user in pending:
                if not struck or written[account.account_id, user.address]["version"] > user.version:
                    self.model.withdraw(account, user)
                    self.met["withdrawn"] += 1
            if not pending and (
                not struck or not written[account.account_id, inviter.address]["has_invitations_to_revoke"]
            ):
                inviter.has_invitations_to_revoke = False
                self.met["withdrawal ended"] += 1
        self.agree()
        self.wait(1)

    def regroup(self, account_id: str) -> None:
        """A group that nobody is in goes; one that has gone comes back. No command of today's does it."""
        account = self.model.accounts[account_id]
        here = {"invited", "expired", "active", "blocked"}
        if any("sales" in user.groups for user in account.users.values() if user.status in here):
            return
        if account.groups.pop("sales", None) is None:
            account.groups["sales"] = SALES
        [row] = [row for row in rows(DIRECTORY) if row["sk"] == "groups" and row["account_id"] == account_id]
        first = row["groups"]["everyone"]
        sales = {"sales": first | {"group_id": "sales", "name": "Sales", "permissions": sorted(SALES)}}
        kept = {name: group for name, group in (row["groups"] | sales).items() if name in account.groups}
        version = row["version"] + 1
        set_in(DIRECTORY, {"pk": account_id, "sk": "groups"}, groups=kept, version=version)
        set_in(DIRECTORY, {"pk": account_id, "sk": "account"}, groups_version=version)
        self.agree()

    def track(self, numbers: Sequence[int], event_type: str) -> None:
        """News from SES of mails that it has taken; or of one that it had from somebody else."""
        taken = [mail for mail in self.model.mails if mail.state == "sent"]
        ids = {_name(row, self): row["pk"] for row in rows(MAIL)}
        for number in numbers:
            mail = taken[number % len(taken)] if number < ELSEWHERE and taken else None
            wake("track_delivery", factories.news_of(ids[mail.name] if mail else "of-somebody-else", event_type))
            if mail and event_type in NEWS:
                self.model.hear(mail, NEWS[event_type])
            self.agree()
            self.wait(1)
        self.met[event_type] += 1

    def publish(self, numbers: Sequence[int]) -> None:
        """The journal's stream: each record that it delivers is an event on the bus."""
        entries = list(rows(JOURNAL))
        chosen = [entries[-1 - number % len(entries)] for number in numbers]
        records = [
            {"eventName": "INSERT", "dynamodb": {"SequenceNumber": str(at), "NewImage": to_item(entry)}}
            for at, entry in enumerate(chosen)
        ]
        assert wake("publish_events", {"Records": records}) == {"batchItemFailures": []}
        events = _events()
        assert [event["entry_id"] for event in events] == [entry["entry_id"] for entry in chosen]
        for event, entry in zip(events, chosen, strict=True):
            assert event == {name: entry.get(name) for name in event}
        self.agree()

    def _send(self, mails: Sequence[Mail], run: Callable[[], Any], struck: Struck) -> None:
        before = len(aws_fixture.sent_mails())
        free = {mail.name: mail for mail in mails if self.model.is_free(mail)}
        legal = {name: self.model.ends_of_struck_mail(mail) for name, mail in free.items()}
        _run(run, struck)
        sent = outbox.references(aws_fixture.sent_mails()[before:])
        for row in rows(MAIL):
            if (name := _name(row, self)) not in free:
                assert row["pk"] not in sent, "a mail went out that was done, or another's"
                continue
            mail, went_out = free[name], sent[row["pk"]]
            if struck:
                self._adopt(mail, row, legal[name])
                assert went_out <= 1
                self.ambiguous[name] += went_out and mail.state != "sent"
            else:
                self.model.send(mail)
                assert went_out == (mail.state == "sent"), f"{mail} went out {went_out} times"
        self.agree()
        self.wait(1)

    def _adopt(self, mail: Mail, row: dict[str, Any], legal: dict[str, datetime | None]) -> None:
        """Where the mail is after its sender was struck; no other place is legal than those."""
        was = mail.state, mail.attempts
        if was == (row["state"], row["attempts"]):
            return
        assert row["state"] in legal, f"{mail} is {row['state']}"
        mail.attempts += 1
        self.model.settle(mail, row["state"], due_at=legal[row["state"]])


def _run(run: Callable[[], Any], struck: Struck) -> None:
    """A run that is not struck must go well; of one that is, only what it has written counts."""
    if struck:
        with suppress(Exception):
            killed(Strike(struck[1], Fault[struck[0]]), run)
    else:
        assert not (run() or {}).get("batchItemFailures"), "a run has failed"


def _written() -> dict[tuple[str, str], dict[str, Any]]:
    """Users as they are stored."""
    return {(row["account_id"], row["email"]): row for row in rows(DIRECTORY) if row["sk"].startswith("user#")}


def _name(row: dict[str, Any], play: Play) -> tuple[object, ...]:
    to = play.doors.person(row["to_user"]) if row.get("to_user") else row["to_address"]
    about = play.doors.person(row["user_id"])
    return row["kind"], row["account_id"], about, row["generation"], to, datetime.fromisoformat(row["queued_at"])


def _events() -> list[dict[str, Any]]:
    """What has come out of the bus since the last look."""
    queue: Any = sqs_backends[DEFAULT_ACCOUNT_ID][aws_fixture.REGION].get_queue("watched")
    bodies = [json.loads(message.body)["detail"] for message in queue._messages]  # noqa: SLF001
    queue._messages.clear()  # noqa: SLF001
    return bodies
