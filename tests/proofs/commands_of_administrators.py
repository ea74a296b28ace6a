"""Commands of administrators and operators."""

from typing import Any

from shared.adapters.token_signer import open_token_signer
from shared.domain.commands.invitations import VALID_FOR
from shared.domain.policy.rate_limits import MIN_INTERVAL
from shared.storage_schema import DIRECTORY, JOURNAL
from tests.factories import (
    ACCOUNT,
    ADMINISTRATORS,
    COPY_LINK,
    DEACTIVATE,
    DECLINE,
    EDIT,
    INVITE,
    OPEN_ACCOUNT,
    REACTIVATE,
    REMOVE,
    RESEND,
    REVOKE,
    SETTINGS,
    Person,
    a_user,
    an_account,
    an_operator,
    invited,
    token_for,
)
from tests.invoke import Answer, call, wake
from tests.proofs import moments
from tests.proofs.command_cases import BODY, KEYED, LEE, Command, assert_invited, assert_user, user_of
from tests.proofs.snapshots import rows


def invite() -> Command:
    ann = an_account()
    body = BODY | {"notify": ["boss@example.org"]}
    return Command(
        lambda: call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body, headers=KEYED),
        201,
        lambda: assert_invited(notified=1),
    )


def invite_after_declining() -> Command:
    ann = an_account()
    assert call(DECLINE, body={"token": token_for(invited(ann))}).status == 200
    moments.forward(MIN_INTERVAL)
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
    moments.forward(MIN_INTERVAL)
    body = {"first_name": "Ann", "last_name": "Admin", "email": "ann@example.org"}
    operator = an_operator()
    return Command(
        lambda: call(ADMINISTRATORS, caller=operator, account_id=ACCOUNT, body=body, headers=KEYED),
        201,
        lambda: assert_user("ann@example.org", "invited", "user.invited", "invitation.resent", generation=2),
    )


def deactivate() -> Command:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    return Command(
        lambda: call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=bob.user_id, body={}, headers=KEYED),
        200,
        lambda: assert_user("bob@example.org", "inactive", "user.invited", "user.joined", "user.deactivated"),
    )


def resend() -> Command:
    ann = an_account()
    user = invited(ann)
    moments.forward(MIN_INTERVAL)
    return Command(
        lambda: on(user, RESEND, ann),
        200,
        lambda: assert_user(LEE, "invited", "user.invited", "invitation.resent", generation=2),
    )


def resend_expired() -> Command:
    """The sweep has freed the seat: it is taken again."""
    ann = an_account(seats=2)
    user = invited(ann)
    moments.forward(VALID_FOR)
    wake("expire")
    entries = ("user.invited", "invitation.expired", "invitation.resent")
    return Command(lambda: on(user, RESEND, ann), 200, lambda: assert_user(LEE, "invited", *entries, generation=2))


def copy_link() -> Command:
    ann = an_account()
    user = invited(ann)
    given: list[str] = []

    def give() -> Answer:
        answer = on(user, COPY_LINK, ann)
        given.append(answer.body.get("url", ""))
        return answer

    def assert_effect() -> None:
        assert_user(LEE, "invited", "user.invited", "invitation.link_copied")
        assert open_token_signer().verify(given[-1].partition("#")[2]).generation == 1

    return Command(give, 200, assert_effect)


def revoke() -> Command:
    ann = an_account()
    user = invited(ann)
    return Command(
        lambda: on(user, REVOKE, ann), 200, lambda: assert_user(LEE, "removed", "user.invited", "invitation.revoked")
    )


def edit() -> Command:
    ann = an_account()
    user = invited(ann)
    body = {"first_name": "Leigh", "phone": {"country_code": "+44", "number": "2079460000"}}

    def assert_effect() -> None:
        assert_user(LEE, "invited", "user.invited", "user.edited")
        assert user_of(LEE)["first_name"] == "Leigh"

    return Command(lambda: on(user, EDIT, ann, body=body), 200, assert_effect)


def reactivate() -> Command:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    on({"user_id": bob.user_id}, DEACTIVATE, ann, headers={})
    entries = ("user.invited", "user.joined", "user.deactivated", "user.reactivated")
    return Command(
        lambda: on({"user_id": bob.user_id}, REACTIVATE, ann), 200, lambda: assert_user(bob.address, "active", *entries)
    )


def remove() -> Command:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    entries = ("user.invited", "user.joined", "user.removed")
    return Command(
        lambda: on({"user_id": bob.user_id}, REMOVE, ann), 200, lambda: assert_user(bob.address, "removed", *entries)
    )


def change_settings() -> Command:
    ann = an_account()
    body = {"locale": "de", "default_group": "everyone"}

    def assert_effect() -> None:
        [account] = [row for row in rows(DIRECTORY) if row["sk"] == "account"]
        assert (account["settings"]["locale"], account["settings_version"]) == ("de", 2)
        assert [row["type"] for row in rows(JOURNAL)].count("settings.changed") == 1

    return Command(lambda: call(SETTINGS, caller=ann.signed_in, account_id=ACCOUNT, body=body), 200, assert_effect)


def on(user: dict[str, Any], route: str, by: Person, *, body: object = None, headers: dict[str, str] = KEYED) -> Answer:
    """One of the routes of a user."""
    return call(
        route, caller=by.signed_in, account_id=ACCOUNT, user_id=user["user_id"], body=body or {}, headers=headers
    )
