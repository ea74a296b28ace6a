"""The user pool: passwords and tokens. Its public API must not bypass the product's rules."""

from typing import Any, cast

import aws_cdk as cdk
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.retention import removal_policy
from infra.stages import Stage
from infra.user_pool_acl import protect_user_pool
from shared.adapters.cognito import CREATED_BY_ATTRIBUTE
from shared.api.authentication import HOST_SCOPE, OPERATORS
from shared.domain.policy.principals import TAKEN_OVER

IMMUTABLE_ATTRIBUTE = "fixed"


class IdentityStack(cdk.Stack):
    """The username is the canonical address, so that tokens carry it and no alias can differ."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage, **options: Any) -> None:
        super().__init__(scope, construct_id, **options)
        policy = stage.password.policy
        self.user_pool = cognito.UserPool(
            self,
            "UserPool",
            user_pool_name=stage.named(),
            feature_plan=cognito.FeaturePlan[stage.user_pool_plan],
            sign_in_aliases=cognito.SignInAliases(username=True),
            sign_in_case_sensitive=False,
            self_sign_up_enabled=False,
            account_recovery=cognito.AccountRecovery.NONE,
            custom_attributes={
                CREATED_BY_ATTRIBUTE.removeprefix("custom:"): cognito.StringAttribute(mutable=True),
                IMMUTABLE_ATTRIBUTE: cognito.StringAttribute(mutable=False),
            },
            password_policy=cognito.PasswordPolicy(
                min_length=policy.min_length,
                require_uppercase=policy.uppercase,
                require_lowercase=policy.lowercase,
                require_digits=policy.number,
                require_symbols=False,
            ),
            deletion_protection=stage.keeps_data,
            removal_policy=removal_policy(stage),
        )
        self.web_client = self.user_pool.add_client(
            "Web",
            generate_secret=False,
            disable_o_auth=True,
            auth_flows=cognito.AuthFlow(user_password=True),  # the CDK adds refresh tokens
            access_token_validity=cdk.Duration.minutes(15),
            id_token_validity=cdk.Duration.minutes(15),
            refresh_token_validity=cdk.Duration.days(30),
            prevent_user_existence_errors=True,
            # An empty list would allow every standard attribute, so it names an immutable one.
            write_attributes=cognito.ClientAttributes().with_custom_attributes(IMMUTABLE_ATTRIBUTE),
        )
        self.host_client = self._host_client(stage)
        self.user_pool.add_group("Operators", group_name=OPERATORS, description="Staff of the host product")
        self.user_pool.add_group("TakenOver", group_name=TAKEN_OVER, description="Sessions from before do not count")
        acknowledge(
            self.user_pool,
            {
                "AwsSolutions-COG1": "the rules of the stage: no symbols required",
                "AwsSolutions-COG2": "multi-factor authentication is not offered yet",
                "AwsSolutions-COG8": "Lite has everything that is used; Plus costs more than the rest of the stage",
            },
        )
        if stage.waf:
            protect_user_pool(self, self.user_pool)
        outputs = {
            "UserPoolId": self.user_pool.user_pool_id,
            "UserPoolClientId": self.web_client.user_pool_client_id,
            "HostClientId": self.host_client.user_pool_client_id,
        }
        for name, value in outputs.items():
            cdk.CfnOutput(self, f"{name}Output", value=value).override_logical_id(name)

    def _host_client(self, stage: Stage) -> cognito.UserPoolClient:
        """Create the credentials of the host product's back end: nobody signs in with them."""
        scope = cognito.ResourceServerScope(scope_name=HOST_SCOPE.partition("/")[2], scope_description="Host product")
        server = self.user_pool.add_resource_server("Api", identifier=HOST_SCOPE.partition("/")[0], scopes=[scope])
        domain = self.user_pool.add_domain(
            "TokenDomain", cognito_domain=cognito.CognitoDomainOptions(domain_prefix=f"{stage.named()}-{self.account}")
        )
        cdk.CfnOutput(self, "HostTokenUrl", value=f"{domain.base_url()}/oauth2/token")
        client = self.user_pool.add_client(
            "Host",
            generate_secret=True,
            o_auth=cognito.OAuthSettings(
                flows=cognito.OAuthFlows(client_credentials=True),
                scopes=[cognito.OAuthScope.resource_server(server, scope)],
            ),
            access_token_validity=cdk.Duration.hours(1),  # Each token costs a quarter of a cent.
            prevent_user_existence_errors=True,
            write_attributes=cognito.ClientAttributes().with_custom_attributes(IMMUTABLE_ATTRIBUTE),
        )
        resource = cast("cognito.CfnUserPoolClient", client.node.default_child)
        resource.explicit_auth_flows = ["ALLOW_REFRESH_TOKEN_AUTH"]  # None would allow signing in by SRP.
        return client
