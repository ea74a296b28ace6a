"""Email addresses have one form, and what is none is refused."""

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.domain.model import addresses
from shared.domain.model.fields import Address

ADDRESS: TypeAdapter[str] = TypeAdapter(Address)


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("lee@example.org", "lee@example.org"),
        ("Lee.Sherron@Example.ORG", "lee.sherron@example.org"),
        ("L.E.E+Sales@example.org", "l.e.e+sales@example.org"),
        ("lee@b\u00fccher.example", "lee@xn--bcher-kva.example"),
        ("LEE@B\u00dcCHER.example", "lee@xn--bcher-kva.example"),
        ("lee@xn--bcher-kva.example", "lee@xn--bcher-kva.example"),
        ("lee@XN--BCHER-KVA.example", "lee@xn--bcher-kva.example"),
        ("lee@\uff45xample.org", "lee@example.org"),
        ("  lee@example.org\u00a0\n", "lee@example.org"),
        ("\ufeff\u200blee@example.org\u202c", "lee@example.org"),
        ("o'neil_99%x=y@mail.example.co.uk", "o'neil_99%x=y@mail.example.co.uk"),
        ("l" * 60 + "@" + "d" * 63 + ".org", "l" * 60 + "@" + "d" * 63 + ".org"),
    ],
)
def test_an_address_has_one_form(given: str, canonical: str) -> None:
    found = addresses.canonical(given)

    assert found == canonical
    assert addresses.canonical(found) == found


@pytest.mark.parametrize(
    "given",
    [
        "",
        "lee",
        "@example.org",
        "lee@",
        "lee@example",
        "lee@@example.org",
        "lee@example..org",
        ".lee@example.org",
        "lee.@example.org",
        "l..e@example.org",
        "lee\r\nBcc: x@example.org",
        "lee@example.org,ann@example.org",
        "Lee <lee@example.org>",
        '"lee"@example.org',
        "lee@[192.0.2.1]",
        "lee@192.0.2.1",
        "l\u00e9e@example.org",
        "lee\u200b@example.org",
        "lee@exa mple.org",
        "lee@-example.org",
        "lee@example.org.",
        "lee@" + "d" * 64 + ".org",
        "l" * 61 + "@" + "d" * 63 + ".org",
        "lee@" + "\u00fc" * 62 + ".org",
        "l" * 400 + "@example.org",
    ],
)
def test_what_is_no_address_or_too_long_is_refused(given: str) -> None:
    with pytest.raises(ValidationError):
        ADDRESS.validate_python(given)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("l" * 65 + "@example.org", "This is not a valid email address."),
        ("lee@example..org", "This is not a valid email address."),
        ("lee@", "This is not a valid email address."),
        ("lee.example.org", "An email address needs an @ sign, as in name@example.com."),
    ],
)
def test_a_refused_address_is_told_why(address: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="address") as refused:
        addresses.canonical(address)

    assert str(refused.value) == sentence


def test_addresses_under_test_are_accepted() -> None:
    assert addresses.canonical("Lee@Usher.Test") == "lee@usher.test"
