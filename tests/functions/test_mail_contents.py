from typing import Any

import pytest

from shared.storage_schema import DIRECTORY, IDENTITIES, MAIL
from tests import aws_fixture
from tests.factories import ACCOUNT, ActiveUser, a_user, deliver_queued, delivered, invited, link_in, text_of, token_for
from tests.functions.cached_fixtures import SECOND, two_accounts
from tests.functions.mailing import a_queued_mail, send_mail, to_lee
from tests.table_edits import overdue, set_in, set_user

CONSOLE = f"https://console.usher.example/console/{ACCOUNT}"


def as_kind(kind: str, mail: dict[str, Any], *, to: ActiveUser | None = None) -> dict[str, Any]:
    """Change the kind of a queued mail, and its recipient if one is given."""
    set_in(MAIL, {"pk": mail["pk"]}, kind=kind, **({"to_user": to.user_id} if to else {}))
    return mail


def text_to(person: ActiveUser) -> str:
    """Return the text of the one mail to a person that names Lee."""
    [about_lee] = [mail for mail in delivered() if person.address in mail["To"] and "Lee Sherron" in mail["Subject"]]
    return text_of(about_lee)


def keep_time_by(address: str, time_zone: str | None) -> None:
    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == address]
    set_in(IDENTITIES, {"pk": identity["pk"]}, profile={"time_zone": time_zone})


def test_an_invitation_is_in_the_language_chosen_for_it() -> None:
    _, _, mail = a_queued_mail(locale="de")

    send_mail(mail)

    [sent] = to_lee()
    assert sent["Subject"] == "Ann Admin l\u00e4dt Sie zu Account ab123 ein"


def test_an_invitation_has_the_products_sender_and_the_inviters_name() -> None:
    _, user, mail = a_queued_mail(message="Come to www.example.org")

    send_mail(mail)

    [sent] = to_lee()
    text = text_of(sent)
    # A reply quotes the link, which proves the mailbox: it must not go to the inviter (rule 15).
    assert (sent["To"], sent["Reply-To"]) == ("Lee Sherron <lee@example.org>", None)
    assert sent["From"] == "Ann Admin via Usher <no-reply@usher.example>"
    assert sent["Subject"] == "Ann Admin has invited you to Account ab123"
    assert f"https://console.usher.example/invite#{token_for(user)}" in text
    assert link_in(sent) == token_for(user)
    assert "www.example.org" not in text
    assert "https://help.usher.example" in text


def test_a_mail_names_the_accounts_own_help_page() -> None:
    _, _, mail = a_queued_mail()
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, settings__help_url="https://help.northwind.example/start")

    send_mail(mail)

    assert "https://help.northwind.example/start" in text_of(to_lee()[0])


def test_a_reminder_has_the_invitations_link() -> None:
    _, user, mail = a_queued_mail()

    send_mail(as_kind("reminder", mail))

    [sent] = to_lee()
    assert link_in(sent) == token_for(user)
    assert sent["Reply-To"] is None
    assert sent["Subject"] == "Reminder: Ann Admin has invited you to Account ab123"


@pytest.mark.parametrize("kind", ["expired", "bounced", "new_link_requested"])
def test_a_mail_to_the_inviter_links_to_the_user(kind: str) -> None:
    ann, user, mail = a_queued_mail()
    if kind != "bounced":
        overdue(user)

    send_mail(as_kind(kind, mail, to=ann))

    text = text_to(ann)
    assert "Hello Ann Admin,\n\n" in text
    assert f":\n{CONSOLE}/users/{user['user_id']}\n\n" in text
    assert "/invite#" not in text


def test_a_request_for_a_new_link_greets_its_recipient_and_names_the_inviter() -> None:
    ann, user, mail = a_queued_mail()
    amy = a_user(ann, "amy@example.org", first_name="Amy", last_name="Other", admin=True)
    set_user({"account_id": ACCOUNT, "user_id": ann.user_id}, status="inactive")
    overdue(user)

    send_mail(as_kind("new_link_requested", mail, to=amy))

    text = text_to(amy)
    assert "Hello Amy Other,\n\nLee Sherron (lee@example.org) was invited to Account ab123 as a user" in text
    assert "Invited by: Ann Admin\n" in text


def test_a_mail_about_a_declined_invitation_links_to_those_who_declined() -> None:
    ann, user, mail = a_queued_mail()
    set_user(user, status="declined")

    send_mail(as_kind("declined", mail, to=ann))

    assert "Lee Sherron has declined the invitation" in text_to(ann)
    assert f":\n{CONSOLE}/users?status=declined\n\n" in text_to(ann)


def test_a_mail_about_a_reactivation_links_to_the_console() -> None:
    _, user, mail = a_queued_mail()
    set_user(user, status="active")

    send_mail(as_kind("reactivated", mail))

    [sent] = to_lee()
    assert sent["Subject"] == "You have access to Account ab123 again"
    assert f":\n{CONSOLE}\n\n" in text_of(sent)
    assert sent["Reply-To"] is None


@pytest.mark.parametrize(
    ("at", "time_zone", "expected"),
    [
        ("2026-07-01T22:30", "Europe/Berlin", "Thursday, 2 July 2026 at 00:30 UTC+02:00."),
        ("2026-01-15T22:30", "Europe/Berlin", "Thursday, 15 January 2026 at 23:30 UTC+01:00."),
        ("2026-07-01T22:30", "America/St_Johns", "Wednesday, 1 July 2026 at 20:00 UTC-02:30."),
        *(
            ("2026-07-01T22:30", unknown, "Wednesday, 1 July 2026 at 22:30 UTC.")
            for unknown in (None, "Mars/Olympus", "Europe", "", "../../etc/passwd", "zone.tab", "\x00", "x" * 999)
        ),
    ],
)
def test_an_expiry_is_in_the_recipients_time_zone_or_else_in_utc(at: str, time_zone: str | None, expected: str) -> None:
    ann, user, mail = a_queued_mail()
    set_user(user, invitation__expires_at=f"{at}:00.000Z")
    keep_time_by(ann.address, time_zone)

    send_mail(as_kind("expired", mail, to=ann))

    assert f"the invitation expired on {expected}" in text_to(ann)


def test_a_time_zone_is_known_over_all_accounts() -> None:
    ann, zoe = two_accounts()
    a_user(zoe, account_id=SECOND)
    keep_time_by("lee@example.org", "Asia/Kolkata")
    keep_time_by(ann.address, "Europe/Berlin")
    deliver_queued()

    invited(ann)

    invitations = [mail for mail in delivered() if "has invited you to Account ab123" in mail["Subject"]]
    assert ["UTC+05:30." in text_of(mail) for mail in invitations] == [True]
