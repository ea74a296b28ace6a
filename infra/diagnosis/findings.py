"""What a check finds, and the clients with which it looks. Checks only read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from botocore.exceptions import BotoCoreError, ClientError

from infra.diagnosis.dns import Resolver
from infra.stages import Stage

NOT_ALLOWED = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError"}


@dataclass(frozen=True)
class Finding:
    """One fact about a deployment. `cure` says what to do about it, unless it is `ok`."""

    verdict: Literal["ok", "warning", "fault", "unknown"]
    what: str
    cure: str = ""


@dataclass(frozen=True)
class Deployment:
    """A stage, and how AWS and DNS are asked about it."""

    stage: Stage
    client: Callable[..., Any]
    resolver: Resolver

    def client_of(self, service: str, *, region: str | None = None) -> Any:
        """Return a client of a service, in the stage's region unless another is given."""
        return self.client(service, region_name=region or self.stage.region)


Check = tuple[str, Callable[[Deployment], Iterator[Finding]]]  # its title, and what it finds


def ok(what: str) -> Finding:
    return Finding("ok", what)


def warning(what: str, cure: str) -> Finding:
    """Return a warning: it works, but not for long, or not for all."""
    return Finding("warning", what, cure)


def fault(what: str, cure: str) -> Finding:
    """Return a fault: it keeps mail or sign-in from working."""
    return Finding("fault", what, cure)


def guarded(check: Check, deployment: Deployment) -> Iterator[Finding]:
    """Run a check; what it may not ask, or cannot, is unknown under its title and ends no other check."""
    title, find = check
    try:
        yield from find(deployment)
    except ClientError as error:
        code, operation = error.response["Error"]["Code"], error.operation_name
        why = f"these credentials may not call {operation}" if code in NOT_ALLOWED else f"{operation} answers {code}"
        yield Finding("unknown", f"{title}: {why}", "use credentials with the policy ReadOnlyAccess")
    except BotoCoreError as error:
        yield Finding("unknown", f"{title}: {error}", "see whether AWS can be reached, and with which credentials")


def is_missing(error: ClientError) -> bool:
    """Return whether AWS says that there is no such thing."""
    code, message = error.response["Error"]["Code"], error.response["Error"].get("Message", "")
    if code == "ValidationError":  # as CloudFormation says of a stack
        return "does not exist" in message
    return code.endswith(("NotFound", "NotFoundException", "NonexistentItemException")) or code == "NoSuchEntity"
