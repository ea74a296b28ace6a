"""Every command as its caller gives it, and gives it again when no answer came: the same key, the same body."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from shared.adapters.user_pool import open_user_pool
from shared.domain.invitations import VALID_FOR
from shared.domain.links import Channel
from shared.domain.mails import GRACE
from shared.tables import DIRECTORY, IDENTITIES, JOURNAL, MAIL
from tests import world
from tests.calls import Answer, call, wake
from tests.logos import a_png, served, stored_profile, uploaded
from tests.people import (
    ACCEPT,
    ACCESS,
    ACCOUNT,
    ADMINISTRATORS,
    DEACTIVATE,
    EDIT_ME,
    INVITE,
    JOIN,
    LOGO,
    OPEN_ACCOUNT,
    PASSWORD,
    PREVIEW,
    PROFILE,
    TERMS,
    a_user,
    acceptance,
    accepted,
    an_account,
    an_operator,
    deliver_queued,
    invited,
    news_of,
    signed_in,
    stream_of,
    token_for,
)
from tests.proofs import moments, outbox
from tests.proofs.declining import decline
from tests.proofs.snapshots import rows, sign_ins

OTHER = "cd456"
LEE = "lee@example.org"
KEYED = {"idempotency-key": "one-and-the-same"}
BODY = {"first_name": "Lee", "last_name": "Sherron", "email": LEE, "groups": ["everyone"]}


@dataclass(frozen=True)
class Command:
    """`status` is the answer of a success; `assert_effect` holds once it was given, however often."""

    give: Callable[[], Answer]
    status: int
    assert_effect: Callable[[], None]


def user_of(address: str, account_id: str = ACCOUNT) -> dict[str, Any]:
    """One user as stored."""
    [found] = [row for row in rows(DIRECTORY) if row.get("email") == address and row["pk"] == account_id]
    return found


def assert_user(address: str, status: str, *entries: str, account_id: str = ACCOUNT, generation: int = 1) -> None:
    """Where a user stands, and all that the journal says of them."""
    user = user_of(address, account_id)
    assert (user["status"], user["invitation"]["generation"]) == (status, generation)
    told = [row["type"] for row in rows(JOURNAL) if row.get("user_id") == user["user_id"]]
    assert sorted(told) == sorted(entries)


def assert_signs_in(address: str, password: str, *, proven: bool = True) -> None:
    """The password is the person's, and the ID is as proven as it should be."""
    [identity] = [row for row in rows(IDENTITIES) if row["address"] == address]
    assert identity["proven"] is proven
    assert open_user_pool().sign_in(address, password), "the password does not sign in"


def woken(name: str, event: dict[str, Any] | None = None) -> Answer:
    """A run that nobody waits for: 200 if all of it went well."""
    try:
        failures = (wake(name, event) or {}).get("batchItemFailures")
    except Exception as error:  # noqa: BLE001 (Lambda's part: the run has failed)
        return Answer(500, {}, type(error).__name__)
    return Answer(500 if failures else 200, {}, "")


def invite() -> Command:
    ann = an_account()
    body = BODY | {"notify": ["boss@example.org"]}
    return Command(
        lambda: call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body, headers=KEYED),
        201,
        lambda: _assert_invited(notified=1),
    )


def _assert_invited(*, notified: int) -> None:
    assert_user(LEE, "invited", "user.invited")
    assert sum(mail["kind"] == "notify" for mail in rows(MAIL)) == notified


def invite_after_declining() -> Command:
    ann = an_account()
    decline(invited(ann))
    return Command(
        lambda: call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=BODY, headers=KEYED),
        201,
        lambda: assert_user(LEE, "invited", "user.invited", "invitation.declined", "user.invited", generation=2),
    )


def open_account() -> Command:
    admin = {"first_name": "Ann", "last_name": "Admin", "email": "ann@example.org"}
    body = {"account_id": ACCOUNT, "name": "Acme", "seats": 3, "admin": admin}
    operator = an_operator()
    return Command(
        lambda: call(OPEN_ACCOUNT, caller=operator, body=body, headers=KEYED),
        201,
        lambda: assert_user("ann@example.org", "invited", "user.invited"),
    )


def invite_administrator_anew() -> Command:
    opened = open_account()
    opened.give()
    body = {"first_name": "Ann", "last_name": "Admin", "email": "ann@example.org"}
    operator = an_operator()
    return Command(
        lambda: call(ADMINISTRATORS, caller=operator, account_id=ACCOUNT, body=body, headers=KEYED),
        201,
        lambda: assert_user("ann@example.org", "invited", "user.invited", "invitation.resent", generation=2),
    )


def accept_mailed() -> Command:
    return _accepting(Channel.MAILED)


def accept_copied() -> Command:
    return _accepting(Channel.COPIED, headers=KEYED)


def _accepting(channel: Channel, headers: dict[str, str] | None = None) -> Command:
    token = token_for(invited(an_account()), channel=channel)

    def assert_effect() -> None:
        assert_user(LEE, "active", "user.invited", "user.joined")
        assert_signs_in(LEE, PASSWORD, proven=channel is Channel.MAILED)

    return Command(lambda: call(ACCEPT, body=acceptance(token), headers=headers), 200, assert_effect)


def take_over() -> Command:
    """The mailbox's owner takes what somebody else made of their address through a copied link."""
    first = accepted(token_for(invited(an_account()), channel=Channel.COPIED), password="Somebody1")
    assert first.status == 200, first.text
    first_sub = sign_ins()[LEE]
    token = token_for(invited(an_account(OTHER), account_id=OTHER))

    def assert_effect() -> None:
        for account_id in (ACCOUNT, OTHER):
            user = user_of(LEE, account_id)
            assert user["status"] == "active"
        assert_signs_in(LEE, PASSWORD)
        assert open_user_pool().sign_in(LEE, "Somebody1") is None, "the first password is still good"
        assert sign_ins()[LEE] != first_sub, "sessions of before have not ended"

    return Command(lambda: accepted(token), 200, assert_effect)


def join() -> Command:
    a_user(an_account())
    token = token_for(invited(an_account(OTHER), account_id=OTHER))
    caller = signed_in(LEE)

    def assert_effect() -> None:
        assert_user(LEE, "active", "user.invited", "user.joined", account_id=OTHER)
        assert_signs_in(LEE, PASSWORD)

    return Command(lambda: call(JOIN, caller=caller, body={"token": token, "terms_version": TERMS}), 200, assert_effect)


def deactivate() -> Command:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    return Command(
        lambda: call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=bob.user_id, body={}, headers=KEYED),
        200,
        lambda: assert_user("bob@example.org", "inactive", "user.invited", "user.joined", "user.deactivated"),
    )


def expire() -> Command:
    ann = an_account()
    addresses = (LEE, "kim@example.org")
    for address in addresses:
        invited(ann, address)
    moments.forward(VALID_FOR + timedelta(seconds=1))

    def assert_effect() -> None:
        for address in addresses:
            assert_user(address, "expired", "user.invited", "invitation.expired")

    return Command(lambda: woken("expire"), 200, assert_effect)


def send_mail() -> Command:
    user = invited(an_account())
    [mail] = [row["pk"] for row in rows(MAIL) if row["user_id"] == user["user_id"]]
    return Command(lambda: woken("send_mail", stream_of([mail])), 200, lambda: _assert_invited(notified=0))


def hold_back_mail() -> Command:
    """To somebody who has complained of an earlier one."""
    first = invited(an_account())
    deliver_queued()
    wake("track_delivery", news_of(_mail_of(first), "Complaint"))
    user = invited(an_account(OTHER), account_id=OTHER)
    mail = _mail_of(user)

    def assert_effect() -> None:
        assert user_of(LEE, OTHER)["invitation"]["delivery"] in {"queued", "complained"}
        assert mail not in outbox.times_sent()

    return Command(lambda: woken("send_mail", stream_of([mail])), 200, assert_effect)


def _mail_of(user: dict[str, Any]) -> str:
    [mail] = [row["pk"] for row in rows(MAIL) if row["kind"] == "invitation" and row["user_id"] == user["user_id"]]
    return str(mail)


def rescue_mails() -> Command:
    ann = an_account()
    deliver_queued()
    invited(ann, notify=["boss@example.org"])
    moments.forward(GRACE + timedelta(seconds=5))
    return Command(lambda: woken("send_mail"), 200, lambda: _assert_invited(notified=1))


def track_delivery() -> Command:
    """A bounce: shown, written down, and told to the inviter."""
    return _tracking("Bounce", "bounced", "user.invited", "invitation.delivery_changed")


def note_delivery() -> Command:
    return _tracking("Delivery", "delivered", "user.invited", "invitation.delivery_changed")


def heed_complaint() -> Command:
    return _tracking("Complaint", "complained", "user.invited", "invitation.delivery_changed")


def _tracking(event_type: str, delivery: str, *entries: str) -> Command:
    user = invited(an_account())
    deliver_queued()
    mail = _mail_of(user)

    def assert_effect() -> None:
        assert_user(LEE, "invited", *entries)
        assert user_of(LEE)["invitation"]["delivery"] == delivery

    return Command(lambda: woken("track_delivery", news_of(mail, event_type)), 200, assert_effect)


def preview() -> Command:
    token = token_for(invited(an_account()))
    deliver_queued()
    before = world.everything()

    def assert_effect() -> None:
        assert world.everything() == before

    return Command(lambda: call(PREVIEW, body={"token": token}), 200, assert_effect)


def ask_for_access() -> Command:
    """A read that notes, now and then, that somebody was here."""
    ann = an_account()
    moments.forward(timedelta(minutes=20))
    return Command(
        lambda: call(ACCESS, caller=ann.signed_in, account_id=ACCOUNT),
        200,
        lambda: assert_user(ann.address, "active", "user.invited", "user.joined"),
    )


def edit_me() -> Command:
    """New names, which follow into both accounts."""
    a_user(an_account())
    user = invited(an_account(OTHER), account_id=OTHER)
    caller = signed_in(LEE)
    assert call(JOIN, caller=caller, body={"token": token_for(user), "terms_version": TERMS}).status == 200

    def assert_effect() -> None:
        [identity] = [row for row in rows(IDENTITIES) if row["address"] == LEE]
        assert (identity["first_name"], identity["last_name"]) == ("Leo", "Sherron")
        for account_id in (ACCOUNT, OTHER):
            assert user_of(LEE, account_id)["first_name"] == "Leo"
            assert_user(LEE, "active", "user.invited", "user.joined", "user.edited", account_id=account_id)

    return Command(lambda: call(EDIT_ME, caller=caller, body={"first_name": "Leo"}), 200, assert_effect)


def edit_profile() -> Command:
    """With a new logo in the place of an old one."""
    ann = an_account()
    assert call(PROFILE, caller=ann.signed_in, body={"logo": uploaded(ann.signed_in, a_png())}).status == 200
    upload_id, content = uploaded(ann.signed_in, a_png(width=2)), a_png(width=2)

    def assert_effect() -> None:
        profile = stored_profile(ann.signed_in)
        assert profile
        assert profile["signature"] == "Ann"
        assert served()[profile["logo"]] == ("image/png", content), "the profile names a logo that is not served"

    body = {"signature": "Ann", "logo": upload_id}
    return Command(lambda: call(PROFILE, caller=ann.signed_in, body=body), 200, assert_effect)


def take_logo_back() -> Command:
    ann = an_account()
    assert call(PROFILE, caller=ann.signed_in, body={"logo": uploaded(ann.signed_in, a_png())}).status == 200

    def assert_effect() -> None:
        profile = stored_profile(ann.signed_in)
        assert profile
        assert "logo" not in profile

    return Command(lambda: call(PROFILE, caller=ann.signed_in, body={"logo": None}), 200, assert_effect)


def upload_logo() -> Command:
    """Signs a form, and changes nothing."""
    ann = an_account()
    deliver_queued()
    before = world.everything()

    def assert_effect() -> None:
        assert world.everything() == before

    return Command(lambda: call(LOGO, caller=ann.signed_in, body={}, headers=KEYED), 200, assert_effect)


COMMANDS: tuple[Callable[[], Command], ...] = (
    invite,
    invite_after_declining,
    open_account,
    invite_administrator_anew,
    accept_mailed,
    accept_copied,
    take_over,
    join,
    deactivate,
    expire,
    send_mail,
    hold_back_mail,
    rescue_mails,
    track_delivery,
    note_delivery,
    heed_complaint,
    preview,
    ask_for_access,
    edit_me,
    edit_profile,
    take_logo_back,
    upload_logo,
)
SENDERS = {send_mail, hold_back_mail, rescue_mails}
