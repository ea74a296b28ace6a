import zlib
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, features
from PIL.ExifTags import GPS, IFD, Base

from shared.adapters.pictures import MAX_BYTES, rewrite
from shared.domain.model import errors
from tests.logos import a_chunk, a_picture, a_png, a_png_header

TYPES = {"PNG": ("image/png", "png"), "JPEG": ("image/jpeg", "jpg"), "WEBP": ("image/webp", "webp")}
EVERY_KIND = pytest.mark.parametrize("kind", TYPES)
SECRET = b"where the camera stood"


def decoded(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


def pixel(picture: Image.Image, place: tuple[int, int]) -> tuple[int, ...]:
    found = picture.getpixel(place)
    assert isinstance(found, tuple)
    return found


def exif(*, orientation: int = 1) -> Image.Exif:
    found = Image.Exif()
    found[Base.Orientation] = orientation
    found[Base.Make] = SECRET.decode()
    found.get_ifd(IFD.GPSInfo)[GPS.GPSDateStamp] = SECRET.decode()
    return found


def refusal(content: bytes) -> str:
    with pytest.raises(errors.InvalidRequest) as refused:
        rewrite(content)
    details: dict[str, Any] = dict(refused.value.details)
    [entry] = details["errors"]
    assert entry["field"] == "logo"
    return str(entry["message"])


@EVERY_KIND
def test_picture_keeps_its_kind_and_its_pixels(kind: str) -> None:
    picture = rewrite(a_picture(kind, size=(40, 30)))

    shown = decoded(picture.content)
    assert (picture.media_type, picture.suffix) == TYPES[kind]
    assert (shown.format, shown.size) == (kind, (40, 30))
    red, _, blue = pixel(shown.convert("RGB"), (2, 15))
    assert (red > 200, blue < 60) == (True, True)


@EVERY_KIND
def test_metadata_of_a_camera_is_gone_and_the_picture_stands_upright(kind: str) -> None:
    given_picture = a_picture(kind, size=(40, 30), exif=exif(orientation=6))
    assert SECRET in given_picture

    picture = rewrite(given_picture)

    assert SECRET not in picture.content
    assert decoded(picture.content).size == (30, 40)
    assert not dict(decoded(picture.content).getexif())


def test_texts_profiles_and_comments_are_gone() -> None:
    texts = a_chunk(b"tEXt", b"Comment\0" + SECRET) + a_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET)
    pictures = [
        a_png(more=texts),
        a_picture("PNG", icc_profile=SECRET * 9),
        a_picture("JPEG", comment=SECRET, icc_profile=SECRET * 9),
        a_picture("WEBP", xmp=SECRET, icc_profile=SECRET * 9),
    ]

    for content in pictures:
        picture = rewrite(content)
        assert SECRET not in picture.content
        assert set(decoded(picture.content).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop"} | {
            "background",
            "timestamp",
            "duration",
        }


@EVERY_KIND
def test_what_stands_behind_the_picture_is_gone(kind: str) -> None:
    script = b"<script>alert(document.domain)</script>"

    assert b"script" not in rewrite(a_picture(kind) + script).content


@EVERY_KIND
def test_large_picture_is_made_smaller_in_proportion(kind: str) -> None:
    assert decoded(rewrite(a_picture(kind, size=(3000, 1500))).content).size == (512, 256)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_transparency_stays(kind: str) -> None:
    content = BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 100)).save(content, kind)

    assert pixel(decoded(rewrite(content.getvalue()).content), (4, 4))[3] == 100


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16"])
def test_every_colour_mode_of_png_is_read(mode: str) -> None:
    content = BytesIO()
    Image.new(mode, (5, 5)).save(content, "PNG")

    assert decoded(rewrite(content.getvalue()).content).size == (5, 5)


def test_jpeg_for_printers_is_read() -> None:
    assert decoded(rewrite(a_picture("JPEG", mode="CMYK")).content).mode == "RGB"


def test_first_frame_of_an_animation_is_kept() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    content = BytesIO()
    frames[0].save(content, "WEBP", save_all=True, append_images=frames[1:])

    picture = decoded(rewrite(content.getvalue()).content)

    assert getattr(picture, "n_frames", 1) == 1
    assert pixel(picture.convert("RGB"), (4, 4))[0] > 200


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        a_picture("GIF"),
        a_picture("BMP"),
        a_picture("TIFF"),
        a_png().replace(b"\r\n", b"\n"),
        a_png().replace(b"IHDR", b"IHDX"),
        a_png().replace(b"IDAT", b"IDOT"),
        a_png()[:-30],
        a_picture("JPEG")[:200],
        a_picture("WEBP")[:-8],
        a_png_header(width=8, height=8, pixels=b"no compressed pixels at all"),
        a_png_header(width=0, height=8),
    ],
)
def test_what_is_no_whole_picture_of_the_three_kinds_is_refused(content: bytes) -> None:
    assert refusal(content) == "This is not a PNG, JPEG or WebP picture."


@pytest.mark.parametrize(
    "content",
    [
        a_png_header(width=2**31 - 1, height=2**31 - 1),
        a_png_header(width=4097, height=4096),
        a_png_header(width=8_192, height=8_192, pixels=zlib.compress(bytes(8_193 * 8_192))),
    ],
    ids=["claims", "one column too many", "compressed zeros"],
)
def test_more_pixels_than_a_browser_should_decode_are_refused(content: bytes) -> None:
    assert refusal(content) == "The picture has more than 16 million pixels. Upload a smaller one."


def test_sixteen_megapixels_are_taken() -> None:
    rows = zlib.compress(bytes(4_097 * 4_096))

    assert rewrite(a_png_header(width=4_096, height=4_096, pixels=rows))


def test_upload_may_have_a_megabyte_and_not_a_byte_more() -> None:
    rest = MAX_BYTES - len(a_png()) - 12
    largest = a_png(more=a_chunk(b"prVt", b"x" * rest))
    assert len(largest) == MAX_BYTES

    assert rewrite(largest).suffix == "png"
    assert refusal(largest + b"x") == "The picture is larger than 1 MB."


@given(kind=st.sampled_from(list(TYPES)), place=st.floats(0, 1), put=st.binary(max_size=40), cut=st.integers(0, 40))
def test_damaged_picture_is_read_or_refused(kind: str, place: float, put: bytes, cut: int) -> None:
    whole = a_picture(kind, size=(16, 16))
    at = int(place * len(whole))
    damaged = whole[:at] + put + whole[at + cut :]

    try:
        found = rewrite(damaged)
    except errors.InvalidRequest:
        return
    assert decoded(found.content).width <= 512


def test_pillow_was_built_with_all_three_kinds() -> None:
    assert features.check("jpg")
    assert features.check("zlib")
    assert features.check("webp")
