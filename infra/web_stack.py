"""What a browser meets: the pages, the API's front door, and the one address under which it finds both."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_certificatemanager as certificates
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.data_stack import DataStack
from infra.front_door import FrontDoor
from infra.identity_stack import IdentityStack
from infra.page_upload import upload_pages
from infra.site import Site
from infra.stages import Stage


class WebStack(cdk.Stack):
    """Comes before the functions, which must know `console_url` and hang their routes into the front door."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        data: DataStack,
        identity: IdentityStack,
        **options: Any,
    ) -> None:
        super().__init__(scope, construct_id, **options)
        self.stage = stage
        certificate = self._certificate()
        self.front_door = FrontDoor(self, "Api", stage=stage, identity=identity, certificate=certificate)
        pages = self._pages()
        cognito_endpoint = stage.emulator_url or f"https://cognito-idp.{self.region}.amazonaws.com"
        site = Site(
            self,
            "Site",
            stage=stage,
            pages=pages,
            logos=data.logos,
            front_door=self.front_door,
            certificate=certificate,
            cognito_endpoint=cognito_endpoint,
        )
        self.console_url = stage.console_url or f"https://{site.distribution.domain_name}"
        if not stage.local:
            config = {
                "region": self.region,
                "user_pool_client_id": identity.web_client.user_pool_client_id,
                "cognito_endpoint": cognito_endpoint,
            }
            upload_pages(self, bucket=pages, config=config)
        outputs = {
            "ConsoleUrl": self.console_url,
            "ApiId": self.front_door.api.api_id,
            "SiteName": site.distribution.domain_name,
            "PagesBucket": pages.bucket_name,
            "CognitoEndpoint": cognito_endpoint,
        }
        for name, value in outputs.items():
            cdk.CfnOutput(self, f"{name}Output", value=value).override_logical_id(name)

    def _certificate(self) -> certificates.Certificate | None:
        """The first deployment waits until the domain's keeper has set the records that prove it."""
        if not self.stage.domain:
            return None
        return certificates.Certificate(
            self,
            "Certificate",
            domain_name=self.stage.domain,
            subject_alternative_names=[f"api.{self.stage.domain}"],
            validation=certificates.CertificateValidation.from_dns(),
        )

    def _pages(self) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
            "Pages",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=not self.stage.local,
            removal_policy=cdk.RemovalPolicy.RETAIN,  # CloudFormation deletes no bucket that holds anything
        )
        acknowledge(bucket, {"AwsSolutions-S1": "its pages are public, and who reads them is nobody's business"})
        return bucket
