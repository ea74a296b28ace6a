"""Functions of one account: its users, groups, teams, records, seats and settings."""

from infra.catalog.function import Function, TableAccess
from infra.catalog.presets import CHANGE_USER, CHANGE_USER_WITHOUT_MAIL, EDIT, READ_CALLER
from shared.domain.model.signed_tokens import TokenPurpose
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL, RECORDS, SEARCH

ROWS = (
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
        tables=(*CHANGE_USER, TableAccess(RECORDS, ("BatchGetItem", "ConditionCheckItem"))),
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
        tables=(*CHANGE_USER_WITHOUT_MAIL, TableAccess(RECORDS, ("BatchGetItem",))),
    ),
    Function(
        name="edit_user",
        description="Change a user's rights, reference and end of access; while invited also names, phone, language.",
        routes=("PATCH /v1/accounts/{account_id}/users/{user_id}",),
        settings=("PRODUCT_NAME",),
        tables=EDIT,
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
        tables=(*CHANGE_USER, TableAccess(RECORDS, ("BatchGetItem", "ConditionCheckItem"))),
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
            TableAccess(RECORDS, ("BatchGetItem", "ConditionCheckItem")),
        ),
    ),
    Function(
        name="settings",
        description="Change the account's settings.",
        routes=("PATCH /v1/accounts/{account_id}/settings",),
        tables=EDIT,
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
)
