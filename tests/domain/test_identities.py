import hashlib
import secrets
import unicodedata
from datetime import datetime

import pytest

from shared.domain.model import errors, identities
from shared.domain.model.identities import Identity, Profile, Registration
from shared.domain.model.passwords import PasswordPolicy, require_password
from shared.domain.policy.authorization import require_signed_in
from shared.domain.policy.principals import Person
from tests.domain.refusals import refusal_of
from tests.domain_factories import NOW, an_identity

DEFAULT = PasswordPolicy()
LONG = PasswordPolicy.of_choice(min_length=15, composition=False)
PASSWORD_RULES = {
    "Use at least 7 characters.": "Abcde1",
    "Use at most 256 characters.": "Abc1" * 64 + "x",
    "Use at least one uppercase letter (A-Z).": "secret77",
    "Use at least one lowercase letter (a-z).": "SECRET77",
    "Use at least one number (0-9).": "Secretly",
    "Do not begin or end with a space.": " Secret77",
    "Do not use control characters.": "Sec\x7fret77",
}


def sentences(password: str, policy: PasswordPolicy = DEFAULT) -> list[str]:
    try:
        require_password(password, policy)
    except errors.InvalidRequest as refusal:
        found: list[dict[str, str]] = refusal.details["errors"]  # type: ignore[assignment]
        assert {error["field"] for error in found} == {"password"}
        return [error["message"] for error in found]
    return []


@pytest.mark.parametrize(("sentence", "password"), PASSWORD_RULES.items())
def test_each_rule_of_a_password_is_named_when_it_alone_is_broken(sentence: str, password: str) -> None:
    found = sentences(password)

    assert found == [sentence]


@pytest.mark.parametrize(
    "password", ["Abcdef1", "Abc1" * 64, "Aa1 b c d", "\u00e9\u6f22 Aa1!?", "Aa1\u200b\U0001f600xyz"]
)
def test_every_other_password_is_good(password: str) -> None:
    found = sentences(password)

    assert found == []


@pytest.mark.parametrize("password", ["correct horse bat", "\u5b57" * 15, "0000-1111-2222-3", "lowercaseletters"])
def test_deployment_may_ask_for_length_alone(password: str) -> None:
    found = sentences(password, LONG)

    assert found == []


def test_length_that_the_deployment_asks_for_is_named() -> None:
    found = sentences("Abcdefghij1234", LONG)

    assert found == ["Use at least 15 characters."]


@pytest.mark.parametrize("password", [" lowercaseletters", "lower\x00caseletters", "x" * 257])
def test_other_rules_hold_whatever_the_deployment_chooses(password: str) -> None:
    found = sentences(password, LONG)

    assert len(found) == 1


@pytest.mark.parametrize(
    ("question", "answer", "asked", "wrong"),
    [
        ("Pet?", "Rex", True, set()),
        (None, "Rex", True, {"security_question"}),
        (None, None, True, {"security_question", "security_answer"}),
        (None, None, False, set()),
        ("Pet?", None, False, {"security_question"}),
        ("Pet?", "Rex", False, {"security_question", "security_answer"}),
    ],
)
def test_question_and_answer_are_given_where_they_are_asked(
    question: str | None, answer: str | None, *, asked: bool, wrong: set[str]
) -> None:
    found: set[str] = set()

    try:
        identities.require_security_answer(question, answer, asked=asked)
    except errors.InvalidRequest as refusal:
        entries: list[dict[str, str]] = refusal.details["errors"]  # type: ignore[assignment]
        found = {entry["field"] for entry in entries}

    assert found == wrong


@pytest.mark.parametrize("password", ["Secret77 ", "\u00a0Secret77", "Secret77\u2003", "Secret77\t"])
def test_no_kind_of_space_surrounds_a_password(password: str) -> None:
    found = sentences(password)

    assert "Do not begin or end with a space." in found


def test_letters_and_numbers_of_other_scripts_do_not_count_for_the_rules() -> None:
    found = sentences("\u00c4\u00e4\u0661\u0416\u0436\u0967\uff11")

    assert len(found) == 3


def test_all_broken_rules_are_named_at_once() -> None:
    found = sentences("")

    assert len(found) == 4


@pytest.mark.parametrize(
    ("given", "is_refused"), [("2026-11-01", False), ("2025-01-01", True), ("", True), (None, True)]
)
def test_only_the_terms_in_force_can_be_agreed_to(given: str | None, is_refused: bool) -> None:
    refusal = refusal_of(lambda: identities.require_terms(given, current="2026-11-01"))

    assert refusal is (errors.InvalidRequest if is_refused else None)


@pytest.mark.parametrize(
    ("identity", "here", "elsewhere"),
    [
        (an_identity(), True, True),
        (an_identity(proven=False, home_account="ab123"), True, False),
        (an_identity(proven=False), False, False),
    ],
)
def test_an_unproven_identity_works_at_home_alone(identity: Identity, here: bool, elsewhere: bool) -> None:
    works = [identity.works_in("ab123"), identity.works_in("zz999")]

    assert works == [here, elsewhere]


@pytest.mark.parametrize(
    ("identity", "mailed"),
    [
        (None, False),
        (an_identity(sub=None, proven=False), False),
        (an_identity(proven=False, home_account="ab123"), False),
        (an_identity(), True),
    ],
)
def test_a_preview_tells_of_a_proven_identity_by_mailed_links_alone(identity: Identity | None, mailed: bool) -> None:
    told = [identities.identity_exists(identity, mailed=True), identities.identity_exists(identity, mailed=False)]

    assert told == [mailed, None]


# ---- what becomes of a registration ----


def a_registration(**changes: str) -> Registration:
    values = {"first_name": "New", "last_name": "Person", "locale": "fr", "terms_version": "2026-11-01"}
    values |= {"security_question": "First pet?", "security_answer": "Rex"}
    return Registration(**(values | changes))  # type: ignore[arg-type]


def made(replacing: Identity, *, mailed: bool = True, **changes: str) -> Identity:
    registration = a_registration(**changes)
    salt = secrets.token_bytes(16)
    return identities.create_identity(
        registration, replacing=replacing, sub="sub-2", mailed=mailed, account_id="ab123", salt=salt, now=NOW
    )


def test_of_an_identity_that_gave_way_its_accounts_stay_and_a_complaint_is_lifted() -> None:
    before = an_identity(
        proven=False,
        home_account="zz999",
        first_name="Old",
        accounts=frozenset({"zz999"}),
        security_question="Old?",
        security_answer="scrypt$old",
        terms_version="2020-01-01",
        profile=Profile(signature="Old"),
        created_at=NOW.replace(year=2025),
        complained_at=NOW.replace(year=2025),
    )

    after = made(before)

    assert after.model_dump(exclude={"security_answer"}) == {
        "identity_id": before.identity_id,
        "address": before.address,
        "sub": "sub-2",
        "taken_over": False,
        "proven": True,
        "home_account": None,
        "blocked": False,
        "first_name": "New",
        "last_name": "Person",
        "locale": "fr",
        "terms_version": "2026-11-01",
        "terms_accepted_at": NOW,
        "security_question": "First pet?",
        "complained_at": None,
        "certification": None,
        "accounts": frozenset({"zz999", "ab123"}),
        "profile": None,
        "created_at": NOW.replace(year=2025),
        "sign_in_lock": None,
        "sessions_since": None,
        "kept_session": None,
        "password_tries": None,
        "password_changes": None,
    }
    assert after.security_answer != before.security_answer


def test_an_identity_of_a_copied_link_is_unproven_and_at_home_in_its_account() -> None:
    after = made(Identity(identity_id="i" * 26, address="lee@example.org"), mailed=False)

    assert (after.proven, after.home_account, after.created_at) == (False, "ab123", NOW)


@pytest.mark.parametrize("answer", ["Rex", "  REX ", "\uff32\uff45\uff58", "rex"])
def test_a_security_answer_is_kept_as_a_salted_slow_hash_of_its_normal_form(answer: str) -> None:
    kept = [made(an_identity(), security_answer=answer).security_answer or "" for _ in range(2)]

    kind, salt, digest = kept[0].split("$")
    assert kind == "scrypt"
    assert hashlib.scrypt(b"rex", salt=bytes.fromhex(salt), n=2**14, r=8, p=1).hex() == digest
    assert kept[0] != kept[1]
    assert unicodedata.normalize("NFKC", answer) not in kept[0]


@pytest.mark.parametrize(("agreed", "at"), [("2026-11-01", NOW), ("2020-01-01", None)])
def test_someone_who_joins_agrees_to_terms_only_if_they_are_new_to_them(agreed: str, at: datetime | None) -> None:
    before = an_identity(terms_version="2020-01-01", accounts=frozenset({"zz999"}))

    after = identities.add_account(before, account_id="ab123", terms_version=agreed, mailed=True, now=NOW)

    assert (after.terms_version, after.terms_accepted_at, after.accounts) == (agreed, at, frozenset({"zz999", "ab123"}))


# ---- whose token it is ----


@pytest.mark.parametrize(
    "identity",
    [None, an_identity(blocked=True), an_identity(sub=None), an_identity(sub="sub-2")],
)
def test_a_token_of_someone_blocked_taken_over_or_unknown_is_refused(identity: Identity | None) -> None:
    person = Person("lee@example.org", "sub-1")

    with pytest.raises(errors.Unauthorized):
        require_signed_in(person, identity)

    assert require_signed_in(person, an_identity()) == an_identity()
