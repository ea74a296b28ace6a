"""The documents against the code: rules, routes, error codes, map of functions, commands and links."""

import hashlib
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.catalog import CATALOG, Function
from shared.api.problems import INTERNAL_ERROR, STATUS
from tests.proofs.promises import PROMISES

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
RULES = (ROOT / "docs" / "rules.md").read_text("utf-8")
OPENAPI: dict[str, Any] = json.loads((ROOT / "functions" / "openapi" / "openapi.json").read_text("utf-8"))
NUMBERED = [int(number) for number in re.findall(r"^\*\*(\d+)\. ", RULES, re.MULTILINE)]
CITED = re.compile(r"\b[Rr]ules? (\d+(?:\s*(?:,|-|and|or)\s*\d+)*)")
MAKE = re.compile(r"(?:^|`)make (?:[A-Z]+=\S+ )*([a-z-]+)", re.MULTILINE)
LINK = re.compile(r"\]\(((?!https?:)[^)#]+)(?:#[^)]*)?\)")
ANCHORED = re.compile(r"\]\(((?!https?:)[^)#]*)#([^)]+)\)")
FENCED = re.compile(r"^```(?:bash|sh|shell|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_rules_are_numbered_from_1_to_39_with_an_anchor_each() -> None:
    anchors = [int(number) for number in re.findall(r'<a id="rule-(\d+)">', RULES)]

    assert list(range(1, 40)) == NUMBERED == anchors


def test_every_rule_that_the_code_cites_is_in_the_rules() -> None:
    unknown = [(file, number) for file, number in _citations() if number not in NUMBERED]

    assert len(list(_citations())) > 20
    assert unknown == []


def test_every_rule_says_how_much_of_it_is_there() -> None:
    rules = RULES.partition("## Inviting")[2].partition("## The API")[0].split('<a id="rule-')[1:]

    unmarked = [rule[:40] for rule in rules if not re.search(r"\*(Done|Partly|Not yet)\b", rule)]

    assert len(rules) == len(NUMBERED)
    assert unmarked == []


def test_the_routes_of_the_rules_are_those_of_the_openapi_document() -> None:
    served = {f"{method.upper()} {path}" for path, methods in OPENAPI["paths"].items() for method in methods}

    listed = re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) /v1/[^`]+)`", _section("## The API", "### Error codes"))

    assert set(listed) == served


def test_the_error_codes_of_the_rules_are_those_of_the_api_with_their_status() -> None:
    rows = re.findall(r"^\| (\d{3}) \| ([^|]+) \|", _section("### Error codes", "### Entry types"), re.MULTILINE)

    listed = [(int(status), code) for status, row in rows for code in re.findall(r"`(\w+)`", row)]

    assert sorted(listed) == sorted({*STATUS.values(), INTERNAL_ERROR})
    assert [status for status, _ in listed if status < 500] == sorted(status for status, _ in listed if status < 500)
    assert {code for _, code in listed} == {*OPENAPI["components"]["schemas"]["Problem"]["properties"]["code"]["enum"]}


def test_the_entry_types_of_the_rules_are_those_of_the_openapi_document() -> None:
    listed = re.findall(r"`([\w.]+)`", RULES.partition("### Entry types")[2])

    assert listed == OPENAPI["components"]["schemas"]["EntryView"]["properties"]["type"]["enum"]


def test_the_map_of_functions_is_the_catalogue() -> None:
    head = ["| function | wakes on | does |", "| --- | --- | --- |"]
    expected = "\n".join([*head, *map(_line_of_the_map, CATALOG)])

    found = re.search(
        r"<!-- map -->\n(.*)\n<!-- /map -->", (ROOT / "docs" / "architecture.md").read_text("utf-8"), re.DOTALL
    )

    assert found
    assert found[1] == expected, expected


def _line_of_the_map(function: Function) -> str:
    wakes = [f"`{route}`" for route in function.routes]
    wakes += [f"the stream of `{function.stream_source.name}`"] if function.stream_source else []
    wakes += ["what SES tells of a mail"] if function.on_ses_events else []
    wakes += ["every minute"] if function.every_minute else []
    link = f"[`{function.name}`](../functions/{function.name}/handler.py)"
    return f"| {link} | {'<br>'.join(wakes)} | {function.description} |"


def _anchors(file: Path) -> set[str]:
    """What can be linked to: ids, and headings in the form that they have in links."""
    text = file.read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


def _section(begin: str, end: str) -> str:
    return RULES.partition(begin)[2].partition(end)[0]


def _citations() -> Iterator[tuple[str, int]]:
    """Each rule that a program file cites, with the file; `rules 1-5` cites five."""
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.ts", "*.tsx"],  # noqa: S607 (the developer's own git)
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for file in listed.stdout.split():
        for cited in CITED.findall((ROOT / file).read_text("utf-8") if (ROOT / file).exists() else ""):
            for part in re.split(r"\s*(?:,|and|or)\s*", cited):
                first, _, last = part.partition("-")
                yield from ((file, number) for number in range(int(first), int(last or first) + 1))


def test_the_published_proofs_are_those_that_are_promised() -> None:
    """A promise that has changed since `make prove` wrote the table must be proved again."""
    table = (ROOT / "docs" / "figures.md").read_text("utf-8").split("<!-- proofs -->\n\n")[1].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]

    assert [(says, tested, released) for says, _, tested, released in rows] == [
        (promise.says, f"{promise.tested:,}", f"{promise.released:,}") for promise in PROMISES.values()
    ]
    for (_, tried, *_), promise in zip(rows, PROMISES.values(), strict=True):
        assert int(tried.partition(" ")[0].replace(",", "")) >= promise.released


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 150


def test_each_picture_is_the_one_that_its_text_describes() -> None:
    """The journey that takes both compares the text with the pages."""
    pictures = {file.stem: hashlib.sha256(file.read_bytes()).hexdigest() for file in (ROOT / "docs").glob("*.png")}

    named = {file.stem: file.read_text("utf-8").partition("\n")[0] for file in (ROOT / "docs").glob("*.txt")}

    assert len(pictures) >= 4
    assert named == pictures


def test_every_command_that_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    named = {file.name: set(MAKE.findall(file.read_text("utf-8"))) for file in DOCUMENTS}

    assert {"up", "test"} <= named["README.md"]
    assert {file: names - targets for file, names in named.items() if names - targets} == {}


def test_every_file_that_a_document_links_to_exists() -> None:
    linked = [(file, link) for file in DOCUMENTS for link in LINK.findall(file.read_text("utf-8"))]

    missing = [(file.name, link) for file, link in linked if not (file.parent / link).exists()]

    assert len(linked) > 10
    assert missing == []


def test_every_anchor_that_a_document_links_to_exists() -> None:
    anchors = {file: _anchors(file) for file in DOCUMENTS}
    linked = [(file, link) for file in DOCUMENTS for link in ANCHORED.findall(file.read_text("utf-8"))]

    missing = [
        (file.name, f"{path}#{anchor}")
        for file, (path, anchor) in linked
        if anchor not in anchors[(file.parent / path).resolve() if path else file]
    ]

    assert linked
    assert missing == []


def test_every_block_of_commands_is_run_by_a_test_or_is_a_make_target() -> None:
    """The integration guide's journey runs that page; elsewhere a block names make targets and nothing else."""
    lines = [
        (file.name, line)
        for file in DOCUMENTS
        if file.name != "integration.md"
        for block in FENCED.findall(file.read_text("utf-8"))
        for line in block.splitlines()
    ]

    not_run = [(file, line) for file, line in lines if not re.match(r"make [A-Za-z]|#|$", line)]

    assert lines
    assert not_run == []
