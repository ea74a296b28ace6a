"""All functions of the catalogue with their routes, streams and schedules."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.alarms import Alarms
from infra.catalog import CATALOG
from infra.dashboard import dashboard
from infra.data_stack import DataStack
from infra.environment import Environment
from infra.event_sources import add_schedule, add_ses_events, add_stream_source
from infra.function_code import FunctionCode
from infra.iam_policies import IamPolicies
from infra.identity_stack import IdentityStack
from infra.layer import libraries, pictures
from infra.log_metrics import LogMetrics
from infra.logos import acknowledge_object_access
from infra.page_upload import upload_pages
from infra.python_function import PythonFunction
from infra.stages import Stage
from infra.web_stack import WebStack

DEFAULT_ROUTE = "$default"


class ServiceStack(cdk.Stack):
    """Stateless: it can be destroyed and deployed again at any time."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        data: DataStack,
        identity: IdentityStack,
        web: WebStack,
        **options: Any,
    ) -> None:
        super().__init__(scope, construct_id, **options)
        self.data = data
        self.http_api = web.http_api
        code = FunctionCode.compile(stage)
        for_all, for_logos = libraries(self, stage=stage), pictures(self, stage=stage)
        policies = IamPolicies(data=data, identity=identity)
        environment = Environment(stage=stage, data=data, identity=identity, console_url=web.console_url)
        functions = [
            PythonFunction(
                self,
                row=row,
                stage=stage,
                code=code,
                layers=[for_all, for_logos] if row.manages_logos else [for_all],
                environment=environment.variables(row),
                statements=policies.statements(row),
            )
            for row in CATALOG
        ]
        schedules = scheduler.ScheduleGroup(self, "Schedules", removal_policy=cdk.RemovalPolicy.DESTROY)
        for function in functions:
            self._route(function)
            if function.row.every_minute:
                add_schedule(function, group=schedules)
            if function.row.stream_source:
                add_stream_source(function, table=data.tables[function.row.stream_source.name], stage=stage)
            if function.row.sends_mail:
                acknowledge(
                    function, {_any_identity(stage): "in the sandbox SES asks for the recipient's identity, too"}
                )
            if function.row.manages_logos or function.row.deletes_logos:
                acknowledge_object_access(function, stage=stage)
            if function.row.on_ses_events:
                add_ses_events(function, configuration_set=data.configuration_set)
        if stage.alarms or stage.dashboard:
            self._observe(functions, stage)
        if not stage.local:
            upload_pages(self, stage=stage, bucket=web.pages, config=web.page_config, after=functions)

    def _observe(self, functions: list[PythonFunction], stage: Stage) -> None:
        api, logged = self.http_api.api, LogMetrics(stage=stage, functions=functions)
        if stage.alarms:
            keys = self.data.token_keys.all_arns
            Alarms(self, "Alarms", stage=stage, functions=functions, api=api, logged=logged, token_keys=keys)
        if stage.dashboard:
            dashboard(self, stage=stage, functions=functions, api=api, logged=logged)

    def _route(self, function: PythonFunction) -> None:
        if not function.row.routes:
            return
        integration = integrations.HttpLambdaIntegration(
            "Integration",
            function.function,
            scope_permission_to_route=False,  # one permission per API, not per route, saves resources
        )
        if DEFAULT_ROUTE in function.row.routes:
            self._permit_default_route(function)
        for route in function.row.routes:
            method, _, path = route.rpartition(" ")
            key = (
                gateway.HttpRouteKey.with_(path, gateway.HttpMethod[method]) if method else gateway.HttpRouteKey.DEFAULT
            )
            http_route = gateway.HttpRoute(
                function,
                route,
                http_api=self.http_api.api,
                route_key=key,
                integration=integration,
                authorizer=None if function.row.public else self.http_api.authorizer,
            )
            if function.row.public:
                acknowledge(http_route, {"AwsSolutions-APIG4": "public: invitation links work without a token"})

    def _permit_default_route(self, function: PythonFunction) -> None:
        """Permit `<api>/<stage>/$default`, which has no path, so the permission for the routes does not match it."""
        function.function.add_permission(
            "DefaultRoute",
            principal=iam.ServicePrincipal("apigateway.amazonaws.com"),
            source_arn=self.format_arn(
                service="execute-api", resource=self.http_api.api.api_id, resource_name=f"*/{DEFAULT_ROUTE}"
            ),
        )


def _any_identity(stage: Stage) -> str:
    """Return the finding of cdk-nag about the right to send mail, which a condition limits to the stage's sender."""
    account = stage.account or "<AWS::AccountId>"
    return f"AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:{stage.region}:{account}:identity/*]"
