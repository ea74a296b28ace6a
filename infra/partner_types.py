"""The catalogue of partner types: checked data, and what the domain and the pages are generated from (rule 6)."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from infra import generated
from infra.paths import ROOT

SOURCE = ROOT / "shared" / "catalogue" / "partner_types.toml"
MODULE = ROOT / "shared" / "domain" / "model" / "partner_types.py"
LABELS = ROOT / "web" / "shared" / "partner-types.json"

_NAME = re.compile(r"[a-z][a-z_]{0,39}")

PartnerTypes = list[dict[str, Any]]


def read(source: Path = SOURCE) -> PartnerTypes:
    """Return the types in the catalogue's order; raises InvalidCatalogueError."""
    types: PartnerTypes = tomllib.loads(source.read_text(encoding="utf-8")).get("partner_types", [])
    generated.refuse(source, _faults(types))
    return types


def _faults(types: PartnerTypes) -> list[str]:
    names = [each.get("name", "") for each in types]
    faults = [] if types else ["There is no type of partner."]
    faults += generated.repeated(names)
    faults += [f"{name!r} is not a name: use lower-case letters and _." for name in names if not _NAME.fullmatch(name)]
    for each in types:
        faults += generated.unlabelled(each.get("name", ""), each)
    return faults


def require_current() -> None:
    """Raises InvalidCatalogueError for a faulty catalogue, and for generated files that do not follow it."""
    generated.require_followed(SOURCE, files(), command="make catalogue")


def files() -> generated.Files:
    """Return the text of each generated file."""
    types = read()
    return {MODULE: module_of(types), LABELS: labels_of(types)}


def module_of(types: PartnerTypes) -> str:
    """Return the source of the domain's module: the names."""
    names = ", ".join(f'"{each["name"]}"' for each in types)
    return "\n".join(
        [
            '"""Types of partners; generated from the catalogue by `make catalogue`."""',
            "",
            "from typing import Literal",
            "",
            f"PartnerType = Literal[{names}]",
            "",
        ]
    )


def labels_of(types: PartnerTypes) -> str:
    """Return the JSON for the pages: the types in order, each with its label."""
    return (
        json.dumps([{"name": each["name"], "label": each["label"]} for each in types], ensure_ascii=False, indent=2)
        + "\n"
    )


if __name__ == "__main__":
    generated.write(files)
