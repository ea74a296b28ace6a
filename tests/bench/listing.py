"""How many items one page of the Users page reads in a large account."""

from collections.abc import Iterator

from tests import aws_fixture, factories
from tests.bench import crowds
from tests.bench.figures import Figure
from tests.bench.metering import metered
from tests.invoke import SignedIn, call

USERS = 20_000
PAGE = 50
QUERIES: dict[str, dict[str, str]] = {
    "all statuses": {"status": "all"},
    "inactive": {"status": "inactive"},
    "invited": {"status": "invited"},
    "removed": {"status": "removed"},
    "search, many found": {"search": "Eve"},
    "search, one found": {"search": "user01234@"},
    "sort=email": {"sort": "email"},
    "sort=-joined_at": {"sort": "-joined_at"},
}


def pages_of(number: int) -> "Pages":
    """An account with that many users."""
    aws_fixture.begin_anew()
    model = crowds.an_invited_user()
    crowds.write(crowds.a_company(model, number))
    return Pages(factories.signed_in("ann@example.org"))


class Pages:
    """One account, as its administrator lists it."""

    def __init__(self, admin: SignedIn) -> None:
        self._admin = admin

    def read(self, **query: str) -> tuple[int, int, str | None]:
        """Items read and queries made for one page, and the cursor of the next."""
        with crowds.hurried(), metered() as calls:
            answer = call(factories.USERS, caller=self._admin, account_id=factories.ACCOUNT, query=query)
        assert answer.status == 200, answer.text
        queries = [call.answered for call in calls.made if call.operation == "Query"]
        return sum(one["ScannedCount"] for one in queries), len(queries), answer.body["next_cursor"]


def figures(*, number: int = USERS) -> Iterator[Figure]:
    pages = pages_of(number)
    items, queries, cursor = pages.read()
    yield Figure("default filter", items, "items", at_most=55, note=_queries(queries))
    items, queries, _ = pages.read(cursor=str(cursor))
    yield Figure("default filter, second page", items, "items", at_most=55, note=_queries(queries))
    for name, query in QUERIES.items():
        items, queries, _ = pages.read(**query)
        yield Figure(name, items, "items", note=_queries(queries))


def _queries(number: int) -> str:
    return f"{number} queries" if number != 1 else "1 query"
