"""The catalogue of permissions: checked data, and what the domain and the pages are generated from (rule 28)."""

import json
import tomllib
from pathlib import Path
from typing import Any

from infra import generated
from infra.paths import ROOT

SOURCE = ROOT / "shared" / "catalogue" / "permissions.toml"
MODULE = ROOT / "shared" / "domain" / "model" / "permission_names.py"
LABELS = ROOT / "web" / "shared" / "permissions.json"

RECORD_ACTIONS = ("view", "view_all", "edit", "edit_all")
# Those that Usher itself asks for.
NEEDED = (
    "groups.edit",
    "journal.view",
    "records.edit",
    "records.view",
    "teams.edit",
    "users.edit",
    "users.invite",
    "users.view",
)


def read(source: Path = SOURCE) -> dict[str, Any]:
    """Return the catalogue; raises InvalidCatalogueError."""
    catalogue = tomllib.loads(source.read_text(encoding="utf-8"))
    generated.refuse(source, _faults(catalogue.get("areas", []), catalogue.get("permissions", [])))
    return catalogue


def _faults(areas: list[dict[str, Any]], permissions: list[dict[str, Any]]) -> list[str]:
    known = [area.get("id", "") for area in areas]
    names = [permission.get("name", "") for permission in permissions]
    faults = generated.repeated(known + names)
    faults += [f"Usher needs the permission {name!r}." for name in NEEDED if name not in names]
    for entry in (*areas, *permissions):
        faults += generated.unlabelled(str(entry.get("id") or entry.get("name")), entry)
    faults += [
        f"{permission.get('name')!r} names the unknown area {permission.get('area')!r}."
        for permission in permissions
        if permission.get("area") not in known
    ]
    faults += [
        f"The area {area['id']!r} has records and lacks '{area['id']}.{action}'."
        for area in areas
        if area.get("record_type")
        for action in RECORD_ACTIONS
        if f"{area['id']}.{action}" not in names
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
    """Return the source of the domain's module: names by area, those of "Everyone", and the areas of record types."""
    lines = ['"""Names of permissions by area; generated from the catalogue by `make catalogue`."""', ""]
    lines.append("NAMES_BY_AREA: dict[str, tuple[str, ...]] = {")
    for area in catalogue["areas"]:
        lines.append(f'    "{area["id"]}": (')
        names = [entry["name"] for entry in catalogue["permissions"] if entry["area"] == area["id"]]
        lines += [f'        "{name}",' for name in names]
        lines.append("    ),")
    lines += ["}", "", "IN_EVERYONE: tuple[str, ...] = ("]
    lines += [f'    "{entry["name"]}",' for entry in catalogue["permissions"] if entry.get("in_everyone")]
    lines += [")", "", "AREA_BY_RECORD_TYPE: dict[str, str] = {"]
    typed = [area for area in catalogue["areas"] if "record_type" in area]
    lines += [f'    "{area["record_type"]}": "{area["id"]}",' for area in typed]
    return "\n".join([*lines, "}", ""])


def labels_of(catalogue: dict[str, Any]) -> str:
    """Return the JSON for the pages: areas in order, each with its label and its permissions with theirs."""
    areas = [
        {
            "area": area["id"],
            "label": area["label"],
            "permissions": [
                {"name": entry["name"], "label": entry["label"]}
                for entry in catalogue["permissions"]
                if entry["area"] == area["id"]
            ],
        }
        for area in catalogue["areas"]
    ]
    return json.dumps(areas, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    generated.write(files)
