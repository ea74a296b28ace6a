"""The commands on a user that the path names by id: on whom they are tried, and with which bodies."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.proofs.model.draws import Draw, state_of
from tests.proofs.model.invitation_choices import NAMES, access_ends

Body = dict[str, Any]

GROUPS = (None, None, "everyone", "administrators", "no-such-group")
PHONE = {"country_code": "+44", "number": "2079460000"}
EDITS = ({"first_name": "Leigh"}, NAMES, {"last_name": None}, {"phone": PHONE}, {"phone": None})
RIGHTS: list[Body] = [
    *({"admin": True}, {"admin": False, "groups": ["everyone"]}, {"groups": ["everyone"]}, {"reference": "crm-7"}),
    *({"permissions": {"allow": allow}} for allow in (["users.invite"], ["users.edit", "users.invite"], [])),
    *({"permissions": {"deny": ["users.view"]}}, {"permissions": {"deny": []}}, {"groups": ["no-such-group"]}),
    {"admin": True, "permissions": {"allow": ["users.view"]}},
    *({"groups": ["@Sales"]}, {"groups": ["@Support", "everyone"]}),
]


def _empty(_: Draw, __: str, ___: str) -> Body:
    return {}


def _edit(draw: Draw, account: str, address: str) -> Body:
    """Draw a change of rights or of the end of access; of what belongs to the person mostly while they are invited."""
    user = state_of(draw).users.get((account, address))
    is_invited = user is not None and user["status"] == "invited"
    edits = [*(EDITS if is_invited else EDITS[:1]), *RIGHTS, *access_ends(draw)[1:], {"access_until": None}]
    body: Body = draw(st.sampled_from(edits))
    return body


def _block(draw: Draw, _: str, __: str) -> Body:
    return {"reason": draw(st.sampled_from(["security", "terms"]))}


def _removal(draw: Draw, account: str, address: str, *, further: Sequence[Body] = ()) -> Body:
    """Draw to whom the user's records go, if anybody is named, or one of the further bodies."""
    others = [user["email"] for user in state_of(draw).active(account) if user["email"] != address]
    body: Body = draw(st.sampled_from([{}, {}, *({"reassign_to": f"&{one}"} for one in others[:3]), *further]))
    return body


_deactivation = partial(_removal, further=[{"hand_over": "later"}])


def _return(draw: Draw, _: str, __: str) -> Body:
    group = draw(st.sampled_from(GROUPS))
    return {"groups": [group]} if group else {}


class UserCommand(NamedTuple):
    """Describe how a command is drawn.

    `worth` is how often it is tried on users of a status, once where it names none; `draw_body` gets account and
    address. `other_body` replaces fields so that the body is another request; None if no body that is valid would be.
    """

    worth: Mapping[str, int]
    draw_body: Callable[[Draw, str, str], Body] = _empty
    other_body: Mapping[str, Any] | None = None


USER_COMMANDS = {
    "resend": UserCommand({"invited": 4, "overdue": 2, "expired": 2, "blocked": 2, "removed": 2}),
    "copy_link": UserCommand({"invited": 3}),
    "revoke": UserCommand({"invited": 2, "overdue": 2, "expired": 2, "blocked": 2}),
    "edit": UserCommand({"invited": 3, "active": 4, "blocked": 2, "overdue": 2, "declined": 2}, _edit),
    "block": UserCommand({"active": 2}, _block, {"reason": "other"}),
    "unblock": UserCommand({"blocked": 3}),
    "deactivate": UserCommand({"active": 2, "blocked": 2}, _deactivation, {"reassign_to": None}),
    "reactivate": UserCommand({"inactive": 3}, _return, {"groups": ["administrators", "everyone"]}),
    "remove": UserCommand({"active": 2, "inactive": 2, "blocked": 2}, _removal, {"reassign_to": None}),
}
