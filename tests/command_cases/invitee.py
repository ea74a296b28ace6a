"""Cases of invitees."""

from collections.abc import Callable
from functools import partial

from shared.adapters.cognito import CREATED_BY_ATTRIBUTE, open_cognito
from shared.adapters.dynamodb.codec import to_item
from shared.domain.model.invitation_tokens import Channel
from shared.domain.model.users import INVITATION_VALID_FOR
from shared.domain.policy.rate_limits import MIN_INTERVAL
from shared.storage_schema import IDENTITIES, MAIL
from tests import aws_fixture
from tests.command_cases.case import (
    CommandCase,
    Cost,
    Given,
    Parts,
    RefusedCase,
    by_ann,
    caller_is_deactivated,
    done,
    two_administrators,
)
from tests.command_cases.effects import assert_signs_in, assert_user, identity_of, nothing_changes, user_of
from tests.command_cases.invitations import is_accepted
from tests.command_cases.inviting import PHONE
from tests.factories import (
    ACCEPT,
    ACCOUNT,
    ADMINISTRATORS,
    DEACTIVATE,
    DECLINE,
    JOIN,
    LEE_ADDRESS,
    PASSWORD,
    PREVIEW,
    REQUEST_NEW,
    RESEND,
    REVOKE,
    TERMS,
    a_user,
    acceptance,
    accepted,
    an_account,
    an_operator,
    invited,
    signed_in,
    token_for,
)
from tests.invoke import call, wake
from tests.proofs import movable_clock
from tests.proofs.snapshots import rows, sign_ins

OTHER = "cd456"


def expires(_: Given) -> None:
    movable_clock.forward(INVITATION_VALID_FOR)
    wake("expire")


def _is_replaced_by_operator(given: Given) -> None:
    names = {name: given.user[name] for name in ("first_name", "last_name", "email")}
    done(call(ADMINISTRATORS, caller=an_operator(), account_id=ACCOUNT, body=names))


_INVITER_DEACTIVATED = RefusedCase("inviter_deactivated", 410, "invitation_revoked", happens=caller_is_deactivated)
_REVOKED = RefusedCase("revoked", 410, "invitation_revoked", happens=lambda given: by_ann(given, REVOKE))
_RESENT = RefusedCase("resent", 410, "invitation_replaced", happens=lambda given: by_ann(given, RESEND))
_EXPIRED = RefusedCase("expired", 410, "invitation_expired", happens=expires)
_DECLINED = RefusedCase(
    "declined", 410, "invitation_declined", happens=lambda given: done(call(DECLINE, body={"token": given.token}))
)
_FORGED = RefusedCase(
    "forged",
    404,
    "invitation_not_found",
    changed=lambda given: {"body": {**given.parts["body"], "token": given.token[:-43] + "A" * 43}},
)


def with_link(
    effect: Callable[[], object], *, channel: Channel = Channel.MAILED, admin: bool = False, **body: object
) -> Given:
    """A request with the link of an invitation of Bob's."""
    with movable_clock.ago(MIN_INTERVAL):
        ann, bob = two_administrators()
        user = invited(bob, admin=admin)
    body = {"token": token_for(user, channel=channel)} | body
    return Given({"body": body}, effect, ann=ann, bob=bob, user=user)


def accepting(channel: Channel = Channel.MAILED, *, admin: bool = False) -> Given:
    def assert_effect() -> None:
        assert_user(LEE_ADDRESS, "active", "user.invited", "user.joined")
        assert_signs_in(LEE_ADDRESS, PASSWORD, proven=channel is Channel.MAILED)

    given = with_link(assert_effect, channel=channel, admin=admin)
    return Given({"body": acceptance(given.token, phone=PHONE)}, assert_effect, given.ann, given.bob, given.user)


def taking_over() -> Given:
    """The mailbox's owner takes the ID that someone else made of their address through a copied link."""
    impostor = {"password": "Somebody1", "first_name": "False"}
    done(accepted(token_for(invited(an_account()), channel=Channel.COPIED), **impostor))
    first_sub = sign_ins()[LEE_ADDRESS]
    token = token_for(invited(an_account(OTHER), account_id=OTHER))

    def assert_effect() -> None:
        users = [user_of(LEE_ADDRESS, account_id) for account_id in (ACCOUNT, OTHER)]
        assert {(user["status"], user["first_name"]) for user in users} == {("active", "Lee")}
        assert_signs_in(LEE_ADDRESS, PASSWORD)
        assert open_cognito().sign_in(LEE_ADDRESS, "Somebody1") is None, "the first password still signs in"
        assert sign_ins()[LEE_ADDRESS] == first_sub, "the sign-in was not kept"
        assert identity_of(LEE_ADDRESS)["taken_over"], "sessions from before have not ended"

    return Given({"body": acceptance(token)}, assert_effect)


def accepting_after_failure() -> Given:
    """An earlier attempt has left a sign-in that no identity names."""
    given = accepting()
    attributes = [{"Name": "email", "Value": LEE_ADDRESS}, {"Name": CREATED_BY_ATTRIBUTE, "Value": "accept"}]
    aws_fixture.cognito.admin_create_user(
        UserPoolId=aws_fixture.USER_POOL_ID, Username=LEE_ADDRESS, MessageAction="SUPPRESS", UserAttributes=attributes
    )
    return given


def previewing_with_id() -> Given:
    given = joining()
    return Given({"body": {"token": given.token}}, nothing_changes(), given.ann, given.bob, given.user)


def joining() -> Given:
    def assert_effect() -> None:
        assert_user(LEE_ADDRESS, "active", "user.invited", "user.joined")
        assert_signs_in(LEE_ADDRESS, PASSWORD)

    a_user(an_account(OTHER), account_id=OTHER)
    given = with_link(assert_effect, terms_version=TERMS)
    parts: Parts = {"caller": signed_in(LEE_ADDRESS), **given.parts}
    return Given(parts, assert_effect, given.ann, given.bob, given.user)


def identity_is_blocked(_: Given) -> None:
    aws_fixture.dynamodb.update_item(
        TableName=aws_fixture.physical(IDENTITIES),
        Key=to_item({"pk": identity_of(LEE_ADDRESS)["pk"]}),
        UpdateExpression="SET blocked = :yes",
        ExpressionAttributeValues={":yes": {"BOOL": True}},
    )


IDENTITY_BLOCKED = RefusedCase("identity_blocked", 401, "unauthorized", happens=identity_is_blocked)


def previewing() -> Given:
    given = with_link(lambda: None)
    return Given(given.parts, nothing_changes(), given.ann, given.bob, given.user)


def declining() -> Given:
    return with_link(partial(assert_user, LEE_ADDRESS, "declined", "user.invited", "invitation.declined"))


def requesting_new_link() -> Given:
    """The inviter is gone, so that the administrators get the mail."""
    with movable_clock.ago(INVITATION_VALID_FOR):
        ann, bob = two_administrators()
        user = invited(bob)

    def assert_effect() -> None:
        assert_user(LEE_ADDRESS, "invited", "user.invited", "invitation.new_link_requested")
        assert [mail["to_user"] for mail in rows(MAIL) if mail["kind"] == "new_link_requested"] == [ann.user_id]

    given = Given({"body": {"token": token_for(user)}}, assert_effect, ann=ann, bob=bob, user=user)
    by_ann(given, DEACTIVATE, user_id=bob.user_id)
    return given


def _is_requested_by_another(given: Given) -> None:
    done(call(REQUEST_NEW, body={"token": given.token}))


CASES = (
    CommandCase("preview", PREVIEW, previewing, cost=Cost.READ, refusals=(_FORGED,)),
    CommandCase("preview_with_id", PREVIEW, previewing_with_id, cost=Cost.READ),
    CommandCase(
        "accept",
        ACCEPT,
        accepting,
        keyed=False,
        cost=Cost.UNBOUNDED,
        refusals=(
            _INVITER_DEACTIVATED,
            _REVOKED,
            _RESENT,
            _EXPIRED,
            _DECLINED,
            _FORGED,
            RefusedCase(
                "clock_passes_expiry",
                410,
                "invitation_expired",
                happens=lambda _: movable_clock.forward(INVITATION_VALID_FOR),
                decided=1,
            ),
            RefusedCase(
                "replaced_by_operator",
                410,
                "invitation_replaced",
                happens=_is_replaced_by_operator,
                arrange=lambda: accepting(admin=True),
            ),
        ),
    ),
    CommandCase("accept_copied_link", ACCEPT, lambda: accepting(Channel.COPIED), cost=Cost.UNBOUNDED),
    CommandCase("accept_after_failure", ACCEPT, accepting_after_failure, keyed=False, cost=Cost.UNBOUNDED),
    CommandCase("take_over", ACCEPT, taking_over, keyed=False, cost=Cost.UNBOUNDED),
    CommandCase(
        "join",
        JOIN,
        joining,
        keyed=False,
        cost=Cost.UNBOUNDED,
        refusals=(_INVITER_DEACTIVATED, _REVOKED, _RESENT, _EXPIRED, _DECLINED, _FORGED, IDENTITY_BLOCKED),
    ),
    CommandCase(
        "decline",
        DECLINE,
        declining,
        keyed=False,
        cost=Cost.SMALL_CHANGE,
        refusals=(
            RefusedCase("accepted", 410, "invitation_accepted", happens=is_accepted),
            _INVITER_DEACTIVATED,
            _REVOKED,
            _RESENT,
            _EXPIRED,
            _FORGED,
        ),
    ),
    CommandCase(
        "request_new_link",
        REQUEST_NEW,
        requesting_new_link,
        status=202,
        cost=Cost.SMALL_CHANGE,
        refusals=(
            _RESENT,
            _FORGED,
            RefusedCase("requested_by_another", 429, "rate_limited", happens=_is_requested_by_another),
        ),
    ),
)
