"""The bucket of logos: browsers upload into one part of it, CloudFront serves the other."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.stages import Stage
from shared.storage_schema import SERVED, UPLOADS, UPLOADS_KEPT_DAYS

ANY_NAME_OF_CLOUDFRONT = "https://*.cloudfront.net"  # the console's, where the stage names no domain


def bucket_name(scope: Construct, *, stage: Stage) -> str:
    """Names of buckets are the whole world's, which the number of the account makes ours."""
    return f"{stage.named('logos')}-{cdk.Stack.of(scope).account}"


def bucket_arn(scope: Construct, *, stage: Stage) -> str:
    """Known to every stack without asking that of the bucket."""
    name = bucket_name(scope, stage=stage)
    return cdk.Stack.of(scope).format_arn(service="s3", region="", account="", resource=name)


def logos_bucket(scope: Construct, *, stage: Stage) -> s3.Bucket:
    bucket = s3.Bucket(
        scope,
        "Logos",
        bucket_name=bucket_name(scope, stage=stage),
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        encryption=s3.BucketEncryption.S3_MANAGED,
        enforce_ssl=not stage.local,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        removal_policy=cdk.RemovalPolicy.RETAIN,  # CloudFormation deletes no bucket that holds anything
        cors=[
            s3.CorsRule(
                allowed_methods=[s3.HttpMethods.POST],
                allowed_origins=[stage.console_url or ANY_NAME_OF_CLOUDFRONT],
            )
        ],
        lifecycle_rules=[
            s3.LifecycleRule(id="Uploads", prefix=UPLOADS, expiration=cdk.Duration.days(UPLOADS_KEPT_DAYS)),
            s3.LifecycleRule(id="Parts", abort_incomplete_multipart_upload_after=cdk.Duration.days(1)),
        ],
    )
    account = cdk.Stack.of(scope).account
    bucket.add_to_resource_policy(
        iam.PolicyStatement(
            sid="Served",
            principals=[iam.ServicePrincipal("cloudfront.amazonaws.com")],
            actions=["s3:GetObject"],
            resources=[bucket.arn_for_objects(f"{SERVED}*")],
            # The distribution itself is of a stack that comes later, and may be torn down.
            conditions={"ArnLike": {"AWS:SourceArn": f"arn:aws:cloudfront::{account}:distribution/*"}},
        )
    )
    acknowledge(bucket, {"AwsSolutions-S1": "what is served is public, and the API's log tells who uploads"})
    return bucket


def acknowledge_rights(function: Construct, *, stage: Stage) -> None:
    """Of the function that keeps logos."""
    account = stage.account or "<AWS::AccountId>"
    objects = f"arn:<AWS::Partition>:s3:::{stage.named('logos')}-{account}"
    reason = "its keys begin with ids of people, or end with ids of pictures"
    rules = [f"AwsSolutions-IAM5[Resource::{objects}/{prefix}*]" for prefix in (UPLOADS, SERVED)]
    acknowledge(function, dict.fromkeys(rules, reason))
