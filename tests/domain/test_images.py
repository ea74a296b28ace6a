import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.model import errors, images
from tests.logos import a_chunk, a_jpeg, a_png, a_webp

GOOD = {
    "PNG": (a_png(), "image/png", "png"),
    "JPEG": (a_jpeg(), "image/jpeg", "jpg"),
    "lossy WebP": (a_webp(b"VP8 "), "image/webp", "webp"),
    "lossless WebP": (a_webp(b"VP8L"), "image/webp", "webp"),
    "extended WebP": (a_webp(b"VP8X"), "image/webp", "webp"),
}
PICTURE = pytest.mark.parametrize("content", [content for content, *_ in GOOD.values()], ids=GOOD)
A_FRAME = b"\xff\xc0"


@pytest.mark.parametrize(("content", "media_type", "suffix"), GOOD.values(), ids=GOOD)
def test_a_picture_is_known_by_its_content(content: bytes, media_type: str, suffix: str) -> None:
    found = images.checked(content)

    assert found == (content, media_type, suffix)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a" + b"\0" * 40,
        b"BM" + b"\0" * 60,
        b"\x89PNG\r\n\x1a\n<html>" + b"\0" * 60,
        a_png().replace(b"\r\n", b"\n"),
        a_png().replace(b"IHDR", b"IHDX"),
        a_png(width=0),
        a_png(height=0),
        a_png(more=b"<script>....</script>"),
        a_png().replace(b"IDAT", b"IDOT"),
        b"\xff\xd8\xff\xd9" + b"\0" * 40,
        b"\xff\xd8\xff<html>" + b"\0" * 40,
        a_jpeg().replace(A_FRAME, b"\xff\xc4"),
        a_jpeg().replace(b"\x08\x00\x08\x00\x08", b"\x08\x00\x00\x00\x08"),
        a_jpeg().replace(b"\x08\x00\x08\x00\x08", b"\x08\x00\x08\x00\x00"),
        a_webp().replace(b"VP8L", b"<scr"),
        a_webp().replace(b"WEBP", b"WAVE"),
        a_webp().replace(b"RIFF", b"RIFX"),
        a_webp(b"VP8 ").replace(b"\x9d\x01\x2a", b"\0\0\0"),
        a_webp(b"VP8X").replace(b"VP8X\x0a", b"VP8X\x0b"),
    ],
)
def test_what_is_no_picture_of_the_three_kinds_is_refused(content: bytes) -> None:
    with pytest.raises(errors.InvalidRequest) as refusal:
        images.checked(content)

    told = {"field": "logo", "message": "This is not a PNG, JPEG or WebP picture."}
    assert refusal.value.details == {"errors": [told]}


def test_a_chunk_that_is_not_what_its_sum_says_is_refused() -> None:
    damaged = bytearray(a_png())
    damaged[17] ^= 1

    with pytest.raises(errors.InvalidRequest):
        images.checked(bytes(damaged))


def test_padding_and_markers_without_length_stand_between_segments() -> None:
    content = a_jpeg().replace(A_FRAME, b"\xff\x01\xff\xff" + A_FRAME)

    assert images.checked(content).suffix == "jpg"


def test_a_picture_may_have_a_megabyte_and_not_a_byte_more() -> None:
    rest = images.LARGEST - len(a_png()) - 12
    largest = a_png(more=a_chunk(b"tEXt", b"x" * rest))

    assert len(images.checked(largest).content) == images.LARGEST
    with pytest.raises(errors.InvalidRequest, match="Some fields are not valid") as refusal:
        images.checked(largest + b"\0")
    assert refusal.value.details == {"errors": [{"field": "logo", "message": "The picture is larger than 1 MB."}]}


@PICTURE
def test_a_picture_that_breaks_off_before_its_dots_is_refused(content: bytes) -> None:
    dots = content.index(b"\xff\xda") if content.startswith(b"\xff\xd8") else len(content) - 1

    for length in range(dots):
        with pytest.raises(errors.InvalidRequest):
            images.checked(content[:length])


@PICTURE
@given(st.data())
def test_no_damage_breaks_the_check(content: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(content) - 1))
    damage = data.draw(st.binary(max_size=8))

    try:
        found = images.checked(content[:place] + damage + content[place + len(damage) :])
    except errors.InvalidRequest:
        return
    assert found.media_type.startswith("image/")


def test_many_small_chunks_are_read_in_no_time() -> None:
    chunks = a_chunk(b"tEXt", b"") * 80_000

    assert images.checked(a_png(more=chunks)).suffix == "png"
    assert struct.calcsize(">I4sI") * 80_000 + len(a_png()) < images.LARGEST
