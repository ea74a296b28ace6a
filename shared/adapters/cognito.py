"""Sign-ins in Cognito: created only under the identity lock; only sign-ins that this product created are replaced."""

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from shared.adapters import clients
from shared.domain.model import errors
from shared.domain.model.base import Model
from shared.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp.type_defs import AttributeTypeTypeDef

CREATED_BY_ATTRIBUTE = "custom:usher"  # marks the users that `accept` created; no others are deleted


class Session(Model):
    """Tokens of a sign-in; `expires_in` in seconds. Never stored."""

    access_token: str
    id_token: str
    refresh_token: str
    expires_in: int


class CognitoUserPool:
    """The pool whose usernames are canonical addresses."""

    def __init__(self) -> None:
        self._cognito = clients.client("cognito-idp")
        self._pool_id = settings().user_pool_id
        self._client_id = settings().user_pool_client_id

    def create_sign_in(self, address: str, password: str, *, proven: bool) -> str:
        """Create a Cognito user with this password and return its `sub`; `proven`: its owner reads the mailbox.

        One that bears our mark is replaced, and every session of it has ended; one that does not is never touched:
        raises IdentityExists. A password that the pool does not like: InvalidRequest.
        """
        try:
            sub = self._create(address, proven=proven)
        except self._cognito.exceptions.UsernameExistsException:
            self._delete_ours(address)
            sub = self._create_again(address, proven=proven)
        try:
            self._cognito.admin_set_user_password(
                UserPoolId=self._pool_id, Username=address, Password=password, Permanent=True
            )
        except self._cognito.exceptions.InvalidPasswordException as error:
            raise errors.InvalidRequest([("password", "This password is not accepted. Choose another one.")]) from error
        return sub

    def sign_in(self, address: str, password: str) -> Session | None:
        """Return a session, or None if signing in failed for any reason."""
        try:
            answer = self._cognito.initiate_auth(
                ClientId=self._client_id,
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": address, "PASSWORD": password},
            )
        except (ClientError, BotoCoreError):
            return None
        tokens = answer.get("AuthenticationResult")
        if tokens is None:
            return None
        return Session(
            access_token=tokens["AccessToken"],
            id_token=tokens["IdToken"],
            refresh_token=tokens["RefreshToken"],
            expires_in=tokens["ExpiresIn"],
        )

    def _create(self, address: str, *, proven: bool) -> str:
        answer = self._cognito.admin_create_user(
            UserPoolId=self._pool_id,
            Username=address,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": address},
                {"Name": "email_verified", "Value": "true" if proven else "false"},
                {"Name": CREATED_BY_ATTRIBUTE, "Value": "accept"},
            ],
        )
        return _attributes(answer["User"]["Attributes"])["sub"]

    def _create_again(self, address: str, *, proven: bool) -> str:
        """Create a user after the deletion; one that exists was created by a request whose answer was lost."""
        try:
            return self._create(address, proven=proven)
        except self._cognito.exceptions.UsernameExistsException:
            return self._ours(address)["sub"]

    def _ours(self, address: str) -> dict[str, str]:
        """Return the attributes of a user with our mark; raises IdentityExists for any other."""
        found = _attributes(self._cognito.admin_get_user(UserPoolId=self._pool_id, Username=address)["UserAttributes"])
        if CREATED_BY_ATTRIBUTE not in found:
            raise errors.IdentityExists
        return found

    def _delete_ours(self, address: str) -> None:
        try:
            self._ours(address)
            self._cognito.admin_delete_user(UserPoolId=self._pool_id, Username=address)
        except self._cognito.exceptions.UserNotFoundException:
            return  # The answer to an earlier deletion was lost.


def _attributes(attributes: "Iterable[AttributeTypeTypeDef]") -> dict[str, str]:
    return {attribute["Name"]: attribute["Value"] for attribute in attributes}


@functools.cache
def open_cognito() -> CognitoUserPool:
    """Return the one of this process."""
    return CognitoUserPool()
