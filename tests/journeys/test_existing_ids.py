"""An ID that someone has already opens further accounts, and only for its owner."""

from tests.factories import PASSWORD
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import ANOTHER_PASSWORD, People


def test_an_id_joins_a_second_account_with_its_password_as_it_was(people: People, mailbox: Mailbox) -> None:
    first, second = people.an_account(), people.an_account()
    lee = people.a_user(first)
    token = mailbox.token_for(people.invited(second, lee.address))

    shown = people.preview(token)
    joined = people.join(token, signed_in=lee.token)

    assert shown.body["identity_exists"] is True
    assert joined.status == 200, joined.text
    assert joined.body["account"]["account_id"] == second.account_id
    me = people.api.get("/v1/me", token=people.api.sign_in(lee.address, PASSWORD)["AccessToken"])
    assert {account["account_id"] for account in me.body["accounts"]} == {first.account_id, second.account_id}


def test_an_id_that_exists_is_not_created_again(people: People, mailbox: Mailbox) -> None:
    first, second = people.an_account(), people.an_account()
    lee = people.a_user(first)
    user = people.invited(second, lee.address)

    refused = people.accept(mailbox.token_for(user), password=ANOTHER_PASSWORD)

    assert (refused.status, refused.code) == (409, "identity_exists")
    assert people.api.try_sign_in(lee.address, ANOTHER_PASSWORD).code == "NotAuthorizedException"
    assert people.api.try_sign_in(lee.address, PASSWORD).status == 200


def test_someone_elses_id_does_not_join_and_the_link_stays_usable(people: People, mailbox: Mailbox) -> None:
    account = people.an_account()
    stranger = people.a_user(people.an_account(), first_name="Sam", last_name="Stranger")
    user = people.invited(account)
    token = mailbox.token_for(user)

    refused = people.join(token, signed_in=stranger.token)

    assert (refused.status, refused.code) == (409, "wrong_identity")
    assert people.preview(token).status == 200
    assert people.joined(user, token=token).user_id == user["user_id"]


def test_joining_twice_is_joining_once(people: People, mailbox: Mailbox) -> None:
    first, second = people.an_account(), people.an_account()
    lee = people.a_user(first)
    user = people.invited(second, lee.address)
    token = mailbox.token_for(user)

    once, again = people.join(token, signed_in=lee.token), people.join(token, signed_in=lee.token)

    assert (once.status, again.status) == (200, 200)
    assert people.journal(second, user).count("user.joined") == 1
    assert people.seats_used(second) == 2


def test_the_inviter_does_not_learn_that_an_id_exists(people: People) -> None:
    lee = people.a_user(people.an_account())
    account = people.an_account()

    known, unknown = people.invited(account, lee.address), people.invited(account)

    own = {"user_id", "identity_id", "email", "created_at", "updated_at", "invitation"}
    assert {name: known[name] for name in known.keys() - own} == {name: unknown[name] for name in unknown.keys() - own}
