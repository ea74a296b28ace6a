"""What every public shape has in common; what is not listed in one cannot leave."""

from pydantic import BaseModel, ConfigDict


class View(BaseModel):
    """A closed shape."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class GroupName(View):
    group_id: str
    name: str
