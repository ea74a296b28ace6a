"""Lambda's Runtime API on this machine: hands events to a runtime client and reads its CPU when it answers."""

import json
import queue
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

_AT_ITS_END = 0.01  # Seconds until a server knows that it is to stop.
_SECONDS_TO_ANSWER = 300  # Some tools slow a process down fiftyfold.


def cpu_seconds(process: int) -> float:
    """CPU of a process, all threads, user and system, to the nanosecond (Linux)."""
    return time.clock_gettime(~process << 3 | 2)


class RuntimeApi(ThreadingHTTPServer):
    """Serves one process at `address`; `watched` is the id of that process, whose CPU is read."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"127.0.0.1:{self.server_port}"
        self.events: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.answers: queue.Queue[tuple[float, Any]] = queue.Queue()
        self.watched = 0
        threading.Thread(target=self.serve_forever, args=(_AT_ITS_END,), daemon=True).start()

    def invoke(self, event: dict[str, Any]) -> tuple[float, Any]:
        """The CPU that the process has used when it answers, and what it answers; raises RuntimeError for a failure."""
        self.events.put(event)
        used, answer = self.answers.get(timeout=_SECONDS_TO_ANSWER)
        if not isinstance(answer, dict) or answer.get("statusCode", 500) not in range(200, 300):
            raise RuntimeError(f"The function failed: {answer}")
        return used, answer

    def end(self) -> None:
        """Forgets a process that is no more, though it may have asked for its next event."""
        self.events.put(None)
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Silent: a process that has answered is ended while its connections are open."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # One packet for an answer.

    def do_GET(self) -> None:
        event = cast("RuntimeApi", self.server).events.get()
        if event is None:
            self.close_connection = True
            return
        deadline = int(time.time() * 1000) + 60_000
        headers = {
            "Lambda-Runtime-Aws-Request-Id": str(uuid.uuid4()),
            "Lambda-Runtime-Deadline-Ms": str(deadline),
            "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:123456789012:function:bench",
        }
        self._answer(200, json.dumps(event).encode(), headers)

    def do_POST(self) -> None:
        api = cast("RuntimeApi", self.server)
        used = cpu_seconds(api.watched)
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(202, b"{}", {})
        api.answers.put((used, sent))

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Silent."""
