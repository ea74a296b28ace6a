"""Every function: what wakes it, who may call it, and what it may do. One row each, and nothing else grants rights.

The README's map, the folders, the sample events, the OpenAPI document and the synthesised policies are compared with
these rows by tests.
"""

from dataclasses import dataclass

from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL, Table


@dataclass(frozen=True)
class On:
    """Rights on a table: actions of DynamoDB on the table itself, and the indexes that may be queried."""

    table: Table
    actions: tuple[str, ...] = ()
    query: tuple[str, ...] = ()


@dataclass(frozen=True)
class Function:
    """A folder under functions/, deployed as one Lambda."""

    name: str
    does: str
    routes: tuple[str, ...] = ()
    public: bool = False  # reached without a token
    every_minute: bool = False  # woken by a schedule
    woken_by: Table | None = None  # woken by this table's stream, inserts only
    woken_by_deliveries: bool = False  # woken by what SES tells of mails
    tables: tuple[On, ...] = ()
    generates_mac_with: tuple[str, ...] = ()  # "mailed", "copied"
    verifies_mac_with: tuple[str, ...] = ()
    user_pool: tuple[str, ...] = ()  # actions of cognito-idp
    sends_mail: bool = False
    puts_events: bool = False
    keeps_logos: bool = False
    timeout_seconds: int = 10

    @property
    def is_woken(self) -> bool:
        """Not called by anybody who waits for an answer, so that failures go to a dead-letter queue."""
        return self.every_minute or self.woken_by_deliveries or self.woken_by is not None


KNOW_THE_CALLER = (On(DIRECTORY, ("BatchGetItem",)), On(IDENTITIES, ("BatchGetItem",)))
CHANGE_A_USER = (
    On(DIRECTORY, ("BatchGetItem", "UpdateItem", "PutItem", "ConditionCheckItem")),
    On(IDENTITIES, ("BatchGetItem",)),
    On(JOURNAL, ("PutItem",)),
    On(MAIL, ("PutItem",)),
)
CHANGE_A_USER_UNTOLD = CHANGE_A_USER[:-1]  # Nobody gets a mail of it.
NOTE_OF_A_USER = (
    On(DIRECTORY, ("BatchGetItem", "PutItem", "ConditionCheckItem")),
    On(IDENTITIES, ("BatchGetItem",)),
    On(JOURNAL, ("PutItem",)),
)
INVITE_AS_STAFF = (  # Nobody's right to invite has to be checked again.
    On(DIRECTORY, ("BatchGetItem", "UpdateItem", "PutItem")),
    On(IDENTITIES, ("BatchGetItem",)),
    On(JOURNAL, ("PutItem",)),
    On(MAIL, ("PutItem",)),
)
JOIN_AN_ACCOUNT = (
    On(DIRECTORY, ("BatchGetItem", "UpdateItem", "PutItem", "ConditionCheckItem")),
    On(IDENTITIES, ("BatchGetItem", "UpdateItem")),
    On(JOURNAL, ("PutItem",)),
    On(MAIL, ("PutItem",)),
)
BOTH_LINKS = ("mailed", "copied")

CATALOG = (
    Function(
        name="operator",
        does="Staff open an account with its first administrator, or invite a further one.",
        routes=("POST /v1/operator/accounts", "POST /v1/operator/accounts/{account_id}/administrators"),
        tables=INVITE_AS_STAFF,
    ),
    Function(
        name="invite",
        does="An administrator invites a person: a seat is reserved, a mail is queued.",
        routes=("POST /v1/accounts/{account_id}/users",),
        tables=CHANGE_A_USER,
    ),
    Function(
        name="users",
        does="The Users page: list with filter, sort, search and cursor; one user.",
        routes=("GET /v1/accounts/{account_id}/users", "GET /v1/accounts/{account_id}/users/{user_id}"),
        tables=(
            On(DIRECTORY, ("BatchGetItem",), query=("by_name", "by_email", "by_joined")),
            On(IDENTITIES, ("BatchGetItem",)),
        ),
    ),
    Function(
        name="deactivate",
        does="Ends a user's access at once and frees the seat.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/deactivate",),
        tables=CHANGE_A_USER,
    ),
    Function(
        name="resend",
        does="A new link, for another seven days; every older one is dead.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/resend",),
        tables=CHANGE_A_USER,
    ),
    Function(
        name="invitation_link",
        does="The link, for an administrator to share by hand.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/invitation-link",),
        tables=NOTE_OF_A_USER,
        generates_mac_with=("copied",),
    ),
    Function(
        name="revoke",
        does="Ends an invitation and frees its seat.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/revoke",),
        tables=CHANGE_A_USER_UNTOLD,
    ),
    Function(
        name="edit_user",
        does="Names and phone of somebody who has not joined yet.",
        routes=("PATCH /v1/accounts/{account_id}/users/{user_id}",),
        tables=(
            On(DIRECTORY, ("BatchGetItem", "UpdateItem", "ConditionCheckItem")),
            On(IDENTITIES, ("BatchGetItem",)),
            On(JOURNAL, ("PutItem",)),
        ),
    ),
    Function(
        name="reactivate",
        does="An inactive user is active again, at once, if a seat is free.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/reactivate",),
        tables=CHANGE_A_USER,
    ),
    Function(
        name="remove_user",
        does="Ends a user for the account; the row leaves the list.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/remove",),
        tables=CHANGE_A_USER,
    ),
    Function(
        name="groups",
        does="The account's groups.",
        routes=("GET /v1/accounts/{account_id}/groups",),
        tables=KNOW_THE_CALLER,
    ),
    Function(
        name="account",
        does="The account: name, seats, counts, settings.",
        routes=("GET /v1/accounts/{account_id}",),
        tables=KNOW_THE_CALLER,
    ),
    Function(
        name="settings",
        does="What administrators decide for their account.",
        routes=("PATCH /v1/accounts/{account_id}/settings",),
        tables=(
            On(DIRECTORY, ("BatchGetItem", "UpdateItem", "ConditionCheckItem")),
            On(IDENTITIES, ("BatchGetItem",)),
            On(JOURNAL, ("PutItem",)),
        ),
    ),
    Function(
        name="access",
        does="What the caller may do in an account; notes that they were seen.",
        routes=("GET /v1/accounts/{account_id}/access",),
        tables=(On(DIRECTORY, ("BatchGetItem", "UpdateItem")), On(IDENTITIES, ("BatchGetItem",))),
    ),
    Function(
        name="journal",
        does="Who did what to whom, newest first.",
        routes=("GET /v1/accounts/{account_id}/journal",),
        tables=(*KNOW_THE_CALLER, On(JOURNAL, ("Query",), query=("by_user",))),
    ),
    Function(
        name="me",
        does="The caller's identity and the accounts that it is in; new names and language follow into these.",
        routes=("GET /v1/me", "PATCH /v1/me"),
        tables=(
            On(DIRECTORY, ("BatchGetItem", "UpdateItem")),
            On(IDENTITIES, ("BatchGetItem", "UpdateItem")),
            On(JOURNAL, ("PutItem",)),
        ),
    ),
    Function(
        name="profile",
        does="The caller's phone, time zone, signature and logo; room for a picture, checked before it is shown.",
        routes=("PATCH /v1/me/profile", "POST /v1/me/profile/logo"),
        tables=(On(IDENTITIES, ("BatchGetItem", "UpdateItem")),),
        keeps_logos=True,
    ),
    Function(
        name="preview",
        does="What the invite page shows for a link; changes nothing.",
        routes=("POST /v1/invitations/preview",),
        public=True,
        tables=KNOW_THE_CALLER,
        verifies_mac_with=BOTH_LINKS,
    ),
    Function(
        name="accept",
        does="The invitee creates an ID and is an active user, signed in.",
        routes=("POST /v1/invitations/accept",),
        public=True,
        tables=JOIN_AN_ACCOUNT,
        verifies_mac_with=BOTH_LINKS,
        user_pool=("AdminCreateUser", "AdminSetUserPassword", "AdminGetUser", "AdminDeleteUser"),
    ),
    Function(
        name="join",
        does="The invitee joins with the ID that they have.",
        routes=("POST /v1/invitations/join",),
        tables=JOIN_AN_ACCOUNT,
        verifies_mac_with=BOTH_LINKS,
    ),
    Function(
        name="decline",
        does="The invitee does not want to join: the seat is free, the inviter is told.",
        routes=("POST /v1/invitations/decline",),
        public=True,
        tables=CHANGE_A_USER,
        verifies_mac_with=BOTH_LINKS,
    ),
    Function(
        name="request_new_link",
        does="Whoever holds an expired link asks the inviter for a new one.",
        routes=("POST /v1/invitations/request-new",),
        public=True,
        tables=(
            On(DIRECTORY, ("BatchGetItem", "UpdateItem", "PutItem", "ConditionCheckItem"), query=("by_name",)),
            On(IDENTITIES, ("BatchGetItem",)),
            On(JOURNAL, ("PutItem",)),
            On(MAIL, ("PutItem",)),
        ),
        verifies_mac_with=BOTH_LINKS,
    ),
    Function(
        name="openapi",
        does="The OpenAPI document, and the answer for every path that is not in it.",
        routes=("GET /v1/openapi.json", "$default"),
        public=True,
    ),
    Function(
        name="expire",
        does="The sweep that follows the clock: reminds, writes expired, frees seats, tells inviters.",
        every_minute=True,
        tables=(
            On(DIRECTORY, ("BatchGetItem", "UpdateItem"), query=("due",)),
            On(JOURNAL, ("PutItem",)),
            On(MAIL, ("PutItem",)),
        ),
        timeout_seconds=50,
    ),
    Function(
        name="revoke_orphaned_invitations",
        does="Withdraws what inviters had pending who were deactivated or removed.",
        every_minute=True,
        tables=(
            On(DIRECTORY, ("BatchGetItem", "UpdateItem", "ConditionCheckItem"), query=("due", "by_name")),
            On(JOURNAL, ("PutItem",)),
        ),
        timeout_seconds=50,
    ),
    Function(
        name="send_mail",
        does="Hands queued mails to SES; every minute rescues those that the stream dropped.",
        woken_by=MAIL,
        every_minute=True,
        tables=(
            On(MAIL, ("UpdateItem",), query=("due",)),
            On(DIRECTORY, ("BatchGetItem", "UpdateItem")),
            On(IDENTITIES, ("BatchGetItem",)),
            On(JOURNAL, ("PutItem",)),
        ),
        generates_mac_with=("mailed",),
        sends_mail=True,
        timeout_seconds=50,
    ),
    Function(
        name="track_delivery",
        does="Shows on the invitation what became of its mail, tells the inviter of a bounce, heeds complaints.",
        woken_by_deliveries=True,
        tables=(
            On(MAIL, ("BatchGetItem", "PutItem")),
            On(DIRECTORY, ("BatchGetItem", "UpdateItem")),
            On(IDENTITIES, ("UpdateItem",)),
            On(JOURNAL, ("PutItem",)),
        ),
    ),
    Function(
        name="publish_events",
        does="Puts journal entries onto the event bus of the host product.",
        woken_by=JOURNAL,
        puts_events=True,
        timeout_seconds=50,
    ),
)
