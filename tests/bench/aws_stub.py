"""AWS over TLS on this machine: answers each operation with what was recorded for it."""

import ipaddress
import ssl
import threading
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa


@dataclass(frozen=True)
class Recorded:
    """One answer of AWS."""

    status: int
    content_type: str
    body: bytes


Conversation = Mapping[str, Sequence[Recorded]]  # by operation, such as `GetItem`, in the order of the calls


class AwsStub(ThreadingHTTPServer):
    """Answers AWS calls at `endpoint` with recorded answers; `answers` may be changed between two invocations."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        certificate, key = _certificate(folder)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
        self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.endpoint = f"https://localhost:{self.server_port}"
        self._folder, self._certificate = folder, certificate.read_bytes()
        self.answers: Conversation = {}
        self.calls: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def trusted_with(self, authorities: Path) -> Path:
        """A bundle for clients: what they trust on AWS, whose reading is not to be saved here, and this stub."""
        bundle = self._folder / f"with-{authorities.name}"
        if not bundle.exists():
            bundle.write_bytes(authorities.read_bytes() + b"\n" + self._certificate)
        return bundle

    def begin(self) -> None:
        """The next call of each operation gets its first answer again."""
        self.calls = []

    def handle_error(self, request: object, client_address: object) -> None:
        """Silent: a process that has answered is ended while its connections are open."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # One packet for an answer that is not long.
    disable_nagle_algorithm = True  # The second packet of a long one waits for nothing.

    def do_POST(self) -> None:
        stub = cast("AwsStub", self.server)
        self.rfile.read(int(self.headers["Content-Length"]))
        operation = self.headers["X-Amz-Target"].rpartition(".")[2]
        answers = stub.answers[operation]
        # More calls than were recorded, such as those of a warm function, begin from the first again.
        answer = answers[stub.calls.count(operation) % len(answers)]
        stub.calls.append(operation)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("x-amzn-RequestId", "0" * 52)
        if "1.0" in answer.content_type:  # DynamoDB sends it, and its clients check it.
            self.send_header("x-amz-crc32", str(zlib.crc32(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Silent."""


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, secret))
    return certificate_file, key_file
