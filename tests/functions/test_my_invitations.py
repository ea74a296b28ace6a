from collections.abc import Callable
from typing import Any

import pytest

from shared.adapters.dynamodb import pending_invitations
from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import IDENTITIES
from tests import aws_fixture
from tests.factories import (
    ACCOUNT,
    BLOCK,
    BLOCK_IDENTITY,
    DEACTIVATE,
    DECLINE,
    EDIT,
    ERASE_IDENTITY,
    JOIN,
    ME,
    MY_INVITATIONS,
    PREVIEW,
    RESUME,
    REVOKE,
    SUSPEND,
    TERMS,
    UNBLOCK,
    WITHDRAW,
    ActiveUser,
    a_user,
    accepted,
    an_operator,
    invited,
    invited_partner,
    joined,
    signed_in,
    token_for,
)
from tests.functions.cached_fixtures import SECOND, an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused
from tests.invoke import HOST, SignedIn
from tests.table_edits import overdue, set_in, set_user


def lee_invited() -> tuple[ActiveUser, ActiveUser, dict[str, Any]]:
    """Zoe of the second account, Lee of the first, and Lee's invitation to the second."""
    ann, zoe = two_accounts()
    lee = a_user(ann)
    return zoe, lee, invited(zoe, account_id=SECOND)


def listed(caller: SignedIn) -> list[dict[str, Any]]:
    with nothing_changes():
        answer = call(MY_INVITATIONS, caller=caller)
    assert (answer.status, answer.body["next_cursor"]) == (200, None), answer.text
    found: list[dict[str, Any]] = answer.body["data"]
    return found


def token_in(found: dict[str, Any]) -> str:
    place, _, token = found["url"].partition("#")
    assert place.endswith("/invite")
    return str(token)


def in_second(by: ActiveUser, route: str, user_id: str, **body: Any) -> None:
    answer = call(route, caller=by.signed_in, account_id=SECOND, user_id=user_id, body=body)
    assert answer.status == 200, answer.text


def as_operator(route: str, **parts: str) -> None:
    answer = call(route, caller=an_operator(), **parts)
    assert answer.status in {200, 202, 204}, answer.text


def test_a_pending_invitation_is_listed_with_its_account() -> None:
    _, lee, user = lee_invited()

    [found] = listed(lee.signed_in)

    found.pop("url")
    invitation = user["invitation"]
    assert found == {
        "account_id": SECOND,
        "name": f"Account {SECOND}",
        "user_id": user["user_id"],
        "kind": "user",
        "sent_at": invitation["sent_at"],
        "expires_at": invitation["expires_at"],
    }


def test_its_address_is_that_of_a_link_with_which_the_person_joins() -> None:
    _, lee, _ = lee_invited()
    token = token_in(listed(lee.signed_in)[0])

    preview = call(PREVIEW, body={"token": token})
    answer = call(JOIN, caller=lee.signed_in, body={"token": token, "terms_version": TERMS})

    assert (preview.body["email"], preview.body["identity_exists"]) == (lee.address, None)
    assert (answer.status, answer.body["account"]["account_id"]) == (200, SECOND)
    assert [each["account_id"] for each in call(ME, caller=lee.signed_in).body["accounts"]] == [ACCOUNT, SECOND]
    assert listed(lee.signed_in) == []


def test_its_link_declines_and_makes_no_new_id() -> None:
    _, lee, _ = lee_invited()
    token = token_in(listed(lee.signed_in)[0])

    assert refused(accepted(token)) == (409, "identity_exists")
    assert call(DECLINE, body={"token": token}).status == 200
    assert listed(lee.signed_in) == []


def test_the_link_is_in_no_table() -> None:
    _, lee, _ = lee_invited()

    token = token_in(listed(lee.signed_in)[0])

    assert all(token not in str(rows) for rows in aws_fixture.everything().values())


def test_a_partner_sees_what_they_would_join_as() -> None:
    ann, zoe = two_accounts()
    pia = a_user(zoe, "pia@example.org", account_id=SECOND)
    invited_partner(ann, pia.address)

    assert [(each["account_id"], each["kind"]) for each in listed(pia.signed_in)] == [(ACCOUNT, "partner")]


def test_the_newest_are_listed_first_and_others_than_those_20_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pending_invitations, "MAX_INVITATIONS", 2)
    ann, zoe = two_accounts()
    mia = an_account("mm111", admin="mia@example.org")
    lee = a_user(ann)
    third = an_account("aa222", admin="kim@example.org")
    sent = [invited(by, account_id=account) for by, account in ((zoe, SECOND), (mia, "mm111"), (third, "aa222"))]
    for day, user in zip((21, 23, 22), sent, strict=True):
        set_user(user, invitation__sent_at=f"2026-11-{day}T12:00:00.000Z")

    assert [each["account_id"] for each in listed(lee.signed_in)] == ["mm111", "aa222"]


def test_someone_without_an_account_sees_their_invitation() -> None:
    _, lee, user = lee_invited()
    set_user({"account_id": ACCOUNT, "user_id": lee.user_id}, status="inactive")

    assert [each["user_id"] for each in listed(lee.signed_in)] == [user["user_id"]]


def test_an_invitation_of_an_operators_is_listed() -> None:
    ann, _ = two_accounts()
    body = {"first_name": "Ann", "last_name": "Admin", "email": ann.address}
    path = "POST /v1/operator/accounts/{account_id}/administrators"
    assert call(path, caller=an_operator(), account_id=SECOND, body=body).status == 201

    assert [each["account_id"] for each in listed(ann.signed_in)] == [SECOND]


Ending = Callable[[ActiveUser, dict[str, Any]], object]


def _removed(zoe: ActiveUser, user: dict[str, Any]) -> None:
    in_second(zoe, REVOKE, user["user_id"])


def _expired(_: ActiveUser, user: dict[str, Any]) -> None:
    overdue(user)


def _declined(_: ActiveUser, user: dict[str, Any]) -> None:
    assert call(DECLINE, body={"token": token_for(user)}).status == 200


def _accepted(_: ActiveUser, user: dict[str, Any]) -> None:
    joined(SECOND, user)


def _suspended(_: ActiveUser, __: dict[str, Any]) -> None:
    as_operator(SUSPEND, account_id=SECOND)


@pytest.mark.parametrize("ends", [_removed, _expired, _declined, _accepted, _suspended])
def test_what_cannot_be_joined_any_more_is_not_listed(ends: Ending) -> None:
    zoe, lee, user = lee_invited()
    assert len(listed(lee.signed_in)) == 1

    ends(zoe, user)

    assert listed(lee.signed_in) == []


def test_it_is_listed_again_once_the_account_is_resumed() -> None:
    _, lee, _ = lee_invited()
    as_operator(SUSPEND, account_id=SECOND)

    as_operator(RESUME, account_id=SECOND)

    assert len(listed(lee.signed_in)) == 1


def test_it_is_listed_while_its_inviter_may_invite() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    ivo = a_user(zoe, "ivo@example.org", account_id=SECOND, permissions={"allow": ["users.invite", "users.view"]})
    invited(ivo, account_id=SECOND)
    seen = [len(listed(lee.signed_in))]

    for route, body in ((BLOCK, {"reason": "other"}), (UNBLOCK, {})):
        in_second(zoe, route, ivo.user_id, **body)
        seen.append(len(listed(lee.signed_in)))
    in_second(zoe, EDIT, ivo.user_id, permissions={"allow": ["users.view"], "deny": []})
    seen.append(len(listed(lee.signed_in)))

    assert seen == [1, 0, 1, 0]


def test_it_is_not_listed_after_its_inviter_was_deactivated() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    ivo = a_user(zoe, "ivo@example.org", account_id=SECOND, admin=True)
    invited(ivo, account_id=SECOND)

    in_second(zoe, DEACTIVATE, ivo.user_id)

    assert listed(lee.signed_in) == []


def test_a_partners_is_not_listed_while_the_certification_is_withdrawn() -> None:
    ann, zoe = two_accounts()
    pia = a_user(zoe, "pia@example.org", account_id=SECOND)
    invited_partner(ann, pia.address)

    as_operator(WITHDRAW, email=pia.address)

    assert listed(pia.signed_in) == []


def test_an_unproven_id_sees_none_until_its_address_is_proven() -> None:
    ann, zoe = two_accounts()
    assert accepted(token_for(invited(ann), channel=Channel.COPIED)).status == 200
    lee = signed_in("lee@example.org")
    invited(zoe, account_id=SECOND)
    before = listed(lee)

    set_in(IDENTITIES, {"pk": call(ME, caller=lee).body["identity_id"]}, proven=True)

    assert (before, len(listed(lee))) == ([], 1)


def test_another_persons_is_never_listed() -> None:
    zoe, _, _ = lee_invited()
    invited(zoe, "kim@example.org", account_id=SECOND)
    mia = an_account("mm111", admin="mia@example.org")

    assert [listed(each.signed_in) for each in (zoe, mia)] == [[], []]


def test_whose_id_was_blocked_is_signed_out() -> None:
    _, lee, _ = lee_invited()

    as_operator(BLOCK_IDENTITY, email=lee.address)

    assert refused(call(MY_INVITATIONS, caller=lee.signed_in)) == (401, "unauthorized")


def test_an_erased_persons_invitation_is_not_listed_to_the_next_one() -> None:
    _, lee, _ = lee_invited()
    as_operator(ERASE_IDENTITY, email=lee.address)
    mia = an_account("mm111", admin="mia@example.org")

    again = a_user(mia, account_id="mm111")

    assert listed(again.signed_in) == []
    assert refused(call(MY_INVITATIONS, caller=lee.signed_in)) == (401, "unauthorized")


def test_the_hosts_own_credentials_list_none() -> None:
    assert refused(call(MY_INVITATIONS, caller=HOST)) == (403, "not_allowed")
