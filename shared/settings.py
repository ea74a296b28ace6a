"""What a function is told by its environment; the only place that reads it."""

import os
from functools import cache
from typing import NamedTuple


class Settings(NamedTuple):
    """One field for each environment variable, which bears the field's name in capitals.

    A function is given only what its row in the catalogue needs; what it was not given is empty.
    """

    stage: str
    product_name: str
    console_url: str  # without a slash at the end
    help_url: str
    terms_version: str
    pepper: str  # the stage's secret from which ids are derived
    directory_table: str
    journal_table: str
    mail_table: str
    identities_table: str
    user_pool_id: str
    user_pool_client_id: str
    invitation_mailed_keys: str  # `<version>=<ARN>` of each key, separated by commas
    invitation_copied_keys: str
    sender: str  # bare address
    configuration_set: str
    event_bus: str
    logos_bucket: str

    @property
    def terms_url(self) -> str:
        """Where the invite page finds the text that is agreed to."""
        return f"/terms/{self.terms_version}.txt"


@cache
def settings() -> Settings:
    """Read once for a process."""
    return Settings(**{name: os.environ.get(name.upper(), "") for name in Settings._fields})
