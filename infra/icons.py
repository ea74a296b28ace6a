"""The icons that browsers and phones ask for by themselves, drawn from the mark."""

import hashlib
import io

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import sync_playwright

from infra.local.browser import launch_options
from infra.paths import ROOT

PUBLIC = ROOT / "web" / "invite" / "public"
TOUCH_ICON, FAVICON = PUBLIC / "apple-touch-icon.png", PUBLIC / "favicon.ico"
_TOUCH_PIXELS, _FAVICON_PIXELS = 180, (16, 32, 48)
_DRAWN_FROM = "Source"  # The PNG's text with the digest of the mark.


def are_current(mark: str) -> bool:
    """Return whether the icons were drawn from this mark."""
    with Image.open(TOUCH_ICON) as icon:
        return icon.info.get(_DRAWN_FROM) == _digest(mark)


def draw(mark: str, background: str) -> None:
    """Write both icons in a browser; the phone's has no transparent corners, which would be black there."""
    note = PngInfo()
    note.add_text(_DRAWN_FROM, _digest(mark))
    _drawn(mark, _TOUCH_PIXELS, background).convert("RGB").save(TOUCH_ICON, pnginfo=note, optimize=True)
    *smaller, largest = [_drawn(mark, pixels, "transparent") for pixels in _FAVICON_PIXELS]
    largest.save(FAVICON, sizes=[(pixels, pixels) for pixels in _FAVICON_PIXELS], append_images=smaller)


def _drawn(mark: str, pixels: int, background: str) -> Image.Image:
    page_of = "<style>*{{margin:0}}body{{background:{}}}svg{{display:block;width:{}px}}</style>{}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        page = browser.new_page(viewport={"width": pixels, "height": pixels})
        page.set_content(page_of.format(background, pixels, mark))
        picture = page.screenshot(omit_background=True)
        browser.close()
    return Image.open(io.BytesIO(picture))


def _digest(mark: str) -> str:
    return hashlib.sha256(mark.encode()).hexdigest()
