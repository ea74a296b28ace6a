"""The search index of accounts: a partition of its own, with one entry for each word that a search can begin with.

    account#<account_id>            the list of all accounts, by App ID
    word#<word>#<account_id>        a word of the name with what follows it, or the App ID

App ID and name of an account never change, so that its entries are put by the transaction that opens it.
"""

from shared.adapters.dynamodb.requests import Write
from shared.adapters.dynamodb.search_items import entry_key
from shared.domain.model.accounts import Account
from shared.domain.model.folding import MAX_WORD_LENGTH, folded, word_starts

PARTITION = "accounts"  # No App ID has this form.
LIST = "account#"

_WORD = "word#"


def account_search_keys(account: Account) -> frozenset[str]:
    """Return the sort keys of all entries of an account."""
    words = {*word_starts(folded(account.name)), account.account_id}
    listed = LIST + account.account_id
    return frozenset({listed, *(f"{word_prefix(word)}#{account.account_id}" for word in words)})


def word_prefix(term: str) -> str:
    """Return the sort key prefix of all words that begin with the folded term."""
    return _WORD + term[:MAX_WORD_LENGTH]


def account_of(sort_key: str) -> str:
    """Return the account of an entry."""
    return sort_key.rpartition("#")[2]


def put_entries(table: str, account: Account) -> list[Write]:
    """Put the entries of a new account."""
    return [
        {"Put": {"TableName": table, "Item": entry_key(PARTITION, key)}} for key in sorted(account_search_keys(account))
    ]
