from typing import Any

import pytest

from shared.adapters.pictures import MAX_BYTES, rewrite
from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import IDENTITIES
from tests import aws_fixture, invoke
from tests.factories import LOGO, ME, PROFILE, a_user, accepted, invited, signed_in, token_for
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.invoke import Answer, SignedIn
from tests.logos import a_picture, a_png, policy_of, post, served, stored_profile, uploaded
from tests.proofs.faults import Fault, Interruption, Strike, injected
from tests.table_edits import set_in

PHONE = {"country_code": "+44", "number": "2079460000"}
EMPTY = {"phone": None, "time_zone": None, "signature": None, "logo_url": None}


def saved(caller: SignedIn, **fields: object) -> Answer:
    return call(PROFILE, caller=caller, body=fields)


def logo_of(caller: SignedIn) -> str:
    """The name under which the person's logo is served."""
    profile = call(ME, caller=caller).body["profile"]
    before, _, name = profile["logo_url"].rpartition("/")
    assert before == "https://console.usher.example/logos"
    return str(name)


def test_someone_who_has_saved_no_profile_yet_has_none() -> None:
    ann = an_account()

    assert call(ME, caller=ann.signed_in).body["profile"] is None


def test_a_profile_is_answered_and_shown_with_the_identity() -> None:
    ann = an_account()

    answer = saved(ann.signed_in, phone=PHONE, time_zone="Europe/Berlin", signature="Ann\nNorthwind")

    assert answer.status == 200
    assert answer.body == EMPTY | {"phone": PHONE, "time_zone": "Europe/Berlin", "signature": "Ann\nNorthwind"}
    assert call(ME, caller=ann.signed_in).body["profile"] == answer.body


def test_what_is_not_given_stays_and_null_empties() -> None:
    ann = an_account()
    saved(ann.signed_in, phone=PHONE, signature="Ann")

    answer = saved(ann.signed_in, phone=None, time_zone="UTC")

    assert answer.body == EMPTY | {"time_zone": "UTC", "signature": "Ann"}


@pytest.mark.parametrize("signature", [None, "", " \n"])
def test_a_profile_saved_empty_is_not_asked_for_again(signature: str | None) -> None:
    ann = an_account()

    saved(ann.signed_in, phone=None, time_zone=None, signature=signature, logo=None)

    assert call(ME, caller=ann.signed_in).body["profile"] == EMPTY


def test_saving_the_same_again_changes_nothing() -> None:
    ann = an_account()
    saved(ann.signed_in, signature="Ann")

    with nothing_changes():
        answer = saved(ann.signed_in, signature="Ann")

    assert answer.status == 200


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"body"}),
        ({"phone": {"country_code": "+44"}}, {"phone.number"}),
        ({"phone": {"country_code": "+44", "number": "1"}}, {"phone.number"}),
        ({"phone": {"country_code": "+999", "number": "2079460000"}}, {"phone.country_code"}),
        ({"time_zone": "Mars/Olympus"}, {"time_zone"}),
        ({"signature": "x" * 1_001}, {"signature"}),
        ({"signature": "a\0b"}, {"signature"}),
        ({"logo": "../x"}, {"logo"}),
        ({"logo_url": "https://evil.example/x.png"}, {"logo_url"}),
        ({"version": 7}, {"version"}),
    ],
)
def test_an_invalid_profile_is_refused_and_changes_nothing(body: dict[str, Any], fields: set[str]) -> None:
    ann = an_account()

    with nothing_changes():
        answer = saved(ann.signed_in, **body)

    assert wrong_fields(answer) == fields


@pytest.mark.parametrize("route", [PROFILE, LOGO])
def test_a_blocked_identity_is_refused(route: str) -> None:
    ann = an_account()
    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == ann.address]
    set_in(IDENTITIES, {"pk": identity["pk"]}, blocked=True)

    with nothing_changes():
        answer = call(route, caller=ann.signed_in, body={} if route == LOGO else {"signature": "Ann"})

    assert refused(answer) == (401, "unauthorized")


def test_who_takes_an_identity_over_does_not_find_the_profile_of_the_one_before() -> None:
    lee = invited(an_account())
    accepted(token_for(lee, channel=Channel.COPIED))
    saved(signed_in("lee@example.org"), signature="A stranger")
    elsewhere = invited(an_account("zz999", admin="zoe@example.org"), account_id="zz999")

    assert accepted(token_for(elsewhere)).status == 200

    assert call(ME, caller=signed_in("lee@example.org")).body["profile"] is None


# ---- the logo ----


def test_a_form_lets_its_bearer_upload_one_picture_of_a_megabyte_for_ten_minutes() -> None:
    ann = an_account()

    answer = call(LOGO, caller=ann.signed_in, body={}).body

    identity_id = call(ME, caller=ann.signed_in).body["identity_id"]
    conditions = policy_of(answer)
    assert answer["url"] == "https://usher-logos.s3.us-east-1.amazonaws.com/"
    assert (answer["expires_in"], answer["max_bytes"]) == (600, 1024 * 1024)
    assert answer["fields"]["key"] == f"uploads/{identity_id}/{answer['upload_id']}"
    assert answer["fields"]["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
    assert ["content-length-range", 1, 1024 * 1024] in conditions
    assert {"key": answer["fields"]["key"]} in conditions
    assert {"bucket": "usher-logos"} in conditions


def test_each_form_is_for_another_upload() -> None:
    ann = an_account()

    keyed = [call(LOGO, caller=ann.signed_in, body={}, headers={"idempotency-key": key}) for key in ("a", "a", "b")]
    first, repeated, other = (answer.body["upload_id"] for answer in keyed)
    assert first == repeated != other

    keys = {call(LOGO, caller=ann.signed_in, body={}).body["fields"]["key"] for _ in range(3)}

    assert len(keys) == 3


def test_a_form_is_given_without_a_body_and_not_for_an_unknown_one() -> None:
    ann = an_account()

    assert call(LOGO, caller=ann.signed_in).status == 200
    assert wrong_fields(call(LOGO, caller=ann.signed_in, body={"size": 1})) == {"size"}


@pytest.mark.parametrize(
    ("content", "media_type", "suffix"),
    [
        (a_picture("PNG"), "image/png", "png"),
        (a_picture("JPEG"), "image/jpeg", "jpg"),
        (a_picture("WEBP"), "image/webp", "webp"),
    ],
)
def test_a_picture_is_served_as_what_it_is(content: bytes, media_type: str, suffix: str) -> None:
    ann = an_account()

    answer = saved(ann.signed_in, logo=uploaded(ann.signed_in, content))

    name = logo_of(ann.signed_in)
    assert answer.body == call(ME, caller=ann.signed_in).body["profile"]
    assert name.endswith(f".{suffix}")
    assert served() == {name: (media_type, rewrite(content).content)}


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"GIF89a", a_png()[:-20], b"x" * (MAX_BYTES + 1)])
def test_what_is_no_picture_is_refused_and_the_logo_stays(content: bytes) -> None:
    ann = an_account()
    saved(ann.signed_in, logo=uploaded(ann.signed_in, a_png()))
    upload_id = uploaded(ann.signed_in, content)

    with nothing_changes():
        answer = saved(ann.signed_in, logo=upload_id, signature="Ann")

    assert wrong_fields(answer) == {"logo"}


def test_a_picture_with_more_behind_it_than_is_allowed_is_refused() -> None:
    ann = an_account()
    upload_id = uploaded(ann.signed_in, a_png() + b"x" * (MAX_BYTES + 1 - len(a_png())))

    with nothing_changes():
        answer = saved(ann.signed_in, logo=upload_id)

    assert answer.body["errors"] == [{"field": "logo", "message": "The picture is larger than 1 MB."}]


def test_an_upload_that_never_came_is_refused() -> None:
    ann = an_account()
    upload_id = call(LOGO, caller=ann.signed_in, body={}).body["upload_id"]

    with nothing_changes():
        answers = [saved(ann.signed_in, logo=upload_id), saved(ann.signed_in, logo="a" * 26)]

    assert [wrong_fields(answer) for answer in answers] == [{"logo"}] * 2
    assert answers[0].body["errors"] == answers[1].body["errors"]


def test_nobody_takes_what_another_has_uploaded() -> None:
    ann = an_account()
    lee = a_user(ann)
    upload_id = uploaded(ann.signed_in, a_png())

    with nothing_changes():
        answer = saved(lee.signed_in, logo=upload_id)

    assert wrong_fields(answer) == {"logo"}


def test_a_new_logo_has_a_name_of_its_own_and_the_old_one_is_gone() -> None:
    ann = an_account()
    saved(ann.signed_in, logo=uploaded(ann.signed_in, a_png()))
    first = logo_of(ann.signed_in)

    saved(ann.signed_in, logo=uploaded(ann.signed_in, a_png()))

    assert set(served()) == {logo_of(ann.signed_in)} != {first}


def test_a_logo_is_taken_back() -> None:
    ann = an_account()
    saved(ann.signed_in, logo=uploaded(ann.signed_in, a_png()))

    answer = saved(ann.signed_in, logo=None)

    assert (answer.body["logo_url"], served()) == (None, {})


def test_a_logo_that_is_not_spoken_of_stays() -> None:
    ann = an_account()
    saved(ann.signed_in, logo=uploaded(ann.signed_in, a_png()))
    name = logo_of(ann.signed_in)

    saved(ann.signed_in, signature="Ann")

    assert (logo_of(ann.signed_in), set(served())) == (name, {name})


def test_who_replaces_an_upload_replaces_nothing_that_is_shown() -> None:
    ann = an_account()
    form = call(LOGO, caller=ann.signed_in, body={})
    post(form, a_png())
    saved(ann.signed_in, logo=form.body["upload_id"])

    post(form, b"<html>")

    assert served() == {logo_of(ann.signed_in): ("image/png", rewrite(a_png()).content)}


def test_a_logo_that_cannot_be_deleted_is_forgotten_all_the_same() -> None:
    ann = an_account()
    saved(ann.signed_in, logo=uploaded(ann.signed_in, a_png()))
    strike = Strike(2, Fault.REFUSED)

    with injected(strike):
        answer = saved(ann.signed_in, logo=None)

    assert strike.struck == "DeleteObject"
    assert (answer.status, stored_profile(ann.signed_in)) == (200, {"version": 2})


def test_an_answer_of_s3_that_is_no_refusal_is_ours_to_mend() -> None:
    ann = an_account()
    upload_id = uploaded(ann.signed_in, a_png())

    with nothing_changes(), injected(Strike(1, Fault.DOWN_LASTING)):
        answer = invoke.call(PROFILE, caller=ann.signed_in, body={"logo": upload_id})

    assert answer.status == 500


@pytest.mark.parametrize("position", range(4))
def test_two_who_save_different_fields_at_the_same_moment_both_do(position: int) -> None:
    ann = an_account()
    upload_id = uploaded(ann.signed_in, a_png())

    def meanwhile() -> None:
        assert saved(ann.signed_in, signature="Ann").status == 200

    with injected(Interruption(position, meanwhile)):
        answer = saved(ann.signed_in, logo=upload_id)

    assert answer.status == 200
    profile = call(ME, caller=ann.signed_in).body["profile"]
    assert (profile["signature"], set(served())) == ("Ann", {logo_of(ann.signed_in)})
