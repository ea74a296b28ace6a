from typing import Any

import pytest

from shared.storage_schema import DIRECTORY, JOURNAL
from tests import aws_fixture, factories
from tests.factories import ACCOUNT, GET_ACCOUNT, INVITE, SETTINGS, ActiveUser, a_user
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.faults import losing_answers, meanwhile
from tests.invoke import Answer
from tests.table_edits import set_in

ALL = {
    "invite_profile": "simple",
    "default_group": "everyone",
    "allow_link_copy": False,
    "locale": "fr",
    "daily_mail_limit": 50,
    "help_url": "https://help.example.org/faq?x=1#top",
    "global_permissions": ["contacts.export", "tasks.view_all"],
}


def changing(by: ActiveUser, **settings: Any) -> Answer:
    return call(SETTINGS, caller=by.signed_in, account_id=ACCOUNT, body=settings)


def test_an_administrator_changes_every_setting() -> None:
    ann = an_account()

    changing(ann, default_group=None)
    answer = changing(ann, **ALL)

    stored = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
    [_, entry] = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "settings.changed"]
    assert (answer.status, answer.body["settings"], stored) == (200, ALL, answer.body)
    assert (entry["actor"], entry.get("user_id"), entry["after"]) == (ann.user_id, None, ALL)


def test_what_is_not_given_stays_and_null_takes_away() -> None:
    ann = an_account()
    changing(ann, **ALL)

    answer = changing(ann, help_url=None, default_group=None, locale="de")

    assert answer.body["settings"] == ALL | {"help_url": None, "default_group": None, "locale": "de"}


def test_the_journal_tells_what_a_setting_was_and_that_it_is_none() -> None:
    ann = an_account()
    changing(ann, help_url="https://help.example.org/")

    changing(ann, help_url=None)

    [seen, *_] = call(factories.JOURNAL, caller=ann.signed_in, account_id=ACCOUNT).body["data"]
    assert (seen["before"], seen["after"]) == ({"help_url": "https://help.example.org/"}, {"help_url": None})


def test_a_permission_that_is_named_twice_is_kept_once() -> None:
    ann = an_account()

    answer = changing(ann, global_permissions=["tasks.view_all", "contacts.export", "tasks.view_all"])

    assert answer.body["settings"]["global_permissions"] == ["tasks.view_all", "contacts.export"]


def test_settings_take_effect() -> None:
    ann = an_account()
    changing(ann, invite_profile="simple", default_group="everyone", global_permissions=["tasks.view_all"])

    answer = call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body={"first_name": "Lee", "email": "lee@x.org"})

    assert (answer.status, [group["group_id"] for group in answer.body["groups"]]) == (201, ["everyone"])
    assert answer.body["permissions"] == {"allow": ["tasks.view_all"], "deny": []}


@pytest.mark.parametrize("settings", [{"locale": "en"}, {"allow_link_copy": True, "help_url": None}])
def test_what_changes_nothing_is_not_told(settings: dict[str, Any]) -> None:
    ann = an_account()

    with nothing_changes():
        answer = changing(ann, **settings)

    assert answer.status == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"invite_profile": "short"}, "invite_profile"),
        ({"invite_profile": None}, "invite_profile"),
        ({"default_group": "nowhere"}, "default_group"),
        ({"default_group": "administrators"}, "default_group"),
        ({"default_group": ""}, "default_group"),
        ({"allow_link_copy": "yes"}, "allow_link_copy"),
        ({"allow_link_copy": None}, "allow_link_copy"),
        ({"locale": "it"}, "locale"),
        ({"daily_mail_limit": -1}, "daily_mail_limit"),
        ({"help_url": "https://-"}, "help_url"),
        ({"help_url": "https://."}, "help_url"),
        ({"help_url": "https://help..example.org/x"}, "help_url"),
        ({"help_url": "https://-help.example.org"}, "help_url"),
        ({"daily_mail_limit": 1_001}, "daily_mail_limit"),
        ({"daily_mail_limit": 1.5}, "daily_mail_limit"),
        ({"help_url": "http://help.example.org"}, "help_url"),
        ({"help_url": "https://"}, "help_url"),
        ({"help_url": "https://help.example.org/\nx"}, "help_url"),
        ({"help_url": "https://help.example.org/<b>"}, "help_url"),
        ({"help_url": "https://lee@evil.example"}, "help_url"),
        ({"help_url": "javascript:alert(1)"}, "help_url"),
        ({"global_permissions": ["contacts.everything"]}, "global_permissions.0"),
        ({"global_permissions": None}, "global_permissions"),
        ({"global_permissions": "tasks.view"}, "global_permissions"),
        ({"name": "Mine"}, "name"),
        ({}, "body"),
    ],
)
def test_invalid_field_of_settings_is_named(wrong: dict[str, Any], field: str) -> None:
    ann = an_account()

    with nothing_changes():
        answer = changing(ann, **wrong)

    assert wrong_fields(answer) == {field}


def test_only_administrators_change_settings() -> None:
    ann = an_account()
    lee = a_user(ann, permissions={"allow": ["admin.settings", "users.invite"]})

    with nothing_changes():
        answer = changing(lee, locale="de")

    assert refused(answer) == (403, "not_allowed")


def test_two_who_change_settings_at_once_lose_nothing() -> None:
    ann = an_account()

    with meanwhile("dynamodb", "TransactWriteItems", lambda: changing(ann, locale="de")):
        answer = changing(ann, help_url="https://help.example.org")

    assert (answer.body["settings"]["locale"], answer.body["settings"]["help_url"]) == (
        "de",
        "https://help.example.org",
    )


def test_a_default_group_that_goes_meanwhile_is_not_set() -> None:
    ann = an_account()
    account = {"pk": ACCOUNT, "sk": "account"}
    changing(ann, default_group=None)

    def gone() -> None:
        set_in(DIRECTORY, account, groups_version=2)
        set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "groups"}, groups__everyone=None, version=2)

    with meanwhile("dynamodb", "TransactWriteItems", gone):
        answer = changing(ann, default_group="everyone")

    assert wrong_fields(answer) == {"default_group"}


def test_an_administrator_who_goes_meanwhile_changes_nothing() -> None:
    ann = an_account()
    me = {"pk": ACCOUNT, "sk": f"user#{ann.user_id}"}

    with meanwhile("dynamodb", "TransactWriteItems", lambda: set_in(DIRECTORY, me, status="inactive", version=9)):
        answer = changing(ann, locale="de")

    assert refused(answer) == (404, "not_found")


def test_a_settings_change_whose_answer_was_lost_is_journaled_once() -> None:
    ann = an_account()

    with losing_answers("dynamodb", "TransactWriteItems") as lost:
        answer = changing(ann, locale="de")

    assert lost
    assert (answer.status, answer.body["settings"]["locale"]) == (200, "de")
    assert [row["type"] for row in aws_fixture.items(JOURNAL)].count("settings.changed") == 1
