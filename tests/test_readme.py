import re
from pathlib import Path

from infra.catalog import CATALOG, Function

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def a_line_of_the_map(function: Function) -> str:
    wakes = [f"`{route}`" for route in function.routes]
    wakes += [f"the stream of `{function.woken_by.name}`"] if function.woken_by else []
    wakes += ["what SES tells of a mail"] if function.woken_by_deliveries else []
    wakes += ["every minute"] if function.every_minute else []
    return f"| [`{function.name}`](functions/{function.name}/handler.py) | {'<br>'.join(wakes)} | {function.does} |"


def test_the_map_of_functions_is_the_catalogue() -> None:
    head = ["| function | wakes on | does |", "| --- | --- | --- |"]
    expected = "\n".join([*head, *map(a_line_of_the_map, CATALOG)])

    found = re.search(r"<!-- map -->\n(.*)\n<!-- /map -->", README, re.DOTALL)

    assert found
    assert found[1] == expected, expected


def test_every_command_that_the_readme_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    named = set(re.findall(r"(?:^|`)make (?:[A-Z]+=\S+ )?([a-z]+)", README, re.MULTILINE))

    assert {"up", "test"} <= named <= targets


def test_every_file_that_the_readme_links_to_is_there() -> None:
    linked = set(re.findall(r"\]\(((?!https?:)[^)#]+)\)", README))

    missing = sorted(link for link in linked if not (ROOT / link).exists())

    assert linked
    assert not missing
