import json
import re
import tomllib
from datetime import timedelta, timezone

import pytest
from pydantic import ValidationError

from functions.send_mail.context_values import context_values
from functions.send_mail.localization import MailSentences
from functions.send_mail.mail_values import AccountMailValues, IdentityMailValues
from functions.send_mail.rendering import render, render_sentences
from infra.paths import ROOT
from shared.domain.model.mails import MailKind
from shared.domain.policy.send_conditions import MailContext
from tests.domain_factories import an_admin, an_identity, the_account
from tests.functions.mail_values import (
    CONSOLE,
    DECLINED,
    EXPIRES_AT,
    EXPIRY,
    HARMLESS,
    HELP,
    LINK,
    RECOVERY,
    USER,
    USERS,
    Seen,
    a_mail,
)

INVITER, PERSON, ADDRESS = "Hello Ann Admin", "Hello Lee Sherron", "lee@example.org"
FACTS = {
    MailKind.INVITATION: ["Ann Admin", "as an administrator", PERSON, LINK, EXPIRY, "Didn’t expect"],
    MailKind.REMINDER: ["Ann Admin", "as an administrator", PERSON, LINK, EXPIRY, "still time", "link is the same"],
    MailKind.ACCOUNT_INFORMATION: ["ab123", CONSOLE, ADDRESS],
    MailKind.JOINED: [INVITER, "Lee Sherron", ADDRESS, "joined Northwind", USERS],
    MailKind.DECLINED: [INVITER, "Lee Sherron", ADDRESS, "has declined", "free again", DECLINED],
    MailKind.EXPIRED: [INVITER, "Lee Sherron", EXPIRY, "free again", "choose “Resend”", USER],
    MailKind.NEW_LINK_REQUESTED: [
        *("Hello Amy Other", "Ann Admin", "Lee Sherron", ADDRESS, EXPIRY),
        *("is asking for a new link", "choose “Resend”", USER),
    ],
    MailKind.BOUNCED: [INVITER, "Lee Sherron", ADDRESS, "couldn’t deliver", "still holds its seat", USER],
    MailKind.DEACTIVATED: [PERSON, "access to Northwind has ended", "other accounts", "not affected"],
    MailKind.ACCESS_ENDED: [
        PERSON,
        "set to end on a certain date",
        "no longer sign in",
        "not affected",
        "ask an administrator",
    ],
    MailKind.ACCESS_ENDING: [
        *("Hello Amy Other", "Lee Sherron", ADDRESS, "ends on", EXPIRY, "hand them over", "choose “Edit”", USER),
    ],
    MailKind.REACTIVATED: [PERSON, "back to Northwind", "ab123", ADDRESS, CONSOLE],
    MailKind.BLOCKED: [PERSON, "access to Northwind is blocked", "until an administrator", "not affected"],
    MailKind.UNBLOCKED: [PERSON, "use Northwind again", "ab123", ADDRESS, CONSOLE],
    MailKind.NOTIFY: ["Lee Sherron has been invited to Northwind as an administrator", "Ann Admin", EXPIRY],
    MailKind.NOTIFY_OF_MANY: [
        *("Ann Admin", "Invitations sent: 2", "Lee Sherron, as an administrator", "lee@example.org, as a user"),
    ],
    MailKind.STAFF_NOTICE: [
        "was declined",
        "Lee Sherron",
        "ab123",
        "by our staff",
        "invite lee@example.org as an administrator again",
    ],
    MailKind.SEATS_REQUESTED: ["Lee Sherron", ADDRESS, "ab123", "Purchase", "3", "0" * 26, "Reason given by", "Hello"],
    MailKind.SEATS_BOUGHT: ["Lee Sherron", ADDRESS, "ab123", "bought", "3", "0" * 26, "Reason given by", "Hello"],
    MailKind.SEATS_GIVEN_BACK: ["Lee Sherron", ADDRESS, "ab123", "gave back", "3", "0" * 26, "Reason given", "Hello"],
    MailKind.SEATS_APPROVED: ["Hello Amy Other", "ab123", "Seats added", "3"],
    MailKind.SEATS_DENIED: ["Hello Amy Other", "ab123", "was not approved", "3"],
    MailKind.PARTNER_LEFT: ["Hello Amy Other", "Lee Sherron", ADDRESS, "ab123", "a partner", USER],
    MailKind.CERTIFICATION_WITHDRAWN: ["Hello Amy Other", "Lee Sherron", ADDRESS, "ab123", "withdrawn", USER],
    MailKind.SEATS_RETURNED: ["Hello Amy Other", "ab123", "gave back", "3"],
    MailKind.RECOVERY: ["Hello Lee Sherron", ADDRESS, "Someone asked", "works once, for 30 minutes", LINK],
    MailKind.RECOVERY_HELP: [
        "Hello Lee Sherron",
        ADDRESS,
        "Usher team",
        "new security question",
        "30 minutes",
        LINK,
    ],
    MailKind.PASSWORD_CHANGED: ["Hello Lee Sherron", ADDRESS, "was changed", "signed out everywhere else", RECOVERY],
}
OF_PERSONS = {MailKind.RECOVERY, MailKind.RECOVERY_HELP, MailKind.PASSWORD_CHANGED}  # About no account.


@pytest.mark.parametrize("kind", MailKind)
def test_each_mail_has_the_same_facts_in_text_and_html(kind: MailKind) -> None:
    mail = a_mail(kind)

    page = Seen(mail.html)

    about = "Usher" if kind in OF_PERSONS else "Northwind"
    facts = [*FACTS[kind], about, "junk folder", HELP]
    assert about in mail.subject
    assert [fact for fact in facts if fact not in mail.text] == []
    assert [fact for fact in facts if fact not in page.text and fact not in page.links] == []


def test_a_mail_on_behalf_of_the_inviter_names_them_as_sender() -> None:
    senders = {kind: a_mail(kind).sender_name for kind in MailKind}

    assert {kind for kind, name in senders.items() if name == "Ann Admin via Usher"} == {
        "invitation",
        "reminder",
        "notify",
        "notify_of_many",
    }
    assert set(senders.values()) == {"Ann Admin via Usher", "Usher"}


@pytest.mark.parametrize(
    ("role", "phrase", "freed", "held"),
    [
        ("user", "as a user", "free again", "still holds its seat"),
        ("administrator", "as an administrator", "free again", "still holds its seat"),
        ("partner", "as a partner", "none was held", "holds none"),
    ],
)
def test_the_role_decides_the_sentence_about_the_seat(role: str, phrase: str, freed: str, held: str) -> None:
    ended = [a_mail(kind, role=role).text for kind in (MailKind.EXPIRED, MailKind.DECLINED)]
    waiting = a_mail(MailKind.BOUNCED, role=role).text

    assert [text for text in (*ended, waiting) if phrase not in text] == []
    assert [text for text in ended if freed not in text] == []
    assert held in waiting


@pytest.mark.parametrize("kind", [MailKind.INVITATION, MailKind.REMINDER])
def test_the_invitation_shows_its_link_as_a_button_and_bare(kind: MailKind) -> None:
    page = Seen(a_mail(kind).html)

    assert page.links == [LINK, LINK, HELP]
    assert LINK in page.text


def test_without_a_message_there_is_no_quotation() -> None:
    mail = a_mail(message=None)

    assert "Message from" not in mail.text + mail.html
    assert "blockquote" not in mail.html


def test_an_empty_name_has_a_fallback() -> None:
    mail = a_mail(account_name="\u202e", inviter_name=None, person_name="")

    assert "Usher has invited you to join ab123" in mail.text
    assert "lee@" in mail.text
    assert "Hello Northwind," in a_mail(MailKind.NEW_LINK_REQUESTED, reader_name=None).text


@pytest.mark.parametrize(
    ("offset", "expiry"),
    [
        (timedelta(0), "Saturday, 28 November 2026 at 14:05 UTC."),
        (timedelta(hours=5, minutes=30), "Saturday, 28 November 2026 at 19:35 UTC+05:30."),
        (timedelta(hours=-9, minutes=-30), "Saturday, 28 November 2026 at 04:35 UTC-09:30."),
        (timedelta(hours=10), "Sunday, 29 November 2026 at 00:05 UTC+10:00."),
    ],
)
def test_an_expiry_is_a_date_with_its_time_zone(offset: timedelta, expiry: str) -> None:
    mail = a_mail(expires_at=EXPIRES_AT.astimezone(timezone(offset)))

    assert expiry in mail.text
    assert expiry in Seen(mail.html).text


def test_a_missing_value_is_refused_even_if_it_may_be_none() -> None:
    values = {name: value for name, value in HARMLESS.items() if name != "message"}

    with pytest.raises(ValidationError, match="message"):
        render(MailKind.INVITATION, language="en", values=values)


SENTENCES = MailSentences(
    sender="{product_name}",
    subject="News for {person_name}",
    preheader="News",
    heading="News",
    greeting="Hello {person_name},",
    paragraphs=("Sign in as {person_email}.",),
)


def test_a_mail_about_a_person_names_no_account() -> None:
    values = IdentityMailValues.model_validate(HARMLESS)

    mail = render_sentences(SENTENCES, language="en", values=values)

    assert (mail.subject, mail.sender_name) == ("News for Lee Sherron", "Usher")
    for text in (mail.text, Seen(mail.html).text):
        assert "Sign in as lee@example.org." in text
        assert "Help and answers" in text
        assert "Northwind" not in text
        assert "App ID" not in text


def test_a_mail_about_an_account_names_the_account_and_no_person() -> None:
    sentences = SENTENCES.model_copy(
        update={"subject": "News of {account_name}", "greeting": "", "paragraphs": ("All seats are taken.",)}
    )

    mail = render_sentences(sentences, language="en", values=AccountMailValues.model_validate(HARMLESS))

    assert mail.subject == "News of Northwind"
    assert "Sent by Usher for Northwind (App ID ab123)." in mail.text
    assert "Lee" not in mail.text + mail.html


def test_the_context_decides_which_values_there_are() -> None:
    of_person = context_values(MailContext(identity=an_identity(), recipient=an_identity()), link=None)
    of_account = context_values(MailContext(account=the_account(), recipient=an_admin()), link=None)

    assert IdentityMailValues.model_validate(of_person).person_name == "Lee Chosen"
    assert AccountMailValues.model_validate(of_account).account_name == "Northwind"
    assert (of_person["reader_name"], of_account["reader_name"]) == ("Lee Chosen", "Lee Sherron")
    assert not {"account_id", "users_url"} & set(of_person)
    assert not {"person_name", "person_email", "role"} & set(of_account)


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_mails_name_the_buttons_of_the_console_as_it_does(language: str) -> None:
    console = json.loads((ROOT / "web" / "console" / "src" / "texts" / f"{language}.json").read_text("utf-8"))
    path = ROOT / "functions" / "send_mail" / "languages" / f"{language}.toml"
    mails = tomllib.loads(path.read_text("utf-8"))["mails"]

    for mail, button in (("expired", "resend"), ("new_link_requested", "resend"), ("access_ending", "edit")):
        assert console["action"][button] in json.dumps(mails[mail], ensure_ascii=False), (mail, button)


def test_french_has_a_narrow_space_before_question_marks_and_a_non_breaking_one_before_colons() -> None:
    path = ROOT / "functions" / "send_mail" / "languages" / "fr.toml"
    values = path.read_text("utf-8").replace("\u202f", "~").replace("\u00a0", "_")

    wrong = re.compile(r"(?<!~)[?!;]|(?<![_\d]):|«(?!_)|(?<!_)»")

    assert [line for line in values.splitlines() if wrong.search(line.partition("#")[0])] == []
