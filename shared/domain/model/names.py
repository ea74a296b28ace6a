"""Names of people: what they must hold, and what they must not look like (rule 2)."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from shared.domain.model import characters, errors

_SCHEME = r"(?i)://|www\.|\bhttps?:|\b(?:mailto|tel|sms|javascript|data):\S|\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}\b"
_NEVER_A_SURNAME = frozenset({"biz", "com", "info", "io", "net", "org", "xyz", "zip"})
_TITLES = frozenset({"Dr", "Prof", "Mr", "Mrs", "Ms", "Mme", "St", "Ste", "Sr", "Sra", "Dipl", "Mag", "Ing", "Rev"})

# Letters and digits that look alike, in one form: Cyrillic, Greek, special Latin, digits. l stands for i, too.
_LOOKALIKES = str.maketrans(
    "\u0430\u0432\u0441\u0501\u0435\u0455\u0456\u0458\u043a\u043c\u043d\u043e\u0440\u0442\u0443\u0445\u04bb"
    "\u03b1\u03b5\u03b7\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
    "\u0131\u0142\u00f8\u0111\u0261i"
    "013457$",
    "abcdesljkmhoptyxhaenlkvoptuxllodgloleasts",
)
_STAFF = (
    "staff team equipo equipe support soporte assistance help hilfe ayuda aide helpdesk desk service servicio "
    "kundendienst customer kunden cliente client care security sicherheit seguridad securite admin administrator "
    "administration administrador administrateur operator official offiziell oficial officiel billing rechnung "
    "facturacion facturation payment noreply reply system info notification alert mail mailer account konto "
    "cuenta compte verification postmaster webmaster abuse moderator bot company firma empresa societe hq sales "
    "inc ltd llc gmbh corp tm "
)


def person_name(name: str) -> str:
    """Return a name that can be shown; raises ValueError with a sentence.

    `St.John` and `M.Sc.` are names. A scheme, `www.`, an IPv4 address, and a word that ends in a top-level domain are
    web addresses.
    """
    if any(map(characters.is_refused, name)):
        message = "Control characters cannot be part of a name."
        raise ValueError(message)
    if _looks_like_a_web_address(name):
        message = "This looks like a web address. Put a space after the dot."
        raise ValueError(message)
    if not any(map(str.isalnum, name)):
        message = "A name must contain a letter or a number."
        raise ValueError(message)
    return name


def require_not_posing_as_product(
    first_name: str, last_name: str | None, *, product_name: str, within: str = ""
) -> None:
    """Raises InvalidRequest for a name that poses as the product or its staff, such as "Usher Security Team".

    The product's name alone, or with a word such as "support". Someone who has it as a name beside another may be
    called so: Ann Usher. `within` stands before the field that is named, such as `admin.`.
    """
    if not _poses_as(product_name, f"{first_name} {last_name or ''}"):
        return
    field = "last_name" if last_name and _poses_as(product_name, last_name) else "first_name"
    sentence = f"This could be taken for {product_name} or its staff. Give the person's own name."
    raise errors.InvalidRequest([(within + field, sentence)])


def _looks_like_a_web_address(name: str) -> bool:
    plain = unicodedata.normalize("NFKC", name).replace("\u3002", ".")
    for joiner in characters.JOINERS:
        plain = plain.replace(joiner, "")
    return bool(re.search(_SCHEME, plain)) or any(map(_ends_in_a_top_level_domain, _dotted_words(plain)))


def _dotted_words(text: str) -> Iterator[list[str]]:
    """Yield the labels of each word that has a dot inside."""
    kept = (character if _is_part_of_a_label(character) or character == "." else " " for character in text)
    for word in "".join(kept).split():
        labels = [label for each in word.split(".") if (label := each.strip("-"))]
        if len(labels) > 1:
            yield labels


def _is_part_of_a_label(character: str) -> bool:
    return character.isalnum() or character == "-" or unicodedata.category(character).startswith("M")


def _ends_in_a_top_level_domain(labels: list[str]) -> bool:
    from shared.domain.model.top_level_domains import TOP_LEVEL_DOMAINS  # noqa: PLC0415 (few names have such words)

    *before, last = labels
    label = last.lower()
    if label not in _NEVER_A_SURNAME and all(
        each in _TITLES or (len(each) == 1 and each.isupper() and last[0].isupper()) for each in before
    ):
        return False  # Initials, degrees and titles: J.Kim, M.Sc, Dr.med.
    return (label if label.isascii() else "xn--" + label.encode("punycode").decode()) in TOP_LEVEL_DOMAINS


def _poses_as(product_name: str, name: str) -> bool:
    found, staff = _looks_of(product_name)
    if found is None:
        return False
    words = _words(name)
    match = found.search(words)
    if match is None:
        return False
    rest = found.sub("", words).strip()
    return not rest or any(match.groups()) or bool(staff.search(rest))


@cache
def _looks_of(product_name: str) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
    """Return the patterns of the product's name, alone or with a word for staff, and of such words.

    The first is None for a name without a letter or digit.
    """
    product = " ?".join(_words(product_name).replace(" ", ""))
    staff = f"(?:{'|'.join(_words(_STAFF).split())})s?"
    found = rf"(?<!\S)({staff})?{product}s?({staff})?(?!\S)"
    return re.compile(found) if product else None, re.compile(rf"(?<!\S){staff}(?!\S)")


def _words(text: str) -> str:
    """Return the words as they look: lower case, without marks, in one script, separated by single blanks."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).translate(_LOOKALIKES)
    return " ".join(re.findall(r"[^\W_]+", "".join(each for each in folded if not unicodedata.combining(each))))
