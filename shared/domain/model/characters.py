"""Characters of what people type: which are refused, which dropped, how blanks and lines are kept (rule 2)."""

import re
import unicodedata

JOINERS = "\u200c\u200d"  # Needed to write Persian, Sinhala and other scripts.

_LINE_END = "\r\n|[\r\u2028\u2029]"
_DIRECTION_MARKS = "[\u061c\u200e\u200f\u202a-\u202d\u2066-\u2069]"
_REVERSED = "\u202e"  # Shows "evil" as "live": nothing that is pasted brings it along.
# What Unicode ignores in display and does not class as a format character. Variation selectors are not among them:
# Japanese names and emoji need them.
_IGNORED = re.compile("[\u034f\u17b4\u17b5\u2065\ufff0-\ufff8\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]")
_NONCHARACTER = f"[\ufdd0-\ufdef{''.join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))}]"
_DRAWN_AS_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # Hangul fillers, the Braille pattern without dots.


def is_refused(character: str) -> bool:
    """Return whether it is a control character, U+202E, a separator of lines, a surrogate, a noncharacter or private.

    What the tables of this Python do not know yet is taken: each release of Unicode brings new emoji.
    """
    is_kind = unicodedata.category(character) in {"Cc", "Cs", "Co", "Zl", "Zp"}
    return is_kind or character == _REVERSED or re.fullmatch(_NONCHARACTER, character) is not None


def one_line(text: str) -> str:
    """Return the text in NFC without invisible characters, with single blanks.

    What is refused stays, line breaks among it.
    """
    visible = unicodedata.normalize("NFC", "".join(map(_shown, text)))
    return re.sub(" {2,}", " ", visible).strip(" ")


def is_visible(text: str) -> bool:
    """Return whether the text holds more than blanks, joiners, and marks without a letter to stand on."""
    return any(each not in JOINERS and unicodedata.category(each)[0] not in "MZ" for each in text)


def lines(text: str) -> str:
    r"""Return the text with \n as the only line break and without direction marks."""
    return re.sub(_DIRECTION_MARKS, "", re.sub(_LINE_END, "\n", text))


def ascii_digits(text: str) -> str:
    """Return the text in NFKC without format characters, with the digits of all scripts as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in unicodedata.normalize("NFKC", text)
        if unicodedata.category(character) != "Cf"
    )


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Zs" or character in _DRAWN_AS_BLANK:
        return " "
    is_dropped = _IGNORED.match(character) or (category == "Cf" and character not in JOINERS + _REVERSED)
    return "" if is_dropped else character
