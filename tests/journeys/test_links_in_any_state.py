"""A link works in whatever state mail programs and gateways have brought it; unknown paths get a page of ours."""

import urllib.request

import pytest
from playwright.sync_api import expect

from tests.journeys.api import ApiClient
from tests.journeys.browser import Window
from tests.journeys.emulator import Emulator
from tests.journeys.people import People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading
from tests.journeys.stack import LocalStack


@pytest.mark.parametrize(
    ("where", "mangled"),
    [
        ("an encoded number sign", "/invite%23{token}"),
        ("one that is encoded twice, after a slash", "/invite/%2523{token}"),
        ("a path", "/invite/{token}"),
        ("a sentence", "/invite#({token})."),
        ("a tracker's parameters", "/invite?utm_source=newsletter#{token}&utm_medium=email"),
        ("a wrapped line", "/invite#{head}%20%0A{tail}"),
        ("invisible characters", "/invite#%EF%BB%BF{head}\u2060{tail}"),
    ],
)
def test_a_link_opens(people: People, emulator: Emulator, phone: Window, where: str, mangled: str) -> None:
    token = emulator.sign(people.invited(people.an_account()))

    phone.open(mangled.format(token=token, head=token[:50], tail=token[50:]))

    expect_heading(phone.page, "Create your Usher ID")
    assert phone.page.url == f"{phone.origin}/invite#{token}", where


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/robots.txt", "text/plain"), ("/favicon.ico", "image/"), ("/apple-touch-icon.png", "image/png")],
)
def test_what_browsers_and_robots_ask_for_is_there(stack: LocalStack, path: str, kind: str) -> None:
    with urllib.request.urlopen(f"{stack.console_url}{path}", timeout=10) as answer:  # noqa: S310
        assert answer.headers["content-type"].startswith(kind)


@pytest.mark.parametrize("path", ["/wp-login.php", "/invitations/v1.ab123", "/sitemap.xml", "/a/b.c"])
def test_an_unknown_path_gets_a_page_of_ours(api: ApiClient, path: str) -> None:
    answer = api.request("GET", path)

    assert answer.status == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "Page not found" in answer.text
    assert "AccessDenied" not in answer.text


def test_an_unknown_page_leads_on(window: Window) -> None:
    window.open("/sitemap.xml")
    expect_heading(window.page, "Page not found")
    take(window, "not-found")

    window.page.get_by_role("link", name="Help").click()

    expect_heading(window.page, "Help")
    expect(window.page).to_have_url(f"{window.origin}/help")
