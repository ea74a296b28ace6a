"""The search index of accounts: a partition of its own, with one entry for each word that a search can begin with.

    account#<account_id>            the list of all accounts, by App ID
    word#<word>#<account_id>        a word of the name with what follows it, or the App ID

App ID and name of an account never change, so that its entries are put by the transaction that opens it.
"""

from shared.adapters.dynamodb.requests import Write
from shared.adapters.dynamodb.search_items import entry_key
from shared.domain.model.accounts import Account
from shared.domain.model.folding import folded

PARTITION = "accounts"  # No App ID has this form.
LIST = "account#"

_WORD = "word#"
_LONGEST_WORD = 200  # Characters that a search compares.
_MOST_WORDS = 12


def account_search_keys(account: Account) -> frozenset[str]:
    """Return the sort keys of all entries of an account."""
    name = folded(account.name)
    starts = [0, *(at + 1 for at, letter in enumerate(name) if letter in " -")][:_MOST_WORDS]
    words = {name[start:] for start in starts if name[start : start + 1].strip(" -")} | {account.account_id}
    listed = LIST + account.account_id
    return frozenset({listed, *(f"{word_prefix(word)}#{account.account_id}" for word in words)})


def word_prefix(term: str) -> str:
    """Return what the sort keys of all words begin with that begin with the folded term."""
    return _WORD + term[:_LONGEST_WORD]


def account_of(sort_key: str) -> str:
    """Return the account of an entry."""
    return sort_key.rpartition("#")[2]


def put_entries(table: str, account: Account) -> list[Write]:
    """Put the entries of a new account."""
    return [
        {"Put": {"TableName": table, "Item": entry_key(PARTITION, key)}} for key in sorted(account_search_keys(account))
    ]
