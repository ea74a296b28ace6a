"""The search of the Users page: its cost follows what it finds, not the size of the account (rule 33)."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from shared.adapters.dynamodb.codec import to_item
from shared.adapters.dynamodb.search_items import Position, position, search_keys, user_id_of, word_prefixes
from shared.adapters.dynamodb.user_filters import UserFilter
from shared.domain.model import addresses
from shared.domain.model.folding import folded
from shared.domain.model.users import User

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Load = Callable[[str, Iterable[str]], dict[str, User]]

_MAX_SORTED_ENTRIES = 10  # Entries that are sorted even if they are more than one page.
MAX_AT_ONCE = 100  # Users that one read brings: twice as many in each round as before, where few match.
_MAX_EXAMINED_ENTRIES = 2_000  # Entries that one page looks at; a rarer match comes with a later page.
_LAST = "\U0010ffff"
_BY_WORD, _SORTED = "w", "s"  # What a cursor's position is: the key of an entry, or a place in the order.


def term_of(search: str) -> str:
    """Return the term folded; a whole address in the form in which addresses are stored."""
    if "@" in search:
        with suppress(ValueError):
            search = addresses.canonical(search)
    return folded(search)


def begins(user: User, term: str) -> bool:
    """Return whether a word of the user begins with the folded term."""
    return not term or _first_match(user, term) is not None


class UserSearch:
    """Reads the words of the search index; `load` returns users by id."""

    def __init__(self, table: str, dynamodb: "DynamoDBClient", load: Load) -> None:
        self._table, self._dynamodb, self._load = table, dynamodb, load

    def page(
        self, account_id: str, term: str, *, wanted: UserFilter, sort: str, limit: int, after: str | None
    ) -> tuple[list[User], str | None]:
        """Return users and the position of the next page.

        All that a page holds is sorted as wanted. More is in the order of the words found, one status after the other:
        sorting it would mean reading it all for each page.
        """
        if after and after.startswith(_BY_WORD):
            last_entry = after.removeprefix(_BY_WORD)
            return self._by_word(account_id, term, wanted, limit=limit, after=last_entry, entries=[])
        most = max(limit, _MAX_SORTED_ENTRIES)
        # A list that began sorted stays so, and whole, also if more is found by now.
        entries = self._read(account_id, term, wanted, after="", most=_MAX_EXAMINED_ENTRIES if after else most + 1)
        if len(entries) > most and not after:
            return self._by_word(account_id, term, wanted, limit=limit, after="", entries=entries)
        found = list(self._matching(account_id, term, wanted, entries).values())
        return _sorted_page(found, sort, limit, after.removeprefix(_SORTED) if after else None)

    def _by_word(
        self, account_id: str, term: str, wanted: UserFilter, *, limit: int, after: str, entries: list[str]
    ) -> tuple[list[User], str | None]:
        found: dict[str, User] = {}
        looked_at, least = 0, 1
        while looked_at < _MAX_EXAMINED_ENTRIES and len(found) < limit:
            needed, least = max(limit - len(found), least), min(2 * least, MAX_AT_ONCE)
            if len(entries) <= needed:  # One more shows whether there is a next page.
                entries += self._read(
                    account_id, term, wanted, after=entries[-1] if entries else after, most=needed + 1 - len(entries)
                )
            some, entries = entries[:needed], entries[needed:]
            if not some:
                return [*found.values()], None
            found |= self._matching(account_id, term, wanted, some)
            looked_at, after = looked_at + len(some), some[-1]
        on_page = [*found][:limit]
        is_cut = len(found) > limit
        last = on_page[-1] if is_cut else after
        return [found[entry] for entry in on_page], f"{_BY_WORD}{last}" if entries or is_cut else None

    def _matching(self, account_id: str, term: str, wanted: UserFilter, entries: list[str]) -> dict[str, User]:
        """Return users by the entry that finds each: the first of theirs that matches, so that no page repeats one."""
        users = self._load(account_id, dict.fromkeys(map(user_id_of, entries)))
        found = {}
        for entry in entries:
            user = users.get(user_id_of(entry))
            if user and wanted.matches(user) and _first_match(user, term) == entry:
                found[entry] = user
        return found

    def _read(self, account_id: str, term: str, wanted: UserFilter, *, after: str, most: int) -> list[str]:
        """Return up to so many entries that begin with the term, after the given one, and read no others."""
        found: list[str] = []
        for prefix in (prefix for status in sorted(wanted.statuses) for prefix in word_prefixes(term, status)):
            if len(found) == most:
                break
            if prefix + _LAST < after:
                continue  # It was on earlier pages.
            begins_within = after.startswith(prefix)
            values = {":account": account_id, ":low": after if begins_within else prefix, ":high": prefix + _LAST}
            answer = self._dynamodb.query(
                TableName=self._table,
                KeyConditionExpression="pk = :account AND sk BETWEEN :low AND :high",
                ExpressionAttributeValues=to_item(values),
                Limit=most - len(found) + begins_within,
            )
            others = [item["sk"]["S"] for item in answer["Items"] if item["sk"]["S"] != after]
            found += others[: most - len(found)]  # One more came if the entry before has gone since.
        return found


def _first_match(user: User, term: str) -> str | None:
    prefixes = tuple(word_prefixes(term, user.status))
    return min((key for key in search_keys(user) if key.startswith(prefixes)), default=None)


def _sorted_page(users: list[User], sort: str, limit: int, after: str | None) -> tuple[list[User], str | None]:
    placed = [(position(user, sort), user) for user in users]
    first, last = ([each for each in placed if each[0].part == part] for part in (0, 1))
    first.sort(key=lambda each: each[0], reverse=sort.startswith("-"))
    ordered = [*first, *sorted(last, key=lambda each: each[0])]
    if after:
        end = Position(int(after[0]), after[1:])
        ordered = [each for each in ordered if _is_after(each[0], end, descending=sort.startswith("-"))]
    page = ordered[:limit]
    place = page[-1][0] if len(ordered) > limit else None
    return [user for _, user in page], f"{_SORTED}{place.part}{place.key}" if place else None


def _is_after(place: Position, end: Position, *, descending: bool) -> bool:
    if place.part == end.part == 0 and descending:
        return place.key < end.key
    return place > end
