"""The CloudFront distribution: pages, logos and API under one origin."""

from aws_cdk import Duration
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.edge import Edge
from infra.http_api import HttpApi
from infra.page_headers import PageHeaders
from infra.stages import Stage
from infra.viewer_functions import host_requests, page_paths
from shared.storage_schema import SERVED

_CACHED_ERRORS = (404, 414, 500, 501, 502, 503, 504)  # cached by CloudFront despite no-store


class Distribution(Construct):
    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        pages: s3.Bucket,
        logos: s3.Bucket,
        http_api: HttpApi,
        edge: Edge,
        cognito_endpoint: str,
    ) -> None:
        super().__init__(scope, construct_id)
        self._stage = stage
        self._pages_origin = origins.S3BucketOrigin.with_origin_access_control(
            pages,
            # With LIST, S3 answers 404 instead of 403 for missing files. The root path is never requested.
            origin_access_levels=[cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST],
        )
        self._page_paths = self._on_request("PagePaths", page_paths(stage), "Maps page paths to files")
        self._host_requests = self._on_request(
            "HostRequests", host_requests(), "Sends the host product's requests to its own stage of the API"
        )
        uploads_go_to = stage.emulator_url or f"https://{logos.bucket_regional_domain_name}"
        headers = PageHeaders(self, "Headers", stage=stage, connect_to=(cognito_endpoint, uploads_go_to))
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment=f"Usher {stage.name}",
            domain_names=[stage.domain] if stage.domain else None,
            certificate=edge.certificate,
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021 if edge.certificate else None,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            price_class=cloudfront.PriceClass.PRICE_CLASS_100,
            # API errors must not be shared between callers; the default TTL is ten seconds.
            error_responses=[
                cloudfront.ErrorResponse(http_status=status, ttl=Duration.seconds(0)) for status in _CACHED_ERRORS
            ],
            web_acl_id=edge.web_acl.attr_arn if edge.web_acl else None,
            default_behavior=self._pages(headers.console),
            additional_behaviors={
                "/invite*": self._pages(headers.invite),
                "/v1/*": self._api(http_api, headers.api),
                f"/{SERVED}*": self._logos(logos, headers.logos),
            },
        )
        acknowledge(
            self.distribution,
            {
                **({} if stage.waf else {"AwsSolutions-CFR2": "the stage goes without a web ACL, to save its cost"}),
                "AwsSolutions-CFR1": "no geographic restriction: people are invited from anywhere",
                "AwsSolutions-CFR3": "the HTTP API logs its requests; pages are public static content",
                "AwsSolutions-CFR4": "without a domain it uses CloudFront's own certificate and its TLS version",
            },
        )

    @property
    def _viewer_protocol(self) -> cloudfront.ViewerProtocolPolicy:
        policies = cloudfront.ViewerProtocolPolicy
        return policies.ALLOW_ALL if self._stage.local else policies.REDIRECT_TO_HTTPS

    def _on_request(self, construct_id: str, code: str, comment: str) -> cloudfront.FunctionAssociation:
        """Create a function that CloudFront runs before it looks for an answer."""
        function = cloudfront.Function(
            self,
            construct_id,
            comment=comment,
            code=cloudfront.FunctionCode.from_inline(code),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        return cloudfront.FunctionAssociation(function=function, event_type=cloudfront.FunctionEventType.VIEWER_REQUEST)

    def _pages(self, headers: cloudfront.ResponseHeadersPolicy) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=self._pages_origin,
            response_headers_policy=headers,
            viewer_protocol_policy=self._viewer_protocol,
            function_associations=[self._page_paths],
        )

    def _logos(self, bucket: s3.Bucket, headers: cloudfront.ResponseHeadersPolicy) -> cloudfront.BehaviorOptions:
        """Serve the logos. The bucket's own policy admits the account's distributions, so none is added here."""
        signing = cloudfront.S3OriginAccessControl(self, "LogosAccess")
        return cloudfront.BehaviorOptions(
            origin=origins.S3BucketOrigin.with_bucket_defaults(
                bucket, origin_access_control_id=signing.origin_access_control_id
            ),
            response_headers_policy=headers,
            viewer_protocol_policy=self._viewer_protocol,
        )

    def _api(self, http_api: HttpApi, headers: cloudfront.ResponseHeadersPolicy) -> cloudfront.BehaviorOptions:
        policies = cloudfront.ViewerProtocolPolicy
        return cloudfront.BehaviorOptions(
            origin=http_api.origin,
            response_headers_policy=headers,
            # Not redirected: the token of a request without TLS has been read on its way.
            viewer_protocol_policy=policies.ALLOW_ALL if self._stage.local else policies.HTTPS_ONLY,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            function_associations=[self._host_requests],
        )
