"""What the schedules of every minute do, begun with the stack and looked at last."""

from tests.journeys.awaiting import NEXT_MINUTE_SECONDS, awaited
from tests.journeys.browser import Window
from tests.journeys.conftest import Waiting
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import People
from tests.journeys.pictures import take_mail


def test_the_sweep_writes_what_the_clock_has_decided(
    waiting: Waiting, people: People, emulator: Emulator, mailbox: Mailbox
) -> None:
    user = waiting.expired

    awaited(lambda: emulator.user(user)["status"] == "expired", what="the expiry sweep", seconds=NEXT_MINUTE_SECONDS)

    ann = people.signed_in_again(waiting.account)
    assert people.seen(user, by=ann)["status"] == "expired"
    assert people.seats_used(ann) == waiting.seats - 1
    assert people.journal(ann, user) == ["invitation.expired", "user.invited"]
    mail = mailbox.wait_for(ann.address, "Exa Pired’s invitation")
    assert mail["Subject"].endswith("has expired")
    counts = people.api.get(ann.path(), token=ann.token).body["counts"]
    assert (counts["expired"], counts["invited"]) == (1, 1)


def test_the_sweep_delivers_what_the_stream_dropped(waiting: Waiting, emulator: Emulator, mailbox: Mailbox) -> None:
    user = waiting.unsent

    awaited(
        lambda: [mail["state"] for mail in emulator.mails(user, "invitation")] == ["sent"],
        what="the rescue sweep",
        seconds=NEXT_MINUTE_SECONDS,
    )

    awaited(lambda: len(mailbox.mails_to(user["email"])) > 1, what="the same mail once more")
    assert len({str(mail["X-Entity-Ref-ID"]) for mail in mailbox.mails_to(user["email"])}) == 1


def test_the_mail_about_an_expiry_is_fit_to_be_seen(waiting: Waiting, mailbox: Mailbox, window: Window) -> None:
    mail = mailbox.wait_for(waiting.account.address, "has expired", seconds=NEXT_MINUTE_SECONDS)

    take_mail(window, mail, "expired")
