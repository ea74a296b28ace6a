"""The one form of text in which names are sorted and searched (rule 33)."""

import unicodedata

MAX_WORD_LENGTH = 200  # Characters that a search compares.

_MAX_WORDS = 12
_APOSTROPHES = "'\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02be\u02bf`\u00b4\u2032\u2035\uff07"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
# Latin letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = {
    "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
    "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
    "\N{LATIN SMALL LETTER D WITH STROKE}": "d",
    "\N{LATIN SMALL LETTER ETH}": "d",
    "\N{LATIN SMALL LETTER THORN}": "th",
    "\N{LATIN SMALL LETTER AE}": "ae",
    "\N{LATIN SMALL LIGATURE OE}": "oe",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "\N{LATIN SMALL LETTER H WITH STROKE}": "h",
    "\N{LATIN SMALL LETTER T WITH STROKE}": "t",
}
_BEFORE = str.maketrans(dict.fromkeys(_APOSTROPHES, "") | dict.fromkeys(_DASHES, "-"))
_AFTER = str.maketrans(_LETTERS)
# Fillers, the grapheme joiner, variation selectors and the empty braille: invisible without the category of it.
_BLANK_LETTERS = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, *range(0xFE00, 0xFE10)}


def folded(text: str) -> str:
    """Return text without case, accents, width, apostrophes and invisible characters, with single blanks.

    Letters that do not decompose become the ones that people type instead of them, such as `o` for a struck one.
    """
    letters = unicodedata.normalize("NFKD", text.translate(_BEFORE)).casefold().translate(_AFTER)
    return " ".join("".join(letter for letter in letters if not _is_dropped(letter)).split())


def word_starts(text: str) -> list[str]:
    """Return folded text from each of its words on, the first twelve, as far as a search compares them."""
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter in " -")][:_MAX_WORDS]
    return [text[start : start + MAX_WORD_LENGTH] for start in starts if text[start : start + 1].strip(" -")]


def _is_dropped(letter: str) -> bool:
    return unicodedata.combining(letter) != 0 or unicodedata.category(letter) == "Cf" or ord(letter) in _BLANK_LETTERS
