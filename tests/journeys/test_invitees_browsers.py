"""The invite page in browsers that lack something, and in those where someone is signed in already."""

import json
import re
from base64 import urlsafe_b64decode

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.journeys.browser import PHONE, Window, a_window
from tests.journeys.emulator import Emulator
from tests.journeys.people import People, an_address
from tests.journeys.pictures import take
from tests.journeys.screens import accept_terms, expect_heading, field, fill_in, open_users, press, sign_in
from tests.journeys.stack import LocalStack

PREVIEW = "**/v1/invitations/preview"
NO_STORAGE = (
    """Object.defineProperty(window, "sessionStorage", {get() { throw new DOMException("", "SecurityError"); }});"""
)
FULL_STORAGE = """Storage.prototype.setItem = () => { throw new DOMException("", "QuotaExceededError"); };"""
OF_2020 = """
delete CSSStyleSheet.prototype.replaceSync;
delete AbortSignal.timeout;
delete URL.canParse;
delete Object.hasOwn;
delete Crypto.prototype.randomUUID;
delete Array.prototype.findLast;
delete Array.prototype.at;
delete Intl.DisplayNames;
delete HTMLDialogElement.prototype.showModal;
delete HTMLDialogElement.prototype.close;
"""


@pytest.mark.parametrize("lack", [NO_STORAGE, FULL_STORAGE], ids=["blocked", "full"])
def test_without_storage_the_person_is_in_and_signs_in(
    people: People, emulator: Emulator, phone: Window, lack: str
) -> None:
    phone.page.add_init_script(lack)
    phone.open_invitation(emulator.sign(people.invited(people.an_account())))
    fill_in(phone.page)

    press(phone.page, "Save & continue")

    expect_heading(phone.page, "You are in")
    expect(phone.page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def test_a_browser_of_2020_can_accept(people: People, emulator: Emulator, phone: Window) -> None:
    phone.page.add_init_script(OF_2020)
    phone.open_invitation(emulator.sign(people.invited(people.an_account())))
    expect_heading(phone.page, "Create your Usher ID")
    take(phone, "invite-old-browser")
    fill_in(phone.page)

    press(phone.page, "Save & continue")

    expect_heading(phone.page, "You are in")


def test_without_scripts_the_page_says_so_in_four_languages(browser: Browser, stack: LocalStack) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{stack.console_url}/invite#anything")

    for word in ("switch JavaScript on", "schalten Sie JavaScript ein", "active JavaScript", "activez JavaScript"):
        expect(page.get_by_text(word)).to_be_visible()
    context.close()


def test_someone_who_is_signed_in_joins_with_one_click(people: People, emulator: Emulator, window: Window) -> None:
    lee = people.a_user(people.an_account())
    second = people.an_account()
    user = people.invited(second, lee.address)
    sign_in(window, lee.address)
    expect_heading(window.page, "Users")
    window.open_invitation(emulator.sign(user))
    expect_heading(window.page, f"Join Company {second.account_id}")
    take(window, "invite-join")

    press(window.page, "Join as Lee")

    expect_heading(window.page, "You are in")
    assert people.seen(user, by=second)["status"] == "active"


def test_another_persons_session_is_named_before_it_is_replaced(
    people: People, emulator: Emulator, window: Window
) -> None:
    ann = people.an_account()
    user = people.invited(ann)
    sign_in(window, ann.address)
    expect_heading(window.page, "Users")
    held = window.page.evaluate("JSON.parse(sessionStorage.getItem('usher.session')).refresh_token")
    window.open_invitation(emulator.sign(user))
    expect_heading(window.page, "You are signed in as someone else")
    expect(window.page.get_by_role("main")).to_contain_text(ann.address)
    take(window, "invite-other-session")

    press(window.page, f"Continue as {user['email']}")
    fill_in(window.page)
    with window.page.expect_response(lambda answer: "RevokeToken" in answer.request.headers.get("x-amz-target", "")):
        press(window.page, "Save & continue")

    expect_heading(window.page, "You are in")
    client = people.api.request("GET", "/config.json").body["user_pool_client_id"]
    parameters = {"REFRESH_TOKEN": held}
    refused = people.api.cognito(
        "InitiateAuth", ClientId=client, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=parameters
    )
    assert refused.status == 400


def test_link_in_a_new_tab_asks_before_it_ends_the_session_of_the_console(
    people: People, emulator: Emulator, window: Window
) -> None:
    ann = people.an_account()
    user = people.invited(ann, an_address("nina"), first_name="Nina")
    open_users(window, ann.address)
    console = window.page
    window.page = console.context.new_page()
    window.note()
    window.open_invitation(emulator.sign(user))
    expect_heading(window.page, "You are signed in as someone else")
    expect(window.page.get_by_role("link", name=f"Stay signed in as {ann.address}")).to_be_visible()
    console.reload()
    expect_heading(console, "Users")

    press(window.page, f"Continue as {user['email']}")
    fill_in(window.page)
    press(window.page, "Save & continue")

    expect_heading(window.page, "You are in")
    expect_heading(console, "Sign in")
    expect(console.get_by_text("You are signed out.")).to_be_visible()
    assert _signed_in(window) == user["email"]


def test_link_in_a_new_tab_joins_with_the_session_of_the_console(
    people: People, emulator: Emulator, window: Window
) -> None:
    nora = people.a_user(people.an_account(), first_name="Nora")
    second = people.an_account()
    user = people.invited(second, nora.address, first_name="Nora")
    open_users(window, nora.address)
    console = window.page
    window.page = console.context.new_page()
    window.note()

    window.open_invitation(emulator.sign(user))
    press(window.page, "Join as Nora")

    expect_heading(window.page, "You are in")
    assert people.seen(user, by=second)["status"] == "active"
    console.reload()
    expect_heading(console, "Users")


def test_forgotten_password_of_an_existing_id_leads_to_recovery_and_back(
    people: People, emulator: Emulator, window: Window
) -> None:
    lee = people.a_user(people.an_account(), an_address("lee+work"))
    user = people.invited(people.an_account(), lee.address)
    page = window.page
    window.open_invitation(emulator.sign(user))
    expect_heading(page, "Sign in to join")
    take(window, "invite-sign-in")

    page.get_by_role("link", name="Forgot your password?").click()
    expect(field(page, "Email")).to_have_value(lee.address)
    press(page, "Send the link")
    expect(page.get_by_text("If this is the address of your Usher ID")).to_be_visible()
    page.get_by_role("link", name="Back to the invitation").click()

    expect_heading(page, "Sign in to join")
    expect(field(page, "Email")).to_have_value(lee.address)


def _signed_in(window: Window) -> str:
    """The address of the session of the window's tab."""
    token = str(window.page.evaluate("JSON.parse(sessionStorage.getItem('usher.session')).access_token"))
    claims = token.split(".")[1]
    return str(json.loads(urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["username"])


def test_a_used_link_leads_on_who_is_signed_in(people: People, emulator: Emulator, phone: Window) -> None:
    user = people.invited(people.an_account())
    phone.open_invitation(emulator.sign(user))
    fill_in(phone.page)
    press(phone.page, "Save & continue")
    expect_heading(phone.page, "You are in")

    phone.page.reload()

    expect_heading(phone.page, "You have already joined")
    expect(phone.page.get_by_role("link", name=re.compile("^Go to"))).to_have_attribute(
        "href", f"/console/{user['account_id']}/users"
    )


def test_terms_that_change_meanwhile_cost_nothing_that_was_typed(
    people: People, emulator: Emulator, phone: Window
) -> None:
    page = phone.page

    def older(route: Route) -> None:
        answer = route.fetch()
        preview = answer.json()
        preview["terms"]["version"] = "2020-01-01"
        route.fulfill(response=answer, json=preview)

    page.route(PREVIEW, older)
    phone.open_invitation(emulator.sign(people.invited(people.an_account())))
    fill_in(page, last_name="Kept")
    page.unroute(PREVIEW)
    press(page, "Save & continue")
    expect(page.get_by_text("The terms have changed.")).to_be_visible()
    take(phone, "invite-terms-changed")
    expect(field(page, "Last name")).to_have_value("Kept")
    accept_terms(page)

    press(page, "Save & continue")

    expect_heading(page, "You are in")


def test_a_password_is_hidden_again_when_it_is_sent(people: People, emulator: Emulator, phone: Window) -> None:
    page = phone.page
    page.route("**/v1/invitations/accept", lambda route: route.abort("connectionreset"))
    phone.open_invitation(emulator.sign(people.invited(people.an_account())))
    fill_in(page)
    press(page, "Show")
    expect(field(page, "Password")).to_have_attribute("type", "text")

    press(page, "Save & continue")

    expect(page.get_by_role("alert")).to_contain_text("We can’t reach the service")
    expect(field(page, "Password")).to_have_attribute("type", "password")
    expect(page.locator("#status")).to_be_empty()


def test_a_password_is_the_same_however_its_letters_are_composed(
    people: People, emulator: Emulator, browser: Browser, stack: LocalStack
) -> None:
    user = people.invited(people.an_account())
    with a_window(browser, width=PHONE, origin=stack.console_url) as phone:
        phone.open_invitation(emulator.sign(user))
        fill_in(phone.page, password="Ga\u0308rten47")
        press(phone.page, "Save & continue")
        expect_heading(phone.page, "You are in")

    assert people.api.try_sign_in(user["email"], "G\u00e4rten47").status == 200
