"""The catalogue: what is generated from it is current, and its faults are named."""

import re
from pathlib import Path
from types import ModuleType

import pytest

from infra import generated, partner_types, permissions, record_types
from infra.generated import InvalidCatalogueError
from infra.paths import ROOT
from shared.domain.model.permissions import ALL
from shared.domain.model.record_types import RECORD_TYPES
from shared.domain.model.records import what_happens

GENERATED = {permissions.MODULE, record_types.MODULE}
NAME = re.compile(r'"([a-z]+\.[a-z_]+)"')
FAULTS = [
    (permissions, 'name = "orders.edit"', 'name = "orders.view"', "'orders.view' is listed 2 times."),
    (
        permissions,
        'name = "tasks.view_all"',
        'name = "tasks.see"',
        "The area 'tasks' has records and lacks 'tasks.view_all'.",
    ),
    (permissions, 'name = "users.invite"', 'name = "users.ask"', "Usher needs the permission 'users.invite'."),
    (permissions, 'area = "marketing"', 'area = "sales"', "'marketing.view' names the unknown area 'sales'."),
    (permissions, 'de = "Rechnungen ansehen", ', "", "'admin.billing' has no label in 'de'."),
    (record_types, 'type = "note"', 'type = "task"', "'task' is listed 2 times."),
    (
        record_types,
        'type = "note"',
        'type = "No note"',
        "'No note' is no name of a type: lowercase letters and underscores.",
    ),
    (record_types, 'on_leave = "keep"', 'on_leave = "burn"', "'note' needs 'on_leave': move, keep, remove."),
    (record_types, '"opportunities.own"', '"deals.own"', "'opportunity' needs the unknown permission 'deals.own'."),
    (record_types, "completed =", '"Completed!" =', "'task' has the invalid status 'Completed!'."),
    (record_types, 'completed = "remove"', 'completed = "burn"', "'task' says 'burn' of a status: move, keep, remove."),
    (record_types, 'de = "Notizen", ', "", "'note' has no label in 'de'."),
    (
        record_types,
        "by_status =",
        "by_state =",
        "'task' has the unknown field 'by_state'.",
    ),
    (partner_types, 'name = "expert_coach"', 'name = "certified_partner"', "'certified_partner' is listed 2 times."),
    (
        partner_types,
        'name = "expert_coach"',
        'name = "Expert Coach"',
        "'Expert Coach' is not a name: use lower-case letters and _.",
    ),
    (partner_types, "[[partner_types]]", "[[others]]", "There is no type of partner."),
]
PARTS = pytest.mark.parametrize("part", [permissions, record_types, partner_types], ids=lambda part: part.__name__)


@PARTS
def test_generated_files_follow_the_catalogue(part: ModuleType) -> None:
    for file, text in part.files().items():
        assert file.read_text("utf-8") == text, file


@PARTS
def test_outdated_file_stops_the_packaging(part: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outdated = tmp_path / "outdated.py"
    outdated.write_text("NAMES_BY_AREA = {}\n", "utf-8")
    monkeypatch.setattr(part, "MODULE", outdated)

    with pytest.raises(InvalidCatalogueError, match="make catalogue"):
        part.require_current()


def test_missing_file_stops_the_packaging(tmp_path: Path) -> None:
    with pytest.raises(InvalidCatalogueError, match=r"missing\.json does not follow brand\.toml: run `make brand`"):
        generated.require_followed(Path("brand.toml"), {tmp_path / "missing.json": "{}"}, command="make brand")


def test_permissions_that_the_code_asks_for_are_needed() -> None:
    sources = [path for folder in ("functions", "shared") for path in (ROOT / folder).rglob("*.py")]
    written = {name for path in sources if path not in GENERATED for name in NAME.findall(path.read_text("utf-8"))}

    assert written & ALL == set(permissions.NEEDED)


@pytest.mark.parametrize(("part", "found", "replaced", "fault"), FAULTS)
def test_fault_in_the_catalogue_is_named(
    part: ModuleType, found: str, replaced: str, fault: str, tmp_path: Path
) -> None:
    source = tmp_path / part.SOURCE.name
    text = part.SOURCE.read_text("utf-8")
    assert found in text
    source.write_text(text.replace(found, replaced), "utf-8")

    with pytest.raises(InvalidCatalogueError) as refused:
        part.read(source)

    assert f"{source.name}: {fault}" in str(refused.value).splitlines()


def test_faults_end_the_command_that_writes() -> None:
    def faulty() -> generated.Files:
        raise InvalidCatalogueError("brand.toml: two\nbrand.toml: faults")

    with pytest.raises(SystemExit, match="two"):
        generated.write(faulty)


def test_the_shipped_types_of_records_are_those_of_the_rules() -> None:
    happens = [
        what_happens(*given)
        for given in (
            ("contact", None),
            ("opportunity", "won"),
            ("task", "pending"),
            ("task", "in_progress"),
            ("task", None),
            ("task", "completed"),
            ("note", None),
        )
    ]

    assert happens == ["move", "move", "move", "move", "move", "remove", "keep"]
    assert RECORD_TYPES["opportunity"].owner_needs == "opportunities.own"
