"""The page of one user, to which mails and the list lead: who they are, how they stand, what has happened."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.browser import Window
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Member, People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, open_user, open_users, press, sign_in, user_line

PHONE_NUMBER = {"country_code": "+44", "number": "2079460000"}


def test_an_invitation_tells_everything_about_itself(
    people: People, emulator: Emulator, ann: Member, window: Window
) -> None:
    lee = people.invited(ann, phone=PHONE_NUMBER)
    people.wait_until_sent(lee)
    emulator.let_time_pass(lee, minutes=90)
    page = window.page

    open_user(window, ann.address, _path(lee))

    expect_heading(page, "Lee Sherron")
    invitation, details = (page.get_by_role("region", name=name) for name in ("Invitation", "Details"))
    expect(invitation).to_contain_text("Invited byAnn Admin")
    expect(invitation).to_contain_text(re.compile(r"Delivery(Sent|Delivered)"))
    expect(invitation).to_contain_text("(in 7 days)")
    expect(invitation).to_contain_text("Emails sent1")
    expect(details).to_contain_text(lee["email"])
    expect(details).to_contain_text("+44 2079460000")
    expect(details).to_contain_text("Everyone")
    expect(page.get_by_role("region", name="History")).to_contain_text(re.compile(r"Invited.*by Ann Admin"))
    assert page.title() == "Lee Sherron · Northwind Traders"
    take(window, "user-invited")


def test_the_same_is_done_here_as_in_the_list(
    people: People, emulator: Emulator, mailbox: Mailbox, ann: Member, window: Window
) -> None:
    lee = people.invited(ann)
    old = mailbox.token_for(lee)
    emulator.let_time_pass(lee, days=8)
    page = window.page
    open_user(window, ann.address, _path(lee))
    history = page.get_by_role("region", name="History")
    expect(page.get_by_role("main").get_by_text("Expired", exact=True).first).to_be_visible()
    take(window, "user-expired")

    press(page, "Resend Lee Sherron’s invitation")

    expect(page.get_by_role("region", name="Invitation")).to_contain_text("2nd (earlier links no longer work)")
    expect(history).to_contain_text("Invitation resent")
    assert people.preview(old).code == "invitation_replaced"
    press(page, "Revoke")
    press(page.get_by_role("dialog"), "Revoke")
    expect(page.get_by_role("main").get_by_text("Revoked", exact=True)).to_be_visible()
    expect(history).to_contain_text("Invitation revoked")
    expect(page.get_by_role("heading", name="Lee Sherron")).to_be_focused()
    expect(page.get_by_role("button", name="Revoke")).to_be_hidden()
    take(window, "user-revoked")


def test_a_life_in_the_account_is_told_from_its_end(people: People, ann: Member, window: Window) -> None:
    bea = people.a_user(ann, admin=True, first_name="Bea", last_name="Boss")
    lee = people.a_user(bea)
    people.deactivate(lee, by=ann)
    people.api.post(ann.path(f"/users/{lee.user_id}/reactivate"), {}, token=ann.token)
    page = window.page

    open_user(window, ann.address, f"/console/{lee.account_id}/users/{lee.user_id}")

    entries = page.get_by_role("region", name="History").get_by_role("listitem")
    expect(entries).to_contain_text(
        ["Reactivatedby Ann Admin", "Deactivatedby Ann Admin", "Joinedby Lee Sherron", "Invited"]
    )
    expect(entries.last).to_contain_text("by Bea Boss")
    expect(page.get_by_role("region", name="Invitation")).to_be_hidden()
    take(window, "user-active")
    entries.last.get_by_role("link", name="Bea Boss").click()
    expect_heading(page, "Bea Boss")


def test_who_was_removed_is_still_found(people: People, ann: Member, window: Window) -> None:
    lee = people.a_user(ann)
    removed = people.api.post(ann.path(f"/users/{lee.user_id}/remove"), {}, token=ann.token)
    assert removed.status == 200, removed.text

    open_user(window, ann.address, f"/console/{lee.account_id}/users/{lee.user_id}")

    expect(window.page.get_by_role("main").get_by_text("Removed", exact=True).first).to_be_visible()
    expect(window.page.get_by_role("region", name="History")).to_contain_text("Removedby Ann Admin")
    expect(_actions(window)).to_have_text(["Invite again"])


def test_the_way_back_leads_to_the_list_as_it_was(people: People, ann: Member, window: Window) -> None:
    people.invited(ann, first_name="Ida", last_name="Invited")
    people.invited(ann)
    page = window.page
    open_users(window, ann.address, path=f"/console/{ann.account_id}/users?status=invited&sort=-name")
    field(page, "Search").fill("ida")
    expect(user_line(page, "Lee Sherron")).to_be_hidden()

    page.get_by_role("link", name="Ida Invited").click()
    expect_heading(page, "Ida Invited")
    expect(page.get_by_role("heading", name="Ida Invited")).to_be_focused()
    page.reload()
    expect_heading(page, "Ida Invited")
    page.get_by_role("main").get_by_role("link", name="Users").click()

    expect_heading(page, "Users")
    assert page.url.endswith("?status=invited&search=ida&sort=-name")
    expect(field(page, "Search")).to_have_value("ida")
    expect(user_line(page, "Lee Sherron")).to_be_hidden()
    page.go_back()
    expect_heading(page, "Ida Invited")


def test_an_operators_invitation_says_so(people: People, ann: Member, window: Window) -> None:
    body = {"first_name": "Oda", "last_name": "Helped", "email": "oda-" + ann.address}
    path = f"/v1/operator/accounts/{ann.account_id}/administrators"
    oda = people.api.post(path, body, token=people.operator_token()).body

    open_user(window, ann.address, _path(oda))

    expect(window.page.get_by_role("region", name="Invitation")).to_contain_text("Invited byUsher support")
    expect(window.page.get_by_role("region", name="History")).to_contain_text("by Usher support")
    expect(window.page.get_by_role("region", name="History")).to_contain_text("Invited as an administrator")


def test_a_long_history_is_shown_on_demand(people: People, ann: Member, window: Window) -> None:
    lee = people.invited(ann)
    path = ann.path(f"/users/{lee['user_id']}")
    for number in range(22):
        change = {"reference": f"crm-{number}"}
        assert people.api.request("PATCH", path, change, token=ann.token).status == 200
    open_user(window, ann.address, _path(lee))
    entries = window.page.get_by_role("region", name="History").get_by_role("listitem")
    expect(entries).to_have_count(20)

    press(window.page, "Show more")

    expect(entries.last).to_contain_text("Invited")
    expect(window.page.get_by_role("button", name="Show more")).to_be_hidden()


def test_who_may_not_read_the_journal_sees_no_history_and_no_buttons(
    people: People, ann: Member, window: Window
) -> None:
    lee = people.a_user(ann)
    ida = people.invited(ann, first_name="Ida", last_name="Invited")

    open_user(window, lee.address, _path(ida))

    expect(window.page.get_by_role("region", name="Details")).to_be_visible()
    expect(window.page.get_by_role("region", name="History")).to_be_hidden()
    expect(_actions(window)).to_have_count(0)
    take(window, "user-seen-by-a-user")
    # The first page requests everything before the permissions are known; later ones leave out what these deny.
    window.requests.clear()
    window.page.get_by_role("main").get_by_role("link", name="Users").click()
    window.page.get_by_role("link", name="Ann Admin").click()
    expect_heading(window.page, "Ann Admin")
    assert not [request for request in window.requests if "/journal" in request.url]


def test_an_address_of_nobody_leads_back_to_the_list(ann: Member, window: Window) -> None:
    sign_in(window, ann.address, path=f"/console/{ann.account_id}/users/{'a' * 26}")

    expect_heading(window.page, "User not found")
    take(window, "user-unknown")
    window.page.get_by_role("main").get_by_role("link", name="Users").click()
    expect_heading(window.page, "Users")


def test_a_page_that_cannot_be_loaded_says_so_and_tries_again(people: People, ann: Member, window: Window) -> None:
    people.invited(ann)
    page = window.page
    page.route("**/assets/user-page-*.js", lambda route: route.abort())
    open_users(window, ann.address)

    page.get_by_role("link", name="Lee Sherron").click()
    expect_heading(page, "This could not be loaded")
    page.unroute_all()
    press(page, "Try again")

    expect_heading(page, "Lee Sherron")
    assert all("dynamically imported module" in complaint for complaint in window.complaints)
    window.complaints.clear()


def _path(user: dict[str, str]) -> str:
    return f"/console/{user['account_id']}/users/{user['user_id']}"


def _actions(window: Window) -> Locator:
    """Return the buttons of the page but those that copy address and id."""
    return window.page.get_by_role("main").get_by_role("button", name=re.compile("^(?!Copy )"))
