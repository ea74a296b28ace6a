"""The pages of the host product's staff."""

from playwright.sync_api import expect

from tests.factories import text_of
from tests.journeys.browser import Window
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Member, People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, press, sign_in
from tests.journeys.stack import LocalStack


def test_an_account_is_found_suspended_and_resumed(
    people: People, stack: LocalStack, ann: Member, window: Window
) -> None:
    page = window.page
    _sign_in(stack, window)
    expect_heading(page, "Accounts")
    take(window, "operator-accounts")
    field(page, "Search").fill(ann.account_id)
    expect(page.get_by_role("main").get_by_role("link")).to_have_count(1)
    page.get_by_role("link", name="Northwind Traders").click()
    expect_heading(page, "Northwind Traders")
    take(window, "operator-account")

    press(page, "Suspend")
    press(page.get_by_role("dialog"), "Suspend")
    expect(page.get_by_text("Northwind Traders is suspended.")).to_be_visible()
    assert people.api.get(ann.path("/access"), token=ann.token).status == 403
    press(page, "Resume")
    press(page.get_by_role("dialog"), "Resume")

    expect(page.get_by_text("Northwind Traders has been resumed.")).to_be_visible()
    assert people.api.get(ann.path("/access"), token=ann.token).status == 200


def test_a_further_administrator_is_invited(people: People, stack: LocalStack, ann: Member, window: Window) -> None:
    page = window.page
    _sign_in(stack, window, path=f"/console/operator/accounts/{ann.account_id}")
    press(page, "Invite an administrator")
    dialog = page.get_by_role("dialog")
    take(window, "operator-invite-administrator")
    field(dialog, "First name").fill("Kim")
    field(dialog, "Last name").fill("Berg")
    field(dialog, "Email").fill(ann.address)
    press(dialog, "Send invitation")
    expect(dialog.get_by_text("This email address already belongs to an active user")).to_be_visible()

    field(dialog, "Email").fill(f"kim.{ann.account_id}@example.org")
    press(dialog, "Send invitation")

    expect(page.get_by_text(f"An invitation is on its way to kim.{ann.account_id}@example.org.")).to_be_visible()
    users = people.api.get(ann.path("/users"), token=ann.token, status="invited").body["data"]
    assert [(user["first_name"], user["admin"]) for user in users] == [("Kim", True)]


def test_someone_who_forgot_the_security_answer_gets_a_link(
    mailbox: Mailbox, stack: LocalStack, ann: Member, window: Window
) -> None:
    page = window.page
    _sign_in(stack, window, path="/console/operator/ids")
    field(page, "Email address of the Usher ID").fill(ann.address)
    press(page, "Send link")
    take(window, "operator-recovery")
    press(page.get_by_role("dialog"), "Send link")

    expect(page.get_by_role("status").filter(has_text="A password reset link is on its way")).to_be_visible()
    assert "security question" in text_of(mailbox.wait_for(ann.address, "new password"))


def test_an_id_is_blocked_and_unblocked(people: People, stack: LocalStack, ann: Member, window: Window) -> None:
    page = window.page
    _sign_in(stack, window)
    page.get_by_role("navigation").get_by_role("link", name="IDs").click()
    field(page, "Email").fill(ann.address)
    press(page, "Block ID")
    take(window, "operator-block-id")
    press(page.get_by_role("dialog"), "Block ID")
    expect(page.get_by_role("status").filter(has_text="is blocked")).to_be_visible()
    assert people.api.get("/v1/me", token=ann.token).status == 401
    assert people.api.try_sign_in(ann.address, ann.password).status == 400

    press(page, "Unblock ID")

    expect(page.get_by_role("status").filter(has_text="is active")).to_be_visible()
    assert people.api.try_sign_in(ann.address, ann.password).status == 200


def test_requests_for_seats_are_approved_and_denied(
    people: People, stack: LocalStack, ann: Member, window: Window
) -> None:
    for quantity, reason in ((2, "Two colleagues who help us with the move in spring"), (7, "A whole new office")):
        body = {"kind": "complimentary", "quantity": quantity, "reason": reason}
        asked = people.api.post(ann.path("/seats/requests"), body, token=ann.token)
        assert asked.status == 201, asked.text
    page = window.page
    _sign_in(stack, window, path=f"/console/operator/accounts/{ann.account_id}")
    waiting = page.get_by_role("list", name="Requests for seats").get_by_role("listitem")
    expect(waiting).to_have_count(2)
    take(window, "operator-seat-requests")

    press(page, "Approve: 2 complimentary seats")
    expect(page.get_by_text("Approved. The seats are available now")).to_be_visible()
    expect(waiting).to_have_count(1)
    page.get_by_role("navigation").get_by_role("link", name="Seat requests").click()
    expect_heading(page, "Seat requests")
    of_ann = waiting.filter(has_text=f"App ID {ann.account_id}")
    expect(of_ann).to_contain_text("A whole new office")
    take(window, "operator-waiting-requests")
    press(of_ann, f"Deny: 7 complimentary seats, Northwind Traders, App ID {ann.account_id}")

    expect(of_ann).to_have_count(0)
    assert people.api.get(ann.path(), token=ann.token).body["seats"]["limit"] == 12


def test_a_person_is_erased(people: People, stack: LocalStack, ann: Member, window: Window) -> None:
    lee = people.a_user(ann)
    page = window.page
    _sign_in(stack, window)
    page.get_by_role("navigation").get_by_role("link", name="IDs").click()
    field(page, "Address of the person").fill(lee.address)
    press(page, "Erase data")
    dialog = page.get_by_role("dialog")
    field(dialog, f"Type {lee.address} to confirm").fill(lee.address)
    take(window, "operator-erase-person")
    press(dialog, "Erase data")

    expect(page.get_by_role("status").filter(has_text="has been erased")).to_be_visible()
    assert people.api.get("/v1/me", token=lee.token).status == 401
    assert people.api.try_sign_in(lee.address, lee.password).status == 400


def test_nobody_else_has_these_pages(ann: Member, desk: Window) -> None:
    sign_in(desk, ann.address, path="/console/operator/accounts")

    expect_heading(desk.page, "Page not found")


def _sign_in(stack: LocalStack, window: Window, *, path: str = "/console/operator/accounts") -> None:
    operator = stack.told["operator"]
    sign_in(window, operator["email"], operator["password"], path=path)
