"""Every function of the catalogue, and what wakes it: routes, streams, schedules."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.alarms import Alarms
from infra.catalog import CATALOG
from infra.dashboard import dashboard
from infra.data_stack import DataStack
from infra.environment import Environment
from infra.event_sources import wake_by_deliveries, wake_by_stream, wake_every_minute
from infra.function_code import FunctionCode
from infra.identity_stack import IdentityStack
from infra.layer import libraries
from infra.log_metrics import LogMetrics
from infra.logos import acknowledge_rights
from infra.python_function import PythonFunction
from infra.rights import Rights
from infra.stages import Stage
from infra.web_stack import WebStack


class ServiceStack(cdk.Stack):
    """Holds nothing that lasts: it may be torn down and deployed anew at any time."""

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
        self.front_door = web.front_door
        code, layer = FunctionCode.compile(stage), libraries(self, stage=stage)
        rights = Rights(data=data, identity=identity)
        environment = Environment(stage=stage, data=data, identity=identity, console_url=web.console_url)
        functions = [
            PythonFunction(
                self,
                row=row,
                stage=stage,
                code=code,
                layer=layer,
                environment=environment.of(row),
                rights=rights.of(row),
            )
            for row in CATALOG
        ]
        schedules = scheduler.ScheduleGroup(self, "Schedules", schedule_group_name=stage.named())
        for function in functions:
            self._route(function)
            if function.row.every_minute:
                wake_every_minute(function, group=schedules)
            if function.row.woken_by:
                wake_by_stream(function, table=data.tables[function.row.woken_by.name], stage=stage)
            if function.row.keeps_logos:
                acknowledge_rights(function, stage=stage)
            if function.row.woken_by_deliveries:
                wake_by_deliveries(function, configuration_set=data.configuration_set)
        api, logged = self.front_door.api, LogMetrics(stage=stage, functions=functions)
        alarms = Alarms(self, "Alarms", stage=stage, functions=functions, api=api, logged=logged)
        dashboard(self, stage=stage, functions=functions, api=api, alarms=alarms, logged=logged)

    def _route(self, function: PythonFunction) -> None:
        if not function.row.routes:
            return
        integration = integrations.HttpLambdaIntegration(
            "Integration",
            function.function,
            scope_permission_to_route=False,  # one permission for the API; one for each route would fill the stack
        )
        for route in function.row.routes:
            method, _, path = route.rpartition(" ")
            key = (
                gateway.HttpRouteKey.with_(path, gateway.HttpMethod[method]) if method else gateway.HttpRouteKey.DEFAULT
            )
            made = gateway.HttpRoute(
                function,
                route,
                http_api=self.front_door.api,
                route_key=key,
                integration=integration,
                authorizer=None if function.row.public else self.front_door.authorizer,
            )
            if function.row.public:
                acknowledge(made, {"AwsSolutions-APIG4": "whoever holds a link comes without a token"})
