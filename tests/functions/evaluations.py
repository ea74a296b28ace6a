"""Ask for evaluations of who may do what, as the host does."""

from typing import Any

from tests.factories import (
    ACCOUNT,
    EVALUATION,
    ActiveUser,
)
from tests.functions.contract import call
from tests.invoke import HOST, Answer, SignedIn


def a_question(subject: ActiveUser, action: str = "contacts.view", owner: ActiveUser | None = None) -> dict[str, Any]:
    resource = {"type": "contact", "id": "c-1", "properties": {"owner_id": owner.user_id}} if owner else None
    return {
        "subject": {"type": "user", "id": subject.user_id},
        "action": {"name": action},
        "resource": resource or {"type": "account", "id": ACCOUNT},
    }


def ask_evaluation(question: dict[str, Any], *, by: SignedIn = HOST, route: str = EVALUATION) -> Answer:
    return call(route, caller=by, account_id=ACCOUNT, body=question)
