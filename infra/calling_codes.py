"""Write the calling codes of all regions for the pages, from the metadata that the API validates with."""

import json

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from infra.paths import ROOT

FILE = ROOT / "web" / "shared" / "calling-codes.json"
_WORLD = "001"  # freephone and satellite numbers, which belong to no region


def document() -> str:
    """Return JSON: each calling code with its regions, two letters each; the main region of a shared code first."""
    regions = {
        str(code): "".join(region for region in found if region != _WORLD)
        for code, found in COUNTRY_CODE_TO_REGION_CODE.items()
    }
    return json.dumps({code: found for code, found in regions.items() if found}, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
