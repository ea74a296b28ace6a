"""The HTTP edge: parse, validate, call the use case, and answer in JSON or problem+json."""

from shared.api.app import Api, Route
from shared.api.parsing import Body, Changes, IfMatch, InvalidRow, PageQuery, Query, row_reader

__all__ = ["Api", "Body", "Changes", "IfMatch", "InvalidRow", "PageQuery", "Query", "Route", "row_reader"]
