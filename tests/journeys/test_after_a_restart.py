"""The stack is stopped and started again: what was stored is kept, and what it does by itself goes on."""

from tests.factories import PASSWORD
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import People
from tests.journeys.stack import LocalStack


def test_everything_is_there_and_goes_on(people: People, mailbox: Mailbox, stack: LocalStack) -> None:
    ann = people.an_account()
    user = people.invited(ann)
    token = mailbox.token_for(user)

    stack.stop()
    stack.start()

    assert people.seen(user, by=ann)["status"] == "invited"
    assert people.joined(user, token=token).address == user["email"]
    assert people.api.try_sign_in(ann.address, PASSWORD).status == 200
    assert mailbox.mails_to(user["email"])
    later = people.invited(ann)
    assert mailbox.token_for(later)
