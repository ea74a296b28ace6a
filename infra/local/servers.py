"""How the emulator of AWS and the mailbox are started."""

import shutil
import subprocess
import sys
from pathlib import Path

from infra.local.place import NODE, Place
from infra.local.processes import Servers
from infra.paths import BUILD, ROOT

MAILDEV = ROOT / "web" / "node_modules" / "maildev" / "bin" / "maildev"


def start_emulator(servers: Servers, place: Place) -> None:
    state = place.folder / "state"
    temporary = place.folder / "tmp"  # otherwise it leaves the unzipped functions behind at every stop
    shutil.rmtree(temporary, ignore_errors=True)
    for folder in (state, temporary):
        folder.mkdir(parents=True, exist_ok=True)
    servers.start(
        "emulator",
        [sys.executable, "-m", "infra.local.emulator", _python_of_the_functions(place)],
        environment={
            "AUTH": "true",  # roles are enforced
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(place.emulator_port),
            "IOT_MTLS_ENABLED": "0",
            "MINISTACK_HOST": "127.0.0.1",
            "PERSIST_STATE": "1",
            "S3_DATA_DIR": str(state / "s3"),
            "S3_PERSIST": "1",
            "SFTP_ENABLED": "0",
            "SMTP_HOST": f"127.0.0.1:{place.smtp_port}",
            "STATE_DIR": str(state),
            "TMPDIR": str(temporary),
        },
    )


def start_mailbox(servers: Servers, place: Place) -> None:
    leave_with_parent = ROOT / "infra" / "local" / "leave_with_parent.cjs"
    listen = ["--ip", "127.0.0.1", "--smtp", str(place.smtp_port), "--web", str(place.mail_port)]
    keep = ["--mail-directory", str(place.folder / "mail")]
    servers.start("mailbox", [NODE, "--require", leave_with_parent, MAILDEV, *listen, *keep], environment={})


def _python_of_the_functions(place: Place) -> Path:
    """An interpreter that has only the layer, so that an import that the layer lacks fails here as on AWS."""
    environment = place.folder / "lambda-python"
    shutil.rmtree(environment, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    for packages in environment.glob("lib/python3*/site-packages"):
        (packages / "layer.pth").write_text(f"{BUILD / 'layer-local' / 'python'}\n")
    return environment / "bin" / "python"
