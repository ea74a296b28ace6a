"""Journal entries as items."""

from shared.adapters.dynamodb.codec import to_attribute
from shared.adapters.dynamodb.requests import Write, put_absent
from shared.domain.policy.journal import Entry


def put_entry(table: str, entry: Entry) -> Write:
    """Put an entry that was not there before; a fact that is null stays in it, such as a limit that there is not."""
    keys = {"pk": entry.account_id, "sk": entry.entry_id}
    if entry.user_id:
        keys["subject"] = f"{entry.account_id}#{entry.user_id}"
    row = entry.model_dump(mode="json")
    write = put_absent(table, keys | row)
    for name in ("before", "after"):
        write["Put"]["Item"][name] = {"M": {fact: to_attribute(value) for fact, value in row[name].items()}}
    write["Put"]["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return write
