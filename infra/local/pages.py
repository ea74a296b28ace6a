"""Upload the built pages to the emulator's bucket."""

import json
import mimetypes

import boto3

from infra.local.deployment import Outputs
from infra.page_config import page_config
from infra.paths import PAGES
from infra.stages import Stage

TEXTS = {"application/javascript", "application/json", "image/svg+xml"}


def upload_pages(outputs: Outputs, *, region: str, stage: Stage) -> None:
    s3 = boto3.client("s3")
    bucket = outputs["PagesBucket"]
    for file in sorted(PAGES.rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            name = file.relative_to(PAGES).as_posix()
            s3.put_object(Bucket=bucket, Key=name, Body=file.read_bytes(), ContentType=content_type(name))
    config = page_config(
        stage,
        region=region,
        user_pool_client_id=outputs["UserPoolClientId"],
        cognito_endpoint=outputs["CognitoEndpoint"],
    )
    s3.put_object(Bucket=bucket, Key="config.json", Body=json.dumps(config).encode(), ContentType="application/json")


def content_type(name: str) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in TEXTS else kind
