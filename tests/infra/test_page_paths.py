import json
import subprocess
from typing import Any

import pytest

from infra.local.config import NODE
from infra.paths import ROOT

PATHS = (ROOT / "infra" / "page_paths.js").read_text()


@pytest.mark.parametrize(
    ("seen", "file"),
    [
        ("/console", "/console/index.html"),
        ("/console/", "/console/index.html"),
        ("/console/ab123/users/ljqvpcwtb32arssyuc2daq6x7s", "/console/index.html"),
        ("/console/ab123/settings", "/console/index.html"),
        ("/favicon.ico", "/favicon.ico"),
        ("/invite", "/invite/index.html"),
        ("/invite/", "/invite/index.html"),
        ("/assets/console-BRmCK3mP.js", "/assets/console-BRmCK3mP.js"),
        ("/terms/2026-11-01.txt", "/terms/2026-11-01.txt"),
        ("/config.json", "/config.json"),
    ],
)
def test_page_path_maps_to_its_file(seen: str, file: str) -> None:
    assert answer(seen) == {"uri": file}


@pytest.mark.parametrize("seen", ["/", "/consoles", "/invites", "/elsewhere"])
def test_unknown_path_redirects_to_the_console(seen: str) -> None:
    sent = answer(seen)

    assert sent["statusCode"] == 302
    assert sent["headers"]["location"]["value"] == "/console/"


def answer(uri: str) -> dict[str, Any]:
    event = json.dumps({"request": {"uri": uri}})
    ask = f"{PATHS}; process.stdout.write(JSON.stringify(handler({event})))"
    ended = subprocess.run([NODE, "--eval", ask], check=True, capture_output=True)
    found: dict[str, Any] = json.loads(ended.stdout)
    return found
