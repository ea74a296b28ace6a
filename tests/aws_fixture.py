"""AWS in this process, made atomic, with the product's tables, pool, keys, sender and bus in it."""

import copy
import json
import os
import threading
from collections.abc import Callable
from typing import Any, cast

os.environ.update(
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    AWS_DEFAULT_REGION="us-east-1",
    AWS_EC2_METADATA_DISABLED="true",
    POWERTOOLS_SERVICE_NAME="tests",
)
os.environ.pop("AWS_ENDPOINT_URL", None)

import botocore.session
from moto import mock_aws
from moto.cognitoidp.models import cognitoidp_backends
from moto.core import botocore_stubber
from moto.core.model_instances import model_data
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends
from moto.s3.models import s3_backends
from moto.ses.models import ses_backends
from moto.sqs.models import sqs_backends

from shared.adapters.dynamodb.codec import from_item
from shared.storage_schema import TABLES, Table
from tests import aws_recorder

REGION = "us-east-1"
SENDER = "no-reply@usher.example"
BUS = "usher-tests"
LOGOS = "usher-logos"

_one_at_a_time = threading.RLock()
_answer = botocore_stubber.BotocoreStubber.__call__


def _answer_alone(self: Any, event_name: str, request: Any, **kwargs: Any) -> Any:
    """Moto's transactions are not atomic under threads; AWS's are."""
    with _one_at_a_time:
        answer = _answer(self, event_name, request, **kwargs)
        aws_recorder.tell(event_name, request, answer)
        return answer


botocore_stubber.BotocoreStubber.__call__ = _answer_alone  # type: ignore[method-assign]

mock_aws().start()
_session = botocore.session.get_session()
dynamodb: Any = _session.create_client("dynamodb")
cognito: Any = _session.create_client("cognito-idp")
kms: Any = _session.create_client("kms")
events: Any = _session.create_client("events")
sqs: Any = _session.create_client("sqs")
ses: Any = _session.create_client("sesv2")
s3: Any = _session.create_client("s3")


def hmac_key() -> str:
    return str(kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]["Arn"])


def _user_pool() -> tuple[str, str]:
    pool = cognito.create_user_pool(
        PoolName="usher",
        Schema=[{"Name": "usher", "AttributeDataType": "String", "Mutable": True}],
        Policies={
            "PasswordPolicy": {
                "MinimumLength": 7,
                "RequireUppercase": True,
                "RequireLowercase": True,
                "RequireNumbers": True,
                "RequireSymbols": False,
            }
        },
    )["UserPool"]["Id"]
    for group in ("operators", "taken-over"):
        cognito.create_group(UserPoolId=pool, GroupName=group)
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    client = cognito.create_user_pool_client(UserPoolId=pool, ClientName="web", ExplicitAuthFlows=flows)
    return pool, client["UserPoolClient"]["ClientId"]


def _watched_bus() -> str:
    """A queue that receives whatever is put onto the bus."""
    events.create_event_bus(Name=BUS)
    queue = sqs.create_queue(QueueName="watched")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name="all", EventBusName=BUS, EventPattern='{"source": ["usher"]}')
    events.put_targets(Rule="all", EventBusName=BUS, Targets=[{"Id": "1", "Arn": arn}])
    return str(queue)


USER_POOL_ID, USER_POOL_CLIENT_ID = _user_pool()
WATCHED = _watched_bus()
os.environ.update(
    PRODUCT_NAME="Usher",
    CONSOLE_URL="https://console.usher.example",
    HELP_URL="https://help.usher.example",
    STAFF_MAIL="staff@usher.example",
    TERMS_VERSION="2026-11-01",
    PEPPER="pepper of the tests",
    USER_POOL_ID=USER_POOL_ID,
    USER_POOL_CLIENT_ID=USER_POOL_CLIENT_ID,
    INVITATION_MAILED_KEYS=f"1={hmac_key()}",
    INVITATION_COPIED_KEYS=f"1={hmac_key()}",
    RECOVERY_KEYS=f"1={hmac_key()}",
    SENDER=SENDER,
    CONFIGURATION_SET="usher-tests",
    EVENT_BUS=BUS,
    LOGOS_BUCKET=LOGOS,
    SEAT_PURCHASES="at_once",
    PASSWORD_MIN_LENGTH="7",
    PASSWORD_COMPOSITION="mixed",
    SECURITY_QUESTION="ask",
    APP_URL="console",
    **{table.environment: f"usher-{table.name}" for table in TABLES},
)
ses.create_email_identity(EmailIdentity=SENDER)
s3.create_bucket(Bucket=LOGOS)


def physical(table: Table) -> str:
    """The name under which functions know the table here."""
    return os.environ[table.environment]


def reset() -> None:
    """Empty tables, pool, mailbox, bucket and queue."""
    for model in cast("dict[str, Any]", model_data["dynamodb"]).values():
        model.instances_tracked.clear()  # Else the mock would keep whatever was in any table.
    dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].reset()
    for table in TABLES:
        _create(table)
    pool: Any = cognitoidp_backends[DEFAULT_ACCOUNT_ID][REGION].user_pools[USER_POOL_ID]
    pool.users.clear()
    ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages.clear()
    objects().clear()
    forget_events()


def _published() -> list[Any]:
    queue: Any = sqs_backends[DEFAULT_ACCOUNT_ID][REGION].get_queue("watched")
    messages: list[Any] = queue._messages  # noqa: SLF001 (a queue may be purged but once a minute)
    return messages


def published_events() -> list[dict[str, Any]]:
    """All that subscribers of the bus would have received so far; nothing is taken from the queue."""
    return [json.loads(message.body) for message in _published()]


def forget_events() -> None:
    """Empty the queue of the bus."""
    _published().clear()


def _create(table: Table) -> None:
    keys = [(table.partition_key, "HASH")] + ([(table.sort_key, "RANGE")] if table.sort_key else [])
    attributes = {name for name, _ in keys}
    indexes = []
    for index in table.indexes:
        attributes |= {index.partition_key, index.sort_key}
        indexes.append(
            {
                "IndexName": index.name,
                "KeySchema": [
                    {"AttributeName": index.partition_key, "KeyType": "HASH"},
                    {"AttributeName": index.sort_key, "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "KEYS_ONLY" if index.keys_only else "ALL"},
            }
        )
    dynamodb.create_table(
        TableName=physical(table),
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in sorted(attributes)],
        **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
    )


def items(table: Table) -> list[dict[str, Any]]:
    """Everything in a table, as JSON values. They are read from the mock itself: its scans take most of the time."""
    kept = dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables[physical(table)]
    return [from_item(item.to_json()["Attributes"]) for item in kept.all_items()]


def sent_mails() -> list[bytes]:
    """What SES was given, as it was given."""
    messages: list[Any] = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages
    return [raw if isinstance(raw := message.raw_data, bytes) else raw.encode() for message in messages]


def objects() -> Any:
    """What the bucket of logos holds, by key, as the mock keeps it."""
    bucket: Any = s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets[LOGOS]
    return bucket.keys


def kept_objects() -> dict[str, Any]:
    """The bucket as it is now; the mock closes what it deletes, so that these are copies."""
    return {key: copy.deepcopy(found) for key, found in objects().items()}


def put_objects_back(kept: dict[str, Any]) -> None:
    """The bucket as it was then."""
    objects().clear()
    for key, found in kept.items():
        objects()[key] = copy.deepcopy(found)


def everything() -> dict[str, list[dict[str, Any]]]:
    """All tables and the bucket, in an order that does not change by itself: equal after what changed nothing."""
    by_text: Callable[[dict[str, Any]], str] = repr
    served = [{"key": key, "etag": found.etag} for key, found in objects().items()]
    return {table.name: sorted(items(table), key=by_text) for table in TABLES} | {"logos": sorted(served, key=by_text)}
