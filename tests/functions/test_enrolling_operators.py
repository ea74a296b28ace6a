"""Operators are made of proven mailboxes alone: an ID that a stranger took in advance gets no rights (rule 15)."""

import pytest

from infra.operators import ChangedMeanwhileError, NotProvenError, enroll
from shared.adapters.cognito import open_cognito
from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import IDENTITIES
from tests import aws_fixture
from tests.command_cases.effects import identity_of
from tests.factories import (
    ACCEPT,
    PARTNER,
    PASSWORD,
    a_user,
    acceptance,
    accepted,
    an_operator,
    certified,
    invited,
    signed_in,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, refused
from tests.functions.erasing import erase
from tests.functions.faults import meanwhile, refusing
from tests.table_edits import set_in

ADDRESS = "lee@example.org"
NAMES = {"first_name": "Lee", "last_name": "Sherron"}
CHOSEN = "Operator888"
ACCOUNTS = "GET /v1/operator/accounts"


def groups_of(address: str) -> list[str]:
    pool = aws_fixture.USER_POOL_ID
    found = aws_fixture.cognito.admin_list_groups_for_user(UserPoolId=pool, Username=address)["Groups"]
    return [group["GroupName"] for group in found]


@pytest.mark.parametrize(
    ("channel", "blocked"), [(Channel.COPIED, False), (Channel.MAILED, True)], ids=["unproven", "blocked"]
)
def test_id_that_may_be_a_strangers_becomes_no_operator(channel: Channel, *, blocked: bool) -> None:
    assert accepted(token_for(invited(an_account()), channel=channel)).status == 200
    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == ADDRESS]
    set_in(IDENTITIES, {"pk": identity["pk"]}, blocked=blocked)

    with pytest.raises(NotProvenError):
        enroll(ADDRESS, CHOSEN, **NAMES)

    assert groups_of(ADDRESS) == []


def test_proven_id_becomes_an_operator_and_keeps_its_password() -> None:
    assert accepted(token_for(invited(an_account()))).status == 200

    enroll(ADDRESS, CHOSEN, **NAMES)

    assert groups_of(ADDRESS) == ["operators"]
    assert call(ACCOUNTS, caller=signed_in(ADDRESS)).status == 200
    assert open_cognito().sign_in(ADDRESS, PASSWORD) is not None


def test_sign_in_that_belongs_to_no_id_gets_the_chosen_password() -> None:
    token = token_for(invited(an_account()))
    with refusing("dynamodb", "TransactWriteItems", "ThrottlingException"):
        assert refused(call(ACCEPT, body=acceptance(token))) == (503, "busy")
    assert open_cognito().sign_in(ADDRESS, PASSWORD) is not None

    enroll(ADDRESS, CHOSEN, **NAMES)

    assert open_cognito().sign_in(ADDRESS, PASSWORD) is None
    assert open_cognito().sign_in(ADDRESS, CHOSEN) is not None


def test_address_of_an_erased_person_becomes_an_operator_and_the_tombstone_stays() -> None:
    a_user(an_account())
    assert erase().status == 200
    [tombstone] = [row for row in aws_fixture.items(IDENTITIES) if "erased_at" in row]

    enroll(ADDRESS, CHOSEN, **NAMES)

    assert call(ACCOUNTS, caller=signed_in(ADDRESS)).status == 200
    assert tombstone in aws_fixture.items(IDENTITIES)
    assert ADDRESS not in str(tombstone)


def test_address_whose_person_is_erased_at_the_same_moment_is_told_and_nothing_is_stored() -> None:
    a_user(an_account())
    an_operator()
    set_in(IDENTITIES, {"pk": identity_of(ADDRESS)["pk"]}, sub=None)

    with meanwhile("dynamodb", "UpdateItem", erase), pytest.raises(ChangedMeanwhileError):
        enroll(ADDRESS, CHOSEN, **NAMES)

    [tombstone] = [row for row in aws_fixture.items(IDENTITIES) if "erased_at" in row]
    assert "first_name" not in tombstone


def test_operator_of_a_certified_address_stays_certified() -> None:
    an_operator()
    certified(ADDRESS)

    enroll(ADDRESS, CHOSEN, **NAMES)

    assert call(ACCOUNTS, caller=signed_in(ADDRESS)).status == 200
    assert call(PARTNER, caller=an_operator(), email=ADDRESS).status == 200


def test_operator_whose_mailbox_is_not_proven_is_refused() -> None:
    olga = an_operator()
    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == olga.username]
    set_in(IDENTITIES, {"pk": identity["pk"]}, proven=False)

    answer = call(ACCOUNTS, caller=olga)

    assert refused(answer) == (401, "unauthorized")
