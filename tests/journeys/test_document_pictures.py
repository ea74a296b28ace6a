"""The pictures in README.md and docs/integration.md: taken here, so that a page that has changed fails a test."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.factories import text_of
from tests.journeys.browser import DESK, PHONE, a_window
from tests.journeys.document_pictures import Place, keep, outdated, shot
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Member, People
from tests.journeys.screens import begin, expect_heading, open_users, press
from tests.journeys.stack import LocalStack

COLLEAGUES = (("Amara", "Okafor", False), ("Jonas", "Berg", True), ("Rosa", "Delgado", False))
PHONE_WIDTH = 350
LINK = re.compile(r"https?://[^\s\"<]+/invite#[^\s\"<]+")
INVITED = (("Lee", "Sherron"), ("Mei", "Tanaka"))


@pytest.fixture
def ada(people: People, stack: LocalStack) -> Member:
    """The administrator of the account that every stack starts with; they have saved a profile."""
    admin = stack.told["admin"]
    token = people.api.sign_in(admin["email"], admin["password"])["AccessToken"]
    saved = people.api.request("PATCH", "/v1/me/profile", {"time_zone": "Europe/Berlin"}, token=token)
    assert saved.status == 200, saved.text
    return Member(stack.told["account_id"], "", admin["email"], admin["password"], token)


def test_the_pictures_in_the_documents_show_the_pages_as_they_are(
    people: People, ada: Member, mailbox: Mailbox, stack: LocalStack, browser: Browser
) -> None:
    for first_name, last_name, is_admin in COLLEAGUES:
        address = f"{first_name.lower()}@example.org"
        people.a_user(ada, address, first_name=first_name, last_name=last_name, admin=is_admin)
    users = [
        people.invited(ada, f"{first_name.lower()}@example.org", first_name=first_name, last_name=last_name)
        for first_name, last_name in INVITED
    ]
    for user in users:
        people.wait_until_sent(user)

    with a_window(browser, width=PHONE, origin=stack.console_url) as phone:
        invitation = text_of(mailbox.invitation_of(users[0]), "html")
        phone.page.set_content(LINK.sub("https://console.example.com/invite#v1.ab123…", invitation))
        mail = shot(phone.page)
        phone.open_invitation(mailbox.token_for(users[0]))
        expect_heading(phone.page, "Create your Usher ID")
        form = shot(phone.page)
    with a_window(browser, width=DESK, origin=stack.console_url) as desk:
        # Within the minute after an invitation, however long the test takes.
        desk.page.clock.set_fixed_time(users[-1]["invitation"]["sent_at"])
        open_users(desk, ada.address, ada.password)
        listed = shot(desk.page)
        press(desk.page, "Invite user")
        expect(desk.page.get_by_role("dialog").get_by_label("Email")).to_be_focused()
        inviting = shot(desk.page)
        press(desk.page.get_by_role("dialog"), "Cancel")
        dialog = begin(desk.page, "Deactivate", name="Rosa Delgado")
        expect(dialog.get_by_role("button", name="Deactivate")).to_be_enabled()
        expect(dialog.get_by_role("status", name="Loading")).to_have_count(0)  # What they own has been read.
        deactivating = shot(desk.page)

    keep(
        browser,
        "usher",
        Place(listed, 50, 50, 1280),
        Place(form, 1160, 222, PHONE_WIDTH, is_phone=True),
        width=1560,
        height=1000,
    )
    keep(
        browser,
        "guide-accept",
        Place(mail, 60, 40, PHONE_WIDTH, is_phone=True),
        Place(form, 470, 40, PHONE_WIDTH, is_phone=True),
        width=880,
        height=820,
    )
    keep(browser, "guide-invite", Place(inviting, 40, 40, 960), width=1040, height=680)
    keep(browser, "guide-deactivate", Place(deactivating, 40, 40, 960), width=1040, height=680)
    assert outdated() == [], (
        "Pages have changed since their pictures in docs/ were taken: `make pictures` puts them there."
    )
