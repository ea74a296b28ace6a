"""Everything that differs between stages. Does not import the CDK, which takes seconds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.domain.model.signed_tokens import TokenPurpose


@dataclass(frozen=True)
class Local:
    """Ports of a local stack."""

    emulator_port: int = 4566
    web_port: int = 5173


@dataclass(frozen=True)
class KeyVersions:
    """Which keys of a purpose live: the newest signs, and tokens from the oldest to the newest are accepted.

    Two at most: the newest, and while it takes over the one before.
    """

    oldest: int = 1
    newest: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.oldest <= self.newest <= self.oldest + 1:
            message = f"Key versions from {self.oldest} to {self.newest}: one or two must live, the first is 1."
            raise ValueError(message)

    @property
    def accepted(self) -> range:
        """The versions that live."""
        return range(self.oldest, self.newest + 1)


@dataclass(frozen=True)
class Stage:
    """One deployment of the product. Without `account`, the credentials at deployment choose it."""

    name: str
    account: str | None = None
    region: str = "us-east-1"  # required by CloudFront's certificate and web ACL
    local: Local | None = None
    product_name: str = "Usher"
    domain: str | None = None  # of the console; by default CloudFront's
    help_url: str = "https://help.usher.example"
    terms_version: str = "2026-11-01"
    sender: str = "no-reply@usher.example"
    alarm_mail: str | None = None
    log_retention_days: int = 30
    public_concurrency: int | None = None  # reserved per public function; None for new AWS accounts, whose quota is 10
    keeps_data: bool = True  # retain tables, keys and users, with deletion protection
    pepper: str | None = None  # None: a generated secret
    token_keys: Mapping[TokenPurpose, KeyVersions] = field(
        default_factory=lambda: dict.fromkeys(TokenPurpose, KeyVersions())
    )  # rotation is described in shared/adapters/token_signer.py

    def named(self, *parts: str) -> str:
        """Return a physical name in this stage, such as usher-dev-journal."""
        return "-".join(["usher", self.name, *parts])

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


DEV = Stage(name="dev", keeps_data=False, sender="no-reply@dev.usher.example")
PROD = Stage(
    name="prod",
    domain="app.usher.example",
    alarm_mail="on-call@usher.example",
    log_retention_days=365,
    public_concurrency=50,
)


def local_stage(local: Local) -> Stage:
    """Return the local stage. Its pepper is not a secret."""
    return Stage(
        name="local",
        account="000000000000",
        local=local,
        help_url=f"http://127.0.0.1:{local.web_port}/help",
        log_retention_days=7,
        keeps_data=False,
        pepper="the pepper of a stack on one machine",
    )


def stage_named(name: str, local: Local) -> Stage:
    stages = {stage.name: stage for stage in (local_stage(local), DEV, PROD)}
    if name not in stages:
        raise SystemExit(f"There is no stage {name!r}; choose one of {', '.join(stages)}.")
    return stages[name]
