"""What every public shape has in common; what is not listed in one cannot leave."""

from pydantic import BaseModel, ConfigDict


class View(BaseModel):
    """A closed shape of lists, tuples and dictionaries, which are written at once where a `Sequence` costs a call.

    `model_validate` takes from a value of the domain what the shape lists, and nothing else.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True, defer_build=True)


class Done(View):
    """Nothing to tell: the request is done."""


class GroupName(View):
    group_id: str
    name: str
