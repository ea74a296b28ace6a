"""Inviting many people with one request, as clients of the running stack see it."""

import time
from functools import partial
from typing import Any

from tests.invoke import Answer
from tests.journeys.api import ApiClient
from tests.journeys.crowds import at_once
from tests.journeys.people import Member, People, an_address

BUSY = (409, "conflict")
LONGEST_SECONDS = 15


def rows(number: int) -> list[dict[str, Any]]:
    return [
        {"first_name": "Lee", "last_name": f"No{each}", "email": an_address(), "groups": ["everyone"]}
        for each in range(number)
    ]


def invite_rows(api: ApiClient, by: Member, users: list[dict[str, Any]], *, key: str = "") -> Answer:
    body = {"users": users, "message": "Welcome", "notify": ["boss@example.org"]}
    return api.post(by.path("/users/batch"), body, token=by.token, key=key)


def ids_of_invited(answer: Answer) -> set[str]:
    return {result["user"]["user_id"] for result in answer.body["results"] if result["outcome"] == "invited"}


def test_two_hundred_people_are_invited_while_the_caller_waits(people: People, api: ApiClient) -> None:
    ann, users = people.an_account(seats=300), rows(200)

    began = time.monotonic()
    answer = invite_rows(api, ann, users, key=ann.user_id)
    took = time.monotonic() - began
    again = invite_rows(api, ann, users, key=ann.user_id)

    assert answer.status == 200, answer.text
    assert took <= LONGEST_SECONDS
    assert len(ids_of_invited(answer)) == 200
    assert people.seats_used(ann) == 201
    assert again.text == answer.text


def test_batches_and_single_invitations_share_the_last_seats(people: People, api: ApiClient) -> None:
    for left in (1, 5, 9):
        ann = people.an_account(seats=1 + left)
        batches = [partial(invite_rows, api, ann, rows(4)) for _ in range(6)]
        single = [partial(people.try_invite, ann, an_address()) for _ in range(6)]

        answers = at_once([*batches, *single])

        invited = {user_id for answer in answers[:6] if answer.status == 200 for user_id in ids_of_invited(answer)}
        invited |= {answer.body["user_id"] for answer in answers[6:] if answer.status == 201}
        refused = {(answer.status, answer.code) for answer in answers if answer.status >= 400}
        assert refused <= {BUSY, (409, "no_seat_available")}
        assert all(people.seen({"user_id": each}, by=ann)["status"] == "invited" for each in invited)
        assert people.seats_used(ann) == 1 + len(invited) <= 1 + left
