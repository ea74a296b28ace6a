"""The picture in the README: taken here, so that a page that has changed since fails this test."""

import base64
import hashlib
import re
from pathlib import Path

from playwright.sync_api import Browser, Page

from infra.paths import BUILD, ROOT
from tests.journeys.browser import DESK, PHONE, a_window
from tests.journeys.emulator import Emulator
from tests.journeys.people import Member, People
from tests.journeys.screens import expect_heading, open_users
from tests.journeys.stack import LocalStack

COMMITTED = ROOT / "docs" / "usher.txt"
TAKEN = BUILD / "pictures" / "usher.txt"
CANVAS = {"width": 1560, "height": 1000}
COLLEAGUES = (("Amara", "Okafor", False), ("Jonas", "Berg", True), ("Rosa", "Delgado", False))
INVITED = (("Lee", "Sherron"), ("Mei", "Tanaka"))
# What is another one in each run: moments, and how long ago or ahead they are.
MOMENT = re.compile(
    r"(\w+day, )?\d{1,2} [A-Z][a-z]{2,8} \d{4}( at \d{1,2}:\d{2} \w+)?|(\d+ \w+ ago|just now|in \d+ \w+)"
)
PAGE = """<style>
  body {{ margin: 0; height: 1000px; overflow: hidden; background: linear-gradient(135deg, #dfe6ff, #f1f3ff) }}
  img {{ position: absolute; box-shadow: 0 20px 60px #1b2a6b40 }}
  .console {{ left: 50px; top: 50px; width: 1280px; border-radius: 14px }}
  .phone {{ left: 1160px; top: 222px; width: 350px; border: 7px solid #10142a; border-radius: 30px }}
</style>
<img class="console" src="data:image/png;base64,{console}"><img class="phone" src="data:image/png;base64,{phone}">"""


def test_the_picture_in_the_readme_shows_the_pages_as_they_are(
    people: People, emulator: Emulator, stack: LocalStack, browser: Browser
) -> None:
    ada = _administrator(people, stack)
    for first_name, last_name, is_admin in COLLEAGUES:
        address = f"{first_name.lower()}@example.org"
        people.a_user(ada, address, first_name=first_name, last_name=last_name, admin=is_admin)
    users = [
        people.invited(ada, f"{first_name.lower()}@example.org", first_name=first_name, last_name=last_name)
        for first_name, last_name in INVITED
    ]
    for user in users:
        people.wait_until_sent(user)

    with a_window(browser, width=DESK, origin=stack.console_url) as desk:
        open_users(desk, ada.address, ada.password)
        console, console_text = desk.page.screenshot(animations="disabled"), _structure(desk.page)
    with a_window(browser, width=PHONE, origin=stack.console_url) as phone:
        phone.open_invitation(emulator.sign(users[0]))
        expect_heading(phone.page, "Create your ID")
        invite, invite_text = phone.page.screenshot(animations="disabled"), _structure(phone.page)
    picture = _composed(browser, console=console, phone=invite)
    _keep(picture, text := f"{console_text}\n---\n{invite_text}\n")

    shown = COMMITTED.read_text("utf-8").partition("\n")[2]
    assert shown == text, "The pages are not those in docs/usher.png any more: run this test, then `make pictures`."


def _administrator(people: People, stack: LocalStack) -> Member:
    """The administrator of the account that every stack starts with; they have saved a profile."""
    admin = stack.told["admin"]
    token = people.api.sign_in(admin["email"], admin["password"])["AccessToken"]
    saved = people.api.request("PATCH", "/v1/me/profile", {"time_zone": "Europe/Berlin"}, token=token)
    assert saved.status == 200, saved.text
    return Member(stack.told["account_id"], "", admin["email"], admin["password"], token)


def _structure(page: Page) -> str:
    """The page as a screen reader meets it: roles, names and texts, without addresses and closed lists."""
    lines = page.locator("body").aria_snapshot().splitlines()
    shown = [line for line in lines if not line.lstrip().startswith(("- option ", "- /url:"))]
    return MOMENT.sub("MOMENT", "\n".join(shown))


def _composed(browser: Browser, *, console: bytes, phone: bytes) -> bytes:
    page = browser.new_page(viewport={"width": CANVAS["width"], "height": CANVAS["height"]})
    encoded = {"console": base64.b64encode(console).decode(), "phone": base64.b64encode(phone).decode()}
    page.set_content(PAGE.format(**encoded))
    picture = page.screenshot()
    page.close()
    return picture


def _keep(picture: bytes, text: str) -> None:
    """For `make pictures`; the first line of the text names the picture that it belongs to."""
    TAKEN.parent.mkdir(parents=True, exist_ok=True)
    Path(TAKEN.with_suffix(".png")).write_bytes(picture)
    TAKEN.write_text(f"{hashlib.sha256(picture).hexdigest()}\n{text}", "utf-8")
