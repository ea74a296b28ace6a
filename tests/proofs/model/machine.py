"""The machine: chooses what to do next, so that hypothesis finds the shortest way to a disagreement.

A failure is printed as a program: paste it into a test of this folder, and it fails again.
"""

from collections import Counter
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import Rule, RuleBasedStateMachine, rule

from tests.proofs.model import choices
from tests.proofs.model.background import NEWS
from tests.proofs.model.beginning import beginning
from tests.proofs.model.choices import Draw, Who
from tests.proofs.model.ground import DEFECTS
from tests.proofs.model.play import Struck
from tests.proofs.model.spoiling import SPOILABLE, another, spoiled
from tests.proofs.model.values import Command

NAMES = {"first_name": "Lee", "last_name": "Sherron"}
GROUPS = (None, None, "everyone", "administrators", "no-such-group")
READS = ("list_users", "get_account", "get_access", "list_groups", "list_entries", "get_me")


# How often each rule is taken; 3 for all others.
WEIGHTS = {
    "invite": 12,
    "invite_administrator": 13,
    "resend": 14,
    "copy_link": 11,
    "revoke": 11,
    "edit": 12,
    "deactivate": 11,
    "reactivate": 10,
    "remove": 11,
    "accept": 10,
    "join": 10,
    "decline": 12,
    "request_new": 11,
    "preview": 12,
    "get_user": 16,
    "read": 34,
    "change_settings": 8,
    "edit_me": 5,
    "wait": 18,
    "repeat": 10,
    "spoil": 5,
    "open_account": 2,
    "deliver_mails": 3,
    "hear_of_mails": 3,
    "deliver_events": 3,
    "sweep_invitations": 3,
    "sweep_withdrawals": 6,
    "sweep_mails": 1,
    "regroup": 3,
}


class Usher(RuleBasedStateMachine):
    """Begins where two accounts have just been opened; `met` counts, over all runs, what was come across."""

    met: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        # Hypothesis leaves out some of the rules in each run, and takes the others alike.
        self._rules_strategy: Any = _by_weight(tuple(self.setup_state().rules))
        self.play = beginning()
        self.model = self.play.model

    def teardown(self) -> None:
        Usher.met.update(self.play.met)

    @rule(
        who=choices.inviting(),
        role=choices.role(),
        nameless=choices.rarely(),
        notify=choices.rarely(),
        key=choices.key(),
        struck=choices.fault(),
    )
    def invite(self, *, who: Who, role: str, nameless: bool, notify: bool, key: str | None, struck: Struck) -> None:
        body = NAMES | choices.ROLES[role] | {"email": who[2]}
        body |= {"last_name": None} if nameless else {}
        body |= {"notify": ["boss@example.org", "Boss@example.org", "chief@example.org"]} if notify else {}
        self._give(Command("invite", by=who[0], account=who[1], body=body, key=key), struck)

    @rule(who=choices.operating(), key=choices.key(), struck=choices.fault())
    def invite_administrator(self, who: Who, key: str | None, struck: Struck) -> None:
        body = NAMES | {"email": who[2]}
        self._give(Command("invite_administrator", by=who[0], account=who[1], body=body, key=key), struck)

    @rule(who=choices.opening(), seats=st.integers(1, 3), key=choices.key(), struck=choices.fault())
    def open_account(self, who: Who, seats: int, key: str | None, struck: Struck) -> None:
        admin = NAMES | {"email": who[2]}
        body = {"account_id": who[1], "name": f"Account {who[1]}", "seats": seats, "admin": admin}
        self._give(Command("open_account", by=who[0], body=body, key=key), struck)

    @rule(link=choices.link())
    def preview(self, link: str) -> None:
        self._give(Command("preview", link=link))

    @rule(
        link=choices.link(),
        password=choices.password(),
        terms=choices.terms(),
        key=choices.key(),
        struck=choices.fault(),
    )
    def accept(self, link: str, password: str, terms: str, key: str | None, struck: Struck) -> None:
        body = {"first_name": "Real", "last_name": "Owner", "password": password, "terms_version": terms}
        body |= {"security_question": "First pet?", "security_answer": "Rex"}
        self._give(Command("accept", link=link, body=body, key=key), struck)

    @rule(link=choices.link(), by=choices.joiner(), terms=choices.terms(), key=choices.key(), struck=choices.fault())
    def join(self, link: str, by: str, terms: str, key: str | None, struck: Struck) -> None:
        caller = link.split("/")[1] if by == "the invited" else by
        self._give(Command("join", by=caller, link=link, body={"terms_version": terms}, key=key), struck)

    @rule(link=choices.link(), key=choices.key(), struck=choices.fault())
    def decline(self, link: str, key: str | None, struck: Struck) -> None:
        self._give(Command("decline", link=link, key=key), struck)

    @rule(link=choices.link("request_new"), key=choices.key(), struck=choices.fault())
    def request_new(self, link: str, key: str | None, struck: Struck) -> None:
        self._give(Command("request_new", link=link, key=key), struck)

    @rule(who=choices.acting("resend"), key=choices.key(), struck=choices.fault())
    def resend(self, who: Who, key: str | None, struck: Struck) -> None:
        self._give(Command("resend", by=who[0], account=who[1], whom=who[2], key=key), struck)

    @rule(who=choices.acting("copy_link"), key=choices.key(), struck=choices.fault())
    def copy_link(self, who: Who, key: str | None, struck: Struck) -> None:
        self._give(Command("copy_link", by=who[0], account=who[1], whom=who[2], key=key), struck)

    @rule(who=choices.acting("revoke"), key=choices.key(), struck=choices.fault())
    def revoke(self, who: Who, key: str | None, struck: Struck) -> None:
        self._give(Command("revoke", by=who[0], account=who[1], whom=who[2], key=key), struck)

    @rule(who=choices.acting("edit"), edit=choices.edits(), behind=choices.seen(), struck=choices.fault())
    def edit(self, who: Who, edit: dict[str, Any], behind: int, struck: Struck) -> None:
        account = self.model.accounts.get(who[1])
        user = account.users.get(who[2]) if account else None
        seen = user.version - behind if user and behind >= 0 else None
        self._give(Command("edit", by=who[0], account=who[1], whom=who[2], body=edit, seen=seen), struck)

    @rule(who=choices.settings(), struck=choices.fault())
    def change_settings(self, who: tuple[str, str, dict[str, Any]], struck: Struck) -> None:
        self._give(Command("change_settings", by=who[0], account=who[1], body=who[2]), struck)

    @rule(who=choices.acting("deactivate"), key=choices.key(), struck=choices.fault())
    def deactivate(self, who: Who, key: str | None, struck: Struck) -> None:
        self._give(Command("deactivate", by=who[0], account=who[1], whom=who[2], key=key), struck)

    @rule(who=choices.acting("remove"), key=choices.key(), struck=choices.fault())
    def remove(self, who: Who, key: str | None, struck: Struck) -> None:
        self._give(Command("remove", by=who[0], account=who[1], whom=who[2], key=key), struck)

    @rule(who=choices.acting("reactivate"), group=st.sampled_from(GROUPS), key=choices.key(), struck=choices.fault())
    def reactivate(self, who: Who, group: str | None, key: str | None, struck: Struck) -> None:
        body = {"groups": [group]} if group else {}
        self._give(Command("reactivate", by=who[0], account=who[1], whom=who[2], body=body, key=key), struck)

    @rule(who=choices.acting(), struck=choices.fault())
    def get_user(self, who: Who, struck: Struck) -> None:
        self._give(Command("get_user", by=who[0], account=who[1], whom=who[2]), struck)

    @rule(what=st.sampled_from(READS), who=choices.acting(), struck=choices.fault())
    def read(self, what: str, who: Who, struck: Struck) -> None:
        self._give(Command(what, by=who[0], account=None if what == "get_me" else who[1]), struck)

    @rule(who=choices.acting(), called=choices.names(), struck=choices.fault())
    def edit_me(self, who: Who, called: dict[str, str], struck: Struck) -> None:
        self._give(Command("edit_me", by=who[0], body=called), struck)

    @rule(nth=st.integers(0, 3), other=st.booleans(), struck=choices.fault())
    def repeat(self, *, nth: int, other: bool, struck: Struck) -> None:
        """An earlier command under its Idempotency-Key, or another one under the same."""
        if self.play.given:
            command = self.play.given[-1 - nth % len(self.play.given)]
            self._give(another(command) if other else command, struck)

    @rule(what=st.sampled_from(SPOILABLE), defect=st.sampled_from(sorted(DEFECTS)), who=choices.acting())
    def spoil(self, what: str, defect: str, who: Who) -> None:
        self._give(spoiled(what, defect, by=who[0], account=who[1]))

    @rule(milliseconds=choices.moment())
    def wait(self, milliseconds: int) -> None:
        self.play.wait(milliseconds)

    @rule(numbers=choices.numbers(), struck=choices.fault())
    def deliver_mails(self, numbers: list[int], struck: Struck) -> None:
        self.play.deliver(numbers, struck)

    @rule(numbers=choices.numbers(), news=st.sampled_from([*NEWS, "DeliveryDelay"]))
    def hear_of_mails(self, numbers: list[int], news: str) -> None:
        self.play.track(numbers, news)

    @rule(numbers=choices.numbers())
    def deliver_events(self, numbers: list[int]) -> None:
        self.play.publish(numbers)

    @rule(struck=choices.fault())
    def sweep_invitations(self, struck: Struck) -> None:
        self.play.expire(struck)

    @rule(struck=choices.fault())
    def sweep_withdrawals(self, struck: Struck) -> None:
        self.play.withdraw(struck)

    @rule(account=st.sampled_from(("ab123", "cd456")))
    def regroup(self, account: str) -> None:
        self.play.regroup(account)

    @rule(struck=choices.fault())
    def sweep_mails(self, struck: Struck) -> None:
        self.play.rescue(struck)

    def _give(self, command: Command, struck: Struck = None) -> None:
        self.play.give(command, struck)
        self.model = self.play.model


@st.composite
def _by_weight(draw: Draw, rules: tuple[Rule, ...]) -> tuple[Rule, dict[str, Any]]:
    """One of the rules, and what it is given."""
    names = {rule.function.__name__: rule for rule in rules}
    first = ("wait", *sorted(names.keys() - {"wait"}))  # Hypothesis takes the first too often: it should cost nothing.
    often = [names[name] for name in first for _ in range(WEIGHTS.get(name, 3))]
    chosen = draw(st.sampled_from(often))
    return chosen, {name: draw(strategy) for name, strategy in chosen.arguments_strategies.items()}
