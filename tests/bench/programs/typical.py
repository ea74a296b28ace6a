"""A peer: one call behind Powertools' validating resolver and idempotency, on the boto3 that everybody has."""

import os
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from pydantic import BaseModel

os.environ.setdefault("POWERTOOLS_SERVICE_NAME", "typical")
dynamodb = boto3.client("dynamodb")
app = APIGatewayHttpResolver(enable_validation=True)
logger = Logger()
config = IdempotencyConfig()
records = DynamoDBPersistenceLayer(table_name="idempotency", boto3_client=dynamodb)


class Order(BaseModel):
    name: str
    amount: int


class Confirmation(BaseModel):
    name: str
    stored: bool


@idempotent_function(  # type: ignore[untyped-decorator]
    data_keyword_argument="name", persistence_store=records, config=config
)
def store(*, name: str) -> dict[str, Any]:
    answer = dynamodb.get_item(TableName="table", Key={"pk": {"S": name}})
    return {"stored": bool(answer)}


@app.post("/orders")
def order(order: Order) -> Confirmation:
    return Confirmation(name=order.name, stored=store(name=order.name)["stored"])


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    config.register_lambda_context(context)
    logger.info("called")
    return app.resolve(event, context)
