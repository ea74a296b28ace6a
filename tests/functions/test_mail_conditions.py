from typing import Any

import pytest

from tests.factories import ACCOUNT, joined
from tests.functions.mailing import PAST, a_queued_mail, mail_of, send_mail, to_lee
from tests.table_edits import set_user, user_row


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "expired"},
        {"status": "declined"},
        {"status": "removed"},
        {"invitation__generation": 2},
        {"invitation__expires_at": PAST},
    ],
)
def test_an_outdated_invitation_is_skipped(changes: dict[str, Any]) -> None:
    _, user, mail = a_queued_mail()
    set_user(user, **changes)
    before = user_row(user["user_id"])

    send_mail(mail)

    assert (mail_of(user)["state"], to_lee()) == ("skipped", [])
    assert user_row(user["user_id"]) == before


def test_the_invitation_of_a_deactivated_inviter_is_skipped() -> None:
    ann, user, mail = a_queued_mail()
    set_user({"account_id": ACCOUNT, "user_id": ann.user_id}, status="inactive")

    send_mail(mail)

    assert mail_of(user)["state"] == "skipped"


def test_the_invitation_of_a_user_who_has_joined_is_skipped() -> None:
    _, user, mail = a_queued_mail()
    joined(ACCOUNT, user)

    send_mail(mail)

    assert mail_of(user)["state"] == "skipped"
