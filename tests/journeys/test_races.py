"""What must hold however many ask for it at once, as it is seen through the API afterwards."""

from functools import partial
from typing import Any

from tests.journeys.api import ApiClient
from tests.journeys.awaiting import awaited
from tests.journeys.crowds import at_once, rounds, winners_of
from tests.journeys.emulator import Emulator
from tests.journeys.people import Member, People, an_address
from tests.proofs.promises import CROWD

BUSY = (409, "conflict")


def assert_listed(api: ApiClient, by: Member, status: str, user_ids: set[str]) -> None:
    """Assert which users the Users page shows with this status, soon: the list may lag behind a write."""

    def shown() -> bool:
        answer = api.get(by.path("/users"), token=by.token, status=status, limit="100")
        assert answer.status == 200, answer.text
        return {user["user_id"] for user in answer.body["data"]} == user_ids

    awaited(shown, what=f"{len(user_ids)} users listed as {status}")


def test_one_link_is_accepted_by_exactly_one_of_many(people: People, api: ApiClient, emulator: Emulator) -> None:
    passwords = [f"Trombone{number}" for number in range(CROWD)]
    for _ in rounds():
        ann = people.an_account()
        user = people.invited(ann)
        token = emulator.sign(user)

        answers = at_once([partial(people.accept, token, password=password) for password in passwords])

        [winner] = winners_of(answers, won=200, lost={BUSY, (410, "invitation_accepted")})
        place = answers.index(winner)
        assert api.try_sign_in(user["email"], passwords[place]).status == 200
        assert api.try_sign_in(user["email"], passwords[place - 1]).status == 400
        assert people.seen(user, by=ann)["status"] == "active"
        assert people.journal(ann, user) == ["user.joined", "user.invited"]
        assert people.seats_used(ann) == 2


def test_the_last_seats_go_to_exactly_as_many(people: People, api: ApiClient) -> None:
    for number in rounds():
        left = 1 + number % 3
        ann = people.an_account(seats=1 + left)

        answers = at_once([partial(people.try_invite, ann, an_address()) for _ in range(CROWD)])

        winners = winners_of(answers, won=201, lost={BUSY, (409, "no_seat_available")})
        assert len(winners) == left
        assert_listed(api, ann, "invited", {winner.body["user_id"] for winner in winners})
        assert people.seats_used(ann) == 1 + left


def test_two_administrators_who_deactivate_each_other_leave_one_administrator(people: People, api: ApiClient) -> None:
    for _ in rounds():
        ann = people.an_account()
        bob = people.a_user(ann, admin=True)
        against_bob = partial(people.deactivate, bob, by=ann)
        against_ann = partial(people.deactivate, ann, by=bob)

        answers = at_once([against_bob, against_ann] * (CROWD // 2))

        winners = winners_of(answers, won=200, lost={BUSY, (404, "not_found"), (409, "last_admin")})
        [gone] = {winner.body["user_id"] for winner in winners}
        remaining = bob if gone == ann.user_id else ann
        assert_listed(api, remaining, "active", {remaining.user_id})
        assert_listed(api, remaining, "inactive", {gone})
        assert people.seats_used(remaining) == 1


def test_two_administrators_who_remove_each_other_leave_one_administrator(people: People, api: ApiClient) -> None:
    for _ in rounds():
        ann = people.an_account()
        bob = people.a_user(ann, admin=True)
        against_bob = partial(api.post, ann.path(f"/users/{bob.user_id}/remove"), {}, token=ann.token)
        against_ann = partial(api.post, bob.path(f"/users/{ann.user_id}/remove"), {}, token=bob.token)

        answers = at_once([against_bob, against_ann] * (CROWD // 2))

        winners = winners_of(answers, won=200, lost={BUSY, (404, "not_found"), (409, "last_admin")})
        [gone] = {winner.body["user_id"] for winner in winners}
        remaining = bob if gone == ann.user_id else ann
        assert_listed(api, remaining, "active,removed", {ann.user_id, bob.user_id})
        assert_listed(api, remaining, "removed", {gone})
        assert people.seats_used(remaining) == 1


def test_a_link_that_is_revoked_meanwhile_is_accepted_before_or_not_at_all(
    people: People, api: ApiClient, emulator: Emulator
) -> None:
    for _ in rounds():
        ann = people.an_account()
        user = people.invited(ann)
        accept = partial(people.accept, emulator.sign(user))
        revoke = partial(api.post, ann.path(f"/users/{user['user_id']}/revoke"), {}, token=ann.token)

        answers = at_once([accept, revoke] * (CROWD // 2))

        refused = {BUSY, (409, "wrong_state"), (410, "invitation_accepted"), (410, "invitation_revoked")}
        winners_of(answers, won=200, lost=refused)
        joined = any(answer.status == 200 for answer in answers[::2])
        revoked = any(answer.status == 200 for answer in answers[1::2])
        assert joined != revoked
        assert people.seen(user, by=ann)["status"] == ("active" if joined else "removed")
        assert people.journal(ann, user) == ["user.joined" if joined else "invitation.revoked", "user.invited"]
        assert people.seats_used(ann) == 1 + joined


def test_an_address_is_invited_once_by_however_many(people: People, api: ApiClient, emulator: Emulator) -> None:
    for _ in rounds():
        ann, address = people.an_account(), an_address()

        answers = at_once([partial(people.try_invite, ann, address) for _ in range(CROWD)])

        [winner] = winners_of(answers, won=201, lost={BUSY, (409, "already_invited")})
        assert_invited_once(people, api, emulator, ann, winner.body)


def test_one_key_has_one_effect_and_one_answer(people: People, api: ApiClient, emulator: Emulator) -> None:
    for number in rounds():
        ann = people.an_account()
        body = {"first_name": "Lee", "last_name": "Sherron", "email": an_address(), "groups": ["everyone"]}
        invite = partial(api.post, ann.path("/users"), body, token=ann.token, key=f"one-and-the-same-{number}")

        answers = at_once([invite] * CROWD)

        winners = winners_of(answers, won=201, lost={BUSY})
        assert len({winner.text for winner in winners}) == 1
        assert_invited_once(people, api, emulator, ann, winners[0].body)


def assert_invited_once(people: People, api: ApiClient, emulator: Emulator, ann: Member, user: dict[str, Any]) -> None:
    assert_listed(api, ann, "invited", {user["user_id"]})
    assert people.journal(ann, user) == ["user.invited"]
    assert people.seats_used(ann) == 2
    assert len(emulator.mails(user, "invitation")) == 1
