"""Cases of reads: all of them change nothing, but for the note of who was seen."""

from datetime import timedelta
from functools import partial

from tests.command_cases.case import CommandCase, Cost, Given
from tests.command_cases.effects import assert_user, nothing_changes
from tests.factories import (
    ACCESS,
    ACCOUNT,
    EVALUATION,
    EVALUATIONS,
    GET_ACCOUNT,
    GROUPS,
    JOURNAL,
    ME,
    MY_INVITATIONS,
    USER,
    USERS,
    a_user,
    an_account,
    invited,
)
from tests.proofs import movable_clock


def reading() -> Given:
    ann = an_account()
    return Given({"caller": ann.signed_in, "account_id": ACCOUNT}, nothing_changes(), ann=ann)


def reading_users() -> Given:
    ann = an_account(seats=20)
    users = [invited(ann, f"user{number}@example.org") for number in range(9)]
    return Given({"caller": ann.signed_in, "account_id": ACCOUNT}, nothing_changes(), ann=ann, user=users[0])


def reading_user() -> Given:
    given = reading_users()
    parts = {**given.parts, "user_id": given.user["user_id"]}
    return Given(parts, given.assert_effect, ann=given.ann, user=given.user)


def reading_access() -> Given:
    with movable_clock.ago(timedelta(minutes=20)):
        ann = an_account()
    effect = partial(assert_user, ann.address, "active", "user.invited", "user.joined")
    return Given({"caller": ann.signed_in, "account_id": ACCOUNT}, effect, ann=ann)


def asking_about_oneself() -> Given:
    given = reading()
    assert given.ann
    question = {
        "subject": {"type": "user", "id": given.ann.user_id},
        "action": {"name": "contacts.edit"},
        "resource": {"type": "contact", "id": "c-1", "properties": {"owner_id": given.ann.user_id}},
    }
    return Given({**given.parts, "body": question}, given.assert_effect, ann=given.ann)


def asking_much_about_oneself() -> Given:
    given = asking_about_oneself()
    question = given.parts["body"]
    stored = {"action": question["action"], "resource": {"type": "contact", "id": "c-2"}}
    body = {
        "subject": question["subject"],
        "evaluations": [{k: question[k] for k in ("action", "resource")}] * 3 + [stored],
    }
    return Given({**given.parts, "body": body}, given.assert_effect, ann=given.ann)


def reading_oneself() -> Given:
    given = reading()
    return Given({"caller": given.parts["caller"]}, given.assert_effect, ann=given.ann)


def reading_own_invitations() -> Given:
    """A user of another account, whom this one has invited."""
    lee = a_user(an_account("cd456"), account_id="cd456")
    ann = an_account()
    user = invited(ann, lee.address)
    return Given({"caller": lee.signed_in}, nothing_changes(), ann=ann, user=user)


CASES = (
    CommandCase("access", ACCESS, reading_access, keyed=False, cost=Cost.READ),
    CommandCase("evaluation", EVALUATION, asking_about_oneself, cost=Cost.READ, keyed=False),
    CommandCase("evaluations", EVALUATIONS, asking_much_about_oneself, cost=Cost.READ, keyed=False),
    CommandCase("account", GET_ACCOUNT, reading, keyed=False, cost=Cost.READ),
    CommandCase("groups", GROUPS, reading, keyed=False, cost=Cost.READ),
    CommandCase("journal", JOURNAL, reading_users, keyed=False, cost=Cost.READ),
    CommandCase("users", USERS, reading_users, keyed=False, cost=Cost.READ),
    CommandCase("user", USER, reading_user, keyed=False, cost=Cost.READ),
    CommandCase("me", ME, reading_oneself, keyed=False, cost=Cost.READ),
    CommandCase("my_invitations", MY_INVITATIONS, reading_own_invitations, keyed=False, cost=Cost.READ),
    CommandCase("openapi", "GET /v1/openapi.json", lambda: Given({}, nothing_changes()), keyed=False, cost=Cost.READ),
)
