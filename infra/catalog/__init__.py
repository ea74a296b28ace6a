"""The catalogue of functions: trigger, callers and rights of each, one row per function. Nothing else grants rights.

Tests compare the rows with the map in docs/architecture.md, the folders, the sample events, the OpenAPI document and
the policies in the templates.
"""

from infra.catalog import accounts, background, operators, people
from infra.catalog.function import Function, TableAccess

__all__ = ["CATALOG", "Function", "TableAccess"]

CATALOG = (*operators.ROWS, *accounts.ROWS, *people.ROWS, *background.ROWS)
