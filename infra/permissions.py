"""The catalogue of permissions: checked data, and what the domain and the pages are generated from (rule 28)."""

import json
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from infra.paths import ROOT

SOURCE = ROOT / "shared" / "catalogue" / "permissions.toml"
MODULE = ROOT / "shared" / "domain" / "model" / "permission_names.py"
LABELS = ROOT / "web" / "shared" / "permissions.json"

LOCALES = {"en", "de", "es", "fr"}
RECORD_ACTIONS = ("view", "view_all", "edit", "edit_all")


class InvalidCatalogueError(Exception):
    """What is wrong with the catalogue, one sentence a line."""


def read(source: Path = SOURCE) -> dict[str, Any]:
    """Return the catalogue; raises InvalidCatalogueError."""
    catalogue = tomllib.loads(source.read_text(encoding="utf-8"))
    faults = _faults(catalogue.get("areas", []), catalogue.get("permissions", []))
    if faults:
        raise InvalidCatalogueError("\n".join(f"{source.name}: {fault}" for fault in faults))
    return catalogue


def _faults(areas: list[dict[str, Any]], permissions: list[dict[str, Any]]) -> list[str]:
    known = [area.get("id", "") for area in areas]
    names = [permission.get("name", "") for permission in permissions]
    faults = [f"{name!r} is listed {times} times." for name, times in Counter(known + names).items() if times > 1]
    for entry in (*areas, *permissions):
        name = entry.get("id") or entry.get("name")
        label = entry.get("label", {})
        faults += [f"{name!r} has no label in {locale!r}." for locale in sorted(LOCALES) if not label.get(locale)]
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
    catalogue = read()
    for file, text in ((MODULE, module_of(catalogue)), (LABELS, labels_of(catalogue))):
        if file.read_text(encoding="utf-8") != text:
            message = f"{file.name} does not follow {SOURCE.name}: run `make permissions`."
            raise InvalidCatalogueError(message)


def module_of(catalogue: dict[str, Any]) -> str:
    """Return the source of the domain's module: names by area, without labels, and the areas of record types."""
    lines = ['"""Names of permissions by area; generated from the catalogue by `make permissions`."""', ""]
    lines.append("NAMES_BY_AREA: dict[str, tuple[str, ...]] = {")
    for area in catalogue["areas"]:
        lines.append(f'    "{area["id"]}": (')
        names = [entry["name"] for entry in catalogue["permissions"] if entry["area"] == area["id"]]
        lines += [f'        "{name}",' for name in names]
        lines.append("    ),")
    lines += ["}", "", "AREA_BY_RECORD_TYPE: dict[str, str] = {"]
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
    try:
        checked = read()
    except InvalidCatalogueError as error:
        sys.exit(str(error))
    MODULE.write_text(module_of(checked), encoding="utf-8")
    LABELS.write_text(labels_of(checked), encoding="utf-8")
