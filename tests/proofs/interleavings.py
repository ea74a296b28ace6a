"""Commands and what may happen, whole, in the middle of them."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.adapters.dynamodb.codec import to_item
from shared.domain.commands.invitations import VALID_FOR
from shared.domain.policy.rate_limits import MIN_INTERVAL
from shared.storage_schema import DIRECTORY, IDENTITIES
from tests import aws_fixture
from tests.factories import (
    ACCOUNT,
    ADMINISTRATORS,
    DEACTIVATE,
    EDIT_ME,
    INVITE,
    JOIN,
    TERMS,
    Person,
    a_user,
    accepted,
    an_account,
    an_operator,
    invited,
    signed_in,
    token_for,
)
from tests.invoke import Answer, call, wake
from tests.proofs import moments
from tests.proofs.snapshots import rows

LEE = "lee@example.org"
BODY = {"first_name": "Lee", "last_name": "Sherron", "email": LEE, "groups": ["everyone"]}


@dataclass(frozen=True)
class Meeting:
    """A command, what happens meanwhile, and why the command is refused if it happens first."""

    command: Callable[[], Answer]
    meanwhile: Callable[[], None]
    refusal: tuple[int, str]
    decided: int = 0  # How many calls before the write the last look at the clock is taken.


def deactivated(by: Person, other: Person) -> None:
    answer = call(DEACTIVATE, caller=by.signed_in, account_id=ACCOUNT, user_id=other.user_id, body={})
    assert answer.status == 200, answer.text


def expired() -> None:
    moments.forward(VALID_FOR)
    wake("expire")


def accept_while_the_inviter_goes() -> Meeting:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    token = token_for(invited(bob))
    return Meeting(lambda: accepted(token), lambda: deactivated(ann, bob), (410, "invitation_revoked"))


def accept_while_it_expires() -> Meeting:
    token = token_for(invited(an_account()))
    return Meeting(lambda: accepted(token), expired, (410, "invitation_expired"))


def accept_while_the_clock_passes_its_expiry() -> Meeting:
    token = token_for(invited(an_account()))
    return Meeting(lambda: accepted(token), lambda: moments.forward(VALID_FOR), (410, "invitation_expired"), decided=1)


def accept_while_the_link_is_replaced() -> Meeting:
    operator, token = an_operator(), token_for(invited(an_account(), admin=True))
    moments.forward(MIN_INTERVAL)

    def replaced() -> None:
        names = {name: BODY[name] for name in ("first_name", "last_name", "email")}
        assert call(ADMINISTRATORS, caller=operator, account_id=ACCOUNT, body=names).status == 201

    return Meeting(lambda: accepted(token), replaced, (410, "invitation_replaced"))


def join_while_the_inviter_goes() -> Meeting:
    a_user(an_account("cd456"), account_id="cd456")
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    caller, body = signed_in(LEE), {"token": token_for(invited(bob)), "terms_version": TERMS}
    return Meeting(
        lambda: call(JOIN, caller=caller, body=body), lambda: deactivated(ann, bob), (410, "invitation_revoked")
    )


def join_while_it_expires() -> Meeting:
    a_user(an_account("cd456"), account_id="cd456")
    token = token_for(invited(an_account()))
    caller, body = signed_in(LEE), {"token": token, "terms_version": TERMS}
    return Meeting(lambda: call(JOIN, caller=caller, body=body), expired, (410, "invitation_expired"))


def join_while_the_identity_is_blocked() -> Meeting:
    a_user(an_account("cd456"), account_id="cd456")
    token = token_for(invited(an_account()))
    caller, body = signed_in(LEE), {"token": token, "terms_version": TERMS}
    return Meeting(lambda: call(JOIN, caller=caller, body=body), lambda: blocked(LEE), (401, "unauthorized"))


def blocked(address: str) -> None:
    [identity] = [row["pk"] for row in rows(IDENTITIES) if row["address"] == address]
    aws_fixture.dynamodb.update_item(
        TableName=aws_fixture.physical(IDENTITIES),
        Key=to_item({"pk": identity}),
        UpdateExpression="SET blocked = :yes",
        ExpressionAttributeValues={":yes": {"BOOL": True}},
    )


def inviting(by: Person, *, key: str | None = None, **fields: object) -> Answer:
    headers = {"idempotency-key": key} if key else {}
    return call(INVITE, caller=by.signed_in, account_id=ACCOUNT, body=BODY | fields, headers=headers)


def invite_while_being_deactivated() -> Meeting:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    return Meeting(lambda: inviting(bob), lambda: deactivated(ann, bob), (404, "not_found"))


def invite_while_the_last_seat_goes() -> Meeting:
    ann = an_account(seats=2)
    return Meeting(
        lambda: inviting(ann, email="kim@example.org"), lambda: ignored(inviting(ann)), (409, "no_seat_available")
    )


def invite_while_another_invites_the_same() -> Meeting:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    return Meeting(lambda: inviting(ann), lambda: ignored(inviting(bob)), (409, "already_invited"))


def invite_while_the_key_is_used_for_another() -> Meeting:
    ann = an_account()
    return Meeting(
        lambda: inviting(ann, key="k", email="kim@example.org"),
        lambda: ignored(inviting(ann, key="k")),
        (422, "idempotency_key_reused"),
    )


def invite_while_the_group_goes() -> Meeting:
    ann = an_account()

    def without_everyone() -> None:
        table = aws_fixture.physical(DIRECTORY)
        aws_fixture.dynamodb.update_item(
            TableName=table,
            Key=to_item({"pk": ACCOUNT, "sk": "groups"}),
            UpdateExpression="ADD version :one REMOVE groups.everyone",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )
        aws_fixture.dynamodb.update_item(
            TableName=table,
            Key=to_item({"pk": ACCOUNT, "sk": "account"}),
            UpdateExpression="ADD groups_version :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )

    return Meeting(lambda: inviting(ann), without_everyone, (422, "invalid_request"))


def deactivate_while_being_deactivated() -> Meeting:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    kim = a_user(ann, "kim@example.org")

    def command() -> Answer:
        return call(DEACTIVATE, caller=bob.signed_in, account_id=ACCOUNT, user_id=kim.user_id, body={})

    return Meeting(command, lambda: deactivated(ann, bob), (404, "not_found"))


def edit_me_while_the_identity_is_blocked() -> Meeting:
    caller = a_user(an_account()).signed_in
    return Meeting(
        lambda: call(EDIT_ME, caller=caller, body={"first_name": "Leo"}), lambda: blocked(LEE), (401, "unauthorized")
    )


def ignored(answer: Answer) -> None:
    """Who comes second here is refused, and that is as it should be."""
    assert answer.status in {201, 409}


MEETINGS = (
    accept_while_the_inviter_goes,
    accept_while_it_expires,
    accept_while_the_clock_passes_its_expiry,
    accept_while_the_link_is_replaced,
    join_while_the_inviter_goes,
    join_while_it_expires,
    join_while_the_identity_is_blocked,
    invite_while_being_deactivated,
    invite_while_the_last_seat_goes,
    invite_while_another_invites_the_same,
    invite_while_the_key_is_used_for_another,
    invite_while_the_group_goes,
    deactivate_while_being_deactivated,
    edit_me_while_the_identity_is_blocked,
)
