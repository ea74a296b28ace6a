"""Journal entries as items."""

from shared.adapters.dynamodb.requests import Write, put_absent
from shared.domain.policy.journal import Entry


def put_entry(table: str, entry: Entry) -> Write:
    """Put an entry that was not there before."""
    keys = {"pk": entry.account_id, "sk": entry.entry_id}
    if entry.user_id:
        keys["subject"] = f"{entry.account_id}#{entry.user_id}"
    write = put_absent(table, keys | entry.model_dump(mode="json"))
    write["Put"]["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return write
