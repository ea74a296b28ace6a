"""Functions of a person: their identity and profile, the links that they are mailed, and the API's description."""

from infra.catalog.function import Function, TableAccess
from infra.catalog.presets import BOTH_LINKS, CHANGE_USER, ID_RULES, JOIN_ACCOUNT, READ_CALLER
from shared.domain.model.signed_tokens import TokenPurpose
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL

ROWS = (
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
        name="my_invitations",
        description="List the caller's pending invitations, each with a link to join.",
        routes=("GET /v1/me/invitations",),
        tables=(
            TableAccess(DIRECTORY, ("BatchGetItem",), query=("by_identity",)),
            TableAccess(IDENTITIES, ("BatchGetItem",)),
        ),
        generates_mac_with=(TokenPurpose.INVITATION_COPIED,),
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
        settings=("TERMS_VERSION", *ID_RULES),
        tables=READ_CALLER,
        verifies_mac_with=BOTH_LINKS,
        user_pool=("AdminGetUser",),
    ),
    Function(
        name="accept",
        description="Accept an invitation by creating an ID; the invitee is signed in.",
        routes=("POST /v1/invitations/accept",),
        public=True,
        settings=("APP_URL", "TERMS_VERSION", *ID_RULES),
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
        tables=CHANGE_USER,
        verifies_mac_with=BOTH_LINKS,
    ),
    Function(
        name="start_recovery",
        description="Mail a password reset link, without telling whether the address has an ID.",
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
        settings=ID_RULES,
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
        name="credentials",
        description="Change the caller's password, or end all of the caller's sessions.",
        routes=("POST /v1/me/password", "POST /v1/me/sign-out"),
        settings=ID_RULES,
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
)
