"""The first sign-in asks for the profile; who skips it is asked again at the next one (rule 17)."""

import re
import struct
import urllib.request
import zlib

from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.browser import Window
from tests.journeys.emulator import Emulator
from tests.journeys.people import Member, People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, fill_in, press, sign_in, skip_profile

TITLE = "Set up your profile"
BUCKET = re.compile(r"/usher-local-logos-")


def test_who_joins_is_asked_for_their_profile_once(people: People, emulator: Emulator, window: Window) -> None:
    user = people.invited(people.an_account())
    page = window.page
    window.open_invitation(emulator.sign(user))
    fill_in(page)
    press(page, "Save & continue")
    page.get_by_role("link", name="Go to").click()

    expect_heading(page, TITLE)
    field(page, "Country code").select_option("GB")
    field(page, "Phone number").fill("20 7946 0000")
    expect(field(page, "Time zone")).to_have_value("Europe/Berlin")
    take(window, "profile-asked")
    field(page, "Time zone").select_option("Asia/Tokyo")
    field(page, "Email signature").fill("Lee Sherron\nHead of Everything")
    _choose(page, a_picture("logo.png"))
    expect(page.get_by_role("img", name="Your logo")).to_be_visible()
    take(window, "profile-filled")
    press(page, "Save")

    expect_heading(page, "Users")
    page.reload()
    expect_heading(page, "Users")
    saved = _profile(people, people.api.sign_in(user["email"], "Secret77")["AccessToken"])
    logo = str(saved.pop("logo_url"))
    assert saved == {
        "phone": {"country_code": "+44", "number": "2079460000"},
        "time_zone": "Asia/Tokyo",
        "signature": "Lee Sherron\nHead of Everything",
    }
    with urllib.request.urlopen(logo, timeout=10) as answer:  # noqa: S310 (it is the console's)
        assert answer.headers["Content-Type"] == "image/png"


def test_who_skips_it_is_asked_at_the_next_sign_in(people: People, desk: Window) -> None:
    lee = _without_profile(people)
    sign_in(desk, lee.address)

    skip_profile(desk.page)
    expect_heading(desk.page, "Users")
    desk.page.reload()
    expect_heading(desk.page, "Users")
    desk.page.get_by_role("button", name="Your menu").click()
    desk.page.get_by_role("menuitem", name="Sign out").click()
    sign_in(desk, lee.address)

    expect_heading(desk.page, TITLE)


def test_profile_is_changed_later_with_names_and_language(people: People, window: Window) -> None:
    ann = people.an_account()
    page = window.page
    sign_in(window, ann.address)
    page.get_by_role("button", name="Your menu, Ann Admin").click()
    page.get_by_role("menuitem", name="Your profile").click()
    expect_heading(page, "Your profile")
    expect(field(page, "Email signature")).to_have_value("Kind regards")
    take(window, "profile-page")

    field(page, "First name").fill("Anna")
    field(page, "Country code").select_option(label="Jamaica +1")
    expect(field(page, "Country code").locator("option:checked")).to_have_text("Jamaica +1")
    field(page, "Country code").select_option("")
    field(page, "Language").select_option("de")
    press(page, "Save")

    expect_heading(page, "Ihr Profil")
    expect(page).to_have_url(f"{window.origin}/console/{ann.account_id}/profile")
    me = people.api.get("/v1/me", token=ann.token).body
    assert (me["first_name"], me["locale"], me["profile"]["signature"]) == ("Anna", "de", "Kind regards")
    page.reload()
    expect_heading(page, "Ihr Profil")
    take(window, "profile-page-de")


def test_what_is_no_picture_does_not_travel(people: People, window: Window) -> None:
    page = window.page
    sign_in(window, _without_profile(people).address)
    expect_heading(page, TITLE)
    large = a_picture("large.png")
    large["buffer"] += bytes(1024 * 1024)
    files: list[tuple[FilePayload, str]] = [
        ({"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"}, "Please choose a PNG, JPEG or WebP"),
        (large, "This picture is larger than 1 MB."),
        (
            {"name": "logo.png", "mimeType": "image/png", "buffer": b"no dots"},
            "This file cannot be shown as a picture.",
        ),
    ]

    for file, complaint in files:
        _choose(page, file)
        expect(page.get_by_text(complaint)).to_be_visible()

    take(window, "profile-no-picture")
    assert not any("/logo" in request.url for request in window.requests)


def test_half_a_telephone_is_complained_of(people: People, phone: Window) -> None:
    page = phone.page
    sign_in(phone, _without_profile(people).address)
    field(page, "Phone number").fill("2079460000")

    press(page, "Save")
    expect(field(page, "Country code")).to_have_accessible_description("Please choose the country code too.")
    field(page, "Country code").select_option("GB")
    field(page, "Phone number").fill("12345678901")
    press(page, "Save")

    expect(page.get_by_role("alert")).to_contain_text("Please check the fields marked in red.")
    expect(field(page, "Phone number")).to_have_accessible_description(
        "This is not a valid phone number in that country."
    )
    take(phone, "profile-complaint")


def test_a_lost_connection_loses_nothing(people: People, window: Window) -> None:
    lee = _without_profile(people)
    page = window.page
    sign_in(window, lee.address)
    field(page, "Email signature").fill("Kept")
    _choose(page, a_picture("logo.png"))
    page.route(BUCKET, lambda route: route.abort("connectionreset"))

    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("The service cannot be reached.")
    take(window, "profile-broken-connection")
    page.unroute(BUCKET)
    press(page, "Save")

    expect_heading(page, "Users")
    assert _profile(people, lee.token)["signature"] == "Kept"


def a_picture(name: str) -> FilePayload:
    """A PNG of a sunset, small enough for a logo."""
    side = 96
    rows = (b"\0" + bytes(part for x in range(side) for part in (255 - y, 90 + x, y * 2)) for y in range(side))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(rows))),
        (b"IEND", b""),
    )
    parts = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    ]
    return {"name": name, "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"".join(parts)}


def _without_profile(people: People) -> Member:
    return people.joined(people.invited(people.an_account()), has_profile=False)


def _profile(people: People, token: str) -> dict[str, object]:
    profile: dict[str, object] = people.api.get("/v1/me", token=token).body["profile"]
    return profile


def _choose(page: Page, file: FilePayload) -> None:
    page.locator("input[type=file]").set_input_files(file)
