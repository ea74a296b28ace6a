"""The HTTP edge: parse, validate, call the use case, and answer in JSON or problem+json."""

from shared.api.app import Api, Route
from shared.api.parsing import Body, Changes, IfMatch, Query

__all__ = ["Api", "Body", "Changes", "IfMatch", "Query", "Route"]
