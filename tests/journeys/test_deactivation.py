"""Access ends with the write, whatever token someone holds."""

from concurrent.futures import ThreadPoolExecutor

from tests.journeys.mailbox import Mailbox
from tests.journeys.people import People


def test_a_token_issued_before_is_refused_on_the_next_request(people: People, mailbox: Mailbox) -> None:
    ann = people.an_account()
    lee = people.a_user(ann)
    assert people.api.get(lee.path("/access"), token=lee.token).status == 200
    seats = people.seats_used(ann)

    ended = people.deactivate(lee, by=ann)

    assert (ended.status, ended.body["status"]) == (200, "inactive")
    for path in ("", "/access", "/groups", "/users"):
        refused = people.api.get(lee.path(path), token=lee.token)
        assert (refused.status, refused.code) == (404, "not_found"), path
    assert people.seats_used(ann) == seats - 1
    assert mailbox.wait_for(lee.address, "has ended")
    assert people.api.get("/v1/me", token=lee.token).body["accounts"] == []


def test_other_accounts_of_the_same_person_are_untouched(people: People, mailbox: Mailbox) -> None:
    ann, ben = people.an_account(), people.an_account()
    lee = people.a_user(ann)
    user = people.invited(ben, lee.address)
    people.join(mailbox.token_for(user), signed_in=lee.token)

    people.deactivate(lee, by=ann)

    assert people.api.get(ben.path("/access"), token=lee.token).status == 200
    assert people.api.get(ann.path("/access"), token=lee.token).status == 404


def test_a_second_deactivation_changes_nothing(people: People, mailbox: Mailbox) -> None:
    ann = people.an_account()
    lee = people.a_user(ann)
    people.deactivate(lee, by=ann)
    mailbox.wait_for(lee.address, "has ended")

    again = people.deactivate(lee, by=ann)

    assert (again.status, again.body["status"]) == (200, "inactive")
    assert people.journal(ann, {"user_id": lee.user_id}).count("user.deactivated") == 1
    assert len(mailbox.mails_to(lee.address, "has ended")) == 1


def test_links_of_a_deactivated_inviter_refuse_at_once(people: People, mailbox: Mailbox) -> None:
    ann = people.an_account()
    bea = people.a_user(ann, admin=True, first_name="Bea", last_name="Boss")
    user = people.invited(bea)
    token = mailbox.token_for(user)

    people.deactivate(bea, by=ann)

    assert [people.preview(token).code, people.accept(token).code] == ["invitation_revoked"] * 2


def test_nobody_deactivates_themselves(people: People) -> None:
    ann = people.an_account()

    refused = people.deactivate(ann, by=ann)

    assert (refused.status, refused.code) == (409, "cannot_act_on_self")
    assert people.seen(ann, by=ann)["status"] == "active"


def test_of_administrators_who_deactivate_each_other_at_once_one_stays(people: People) -> None:
    ann = people.an_account()
    bea = people.a_user(ann, admin=True, first_name="Bea", last_name="Boss")

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda pair: people.deactivate(pair[0], by=pair[1]), [(ann, bea), (bea, ann)]))

    assert sorted(answer.status == 200 for answer in answers) == [False, True]
    access = [people.api.get(ann.path("/access"), token=token).status for token in (ann.token, bea.token)]
    assert sorted(access) == [200, 404]
