"""From the administrator's invitation to a new person at work, as both of them see it."""

from playwright.sync_api import Browser, Page, expect

from tests.factories import PASSWORD, text_of
from tests.journeys.browser import Window, a_window
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Member, People, an_address
from tests.journeys.pictures import take
from tests.journeys.screens import (
    accept_terms,
    expect_heading,
    field,
    fill_in,
    open_users,
    press,
    skip_profile,
    user_line,
)


def test_someone_is_invited_creates_an_id_and_is_in(
    people: People, mailbox: Mailbox, browser: Browser, window: Window
) -> None:
    ann, address = people.an_account(), an_address()

    open_users(window, ann.address)
    _invite(window, address)
    token = mailbox.token_for(_listed(people, ann, address))
    with a_window(browser, width=window.width, origin=window.origin) as theirs:
        theirs.open_invitation(token)
        _create_an_id(theirs, inviter="Ann Admin", address=address)
        press_link(theirs.page, f"Go to Company {ann.account_id}")
        skip_profile(theirs.page)
        expect_heading(theirs.page, "Users")
        expect(theirs.page.get_by_role("button", name="Invite user")).to_be_hidden()
        expect(user_line(theirs.page, "Ann Admin")).to_be_visible()
        take(theirs, "users-seen-by-a-user")

    window.page.reload()
    expect(user_line(window.page, "Leonie Sherron")).to_contain_text("Active")
    take(window, "users-after-joining")
    assert ann.account_id in text_of(mailbox.wait_for(address, "account information"))
    assert "Leonie Sherron" in text_of(mailbox.wait_for(ann.address, "has joined"))


def test_the_form_can_be_filled_in_without_a_mouse(people: People, emulator: Emulator, desk: Window) -> None:
    user = people.invited(people.an_account())
    page = desk.page
    desk.open_invitation(emulator.sign(user))
    expect_heading(page, "Create your Usher ID")

    _tab_to(page, "Last name")
    page.keyboard.type("Sherron")
    _tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    _tab_to(page, "Show")
    page.keyboard.press("Space")
    expect(field(page, "Password")).to_have_attribute("type", "text")
    _tab_to(page, "Security question")
    page.keyboard.type("In which")
    _tab_to(page, "Security answer")
    page.keyboard.type("Rex")
    _tab_to(page, "Read the terms")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    _tab_to(page, "I accept")
    page.keyboard.press("Enter")
    _tab_to(page, "Save & continue")
    page.keyboard.press("Enter")

    expect_heading(page, "You are in")
    assert people.api.try_sign_in(user["email"], PASSWORD).status == 200


def test_the_checklist_follows_the_typing(people: People, emulator: Emulator, window: Window) -> None:
    user = people.invited(people.an_account())
    window.open_invitation(emulator.sign(user))
    rules = window.page.get_by_role("listitem")

    expect(rules.filter(has_text="still missing")).to_have_count(4)
    for typed, missing in (("a", 3), ("aB", 2), ("aB3", 1), ("aB34567", 0), ("aB3", 1), (" aB34567", 1)):
        field(window.page, "Password").fill(typed)
        expect(rules.filter(has_text="still missing")).to_have_count(missing)

    take(window, "invite-checklist")


def test_what_is_missing_is_said_where_it_is_missing(people: People, emulator: Emulator, window: Window) -> None:
    user = people.invited(people.an_account())
    window.open_invitation(emulator.sign(user))
    expect_heading(window.page, "Create your Usher ID")
    field(window.page, "First name").fill("")
    field(window.page, "Last name").fill("")

    press(window.page, "Save & continue")

    expect(window.page.get_by_role("alert")).to_contain_text("Please check the fields marked in red.")
    expect(field(window.page, "First name")).to_be_focused()
    expect(field(window.page, "Last name")).to_have_accessible_description("Please fill this in.")
    take(window, "invite-incomplete")
    assert people.preview(emulator.sign(user)).status == 200


def test_an_account_that_asks_for_no_last_name_asks_for_none_here(
    people: People, emulator: Emulator, window: Window
) -> None:
    ann = people.an_account()
    people.api.request("PATCH", ann.path("/settings"), {"invite_profile": "simple"}, token=ann.token)
    user = people.invited(ann, last_name=None)
    page = window.page
    window.open_invitation(emulator.sign(user))
    expect(field(page, "Last name (optional)")).to_have_value("")
    field(page, "Password").fill(PASSWORD)
    field(page, "Security question").select_option(index=1)
    field(page, "Security answer").fill("Rex")
    accept_terms(page)

    press(page, "Save & continue")

    expect_heading(page, "You are in")


def _invite(window: Window, address: str) -> None:
    page = window.page
    press(page, "Invite user")
    dialog = page.get_by_role("dialog")
    take(window, "invite-dialog-empty")
    field(dialog, "First name").fill("Lee")
    field(dialog, "Last name").fill("Sherron")
    field(dialog, "Email").fill(address)
    dialog.get_by_role("textbox", name="Groups").or_(dialog.get_by_role("combobox", name="Groups")).first.click()
    page.get_by_role("listbox").get_by_role("option", name="Everyone").click()
    page.keyboard.press("Escape")
    press(dialog, "More options")
    field(dialog, "Message").fill("Welcome, Lee!")
    take(window, "invite-dialog-filled")
    press(dialog, "Send invitation")
    expect(dialog).to_be_hidden()
    expect(user_line(page, "Lee Sherron")).to_contain_text("Invited")
    take(window, "users-after-inviting")


def _create_an_id(window: Window, *, inviter: str, address: str) -> None:
    page = window.page
    expect(page.get_by_text(f"{inviter} has invited you to")).to_be_visible()
    expect(field(page, "First name")).to_have_value("Lee")
    expect(field(page, "Last name")).to_have_value("Sherron")
    expect(field(page, "Email")).to_have_value(address)
    expect(field(page, "Email")).not_to_be_editable()
    take(window, "invite-create")
    field(page, "First name").fill("Leonie")
    press(page, "Read the terms")
    expect(page.get_by_role("dialog")).to_contain_text("1.")
    take(window, "invite-terms")
    press(page.get_by_role("dialog"), "Close")
    fill_in(page)
    press(page, "Show")
    take(window, "invite-filled")
    press(page, "Save & continue")
    expect_heading(page, "You are in")
    take(window, "invite-joined")


def _listed(people: People, by: Member, address: str) -> dict[str, object]:
    [user] = people.listed(by, 1, search=address)
    return user


def _tab_to(page: Page, label: str) -> None:
    """Presses Tab until what bears this name has the focus."""
    wanted = page.get_by_label(label, exact=True).or_(page.get_by_role("button", name=label, exact=True)).first
    for _ in range(40):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {label}")


def press_link(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()
