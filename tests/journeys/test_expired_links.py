"""The clock decides expiry: a link is dead at its minute, whether or not anything has been written yet."""

from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import People


def test_an_expired_link_refuses_at_once_and_the_list_shows_it(
    people: People, emulator: Emulator, mailbox: Mailbox
) -> None:
    ann = people.an_account()
    user = people.invited(ann)
    token = mailbox.token_for(user)

    emulator.let_time_pass(user, days=8)

    lee = people.a_user(ann)
    refused = [people.preview(token), people.accept(token), people.join(token, signed_in=lee.token)]
    assert [(answer.status, answer.code) for answer in refused[:2]] == [(410, "invitation_expired")] * 2
    assert refused[2].status in {409, 410}
    assert people.seen(user, by=ann)["status"] == "expired"
    [listed] = people.listed(ann, 1, search=user["email"])
    assert listed["status"] == "expired"
