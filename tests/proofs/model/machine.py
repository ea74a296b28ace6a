"""The machine: chooses what to do next, so that hypothesis finds the shortest way to a disagreement.

A failure is printed as a program: paste it into a test that uses the fixture `quick_hashes`, and it fails again.
"""

from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.proofs.model import choices
from tests.proofs.model.beginning import beginning
from tests.proofs.model.links import TERMS
from tests.proofs.model.play import Struck
from tests.proofs.model.values import Command

NAMES = {"first_name": "Lee", "last_name": "Sherron"}
READS = ("get_user", "list_users", "get_account", "get_access", "list_groups", "list_entries", "get_me")


class Usher(RuleBasedStateMachine):
    """Begins where two accounts have just been opened; `met` counts, over all runs, what was come across."""

    met: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.play = beginning()
        self.model = self.play.model

    def teardown(self) -> None:
        Usher.met.update(self.play.met)

    @rule(
        account=choices.in_account(),
        by=choices.actor(),
        whom=choices.address(),
        role=st.sampled_from(sorted(choices.ROLES)),
        nameless=choices.rarely(),
        notify=choices.rarely(),
        key=choices.key(),
        struck=choices.fault(),
    )
    def invite(self, account: str, by: str, whom: str, role: str, nameless: bool, notify: bool, key: str | None, struck: Struck) -> None:
        body = NAMES | choices.ROLES[role] | {"email": whom}
        if nameless:
            del body["last_name"]
        if notify:
            body["notify"] = ["boss@example.org", "Boss@example.org", "chief@example.org"]
        self._give(Command("invite", by=by, account=account, body=body, key=key), struck)

    @rule(account=choices.in_account(), by=choices.operator(), whom=choices.address(), key=choices.key(), struck=choices.fault())
    def invite_administrator(self, account: str, by: str, whom: str, key: str | None, struck: Struck) -> None:
        self._give(Command("invite_administrator", by=by, account=account, body=NAMES | {"email": whom}, key=key), struck)

    @rule(account=st.sampled_from(choices.ACCOUNTS), by=choices.operator(), whom=choices.address(), key=choices.key(), struck=choices.fault())
    def open_account(self, account: str, by: str, whom: str, key: str | None, struck: Struck) -> None:
        body = {"account_id": account, "name": f"Account {account}", "seats": 2, "admin": NAMES | {"email": whom}}
        self._give(Command("open_account", by=by, body=body, key=key), struck)

    @rule(link=choices.link())
    def preview(self, link: str) -> None:
        self._give(Command("preview", link=link))

    @rule(link=choices.link(), password=choices.password(), old_terms=choices.rarely(), key=choices.key(), struck=choices.fault())
    def accept(self, link: str, password: str, old_terms: bool, key: str | None, struck: Struck) -> None:
        body = {"first_name": "Real", "last_name": "Owner", "password": password, "security_question": "First pet?"}
        body |= {"security_answer": "Rex", "terms_version": "2020-01-01" if old_terms else TERMS}
        self._give(Command("accept", link=link, body=body, key=key), struck)

    @rule(link=choices.link(), by=choices.joiner(), terms=st.sampled_from([TERMS, TERMS, "2020-01-01"]), key=choices.key(), struck=choices.fault())
    def join(self, link: str, by: str, terms: str, key: str | None, struck: Struck) -> None:
        caller = link.split("/")[1] if by == "the invited" else by
        self._give(Command("join", by=caller, link=link, body={"terms_version": terms}, key=key), struck)

    @rule(account=choices.in_account(), by=choices.actor(), whom=choices.user(), key=choices.key(), struck=choices.fault())
    def deactivate(self, account: str, by: str, whom: str, key: str | None, struck: Struck) -> None:
        self._give(Command("deactivate", by=by, account=account, whom=whom, key=key), struck)

    @rule(what=st.sampled_from(READS), account=choices.in_account(), by=choices.actor(), whom=choices.user(), struck=choices.fault())
    def read(self, what: str, account: str, by: str, whom: str, struck: Struck) -> None:
        where = account if what != "get_me" else None
        self._give(Command(what, by=by, account=where, whom=whom if what == "get_user" else None), struck)

    @rule(nth=st.integers(0, 3), other=st.booleans(), struck=choices.fault())
    def repeat(self, nth: int, other: bool, struck: Struck) -> None:
        """An earlier command under its Idempotency-Key, or another one under the same."""
        if not self.play.given:
            return
        command = self.play.given[-1 - nth % len(self.play.given)]
        self._give(choices.another(command) if other else command, struck)

    @rule(what=st.sampled_from(choices.SPOILABLE), defect=st.sampled_from(sorted(choices.DEFECTS)), by=choices.actor(), link=choices.link())
    def spoil(self, what: str, defect: str, by: str, link: str) -> None:
        self._give(choices.spoiled(what, defect, by=by, link=link))

    @rule(milliseconds=choices.moment())
    def wait(self, milliseconds: int) -> None:
        self.play.wait(milliseconds)

    @rule(numbers=choices.numbers(), struck=choices.fault())
    def deliver_mails(self, numbers: list[int], struck: Struck) -> None:
        self.play.deliver(numbers, struck)

    @rule(numbers=choices.numbers())
    def deliver_events(self, numbers: list[int]) -> None:
        self.play.publish(numbers)

    @rule(struck=choices.fault())
    def sweep_invitations(self, struck: Struck) -> None:
        self.play.expire(struck)

    @rule(struck=choices.fault())
    def sweep_mails(self, struck: Struck) -> None:
        self.play.rescue(struck)

    def _give(self, command: Command, struck: Struck = None) -> None:
        self.play.give(command, struck)
        self.model = self.play.model
