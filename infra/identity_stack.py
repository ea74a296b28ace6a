"""The user pool: it keeps passwords and issues tokens, and offers no way round the product's own rules."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.stages import Stage

MARK = "usher"  # `accept` sets it on the users that it makes; no other one does it ever delete
NOT_WRITABLE = "fixed"


class IdentityStack(cdk.Stack):
    """A user's name in the pool is the canonical address itself, so that tokens carry it and no alias can differ."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage, **options: Any) -> None:
        super().__init__(scope, construct_id, **options)
        self.user_pool = cognito.UserPool(
            self,
            "UserPool",
            user_pool_name=stage.named(),
            sign_in_aliases=cognito.SignInAliases(username=True),
            sign_in_case_sensitive=False,
            self_sign_up_enabled=False,
            account_recovery=cognito.AccountRecovery.NONE,
            custom_attributes={
                MARK: cognito.StringAttribute(mutable=True),
                NOT_WRITABLE: cognito.StringAttribute(mutable=False),
            },
            password_policy=cognito.PasswordPolicy(
                min_length=7, require_uppercase=True, require_lowercase=True, require_digits=True, require_symbols=False
            ),
            deletion_protection=stage.keeps_data,
            removal_policy=cdk.RemovalPolicy.RETAIN if stage.keeps_data else cdk.RemovalPolicy.DESTROY,
        )
        self.web_client = self.user_pool.add_client(
            "Web",
            generate_secret=False,
            disable_o_auth=True,
            auth_flows=cognito.AuthFlow(user_password=True),  # and refresh, which the CDK adds
            access_token_validity=cdk.Duration.minutes(15),
            id_token_validity=cdk.Duration.minutes(15),
            refresh_token_validity=cdk.Duration.days(30),
            prevent_user_existence_errors=True,
            # An empty list would let clients write every standard attribute, so it names one that nobody can change.
            write_attributes=cognito.ClientAttributes().with_custom_attributes(NOT_WRITABLE),
        )
        self.user_pool.add_group("Operators", group_name="operators", description="Staff of the host product")
        acknowledge(
            self.user_pool,
            {
                "AwsSolutions-COG1": "the product promises people a password of seven characters without symbols",
                "AwsSolutions-COG2": "a second factor is no part of the product yet",
                "AwsSolutions-COG8": "the Plus plan costs more than the rest of the stage",
            },
        )
        outputs = {"UserPoolId": self.user_pool.user_pool_id, "UserPoolClientId": self.web_client.user_pool_client_id}
        for name, value in outputs.items():
            cdk.CfnOutput(self, f"{name}Output", value=value).override_logical_id(name)
