"""The catalogue of functions: trigger, callers and rights of each, one row per function. Nothing else grants rights.

Tests compare the rows with the README's map, the folders, the sample events, the OpenAPI document and the policies in
the templates.
"""

from dataclasses import dataclass

from shared.domain.model.signed_tokens import TokenPurpose
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL, RECORDS, SEARCH, Table


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
INVITE_AS_OPERATOR = (  # without ConditionCheckItem: operators' rights are not stored in the account
    TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "PutItem")),
    TableAccess(SEARCH, ("PutItem", "Query")),
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
NEW_IDS = ("PASSWORD_MIN_LENGTH", "PASSWORD_COMPOSITION", "SECURITY_QUESTION")  # what they need (rule 13)
BOTH_LINKS = (TokenPurpose.INVITATION_MAILED, TokenPurpose.INVITATION_COPIED)

CATALOG = (
    Function(
        name="operator",
        description="Open, find, read, suspend and resume accounts, and invite their administrators, as operator.",
        routes=(
            "GET /v1/operator/accounts",
            "POST /v1/operator/accounts",
            "GET /v1/operator/accounts/{account_id}",
            "POST /v1/operator/accounts/{account_id}/administrators",
            "POST /v1/operator/accounts/{account_id}/suspend",
            "POST /v1/operator/accounts/{account_id}/resume",
        ),
        settings=("PRODUCT_NAME",),
        tables=INVITE_AS_OPERATOR,
    ),
    Function(
        name="identities",
        description="Block a person's ID in every account, or unblock it, as operator.",
        routes=(
            "POST /v1/operator/identities/{email}/block",
            "POST /v1/operator/identities/{email}/unblock",
        ),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "PutItem")),
            TableAccess(IDENTITIES, ("BatchGetItem", "UpdateItem")),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
        user_pool=("AdminDisableUser", "AdminEnableUser"),
    ),
    Function(
        name="invite",
        description="Invite one person or up to 200: reserve seats and queue the emails.",
        routes=("POST /v1/accounts/{account_id}/users", "POST /v1/accounts/{account_id}/users/batch"),
        settings=("PRODUCT_NAME",),
        tables=CHANGE_USER,
        timeout_seconds=25,
    ),
    Function(
        name="directory",
        description="Read an account: settings, access, groups, teams, users, records, journal. Notes last_seen_at.",
        routes=(
            "GET /v1/accounts/{account_id}",
            "GET /v1/accounts/{account_id}/access",
            "GET /v1/accounts/{account_id}/groups",
            "GET /v1/accounts/{account_id}/groups/{group_id}",
            "GET /v1/accounts/{account_id}/teams",
            "GET /v1/accounts/{account_id}/teams/{team_id}",
            "GET /v1/accounts/{account_id}/users",
            "GET /v1/accounts/{account_id}/users/{user_id}",
            "GET /v1/accounts/{account_id}/users/{user_id}/deactivation-preview",
            "GET /v1/accounts/{account_id}/jobs/{job_id}",
            "GET /v1/accounts/{account_id}/jobs/{job_id}/records",
            "GET /v1/accounts/{account_id}/records",
            "GET /v1/accounts/{account_id}/seats/requests",
            "GET /v1/accounts/{account_id}/journal",
        ),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "Query"), query=("by_name",)),
            TableAccess(SEARCH, ("Query",)),
            TableAccess(RECORDS, ("BatchGetItem", "Query"), query=("by_owner", "by_job")),
            TableAccess(IDENTITIES, ("BatchGetItem",)),
            TableAccess(JOURNAL, ("Query",), query=("by_user",)),
        ),
    ),
    Function(
        name="evaluate_access",
        description="Say who may do what, in the words of the AuthZEN Authorization API.",
        routes=(
            "POST /v1/accounts/{account_id}/access/v1/evaluation",
            "POST /v1/accounts/{account_id}/access/v1/evaluations",
        ),
        tables=(*READ_CALLER, TableAccess(RECORDS, ("BatchGetItem",))),
    ),
    Function(
        name="deactivate",
        description="End a user's access at once, free the seat, and begin to hand over their records.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/deactivate",),
        tables=(*CHANGE_USER, TableAccess(RECORDS, ("BatchGetItem",))),
    ),
    Function(
        name="resend",
        description="Send a new link that works for seven days; older links stop working.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/resend",),
        tables=CHANGE_USER,
    ),
    Function(
        name="invitation_link",
        description="Return the invitation link, for an administrator to share.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/invitation-link",),
        tables=CHANGE_USER_WITHOUT_MAIL,
        generates_mac_with=(TokenPurpose.INVITATION_COPIED,),
    ),
    Function(
        name="revoke",
        description="Revoke an invitation and free its seat.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/revoke",),
        tables=CHANGE_USER_WITHOUT_MAIL,
    ),
    Function(
        name="edit_user",
        description="Change a user's rights and reference; names, phone and language while they are invited.",
        routes=("PATCH /v1/accounts/{account_id}/users/{user_id}",),
        settings=("PRODUCT_NAME",),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "ConditionCheckItem")),
            TableAccess(IDENTITIES, ("BatchGetItem",)),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
    ),
    Function(
        name="groups",
        description="Create, edit and delete groups; what they give holds for their users with the next request.",
        routes=(
            "POST /v1/accounts/{account_id}/groups",
            "PATCH /v1/accounts/{account_id}/groups/{group_id}",
            "DELETE /v1/accounts/{account_id}/groups/{group_id}",
        ),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "PutItem", "UpdateItem", "ConditionCheckItem")),
            TableAccess(IDENTITIES, ("BatchGetItem",)),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
    ),
    Function(
        name="teams",
        description="Create, edit and delete teams of managers and users.",
        routes=(
            "POST /v1/accounts/{account_id}/teams",
            "PATCH /v1/accounts/{account_id}/teams/{team_id}",
            "DELETE /v1/accounts/{account_id}/teams/{team_id}",
        ),
        tables=CHANGE_USER_WITHOUT_MAIL,
    ),
    Function(
        name="records",
        description="Store and delete the host product's records, each with its owner; begin to move them to another.",
        routes=(
            "PUT /v1/accounts/{account_id}/records/{type}/{record_id}",
            "DELETE /v1/accounts/{account_id}/records/{type}/{record_id}",
            "POST /v1/accounts/{account_id}/records/batch",
            "POST /v1/accounts/{account_id}/records/reassign",
        ),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "PutItem", "UpdateItem", "ConditionCheckItem")),
            TableAccess(RECORDS, ("BatchGetItem", "PutItem", "DeleteItem", "UpdateItem")),
            TableAccess(IDENTITIES, ("BatchGetItem",)),
        ),
    ),
    Function(
        name="clone_permissions",
        description="Replace the permissions of up to 100 users by those of one.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/permissions/clone",),
        tables=CHANGE_USER_WITHOUT_MAIL,
    ),
    Function(
        name="block_user",
        description="Suspend a user's access at once, or give it back; the seat is kept.",
        routes=(
            "POST /v1/accounts/{account_id}/users/{user_id}/block",
            "POST /v1/accounts/{account_id}/users/{user_id}/unblock",
        ),
        tables=CHANGE_USER,
    ),
    Function(
        name="reactivate",
        description="Make an inactive user active again, if a seat is free.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/reactivate",),
        tables=CHANGE_USER,
    ),
    Function(
        name="remove_user",
        description="Remove a user from the account and from its list, and begin to hand over their records.",
        routes=("POST /v1/accounts/{account_id}/users/{user_id}/remove",),
        tables=(*CHANGE_USER, TableAccess(RECORDS, ("BatchGetItem",))),
    ),
    Function(
        name="leave",
        description="End the access of a partner who leaves an account.",
        routes=("POST /v1/accounts/{account_id}/leave",),
        tables=(  # without ConditionCheckItem: the partner who acts is the user who is written
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "PutItem")),
            TableAccess(IDENTITIES, ("BatchGetItem",)),
            TableAccess(JOURNAL, ("PutItem",)),
            TableAccess(MAIL, ("PutItem",)),
            TableAccess(RECORDS, ("BatchGetItem",)),
        ),
    ),
    Function(
        name="partners",
        description="Keep the registry of certified partners, as operator.",
        routes=(
            "GET /v1/operator/partners/{email}",
            "PUT /v1/operator/partners/{email}",
            "DELETE /v1/operator/partners/{email}",
        ),
        settings=("PRODUCT_NAME",),
        tables=(
            TableAccess(DIRECTORY, ("PutItem",)),
            TableAccess(IDENTITIES, ("BatchGetItem", "UpdateItem")),
        ),
    ),
    Function(
        name="settings",
        description="Change the account's settings.",
        routes=("PATCH /v1/accounts/{account_id}/settings",),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "ConditionCheckItem")),
            TableAccess(IDENTITIES, ("BatchGetItem",)),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
    ),
    Function(
        name="seats",
        description="Set an account's seats, ask for seats or give them back, decide on requests.",
        routes=(
            "PUT /v1/operator/accounts/{account_id}/seats",
            "POST /v1/accounts/{account_id}/seats/requests",
            "POST /v1/operator/accounts/{account_id}/seats/requests/{request_id}/approve",
            "POST /v1/operator/accounts/{account_id}/seats/requests/{request_id}/deny",
        ),
        settings=("SEAT_PURCHASES",),
        tables=CHANGE_USER,
    ),
    Function(
        name="me",
        description="Read or change the caller's names and language; their active users follow.",
        routes=("GET /v1/me", "PATCH /v1/me"),
        settings=("CONSOLE_URL", "PRODUCT_NAME"),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem")),
            TableAccess(IDENTITIES, ("BatchGetItem", "UpdateItem")),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
    ),
    Function(
        name="profile",
        description=("Change the caller's profile, or get an upload form for the logo."),
        routes=("PATCH /v1/me/profile", "POST /v1/me/profile/logo"),
        settings=("CONSOLE_URL",),
        tables=(TableAccess(IDENTITIES, ("BatchGetItem", "UpdateItem")),),
        manages_logos=True,
    ),
    Function(
        name="preview",
        description="Return what the invite page shows for a link; changes nothing.",
        routes=("POST /v1/invitations/preview",),
        public=True,
        settings=("PRODUCT_NAME", "TERMS_VERSION", *NEW_IDS),
        tables=READ_CALLER,
        verifies_mac_with=BOTH_LINKS,
        user_pool=("AdminGetUser",),
    ),
    Function(
        name="accept",
        description="Accept an invitation by creating an ID; the invitee is signed in.",
        routes=("POST /v1/invitations/accept",),
        public=True,
        settings=("APP_URL", "PRODUCT_NAME", "TERMS_VERSION", *NEW_IDS),
        tables=JOIN_ACCOUNT,
        verifies_mac_with=BOTH_LINKS,
        user_pool=(
            "AdminCreateUser",
            "AdminSetUserPassword",
            "AdminGetUser",
            "AdminDeleteUser",
            "AdminUserGlobalSignOut",
            "AdminUpdateUserAttributes",
            "AdminAddUserToGroup",
        ),
    ),
    Function(
        name="join",
        description="Accept an invitation with an existing ID.",
        routes=("POST /v1/invitations/join",),
        settings=("APP_URL", "TERMS_VERSION"),
        tables=JOIN_ACCOUNT,
        verifies_mac_with=BOTH_LINKS,
    ),
    Function(
        name="decline",
        description="Decline an invitation: free its seat and tell the inviter.",
        routes=("POST /v1/invitations/decline",),
        public=True,
        tables=CHANGE_USER,
        verifies_mac_with=BOTH_LINKS,
    ),
    Function(
        name="request_new_link",
        description="Ask the inviter for a new link, once the old one has expired.",
        routes=("POST /v1/invitations/request-new",),
        public=True,
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "PutItem", "ConditionCheckItem")),
            TableAccess(IDENTITIES, ("BatchGetItem",)),
            TableAccess(JOURNAL, ("PutItem",)),
            TableAccess(MAIL, ("PutItem",)),
        ),
        verifies_mac_with=BOTH_LINKS,
    ),
    Function(
        name="start_recovery",
        description="Mail a link to a new password, without telling whether the address has an ID.",
        routes=("POST /v1/recovery/start",),
        public=True,
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "PutItem")),
            TableAccess(IDENTITIES),
            TableAccess(MAIL, ("PutItem",)),
        ),
    ),
    Function(
        name="recover",
        description="Set a new password with a mailed link and the security answer.",
        routes=("POST /v1/recovery/preview", "POST /v1/recovery/finish"),
        public=True,
        settings=("PRODUCT_NAME", *NEW_IDS),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "PutItem")),
            TableAccess(IDENTITIES, ("BatchGetItem", "UpdateItem")),
            TableAccess(MAIL, ("PutItem",)),
        ),
        verifies_mac_with=(TokenPurpose.RECOVERY,),
        user_pool=(
            "AdminSetUserPassword",
            "AdminUserGlobalSignOut",
            "AdminUpdateUserAttributes",
        ),
    ),
    Function(
        name="help_recovery",
        description="Mail someone who forgot the security answer a link that takes a new one, as operator.",
        routes=("POST /v1/operator/identities/{email}/recovery",),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "PutItem")),
            TableAccess(IDENTITIES, ("BatchGetItem",)),
            TableAccess(JOURNAL, ("PutItem",)),
            TableAccess(MAIL, ("PutItem",)),
        ),
    ),
    Function(
        name="credentials",
        description="Change the caller's password, or end all of the caller's sessions.",
        routes=("POST /v1/me/password", "POST /v1/me/sign-out"),
        settings=("PRODUCT_NAME", "PASSWORD_MIN_LENGTH", "PASSWORD_COMPOSITION"),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "PutItem")),
            TableAccess(IDENTITIES, ("BatchGetItem", "UpdateItem")),
            TableAccess(MAIL, ("PutItem",)),
        ),
        user_pool=("AdminSetUserPassword", "AdminUserGlobalSignOut"),
    ),
    Function(
        name="openapi",
        description="Return the OpenAPI document, and 404 for every other path.",
        routes=("GET /v1/openapi.json", "$default"),
        public=True,
    ),
    Function(
        name="expire",
        description="Send reminders; write expiries and ends of access, free their seats and tell those concerned.",
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
        description="Revoke pending invitations of users who have left or lost a right that they give.",
        every_minute=True,
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "ConditionCheckItem"), query=("due", "by_name")),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
        timeout_seconds=50,
    ),
    Function(
        name="report_withdrawals",
        description="Report withdrawn certifications of partners in each account, and tell the administrators.",
        every_minute=True,
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "ConditionCheckItem", "DeleteItem"), query=("due", "by_identity")),
            TableAccess(JOURNAL, ("PutItem",)),
            TableAccess(MAIL, ("PutItem",)),
        ),
        timeout_seconds=50,
    ),
    Function(
        name="move_records",
        description="Move the records of users who leave, and mark removed those that do not move.",
        stream_source=DIRECTORY,
        stream_keys="job#",
        every_minute=True,
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "PutItem", "UpdateItem"), query=("due",)),
            TableAccess(RECORDS, ("BatchGetItem", "PutItem", "UpdateItem"), query=("by_owner", "by_job")),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
        timeout_seconds=50,
    ),
    Function(
        name="send_mail",
        description="Send queued emails through SES; every minute, also those that the stream missed.",
        stream_source=MAIL,
        every_minute=True,
        settings=("APP_URL", "PRODUCT_NAME", "HELP_URL", "STAFF_MAIL"),
        tables=(
            TableAccess(MAIL, ("UpdateItem",), query=("due",)),
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem")),
            TableAccess(IDENTITIES, ("BatchGetItem",)),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
        generates_mac_with=(TokenPurpose.INVITATION_MAILED, TokenPurpose.RECOVERY),
        sends_mail=True,
        timeout_seconds=50,
    ),
    Function(
        name="track_delivery",
        description="Store delivery, bounce and complaint of an invitation's email; tell the inviter of a bounce.",
        on_ses_events=True,
        tables=(
            TableAccess(MAIL, ("BatchGetItem", "PutItem")),
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem")),
            TableAccess(IDENTITIES, ("UpdateItem",)),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
    ),
    Function(
        name="index_users",
        description="Keep the search index of users in step with the directory.",
        stream_source=DIRECTORY,
        stream_changes=("INSERT", "MODIFY", "REMOVE"),
        stream_keys="user#",
        stream_retries=None,
        tables=(TableAccess(DIRECTORY, ("BatchGetItem",)), TableAccess(SEARCH, ("BatchWriteItem",))),
        timeout_seconds=50,
    ),
    Function(
        name="publish_events",
        description="Publish journal entries on the host product's event bus.",
        stream_source=JOURNAL,
        stream_changes=("INSERT", "MODIFY", "REMOVE"),
        stream_retries=None,
        puts_events=True,
        timeout_seconds=50,
    ),
)
