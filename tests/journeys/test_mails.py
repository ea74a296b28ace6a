"""Mails arrive as they were written: every header, both bodies, and nothing that a name or a message could add."""

import html
import re

from tests.factories import text_of
from tests.journeys.browser import Window
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import People, an_address
from tests.journeys.pictures import take_mail

HEADERS = [
    "From",
    "To",
    "Subject",
    "Content-Language",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "X-Entity-Ref-ID",
    "X-Request-Id",
    "MIME-Version",
    "Content-Type",
    "Message-ID",
]


def test_an_invitation_arrives_as_it_was_written(people: People, mailbox: Mailbox) -> None:
    ann = people.an_account(name="Łódź & Söhne")
    user = people.invited(ann, first_name="Zoë", last_name="Ångström-Ñandú")

    mail = mailbox.invitation_of(user)

    assert mail.keys() == HEADERS
    assert mail["From"].addresses[0].display_name == "Ann Admin via Usher"
    assert mail["To"].addresses[0].display_name == "Zoë Ångström-Ñandú"
    assert mail["Subject"] == "Ann Admin has invited you to Łódź & Söhne"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "Hello Zoë Ångström-Ñandú," in text_of(mail)
    assert html.escape(mailbox.token_for(user)) in text_of(mail, "html")


def test_it_says_until_when_and_where_help_is(people: People, mailbox: Mailbox) -> None:
    user = people.invited(people.an_account())

    text = " ".join(text_of(mailbox.invitation_of(user)).split())

    assert re.search(r"expires on \w+day, \d+ \w+ 20\d\d at \d\d:\d\d UTC", text)
    assert "junk folder" in text
    assert "/help" in text
    assert user["account_id"] in text


def test_a_name_adds_neither_headers_nor_markup(people: People, mailbox: Mailbox) -> None:
    hostile = '"><img src=x onerror=alert(1)> =?utf-8?q?=0D=0ABcc=3A?='
    ann = people.an_account()
    user = people.invited(ann, first_name=hostile, last_name="<b>'Bobby\"</b>")

    mail = mailbox.invitation_of(user)

    assert mail.keys() == HEADERS
    assert [address.addr_spec for address in mail["To"].addresses] == [user["email"]]
    assert "<img src=x" not in text_of(mail, "html")
    assert "<b>'Bobby" not in text_of(mail, "html")


def test_names_with_line_breaks_or_addresses_of_sites_are_refused(people: People) -> None:
    ann = people.an_account()

    refused = [
        people.try_invite(ann, an_address(), first_name=name)
        for name in ("Lee\r\nBcc: all@example.org", "https://evil.example", "www.evil.example", "Lee\u202eeeL")
    ]

    assert [(answer.status, answer.code) for answer in refused] == [(422, "invalid_request")] * 4
    assert people.seats_used(ann) == 1


def test_a_message_is_not_made_clickable(people: People, mailbox: Mailbox) -> None:
    message = "Look at https://evil.example/login or www.evil.example <a href='https://evil.example'>here</a>"
    user = people.invited(people.an_account(), message=message)

    mail = mailbox.invitation_of(user)

    assert "evil" in text_of(mail)
    assert "evil" not in " ".join(re.findall(r"<[^>]*>", text_of(mail, "html")))
    for body in (text_of(mail), text_of(mail, "html")):
        assert not re.search(r"https://evil|www\.evil|evil\.example", body)


def test_those_to_be_told_are_told_without_the_link(people: People, mailbox: Mailbox) -> None:
    told = an_address("boss")
    user = people.invited(people.an_account(), notify=[told], admin=True)

    mail = mailbox.wait_for(told, "Lee Sherron has been invited")

    assert "as an administrator" in text_of(mail)
    assert "/invite#" not in text_of(mail) + text_of(mail, "html")
    assert user["email"] not in text_of(mail)


def test_every_mail_is_fit_to_be_seen(people: People, mailbox: Mailbox, window: Window) -> None:
    ann, told = people.an_account(name="Sherron & Daughters"), an_address("boss")
    message = "Hello Lee,\n\nwe meet on Monday at 9:30 in the big room.\nPlease bring your laptop.\n\nAnn"

    # Each is looked at before the next thing happens: a mail that is no longer true is not sent.
    user = people.invited(ann, message=message, notify=[told])
    take_mail(window, mailbox.invitation_of(user), "invitation")
    take_mail(window, mailbox.wait_for(told, "has been invited"), "notify")
    lee = people.joined(user)
    take_mail(window, mailbox.wait_for(lee.address, "account information"), "account-information")
    take_mail(window, mailbox.wait_for(ann.address, "has joined"), "joined")
    people.deactivate(lee, by=ann)
    take_mail(window, mailbox.wait_for(lee.address, "has ended"), "deactivated")
