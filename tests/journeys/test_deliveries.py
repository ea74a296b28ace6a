"""What SES tells of a mail reaches the administrator; the emulator tells nothing, so these events are recorded ones."""

from playwright.sync_api import expect

from tests.factories import text_of
from tests.journeys.browser import Window
from tests.journeys.delivery_events import report_delivery
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import People
from tests.journeys.pictures import take
from tests.journeys.screens import open_users, user_line
from tests.journeys.stack import LocalStack


def test_a_mail_that_came_back_is_shown_and_told_and_the_seat_stays(
    people: People, emulator: Emulator, stack: LocalStack, mailbox: Mailbox, window: Window
) -> None:
    ann = people.an_account(name="Northwind Traders")
    lee = people.invited(ann, first_name="Lee", last_name="Sherron")
    mailbox.invitation_of(lee)

    report_delivery(emulator, stack, lee, "Bounce")

    mail = mailbox.wait_for(ann.address, "couldn’t deliver")
    assert lee["email"] in text_of(mail)
    assert emulator.user(lee)["holds_seat"] is True
    open_users(window, ann.address)
    expect(user_line(window.page, "Lee Sherron")).to_contain_text("Could not be delivered (bounced)")
    take(window, "users-bounced")


def test_someone_who_complains_gets_no_more_mail(
    people: People, emulator: Emulator, stack: LocalStack, mailbox: Mailbox
) -> None:
    ann, zoe = people.an_account(), people.an_account()
    lee = people.invited(ann)
    mailbox.invitation_of(lee)

    report_delivery(emulator, stack, lee, "Complaint")
    again = people.invited(zoe, lee["email"])

    assert again["invitation"]["delivery"] == "failed"
    assert emulator.user(again)["invitation"]["delivery"] == "failed"
    assert len(mailbox.mails_to(lee["email"])) == 1
