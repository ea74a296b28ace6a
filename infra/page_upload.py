"""Upload the built pages to S3. Files with a hash in their name are cached for a year, others for a minute."""

from collections.abc import Mapping, Sequence

import aws_cdk as cdk
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_deployment as deployment
from constructs import IDependable

from infra.acknowledge import acknowledge_below
from infra.paths import BOOTSTRAP_QUALIFIER, PAGES
from infra.retention import removal_policy, retention
from infra.stages import Stage

HASHED = "assets/*"  # Vite puts a content hash into these names
IMMUTABLE = "public, max-age=31536000, immutable"
SHORT_LIVED = "public, max-age=60, must-revalidate"


def upload_pages(
    stack: cdk.Stack,
    *,
    stage: Stage,
    bucket: s3.Bucket,
    config: Mapping[str, object],
    after: Sequence[IDependable],
) -> None:
    """Upload the pages once what they call is there: until then, and for good if that fails, the old ones stay."""
    log_group = logs.LogGroup(stack, "PageUploadLogs", retention=retention(stage), removal_policy=removal_policy(stage))
    built = deployment.Source.asset(str(PAGES))
    hashed = deployment.BucketDeployment(
        stack,
        "HashedPages",
        destination_bucket=bucket,
        sources=[built],
        exclude=["*"],
        include=[HASHED],
        cache_control=[deployment.CacheControl.from_string(IMMUTABLE)],
        prune=False,  # a page opened before the deployment still finds its scripts
        log_group=log_group,
    )
    others = deployment.BucketDeployment(
        stack,
        "OtherPages",
        destination_bucket=bucket,
        sources=[built, deployment.Source.json_data("config.json", config)],
        exclude=[HASHED],
        cache_control=[deployment.CacheControl.from_string(SHORT_LIVED)],
        prune=False,
        log_group=log_group,
    )
    others.node.add_dependency(hashed, *after)
    _acknowledge_its_function(stack, bucket)


def _acknowledge_its_function(stack: cdk.Stack, bucket: s3.Bucket) -> None:
    """Accept the rights of the CDK's own upload function, which runs at deployment only."""
    pages = cdk.Stack.of(bucket).resolve(cdk.Stack.of(bucket).export_value(bucket.bucket_arn))["Fn::ImportValue"]
    role = "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]"
    account = "<AWS::AccountId>" if cdk.Token.is_unresolved(stack.account) else stack.account
    qualifier = stack.node.try_get_context(BOOTSTRAP_QUALIFIER)
    qualifier = qualifier or cdk.DefaultStackSynthesizer.DEFAULT_QUALIFIER
    files = f"s3:::cdk-{qualifier}-assets-{account}-{stack.region}/*"
    writes = ("Abort*", "DeleteObject*", "GetBucket*", "GetObject*", "List*")
    reasons = {
        f"AwsSolutions-{role}": "its role only logs beyond what follows",
        "AwsSolutions-L1": "its runtime is the CDK's choice",
        f"AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:{files}]": "it reads the files that the CDK uploaded",
        f"AwsSolutions-IAM5[Resource::{pages}/*]": "it may write any page of this bucket and of no other",
        **{
            f"AwsSolutions-IAM5[Action::s3:{write}]": "it reads there and writes here, nothing else" for write in writes
        },
    }
    acknowledge_below(stack, "Custom::CDKBucketDeployment", reasons)
