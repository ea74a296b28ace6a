"""Requests that are not as they should be: other ones under the same key, and bodies that break on their way."""

from dataclasses import replace

from tests.proofs.model.links import TERMS
from tests.proofs.model.values import Command

BY_ID = ("resend", "copy_link", "revoke", "edit", "deactivate", "reactivate", "remove")
BY_LINK = ("accept", "join", "decline", "request_new")
SPOILABLE = (*BY_ID, *BY_LINK, "invite", "open_account", "change_settings")
PATCHES = ("edit", "change_settings")


def another(command: Command) -> Command:
    """Another request of the same kind."""
    body = dict(command.body)
    match command.name:
        case "resend" | "copy_link" | "revoke" | "decline" | "request_new":
            return replace(command, defect="unknown field")
        case "deactivate" | "remove":
            body["reassign_to"] = None
        case "reactivate":
            body["groups"] = ["administrators", "everyone"]
        case "join":
            body = {} if body else {"terms_version": TERMS}
        case _:
            body["name" if command.name == "open_account" else "first_name"] = "Another"
    return replace(command, body=body)


def spoiled(what: str, defect: str, *, by: str, account: str) -> Command:
    """A command whose body breaks on its way."""
    body = {"first_name": "Lee", "email": "lee@example.org"}
    if what in BY_LINK:
        caller = by if what == "join" else None
        return Command(what, by=caller, link="ab123/ann@example.org/1/mailed", defect=defect)
    if what in PATCHES and defect == "bad key":  # Which nobody reads there.
        defect = "unknown field"
    if what == "open_account":
        return Command(what, by=by, body=body, defect=defect)
    if what in BY_ID:
        return Command(what, by=by, account=account, whom="lee@example.org", defect=defect)
    return Command(what, by=by, account=account, body={} if what in PATCHES else body, defect=defect)
