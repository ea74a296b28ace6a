"""The catalogue of permissions: what is generated from it is current, and faults are named."""

from pathlib import Path

import pytest

from infra import permissions


def test_generated_files_follow_the_catalogue() -> None:
    catalogue = permissions.read()

    assert permissions.MODULE.read_text(encoding="utf-8") == permissions.module_of(catalogue)
    assert permissions.LABELS.read_text(encoding="utf-8") == permissions.labels_of(catalogue)


@pytest.mark.parametrize(
    ("found", "replaced", "fault"),
    [
        ('name = "orders.edit"', 'name = "orders.view"', "'orders.view' is listed 2 times."),
        ('name = "tasks.view_all"', 'name = "tasks.see"', "The area 'tasks' has records and lacks 'tasks.view_all'."),
        ('area = "marketing"', 'area = "sales"', "'marketing.view' names the unknown area 'sales'."),
        ('de = "Rechnungen ansehen", ', "", "'admin.billing' has no label in 'de'."),
    ],
)
def test_fault_in_the_catalogue_is_named(tmp_path: Path, found: str, replaced: str, fault: str) -> None:
    source = tmp_path / "permissions.toml"
    text = permissions.SOURCE.read_text(encoding="utf-8")
    assert found in text
    source.write_text(text.replace(found, replaced), encoding="utf-8")

    with pytest.raises(permissions.InvalidCatalogueError) as refused:
        permissions.read(source)

    assert f"permissions.toml: {fault}" in str(refused.value).splitlines()


def test_outdated_module_stops_the_packaging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outdated = tmp_path / "permission_names.py"
    outdated.write_text("NAMES_BY_AREA = {}\n", encoding="utf-8")
    monkeypatch.setattr(permissions, "MODULE", outdated)

    with pytest.raises(permissions.InvalidCatalogueError, match="make permissions"):
        permissions.require_current()
