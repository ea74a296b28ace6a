from typing import Any

import pytest

from shared.domain.model.errors import InvalidRequest
from shared.domain.model.names import require_not_posing_as_product


def wrong_field(first_name: str, last_name: str | None, *, product_name: str) -> str | None:
    try:
        require_not_posing_as_product(first_name, last_name, product_name=product_name)
    except InvalidRequest as refusal:
        errors: Any = refusal.details["errors"]
        assert product_name in errors[0]["message"]
        return str(errors[0]["field"])
    return None


@pytest.mark.parametrize(
    ("first_name", "last_name"),
    [
        ("Ann", "Usher"),
        ("Usher", "Raymond"),
        ("Mary-Ann", "Usher Smith"),
        ("Tusher", "Stafford"),
        ("Ann", "Ushermann"),
        ("Support", "Team"),
        ("IT", "Service"),
        ("Bill", "Help"),
        ("Lee", None),
    ],
)
def test_people_keep_names_that_hold_the_products_or_a_word_of_its_staff(
    first_name: str, last_name: str | None
) -> None:
    assert wrong_field(first_name, last_name, product_name="Usher") is None


@pytest.mark.parametrize(
    ("first_name", "last_name", "field"),
    [
        ("Usher", None, "first_name"),
        ("USHER", "usher", "last_name"),
        ("Usher", "Billing", "first_name"),
        ("Usher Security Team", "noreply", "first_name"),
        ("The", "Usher Admin", "last_name"),
        ("UsherSupport", None, "first_name"),
        ("Usher-Support", "Lee", "first_name"),
        ("Usher_Alerts", "Lee", "first_name"),
        ("U.S.H.E.R", "Team", "first_name"),
        ("U s h e r", "Team", "first_name"),
        ("Usher\u2122", None, "first_name"),
        ("Us\u04bber", "Support", "first_name"),
        ("\uff35sher", "\u0405upport", "first_name"),
        ("U5her", "5upp0rt", "first_name"),
        ("\u00dash\u00e9r", "Team", "first_name"),
        ("\u00c9quipe", "Usher", "last_name"),
        ("\u00c9quipe Usher", "Lee", "first_name"),
        ("Sicherheit bei Usher", "Lee", "first_name"),
        ("Usher's", "helpdesk", "first_name"),
        ("noreply@usher", None, "first_name"),
    ],
)
def test_nobody_is_called_like_the_product_or_its_staff(first_name: str, last_name: str | None, field: str) -> None:
    assert wrong_field(first_name, last_name, product_name="Usher") == field


@pytest.mark.parametrize("name", ["Acme CRM", "AcmeCRM Support", "acme-crm security", "Servicio Acme CRM"])
def test_a_product_may_have_several_words(name: str) -> None:
    assert wrong_field(name, "", product_name="Acme CRM") == "first_name"
    assert wrong_field("Ann", "Acme", product_name="Acme CRM") is None


def test_a_product_without_letters_is_no_name() -> None:
    assert wrong_field("Support", "Team", product_name="!!") is None
