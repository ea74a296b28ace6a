"""The bucket of logos: browsers upload under one prefix, CloudFront serves another."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.retention import empties_buckets, removal_policy
from infra.stages import Stage
from shared.storage_schema import SERVED, UPLOADS, UPLOADS_KEPT_DAYS

ANY_CLOUDFRONT_ORIGIN = "https://*.cloudfront.net"  # the console's origin if the stage has no domain


def bucket_name(scope: Construct, *, stage: Stage) -> str:
    """Return a globally unique name, by the account's number."""
    return f"{stage.named('logos')}-{cdk.Stack.of(scope).account}"


def bucket_arn(scope: Construct, *, stage: Stage) -> str:
    """Return the ARN without a cross-stack reference."""
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
        removal_policy=removal_policy(stage),
        auto_delete_objects=empties_buckets(stage),
        cors=[
            s3.CorsRule(
                allowed_methods=[s3.HttpMethods.POST],
                allowed_origins=[stage.console_url or ANY_CLOUDFRONT_ORIGIN],
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
            # The distribution belongs to a later stack, so its id is unknown here.
            conditions={"ArnLike": {"AWS:SourceArn": f"arn:aws:cloudfront::{account}:distribution/*"}},
        )
    )
    acknowledge(bucket, {"AwsSolutions-S1": "served objects are public; the API's access log covers uploads"})
    return bucket


def acknowledge_object_access(function: Construct, *, stage: Stage) -> None:
    """Accept the wildcards in the rights of the function that manages logos."""
    account = stage.account or "<AWS::AccountId>"
    objects = f"arn:<AWS::Partition>:s3:::{stage.named('logos')}-{account}"
    reason = "keys contain ids of identities or logos"
    rules = [f"AwsSolutions-IAM5[Resource::{objects}/{prefix}*]" for prefix in (UPLOADS, SERVED)]
    acknowledge(function, dict.fromkeys(rules, reason))
