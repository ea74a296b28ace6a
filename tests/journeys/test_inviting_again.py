"""Inviting someone again, at another address, or until a day."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from shared.domain.model.values import iso
from tests.journeys.awaiting import awaited
from tests.journeys.browser import Window
from tests.journeys.delivery_events import report_delivery
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Member, People, an_address
from tests.journeys.pictures import take
from tests.journeys.screens import begin, field, open_users, press, user_line
from tests.journeys.stack import LocalStack


def test_address_that_could_not_be_reached_is_corrected(
    people: People, emulator: Emulator, stack: LocalStack, mailbox: Mailbox, window: Window
) -> None:
    ann = people.an_account(name="Northwind Traders")
    wrong, right = an_address("nora"), an_address("nora")
    nora = people.invited(ann, wrong, first_name="Nora", last_name="Quist", message="See you on Monday")
    mailbox.invitation_of(nora)
    report_delivery(emulator, stack, nora, "Bounce")
    open_users(window, ann.address)

    dialog = begin(window.page, "Correct the address", name="Nora Quist")
    expect(dialog).to_contain_text(f"The invitation to {wrong} is revoked")
    expect(field(dialog, "First name")).to_have_value("Nora")
    expect(field(dialog, "Last name")).to_have_value("Quist")
    take(window, "correct-address")
    field(dialog, "Email").fill(right)
    press(dialog, "Send invitation")

    expect(user_line(window.page, "Nora Quist")).to_contain_text("Invited")
    awaited(lambda: people.seen(nora, by=ann)["status"] == "removed", what="the end of the first invitation")
    [corrected] = people.listed(ann, 1, email=right)
    assert (corrected["status"], corrected["groups"]) == ("invited", nora["groups"])
    assert mailbox.wait_for(right)
    assert people.seats_used(ann) == 2


def test_who_declined_is_invited_again_with_what_is_known(
    people: People, emulator: Emulator, mailbox: Mailbox, ann: Member, window: Window
) -> None:
    olaf = people.invited(ann, an_address("olaf"), first_name="Olaf", last_name="Berg")
    mailbox.invitation_of(olaf)
    assert people.decline(emulator.sign(olaf)).status == 200
    emulator.let_time_pass(olaf, minutes=2)
    people.listed(ann, 1, status="declined")
    open_users(window, ann.address, path=f"/console/{ann.account_id}/users?status=declined")

    dialog = begin(window.page, "Invite again", name="Olaf Berg")
    expect(field(dialog, "First name")).to_have_value("Olaf")
    expect(field(dialog, "Email")).to_have_value(olaf["email"])
    take(window, "invite-again")
    press(dialog, "Send invitation")
    expect(dialog).to_be_hidden()

    again = people.seen(olaf, by=ann)
    assert (again["status"], again["invitation"]["generation"]) == ("invited", 2)


def test_access_that_is_to_end_is_entered_in_the_administrators_time(
    people: People, ann: Member, window: Window
) -> None:
    page, address = window.page, an_address("tess")
    past, end = datetime.now(UTC) - timedelta(days=1), (datetime.now(UTC) + timedelta(days=40)).replace(second=0)
    open_users(window, ann.address)
    press(page, "Invite user")
    dialog = page.get_by_role("dialog")
    field(dialog, "First name").fill("Tess")
    field(dialog, "Last name").fill("Temp")
    field(dialog, "Email").fill(address)
    press(dialog, "More options")
    expect(dialog.get_by_text("In your time zone, Europe/Berlin")).to_be_visible()
    field(dialog, "Access ends (optional)").fill(_entered(window, past))
    press(dialog, "Send invitation")
    expect(field(dialog, "Access ends (optional)")).to_have_accessible_description(
        "Enter a date and time in the future. In your time zone, Europe/Berlin."
        " Leave this empty if access should not end."
    )
    take(window, "invite-access-in-the-past")

    field(dialog, "Access ends (optional)").fill(_entered(window, end))
    press(dialog, "Send invitation")
    expect(dialog).to_be_hidden()

    [tess] = people.listed(ann, 1, email=address)
    assert tess["access_until"] == iso(end.replace(microsecond=0))
    expect(user_line(page, "Tess Temp")).to_contain_text("Invited")


def _entered(window: Window, moment: datetime) -> str:
    """A moment as the browser's field for date and time takes it, in the browser's time zone."""
    shown = window.page.evaluate("at => new Date(at).toLocaleString('sv-SE')", iso(moment.replace(microsecond=0)))
    return str(shown)[:16].replace(" ", "T")
