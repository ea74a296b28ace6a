from pathlib import Path

import pytest

from infra.local import deployment
from infra.local.config import Config
from infra.local.pages import content_type
from infra.local.stack_file import function_environment
from shared.settings import VARIABLES

OUTPUTS = {
    "ConsoleUrl": "http://127.0.0.1:5173",
    "UserPoolId": "us-east-1_abc",
    "UserPoolClientId": "client",
    "InvitationMailedKeys": "1=arn:mailed",
    "InvitationCopiedKeys": "1=arn:copied",
    "RecoveryKeys": "1=arn:recovery",
    "LogosBucket": "logos",
}


def test_seed_environment_has_all_settings() -> None:
    told = function_environment(a_config(), OUTPUTS)

    assert set(told) == set(VARIABLES)
    assert all(told.values())


def test_digest_changes_with_sources_and_ports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deployment, "ROOT", tmp_path)
    (tmp_path / "infra").mkdir()
    source = tmp_path / "infra" / "app.py"
    for name in ("functions", "shared", "requirements"):
        (tmp_path / name).mkdir()
    for name in ("cdk.json", "pyproject.toml"):
        (tmp_path / name).write_text("")
    source.write_text("one")
    before = deployment.digest(a_config())

    assert deployment.digest(a_config()) == before
    assert deployment.digest(a_config(web_port=1)) != before
    source.write_text("two")
    assert deployment.digest(a_config()) != before


def test_two_stacks_share_nothing() -> None:
    here, there = a_config(), a_config(emulator_port=2, folder=Path("/elsewhere"))

    assert here.endpoint != there.endpoint
    assert here.stack_file != there.stack_file
    assert here.aws_environment["AWS_ENDPOINT_URL"] == here.endpoint


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("console/index.html", "text/html; charset=utf-8"),
        ("assets/console.js", "text/javascript; charset=utf-8"),
        ("assets/console.css", "text/css; charset=utf-8"),
        ("terms/2026-11-01.txt", "text/plain; charset=utf-8"),
        ("assets/logo.svg", "image/svg+xml; charset=utf-8"),
        ("assets/font.woff2", "font/woff2"),
    ],
)
def test_uploaded_page_has_its_content_type(name: str, kind: str) -> None:
    assert content_type(name) == kind


def a_config(*, emulator_port: int = 4566, web_port: int = 5173, folder: Path = Path("/here")) -> Config:
    return Config(emulator_port=emulator_port, web_port=web_port, mail_port=1080, smtp_port=1025, folder=folder)
