"""Everything that functions do, in one process: each command case and its repeat, each route in all its variants."""

from collections.abc import Iterator
from typing import Any

from shared.adapters.token_signer import open_token_signer
from shared.domain.model.invitation_tokens import Channel
from tests import aws_fixture
from tests.command_cases import CASES, PLAIN
from tests.command_cases.case import KEYED, CommandCase, Given
from tests.functions.contract import operation_of


def run_every_case() -> None:
    """Run every case twice and every plain route once, each in an empty emulated AWS of its own."""
    for case in CASES:
        aws_fixture.reset()
        given = case.arrange()
        for _ in range(2):
            answer = case.run(given)
            assert answer.status == case.status, f"{case.name}: {answer.text}"
    for route in (route for route in PLAIN if " " in route):
        aws_fixture.reset()
        for changes in _variants(PLAIN[route], PLAIN[route].arrange()):
            aws_fixture.reset()
            answer = PLAIN[route].run(PLAIN[route].arrange(), **changes)
            assert answer.status == PLAIN[route].status, f"{route} {changes}: {answer.text}"


def _variants(case: CommandCase, given: Given) -> Iterator[dict[str, Any]]:
    """The request with a key, one for each choice that a query has, and one with the copied link."""
    yield {"headers": KEYED}
    if given.token and "/invitations/" in case.target:
        signer = open_token_signer()
        link = signer.verify(given.token)._replace(channel=Channel.COPIED)
        yield {"body": {**given.parts["body"], "token": signer.sign(link)}}
    ids = {**given.parts, "user_id": given.user.get("user_id")}
    for parameter in operation_of(case.target)["parameters"]:
        if parameter["in"] == "query":
            name, schema = parameter["name"], parameter["schema"]
            values = [ids[name]] if name in ids else schema.get("enum", [])
            yield from ({"query": {name: value}} for value in values)
