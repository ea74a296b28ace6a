"""Uploaded pictures, recognised by their content (rule 17)."""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from shared.domain.model import errors

LARGEST = 1024 * 1024  # bytes
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG, _SCAN, _END = b"\xff\xd8\xff", 0xDA, 0xD9
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG segments that hold the picture's size.
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_WEBP_BEGINS = {b"VP8 ": (23, b"\x9d\x01\x2a"), b"VP8L": (20, b"\x2f"), b"VP8X": (16, b"\x0a\0\0\0")}


class Picture(NamedTuple):
    """Checked content with its media type and file suffix."""

    content: bytes
    media_type: str
    suffix: str


def checked(content: bytes) -> Picture:
    """Return the picture; raises InvalidRequest (field `logo`) unless it is a PNG, JPEG or WebP of at most 1 MB."""
    if len(content) > LARGEST:
        raise errors.InvalidRequest([("logo", "The picture is larger than 1 MB.")])
    try:
        for is_one, media_type, suffix in _KINDS:
            if is_one(content):
                return Picture(content, media_type, suffix)
    except struct.error:
        pass  # It breaks off where a picture goes on.
    raise errors.InvalidRequest([("logo", "This is not a PNG, JPEG or WebP picture.")])


def _is_png(content: bytes) -> bool:
    """Whether the chunks are contiguous with valid checksums, from the header to the end."""
    if not content.startswith(_PNG):
        return False
    place, kind, kinds = len(_PNG), b"", set()
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, place)
        (checksum,) = struct.unpack_from(">I", content, place + 8 + length)
        if zlib.crc32(content[place + 4 : place + 8 + length]) != checksum:
            return False
        kinds.add(kind)
        place += 12 + length
    first, width, height = struct.unpack_from(">4sII", content, 12)
    return first == b"IHDR" and b"IDAT" in kinds and width > 0 < height


def _is_jpeg(content: bytes) -> bool:
    """Whether the segments are contiguous up to the scan, and one of them holds the size."""
    if not content.startswith(_JPEG):
        return False
    has_size = False
    for marker, place in _segments(content):
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 5)
            has_size = width > 0 < height
        if marker == _SCAN:
            return has_size
    return False


def _segments(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield markers with their positions, up to the first that is out of order."""
    place = 2
    while True:
        start, marker = struct.unpack_from(">BB", content, place)
        if start != 0xFF or marker == _END:  # noqa: PLR2004 (every marker begins so)
            return
        if marker == start:  # Padding.
            place += 1
        elif marker in _WITHOUT_LENGTH:
            place += 2
        else:
            yield marker, place
            (length,) = struct.unpack_from(">H", content, place + 2)
            place += 2 + max(length, 2)


def _is_webp(content: bytes) -> bool:
    """Whether the container is complete and begins with one of the three kinds of picture."""
    riff, size, webp, kind, length = struct.unpack_from("<4sI4s4sI", content)
    if riff != b"RIFF" or webp != b"WEBP" or kind not in _WEBP_BEGINS:
        return False
    place, begins = _WEBP_BEGINS[kind]
    is_whole: bool = 20 + length <= size + 8 <= len(content)
    return is_whole and content[place:].startswith(begins)


_KINDS = ((_is_png, "image/png", "png"), (_is_jpeg, "image/jpeg", "jpg"), (_is_webp, "image/webp", "webp"))
