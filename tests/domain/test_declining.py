"""What the holder of a link does besides joining: decline, and ask for a new link."""

import pytest

from shared.domain.commands import acceptance, declining
from shared.domain.model import errors
from shared.domain.model.users import Status, User
from tests.domain_factories import (
    ANN_ID,
    BEA_ID,
    LEE_ID,
    MILLISECOND,
    NOW,
    a_link,
    a_member,
    an_admin,
    an_invited,
    the_account,
)


def test_someone_who_declines_frees_the_seat_and_the_inviter_is_told() -> None:
    user = a_member(Status.INVITED)

    change = declining.decline(an_invited(user), a_link())

    expected = {"status": Status.DECLINED, "holds_seat": False, "updated_at": NOW, "version": user.version + 1}
    assert change.user == user.model_copy(update=expected)
    assert [(mail.kind, mail.to_user) for mail in change.mails] == [("declined", ANN_ID)]
    assert [(entry.type, entry.actor) for entry in change.entries] == [("invitation.declined", LEE_ID)]


def test_someone_who_has_declined_by_this_link_is_left_alone() -> None:
    user = a_member(Status.DECLINED, generation=2)

    change = declining.decline(an_invited(user), a_link(generation=2))

    assert (change.user, change.entries, change.mails) == (user, (), ())
    with pytest.raises(errors.InvitationReplaced):
        declining.decline(an_invited(user), a_link(generation=1))


def test_only_the_newest_link_whose_time_is_over_asks_for_another() -> None:
    reasons: dict[str, type[errors.Refusal] | None] = {}
    for name, user in {
        "waits": a_member(Status.INVITED),
        "is over": a_member(Status.INVITED, expires_at=NOW),
        "was swept": a_member(Status.EXPIRED),
        "was replaced": a_member(Status.EXPIRED, generation=2),
        "was declined": a_member(Status.DECLINED),
        "was revoked": a_member(Status.REMOVED),
        "was accepted": a_member(Status.ACTIVE),
    }.items():
        try:
            declining.request_new_link(an_invited(user), a_link())
            reasons[name] = None
        except errors.Refusal as refusal:
            reasons[name] = type(refusal)

    assert reasons == {
        "waits": errors.WrongState,
        "is over": None,
        "was swept": None,
        "was replaced": errors.InvitationReplaced,
        "was declined": errors.InvitationDeclined,
        "was revoked": errors.InvitationRevoked,
        "was accepted": errors.InvitationAccepted,
    }


@pytest.mark.parametrize(
    ("inviter", "expected"),
    [
        (an_admin(ANN_ID), ANN_ID),
        (a_member(user_id=ANN_ID, allow=("users.invite",)), ANN_ID),
        (a_member(user_id=ANN_ID), None),
        (an_admin(ANN_ID, status=Status.INACTIVE), None),
    ],
)
def test_the_inviter_is_asked_unless_they_could_not_send_it(inviter: User, expected: str | None) -> None:
    invited = an_invited(a_member(Status.EXPIRED), inviter=inviter)

    assert declining.entitled_inviter(invited) == expected
    gone = invited._replace(snapshot=invited.snapshot._replace(authorizing_user=None))
    assert declining.entitled_inviter(gone) is None


def test_everybody_who_is_asked_gets_a_mail_once_a_day() -> None:
    user = a_member(Status.EXPIRED)

    account = the_account().model_copy(update={"administrators": {BEA_ID: 1, ANN_ID: 1}})
    invited = an_invited(user, inviter=an_admin("c" * 26, status=Status.INACTIVE))
    invited = invited._replace(snapshot=invited.snapshot._replace(account=account))

    change = declining.request_new_link(invited, a_link())

    assert [(mail.kind, mail.to_user) for mail in change.mails] == [
        ("new_link_requested", ANN_ID),
        ("new_link_requested", BEA_ID),
    ]
    asked = user.invitation.model_copy(update={"new_link_requested_at": NOW})
    assert change.user == user.model_copy(update={"invitation": asked, "updated_at": NOW, "version": user.version + 1})
    with pytest.raises(errors.RateLimited):
        declining.request_new_link(an_invited(change.user, now=NOW + MILLISECOND), a_link())


def test_a_dead_link_says_in_which_language_to_tell_it() -> None:
    for user in (a_member(Status.EXPIRED, locale="de"), a_member(Status.ACTIVE, locale="de")):
        with pytest.raises(errors.Refusal) as refused:
            acceptance.require_usable(an_invited(user), a_link())
        assert refused.value.details == {"locale": "de"}
