"""Meetings of the commands with which an invitation goes on, and of those that end or bring back a user."""

from typing import Any

from shared.domain.commands.invitations import VALID_FOR
from shared.domain.policy.rate_limits import MIN_INTERVAL
from tests.factories import (
    ACCOUNT,
    COPY_LINK,
    DECLINE,
    EDIT,
    REACTIVATE,
    REMOVE,
    REQUEST_NEW,
    RESEND,
    REVOKE,
    SETTINGS,
    Person,
    a_user,
    accepted,
    an_account,
    invited,
    signed_in,
    token_for,
)
from tests.invoke import Answer, call
from tests.proofs import moments
from tests.proofs.interleavings import Meeting, deactivated, expired, inviting

REVOKED, WRONG_STATE, GONE = (410, "invitation_revoked"), (409, "wrong_state"), (404, "not_found")


def on(user: dict[str, Any], route: str, by: Person, **body: Any) -> Answer:
    """One of the routes of a user."""
    return call(route, caller=by.signed_in, account_id=ACCOUNT, user_id=user["user_id"], body=body)


def well(answer: Answer) -> None:
    assert answer.status < 300, answer.text


def of(person: Person) -> dict[str, Any]:
    return {"user_id": person.user_id}


def two_administrators() -> tuple[Person, Person]:
    ann = an_account()
    return ann, a_user(ann, "bob@example.org", admin=True)


def accept_while_it_is_revoked() -> Meeting:
    ann = an_account()
    user = invited(ann)
    token = token_for(user)
    return Meeting(lambda: accepted(token), lambda: well(on(user, REVOKE, ann)), REVOKED)


def accept_while_it_is_resent() -> Meeting:
    ann = an_account()
    user = invited(ann)
    moments.forward(MIN_INTERVAL)
    token = token_for(user)
    return Meeting(lambda: accepted(token), lambda: well(on(user, RESEND, ann)), (410, "invitation_replaced"))


def accept_while_it_is_declined() -> Meeting:
    token = token_for(invited(an_account()))
    return Meeting(
        lambda: accepted(token),
        lambda: well(call(DECLINE, body={"token": token})),
        (410, "invitation_declined"),
    )


def decline_while_it_is_accepted() -> Meeting:
    token = token_for(invited(an_account()))
    return Meeting(
        lambda: call(DECLINE, body={"token": token}), lambda: well(accepted(token)), (410, "invitation_accepted")
    )


def decline_while_it_expires() -> Meeting:
    token = token_for(invited(an_account()))
    return Meeting(lambda: call(DECLINE, body={"token": token}), expired, (410, "invitation_expired"))


def ask_anew_while_it_is_resent() -> Meeting:
    ann = an_account()
    user = invited(ann)
    token = token_for(user)
    moments.forward(VALID_FOR)
    return Meeting(
        lambda: call(REQUEST_NEW, body={"token": token}),
        lambda: well(on(user, RESEND, ann)),
        (410, "invitation_replaced"),
    )


def ask_anew_while_somebody_asks() -> Meeting:
    token = token_for(invited(an_account()))
    moments.forward(VALID_FOR)
    return Meeting(
        lambda: call(REQUEST_NEW, body={"token": token}),
        lambda: well(call(REQUEST_NEW, body={"token": token})),
        (429, "rate_limited"),
    )


def resend_while_another_resends() -> Meeting:
    ann, bob = two_administrators()
    user = invited(ann)
    moments.forward(MIN_INTERVAL)
    return Meeting(lambda: on(user, RESEND, ann), lambda: well(on(user, RESEND, bob)), (429, "rate_limited"))


def resend_while_it_is_accepted() -> Meeting:
    ann = an_account()
    user = invited(ann)
    moments.forward(MIN_INTERVAL)
    return Meeting(lambda: on(user, RESEND, ann), lambda: well(accepted(token_for(user))), WRONG_STATE)


def resend_while_the_last_seat_goes() -> Meeting:
    ann = an_account(seats=2)
    user = invited(ann)
    expired()
    return Meeting(
        lambda: on(user, RESEND, ann),
        lambda: well(inviting(ann, email="kim@example.org")),
        (409, "no_seat_available"),
    )


def resend_while_the_days_mails_go() -> Meeting:
    ann, bob = two_administrators()
    user = invited(ann)
    moments.forward(VALID_FOR)  # A day on which no mail has counted yet.
    well(call(SETTINGS, caller=ann.signed_in, account_id=ACCOUNT, body={"daily_mail_limit": 1}))
    return Meeting(
        lambda: on(user, RESEND, ann), lambda: well(inviting(bob, email="kim@example.org")), (429, "rate_limited")
    )


def resend_while_the_days_last_mail_goes() -> Meeting:
    meeting = resend_while_the_days_mails_go()
    ann = Person("", "ann@example.org", signed_in("ann@example.org"))
    well(call(SETTINGS, caller=ann.signed_in, account_id=ACCOUNT, body={"daily_mail_limit": 2}))
    well(inviting(ann, email="cem@example.org"))
    return meeting


def copy_while_it_is_revoked() -> Meeting:
    ann = an_account()
    user = invited(ann)
    return Meeting(lambda: on(user, COPY_LINK, ann), lambda: well(on(user, REVOKE, ann)), WRONG_STATE)


def copy_while_being_deactivated() -> Meeting:
    ann, bob = two_administrators()
    user = invited(ann)
    return Meeting(lambda: on(user, COPY_LINK, bob), lambda: deactivated(ann, bob), GONE)


def revoke_while_it_is_accepted() -> Meeting:
    ann = an_account()
    user = invited(ann)
    return Meeting(lambda: on(user, REVOKE, ann), lambda: well(accepted(token_for(user))), WRONG_STATE)


def edit_while_it_is_accepted() -> Meeting:
    ann = an_account()
    user = invited(ann)
    return Meeting(lambda: on(user, EDIT, ann, first_name="Lea"), lambda: well(accepted(token_for(user))), WRONG_STATE)


def reactivate_while_the_last_seat_goes() -> Meeting:
    ann = an_account(seats=2)
    lee = a_user(ann)
    deactivated(ann, lee)
    return Meeting(
        lambda: on(of(lee), REACTIVATE, ann),
        lambda: well(inviting(ann, email="kim@example.org")),
        (409, "no_seat_available"),
    )


def reactivate_while_they_are_removed() -> Meeting:
    ann, lee = two_administrators()
    deactivated(ann, lee)
    return Meeting(lambda: on(of(lee), REACTIVATE, ann), lambda: well(on(of(lee), REMOVE, ann)), WRONG_STATE)


def remove_while_being_removed() -> Meeting:
    ann, bob = two_administrators()
    kim = a_user(ann, "kim@example.org")
    return Meeting(lambda: on(of(kim), REMOVE, bob), lambda: well(on(of(bob), REMOVE, ann)), GONE)


def change_settings_while_being_deactivated() -> Meeting:
    ann, bob = two_administrators()

    def command() -> Answer:
        return call(SETTINGS, caller=bob.signed_in, account_id=ACCOUNT, body={"locale": "de"})

    return Meeting(command, lambda: deactivated(ann, bob), GONE)


MEETINGS = (
    accept_while_it_is_revoked,
    accept_while_it_is_resent,
    accept_while_it_is_declined,
    decline_while_it_is_accepted,
    decline_while_it_expires,
    ask_anew_while_it_is_resent,
    ask_anew_while_somebody_asks,
    resend_while_another_resends,
    resend_while_it_is_accepted,
    resend_while_the_last_seat_goes,
    resend_while_the_days_mails_go,
    resend_while_the_days_last_mail_goes,
    copy_while_it_is_revoked,
    copy_while_being_deactivated,
    revoke_while_it_is_accepted,
    edit_while_it_is_accepted,
    reactivate_while_the_last_seat_goes,
    reactivate_while_they_are_removed,
    remove_while_being_removed,
    change_settings_while_being_deactivated,
)
