"""Reverse proxy from the web port to the emulated CloudFront distribution."""

import http.client
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOP_BY_HOP = {"connection", "content-length", "host", "keep-alive", "te", "transfer-encoding", "upgrade"}
TIMEOUT_SECONDS = 35


class Forwarder(ThreadingHTTPServer):
    """Forwards requests on `port` to the emulator, with the distribution's host name."""

    daemon_threads = True
    request_queue_size = 128  # simultaneous connections; the default of 5 refuses bursts

    def __init__(self, host: str, *, emulator_port: int, port: int) -> None:
        super().__init__(("127.0.0.1", port), Viewer)
        self.host = host
        self.emulator_port = emulator_port


class Viewer(BaseHTTPRequestHandler):
    server: Forwarder
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # otherwise each response waits 45 ms for an ACK

    def forward(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))) or None
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        emulator = http.client.HTTPConnection("127.0.0.1", self.server.emulator_port, timeout=TIMEOUT_SECONDS)
        try:
            emulator.request(self.command, self.path, body, {**headers, "Host": self.server.host})
            answer = emulator.getresponse()
            self._hand_on(answer, answer.read())
        except ConnectionError:
            self.close_connection = True  # the viewer or the emulator has gone
        finally:
            emulator.close()

    def _hand_on(self, answer: http.client.HTTPResponse, content: bytes) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        length = answer.getheader("Content-Length") if self.command == "HEAD" else None
        self.send_header("Content-Length", length or str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_DELETE = do_GET = do_HEAD = do_OPTIONS = do_PATCH = do_POST = do_PUT = forward  # noqa: N815 (names required by the base class)
