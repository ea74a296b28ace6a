"""The catalogue of functions: trigger, callers and rights of each, one row per function. Nothing else grants rights.

Tests compare the rows with the README's map, the folders, the sample events, the OpenAPI document and the policies in
the templates.
"""

from dataclasses import dataclass

from shared.domain.model.signed_tokens import TokenPurpose
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL, Table


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
    stream_source: Table | None = None  # invoked by inserts into this table
    on_ses_events: bool = False  # invoked by SES delivery events
    settings: tuple[str, ...] = ()  # values of the stage, by environment variable
    tables: tuple[TableAccess, ...] = ()
    generates_mac_with: tuple[TokenPurpose, ...] = ()
    verifies_mac_with: tuple[TokenPurpose, ...] = ()
    user_pool: tuple[str, ...] = ()  # cognito-idp actions
    sends_mail: bool = False
    puts_events: bool = False
    manages_logos: bool = False
    timeout_seconds: int = 13

    @property
    def is_async(self) -> bool:
        """True if no caller waits for the answer, so that failures go to a dead-letter queue."""
        return self.every_minute or self.on_ses_events or self.stream_source is not None


READ_CALLER = (TableAccess(DIRECTORY, ("BatchGetItem",)), TableAccess(IDENTITIES, ("BatchGetItem",)))
CHANGE_USER = (
    TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "PutItem", "ConditionCheckItem")),
    TableAccess(IDENTITIES, ("BatchGetItem",)),
    TableAccess(JOURNAL, ("PutItem",)),
    TableAccess(MAIL, ("PutItem",)),
)
CHANGE_USER_WITHOUT_MAIL = CHANGE_USER[:-1]
RECORD_USER_EVENT = (
    TableAccess(DIRECTORY, ("BatchGetItem", "PutItem", "ConditionCheckItem")),
    TableAccess(IDENTITIES, ("BatchGetItem",)),
    TableAccess(JOURNAL, ("PutItem",)),
)
INVITE_AS_OPERATOR = (  # without ConditionCheckItem: operators' rights are not stored in the account
    TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "PutItem")),
    TableAccess(IDENTITIES, ("BatchGetItem",)),
    TableAccess(JOURNAL, ("PutItem",)),
    TableAccess(MAIL, ("PutItem",)),
)
JOIN_ACCOUNT = (
    TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "PutItem", "ConditionCheckItem")),
    TableAccess(IDENTITIES, ("BatchGetItem", "UpdateItem")),
    TableAccess(JOURNAL, ("PutItem",)),
    TableAccess(MAIL, ("PutItem",)),
)
BOTH_LINKS = (TokenPurpose.INVITATION_MAILED, TokenPurpose.INVITATION_COPIED)

CATALOG = (
    Function(
        name="operator",
        description="Staff open an account with its first administrator, or invite a further one.",
        routes=("POST /v1/operator/accounts", "POST /v1/operator/accounts/{account_id}/administrators"),
        tables=INVITE_AS_OPERATOR,
    ),
    Function(
        name="invite",
        description="An administrator invites a person: a seat is reserved, a mail is queued.",
        routes=("POST /v1/accounts/{account_id}/users",),
        tables=CHANGE_USER,
    ),
    Function(
        name="directory",
        description="Every read of one account: account, access, groups, users, journal; access stores last_seen_at.",
        routes=(
            "GET /v1/accounts/{account_id}",
            "GET /v1/accounts/{account_id}/access",
            "GET /v1/accounts/{account_id}/groups",
            "GET /v1/accounts/{account_id}/users",
            "GET /v1/accounts/{account_id}/users/{user_id}",
            "GET /v1/accounts/{account_id}/journal",
        ),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem"), query=("by_name", "by_email", "by_joined")),
            TableAccess(IDENTITIES, ("BatchGetItem",)),
            TableAccess(JOURNAL, ("Query",), query=("by_user",)),
        ),
    ),
    Function(
        name="deactivate",
        description="Ends a user's access at once and frees the seat.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/deactivate",),
        tables=CHANGE_USER,
    ),
    Function(
        name="resend",
        description="A new link, for another seven days; every older one is dead.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/resend",),
        tables=CHANGE_USER,
    ),
    Function(
        name="invitation_link",
        description="The link, for an administrator to share by hand.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/invitation-link",),
        tables=RECORD_USER_EVENT,
        generates_mac_with=(TokenPurpose.INVITATION_COPIED,),
    ),
    Function(
        name="revoke",
        description="Ends an invitation and frees its seat.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/revoke",),
        tables=CHANGE_USER_WITHOUT_MAIL,
    ),
    Function(
        name="edit_user",
        description="Names and phone of somebody who has not joined yet.",
        routes=("PATCH /v1/accounts/{account_id}/users/{user_id}",),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "ConditionCheckItem")),
            TableAccess(IDENTITIES, ("BatchGetItem",)),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
    ),
    Function(
        name="reactivate",
        description="An inactive user is active again, at once, if a seat is free.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/reactivate",),
        tables=CHANGE_USER,
    ),
    Function(
        name="remove_user",
        description="Ends a user for the account; the row leaves the list.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/remove",),
        tables=CHANGE_USER,
    ),
    Function(
        name="settings",
        description="What administrators decide for their account.",
        routes=("PATCH /v1/accounts/{account_id}/settings",),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "ConditionCheckItem")),
            TableAccess(IDENTITIES, ("BatchGetItem",)),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
    ),
    Function(
        name="me",
        description="The caller's identity and the accounts that it is in; new names and language follow into these.",
        routes=("GET /v1/me", "PATCH /v1/me"),
        settings=("CONSOLE_URL",),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem")),
            TableAccess(IDENTITIES, ("BatchGetItem", "UpdateItem")),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
    ),
    Function(
        name="profile",
        description=(
            "The caller's phone, time zone, signature and logo; room for a picture, checked before it is shown."
        ),
        routes=("PATCH /v1/me/profile", "POST /v1/me/profile/logo"),
        settings=("CONSOLE_URL",),
        tables=(TableAccess(IDENTITIES, ("BatchGetItem", "UpdateItem")),),
        manages_logos=True,
    ),
    Function(
        name="preview",
        description="What the invite page shows for a link; changes nothing.",
        routes=("POST /v1/invitations/preview",),
        public=True,
        settings=("PRODUCT_NAME", "TERMS_VERSION"),
        tables=READ_CALLER,
        verifies_mac_with=BOTH_LINKS,
    ),
    Function(
        name="accept",
        description="The invitee creates an ID and is an active user, signed in.",
        routes=("POST /v1/invitations/accept",),
        public=True,
        settings=("TERMS_VERSION",),
        tables=JOIN_ACCOUNT,
        verifies_mac_with=BOTH_LINKS,
        user_pool=("AdminCreateUser", "AdminSetUserPassword", "AdminGetUser", "AdminDeleteUser"),
    ),
    Function(
        name="join",
        description="The invitee joins with the ID that they have.",
        routes=("POST /v1/invitations/join",),
        settings=("TERMS_VERSION",),
        tables=JOIN_ACCOUNT,
        verifies_mac_with=BOTH_LINKS,
    ),
    Function(
        name="decline",
        description="The invitee does not want to join: the seat is free, the inviter is told.",
        routes=("POST /v1/invitations/decline",),
        public=True,
        tables=CHANGE_USER,
        verifies_mac_with=BOTH_LINKS,
    ),
    Function(
        name="request_new_link",
        description="Whoever holds an expired link asks the inviter for a new one.",
        routes=("POST /v1/invitations/request-new",),
        public=True,
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "PutItem", "ConditionCheckItem"), query=("by_name",)),
            TableAccess(IDENTITIES, ("BatchGetItem",)),
            TableAccess(JOURNAL, ("PutItem",)),
            TableAccess(MAIL, ("PutItem",)),
        ),
        verifies_mac_with=BOTH_LINKS,
    ),
    Function(
        name="openapi",
        description="The OpenAPI document, and the answer for every path that is not in it.",
        routes=("GET /v1/openapi.json", "$default"),
        public=True,
    ),
    Function(
        name="expire",
        description="The sweep that follows the clock: reminds, writes expired, frees seats, tells inviters.",
        every_minute=True,
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem"), query=("due",)),
            TableAccess(JOURNAL, ("PutItem",)),
            TableAccess(MAIL, ("PutItem",)),
        ),
        timeout_seconds=50,
    ),
    Function(
        name="revoke_orphaned_invitations",
        description="Withdraws what inviters had pending who were deactivated or removed.",
        every_minute=True,
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "ConditionCheckItem"), query=("due", "by_name")),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
        timeout_seconds=50,
    ),
    Function(
        name="send_mail",
        description="Hands queued mails to SES; every minute rescues those that the stream dropped.",
        stream_source=MAIL,
        every_minute=True,
        settings=("PRODUCT_NAME", "HELP_URL"),
        tables=(
            TableAccess(MAIL, ("UpdateItem",), query=("due",)),
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem")),
            TableAccess(IDENTITIES, ("BatchGetItem",)),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
        generates_mac_with=(TokenPurpose.INVITATION_MAILED,),
        sends_mail=True,
        timeout_seconds=50,
    ),
    Function(
        name="track_delivery",
        description="Shows on the invitation what became of its mail, tells the inviter of a bounce, heeds complaints.",
        on_ses_events=True,
        tables=(
            TableAccess(MAIL, ("BatchGetItem", "PutItem")),
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem")),
            TableAccess(IDENTITIES, ("UpdateItem",)),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
    ),
    Function(
        name="publish_events",
        description="Puts journal entries onto the event bus of the host product.",
        stream_source=JOURNAL,
        puts_events=True,
        timeout_seconds=50,
    ),
)
