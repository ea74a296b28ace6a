"""Pictures, and forms as browsers post them."""

import base64
import json
import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

from shared.storage_schema import IDENTITIES
from tests import aws_fixture
from tests.factories import LOGO
from tests.invoke import Answer, SignedIn, call


def a_picture(kind: str, *, size: tuple[int, int] = (4, 3), mode: str = "RGB", **options: Any) -> bytes:
    """Return an encoded picture, red on its left half and blue on its right."""
    picture = Image.new(mode, size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    content = BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def a_png(*, size: tuple[int, int] = (4, 3), more: bytes = b"") -> bytes:
    """Return a picture; `more` are further chunks, in front of its pixels."""
    before, mark, after = a_picture("PNG", size=size).partition(b"IDAT")
    return before[:-4] + more + before[-4:] + mark + after


def a_chunk(kind: bytes, content: bytes) -> bytes:
    """Return a part of a PNG, with its checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def a_png_header(*, width: int, height: int, pixels: bytes = b"") -> bytes:
    """Return a PNG that claims a size, whatever its compressed pixels hold."""
    header = a_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + a_chunk(b"IDAT", pixels) + a_chunk(b"IEND", b"")


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
