"""One structured line for each request, without anything of what people wrote or hold."""

import traceback
from pathlib import PurePath

from aws_lambda_powertools import Logger
from pydantic import ValidationError

logger = Logger(utc=True, use_rfc3339=True, log_uncaught_exceptions=False)


def described(error: BaseException) -> dict[str, object]:
    """An error as it may be logged: its kinds, AWS's code, which fields were wrong, and where it arose.

    Never its message, which may quote user input.
    """
    response = getattr(error, "response", None) or {}  # None: there was no answer
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "cause": type(error.__cause__).__name__ if error.__cause__ else None,
        "aws_code": response.get("Error", {}).get("Code"),
        "aws_operation": getattr(error, "operation_name", None),
        "invalid": _invalid(error),
        "where": [f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in frames[-6:]],
    }


def _invalid(error: BaseException) -> list[str] | None:
    if not isinstance(error, ValidationError):
        return None
    return [f"{'.'.join(map(str, one['loc']))}: {one['type']}" for one in error.errors(include_input=False)]
