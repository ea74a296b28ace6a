"""Table access, settings and token purposes that several functions have alike."""

from infra.catalog.function import TableAccess
from shared.domain.model.signed_tokens import TokenPurpose
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL, SEARCH

READ_CALLER = (TableAccess(DIRECTORY, ("BatchGetItem",)), TableAccess(IDENTITIES, ("BatchGetItem",)))
CHANGE_USER = (
    TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "PutItem", "ConditionCheckItem")),
    TableAccess(IDENTITIES, ("BatchGetItem",)),
    TableAccess(JOURNAL, ("PutItem",)),
    TableAccess(MAIL, ("PutItem",)),
)
CHANGE_USER_WITHOUT_MAIL = CHANGE_USER[:-1]
EDIT = (  # without PutItem: nothing is created, and the requests have no Idempotency-Key
    TableAccess(DIRECTORY, ("BatchGetItem", "UpdateItem", "ConditionCheckItem")),
    TableAccess(IDENTITIES, ("BatchGetItem",)),
    TableAccess(JOURNAL, ("PutItem",)),
)
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
ID_RULES = ("PRODUCT_NAME", "PASSWORD_MIN_LENGTH", "PASSWORD_COMPOSITION", "SECURITY_QUESTION")  # rule 13
BOTH_LINKS = (TokenPurpose.INVITATION_MAILED, TokenPurpose.INVITATION_COPIED)
