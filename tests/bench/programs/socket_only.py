"""The floor: one request over TLS with the standard library alone, unsigned and unparsed."""

import os
import socket
import ssl
from typing import Any
from urllib.parse import urlsplit

_endpoint = urlsplit(os.environ["AWS_ENDPOINT_URL"])
_tls = ssl.create_default_context(cafile=os.environ["AWS_CA_BUNDLE"])
_BODY = b'{"TableName":"table","Key":{"pk":{"S":"1"}}}'
_REQUEST = (
    b"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.GetItem\r\n"
    b"Content-Type: application/x-amz-json-1.0\r\nContent-Length: %d\r\n\r\n%b" % (len(_BODY), _BODY)
)


def _connect() -> ssl.SSLSocket:
    plain = socket.create_connection((_endpoint.hostname, _endpoint.port))
    return _tls.wrap_socket(plain, server_hostname=_endpoint.hostname)


_connections: list[ssl.SSLSocket] = []


def lambda_handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    if not _connections:
        _connections.append(_connect())
    _connections[0].sendall(_REQUEST)
    return {"statusCode": 200, "body": str(len(_connections[0].recv(65536)))}
