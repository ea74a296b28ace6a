"""Functions that nobody waits for: invoked by schedules, streams and events of SES."""

from infra.catalog.function import Function, TableAccess
from shared.domain.model.signed_tokens import TokenPurpose
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL, RECORDS, SEARCH

ROWS = (
    Function(
        name="expire",
        description="Send reminders; write expiries and ends of access, free their seats and tell those concerned.",
        every_minute=True,
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "PutItem"), query=("due",)),
            TableAccess(RECORDS, ("BatchGetItem", "ConditionCheckItem")),
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
            TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "ConditionCheckItem"), query=("due", "by_inviter")),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
        timeout_seconds=50,
    ),
    Function(
        name="report_withdrawals",
        description="Report withdrawn certifications of partners in each account, and tell the administrators.",
        every_minute=True,
        tables=(
            TableAccess(
                DIRECTORY,
                ("BatchGetItem", "UpdateItem", "ConditionCheckItem", "DeleteItem"),
                query=("due", "by_identity"),
            ),
            TableAccess(JOURNAL, ("PutItem",)),
            TableAccess(MAIL, ("PutItem",)),
        ),
        timeout_seconds=50,
    ),
    Function(
        name="finish_erasures",
        description="Erase what a request left of a person, and what others wrote about them while it ran.",
        every_minute=True,
        tables=(
            TableAccess(
                DIRECTORY, ("BatchGetItem", "UpdateItem", "PutItem", "DeleteItem"), query=("due", "by_identity")
            ),
            TableAccess(IDENTITIES, ("BatchGetItem", "UpdateItem")),
            TableAccess(RECORDS, ("BatchGetItem", "ConditionCheckItem")),
            TableAccess(JOURNAL, ("PutItem",)),
        ),
        user_pool=("AdminGetUser", "AdminDeleteUser"),
        deletes_logos=True,
        timeout_seconds=50,
    ),
    Function(
        name="move_records",
        description="Move the records of users who leave, and mark removed those that do not move.",
        stream_source=DIRECTORY,
        stream_keys="job#",
        every_minute=True,
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem", "PutItem", "UpdateItem", "ConditionCheckItem"), query=("due",)),
            TableAccess(
                RECORDS,
                ("BatchGetItem", "PutItem", "UpdateItem", "ConditionCheckItem"),
                query=("by_owner", "by_job"),
            ),
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
            TableAccess(IDENTITIES, ("BatchGetItem", "UpdateItem")),
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
        tables=(TableAccess(DIRECTORY, ("BatchGetItem",)),),
        puts_events=True,
        timeout_seconds=50,
    ),
)
