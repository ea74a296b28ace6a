"""The search index of users: sort keys of its entries, which are all that an entry holds (rule 33).

    word#<status>#<range>#<word>#<user_id>     one for each word that a search can begin with
    list#<facet>#<sort>#<part><position>       one for each list that shows the user, in each order

The partition is the account. Every part of an entry follows from the user alone, and `user_id` is always at the end.
"""

from collections.abc import Iterator
from contextlib import suppress
from itertools import takewhile
from typing import Literal, NamedTuple, get_args

from shared.adapters.dynamodb.codec import Item
from shared.adapters.dynamodb.user_items import PARTITION_BY_STATUS, name_key
from shared.domain.model.folding import MAX_WORD_LENGTH, folded, word_starts
from shared.domain.model.users import HAS_LEFT, Status, User
from shared.domain.model.values import iso

Sort = Literal["name", "-name", "email", "-email", "joined_at", "-joined_at"]
SORTS = tuple(sort for sort in get_args(Sort) if not sort.startswith("-"))

_USER_ID = 26  # characters

_NAMES = "n"  # The range of names, and of addresses that a name does not begin with.
_ADDRESSES = "o"  # The range of the others.


class Position(NamedTuple):
    """The place of a user in an order: the part of the order, and the key within it. Later parts come after."""

    part: int
    key: str


def position(user: User, sort: str) -> Position:
    """Return the place of a user in an order, the same for both directions; nulls are a part that comes last."""
    match sort.removeprefix("-"):
        case "name":
            return Position(0, name_key(user))
        case "joined_at" if user.joined_at:
            return Position(0, f"{iso(user.joined_at)}\t{user.user_id}")
        case order:
            return Position(int(order == "joined_at"), f"{user.email}\t{user.user_id}")


def search_keys(user: User) -> frozenset[str]:
    """Return the sort keys of all entries of a user; someone erased has none."""
    if user.erased_at:
        return frozenset()
    words = {f"{_word_prefix(user.status, within)}{word}#{user.user_id}" for within, word in _words(user)}
    orders = [(sort, position(user, sort)) for sort in SORTS]
    lists = {list_prefix(facet, sort, place.part) + place.key for facet in _facets(user) for sort, place in orders}
    return frozenset(words | lists)


def list_prefix(facet: str, sort: str, part: int) -> str:
    """Return the sort key prefix of one part of a list."""
    return f"list#{facet}#{sort.removeprefix('-')}#{part}"


def word_prefixes(term: str, status: Status) -> list[str]:
    """Return the sort key prefix of all words that begin with the folded term.

    An address that begins with letters of a name is apart: a term of letters alone finds that user by the name, and
    need not read a second entry.
    """
    ranges = (_NAMES,) if term.isalpha() else (_NAMES, _ADDRESSES)
    return [_word_prefix(status, within) + term[:MAX_WORD_LENGTH] for within in ranges]


def status_facet(status: Status) -> str:
    """Return the list of one status."""
    return "removed" if status is Status.REMOVED else f"status:{status}"


def group_facet(group_id: str, name: str) -> str:
    """Return the list of a group within one of the lists by status."""
    return f"group:{group_id}:{name}"


def partner_facet(name: str) -> str:
    """Return the list of partners within one of the lists by status."""
    return f"partner:{name}"


WAITING = "waiting"
"""The list of those who have left and may own records that wait for another owner, of whatever status."""


def user_id_of(sort_key: str) -> str:
    """Return the user of an entry."""
    return sort_key[-_USER_ID:]


def entry_key(account_id: str, sort_key: str) -> Item:
    """Return an entry's key, which is the whole entry."""
    return {"pk": {"S": account_id}, "sk": {"S": sort_key}}


def _facets(user: User) -> Iterator[str]:
    name = PARTITION_BY_STATUS[user.status]
    yield name
    if user.has_records_waiting and user.status in HAS_LEFT:
        yield WAITING
    if user.status is Status.REMOVED:
        return
    yield status_facet(user.status)
    yield from (group_facet(group_id, name) for group_id in user.groups)
    if user.kind == "partner":
        yield partner_facet(name)


def _words(user: User) -> Iterator[tuple[str, str]]:
    """Yield each word with its range: the name from each of its words on, and the address."""
    last_name = word_starts(folded(user.last_name))[:1]  # Also after more words than a search knows.
    names = list(dict.fromkeys([*word_starts(folded(user.name)), *last_name]))
    yield from ((_NAMES, each) for each in names)
    for address in {folded(user.email), folded(_readable(user.email))}:
        letters = "".join(takewhile(str.isalpha, address))
        is_name = bool(letters) and any(each.startswith(letters) for each in names)
        yield _ADDRESSES if is_name else _NAMES, address[:MAX_WORD_LENGTH]


def _word_prefix(status: Status, within: str) -> str:
    return f"word#{status}#{within}#"


def _readable(address: str) -> str:
    """Return an address with its domain as people write it."""
    local_part, _, domain = address.partition("@")
    return f"{local_part}@{'.'.join(map(_label, domain.split('.')))}"


def _label(label: str) -> str:
    if label.startswith("xn--"):
        with suppress(UnicodeError):
            return label[4:].encode().decode("punycode")
    return label
