"""The pages, the HTTP API, and the CloudFront distribution in front of both."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.data_stack import DataStack
from infra.distribution import Distribution
from infra.edge import Edge
from infra.http_api import HttpApi
from infra.identity_stack import IdentityStack
from infra.page_config import page_config
from infra.stages import Stage


class WebStack(cdk.Stack):
    """Deployed before the functions, which need `console_url`, add routes to `http_api` and come before new `pages`.

    Takes its `edge` from a stack in us-east-1, or makes it where it is in us-east-1 itself.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        data: DataStack,
        identity: IdentityStack,
        edge: Edge | None,
        **options: Any,
    ) -> None:
        super().__init__(scope, construct_id, **options)
        self.stage = stage
        self.http_api = HttpApi(self, "Api", stage=stage, identity=identity)
        self.pages = self._pages()
        cognito_endpoint = stage.emulator_url or f"https://cognito-idp.{self.region}.amazonaws.com"
        cdn = Distribution(
            self,
            "Site",
            stage=stage,
            pages=self.pages,
            logos=data.logos,
            http_api=self.http_api,
            edge=edge or Edge(self, "Edge", stage=stage),
            cognito_endpoint=cognito_endpoint,
        )
        # Exported with a domain, too: a stage that gets one could not take back what the functions still import.
        self.export_value(cdn.distribution.domain_name)
        self.console_url = stage.console_url or f"https://{cdn.distribution.domain_name}"
        self.page_config = page_config(
            stage,
            region=self.region,
            user_pool_client_id=identity.web_client.user_pool_client_id,
            cognito_endpoint=cognito_endpoint,
        )
        outputs = {
            "ConsoleUrl": self.console_url,
            "ApiId": self.http_api.api.api_id,
            "SiteName": cdn.distribution.domain_name,
            "PagesBucket": self.pages.bucket_name,
            "CognitoEndpoint": cognito_endpoint,
        }
        if not stage.local:
            outputs["HostApiUrl"] = self.http_api.host_url
        for name, value in outputs.items():
            cdk.CfnOutput(self, f"{name}Output", value=value).override_logical_id(name)

    def _pages(self) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
            "Pages",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=not self.stage.local,
            removal_policy=cdk.RemovalPolicy.DESTROY,  # every deployment uploads the pages
            auto_delete_objects=not self.stage.local,
        )
        acknowledge(bucket, {"AwsSolutions-S1": "public static content; access logs are not required"})
        return bucket
