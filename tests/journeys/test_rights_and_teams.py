"""Rights, blocks and teams on the running stack, as a client of the API changes them."""

from tests.invoke import Answer
from tests.journeys.api import ApiClient
from tests.journeys.awaiting import NEXT_MINUTE_SECONDS, awaited
from tests.journeys.people import Member, People


def test_a_user_is_promoted_blocked_and_unblocked(people: People, api: ApiClient) -> None:
    ann = people.an_account()
    lee = people.a_user(ann)

    promoted = _edit(api, ann, lee, {"admin": True, "reference": "crm-7"})
    blocked = api.post(lee.path(f"/users/{lee.user_id}/block"), {"reason": "security"}, token=ann.token)
    while_blocked = api.get(lee.path("/access"), token=lee.token)
    unblocked = api.post(lee.path(f"/users/{lee.user_id}/unblock"), {}, token=ann.token)
    access = api.get(lee.path("/access"), token=lee.token)

    assert (promoted.body["admin"], promoted.body["reference"]) == (True, "crm-7")
    assert (blocked.body["status"], while_blocked.status) == ("blocked", 404)
    assert (unblocked.body["status"], access.body["admin"]) == ("active", True)
    stepped_down = _edit(api, ann, ann, {"admin": False, "groups": ["everyone"]})
    assert stepped_down.status == 200
    last = _edit(api, lee, lee, {"admin": False, "groups": ["everyone"]})
    assert (last.status, last.code) == (409, "last_admin")


def test_cloning_permissions_revokes_invitations_they_no_longer_allow(people: People, api: ApiClient) -> None:
    ann = people.an_account()
    lee, kim = people.a_user(ann), people.a_user(ann, permissions={"allow": ["users.invite"]})
    pending = people.invited(kim)

    path = lee.path(f"/users/{lee.user_id}/permissions/clone")
    cloned = api.post(path, {"to": [kim.user_id, ann.user_id]}, token=ann.token)

    def status() -> bool:
        user = api.get(ann.path(f"/users/{pending['user_id']}"), token=ann.token).body
        return bool(user["status"] == "removed")

    assert [(result["outcome"], result["code"]) for result in cloned.body["results"]] == [
        ("changed", None),
        ("skipped", "admin_has_all_permissions"),
    ]
    awaited(status, what="the sweep that revokes", seconds=2 * NEXT_MINUTE_SECONDS)  # The first waits for the index.


def test_a_team_is_made_changed_left_and_deleted(people: People, api: ApiClient) -> None:
    ann = people.an_account()
    lee, kim = people.a_user(ann), people.a_user(ann)

    body = {"name": "Sales", "managers": [ann.user_id], "users": [lee.user_id]}
    made = api.post(ann.path("/teams"), body, token=ann.token)
    path = ann.path(f"/teams/{made.body['team_id']}")
    changed = api.request("PATCH", path, {"users": [lee.user_id, kim.user_id]}, token=ann.token)
    people.deactivate(lee, by=ann)
    left = api.get(path, token=kim.token)
    deleted = api.request("DELETE", path, token=ann.token)

    assert (made.status, changed.body["users"]) == (201, sorted([lee.user_id, kim.user_id]))
    assert left.body["users"] == [kim.user_id]
    assert (deleted.status, api.get(path, token=ann.token).status) == (200, 404)
    assert api.get(ann.path("/teams"), token=ann.token).body["data"] == []


def _edit(api: ApiClient, by: Member, user: Member, changes: dict[str, object]) -> Answer:
    return api.request("PATCH", by.path(f"/users/{user.user_id}"), changes, token=by.token)
