"""Sign-ins in Cognito: created and taken over only under the identity lock; only our own are ever replaced."""

import functools
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from shared.adapters import clients
from shared.domain.model import errors
from shared.domain.model.invitation_tokens import InvitationToken
from shared.domain.model.values import Model
from shared.domain.policy.principals import TAKEN_OVER
from shared.domain.policy.snapshot import InvitationSnapshot
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

    def look_up_sign_in(self, invited: InvitationSnapshot, link: InvitationToken) -> InvitationSnapshot:
        """Return the snapshot with whether the identity's Cognito user is gone; not asked for a copied link."""
        identity = invited.identity
        if identity is None or identity.sub is None or not link.is_mailed:
            return invited
        return invited._replace(sign_in_is_gone=self.sub_of(identity.address) != identity.sub)

    def provide_sign_in(self, invited: InvitationSnapshot, password: str, *, proven: bool) -> str:
        """Give the invitee a Cognito user with this password and return its `sub`; `proven`: they read the mailbox.

        A living sign-in, which an unproven identity gives up, is kept and changed, so that at each moment either its
        old or its new password works. Raises IdentityExists for a user that this product did not create, InvalidRequest
        for a password that the pool does not accept.
        """
        address, existing = invited.user.email, invited.existing_identity
        if existing and existing.sub:
            self._take_over(address, password)
            return existing.sub
        return self._create_sign_in(address, password, proven=proven)

    def _take_over(self, address: str, password: str) -> None:
        """End every session of a Cognito user and give it this password; sessions from then on are in `TAKEN_OVER`.

        In this order no older session can come into the group: refresh tokens are revoked before it is joined. Raises
        StaleRead if the user was deleted meanwhile.
        """
        pool = self._pool_id
        try:
            self._set_password(address, password)
            self._cognito.admin_user_global_sign_out(UserPoolId=pool, Username=address)
            self._verify_address(address)
            self._cognito.admin_add_user_to_group(UserPoolId=pool, Username=address, GroupName=TAKEN_OVER)
        except self._cognito.exceptions.UserNotFoundException as error:
            raise errors.StaleRead from error  # deleted by its owner since it was looked up

    def change_password(self, address: str, password: str, *, proves_mailbox: bool = False) -> None:
        """Give a Cognito user this password and revoke its refresh tokens.

        Raises InvalidRequest for a password that the pool does not accept, RecoveryExpired if there is no such user.
        """
        try:
            self._set_password(address, password)
            self.end_sessions(address)
            if proves_mailbox:
                self._verify_address(address)
        except self._cognito.exceptions.UserNotFoundException as error:
            raise errors.RecoveryExpired from error  # deleted by its owner through the pool's own API

    def end_sessions(self, address: str) -> None:
        """Revoke all refresh tokens of a Cognito user; access tokens live on until the identity says otherwise."""
        with suppress(self._cognito.exceptions.UserNotFoundException):  # Deleted by its owner: there are none.
            self._cognito.admin_user_global_sign_out(UserPoolId=self._pool_id, Username=address)

    def _verify_address(self, address: str) -> None:
        self._cognito.admin_update_user_attributes(
            UserPoolId=self._pool_id, Username=address, UserAttributes=[{"Name": "email_verified", "Value": "true"}]
        )

    def _create_sign_in(self, address: str, password: str, *, proven: bool) -> str:
        """Create a Cognito user; one with our mark that no identity names is replaced, and its sessions have ended."""
        try:
            sub = self._create(address, proven=proven)
        except self._cognito.exceptions.UsernameExistsException:
            self._delete_ours(address)
            sub = self._create_again(address, proven=proven)
        self._set_password(address, password)
        return sub

    def _set_password(self, address: str, password: str) -> None:
        try:
            self._cognito.admin_set_user_password(
                UserPoolId=self._pool_id, Username=address, Password=password, Permanent=True
            )
        except self._cognito.exceptions.InvalidPasswordException as error:
            raise errors.InvalidRequest([("password", "This password is not accepted. Choose another one.")]) from error

    def disable(self, address: str) -> None:
        """Let nobody sign in with this address any more; a sign-in that does not exist is none already."""
        with suppress(self._cognito.exceptions.UserNotFoundException):
            self._cognito.admin_disable_user(UserPoolId=self._pool_id, Username=address)

    def enable(self, address: str) -> None:
        """Let the owner of this address sign in again, if they have a sign-in."""
        with suppress(self._cognito.exceptions.UserNotFoundException):
            self._cognito.admin_enable_user(UserPoolId=self._pool_id, Username=address)

    def delete(self, address: str, *, sub: str | None) -> None:
        """Delete this sign-in of the address, and no later one."""
        if sub is None or self.sub_of(address) != sub:
            return
        with suppress(self._cognito.exceptions.UserNotFoundException):
            self._cognito.admin_delete_user(UserPoolId=self._pool_id, Username=address)

    def sign_in_if_possible(self, address: str, password: str) -> Session | None:
        """Return a session, or None if signing in failed for any reason."""
        with suppress(ClientError, BotoCoreError):
            return self.sign_in(address, password)
        return None

    def sign_in(self, address: str, password: str) -> Session | None:
        """Return a session, or None for a wrong password or a user that does not exist."""
        try:
            answer = self._cognito.initiate_auth(
                ClientId=self._client_id,
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": address, "PASSWORD": password},
            )
        except (self._cognito.exceptions.NotAuthorizedException, self._cognito.exceptions.UserNotFoundException):
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

    def sub_of(self, address: str) -> str | None:
        """Return the `sub` of the Cognito user with this address, if there is one."""
        try:
            found = self._cognito.admin_get_user(UserPoolId=self._pool_id, Username=address)
        except self._cognito.exceptions.UserNotFoundException:
            return None
        return _attributes(found["UserAttributes"])["sub"]

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
    """Return the instance of this process, made on first use."""
    return CognitoUserPool()
