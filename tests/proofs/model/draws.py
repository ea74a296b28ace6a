"""What the choices of the walk are drawn from: callers and targets, by the present state."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from tests.proofs.model.command import MALFORMED, OPERATOR
from tests.proofs.model.state import State

PEOPLE = (
    *(f"{name}@example.org" for name in ("ann", "zoe", "lee", "bob", "sam", "eve", "max", "una", "rob")),
    "kim@xn--bcher-kva.example",
)
ACCOUNTS = ("ab123", "cd456", "ef789")
ODD_ACCOUNTS = ("zz000", MALFORMED)

Draw = Callable[[st.SearchStrategy[Any]], Any]


def state_of(draw: Draw) -> State:
    """Return the state of the machine that asks."""
    state: State = draw(st.runner()).walk.state
    return state


def usually(draw: Draw, usual: Sequence[Any], odd: Sequence[Any], *, often: int) -> Any:
    """Draw one of the usual ones, `often` times out of 16."""
    is_usual = draw(st.integers(0, 15)) < often
    return draw(st.sampled_from(list(usual) if is_usual and usual else list(odd)))


def an_actor(draw: Draw, account_id: str, *, but: str = "") -> str:
    """Draw an administrator of the account or another active user of it, mostly."""
    active = [user for user in state_of(draw).active(account_id) if user["email"] != but]
    admins = [user["email"] for user in active if user["admin"]]
    return str(usually(draw, 5 * admins + [user["email"] for user in active], callers(), often=15))


def a_target(draw: Draw, worth: Mapping[str, int], *, linked: bool = False) -> tuple[str, str]:
    """Draw an account and an address by the status of its user; `linked` leaves out addresses without a user."""
    state = state_of(draw)
    by_status: dict[str, list[tuple[str, str]]] = {}
    targets = sorted(state.users) if linked else [(account, one) for account in state.accounts for one in PEOPLE]
    for target in targets:
        by_status.setdefault(state.status(target), []).append(target)
    statuses = [status for status in by_status for _ in range(worth.get(status, 1))]
    account, address = draw(st.sampled_from(by_status[draw(st.sampled_from(statuses))]))
    return account, address


def callers() -> list[str]:
    ended = [f"{name}@example.org ended" for name in ("bob", "una", "max")]
    return [*PEOPLE, OPERATOR, "nobody@example.org", "lee@example.org before", "ann@example.org id", *ended]
