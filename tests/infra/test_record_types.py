"""The catalogue of record types: what is generated from it is current, and faults are named."""

from pathlib import Path

import pytest

from infra import permissions, record_types
from shared.domain.model.record_types import RECORD_TYPES
from shared.domain.model.records import what_happens


def test_generated_files_follow_the_catalogue() -> None:
    catalogue = record_types.read()

    assert record_types.MODULE.read_text(encoding="utf-8") == record_types.module_of(catalogue)
    assert record_types.LABELS.read_text(encoding="utf-8") == record_types.labels_of(catalogue)


def test_the_shipped_types_are_those_of_the_rules() -> None:
    happens = [
        what_happens(*given)
        for given in (
            ("contact", None),
            ("opportunity", "won"),
            ("task", "pending"),
            ("task", "completed"),
            ("note", None),
        )
    ]

    assert happens == ["move", "move", "move", "remove", "keep"]
    assert RECORD_TYPES["opportunity"].owner_needs == "opportunities.own"


@pytest.mark.parametrize(
    ("found", "replaced", "fault"),
    [
        ('type = "note"', 'type = "task"', "'task' is listed 2 times."),
        ('type = "note"', 'type = "No note"', "'No note' is no name of a type: lowercase letters and underscores."),
        ('on_leave = "keep"', 'on_leave = "burn"', "'note' needs 'on_leave': move, keep, remove."),
        ('"opportunities.own"', '"deals.own"', "'opportunity' needs the unknown permission 'deals.own'."),
        ('["pending"]', '["Pending!"]', "'task' has the invalid status 'Pending!'."),
        ('de = "Notizen", ', "", "'note' has no label in 'de'."),
        ('moves_when = ["pending"]', 'moves_if = ["pending"]', "'task' has the unknown field 'moves_if'."),
    ],
)
def test_fault_in_the_catalogue_is_named(tmp_path: Path, found: str, replaced: str, fault: str) -> None:
    source = tmp_path / "record_types.toml"
    text = record_types.SOURCE.read_text(encoding="utf-8")
    assert found in text
    source.write_text(text.replace(found, replaced), encoding="utf-8")

    with pytest.raises(permissions.InvalidCatalogueError) as refused:
        record_types.read(source)

    assert f"record_types.toml: {fault}" in str(refused.value).splitlines()
