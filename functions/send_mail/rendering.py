"""Rendering of a mail as subject, plain text and HTML, in the recipient's language."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context
from markupsafe import Markup, escape

from functions.send_mail import mail_values
from functions.send_mail.localization import Localization, MailSentences, format_moment, localization
from functions.send_mail.mail_values import InvitedPerson, MailValues, NotifyOfManyValues
from shared.domain.model.mails import MailKind


class MailText(NamedTuple):
    """The content of a mail; `sender_name` is the display name of its sender."""

    subject: str
    text: str
    html: str
    sender_name: str
    language: str


VALUES: Mapping[MailKind, type[MailValues]] = {
    MailKind.INVITATION: mail_values.InvitationValues,
    MailKind.REMINDER: mail_values.InvitationValues,
    MailKind.ACCOUNT_INFORMATION: mail_values.AccountInformationValues,
    MailKind.JOINED: mail_values.JoinedValues,
    MailKind.DECLINED: mail_values.DeclinedValues,
    MailKind.EXPIRED: mail_values.ExpiredValues,
    MailKind.NEW_LINK_REQUESTED: mail_values.NewLinkRequestedValues,
    MailKind.BOUNCED: mail_values.BouncedValues,
    MailKind.DEACTIVATED: mail_values.UserMailValues,
    MailKind.ACCESS_ENDED: mail_values.UserMailValues,
    MailKind.ACCESS_ENDING: mail_values.AccessEndingValues,
    MailKind.BLOCKED: mail_values.UserMailValues,
    MailKind.UNBLOCKED: mail_values.AccountInformationValues,
    MailKind.REACTIVATED: mail_values.AccountInformationValues,
    MailKind.NOTIFY: mail_values.NotifyValues,
    MailKind.NOTIFY_OF_MANY: mail_values.NotifyOfManyValues,
    MailKind.STAFF_NOTICE: mail_values.StaffNoticeValues,
    MailKind.SEATS_REQUESTED: mail_values.SeatsRequestedValues,
    MailKind.SEATS_BOUGHT: mail_values.StaffSeatsValues,
    MailKind.SEATS_GIVEN_BACK: mail_values.StaffSeatsValues,
    MailKind.SEATS_APPROVED: mail_values.SeatsValues,
    MailKind.SEATS_DENIED: mail_values.SeatsValues,
    MailKind.SEATS_RETURNED: mail_values.SeatsValues,
    MailKind.RECOVERY: mail_values.RecoveryValues,
    MailKind.RECOVERY_HELP: mail_values.RecoveryValues,
    MailKind.PASSWORD_CHANGED: mail_values.PasswordChangedValues,
    MailKind.PARTNER_LEFT: mail_values.PartnerValues,
    MailKind.CERTIFICATION_WITHDRAWN: mail_values.PartnerValues,
}
_FALLBACKS = {  # The value that stands in for an empty one.
    "account_name": "account_id",
    "person_name": "person_email",
    "inviter_name": "product_name",
    "reader_name": "account_name",
}
# `dir="auto"` isolates a name written from right to left from the sentence around it.
_ISOLATED = Markup('<span dir="auto">{}</span>')
_EMPHASIZED = Markup('<strong dir="auto" style="font-weight:600;">{}</strong>')
_ISOLATED_VALUES = {"account_name", "person_name", "inviter_name", "reader_name", "expires_at"}


@pass_context
def _fill(context: Context, sentence: str, *, emphasized: bool = False, words: Mapping[str, str] | None = None) -> str:
    words = context["words"] if words is None else words
    if not context.eval_ctx.autoescape:
        return sentence.format_map(words)
    mark = _EMPHASIZED if emphasized else _ISOLATED
    return escape(sentence).format_map(
        {name: mark.format(word) if name in _ISOLATED_VALUES else word for name, word in words.items()}
    )


_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    auto_reload=False,
)
_environment.filters["fill"] = _fill
_environment.globals["shades"] = json.loads((Path(__file__).parent / "shades.json").read_text(encoding="utf-8"))


def render(kind: MailKind, *, language: str, values: Mapping[str, object]) -> MailText:
    """Render a mail of this kind; `values` are those of the kind's model in `mail_values`.

    Raises KeyError for a language without a file, and pydantic's ValidationError for a missing or invalid value.
    """
    sentences = localization(language).mails[kind]
    return render_sentences(sentences, language=language, values=VALUES[kind].model_validate(values))


def render_sentences(sentences: MailSentences, *, language: str, values: MailValues) -> MailText:
    """Render any sentences with any values; the line about the account is left out of a mail that is about none."""
    texts = localization(language)
    words = _words(values, texts)
    subject = sentences.subject.format_map(words)
    context = {
        "button_url": values.button_url,
        "footer": texts.footer,
        "language": language,
        "mail": sentences,
        "names_account": "account_name" in words,
        "people": [_words(person, texts) for person in values.people] if isinstance(values, NotifyOfManyValues) else [],
        "subject": subject,
        "words": words,
    }
    return MailText(
        subject=subject,
        text=_environment.get_template("mail.txt").render(context),
        html=_environment.get_template("mail.html").render(context),
        sender_name=sentences.sender.format_map(words),
        language=language,
    )


def _words(values: MailValues | InvitedPerson, texts: Localization) -> dict[str, str]:
    """Return the values as text by name, with the phrases of a role and fallbacks for what is empty."""
    words: dict[str, str] = {"message": ""}
    for name, value in values:
        match value:
            case datetime():
                words[name] = format_moment(value, dates=texts.dates)
            case mail_values.Role():
                role = texts.roles[value]
                words |= {name: role.phrase, "seat": role.seat, "held": role.held}
            case mail_values.Happened():
                words[name] = texts.happened[value]
            case mail_values.SeatKind():
                words[name] = texts.seat_kinds[value]
            case str():
                words[name] = value
    return words | {name: words[name] or words[other] for name, other in _FALLBACKS.items() if name in words}
