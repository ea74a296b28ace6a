"""The pages in each language, narrow and wide, light and dark: nothing is cut, and axe finds nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.factories import PASSWORD
from tests.journeys.browser import DESK, Scheme, Window, a_window
from tests.journeys.emulator import Emulator
from tests.journeys.people import Member, People, an_address
from tests.journeys.pictures import capture, take
from tests.journeys.screens import begin, expect_heading, field, open_users, press
from tests.journeys.stack import LocalStack
from tests.journeys.words import CONSOLE, Words

SHAPES: list[tuple[str, int, Scheme]] = [("de", 320, "light"), ("es", 360, "dark"), ("fr", 1920, "dark")]
# Names and addresses in lists may end in dots, since they are read whole on the page that they lead to.
_CUT = """() => [...document.querySelectorAll(".mantine-Badge-label, .mantine-Button-label, h1, h2, h3, label, dd")]
    .filter(({ clientWidth, scrollWidth }) => clientWidth > 1 && scrollWidth > clientWidth + 1)
    .map((element) => element.outerHTML.slice(0, 200))"""
# How much lighter avatars are than the page behind them, as sums of red, green and blue.
_LIGHTER = """() => {
    const colours = (element) => getComputedStyle(element).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number);
    const sum = (element) => colours(element).reduce((sum, colour) => sum + colour);
    const avatars = [...document.querySelectorAll("main .mantine-Avatar-placeholder")];
    return avatars.map((avatar) => sum(avatar) - sum(avatar.closest(".mantine-Paper-root")));
}"""


@dataclass(frozen=True)
class Company:
    """An account with people in every state, long names, and something on each page."""

    ann: Member
    away: Member
    expired: dict[str, Any]
    moritz: Member


@pytest.fixture(scope="module")
def company(people: People, emulator: Emulator) -> Company:
    ann = people.an_account(name="Stadtwerke Niederöblarn & Söhne Vertriebsgesellschaft")
    staff, certified = people.operator_token(), an_address("cleo")
    away = people.a_user(
        ann, an_address("maximiliane.von-der-lindenau"), first_name="Maximiliane", last_name="Lindenau"
    )
    people.a_user(ann, first_name="Kim", last_name="Kell")
    moritz = people.a_user(ann, an_address("moritz"), first_name="Moritz", admin=True)
    expired = people.invited(ann, first_name="Exa", last_name="Pired")
    entry = {"partner_type": "expert_coach", "first_name": "Cleo", "last_name": "Coach"}
    _ok(people.api.request("PUT", f"/v1/operator/partners/{certified}", entry, token=staff))
    people.invited(ann, certified, kind="partner", message="Hello", first_name=None, last_name=None)
    emulator.let_time_pass(expired, days=8)
    team = {"name": "Außendienst Süd", "managers": [ann.user_id], "users": [away.user_id]}
    _ok(people.api.post(ann.path("/teams"), team, token=ann.token))
    request = {"kind": "complimentary", "quantity": 12, "reason": "Two colleagues who help us with the move in spring"}
    _ok(people.api.post(ann.path("/seats/requests"), request, token=ann.token))
    record = {"owner_id": away.user_id, "status": "open", "title": "Umbau"}
    _ok(people.api.request("PUT", ann.path("/records/contact/c-1"), record, token=ann.token))
    _ok(people.api.post(ann.path(f"/users/{away.user_id}/deactivate"), {"hand_over": "later"}, token=ann.token))
    second = people.invited(people.an_account(name="Second Company"), ann.address, admin=True)
    _ok(people.join(emulator.sign(second), signed_in=ann.token))
    people.invited(people.an_account(name="Verkehrsbetriebe Niederöblarn Beteiligungsgesellschaft"), ann.address)
    return Company(ann, away, expired, moritz)


@pytest.fixture(params=SHAPES, ids=lambda shape: f"{shape[0]}-{shape[1]}-{shape[2]}")
def shape(
    request: pytest.FixtureRequest, browser: Browser, stack: LocalStack, people: People
) -> Iterator[tuple[Window, Words, str]]:
    language, width, scheme = request.param
    with a_window(browser, width=width, origin=stack.console_url, language=language, scheme=scheme) as window:
        window.wait_for_lists = people.wait_until_listed
        window.page.route("**/v1/me", lambda route: _in_language(route, language))
        yield window, Words(language, of=CONSOLE), f"{language}-{scheme}"


def test_every_page_of_an_account(company: Company, shape: tuple[Window, Words, str]) -> None:
    window, say, kind = shape
    page, ann = window.page, company.ann
    window.open("/console/recovery")
    _take(window, f"every-recovery-{kind}")
    _sign_in(window, say, ann.address, PASSWORD)
    expect_heading(page, say("picker", "title"))
    expect(page.get_by_role("link", name=say("picker", "viewInvitation"))).to_be_visible()
    _take(window, f"every-picker-{kind}")
    window.open("/console/zz99999999/users")
    expect(page.get_by_text("Usher")).to_be_visible()
    _take(window, f"every-lost-{kind}")
    for path, opener in (
        ("users?status=all", ("users", "invite")),
        ("users/invite", ()),
        (f"users/{company.away.user_id}", ("records", "handOverNow")),
        (f"users/{company.expired['user_id']}", ()),
        ("groups", ("groups", "new")),
        ("teams", ("teams", "new")),
        ("seats", ("seats", "ask")),
        ("activity", ()),
        ("settings", ()),
        ("profile", ("security", "changePassword")),
    ):
        name = (
            path.partition("?")[0].replace(company.away.user_id, "away").replace(company.expired["user_id"], "expired")
        )
        window.open(f"/console/{ann.account_id}/{path}")
        _take_with_dialog(window, name.replace("/", "-"), kind, opener=say(*opener) if opener else None)


def test_every_page_of_operators(company: Company, stack: LocalStack, shape: tuple[Window, Words, str]) -> None:
    window, say, kind = shape
    page, operator = window.page, stack.told["operator"]
    _sign_in(window, say, operator["email"], operator["password"])
    expect(page.get_by_role("navigation", name=say("operator", "title"))).to_be_visible()
    for name, path, opener in (
        ("accounts", "accounts", ("operator", "new")),
        ("account", f"accounts/{company.ann.account_id}", ("operator", "setSeats")),
        ("partners", "partners", ()),
        ("ids", "ids", ()),
    ):
        window.open(f"/console/operator/{path}")
        _take_with_dialog(window, f"operator-{name}", kind, opener=say(*opener) if opener else None)


def _sign_in(window: Window, say: Words, address: str, password: str) -> None:
    window.open("/console/")
    expect_heading(window.page, say("signIn", "title"))
    _take(window, f"every-sign-in-{say('signIn', 'title')}")
    field(window.page, say("signIn", "email")).fill(address)
    field(window.page, say("signIn", "password")).fill(password)
    press(window.page, say("signIn", "submit"))


def _take_with_dialog(window: Window, name: str, kind: str, *, opener: str | None) -> None:
    """Take a picture of the page, and one of the dialog that a button of it opens."""
    _take(window, f"every-{name}-{kind}")
    if opener:
        press(window.page, opener)
        expect(window.page.get_by_role("dialog")).to_be_visible()
        _take(window, f"every-{name}-dialog-{kind}")


def _take(window: Window, name: str) -> None:
    """Take a picture of the page once it is loaded; nothing of it may be cut."""
    page = window.page
    expect(page.get_by_role("heading", level=1).first).to_be_attached()
    expect(page.locator(".mantine-Loader-root, .mantine-Skeleton-root")).to_have_count(0)
    take(window, name)
    assert page.evaluate(_CUT) == [], name


def test_avatars_are_no_holes_in_the_dark(company: Company, browser: Browser, stack: LocalStack) -> None:
    with a_window(browser, width=DESK, origin=stack.console_url, scheme="dark") as window:
        open_users(window, company.moritz.address, path="/console/?status=all")

        lighter = window.page.evaluate(_LIGHTER)

    assert len(lighter) >= 4
    assert min(lighter) > 0


def test_dialog_fills_a_phone_on_its_side(company: Company, desk: Window) -> None:
    desk.page.set_viewport_size({"width": 740, "height": 360})
    open_users(desk, company.moritz.address)

    dialog = begin(desk.page, "Edit", name="Kim Kell")

    expect(dialog.get_by_role("button", name="Save")).to_be_in_viewport()
    box = dialog.bounding_box()
    assert box
    assert (box["width"], box["height"]) == (740, 360)


def test_without_scripts_the_console_says_so_in_four_languages(browser: Browser, stack: LocalStack) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{stack.console_url}/console/")

    expect(page.locator("noscript")).to_be_visible()
    said = page.locator("noscript").inner_text()
    capture(page, "console-without-scripts")
    context.close()
    for sentence in ("turn on JavaScript", "schalten Sie JavaScript ein", "Active JavaScript", "Activez JavaScript"):
        assert sentence in said


def _in_language(route: Route, language: str) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, json=answer.json() | {"locale": language})


def _ok(answer: Any) -> None:
    assert answer.status < 300, answer.text
