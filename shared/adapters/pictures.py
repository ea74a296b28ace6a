"""Uploaded pictures are decoded and encoded again, so that nothing but pixels is served (rule 17)."""

import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.domain.model import errors

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 1024 * 1024  # bytes of an upload
_MAX_PIXELS = 4096 * 4096
_MAX_SIDE = 512  # pixels of what is served
_TYPES = {"PNG": ("image/png", "png"), "JPEG": ("image/jpeg", "jpg"), "WEBP": ("image/webp", "webp")}
_OPTIONS: dict[str, dict[str, Any]] = {"PNG": {"optimize": True}, "JPEG": {"quality": 90}, "WEBP": {"quality": 90}}
_TOO_MANY_PIXELS = "The picture has more than 16 million pixels. Upload a smaller one."
_NO_PICTURE = "This is not a PNG, JPEG or WebP picture."


class Picture(NamedTuple):
    """Encoded content with its media type and file suffix."""

    content: bytes
    media_type: str
    suffix: str


def rewrite(content: bytes) -> Picture:
    """Return the picture in its own format, upright, at most 512 pixels wide and high, without metadata.

    Of an animation the first frame is kept. Raises InvalidRequest (field `logo`) unless the content is a whole PNG,
    JPEG or WebP of at most 1 MB and 16 megapixels.
    """
    if len(content) > MAX_BYTES:
        raise _refused("The picture is larger than 1 MB.")
    from PIL import Image  # noqa: PLC0415 (loaded by the few requests that bring a picture)

    # Its decoders report damage by many classes; the libraries below them know no common one.
    damage = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, MemoryError, OverflowError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # large or damaged pictures are refused below
            with Image.open(BytesIO(content), formats=list(_TYPES)) as opened:
                _require_sane_size(*opened.size)
                return _encoded(opened, kind=str(opened.format))
    except Image.DecompressionBombError as error:
        raise _refused(_TOO_MANY_PIXELS) from error
    except damage as error:
        raise _refused(_NO_PICTURE) from error


def _require_sane_size(width: int, height: int) -> None:
    if width * height > _MAX_PIXELS:
        raise _refused(_TOO_MANY_PIXELS)


def _encoded(opened: "Image", *, kind: str) -> Picture:
    from PIL import ImageOps  # noqa: PLC0415 (loaded by the few requests that bring a picture)

    upright = ImageOps.exif_transpose(opened)
    picture = upright.convert("RGBA" if upright.has_transparency_data and kind != "JPEG" else "RGB")
    picture.thumbnail((_MAX_SIDE, _MAX_SIDE))
    picture.info.clear()  # comments and profiles, which encoders would copy
    encoded = BytesIO()
    picture.save(encoded, kind, **_OPTIONS[kind])
    return Picture(encoded.getvalue(), *_TYPES[kind])


def _refused(message: str) -> errors.InvalidRequest:
    return errors.InvalidRequest([("logo", message)])
