"""What to try next on people's identities: certifications, blocks, passwords and the recovery of them."""

from typing import Any

from hypothesis import strategies as st

from tests.proofs.model.command import IDENTITY_COMMANDS, OPERATOR, REGISTRY_COMMANDS, Command
from tests.proofs.model.draws import PEOPLE, Draw, callers, state_of, usually

PASSWORDS = ("Secret77", "Another8", "Trombone41")
QUESTION = {"security_question": "First car?", "security_answer": "Rex"}
RECOVERY_BODIES: list[dict[str, Any]] = [
    *[{"security_answer": "REX "}] * 6,
    *[{"security_answer": "Rex the third"}] * 4,
    *[{"security_answer": "wrong"}] * 5,
    *[QUESTION] * 3,
    {},
]


def on_person(draw: Draw, name: str) -> Command:
    """Draw what staff do to a person's identity or certification, or what a person does about their password."""
    if name in (*REGISTRY_COMMANDS, *IDENTITY_COMMANDS):
        by = usually(draw, [OPERATOR], callers(), often=15)
        return Command(name, by=by, email=_whom(draw, name), body=_certification(draw) if name == "certify" else {})
    if name == "start_recovery":
        return Command(name, body={"email": usually(draw, _known(draw), [*PEOPLE, "nobody@example.org"], often=13)})
    if name in {"preview_recovery", "finish_recovery"}:
        return _with_recovery(draw, name)
    by = usually(draw, _known(draw), callers(), often=14)
    if name == "sign_out":
        return Command(name, by=by)
    current = state_of(draw).passwords.get(by.split(" ", maxsplit=1)[0], (None, "Secret77"))[1]
    body = {"current_password": usually(draw, [current], PASSWORDS, often=12), "password": draw(_new_password())}
    return Command(name, by=by, body=body)


def _known(draw: Draw) -> list[str]:
    """Return the addresses of people who can sign in, but for the two whom every account needs."""
    state = state_of(draw)
    return [address for address in PEOPLE[2:] if "sub" in state.identities.get(address, {})]


def _whom(draw: Draw, name: str) -> str:
    """Return the address of someone whom the command can change, mostly."""
    state = state_of(draw)
    blocked = [address for address in PEOPLE if state.identities.get(address, {}).get("blocked")]
    certified = [address for address in PEOPLE if state.is_certified(address)]
    partners = [user["email"] for user in state.users.values() if user["kind"] == "partner"]
    likely = {
        "unblock_identity": blocked,
        "help_recovery": _known(draw) + 8 * blocked,
        "withdraw": [address for address in certified if address in partners],
        "certify": PEOPLE[2:],
    }.get(name, _known(draw))
    return str(usually(draw, likely, [*PEOPLE[2:], "nobody@example.org"], often=13))


def _certification(draw: Draw) -> dict[str, str]:
    partner_type = draw(st.sampled_from(["expert_coach", "certified_partner"]))
    return {"partner_type": partner_type, "first_name": "Pat", "last_name": "Porter"}


def _with_recovery(draw: Draw, name: str) -> Command:
    """Draw a password reset link, mostly the newest of someone who has asked for one; rarely a forged one.

    Those that want the answer, which an operator's do not, are drawn more often.
    """
    recoveries = {address: row for address in PEOPLE if (row := state_of(draw).recovery(address))}
    answered = [address for address, row in recoveries.items() if not row.get("by_operator")]
    address = draw(st.sampled_from(3 * answered + list(recoveries) or PEOPLE))
    newest = recoveries[address]["version"] if address in recoveries else 1
    version = usually(draw, [newest], [newest - 1, newest + 1], often=14)
    forged = usually(draw, [""], ["~mac"], often=14)
    body = draw(st.sampled_from(RECOVERY_BODIES)) | {"password": draw(_new_password())}
    return Command(name, recovery=f"{address}/{version}{forged}", body=body if name == "finish_recovery" else {})


def _new_password() -> st.SearchStrategy[str]:
    return st.sampled_from([*PASSWORDS * 5, "short"])
