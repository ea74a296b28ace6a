"""How many items one page of the Users page reads, in a small and in a large account."""

from collections.abc import Iterator
from typing import NamedTuple

from shared.domain.model.users import User
from tests import aws_fixture, factories
from tests.bench import crowds
from tests.bench.figures import Figure
from tests.bench.metering import metered
from tests.invoke import SignedIn, call

USERS = 20_000
FEW = 200
PAGE = 50
SORTS = ("name", "-name", "email", "-email", "joined_at", "-joined_at")
FILTERS: dict[str, dict[str, str]] = {
    "all statuses": {"status": "all"},
    "inactive": {"status": "inactive"},
    "declined": {"status": "declined"},
    "removed": {"status": "removed"},
    "invited and expired": {"status": "invited,expired"},
    "inactive and blocked": {"status": "inactive,blocked"},
    "group": {"group": "everyone"},
    "small group": {"group": "sales"},
    "partners": {"kind": "partner"},
    "no partners": {"kind": "user"},
    "administrators": {"admin": "true"},
    "no administrators": {"admin": "false"},
}
SEARCHES: dict[str, dict[str, str]] = {
    "search by first name": {"search": "Eve"},
    "search by one letter": {"search": "j"},
    "search by last name and status": {"search": "garcia", "status": "inactive"},
    "search by beginning of an address": {"search": "user0012"},
    "search by address": {"search": "user00123@"},
    "search, nobody found": {"search": "Nobody"},
}


class Read(NamedTuple):
    """What one page has cost, and what it showed; `items` counts index entries, and users read after them."""

    items: int
    requests: int
    found: int
    cursor: str | None


def pages_of(number: int) -> "Pages":
    """An account with that many users."""
    aws_fixture.reset()
    model = crowds.an_invited_user()
    crowds.write(crowds.a_company(model, number))
    return Pages(factories.signed_in("ann@example.org"), model)


class Pages:
    """One account, as its administrator lists it."""

    def __init__(self, admin: SignedIn, model: User) -> None:
        self._admin, self.model = admin, model

    def read(self, **query: str) -> Read:
        """One page; what tells who asks is the first read, and does not count."""
        with crowds.patched(), metered() as calls:
            answer = call(factories.USERS, caller=self._admin, account_id=factories.ACCOUNT, query=query)
        assert answer.status == 200, answer.text
        _, *others = calls.dynamodb
        items = sum(
            one.answered["ScannedCount"]
            if one.operation == "Query"
            else sum(map(len, one.answered["Responses"].values()))
            for one in others
        )
        return Read(items, len(others), len(answer.body["data"]), answer.body["next_cursor"])


def figures(*, number: int = USERS) -> Iterator[Figure]:
    pages = pages_of(number)
    first = pages.read()
    yield _figure("default filter", first, at_most=55)
    yield _figure("default filter, second page", pages.read(cursor=str(first.cursor)), at_most=55)
    for sort in SORTS[1:]:
        yield _figure(f"sort={sort}", pages.read(sort=sort), at_most=55 if sort == "-name" else 120)
    for name, query in FILTERS.items():
        yield _dearest(pages, name, query)
    yield _figure("exact address", pages.read(email="user00123@example.org"), at_most=1)
    crowds.write(crowds.left_with_records(pages.model, number))
    yield _dearest(pages, "records waiting", {"records_waiting": "true"})


def _dearest(pages: Pages, name: str, query: dict[str, str]) -> Figure:
    dearest = max((pages.read(**query, sort=sort) for sort in SORTS), key=lambda read: read.items)
    return _figure(f"{name}, dearest of {len(SORTS)} orders", dearest, at_most=120)


def searches(*, number: int = USERS) -> Iterator[Figure]:
    for users in (min(FEW, number), number):
        pages = pages_of(users)
        for name, query in SEARCHES.items():
            read = pages.read(**query)
            yield _figure(f"{users:,} users: {name}", read, at_most=2 * read.found + 10)


def _figure(name: str, read: Read, *, at_most: int) -> Figure:
    queries = f"{read.requests} requests" if read.requests != 1 else "1 request"
    return Figure(name, read.items, "items", at_most=at_most, note=f"{read.found} found, {queries}")
