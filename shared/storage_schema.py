"""The chart of tables, and the bucket of logos: items, keys, indexes and the access patterns that they serve.

| table      | item        | pk          | sk                     | who asks for it |
| ---------- | ----------- | ----------- | ---------------------- | --------------- |
| directory  | account     | account_id  | account                | every request of that account |
|            | groups      | account_id  | groups                 | the same: all groups of an account in one item |
|            | team        | account_id  | team#<team_id>         | the Teams page, one query; its people know their teams themselves |
|            | user        | account_id  | user#<user_id>         | caller and target, both known from token and path |
|            | seat request | account_id | seat_request#<request_id> | who decides on it; the list of an account's requests, newest first |
|            | withdrawal  | withdrawal#<operation> | withdrawal   | the job that reports a withdrawn certification |
|            | job         | account_id  | job#<job_id>           | the progress of a job that moves records; its stream invokes `move_records` |
|            | recovery    | recovery#<identity_id> | recovery   | who forgot the password (TTL); after an erasing, how many persons of the address were erased |
|            | erasure     | erasure#<identity_id> | erasure     | a person who is being erased, until nothing of them is left |
|            | remembered  | idempotency#<digest> | idempotency   | a repeated POST; forgotten after 24 h (TTL) |
| journal    | entry       | account_id  | <entry_id>             | the journal page, newest first; its stream feeds the event bus |
| mail       | mail        | <mail_id>   |                        | `send_mail`, invoked by the stream; forgotten 90 days after the last try (TTL) |
| identities | identity    | identity_id |                        | every signed-in request; `accept` and `join`; the certification of a partner |
|            | tombstone   | identity_id |                        | of an erased person: tells that the address has other ids now |
| search     | entry       | account_id  | word#<status>#<range>#<word>#<user_id> | a search on the Users page, by the beginning of a word |
|            | entry       | account_id  | list#<facet>#<sort>#<part><position> | the Users page with a filter, or in another order than by name |
|            | account     | accounts    | account#<account_id>, word#<word>#<account_id> | operators, who list and search accounts |
| records    | record      | account_id  | record#<type>#<record_id> | the host, who stores it; evaluation; the jobs that move it |
|            | owner       | account_id  | owner#<user_id>        | how many records someone owns, by type: read with the user who leaves |

| index                | pk               | sk          | serves |
| -------------------- | ---------------- | ----------- | ------ |
| directory / by_name  | listing          | name_key    | the Users page by name; a listing holds the statuses that one page shows together |
| directory / due      | due              | due_at      | the sweeps: sparse, only invitations, ends of access and other work that waits; operators: requests for seats that wait |
| directory / by_identity | identity_id  | pk          | the users of one identity over all accounts, also those who have not joined, and its recovery; by `answers#` and the identity, remembered answers about it |
| directory / by_inviter | pending_in | pending_by  | pending invitations, by who sent them: sparse, for those who may not invite any more |
| journal / by_user    | subject          | sk          | the journal of one user |
| records / by_owner   | owned_by         | owned_key   | the records of one owner, by type and by what happens to them when their owner leaves |
| records / by_job     | moved_by         | sk          | what a job has moved |
| mail / due           | due              | due_at      | the rescue sweep: sparse, only mails that are not done |

`search` holds nothing of its own: `index_users` keeps it in step with the users, the transaction that opens an account
puts that account's own entries, and `make reindex` makes all of them again.

Ids of users and identities derive from addresses (`shared.domain.model.ids`), so that every key of a command is known before
anything has been read.
"""

from typing import NamedTuple


class Index(NamedTuple):
    """A global secondary index; all attributes are strings and all are projected unless `keys_only`."""

    name: str
    partition_key: str
    sort_key: str
    keys_only: bool = False


class Table(NamedTuple):
    """One table; `environment` is the variable that tells a function its physical name."""

    name: str
    environment: str
    sort_key: str | None = None
    indexes: tuple[Index, ...] = ()
    stream: bool = False
    stream_has_old_images: bool = False
    time_to_live: str | None = None
    partition_key: str = "pk"


DIRECTORY = Table(
    name="directory",
    environment="DIRECTORY_TABLE",
    sort_key="sk",
    indexes=(
        Index("by_name", "listing", "name_key"),
        Index("due", "due", "due_at", keys_only=True),
        Index("by_identity", "identity_id", "pk", keys_only=True),
        Index("by_inviter", "pending_in", "pending_by", keys_only=True),
    ),
    stream=True,
    stream_has_old_images=True,
    time_to_live="forget_at",
)
JOURNAL = Table(
    name="journal",
    environment="JOURNAL_TABLE",
    sort_key="sk",
    indexes=(Index("by_user", "subject", "sk"),),
    stream=True,
)
MAIL = Table(
    name="mail",
    environment="MAIL_TABLE",
    indexes=(Index("due", "due", "due_at", keys_only=True),),
    stream=True,
    time_to_live="forget_at",
)
IDENTITIES = Table(name="identities", environment="IDENTITIES_TABLE")
SEARCH = Table(name="search", environment="SEARCH_TABLE", sort_key="sk")

RECORDS = Table(
    name="records",
    environment="RECORDS_TABLE",
    sort_key="sk",
    indexes=(
        Index("by_owner", "owned_by", "owned_key", keys_only=True),
        Index("by_job", "moved_by", "sk", keys_only=True),
    ),
)

TABLES = (DIRECTORY, JOURNAL, MAIL, IDENTITIES, SEARCH, RECORDS)


# The bucket of logos.

UPLOADS = "uploads/"
SERVED = "logos/"
UPLOADS_KEPT_DAYS = 1
