"""Nobody takes a stranger's ID in advance: the mailbox's owner gets it, and every older session ends (rule 15)."""

from shared.domain.model.invitation_tokens import Channel
from tests.factories import PASSWORD
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import ANOTHER_PASSWORD, Member, People


def _taken_in_advance(people: People, emulator: Emulator, account: Member) -> Member:
    """An ID that an administrator has created with the link that they copied."""
    user = people.invited(account, first_name="Vic", last_name="Victim")
    copied = emulator.sign(user, channel=Channel.COPIED)
    assert people.preview(copied).body["identity_exists"] is None
    return people.joined(user, token=copied, first_name="Mal", last_name="Mallory")


def test_an_unproven_id_works_in_its_own_account_only(people: People, emulator: Emulator, mailbox: Mailbox) -> None:
    taken = _taken_in_advance(people, emulator, people.an_account())
    other = people.an_account()
    user = people.invited(other, taken.address)

    joined = people.join(mailbox.token_for(user), signed_in=taken.token)
    accepted = people.accept(emulator.sign(user, channel=Channel.COPIED))

    assert people.api.get(taken.path("/access"), token=taken.token).status == 200
    assert (joined.status, joined.code) == (409, "mailbox_not_proven")
    assert (accepted.status, accepted.code) == (409, "identity_exists")


def test_the_mailed_link_gives_the_id_to_who_reads_the_mailbox(
    people: People, emulator: Emulator, mailbox: Mailbox
) -> None:
    first, second = people.an_account(), people.an_account()
    taken = _taken_in_advance(people, emulator, first)
    user = people.invited(second, taken.address)
    token = mailbox.token_for(user)

    shown = people.preview(token)
    owner = people.joined(user, token=token, first_name="Vic", last_name="Victim", password=ANOTHER_PASSWORD)

    assert shown.body["identity_exists"] is False
    _require_shut_out(people, taken)
    mine = people.api.get("/v1/me", token=owner.token).body
    assert (mine["first_name"], mine["last_name"]) == ("Vic", "Victim")
    assert {account["account_id"] for account in mine["accounts"]} == {first.account_id, second.account_id}
    assert people.api.get(first.path("/access"), token=owner.token).status == 200


def test_a_sign_in_that_its_owner_deleted_is_made_again_by_a_mailed_link(people: People, mailbox: Mailbox) -> None:
    first, second = people.an_account(), people.an_account()
    lee = people.joined(people.invited(first))
    assert people.api.cognito("DeleteUser", AccessToken=lee.token).status == 200
    user = people.invited(second, lee.address)

    shown = people.preview(mailbox.token_for(user))
    owner = people.joined(user, token=mailbox.token_for(user), password=ANOTHER_PASSWORD)

    assert shown.body["identity_exists"] is False
    assert people.api.get("/v1/me", token=lee.token).status == 401
    mine = people.api.get("/v1/me", token=owner.token).body["accounts"]
    assert {account["account_id"] for account in mine} == {first.account_id, second.account_id}


def _require_shut_out(people: People, taken: Member) -> None:
    """The one who took the ID has neither session nor password any more."""
    assert [people.api.get(path, token=taken.token).status for path in ("/v1/me", taken.path("/access"))] == [401, 401]
    renewed = people.api.cognito(
        "InitiateAuth",
        ClientId=people.api.client_id,
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": taken.refresh_token},
    )
    assert (renewed.status, renewed.code) == (400, "NotAuthorizedException")
    assert people.api.try_sign_in(taken.address, PASSWORD).code == "NotAuthorizedException"
