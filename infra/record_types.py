"""The catalogue of record types: checked data, and what the domain and the pages are generated from (rule 22)."""

import json
import tomllib
from pathlib import Path
from typing import Any

from infra import generated, permissions
from infra.paths import ROOT
from shared.domain.model.records import RECORD_STATUS, RECORD_TYPE

SOURCE = ROOT / "shared" / "catalogue" / "record_types.toml"
MODULE = ROOT / "shared" / "domain" / "model" / "record_types.py"
LABELS = ROOT / "web" / "shared" / "record-types.json"

_ON_LEAVE = ("move", "keep", "remove")
_MAX_TYPES = 20
_HEAD = '''"""The types of records; generated from the catalogue by `make catalogue`."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

OnLeave = Literal["move", "keep", "remove"]


class RecordType(NamedTuple):
    """What happens to records of a type when their owner leaves, and what a new owner must hold (rule 22)."""

    on_leave: OnLeave
    by_status: Mapping[str, OnLeave]
    owner_needs: str | None


RECORD_TYPES: dict[str, RecordType] = {
'''


def read(source: Path = SOURCE) -> dict[str, Any]:
    """Return the catalogue; raises InvalidCatalogueError."""
    catalogue = tomllib.loads(source.read_text(encoding="utf-8"))
    known = {entry["name"] for entry in permissions.read()["permissions"]}
    generated.refuse(source, _faults(catalogue.get("record_types", []), known))
    return catalogue


def _faults(types: list[dict[str, Any]], known_permissions: set[str]) -> list[str]:
    names = [entry.get("type", "") for entry in types]
    faults = generated.repeated(names)
    faults += [f"There are more than {_MAX_TYPES} types."] if len(types) > _MAX_TYPES else []
    for entry in types:
        name, needed = entry.get("type", ""), entry.get("owner_needs")
        if not RECORD_TYPE.fullmatch(name):
            faults.append(f"{name!r} is no name of a type: lowercase letters and underscores.")
        if entry.get("on_leave") not in _ON_LEAVE:
            faults.append(f"{name!r} needs 'on_leave': {', '.join(_ON_LEAVE)}.")
        if needed is not None and needed not in known_permissions:
            faults.append(f"{name!r} needs the unknown permission {needed!r}.")
        by_status = entry.get("by_status", {})
        faults += [
            f"{name!r} has the invalid status {status!r}."
            for status in by_status
            if not RECORD_STATUS.fullmatch(status)
        ]
        faults += [
            f"{name!r} says {happens!r} of a status: {', '.join(_ON_LEAVE)}."
            for happens in by_status.values()
            if happens not in _ON_LEAVE
        ]
        faults += generated.unlabelled(name, entry)
        faults += [
            f"{name!r} has the unknown field {field!r}."
            for field in sorted(entry.keys() - {"type", "on_leave", "by_status", "owner_needs", "label"})
        ]
    return faults


def require_current() -> None:
    """Raises InvalidCatalogueError for a faulty catalogue, and for generated files that do not follow it."""
    generated.require_followed(SOURCE, files(), command="make catalogue")


def files() -> generated.Files:
    """Return the text of each generated file."""
    catalogue = read()
    return {MODULE: module_of(catalogue), LABELS: labels_of(catalogue)}


def module_of(catalogue: dict[str, Any]) -> str:
    """Return the source of the domain's module: the types without labels."""
    lines = []
    for entry in catalogue["record_types"]:
        by_status = json.dumps(entry.get("by_status", {}))
        needed = json.dumps(entry["owner_needs"]) if "owner_needs" in entry else "None"
        lines.append(
            f'    "{entry["type"]}": RecordType('
            f'on_leave="{entry["on_leave"]}", by_status={by_status}, owner_needs={needed}),'
        )
    return _HEAD + "\n".join([*lines, "}", ""])


def labels_of(catalogue: dict[str, Any]) -> str:
    """Return the JSON for the pages: types in order, each with its label and what happens to it."""
    types = [
        {name: entry.get(name) for name in ("type", "label", "on_leave", "owner_needs")}
        for entry in catalogue["record_types"]
    ]
    return json.dumps(types, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    generated.write(files)
