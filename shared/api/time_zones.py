"""Time zones, validated against the IANA database that is shipped."""

import functools
from typing import Annotated

from pydantic import AfterValidator, StringConstraints


@functools.cache
def _time_zones() -> frozenset[str]:
    from importlib.resources import files  # noqa: PLC0415 (loaded by the few requests that bring a time zone)

    return frozenset(files("tzdata").joinpath("zones").read_text("ascii").split())


def _known_time_zone(name: str) -> str:
    if name not in _time_zones():
        message = "This time zone does not exist. Use a name such as Europe/Berlin."
        raise ValueError(message)
    return name


TimeZone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_known_time_zone)]
