"""What a long walk must have met: every command on a user of every status, every reason to refuse, every sweep."""

from shared.api.problems import STATUS as STATUS_OF_REFUSALS
from tests.proofs.model.command import ROUTES, Command
from tests.proofs.model.state import State

# An overdue invitation has expired by the clock and was not swept yet.
STATUSES = ("invited", "overdue", "expired", "declined", "active", "blocked", "inactive", "removed")
BY_LINK = [name for name, route in ROUTES.items() if "/invitations/" in route]
BY_ADDRESS = ["invite", "invite_administrator", *(name for name, route in ROUTES.items() if "{user_id}" in route)]
OTHERS = sorted(ROUTES.keys() - {*BY_LINK, *BY_ADDRESS})
UNREACHABLE = {
    "last_admin": "one at a time, who acts on another administrator is one, too: races meet it",
    "busy": "AWS throttles for good: the fault matrix meets it",
}
CODES = sorted({code for _, code in STATUS_OF_REFUSALS.values()} - UNREACHABLE.keys())
SWEPT = [f"swept: invitation.{what}" for what in ("reminded", "expired", "revoked")]
SWEPT += [f"swept: {what}" for what in ("user.deactivated", "records.moved", "record.removed")]
SWEPT += ["swept: partner.certification_withdrawn"]

MUST_MEET = (
    *(f"{command} of {status}" for command in BY_ADDRESS for status in ("none", *STATUSES)),
    *(f"{command} of {status}" for command in BY_LINK for status in STATUSES),
    *OTHERS,
    *CODES,
    *SWEPT,
    *("revocation ended", "struck", "probed"),
)


def name_of(command: Command, state: State) -> str:
    """Return the command, and the status of the user whom it is about."""
    return command.name if command.name in OTHERS else f"{command.name} of {state.status(command.target)}"
