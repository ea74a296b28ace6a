"""Unpack the Chromium and fonts of an npm package: `python -m infra.local.browser`.

Needs no download and no root; screenshots are the same on every machine.
"""

import os
import shutil
import subprocess
from typing import Any

from infra.local.config import NODE
from infra.paths import BUILD, ROOT

FOLDER = BUILD / "browser"
UNPACK = 'import("@sparticuz/chromium").then((chromium) => chromium.default.executablePath())'
FONTS = f"""<?xml version="1.0"?>
<fontconfig>
  <dir>{FOLDER}/fonts/fonts</dir>
  <cachedir>{FOLDER}/fonts/cache</cachedir>
</fontconfig>
"""


def unpack() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    environment = {
        **os.environ,
        "TMPDIR": str(FOLDER),  # the default folder is reused across versions
        "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x",  # also unpacks libraries that a minimal machine lacks
    }
    subprocess.run([NODE, "--input-type=module", "--eval", UNPACK], cwd=ROOT / "web", env=environment, check=True)
    (FOLDER / "fonts.conf").write_text(FONTS)
    if not (FOLDER / "chromium").exists():
        raise SystemExit("Chromium was not unpacked; the browser tests cannot run.")


def launch_options() -> dict[str, Any]:
    """Return the arguments for Playwright's `chromium.launch`."""
    return {
        "executable_path": str(FOLDER / "chromium"),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"],
        "env": {
            **os.environ,
            "FONTCONFIG_FILE": str(FOLDER / "fonts.conf"),
            "LD_LIBRARY_PATH": str(FOLDER / "al2023" / "lib"),
        },
    }


if __name__ == "__main__":
    unpack()
