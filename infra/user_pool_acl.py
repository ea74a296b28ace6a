"""The web ACL of the user pool: it lets through the calls of signing in, and no other of the pool's public API.

Anyone can call that API with an access token, or with none: DeleteUser ends a sign-in for good, ChangePassword and the
calls of MFA go round the product's rules, ConfirmSignUp tells whether an address has an ID. IAM is not asked for them.
"""

from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from infra.waf import metric

SERVICE = "AWSCognitoIdentityProviderService"
CALLED_BY_PAGES = ("InitiateAuth", "RevokeToken")  # web/shared/cognito.ts
RENEWAL_OF_LIBRARIES = ("GetTokensFromRefreshToken",)  # AWS Amplify's; the pages renew with InitiateAuth
# Needed beside these: calls with AWS credentials, which IAM judges, should the ACL ever see them; and the public keys,
# with which API Gateway verifies tokens, and the path at which the host product's back end gets its own.
ALLOWED_TARGETS = rf"^{SERVICE}\.({'|'.join(CALLED_BY_PAGES + RENEWAL_OF_LIBRARIES)}|Admin[A-Za-z]+)$"
ALLOWED_PATHS = r"(/\.well-known/(jwks\.json|openid-configuration)|^/oauth2/token)$"
OPERATION = waf.CfnWebACL.FieldToMatchProperty(single_header={"Name": "x-amz-target"})
PATH = waf.CfnWebACL.FieldToMatchProperty(uri_path={})
SIGN_INS_IN_FIVE_MINUTES = 1_000  # from one IP address; an open console renews its session every quarter of an hour


def protect_user_pool(scope: Construct, pool: cognito.UserPool) -> None:
    acl = waf.CfnWebACL(
        scope,
        "UserPoolAcl",
        scope="REGIONAL",
        default_action=waf.CfnWebACL.DefaultActionProperty(block=waf.CfnWebACL.BlockActionProperty()),
        visibility_config=metric("user-pool"),
        rules=[
            _rule("sign-ins", 0, _rate_limit(SIGN_INS_IN_FIVE_MINUTES), allow=False),
            _rule("sessions", 1, _matches(ALLOWED_TARGETS, OPERATION)),
            # A path alone would let through every operation that is called at it.
            _rule("keys", 2, _both(_matches(ALLOWED_PATHS, PATH), _not(_matches(".", OPERATION)))),
        ],
    )
    waf.CfnWebACLAssociation(scope, "UserPoolAclAssociation", resource_arn=pool.user_pool_arn, web_acl_arn=acl.attr_arn)


def _rule(
    name: str, priority: int, statement: waf.CfnWebACL.StatementProperty, *, allow: bool = True
) -> waf.CfnWebACL.RuleProperty:
    action = (
        waf.CfnWebACL.RuleActionProperty(allow=waf.CfnWebACL.AllowActionProperty())
        if allow
        else waf.CfnWebACL.RuleActionProperty(block=waf.CfnWebACL.BlockActionProperty())
    )
    return waf.CfnWebACL.RuleProperty(
        name=name, priority=priority, action=action, visibility_config=metric(name), statement=statement
    )


def _matches(pattern: str, field: waf.CfnWebACL.FieldToMatchProperty) -> waf.CfnWebACL.StatementProperty:
    return waf.CfnWebACL.StatementProperty(
        regex_match_statement=waf.CfnWebACL.RegexMatchStatementProperty(
            field_to_match=field,
            regex_string=pattern,
            text_transformations=[waf.CfnWebACL.TextTransformationProperty(priority=0, type="NONE")],
        )
    )


def _both(*statements: waf.CfnWebACL.StatementProperty) -> waf.CfnWebACL.StatementProperty:
    return waf.CfnWebACL.StatementProperty(
        and_statement=waf.CfnWebACL.AndStatementProperty(statements=list(statements))
    )


def _not(statement: waf.CfnWebACL.StatementProperty) -> waf.CfnWebACL.StatementProperty:
    return waf.CfnWebACL.StatementProperty(not_statement=waf.CfnWebACL.NotStatementProperty(statement=statement))


def _rate_limit(limit: int) -> waf.CfnWebACL.StatementProperty:
    return waf.CfnWebACL.StatementProperty(
        rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
            aggregate_key_type="IP", evaluation_window_sec=300, limit=limit
        )
    )
