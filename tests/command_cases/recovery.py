"""Cases of people who choose a new password, of operators who help them, and of the end of all sessions."""

from dataclasses import replace
from functools import partial

from shared.adapters.cognito import open_cognito
from shared.domain.model.invitation_tokens import Channel
from shared.domain.model.recoveries import RECOVERY_VALID_FOR
from shared.domain.policy.rate_limits import MIN_INTERVAL
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL
from tests.command_cases.case import CommandCase, Cost, Given, Parts, RefusedCase, done
from tests.command_cases.effects import assert_signs_in, identity_of, nothing_changes
from tests.command_cases.invitee import IDENTITY_BLOCKED, identity_is_blocked
from tests.factories import (
    CHANGE_PASSWORD,
    FINISH_RECOVERY,
    HELP_RECOVERY,
    LEE_ADDRESS,
    PASSWORD,
    PREVIEW_RECOVERY,
    SIGN_OUT,
    START_RECOVERY,
    a_user,
    accepted,
    an_account,
    an_operator,
    deliver_queued,
    invited,
    recovery_token,
    token_for,
)
from tests.invoke import SignedIn, call
from tests.proofs import movable_clock
from tests.proofs.snapshots import rows

NEW = "Trombone41"
ANSWER = "  REX the Third"  # As `acceptance` gives it, in other letters.
NOBODY = "nobody@example.org"


def mails_of(kind: str) -> int:
    """How many mails of this kind were queued."""
    return sum(mail["kind"] == kind for mail in rows(MAIL))


def starting(address: str = LEE_ADDRESS) -> Given:
    """Asks for a link, for someone with an ID, and for nobody."""
    a_user(an_account())

    def assert_effect() -> None:
        assert mails_of("recovery") == 1
        deliver_queued()
        [mail] = [mail for mail in rows(MAIL) if mail["kind"] == "recovery"]
        assert mail["state"] == ("sent" if address == LEE_ADDRESS else "skipped")

    return Given({"body": {"email": address}}, assert_effect)


def _with_link(by: SignedIn | None = None, **body: object) -> Parts:
    with movable_clock.ago(MIN_INTERVAL):
        ann = an_account()
        a_user(ann)
        token = recovery_token(LEE_ADDRESS, by=by)
    return {"body": {"token": token} | body}


def previewing() -> Given:
    return Given(_with_link(), nothing_changes())


def finishing() -> Given:
    return Given(_with_link(security_answer=ANSWER, password=NEW), _assert_recovered)


def finishing_with_help() -> Given:
    question = {"security_question": "First car?", "security_answer": "A yellow one"}

    def assert_effect() -> None:
        _assert_recovered()
        assert identity_of(LEE_ADDRESS)["security_question"] == "First car?"

    return Given(_with_link(by=an_operator(), password=NEW, **question), assert_effect)


def finishing_unproven() -> Given:
    """The ID was made through a copied link, so that its mailbox is still to be proven."""
    with movable_clock.ago(MIN_INTERVAL):
        done(accepted(token_for(invited(an_account()), channel=Channel.COPIED)))
        token = recovery_token(LEE_ADDRESS)
    return Given({"body": {"token": token, "security_answer": ANSWER, "password": NEW}}, _assert_recovered)


def _assert_recovered() -> None:
    assert_signs_in(LEE_ADDRESS, NEW)
    assert open_cognito().sign_in(LEE_ADDRESS, PASSWORD) is None, "the old password still signs in"
    assert identity_of(LEE_ADDRESS)["sessions_since"], "older sessions have not ended"
    [recovery] = [row for row in rows(DIRECTORY) if row["sk"] == "recovery"]
    assert recovery["finished"]
    assert mails_of("password_changed") == 1


def helping() -> Given:
    ann = an_account()
    a_user(ann)

    def assert_effect() -> None:
        assert mails_of("recovery_help") == 1
        assert [entry["type"] for entry in rows(JOURNAL)].count("identity.recovery_sent") == 1

    return Given({"caller": an_operator(), "email": LEE_ADDRESS}, assert_effect)


def changing() -> Given:
    person = a_user(an_account())
    caller = SignedIn(person.address, person.signed_in.sub, session="this one")

    def assert_effect() -> None:
        assert_signs_in(LEE_ADDRESS, NEW)
        assert open_cognito().sign_in(LEE_ADDRESS, PASSWORD) is None, "the old password still signs in"
        assert identity_of(LEE_ADDRESS)["sessions_since"], "older sessions have not ended"
        assert mails_of("password_changed") == 1

    return Given({"caller": caller, "body": {"current_password": PASSWORD, "password": NEW}}, assert_effect)


def signing_out() -> Given:
    person = a_user(an_account())

    def assert_effect() -> None:
        [identity] = [row for row in rows(IDENTITIES) if row["address"] == LEE_ADDRESS]
        assert identity["sessions_since"], "the sessions have not ended"

    return Given({"caller": person.signed_in}, assert_effect)


def _expires(_: Given) -> None:
    movable_clock.forward(RECOVERY_VALID_FOR)


def _is_replaced(_: Given) -> None:
    movable_clock.forward(MIN_INTERVAL)
    done(call(START_RECOVERY, body={"email": LEE_ADDRESS}))


_FORGED = RefusedCase(
    "forged",
    404,
    "recovery_not_found",
    changed=lambda given: {"body": {**given.parts["body"], "token": given.token[:-43] + "A" * 43}},
)
_DEAD = (
    RefusedCase("expired", 410, "recovery_expired", happens=_expires, decided=3),
    RefusedCase("replaced", 410, "recovery_expired", happens=_is_replaced),
    # No block comes between: it waits for the lock.
    RefusedCase("identity_blocked", 410, "recovery_expired", happens=identity_is_blocked, decided=1),
)

# No block comes between lock and write.
_BLOCKED_BEFORE_THE_LOCK = replace(IDENTITY_BLOCKED, decided=4)

CASES = (
    CommandCase("start_recovery", START_RECOVERY, starting, status=202),
    CommandCase("start_recovery_of_nobody", START_RECOVERY, partial(starting, NOBODY), status=202),
    CommandCase("preview_recovery", PREVIEW_RECOVERY, previewing, cost=Cost.READ, refusals=(_FORGED,)),
    CommandCase("finish_recovery", FINISH_RECOVERY, finishing, cost=Cost.UNBOUNDED, refusals=(_FORGED, *_DEAD)),
    CommandCase("finish_with_help", FINISH_RECOVERY, finishing_with_help, cost=Cost.UNBOUNDED),
    CommandCase("finish_unproven", FINISH_RECOVERY, finishing_unproven, cost=Cost.UNBOUNDED),
    CommandCase(
        "help_recovery",
        HELP_RECOVERY,
        helping,
        status=202,
        # Sent in the same moment as the block, the mail is skipped.
        refusals=(RefusedCase("identity_blocked", 409, "identity_blocked", happens=identity_is_blocked, decided=1),),
    ),
    CommandCase(
        "change_password", CHANGE_PASSWORD, changing, cost=Cost.UNBOUNDED, refusals=(_BLOCKED_BEFORE_THE_LOCK,)
    ),
    CommandCase("sign_out", SIGN_OUT, signing_out, refusals=(IDENTITY_BLOCKED,)),
)
