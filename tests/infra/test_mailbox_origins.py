"""No page but the mailbox's own may read the mails."""

import http.client
import socket
import subprocess
from collections.abc import Iterator

import pytest

from infra.local.config import NODE
from infra.local.servers import LOCAL, MAILDEV
from tests.journeys.awaiting import awaited

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    smtp, web = free_port(), free_port()
    mails = tmp_path_factory.mktemp("mails")
    command = [
        NODE,
        "--require",
        LOCAL / "own_origin_only.cjs",
        MAILDEV,
        "--ip",
        "127.0.0.1",
        "--mail-directory",
        mails,
    ]
    ports = ["--smtp", str(smtp), "--web", str(web)]
    with subprocess.Popen([str(word) for word in [*command, *ports]]) as process:
        awaited(lambda: is_listening(web), what="the mailbox")
        yield web
        process.terminate()


@pytest.mark.parametrize("path", ["/email", "/healthz", "/socket.io/?EIO=4&transport=polling"])
@pytest.mark.parametrize(
    "foreign",
    [
        {"Origin": "https://attacker.example"},
        {"Origin": "http://127.0.0.1:3000"},
        {"Origin": "null"},
        {"Host": "attacker.example"},
        {"Host": "127.0.0.1.attacker.example"},
    ],
)
def test_other_origins_and_names_are_refused(port: int, path: str, foreign: dict[str, str]) -> None:
    status, headers = asked(port, path, foreign)

    assert status == 403
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("path", ["/", "/email", "/socket.io/?EIO=4&transport=polling"])
def test_own_page_reads_mails(port: int, path: str) -> None:
    host = f"127.0.0.1:{port}"

    for own in ({}, {"Origin": f"http://{host}"}, {"Host": "localhost:9", "Origin": "http://localhost:9"}):
        status, headers = asked(port, path, own)
        assert status == 200
        assert headers.get("access-control-allow-origin") != "*"


def test_foreign_web_socket_is_refused(port: int) -> None:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}

    with pytest.raises(http.client.RemoteDisconnected):
        asked(port, "/socket.io/?EIO=4&transport=websocket", {"Origin": "https://attacker.example", **upgrade, **key})


def asked(port: int, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
