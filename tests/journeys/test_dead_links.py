"""The invite page says in words why a link does not open, and what to do next."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Window
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Member, People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, fill_in, press


class Teller:
    """Tells how links die; each story returns the token of a dead one."""

    def __init__(self, people: People, emulator: Emulator, mailbox: Mailbox, ann: Member) -> None:
        self.people, self.emulator, self.mailbox, self.ann = people, emulator, mailbox, ann

    def forged(self) -> str:
        token = self.emulator.sign(self.people.invited(self.ann))
        return token[:-5] + "AAAAA"

    def cut_off(self) -> str:
        return self.emulator.sign(self.people.invited(self.ann))[:60]

    def empty(self) -> str:
        return ""

    def expired(self) -> str:
        user = self.people.invited(self.ann)
        self.emulator.let_time_pass(user, days=8)
        return self.emulator.sign(user)

    def replaced(self) -> str:
        body = {"first_name": "Rea", "last_name": "Placed", "email": self.people.invited(self.ann)["email"]}
        path = f"/v1/operator{self.ann.path('/administrators').removeprefix('/v1')}"
        answer = self.people.api.post(path, body, token=self.people.operator_token())
        assert answer.status == 201, answer.text
        return self.emulator.sign(answer.body, generation=1)

    def revoked(self) -> str:
        bea = self.people.a_user(self.ann, admin=True, first_name="Bea", last_name="Boss")
        user = self.people.invited(bea)
        self.people.deactivate(bea, by=self.ann)
        return self.emulator.sign(user)

    def declined(self) -> str:
        user = self.people.invited(self.ann)
        self.emulator.change_user(user, status="declined")
        return self.emulator.sign(user)

    def accepted(self) -> str:
        user = self.people.invited(self.ann)
        self.people.joined(user)
        return self.emulator.sign(user)


STORIES: dict[str, tuple[Callable[[Teller], str], str]] = {
    "forged": (Teller.forged, "This link is not complete"),
    "cut-off": (Teller.cut_off, "This link is not complete"),
    "empty": (Teller.empty, "This link is not complete"),
    "expired": (Teller.expired, "This invitation has expired"),
    "replaced": (Teller.replaced, "There is a newer invitation"),
    "revoked": (Teller.revoked, "This invitation was withdrawn"),
    "declined": (Teller.declined, "This invitation was declined"),
    "accepted": (Teller.accepted, "You have already joined"),
}


@pytest.fixture
def teller(people: People, emulator: Emulator, mailbox: Mailbox) -> Teller:
    return Teller(people, emulator, mailbox, people.an_account())


@pytest.mark.parametrize("story", STORIES)
def test_a_dead_link_says_why(teller: Teller, window: Window, story: str) -> None:
    tell, title = STORIES[story]

    window.open_invitation(tell(teller))

    expect_heading(window.page, title)
    take(window, f"invite-link-{story}")


def test_who_has_joined_already_is_shown_the_way_in(teller: Teller, phone: Window) -> None:
    phone.open_invitation(teller.accepted())

    phone.page.get_by_role("link", name="Sign in", exact=True).click()

    expect_heading(phone.page, "Sign in")


def test_a_link_that_dies_while_the_form_is_filled_in_says_so(
    people: People, emulator: Emulator, window: Window
) -> None:
    user = people.invited(people.an_account())
    window.open_invitation(emulator.sign(user))
    fill_in(window.page)
    emulator.let_time_pass(user, days=8)

    press(window.page, "Save & continue")

    expect_heading(window.page, "This invitation has expired")
    expect(window.page.get_by_role("button", name="Save & continue")).to_be_hidden()
