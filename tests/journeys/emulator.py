"""Root access to the emulator: read tables, shift timestamps, subscribe to the bus."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3

from shared.adapters.dynamodb.codec import from_item, to_attribute
from shared.domain.model.invitation_tokens import Channel, InvitationToken
from shared.domain.model.values import iso
from tests.journeys.stack import LocalStack

Row = dict[str, Any]


class Emulator:
    """Signs as root, with the addresses that the stack has told."""

    def __init__(self, stack: LocalStack) -> None:
        self._stack = stack
        self._clients: dict[str, Any] = {}

    def client(self, service: str) -> Any:
        """Return root's client of a service, the same one each time."""
        if service not in self._clients:
            names = ("aws_access_key_id", "aws_secret_access_key")
            self._clients[service] = self.client_of({name: self._stack.told[name] for name in names}, service)
        return self._clients[service]

    def client_of(self, credentials: dict[str, str], service: str) -> Any:
        """Return a client of a service with these credentials."""
        told = self._stack.told
        make: Any = boto3.client  # Typed for each service by its literal name.
        return make(service, endpoint_url=told["aws_endpoint_url"], region_name=told["region"], **credentials)

    def sign(self, user: Row, *, channel: Channel = Channel.MAILED) -> str:
        """Return the token of a user's first link, as only the functions that may use its key can make it."""
        link = InvitationToken(user["account_id"], user["user_id"], 1, channel)
        signed, key = link.to_sign(key_version=1), self._stack.first_key(link.purpose)
        message = signed.message.encode()
        answer = self.client("kms").generate_mac(KeyId=key, MacAlgorithm="HMAC_SHA_256", Message=message)
        return signed.encode(answer["Mac"])

    def table(self, name: str) -> str:
        """A table's name in the emulator."""
        return str(self._stack.told["resources"]["tables"][name])

    def function(self, name: str) -> str:
        """A function's name in the emulator."""
        return str(self._stack.told["resources"]["functions"][name])

    def rows(self, table: str) -> list[Row]:
        """All that a table holds, in an order that does not change by itself."""
        pages = self.client("dynamodb").get_paginator("scan").paginate(TableName=self.table(table))
        return sorted((from_item(item) for page in pages for item in page["Items"]), key=repr)

    def everything_about(self, user: Row) -> dict[str, list[Row]]:
        """All rows of all tables that tell of a user, their account or their address, and their sign-in."""
        pool = self._stack.told["user_pool_id"]
        found = self.client("cognito-idp").list_users(UserPoolId=pool, Filter=f'username = "{user["email"]}"')["Users"]
        about = (user["account_id"], user["user_id"], user["email"])
        tables = self._stack.told["resources"]["tables"]
        rows = {name: [row for row in self.rows(name) if any(word in repr(row) for word in about)] for name in tables}
        return rows | {"pool": [{"name": one["Username"], "state": one["UserStatus"]} for one in found]}

    def user(self, user: Row) -> Row:
        """A user as the directory keeps them."""
        key = {"pk": {"S": user["account_id"]}, "sk": {"S": f"user#{user['user_id']}"}}
        answer = self.client("dynamodb").get_item(TableName=self.table("directory"), Key=key, ConsistentRead=True)
        return from_item(answer["Item"])

    def change_user(self, user: Row, **values: Any) -> None:
        """Write attributes of a user behind the product's back; those within have their path, with `__`."""
        names = {f"#{part}": part for name in values for part in name.split("__")}
        sets = [f"{'.'.join(f'#{part}' for part in name.split('__'))} = :{name}" for name in values]
        self.client("dynamodb").update_item(
            TableName=self.table("directory"),
            Key={"pk": {"S": user["account_id"]}, "sk": {"S": f"user#{user['user_id']}"}},
            UpdateExpression="SET " + ", ".join(sets),
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeNames=names,
            ExpressionAttributeValues={f":{name}": to_attribute(value) for name, value in values.items()},
        )

    def let_time_pass(self, user: Row, **time: int) -> None:
        """An invitation was sent, and is due, so much earlier than it was: `days=8`, `minutes=2`."""
        kept = self.user(user)["invitation"]
        sent, expires = (_earlier(kept[name], timedelta(**time)) for name in ("sent_at", "expires_at"))
        due = {"due_at": f"{expires}\t{user['user_id']}"}
        self.change_user(user, invitation__sent_at=sent, invitation__expires_at=expires, **due)

    def mails(self, user: Row, kind: str) -> list[Row]:
        """Mails about a user, as the outbox keeps them."""
        return [row for row in self.rows("mail") if row.get("user_id") == user["user_id"] and row["kind"] == kind]

    def queue_again(self, mail: Row) -> None:
        """A mail is as it was when it had been written, a good minute ago, and no stream tells of it."""
        long_ago = iso(datetime.now(UTC) - timedelta(minutes=2))
        values = {":queued": "queued", ":mails": "mails", ":then": long_ago}
        self.client("dynamodb").update_item(
            TableName=self.table("mail"),
            Key={"pk": {"S": mail["mail_id"]}},
            UpdateExpression="SET #state = :queued, due = :mails, due_at = :then REMOVE claimed_by, forget_at",
            ExpressionAttributeNames={"#state": "state"},
            ExpressionAttributeValues={name: to_attribute(value) for name, value in values.items()},
        )


class Subscription:
    """A queue that the host product might have: it receives what a rule lets through."""

    def __init__(self, emulator: Emulator, *, bus: str, account_id: str) -> None:
        name = f"host-{uuid.uuid4().hex[:8]}"
        self._sqs, events = emulator.client("sqs"), emulator.client("events")
        self._queue = self._sqs.create_queue(QueueName=name)["QueueUrl"]
        arn = self._sqs.get_queue_attributes(QueueUrl=self._queue, AttributeNames=["QueueArn"])["Attributes"][
            "QueueArn"
        ]
        pattern = {"source": ["usher"], "detail": {"account_id": [account_id]}}
        rule = events.put_rule(Name=name, EventBusName=bus, EventPattern=json.dumps(pattern))["RuleArn"]
        self._sqs.set_queue_attributes(QueueUrl=self._queue, Attributes={"Policy": _open_to(rule, queue=arn)})
        events.put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": "host", "Arn": arn}])
        self.events: list[Row] = []

    def receive(self) -> list[Row]:
        """Everything that has arrived so far."""
        answer = self._sqs.receive_message(QueueUrl=self._queue, MaxNumberOfMessages=10)
        for message in answer.get("Messages", []):
            self.events.append(json.loads(message["Body"]))
            self._sqs.delete_message(QueueUrl=self._queue, ReceiptHandle=message["ReceiptHandle"])
        return self.events


def _open_to(rule: str, *, queue: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue,
        "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _earlier(moment: str, by: timedelta) -> str:
    return iso(datetime.fromisoformat(moment) - by)
