"""People and accounts to test with, made by the product's own functions."""

import email
import email.policy
import re
from dataclasses import dataclass
from typing import Any

from infra.operators import enroll
from shared.adapters.token_signer import open_recovery_signer, open_token_signer
from shared.domain.model.ids import Ids
from shared.domain.model.invitation_tokens import Channel, InvitationToken
from shared.domain.model.recoveries import RecoveryToken
from shared.settings import settings
from shared.storage_schema import DIRECTORY, MAIL
from tests import aws_fixture
from tests.invoke import Answer, SignedIn, call, wake

PASSWORD = "Secret77"
TERMS = "2026-11-01"
ACCOUNT = "ab123"
LEE_ADDRESS = "lee@example.org"

INVITE = "POST /v1/accounts/{account_id}/users"
USERS = "GET /v1/accounts/{account_id}/users"
USER = "GET /v1/accounts/{account_id}/users/{user_id}"
INVITE_MANY = "POST /v1/accounts/{account_id}/users/batch"
RESEND = "POST /v1/accounts/{account_id}/users/{user_id}/resend"
COPY_LINK = "POST /v1/accounts/{account_id}/users/{user_id}/invitation-link"
REVOKE = "POST /v1/accounts/{account_id}/users/{user_id}/revoke"
EDIT = "PATCH /v1/accounts/{account_id}/users/{user_id}"
REACTIVATE = "POST /v1/accounts/{account_id}/users/{user_id}/reactivate"
BLOCK = "POST /v1/accounts/{account_id}/users/{user_id}/block"
UNBLOCK = "POST /v1/accounts/{account_id}/users/{user_id}/unblock"
CLONE = "POST /v1/accounts/{account_id}/users/{user_id}/permissions/clone"
REMOVE = "POST /v1/accounts/{account_id}/users/{user_id}/remove"
DECLINE = "POST /v1/invitations/decline"
REQUEST_NEW = "POST /v1/invitations/request-new"
SETTINGS = "PATCH /v1/accounts/{account_id}/settings"
DEACTIVATE = "POST /v1/accounts/{account_id}/users/{user_id}/deactivate"
PREVIEW = "POST /v1/invitations/preview"
ACCEPT = "POST /v1/invitations/accept"
JOIN = "POST /v1/invitations/join"
LIST_ACCOUNTS = "GET /v1/operator/accounts"
BLOCK_IDENTITY = "POST /v1/operator/identities/{email}/block"
ERASE_IDENTITY = "POST /v1/operator/identities/{email}/erase"
UNBLOCK_IDENTITY = "POST /v1/operator/identities/{email}/unblock"
OPEN_ACCOUNT = "POST /v1/operator/accounts"
ADMINISTRATORS = "POST /v1/operator/accounts/{account_id}/administrators"
GET_ANY_ACCOUNT = "GET /v1/operator/accounts/{account_id}"
SUSPEND = "POST /v1/operator/accounts/{account_id}/suspend"
RESUME = "POST /v1/operator/accounts/{account_id}/resume"
ME = "GET /v1/me"
EDIT_ME = "PATCH /v1/me"
MY_INVITATIONS = "GET /v1/me/invitations"
PROFILE = "PATCH /v1/me/profile"
LOGO = "POST /v1/me/profile/logo"
CHANGE_PASSWORD = "POST /v1/me/password"
SIGN_OUT = "POST /v1/me/sign-out"
START_RECOVERY = "POST /v1/recovery/start"
PREVIEW_RECOVERY = "POST /v1/recovery/preview"
FINISH_RECOVERY = "POST /v1/recovery/finish"
HELP_RECOVERY = "POST /v1/operator/identities/{email}/recovery"
GET_ACCOUNT = "GET /v1/accounts/{account_id}"
EVALUATION = "POST /v1/accounts/{account_id}/access/v1/evaluation"
EVALUATIONS = "POST /v1/accounts/{account_id}/access/v1/evaluations"
ACCESS = "GET /v1/accounts/{account_id}/access"
JOURNAL = "GET /v1/accounts/{account_id}/journal"
SET_SEATS = "PUT /v1/operator/accounts/{account_id}/seats"
WAITING_SEAT_REQUESTS = "GET /v1/operator/seat-requests"
SEAT_REQUESTS = "GET /v1/accounts/{account_id}/seats/requests"
REQUEST_SEATS = "POST /v1/accounts/{account_id}/seats/requests"
APPROVE_SEATS = "POST /v1/operator/accounts/{account_id}/seats/requests/{request_id}/approve"
DENY_SEATS = "POST /v1/operator/accounts/{account_id}/seats/requests/{request_id}/deny"
LEAVE = "POST /v1/accounts/{account_id}/leave"
PARTNER = "GET /v1/operator/partners/{email}"
CERTIFY = "PUT /v1/operator/partners/{email}"
WITHDRAW = "DELETE /v1/operator/partners/{email}"
TEAMS = "GET /v1/accounts/{account_id}/teams"
TEAM = "GET /v1/accounts/{account_id}/teams/{team_id}"
CREATE_TEAM = "POST /v1/accounts/{account_id}/teams"
EDIT_TEAM = "PATCH /v1/accounts/{account_id}/teams/{team_id}"
DELETE_TEAM = "DELETE /v1/accounts/{account_id}/teams/{team_id}"
GROUP = "GET /v1/accounts/{account_id}/groups/{group_id}"
CREATE_GROUP = "POST /v1/accounts/{account_id}/groups"
EDIT_GROUP = "PATCH /v1/accounts/{account_id}/groups/{group_id}"
DELETE_GROUP = "DELETE /v1/accounts/{account_id}/groups/{group_id}"
GROUPS = "GET /v1/accounts/{account_id}/groups"
PUT_RECORD = "PUT /v1/accounts/{account_id}/records/{type}/{record_id}"
DELETE_RECORD = "DELETE /v1/accounts/{account_id}/records/{type}/{record_id}"
PUT_RECORDS = "POST /v1/accounts/{account_id}/records/batch"
RECORDS = "GET /v1/accounts/{account_id}/records"
REASSIGN = "POST /v1/accounts/{account_id}/records/reassign"
JOB = "GET /v1/accounts/{account_id}/jobs/{job_id}"
MOVED_RECORDS = "GET /v1/accounts/{account_id}/jobs/{job_id}/records"
DEACTIVATION_PREVIEW = "GET /v1/accounts/{account_id}/users/{user_id}/deactivation-preview"


@dataclass(frozen=True)
class ActiveUser:
    """An active user of an account, signed in."""

    user_id: str
    address: str
    signed_in: SignedIn


def an_operator(address: str = "operator@usher.example") -> SignedIn:
    """Create an operator, with an identity and in the pool's group."""
    sub = enroll(address, PASSWORD, first_name="Olga", last_name="Operator")
    return SignedIn(address, sub, groups=("operators",))


def signed_in(address: str) -> SignedIn:
    """Return the claims that the pool would give this address."""
    user = aws_fixture.cognito.admin_get_user(UserPoolId=aws_fixture.USER_POOL_ID, Username=address)
    sub = next(attribute["Value"] for attribute in user["UserAttributes"] if attribute["Name"] == "sub")
    groups = aws_fixture.cognito.admin_list_groups_for_user(UserPoolId=aws_fixture.USER_POOL_ID, Username=address)
    return SignedIn(address, sub, groups=tuple(group["GroupName"] for group in groups["Groups"]))


def an_account(account_id: str = ACCOUNT, *, seats: int = 10, admin: str = "ann@example.org") -> ActiveUser:
    """Open an account whose first administrator has joined, and return them."""
    opened = call(OPEN_ACCOUNT, caller=an_operator(), body=new_account(account_id, seats=seats, admin=admin))
    assert opened.status == 201, opened.text
    return joined(account_id, opened.body["user"])


def new_account(account_id: str, *, seats: int, admin: str, name: str = "") -> dict[str, Any]:
    """Return the body with which an operator opens an account."""
    ann = {"first_name": "Ann", "last_name": "Admin", "email": admin}
    return {"account_id": account_id, "name": name or f"Account {account_id}", "seats": seats, "admin": ann}


def invitation(address: str = LEE_ADDRESS, **fields: Any) -> dict[str, Any]:
    """Return the body of `invite`: Lee, as a user in the group of everyone, but for what is given."""
    return {"first_name": "Lee", "last_name": "Sherron", "email": address, "groups": ["everyone"]} | fields


LEE_BODY = invitation()


def invited(by: ActiveUser, address: str = LEE_ADDRESS, *, account_id: str = ACCOUNT, **fields: Any) -> dict[str, Any]:
    """Invite a user and return them, as the API shows them."""
    answer = call(INVITE, caller=by.signed_in, account_id=account_id, body=invitation(address, **fields))
    assert answer.status == 201, answer.text
    user: dict[str, Any] = answer.body
    return user


def token_for(user: dict[str, Any], *, channel: Channel = Channel.MAILED, generation: int | None = None) -> str:
    """Return the token of a user's link, as the functions that may would make it."""
    generation = generation or user["invitation"]["generation"]
    return open_token_signer().sign(InvitationToken(user["account_id"], user["user_id"], generation, channel))


def recovery_token(address: str, *, by: SignedIn | None = None) -> str:
    """Ask for a password reset link, by an operator or for oneself, and return its token."""
    answer = call(HELP_RECOVERY, caller=by, email=address) if by else call(START_RECOVERY, body={"email": address})
    assert answer.status == 202, answer.text
    identity_id = Ids(settings().pepper).identity_id(address)
    [row] = [row for row in aws_fixture.items(DIRECTORY) if row["pk"] == f"recovery#{identity_id}"]
    return open_recovery_signer().sign(RecoveryToken(identity_id, int(row["version"])))


def acceptance(token: str, **fields: Any) -> dict[str, Any]:
    """Return the body of `accept`."""
    return {
        "token": token,
        "first_name": "Lee",
        "last_name": "Sherron",
        "password": PASSWORD,
        "security_question": "First pet?",
        "security_answer": "Rex the third",
        "terms_version": TERMS,
    } | fields


def accepted(token: str, **fields: Any) -> Answer:
    """Accept, and return the answer."""
    return call(ACCEPT, body=acceptance(token, **fields))


def joined(account_id: str, user: dict[str, Any]) -> ActiveUser:
    """Let the invited person join, with a new ID or the one that they have, and return them."""
    try:
        known = signed_in(user["email"])
    except aws_fixture.cognito.exceptions.UserNotFoundException:
        names = {"first_name": user["first_name"], "last_name": user["last_name"] or "Nameless"}
        answer = accepted(token_for(user), **names)
        known = signed_in(user["email"])
    else:
        answer = call(JOIN, caller=known, body={"token": token_for(user), "terms_version": TERMS})
    assert answer.status == 200, answer.text
    assert answer.body["account"]["account_id"] == account_id
    return ActiveUser(user["user_id"], user["email"], known)


def a_user(by: ActiveUser, address: str = LEE_ADDRESS, *, account_id: str = ACCOUNT, **fields: Any) -> ActiveUser:
    """Invite someone who then joins, and return them."""
    return joined(account_id, invited(by, address, account_id=account_id, **fields))


def certified(address: str = "pia@example.org", **fields: Any) -> str:
    """Certify a partner and return the address."""
    body = {"partner_type": "certified_partner", "first_name": "Pat", "last_name": "Porter"} | fields
    answer = call(CERTIFY, caller=an_operator(), email=address, body=body)
    assert answer.status == 200, answer.text
    return address


def invited_partner(by: ActiveUser, address: str = "pia@example.org", **fields: Any) -> dict[str, Any]:
    """Invite a certified partner, by address alone, and return them."""
    body = {"kind": "partner", "email": certified(address), "groups": ["everyone"]} | fields
    answer = call(INVITE, caller=by.signed_in, account_id=ACCOUNT, body=body)
    assert answer.status == 201, answer.text
    user: dict[str, Any] = answer.body
    return user


def a_partner(by: ActiveUser, **fields: Any) -> ActiveUser:
    """Invite a certified partner who then joins, and return them."""
    return joined(ACCOUNT, invited_partner(by, **fields))


def delivered() -> list[email.message.EmailMessage]:
    """Empty the outbox as its stream does, and return all mails that have gone out."""
    deliver_queued()
    return [
        email.message_from_bytes(raw, _class=email.message.EmailMessage, policy=email.policy.default)
        for raw in aws_fixture.sent_mails()
    ]


def deliver_queued() -> None:
    """Send every mail that is still queued, as the outbox's stream does."""
    queued = [row["pk"] for row in aws_fixture.items(MAIL) if row["state"] == "queued"]
    if queued:
        wake("send_mail", stream_of(queued))


def stream_of(mail_ids: list[str]) -> dict[str, Any]:
    """Return the event with which the outbox's stream invokes `send_mail`."""
    return {
        "Records": [
            {
                "eventID": str(number),
                "eventName": "INSERT",
                "eventSource": "aws:dynamodb",
                "dynamodb": {"Keys": {"pk": {"S": mail_id}}, "SequenceNumber": str(number)},
            }
            for number, mail_id in enumerate(mail_ids, 1)
        ]
    }


def text_of(mail: email.message.EmailMessage, subtype: str = "plain") -> str:
    """Return one of a mail's two bodies, plain text or HTML, with line feeds alone between its lines."""
    body = mail.get_body((subtype,))
    assert body, f"the mail has no {subtype} body"
    return str(body.get_content()).replace("\r\n", "\n")


def link_in(mail: email.message.EmailMessage) -> str:
    """Return the token in a mail's text."""
    found = re.search(r"/invite#(\S+)", text_of(mail))
    assert found, "no link in the mail"
    return found[1]
