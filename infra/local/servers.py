"""Start the AWS emulator and the mailbox."""

import shutil
import subprocess
import sys
from pathlib import Path

from infra.local.config import NODE, Config
from infra.local.processes import Servers
from infra.paths import BUILD, ROOT

LOCAL = ROOT / "infra" / "local"
MAILDEV = ROOT / "web" / "node_modules" / "maildev" / "bin" / "maildev"


def start_emulator(servers: Servers, config: Config, *, lock: int) -> None:
    """Start the emulator, which holds the lock of the folder until its state is saved."""
    state = config.state
    temporary = config.folder / "tmp"  # MiniStack leaves unzipped functions behind
    shutil.rmtree(temporary, ignore_errors=True)
    for folder in (state, temporary):
        folder.mkdir(parents=True, exist_ok=True)
    servers.start(
        "emulator",
        [sys.executable, "-m", "infra.local.emulator", _python_of_the_functions(config)],
        environment={
            "AUTH": "true",  # enforce IAM
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(config.emulator_port),
            "IOT_MTLS_ENABLED": "0",
            "MINISTACK_HOST": "127.0.0.1",
            "PERSIST_STATE": "1",
            "S3_DATA_DIR": str(state / "s3"),
            "S3_PERSIST": "1",
            "SFTP_ENABLED": "0",
            "SMTP_HOST": f"127.0.0.1:{config.smtp_port}",
            "STACK_FILE": str(config.stack_file),
            "STATE_DIR": str(state),
            "TMPDIR": str(temporary),
        },
        pass_fds=[lock],
    )


def start_mailbox(servers: Servers, config: Config) -> None:
    """Start the mailbox. Its mails are files, so it may end and be started again."""
    preload = [
        option for name in ("leave_with_parent", "own_origin_only") for option in ("--require", LOCAL / f"{name}.cjs")
    ]
    listen = ["--ip", "127.0.0.1", "--smtp", str(config.smtp_port), "--web", str(config.mail_port)]
    keep = ["--mail-directory", str(config.folder / "mail")]
    servers.start("mailbox", [NODE, *preload, MAILDEV, *listen, *keep], environment={}, restarted=True)


def _python_of_the_functions(config: Config) -> Path:
    """Make an interpreter that finds only the layer, so that a missing package fails here as on AWS."""
    environment = config.folder / "lambda-python"
    shutil.rmtree(environment, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    for packages in environment.glob("lib/python3*/site-packages"):
        layers = [BUILD / name / "python" for name in ("layer-local", "pictures-local")]
        (packages / "layers.pth").write_text("".join(f"{layer}\n" for layer in layers))
    return environment / "bin" / "python"
