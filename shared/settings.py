"""The environment of a function; no other module reads it."""

import os
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from shared.domain.model.id_rules import IdRules


class MissingSetting(RuntimeError):
    """A function was started without an environment variable that it needs, or with an empty one."""

    def __init__(self, variable: str) -> None:
        super().__init__(f"The environment variable {variable} is missing or empty.")


class _Setting:
    """An attribute with the value of the environment variable of its name in capitals, read once."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name, self.variable = name, name.upper()

    def __get__(self, settings: object, owner: type) -> str:
        value = os.environ.get(self.variable)
        if not value:
            raise MissingSetting(self.variable)
        vars(settings)[self.name] = value
        return value


class Tables(NamedTuple):
    """The physical names of the tables, which a function has all or none of; its rights are another matter."""

    directory_table: str
    journal_table: str
    mail_table: str
    identities_table: str
    search_table: str
    records_table: str


class Settings:
    """One attribute per environment variable; reading one that the function does not have raises MissingSetting.

    Adapters and handlers read what they need when they are made, so that a missing variable fails the import.
    """

    product_name = _Setting()
    console_url = _Setting()  # without a slash at the end
    help_url = _Setting()
    staff_mail = _Setting()  # who hears of operators' invitations, and decides on requests for seats
    terms_version = _Setting()
    app_url = _Setting()  # of the host product, with `{account_id}` for the App ID; or `console`
    pepper = _Setting()  # the stage's secret from which ids are derived
    directory_table = _Setting()
    journal_table = _Setting()
    mail_table = _Setting()
    identities_table = _Setting()
    search_table = _Setting()
    records_table = _Setting()
    user_pool_id = _Setting()
    user_pool_client_id = _Setting()
    invitation_mailed_keys = _Setting()  # `<version>=<ARN>` of each key, separated by commas
    invitation_copied_keys = _Setting()
    recovery_keys = _Setting()
    sender = _Setting()  # bare address
    configuration_set = _Setting()
    event_bus = _Setting()
    logos_bucket = _Setting()
    seat_purchases = _Setting()  # `at_once`, or `on_approval`
    password_min_length = _Setting()
    password_composition = _Setting()  # `mixed`: an uppercase letter, a lowercase letter, a number; or `any`
    security_question = _Setting()  # `ask`, or `off`

    @property
    def terms_url(self) -> str:
        """Return the path of the terms on the console's domain."""
        return f"/terms/{self.terms_version}.txt"

    @property
    def host_product_url(self) -> str | None:
        """Return where people are led to, with `{account_id}` for the App ID; None if it is the console (rule 17)."""
        return None if self.app_url == "console" else self.app_url

    @property
    def id_rules(self) -> "IdRules":
        """Return what is asked of an ID; the rules for passwords are the user pool's, too (rule 13)."""
        from shared.domain.model.id_rules import IdRules  # noqa: PLC0415 (most functions need none of it)
        from shared.domain.model.passwords import PasswordPolicy  # noqa: PLC0415

        composition = self.password_composition == "mixed"  # noqa: S105 (a choice of rules)
        return IdRules(
            password_policy=PasswordPolicy.of_choice(min_length=int(self.password_min_length), composition=composition),
            asks_question=self.security_question == "ask",
            product_name=self.product_name,
        )

    @property
    def tables(self) -> Tables:
        """Return the names of all tables; raises MissingSetting for the first that is missing."""
        return Tables(
            self.directory_table,
            self.journal_table,
            self.mail_table,
            self.identities_table,
            self.search_table,
            self.records_table,
        )


VARIABLES = tuple(setting.variable for setting in vars(Settings).values() if isinstance(setting, _Setting))


@cache
def settings() -> Settings:
    """Return the instance of this process, made on first use."""
    return Settings()
