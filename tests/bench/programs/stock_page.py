"""The yardstick of a list: a handler that reads the same page with the boto3 that everybody has."""

from typing import Any

import boto3

dynamodb = boto3.client("dynamodb")


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    answer = dynamodb.query(
        TableName="table",
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": event["routeKey"]}},
    )
    return {"statusCode": 200, "body": str(len(answer["Items"]))}
