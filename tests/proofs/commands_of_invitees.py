"""Commands of invitees, and reads."""

from datetime import timedelta

from shared.adapters.cognito import open_cognito
from shared.domain.commands.invitations import VALID_FOR
from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import MAIL
from tests import aws_fixture
from tests.factories import (
    ACCEPT,
    ACCESS,
    ACCOUNT,
    DEACTIVATE,
    DECLINE,
    JOIN,
    PASSWORD,
    PREVIEW,
    REQUEST_NEW,
    TERMS,
    a_user,
    acceptance,
    accepted,
    an_account,
    deliver_queued,
    invited,
    signed_in,
    token_for,
)
from tests.invoke import call
from tests.proofs import moments
from tests.proofs.command_cases import KEYED, LEE, OTHER, Command, assert_signs_in, assert_user, user_of
from tests.proofs.snapshots import rows, sign_ins


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
        assert open_cognito().sign_in(LEE, "Somebody1") is None, "the first password is still good"
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


def preview() -> Command:
    token = token_for(invited(an_account()))
    deliver_queued()
    before = aws_fixture.everything()

    def assert_effect() -> None:
        assert aws_fixture.everything() == before

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


def decline() -> Command:
    token = token_for(invited(an_account()))
    return Command(
        lambda: call(DECLINE, body={"token": token}),
        200,
        lambda: assert_user(LEE, "declined", "user.invited", "invitation.declined"),
    )


def request_new() -> Command:
    """The inviter is gone, so that the administrators are looked for."""
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    token = token_for(invited(bob))
    moments.forward(VALID_FOR)
    body: dict[str, str] = {}
    call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=bob.user_id, body=body)

    def assert_effect() -> None:
        assert_user(LEE, "invited", "user.invited", "invitation.new_link_requested")
        assert [mail["to_user"] for mail in rows(MAIL) if mail["kind"] == "new_link_requested"] == [ann.user_id]

    return Command(lambda: call(REQUEST_NEW, body={"token": token}, headers=KEYED), 202, assert_effect)
