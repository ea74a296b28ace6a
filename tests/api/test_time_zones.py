"""Time zones are names of the list."""

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.api.time_zones import TimeZone

ZONE: TypeAdapter[str] = TypeAdapter(TimeZone)


@pytest.mark.parametrize("name", ["Europe/Berlin", "UTC", "America/Argentina/Ushuaia", "Asia/Calcutta", "Etc/GMT+5"])
def test_a_time_zone_has_a_name_of_the_list(name: str) -> None:
    assert ZONE.validate_python(name) == name


@pytest.mark.parametrize("name", ["", "Berlin", "europe/berlin", "Europe/Berlin ", "../etc/passwd", "Europe", "GMT+25"])
def test_no_other_name_is_a_time_zone(name: str) -> None:
    with pytest.raises(ValidationError, match="time zone does not exist"):
        ZONE.validate_python(name)
