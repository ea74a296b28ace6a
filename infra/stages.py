"""What differs between stages, and nothing else does; free of the CDK, which is slow to import."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Local:
    """Where the parts of a stack on this machine listen."""

    emulator_port: int = 4566
    web_port: int = 5173


@dataclass(frozen=True)
class Stage:
    """One deployment of the product; without an account it goes where the credentials of the day lead."""

    name: str
    account: str | None = None
    region: str = "us-east-1"  # CloudFront takes its certificate and its firewall from nowhere else
    local: Local | None = None
    product_name: str = "Usher"
    domain: str | None = None  # of the console; without one it bears CloudFront's own name
    help_url: str = "https://help.usher.example"
    terms_version: str = "2026-11-01"
    sender: str = "no-reply@usher.example"
    alarm_mail: str | None = None
    log_retention_days: int = 30
    public_concurrency: int | None = None  # of each function reached without a token; a new account can spare none
    keeps_data: bool = True  # tables, keys and users outlive their stack and cannot be deleted in passing
    pepper: str | None = None  # without one, a generated secret

    def named(self, *words: str) -> str:
        """The physical name of a thing of this stage."""
        return "-".join(["usher", self.name, *words])

    @property
    def console_url(self) -> str | None:
        """None until CloudFront has given the console a name."""
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
    """The stage of this machine, whose pepper guards nobody."""
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
