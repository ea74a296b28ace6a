"""Pictures, and forms as browsers post them."""

import base64
import json
import struct
import zlib
from typing import Any

from shared.storage_schema import IDENTITIES
from tests import aws_fixture
from tests.factories import LOGO
from tests.invoke import Answer, SignedIn, call


def a_png(*, width: int = 1, height: int = 1, more: bytes = b"") -> bytes:
    """A picture of black dots; `more` are chunks of one's own."""
    header = a_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    dots = zlib.compress((b"\0" + b"\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + header + more + a_chunk(b"IDAT", dots) + a_chunk(b"IEND", b"")


def a_chunk(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG, with its sum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def a_jpeg() -> bytes:
    """The segments of one of eight by eight dots, and a scan that nobody decodes."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 8, 8, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\x01\x00\x00\x3f\x00" + b"\xd2\xcf\x20"
    return b"\xff\xd8\xff\xe0" + struct.pack(">H", 7) + b"JFIF\0" + b"\xff" + frame + scan + b"\xff\xd9"


def a_webp(kind: bytes = b"VP8L") -> bytes:
    """A container with a beginning of that kind."""
    begins = {b"VP8 ": b"\0\0\0\x9d\x01\x2a\x01\0\x01\0", b"VP8L": b"\x2f\0\0\0\0\0", b"VP8X": b"\0" * 10}[kind]
    content = b"WEBP" + kind + struct.pack("<I", len(begins)) + begins
    return b"RIFF" + struct.pack("<I", len(content)) + content


def policy_of(form: dict[str, Any]) -> list[Any]:
    """What the form lets its bearer do."""
    conditions: list[Any] = json.loads(base64.b64decode(form["fields"]["policy"]))["conditions"]
    return conditions


def uploaded(by: SignedIn, content: bytes) -> str:
    """The id of an upload that a browser has made with the form that it was given."""
    answer = call(LOGO, caller=by, body={})
    assert answer.status == 200, answer.text
    post(answer, content)
    return str(answer.body["upload_id"])


def post(answer: Answer, content: bytes) -> None:
    """What S3 does with a form that is in order."""
    aws_fixture.s3.put_object(Bucket=aws_fixture.LOGOS, Key=answer.body["fields"]["key"], Body=content)


def stored_profile(of: SignedIn) -> dict[str, Any] | None:
    """A person's profile as stored."""
    [row] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == of.username]
    found: dict[str, Any] | None = row.get("profile")
    return found


def served() -> dict[str, tuple[str, bytes]]:
    """Type and content of what is served, by the last part of its address."""
    return {
        key.removeprefix("logos/"): (found.metadata.get("content-type") or found.metadata["Content-Type"], found.value)
        for key, found in aws_fixture.objects().items()
        if key.startswith("logos/")
    }
