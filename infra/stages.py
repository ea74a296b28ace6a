"""Everything that differs between stages. Does not import the CDK, which takes seconds.

A stage is a file, `stages/<name>.toml`; the local stage follows from the ports of its stack. Every value is checked
when it is read, so that a mistake is an error of `make synth` and not of a deployment.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from infra.paths import ROOT
from shared.domain.model import web_addresses
from shared.domain.model.passwords import PasswordPolicy
from shared.domain.model.signed_tokens import TokenPurpose

FOLDER = ROOT / "stages"
LOCAL = "local"

EDGE_REGION = "us-east-1"  # CloudFront reads certificates and web ACLs there
# Of the partition `aws`: neither GovCloud nor China has all the services in the form that is used here.
Region = Annotated[
    str, StringConstraints(pattern=r"^(af|ap|ca|eu|il|me|mx|sa|us)-(central|north|south|(north|south)?(east|west))-\d$")
]
Domain = Annotated[str, StringConstraints(pattern=r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$")]
_ORIGIN = re.compile(
    r"(https://([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?|http://(localhost|127\.0\.0\.1))"
    r"(:(?!(443|80)$)[1-9]\d{0,4})?"
)


def _as_browsers_say(origin: str) -> str:
    if not _ORIGIN.fullmatch(origin):
        raise ValueError(
            "must be an origin as browsers write it, such as https://app.example.org or http://localhost:3000"
        )
    return origin


Origin = Annotated[str, AfterValidator(_as_browsers_say)]
AN_ACCOUNT_ID = "zq99999999"
Address = Annotated[str, StringConstraints(pattern=r"^[^@\s<>]+@([a-z0-9-]+\.)+[a-z]{2,}$")]


def _free_for_cognito(name: str) -> str:
    """Refuse a name that the domain of the user pool, which contains it, must not have."""
    if any(word in name for word in ("aws", "amazon", "cognito")):
        message = "must not contain aws, amazon or cognito, which Cognito keeps for itself"
        raise ValueError(message)
    return name


@dataclass(frozen=True)
class Local:
    """Ports of a local stack."""

    emulator_port: int = 4566
    web_port: int = 5173


class _Values(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class KeyVersions(_Values):
    """Which keys of a purpose live: the newest signs, and tokens from the oldest to the newest are accepted.

    Two at most: the newest, and while it takes over the one before.
    """

    oldest: int = 1
    newest: int = 1

    @model_validator(mode="after")
    def _one_or_two_live(self) -> Self:
        if not 1 <= self.oldest <= self.newest <= self.oldest + 1:
            message = f"Key versions from {self.oldest} to {self.newest}: one or two must live, the first is 1."
            raise ValueError(message)
        return self

    @property
    def accepted(self) -> range:
        """Return the versions that live."""
        return range(self.oldest, self.newest + 1)


class Passwords(_Values):
    """What a new password needs (rule 13); docs/operations.md says which choice meets NIST SP 800-63B-4.

    `mixed`: an uppercase letter, a lowercase letter and a number.
    """

    min_length: int = Field(default=PasswordPolicy().min_length, ge=7, le=64)
    composition: Literal["mixed", "any"] = "mixed"

    @property
    def policy(self) -> PasswordPolicy:
        return PasswordPolicy.of_choice(min_length=self.min_length, composition=self.composition == "mixed")


class Stage(_Values):
    """One deployment of the product. Without `account`, the credentials at deployment choose it."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{1,15}$"), AfterValidator(_free_for_cognito)]
    account: Annotated[str, StringConstraints(pattern=r"^\d{12}$")] | None = None
    region: Region = EDGE_REGION  # where data, sign-ins and functions are
    bootstrap_qualifier: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{1,10}$")] | None = None
    local: Local | None = None
    domain: Domain | None = None  # of the console; by default CloudFront's
    help_url: str | None = None  # where mails and pages lead to for help; by default the page at /help
    app_url: str | None = None  # the host product's, `{account_id}` in it; by default people are led to the console
    allowed_origins: tuple[Origin, ...] = ()  # pages of which may call the API (rule 38)
    terms_version: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")] = "2026-11-01"
    sender: Address  # its domain is verified in SES: take one that sends nothing else
    dmarc_reports: Address | None = None  # where mailbox providers report what they make of the sender's mail
    seat_purchases: Literal["at_once", "on_approval"] = "on_approval"  # rule 27
    password: Passwords = Passwords()
    security_question: Literal["ask", "off"] = "ask"  # of a new ID (rule 13)
    staff_mail: Address  # hears of operators' invitations, requests for links and for seats
    alarm_mail: Address | None = None
    log_retention_days: Literal[7, 30, 365] = 30
    requests_per_second: int = Field(default=200, ge=1, le=10_000)  # of all people together; twice as many in a burst
    host_requests_per_second: int = Field(default=200, ge=1, le=10_000)  # of the host product (rule 39); likewise
    public_concurrency: int | None = Field(default=None, ge=1)  # reserved per public function; None: quota of 10
    keeps_data: bool = True  # retain tables, keys, users and logs, with deletion protection
    user_pool_plan: Literal["LITE", "ESSENTIALS", "PLUS"] = "LITE"
    waf: bool = True  # web ACLs in front of CloudFront and of the user pool
    alarms: bool = True
    dashboard: bool = True
    tracing: bool = False  # X-Ray
    pepper: str | None = None  # None: a generated secret
    token_keys: Mapping[TokenPurpose, KeyVersions] = Field(
        default_factory=dict, validate_default=True
    )  # rotation is described in shared/adapters/token_signer.py

    @field_validator("token_keys")
    @classmethod
    def _all_purposes(cls, given: Mapping[TokenPurpose, KeyVersions]) -> Mapping[TokenPurpose, KeyVersions]:
        return dict.fromkeys(TokenPurpose, KeyVersions()) | dict(given)

    @field_validator("help_url")
    @classmethod
    def _is_url(cls, url: str | None) -> str | None:
        if url is None or url.startswith("http://127.0.0.1:"):
            return url
        return web_addresses.canonical(url)

    @field_validator("app_url")
    @classmethod
    def _leads_to_accounts(cls, url: str | None) -> str | None:
        if url is None:
            return None
        found = web_addresses.canonical(url.replace(web_addresses.ACCOUNT_ID, AN_ACCOUNT_ID)).rstrip("/")
        if AN_ACCOUNT_ID not in found or "?" in found or "#" in found:
            message = "must contain {account_id}, and neither a query nor a fragment, since paths are added to it"
            raise ValueError(message)
        return found.replace(AN_ACCOUNT_ID, web_addresses.ACCOUNT_ID)

    @model_validator(mode="after")
    def _lasting_data_has_an_account(self) -> Self:
        """Refuse a stage without an account if it keeps data: credentials must not choose where lasting data goes."""
        if self.keeps_data and not self.account:
            message = "account: a stage that keeps its data names its AWS account"
            raise ValueError(message)
        return self

    def named(self, *parts: str) -> str:
        """Return a physical name in this stage, such as usher-dev-journal."""
        return "-".join(["usher", self.name, *parts])

    @property
    def has_edge(self) -> bool:
        """Return whether a stack in us-east-1 keeps what CloudFront reads there, since the others are elsewhere."""
        return self.region != EDGE_REGION and bool(self.domain or self.waf)

    @property
    def stacks(self) -> tuple[str, ...]:
        """Return the stacks' names without the stage's, in the order in which they are deployed."""
        return ("data", "identity", *(["edge"] if self.has_edge else []), "web", "service")

    @property
    def console_url(self) -> str | None:
        """Return the console's origin; None if CloudFront assigns it at deployment."""
        if self.local:
            return f"http://127.0.0.1:{self.local.web_port}"
        return f"https://{self.domain}" if self.domain else None

    @property
    def emulator_url(self) -> str | None:
        return f"http://127.0.0.1:{self.local.emulator_port}" if self.local else None

    @property
    def sender_domain(self) -> str:
        return self.sender.partition("@")[2]


def local_stage(local: Local) -> Stage:
    """Return the local stage. Its pepper is not a secret."""
    return Stage(
        name=LOCAL,
        account="000000000000",
        local=local,
        sender="no-reply@usher.example",
        staff_mail="staff@usher.example",
        waf=False,
        log_retention_days=7,
        seat_purchases="at_once",
        keeps_data=False,
        pepper="the pepper of a stack on one machine",
    )


def read_stage(name: str, *, folder: Path = FOLDER) -> Stage:
    """Read `stages/<name>.toml`. Exits with one line for each mistake."""
    file = folder / f"{name}.toml"
    if not file.is_file():
        known = ", ".join([LOCAL, *sorted(path.stem for path in folder.glob("*.toml"))])
        raise SystemExit(f"There is no stage {name!r}; choose one of {known}, or write {file}.")
    try:
        return Stage(name=name, **_checked(tomllib.loads(file.read_text("utf-8"))))
    except tomllib.TOMLDecodeError as error:
        raise SystemExit(f"{file} is not TOML: {error}") from None
    except ValidationError as error:
        raise SystemExit("\n".join(_mistakes(error, file))) from None


def stage_named(name: str, local: Local) -> Stage:
    return local_stage(local) if name == LOCAL else read_stage(name)


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a file cannot set: the name is the file's own."""
    for name in ("name", "local"):
        if name in values:
            raise SystemExit(f"{name} cannot be set in the file of a stage.")
    return values


def _mistakes(error: ValidationError, file: Path) -> Iterator[str]:
    for mistake in error.errors(include_url=False, include_context=False):
        where = ".".join(str(part) for part in mistake["loc"])
        yield f"{file}: {where + ': ' if where else ''}{mistake['msg'].removeprefix('Value error, ')}"
