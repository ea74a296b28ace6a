"""Structured logging, without anything that people wrote and without secrets."""

import functools
import traceback
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, TypeVar

from aws_lambda_powertools import Logger
from pydantic import ValidationError

logger = Logger(utc=True, use_rfc3339=True, log_uncaught_exceptions=False)

Answer = TypeVar("Answer")
EntryPoint = Callable[[dict[str, Any], Any], Answer]


class UnreadableError(Exception):
    """An item that cannot be read. Lambda logs the message, so that it has the item's type and none of its values."""


def entry_point(handler: EntryPoint[Answer]) -> EntryPoint[Answer]:
    """Return Lambda's entry point: every line that it logs has function name, cold start and `request_id`.

    `request_id` is Lambda's id of the invocation, which the answer and API Gateway's access log have, too. An item that
    cannot be read ends the run with UnreadableError.
    """

    @functools.wraps(handler)
    def invoke(event: dict[str, Any], context: Any) -> Answer:
        logger.append_keys(request_id=context.aws_request_id)
        try:
            return handler(event, context)
        except ValidationError as error:
            logger.error("not readable", extra=error_fields(error))  # noqa: TRY400 (an exception is logged with its message)
            raise UnreadableError(error.title) from None

    decorated: EntryPoint[Answer] = logger.inject_lambda_context(invoke)
    return decorated


def error_fields(error: BaseException) -> dict[str, object]:
    """Return the loggable fields of an error: its types, AWS's code, the invalid fields, and where it was raised.

    Never its message, which may quote user input.
    """
    answered = error if hasattr(error, "response") else error.__cause__
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "cause": type(error.__cause__).__name__ if error.__cause__ else None,
        "aws_code": aws_code(answered),
        "aws_operation": getattr(answered, "operation_name", None),
        "invalid": _invalid(error),
        "where": [f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in frames[-6:]],
    }


def aws_code(error: BaseException | None) -> str | None:
    """Return the code of an error that AWS answered; None for any other error."""
    response = getattr(error, "response", None) or {}  # None: there was no answer
    code: str | None = response.get("Error", {}).get("Code")
    return code


def _invalid(error: BaseException) -> list[str] | None:
    if not isinstance(error, ValidationError):
        return None
    return [f"{'.'.join(map(str, one['loc']))}: {one['type']}" for one in error.errors(include_input=False)]
