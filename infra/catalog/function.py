"""A row of the catalogue of functions."""

from dataclasses import dataclass

from shared.domain.model.signed_tokens import TokenPurpose
from shared.storage_schema import Table


@dataclass(frozen=True)
class TableAccess:
    """Rights on a table: DynamoDB actions on the table itself, and the indexes that may be queried."""

    table: Table
    actions: tuple[str, ...] = ()
    query: tuple[str, ...] = ()


@dataclass(frozen=True)
class Function:
    """A folder under functions/, deployed as one Lambda."""

    name: str
    description: str
    routes: tuple[str, ...] = ()
    public: bool = False  # no access token required
    every_minute: bool = False  # invoked by a schedule
    stream_source: Table | None = None  # invoked by changes of this table
    stream_changes: tuple[str, ...] = ("INSERT",)
    stream_keys: str | None = None  # invoked only for items whose sort key begins so
    stream_retries: int | None = 5  # None: until the stream forgets; a sweep must find what a limit gives up
    on_ses_events: bool = False  # invoked by SES delivery events
    settings: tuple[str, ...] = ()  # values of the stage, by environment variable
    tables: tuple[TableAccess, ...] = ()
    generates_mac_with: tuple[TokenPurpose, ...] = ()
    verifies_mac_with: tuple[TokenPurpose, ...] = ()
    user_pool: tuple[str, ...] = ()  # cognito-idp actions
    sends_mail: bool = False
    puts_events: bool = False
    manages_logos: bool = False
    deletes_logos: bool = False
    timeout_seconds: int = 13

    @property
    def is_async(self) -> bool:
        """Return whether no caller waits for the answer, so that failures go to a dead-letter queue."""
        return self.every_minute or self.on_ses_events or self.stream_source is not None
