"""What all values of the domain have in common: frozen, with one format of timestamps.

A value that is read from somewhere is a `Model`, which checks it. One that the program makes of such values is a
`NamedTuple`: at every start its class costs a fifth of a frozen dataclass, which writes and compiles its own methods.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer

INDEX_LAG = timedelta(minutes=1)  # By then a secondary index shows what was stored before.


def iso(moment: datetime) -> str:
    """Return ISO-8601 in UTC with milliseconds and `Z`: always 24 characters, so that text sorts by time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


Moment = Annotated[datetime, PlainSerializer(iso, when_used="json")]


def of_form(form: re.Pattern[str], sentence: str) -> tuple[object, ...]:
    """Return the validators of a text of this form; another one is refused with the sentence."""

    def check(text: str) -> str:
        if not form.fullmatch(text):
            raise ValueError(sentence)
        return text

    return AfterValidator(check), Field(json_schema_extra={"pattern": f"^{form.pattern}$"})


class Model(BaseModel):
    """A frozen value; unknown attributes are ignored, so that older code reads items that newer code wrote.

    Its validator is built when it is first used: a function uses few of them.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)
