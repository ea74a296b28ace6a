"""Functions of the staff of the host product."""

from infra.catalog.function import Function, TableAccess
from infra.catalog.presets import INVITE_AS_OPERATOR
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL, RECORDS

ROWS = (
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
            "GET /v1/operator/seat-requests",
        ),
        settings=("PRODUCT_NAME",),
        tables=(*INVITE_AS_OPERATOR, TableAccess(DIRECTORY, ("Query",), query=("due",))),
    ),
    Function(
        name="identities",
        description="Block a person's ID in every account, or unblock it, as operator.",
        routes=(
            "POST /v1/operator/identities/{email}/block",
            "POST /v1/operator/identities/{email}/unblock",
        ),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "PutItem", "UpdateItem")),
            TableAccess(IDENTITIES, ("BatchGetItem", "UpdateItem")),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
        user_pool=("AdminDisableUser", "AdminEnableUser"),
    ),
    Function(
        name="erase_identity",
        description="Erase a person everywhere, for good, as operator.",
        routes=("POST /v1/operator/identities/{email}/erase",),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "PutItem"), query=("by_identity",)),
            TableAccess(IDENTITIES, ("BatchGetItem", "UpdateItem", "PutItem")),
            TableAccess(RECORDS, ("BatchGetItem", "ConditionCheckItem")),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
        user_pool=("AdminGetUser", "AdminDeleteUser"),
        deletes_logos=True,
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
)
