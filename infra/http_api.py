"""The HTTP API: domain, throttling, JWT authorizer, access log. The service stack adds the routes."""

import json

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.edge import certificate_of
from infra.identity_stack import IdentityStack
from infra.retention import removal_policy, retention
from infra.stages import Stage

HOST_STAGE = "host"  # of the HTTP API, also the first segment of its paths: infra/host_requests.js adds it
LOCAL_API_ID = "usher"  # fixes the API's URL in the emulator
ACCESS_LOG = {
    "request_id": "$context.integration.requestId",  # Lambda's, as in answers and in the function's log
    "gateway_request_id": "$context.requestId",  # the only one of a request that no function saw
    "route": "$context.routeKey",
    "status": "$context.status",
    "milliseconds": "$context.responseLatency",
    "refused_by_authorizer": "$context.authorizer.error",
    "error": "$context.error.message",
    "integration_error": "$context.integration.error",
    "integration_status": "$context.integration.integrationStatus",
    "integration_milliseconds": "$context.integration.latency",
}


def _cross_origin(stage: Stage) -> gateway.CorsPreflightOptions | None:
    """Let pages of exactly the listed origins call the API (rule 38). Tokens are headers, so no cookie goes along."""
    if not stage.allowed_origins:
        return None
    return gateway.CorsPreflightOptions(
        allow_origins=list(stage.allowed_origins),
        allow_methods=[gateway.CorsHttpMethod[method] for method in ("GET", "POST", "PUT", "PATCH", "DELETE")],
        allow_headers=["authorization", "content-type", "idempotency-key", "if-match", "x-request-id"],
        expose_headers=["retry-after", "x-request-id"],
        max_age=cdk.Duration.hours(1),
    )


class HttpApi(Construct):
    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        identity: IdentityStack,
    ) -> None:
        super().__init__(scope, construct_id)
        self._stage = stage
        self._domain_name = self._own_domain(f"api.{stage.domain}") if stage.domain else None
        self.api = gateway.HttpApi(
            self,
            "HttpApi",
            api_name=stage.named(),
            create_default_stage=False,
            cors_preflight=_cross_origin(stage),
            disable_execute_api_endpoint=stage.domain is not None,
        )
        if stage.local:
            cdk.Tags.of(self.api).add("ms-custom-id", LOCAL_API_ID)
        requests = logs.LogGroup(
            self, "Requests", retention=retention(stage), removal_policy=removal_policy(stage)
        ).log_group_arn
        self._stage_of_api("DefaultStage", "$default", requests, requests_per_second=stage.requests_per_second)
        self._stage_of_api("HostStage", HOST_STAGE, requests, requests_per_second=stage.host_requests_per_second)
        self.authorizer = authorizers.HttpUserPoolAuthorizer(
            "SignedIn", identity.user_pool, user_pool_clients=[identity.web_client, identity.host_client]
        )

    @property
    def origin(self) -> origins.HttpOrigin:
        """Return the CloudFront origin."""
        if self._stage.local:
            return origins.HttpOrigin(
                "127.0.0.1",
                http_port=self._stage.local.emulator_port,
                origin_path=f"/_aws/execute-api/{LOCAL_API_ID}",
                protocol_policy=cloudfront.OriginProtocolPolicy.HTTP_ONLY,
            )
        return origins.HttpOrigin(self._host_name)

    @property
    def host_url(self) -> str:
        """Return where the host product's back end calls the API, past CloudFront's limits for one IP address."""
        return f"https://{self._host_name}/{HOST_STAGE}/v1"

    @property
    def _host_name(self) -> str:
        if self._stage.domain:
            return f"api.{self._stage.domain}"
        return f"{self.api.api_id}.execute-api.{cdk.Stack.of(self).region}.amazonaws.com"

    def _own_domain(self, name: str) -> gateway.DomainName:
        domain = gateway.DomainName(self, "Domain", domain_name=name, certificate=certificate_of(self, name))
        cdk.CfnOutput(self, "Record", value=f"{name} CNAME {domain.regional_domain_name}")
        return domain

    def _stage_of_api(self, construct_id: str, name: str, log_group_arn: str, *, requests_per_second: int) -> None:
        """Add one of the stages of all routes, each with a rate of its own."""
        mapping = None
        if self._domain_name:
            path = None if name == "$default" else name
            mapping = gateway.DomainMappingOptions(domain_name=self._domain_name, mapping_key=path)
        http_stage = gateway.HttpStage(
            self,
            construct_id,
            http_api=self.api,
            stage_name=name,
            auto_deploy=True,
            domain_mapping=mapping,
            throttle=gateway.ThrottleSettings(rate_limit=requests_per_second, burst_limit=2 * requests_per_second),
        )
        cfn_stage = http_stage.node.default_child
        if isinstance(cfn_stage, gateway.CfnStage):
            cfn_stage.access_log_settings = gateway.CfnStage.AccessLogSettingsProperty(
                destination_arn=log_group_arn, format=json.dumps(ACCESS_LOG)
            )
