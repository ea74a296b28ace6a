"""A certification that was withdrawn: dead links, no new ones, and no way back for who was deactivated."""

import pytest

from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import MAIL
from tests import aws_fixture
from tests.command_cases.partners import withdraw
from tests.factories import (
    ACCESS,
    ACCOUNT,
    COPY_LINK,
    DEACTIVATE,
    DECLINE,
    PREVIEW,
    RESEND,
    a_partner,
    accepted,
    certified,
    delivered,
    invited_partner,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, comes_back, nothing_changes, on_user, refused
from tests.functions.partners import PAT
from tests.table_edits import sent_before


@pytest.mark.parametrize("channel", Channel)
def test_pending_links_work_only_while_the_partner_is_certified(channel: Channel) -> None:
    ann = an_account()
    pat = invited_partner(ann)
    token = token_for(pat, channel=channel)
    withdraw()

    assert refused(call(PREVIEW, body={"token": token})) == (410, "invitation_revoked")
    assert refused(accepted(token)) == (410, "invitation_revoked")
    assert refused(call(DECLINE, body={"token": token})) == (410, "invitation_revoked")

    certified()
    assert call(PREVIEW, body={"token": token}).status == 200
    assert accepted(token_for(pat)).status == 200


def test_resending_and_copying_refuse_once_the_certification_is_withdrawn() -> None:
    ann = an_account()
    pat = sent_before(invited_partner(ann))
    withdraw()
    for route in (RESEND, COPY_LINK):
        with nothing_changes():
            assert refused(on_user(route, ann, pat["user_id"])) == (422, "not_a_certified_partner")


def test_the_mail_of_an_invitation_is_skipped_once_the_certification_is_withdrawn() -> None:
    ann = an_account()
    pat = invited_partner(ann)
    withdraw()

    assert not [mail for mail in delivered() if PAT in mail["To"]]
    about_pat = [row for row in aws_fixture.items(MAIL) if pat["user_id"] in str(row)]
    assert [(row["kind"], row["state"]) for row in about_pat] == [("invitation", "skipped")]


def test_an_active_partner_stays_but_does_not_come_back_after_leaving() -> None:
    ann = an_account()
    pat = a_partner(ann)
    withdraw()

    assert call(ACCESS, caller=pat.signed_in, account_id=ACCOUNT).status == 200
    assert on_user(DEACTIVATE, ann, pat.user_id).status == 200
    with nothing_changes():
        assert refused(comes_back(ann, pat)) == (422, "not_a_certified_partner")
    certified()
    assert comes_back(ann, pat).body["status"] == "active"
