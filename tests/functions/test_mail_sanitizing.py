import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from pydantic import ValidationError

from functions.send_mail.localization import languages
from shared.domain.model.mails import MailKind
from tests.functions.mail_values import (
    CONSOLE,
    DECLINED,
    HELP,
    HOSTILE,
    LINK,
    LINKABLE,
    NAMED,
    RECOVERY,
    USER,
    USERS,
    Seen,
    a_mail,
)

# Text that some mail client makes a link of.
AUTOLINKED = re.compile(r"[a-z]+:[\w/\\]|www\.\w|\w[.\u3002]\u200d?\w|@\w|\\\\\w", re.IGNORECASE)
HIDDEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800\x00\x1b]")
# All web addresses in the text of each kind, in order; the HTML has the same.
LINKS = {
    MailKind.INVITATION: [LINK, HELP],
    MailKind.REMINDER: [LINK, HELP],
    MailKind.ACCOUNT_INFORMATION: [CONSOLE, CONSOLE, HELP],
    MailKind.JOINED: [USERS, HELP],
    MailKind.DECLINED: [DECLINED, HELP],
    MailKind.EXPIRED: [USER, HELP],
    MailKind.NEW_LINK_REQUESTED: [USER, HELP],
    MailKind.BOUNCED: [USER, HELP],
    MailKind.DEACTIVATED: [HELP],
    MailKind.ACCESS_ENDED: [HELP],
    MailKind.ACCESS_ENDING: [USER, HELP],
    MailKind.REACTIVATED: [CONSOLE, HELP],
    MailKind.BLOCKED: [HELP],
    MailKind.UNBLOCKED: [CONSOLE, HELP],
    MailKind.NOTIFY: [HELP],
    MailKind.NOTIFY_OF_MANY: [HELP],
    MailKind.STAFF_NOTICE: [HELP],
    MailKind.SEATS_REQUESTED: [HELP],
    MailKind.SEATS_BOUGHT: [HELP],
    MailKind.SEATS_GIVEN_BACK: [HELP],
    MailKind.SEATS_APPROVED: [HELP],
    MailKind.SEATS_DENIED: [HELP],
    MailKind.SEATS_RETURNED: [HELP],
    MailKind.RECOVERY: [LINK, HELP],
    MailKind.RECOVERY_HELP: [LINK, HELP],
    MailKind.PASSWORD_CHANGED: [RECOVERY, HELP],
    MailKind.PARTNER_LEFT: [USER, HELP],
    MailKind.CERTIFICATION_WITHDRAWN: [USER, HELP],
}


def addresses(text: str) -> Iterator[str]:
    """Yield all web addresses, and other text that some mail client makes a link of."""
    genuine = re.compile(
        "|".join(map(re.escape, [LINK, HELP, USER, DECLINED, USERS, RECOVERY, CONSOLE, "lee@example.org"]))
    )
    yield from re.findall(r"https?://\S+", text)
    yield from AUTOLINKED.findall(genuine.sub("", text))


@pytest.mark.parametrize("kind", MailKind)
@pytest.mark.parametrize("language", sorted(languages()))
def test_names_cannot_inject_markup(kind: MailKind, language: str) -> None:
    harmless = a_mail(kind, language)
    tags, lines = Seen(harmless.html).tags, len(harmless.text.splitlines())

    for hostile in HOSTILE:
        mail = a_mail(kind, language, **dict.fromkeys([*NAMED, "person_email"], hostile))
        assert Seen(mail.html).tags == tags
        assert len(mail.text.splitlines()) == lines
        assert not HIDDEN.search(mail.subject + mail.sender_name + mail.text + mail.html)
        assert len(mail.subject.splitlines()) == 1
        assert len(mail.subject) < 250


@pytest.mark.parametrize("kind", MailKind)
@pytest.mark.parametrize("language", sorted(languages()))
def test_names_cannot_add_links(kind: MailKind, language: str) -> None:
    for hostile in [*HOSTILE, *(f"see {typed} now" for typed in LINKABLE)]:
        mail = a_mail(kind, language, **dict.fromkeys([*NAMED, "message"], hostile))

        page = Seen(mail.html)

        assert list(addresses(mail.text)) == LINKS[kind]
        assert {*page.links} == {*LINKS[kind]}
        assert set(addresses(page.text)) <= {LINK, CONSOLE}
        assert list(addresses(mail.subject + "\n" + mail.sender_name)) == []


@pytest.mark.parametrize("typed", LINKABLE)
def test_each_linkable_text_would_become_a_link(typed: str) -> None:
    assert AUTOLINKED.search(typed)


def test_a_message_keeps_its_lines_and_is_quoted() -> None:
    mail = a_mail(message="Hi Lee,\r\n\n\n\nmeet me at 14:05.\u2028Accept here:\x0bAnn")

    assert "Message from Ann Admin:\n\n> Hi Lee,\n>\n> meet me at 14:05.\n> Accept here:\n> Ann\n\n" in mail.text
    assert "Hi Lee,<br>\n<br>\nmeet me at 14:05.<br>\nAccept here:<br>\nAnn\n</blockquote>" in mail.html


def test_a_message_is_cut_after_500_characters() -> None:
    mail = a_mail(message="x" * 501)

    assert "> " + "x" * 499 + "\u2026\n" in mail.text


@pytest.mark.parametrize("typed", LINKABLE)
def test_an_address_can_be_copied_and_other_text_in_its_place_is_no_link(typed: str) -> None:
    mail = a_mail(MailKind.JOINED, person_email=typed)

    shown = mail.text + Seen(mail.html).text
    links = {each.group() for each in AUTOLINKED.finditer(shown.replace("https://console.example/", ""))}
    assert links == ({"@e", "l.e"} if typed == "lee@evil.example" else set())


@pytest.mark.parametrize(
    "wrong",
    [
        {"expires_at": datetime(2026, 11, 28, 14, 5)},  # noqa: DTZ001 (the missing zone is under test)
        {"link": "javascript:alert(1)"},
        {"link": 'https://console.example/"onclick="alert(1)'},
        {"help_url": "https://console.example/\r\nhelp"},
        {"role": "owner"},
    ],
)
def test_an_invalid_value_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        a_mail(**wrong)
