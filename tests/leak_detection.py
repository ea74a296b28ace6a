"""Whatever is secret or personal in a test, looked for wherever it must not come out.

Secrets are learnt as they pass: passwords and security answers as callers send them, tokens as KMS signs them,
sessions as they are answered, hashes of security answers as the table of identities holds them, which alone may. So
are addresses, which only their own tables may hold.
"""

import base64
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from shared.logging import logger
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL, RECORDS, SEARCH
from tests import aws_fixture
from tests.aws_recorder import Exchange, listening, reading

_SECRET_FIELDS = {"password", "security_answer"}
_PERSONAL_FIELDS = {"email", "notify"}
_SHORTEST = 6  # What is shorter is found anywhere by chance.
_WORDS = re.compile(r"[\w-]{20,}")
_ADDRESS = re.compile(r"[^\s@\"\\]+@[^\s@\"\\]+")
_STORED_ADDRESS = re.compile(r'"(?:email|address|to_address)": ?{"S": ?"([^"]+)"')
_STORED_HASH = re.compile(r"scrypt\$[0-9a-f]+\$[0-9a-f]+")
_OF_PEOPLE = {"directory", "remembered", "identities", "search"}  # These hold people's data, and so their addresses.


class Leak(NamedTuple):
    """`sink` is where something came out that must not."""

    sink: str
    canary: str


class Watch:
    """All texts that came out in a test, by sink, and the canaries that none of them may hold."""

    def __init__(self) -> None:
        self.texts: defaultdict[str, list[str]] = defaultdict(list)
        self.secrets: set[str] = set()
        self.tokens: set[str] = set()
        self.hashes: set[str] = set()
        self.personal: set[str] = set()
        self.canaries: set[str] = set()  # personal as well, even where a caller sends them as an ordinary field
        self._said_openly: set[str] = set()

    def hear_line(self, line: str) -> None:
        """A line of a log."""
        self.texts["logs"].append(line)

    def hear_answer(self, event: dict[str, Any], status: int, text: str) -> None:
        """What a caller sent and was answered."""
        claims = event["requestContext"].get("authorizer", {}).get("jwt", {}).get("claims", {})
        self._learn("email", claims.get("username"))
        for name, value in _fields(_json(event.get("body"))):
            self._learn(name, value)
        if status >= 400:
            self.texts["problems"].append(text)
        elif '"session":{' in text:
            session = json.loads(text)["session"].values()
            self.tokens |= {str(token).rpartition(".")[2] for token in session if isinstance(token, str)}

    def hear_exchange(self, exchange: Exchange) -> None:
        """What a function asked of AWS, and whose addresses it read."""
        if exchange.service == "s3":
            return  # Pictures are no texts.
        self.personal |= set(_STORED_ADDRESS.findall(exchange.response.text))
        self.hashes |= set(_STORED_HASH.findall(exchange.response.text))
        match exchange.operation:
            case "GenerateMac" if exchange.took_effect:
                mac = base64.b64decode(exchange.answered["Mac"])
                self.tokens.add(base64.urlsafe_b64encode(mac).decode().rstrip("="))
            case "PutEvents":
                self.texts["events"].append(exchange.text)
            case "TransactWriteItems":
                for write in exchange.asked["TransactItems"]:
                    [(_, asked)] = write.items()
                    self._hear_write(asked)
            case "UpdateItem" | "PutItem":
                self._hear_write(exchange.asked)

    def leaks(self) -> set[Leak]:
        """Every canary that came out."""
        secrets = {form for secret in self.secrets - self._said_openly for form in _forms(secret)}
        personal = {form for value in (self.personal - self._said_openly) | self.canaries for form in _forms(value)}
        found = set()
        for sink, texts in self.texts.items():
            text = "\n".join(texts)
            folded = text.casefold()
            leaked = {canary for canary in secrets if canary in folded} | self.tokens & set(_WORDS.findall(text))
            if sink != "identities":
                leaked |= {canary for canary in self.hashes if canary in text}
            if sink not in _OF_PEOPLE:
                leaked |= {canary for canary in personal if canary in folded}
            found |= {Leak(sink, canary) for canary in leaked}
        return found

    def forget(self) -> None:
        """Start again."""
        for heard in (
            self.texts,
            self.secrets,
            self.tokens,
            self.hashes,
            self.personal,
            self.canaries,
            self._said_openly,
        ):
            heard.clear()

    def _learn(self, field: str, value: object) -> None:
        if not isinstance(value, str) or len(value) < _SHORTEST:
            return
        if field in _SECRET_FIELDS:
            self.secrets.add(value)
        elif field not in _PERSONAL_FIELDS:
            self._said_openly.add(value)
        elif _ADDRESS.fullmatch(value):
            self.personal.add(value)

    def _hear_write(self, asked: dict[str, Any]) -> None:
        table = asked["TableName"]
        row = asked.get("Item") or asked["Key"]
        if table == aws_fixture.physical(MAIL):
            # A notify address belongs to no user, so the mail itself stores it.
            asked = asked | {"Item": {name: value for name, value in row.items() if name != "to_address"}}
        is_remembered = table == aws_fixture.physical(DIRECTORY) and row["pk"]["S"].startswith("idempotency#")
        text = json.dumps(asked)
        self.hashes |= set(_STORED_HASH.findall(text))
        self.texts["remembered" if is_remembered else _SINKS[table]].append(text)


_SINKS = {aws_fixture.physical(table): table.name for table in (DIRECTORY, IDENTITIES, JOURNAL, MAIL, RECORDS, SEARCH)}


def _json(body: str | None) -> Any:
    try:
        return json.loads(body or "null")
    except (ValueError, RecursionError):
        return None


def _fields(body: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with the name of the field that holds it, directly or in a list."""
    if isinstance(body, dict):
        for inner, value in body.items():
            yield from _fields(value, inner)
    elif isinstance(body, list):
        for value in body:
            yield from _fields(value, name)
    else:
        yield name, body


def _forms(canary: str) -> set[str]:
    """As it is, as JSON writes it, and as JSON writes JSON."""
    once = json.dumps(canary)[1:-1]
    return {form.casefold() for form in (canary, once, json.dumps(once)[1:-1])}


@contextmanager
def watching() -> Iterator[Watch]:
    """Hears every log line, every answer and every exchange."""
    watch = Watch()
    handler: Any = logger.registered_handler
    written = handler.format

    def heard(record: Any) -> str:
        line = str(written(record))
        watch.hear_line(line)
        return line

    handler.format = heard
    try:
        with listening(watch.hear_exchange), reading(watch.hear_answer):
            yield watch
    finally:
        del handler.format
