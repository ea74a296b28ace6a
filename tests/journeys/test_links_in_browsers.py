"""What a link gives away: nothing to servers, nothing to scanners, nothing to other sites."""

from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Browser

from tests.journeys.api import ApiClient
from tests.journeys.browser import PHONE, Window, a_window
from tests.journeys.emulator import Emulator
from tests.journeys.people import People
from tests.journeys.screens import expect_heading, fill_in, press, skip_profile
from tests.journeys.stack import LocalStack

VISITS = 20


def test_the_token_is_in_no_address_and_no_referer(people: People, emulator: Emulator, desk: Window) -> None:
    token = emulator.sign(people.invited(people.an_account()))

    desk.open_invitation(token)
    fill_in(desk.page)
    press(desk.page, "Save & continue")
    expect_heading(desk.page, "You are in")
    desk.page.get_by_role("link", name="Go to").click()
    skip_profile(desk.page)
    expect_heading(desk.page, "Users")

    assert len(desk.requests) > 8
    for request in desk.requests:
        assert token not in request.url.partition("#")[0]
        assert token not in request.all_headers().get("referer", "")


def test_the_pages_forbid_everything_that_they_do_not_need(api: ApiClient) -> None:
    invite, console = api.request("GET", "/invite"), api.request("GET", "/console/")

    for page in (invite, console):
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["x-content-type-options"] == "nosniff"
    assert "unsafe-inline" not in invite.headers["content-security-policy"]


def test_scanners_that_run_scripts_change_nothing(
    people: People, emulator: Emulator, browser: Browser, stack: LocalStack
) -> None:
    user = people.invited(people.an_account())
    token = emulator.sign(user)
    people.wait_until_sent(user)
    before = emulator.everything_about(user)

    for _ in range(VISITS):
        with a_window(browser, width=PHONE, origin=stack.console_url) as scanner:
            scanner.open_invitation(token)
            expect_heading(scanner.page, "Create your Usher ID")

    assert emulator.everything_about(user) == before


def test_storms_of_get_and_head_change_nothing(people: People, emulator: Emulator, api: ApiClient) -> None:
    user = people.invited(people.an_account())
    token = emulator.sign(user)
    people.wait_until_sent(user)
    before = emulator.everything_about(user)
    paths = ["/invite", f"/invite/{token.replace('.', '-')}", "/v1/invitations/preview", "/v1/invitations/accept"]
    paths += [f"/v1/invitations/{action}/{token}" for action in ("accept", "join", "decline")]
    storm = [(method, path) for path in paths for method in ("GET", "HEAD")] * 5

    with ThreadPoolExecutor(4) as scanners:
        statuses = list(scanners.map(lambda request: api.request(*request).status, storm))

    assert set(statuses) <= {200, 404}
    assert emulator.everything_about(user) == before
