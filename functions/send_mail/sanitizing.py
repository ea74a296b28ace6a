"""Sanitizing of what people typed: one line, no hidden characters, nothing that a mail program turns into a link."""

import re
import unicodedata

from shared.domain.model import characters

NAME_LENGTH = 80
MESSAGE_LENGTH = 500

_JOINERS = characters.JOINERS

# Every program that finds links in plain text ends them at white space. Many take U+200B or U+2060 for a letter, and
# junk filters count those against a mail; a hair space has neither disadvantage and is hardly visible.
_HAIR_SPACE = "\u200a"
_LINK_JOINTS = re.compile(
    rf"""
      (?<=[.\u2024\u3002\ufe52\uff0e\uff61]) (?=[\w{_JOINERS}])         # example.com, 192.0.2.1
    | (?<=[@\ufe6b\uff20\\]) (?=\S)                                      # lee@example, \\server\share
    | (?<=[:\ufe13\ufe55\uff1a]) (?=[^\W\d]|[/\\+%\[{_JOINERS}])         # https://, mailto:lee
    | (?<=\D[:\ufe13\ufe55\uff1a]) (?=\d)                                # tel:0123, but not 14:05
    """,
    re.VERBOSE,
)
_PLAIN_ADDRESS = re.compile(r"[^\s@:/\\<>\"?#]{1,64}@[\w.-]{1,253}")


def line(text: str) -> str:
    """Return the visible characters of the text, in one line."""
    return " ".join(_visible(text).split())


def name(text: str) -> str:
    """Sanitize the name of a person or an account: one line of at most 80 characters that is no link."""
    return _without_links(_shortened(line(text), NAME_LENGTH))


def message(text: str) -> str:
    r"""Sanitize a message: lines joined by \n, at most 500 characters and one empty line in a row, no links."""
    lines = "\n".join(line(each) for each in text.splitlines())
    paragraphs = re.sub(r"\n{3,}", "\n\n", lines).strip()
    return _without_links(_shortened(paragraphs, MESSAGE_LENGTH))


def address(text: str) -> str:
    """Return an email address as it is, so that it can be copied; anything else is sanitized like a name."""
    visible = "".join(_visible(text).split())
    if _PLAIN_ADDRESS.fullmatch(visible):
        return visible
    return name(visible)


def _without_links(text: str) -> str:
    return _LINK_JOINTS.sub(_HAIR_SPACE, text)


def _visible(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join(" " if each.isspace() else each for each in composed if _is_kept(each))


def _is_kept(character: str) -> bool:
    is_hidden = unicodedata.category(character) == "Cf" and character not in _JOINERS
    return character.isspace() or not (is_hidden or characters.is_refused(character))


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "\u2026"
