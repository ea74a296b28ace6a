"""A forgotten password: the link is asked for where people sign in, and comes by mail."""

import re

from playwright.sync_api import expect

from tests.factories import text_of
from tests.journeys.browser import Window
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, open_users, press

QUESTION = "First pet?"
NEW = "Trombone71"


def test_a_forgotten_password_is_replaced_by_link_and_answer(people: People, mailbox: Mailbox, window: Window) -> None:
    ann, page = people.an_account(), window.page
    window.open("/console/")
    page.get_by_role("link", name="Forgot your password?").click()
    expect_heading(page, "New password")
    take(window, "recovery-start")
    field(page, "Email").fill(f" {ann.address.upper()} ")
    press(page, "Send the link")
    expect(page.get_by_text("If this is the address of your Usher ID")).to_be_visible()

    page.goto(_link(mailbox, ann.address))
    expect(field(page, "Email")).to_have_value(ann.address)
    field(page, QUESTION).fill("Not Rex")
    field(page, "New password").fill(NEW)
    press(page, "Save the new password")
    expect(page.get_by_text("not the answer")).to_be_visible()
    take(window, "recovery-wrong-answer")
    field(page, QUESTION).fill("rex the THIRD ")
    press(page, "Save the new password")

    expect(page.get_by_text("Your password has been changed. Sign in with the new one.")).to_be_visible()
    assert people.api.get("/v1/me", token=ann.token).status == 401, "an older session goes on"
    assert mailbox.wait_for(ann.address, "was changed")
    open_users(window, ann.address, NEW)


def test_a_used_link_leads_to_a_new_one(people: People, mailbox: Mailbox, phone: Window) -> None:
    ann, page = people.an_account(), phone.page
    assert people.api.post("/v1/recovery/start", {"email": ann.address}).status == 202
    link = _link(mailbox, ann.address)
    done = {"token": link.partition("#")[2], "security_answer": "Rex the third", "password": NEW}
    page.goto(link)
    field(page, QUESTION).fill("Rex the third")
    field(page, "New password").fill(NEW)
    assert people.api.post("/v1/recovery/finish", done).status == 200

    press(page, "Save the new password")

    expect(page.get_by_role("alert")).to_contain_text("has expired, has been used")
    take(phone, "recovery-used-link")
    press(page, "Ask for a new link")
    expect(page.get_by_role("button", name="Send the link")).to_be_visible()


def _link(mailbox: Mailbox, address: str) -> str:
    found = re.search(r"http\S+/console/recovery#\S+", text_of(mailbox.wait_for(address, "new password")))
    assert found
    return found[0]
