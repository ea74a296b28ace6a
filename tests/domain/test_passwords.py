"""Passwords that are easy to guess (rule 13)."""

import pytest

from shared.domain.model import errors, passwords
from shared.domain.model.common_passwords import DIGESTS
from shared.domain.model.common_passwords_of_any_kind import DIGESTS as ANY_KIND

KNOWN = ("Mar\u00eda Jos\u00e9", "O'Neil", "mjo.neil+x@mail.example.org", "Usher", "Blue Ocean Ltd", "bo4711")


def is_refused(password: str, *, composition: bool = True) -> bool:
    try:
        passwords.require_uncommon(password, known=KNOWN, composition=composition)
    except errors.InvalidRequest as refusal:
        found: list[dict[str, str]] = refusal.details["errors"]  # type: ignore[assignment]
        [entry] = found
        assert (entry["field"], entry["reason"]) == ("password", "password_too_common")
        return True
    return False


@pytest.mark.parametrize("password", ["Passw0rd", "Password1", "Welcome1", "1Passwor", "Venice20", "Babygirl1"])
def test_common_password_is_refused(password: str) -> None:
    assert is_refused(password)


def test_first_and_last_entry_of_the_list_are_found() -> None:
    entries = [DIGESTS[at : at + passwords.DIGEST_BYTES] for at in range(0, len(DIGESTS), passwords.DIGEST_BYTES)]

    assert entries == sorted(set(entries))
    assert len(entries) > 9_500
    assert all(passwords._is_listed(DIGESTS, entry) for entry in (entries[0], entries[1], entries[-1]))  # noqa: SLF001
    assert not any(passwords._is_listed(DIGESTS, bytes([end] * 4)) for end in (0, 255))  # noqa: SLF001


@pytest.mark.parametrize(
    "password",
    [
        "Mar\u00eda2026",
        "MARI\u0301AJos\u00e91!",
        "Oneil-Usher9",
        "BlueOcean1999",
        "Bo4711-Usher",
        "Mjo.Neil77",
        "xUsher2026y",
        "Example1234",
    ],
)
def test_password_made_of_known_names_is_refused(password: str) -> None:
    assert is_refused(password)


@pytest.mark.parametrize(
    "password", ["Secret77", "UsherTrombone4", "Aa1 2345678", "\u00e9\u6f22 Aa1!?", "x9Oceanic-Lamp", "Aa1\ud800xyzq"]
)
def test_other_password_is_taken(password: str) -> None:
    assert not is_refused(password)


def test_both_ways_to_compose_a_letter_are_one_password() -> None:
    assert (
        passwords.normalized_password("Ae\u0301bcde1")
        == passwords.normalized_password("A\u00e9bcde1")
        == "A\u00e9bcde1"
    )


@pytest.mark.parametrize(
    "password",
    [
        "trustno1",
        "FOOTBALL",
        "qazwsxedcrfvtgb",
        "Password1",
        "zzzzzzzzzzzzzzzzz",
        "moonmoonmoonmoon",
        "MoonMoon7MoonMoon7",
        "901234567890123456",
        "zyxwvutsrqponmlkj",
        "asdfghjklzxcvbnm",
        "Blue Ocean Ltd 2026",
    ],
)
def test_without_composition_rules_common_and_regular_passwords_are_refused(password: str) -> None:
    assert is_refused(password, composition=False)


@pytest.mark.parametrize(
    "password", ["correct horse bat", "nine lamps of oak", "moonmoonshine at sea", "1234 trombones"]
)
def test_without_composition_rules_other_passwords_are_taken(password: str) -> None:
    assert not is_refused(password, composition=False)


def test_second_list_is_sorted_and_has_no_double() -> None:
    size = passwords.DIGEST_BYTES
    entries = [ANY_KIND[at : at + size] for at in range(0, len(ANY_KIND), size)]

    assert entries == sorted(set(entries))
    assert len(entries) > 10_000
