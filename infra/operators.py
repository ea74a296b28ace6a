"""Enrols staff: a sign-in in the pool's group of operators, and the identity that makes its tokens valid."""

import argparse
import getpass

from shared.adapters import aws
from shared.adapters.items import to_item
from shared.clock import utc_now
from shared.domain.addresses import canonical
from shared.domain.callers import OPERATORS
from shared.domain.identities import Identity
from shared.domain.ids import Ids
from shared.settings import settings


def enroll(address: str, password: str, *, first_name: str, last_name: str) -> str:
    """Makes the operator, or makes the rest of one who is there in part; returns the `sub`."""
    cognito, pool = aws.client("cognito-idp"), settings().user_pool_id
    address = canonical(address)
    attributes = [{"Name": "email", "Value": address}, {"Name": "email_verified", "Value": "true"}]
    try:
        cognito.admin_create_user(
            UserPoolId=pool, Username=address, MessageAction="SUPPRESS", UserAttributes=attributes
        )
    except cognito.exceptions.UsernameExistsException:
        pass  # The rest is made for the one who is there.
    cognito.admin_set_user_password(UserPoolId=pool, Username=address, Password=password, Permanent=True)
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=address, GroupName=OPERATORS)
    found = cognito.admin_get_user(UserPoolId=pool, Username=address)["UserAttributes"]
    sub = next(str(attribute["Value"]) for attribute in found if attribute["Name"] == "sub")
    identity = Identity(
        identity_id=Ids(settings().pepper).identity_id(address),
        address=address,
        sub=sub,
        proven=True,
        first_name=first_name,
        last_name=last_name,
        created_at=utc_now(),
    )
    row = {"pk": identity.identity_id} | identity.model_dump(mode="json", exclude={"accounts"}, exclude_none=True)
    aws.client("dynamodb").put_item(TableName=settings().identities_table, Item=to_item(row))
    return sub
