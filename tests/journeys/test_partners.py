"""A partner from certification to leaving, as operator, administrator and partner see it (rule 6)."""

import re

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.factories import text_of
from tests.journeys.browser import PHONE, Window, a_window
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import People, an_address
from tests.journeys.pictures import take
from tests.journeys.screens import (
    expect_heading,
    field,
    fill_in,
    open_users,
    press,
    sign_in,
    skip_profile,
    user_line,
)
from tests.journeys.stack import LocalStack
from tests.journeys.words import CONSOLE, FOREIGN, Words

NARROWEST = 320
ENGLISH = Words("en", of=CONSOLE)


def test_a_partner_is_certified_added_as_administrator_joins_and_leaves(
    people: People, stack: LocalStack, mailbox: Mailbox, browser: Browser, window: Window
) -> None:
    ann, address = people.an_account(name="Northwind Traders", seats=1), an_address("cleo")
    with a_window(browser, width=window.width, origin=window.origin) as staff:
        _certify(stack, staff, address)

    page = window.page
    open_users(window, ann.address)
    _add_partner(window)
    dialog = page.get_by_role("dialog")
    field(dialog, "Usher ID of the partner").fill(an_address("stranger"))
    field(dialog, "Usher ID of the partner").blur()
    expect(dialog.get_by_text("Invite as a user instead")).to_be_visible()
    take(window, "partner-not-certified")
    field(dialog, "Usher ID of the partner").fill(address)
    dialog.get_by_role("radio", name="Yes").check()
    expect(dialog.get_by_text("Invite as a user instead")).to_have_count(0)
    take(window, "partner-add")
    press(dialog, "Send invitation")
    expect(page.get_by_text(f"{address} has been invited as a partner and administrator.")).to_be_visible()
    line = user_line(page, "Cleo Coach")
    expect(line.get_by_role("img", name="Partner: Expert Coach")).to_be_visible()
    expect(page.get_by_text("1 of 1 seat used")).to_be_visible()
    take(window, "users-with-partner")

    [invited] = people.listed(ann, 1, email=address)
    with a_window(browser, width=window.width, origin=window.origin) as theirs:
        theirs.open_invitation(mailbox.token_for(invited))
        expect_heading(theirs.page, "Create your Usher ID")
        expect(field(theirs.page, "First name")).to_have_value("Cleo")
        fill_in(theirs.page, last_name="Coach")
        press(theirs.page, "Save & continue")
        theirs.page.get_by_role("link", name="Go to Northwind Traders").click()
        skip_profile(theirs.page)
        expect_heading(theirs.page, "Users")
        own = user_line(theirs.page, "Cleo Coach")
        expect(own.get_by_role("img", name="Partner: Expert Coach")).to_be_visible()
        expect(theirs.page.get_by_role("navigation").get_by_role("link", name="Seats")).to_have_count(0)
        own.get_by_role("link", name="Cleo Coach").click()
        expect(theirs.page.get_by_role("definition").filter(has_text="Expert Coach")).to_be_visible()
        take(theirs, "partner-page")
        _leave(theirs, "Northwind Traders")

    assert "Cleo Coach" in text_of(mailbox.wait_for(ann.address, "left"))
    assert people.seen(invited, by=ann)["status"] == "inactive"


def test_a_partner_with_records_stays_and_one_with_another_account_comes_there(
    people: People, emulator: Emulator, window: Window
) -> None:
    ann, bob, address = people.an_account(name="Northwind Traders"), people.an_account(name="South"), an_address("cleo")
    entry = {"partner_type": "expert_coach", "first_name": "Cleo", "last_name": "Coach"}
    certified = people.api.request("PUT", f"/v1/operator/partners/{address}", entry, token=people.operator_token())
    assert certified.status == 200, certified.text
    cleo = people.a_user(ann, address, kind="partner")
    joined = people.join(emulator.sign(people.invited(bob, address, kind="partner")), signed_in=cleo.token)
    assert joined.status == 200, joined.text
    record, owned = ann.path("/records/contact/c1"), {"owner_id": cleo.user_id, "status": "open", "title": "One"}
    assert people.api.request("PUT", record, owned, token=ann.token).status == 200
    sign_in(window, address, path=f"/console/{ann.account_id}/users")
    expect_heading(window.page, "Users")

    dialog = _open_leaving(window, "Northwind Traders")
    press(dialog, "Leave account")
    expect(dialog.get_by_role("alert")).to_contain_text("Ask an administrator to give them to someone else")
    take(window, "partner-leave-with-records")
    assert people.api.request("DELETE", record, token=ann.token).status == 200
    press(dialog, "Leave account")

    expect(window.page.get_by_text("You have left Northwind Traders.")).to_be_visible()
    expect_heading(window.page, "Users")
    expect(window.page).to_have_url(re.compile(f"/console/{bob.account_id}/users"))


@pytest.mark.parametrize("language", FOREIGN)
def test_the_dialog_speaks_the_language_of_the_administrator(people: People, window: Window, language: str) -> None:
    ann, say, page = people.an_account(name="Northwind Traders"), Words(language, of=CONSOLE), window.page
    assert people.api.request("PATCH", "/v1/me", {"locale": language}, token=ann.token).status == 200
    sign_in(window, ann.address)
    expect_heading(page, say("users", "title"))
    take(window, f"users-partner-button-{language}")
    _expect_no_overflow(window)
    _add_partner(window, say)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(say("invite", "partner", "lead"))
    address = field(dialog, say("invite", "partner", "id", product="Usher"))
    address.fill(an_address("stranger"))
    address.blur()
    expect(dialog).to_contain_text(say("invite", "partner", "notCertified"))
    take(window, f"partner-add-{language}")

    press(dialog, say("invite", "partner", "asUser"))

    expect(field(dialog, say("field", "firstName"))).to_be_visible()


def _add_partner(window: Window, say: Words = ENGLISH) -> None:
    """Opens the dialog: on a phone, the ways to invite are a menu."""
    if window.width == PHONE:
        press(window.page, say("users", "moreWays"))
        take(window, "users-more-ways")
        window.page.get_by_role("menuitem", name=say("users", "addPartner"), exact=True).click()
    else:
        press(window.page, say("users", "addPartner"))


def _certify(stack: LocalStack, window: Window, address: str) -> None:
    page, operator = window.page, stack.told["operator"]
    sign_in(window, operator["email"], operator["password"], path="/console/operator/accounts")
    page.get_by_role("navigation").get_by_role("link", name="Partners").click()
    expect_heading(page, "Partners")
    field(page, "Email").fill(address)
    press(page, "Look up")
    press(page, "Certify this partner")
    dialog = page.get_by_role("dialog")
    field(dialog, "First name").fill("Cleo")
    field(dialog, "Last name").fill("Coach")
    field(dialog, "Type of partner").select_option("Expert Coach")
    take(window, "operator-certify")
    press(dialog, "Certify")
    expect(page.get_by_text("Cleo Coach is certified.")).to_be_visible()
    take(window, "operator-partner")
    press(page, "Withdraw certification")
    expect(page.get_by_role("dialog")).to_be_visible()
    take(window, "operator-withdraw")
    press(page.get_by_role("dialog"), "Cancel")


def _leave(window: Window, account: str) -> None:
    page = window.page
    dialog = _open_leaving(window, account)
    take(window, "partner-leave")
    press(dialog, "Leave account")
    expect_heading(page, f"You have left {account}")
    take(window, "partner-left")


def _open_leaving(window: Window, account: str) -> Locator:
    page = window.page
    page.get_by_role("button", name=re.compile("^Your menu")).click()
    page.get_by_role("menuitem", name=f"Leave {account}", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def _expect_no_overflow(window: Window) -> None:
    """On the narrowest phones, too."""
    if window.width == PHONE:
        window.page.set_viewport_size({"width": NARROWEST, "height": 640})
        assert window.page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
        window.page.set_viewport_size({"width": PHONE, "height": 740})
