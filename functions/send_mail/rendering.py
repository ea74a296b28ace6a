"""A mail of each kind as subject, text and HTML, in the language of whoever reads it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context
from markupsafe import Markup, escape

from functions.send_mail import values as known
from functions.send_mail.wording import Wording, moment, wording


class MailKind(StrEnum):
    """Adding one takes a line here, a model of its values and its sentences in each language."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    ACCOUNT_INFORMATION = "account_information"
    JOINED = "joined"
    DECLINED = "declined"
    EXPIRED = "expired"
    NEW_LINK_REQUESTED = "new_link_requested"
    BOUNCED = "bounced"
    DEACTIVATED = "deactivated"
    REACTIVATED = "reactivated"
    NOTIFY = "notify"


class MailText(NamedTuple):
    """A mail without its addresses; `sender_name` is what the reader sees as its sender."""

    subject: str
    text: str
    html: str
    sender_name: str
    language: str


_VALUES: Mapping[MailKind, type[known.MailValues]] = {
    MailKind.INVITATION: known.InvitationValues,
    MailKind.REMINDER: known.ReminderValues,
    MailKind.ACCOUNT_INFORMATION: known.AccountInformationValues,
    MailKind.JOINED: known.JoinedValues,
    MailKind.DECLINED: known.DeclinedValues,
    MailKind.EXPIRED: known.ExpiredValues,
    MailKind.NEW_LINK_REQUESTED: known.NewLinkRequestedValues,
    MailKind.BOUNCED: known.BouncedValues,
    MailKind.DEACTIVATED: known.DeactivatedValues,
    MailKind.REACTIVATED: known.ReactivatedValues,
    MailKind.NOTIFY: known.NotifyValues,
}
_SAID_INSTEAD = {
    "account_name": "account_id",
    "person_name": "person_email",
    "inviter_name": "product_name",
    "reader_name": "account_name",
}
# A name written from right to left must not turn round the sentence that it stands in.
_ISOLATED = Markup('<span dir="auto">{}</span>')
_STRESSED = Markup('<strong dir="auto" style="font-weight:600;">{}</strong>')
_MARKED = {"account_name", "person_name", "inviter_name", "reader_name", "expires_at"}


@pass_context
def _fill(context: Context, sentence: str, *, stressed: bool = False) -> str:
    words: Mapping[str, str] = context["words"]
    if not context.eval_ctx.autoescape:
        return sentence.format_map(words)
    mark = _STRESSED if stressed else _ISOLATED
    return escape(sentence).format_map(
        {name: mark.format(word) if name in _MARKED else word for name, word in words.items()}
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


def render(kind: MailKind, *, language: str, values: Mapping[str, object]) -> MailText:
    """The values are those of the kind's model in `values.py`.

    Raises KeyError for a language without a file, and pydantic's ValidationError for a missing or impossible value.
    """
    told = _VALUES[kind].model_validate(values)
    spoken = wording(language)
    sentences = spoken.mails[kind]
    words = _words(told, spoken=spoken)
    subject = sentences.subject.format_map(words)
    context = {
        "button_url": told.button_url,
        "footer": spoken.footer,
        "language": language,
        "mail": sentences,
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


def _words(told: known.MailValues, *, spoken: Wording) -> dict[str, str]:
    words: dict[str, str] = {"message": ""}
    for name, value in told:
        match value:
            case datetime():
                words[name] = moment(value, dates=spoken.dates)
            case known.Role():
                words[name] = spoken.roles[value].phrase
                words["seat"] = spoken.roles[value].seat
                words["held"] = spoken.roles[value].held
            case _:
                words[name] = value
    return words | {name: words[name] or words[other] for name, other in _SAID_INSTEAD.items() if name in words}
