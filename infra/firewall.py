"""A ceiling on what one address may ask, before anything of ours runs."""

import json

from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from shared.api.problems import problem

REQUESTS_IN_FIVE_MINUTES = 2000
LINKS_TRIED_IN_FIVE_MINUTES = 100  # with or without a token: invitations and recovery
_WAIT = 60  # Seconds: the window moves on all the time.
_TOO_MANY = "too-many"


def firewall(scope: Construct) -> waf.CfnWebACL:
    return waf.CfnWebACL(
        scope,
        "Firewall",
        scope="CLOUDFRONT",
        default_action=waf.CfnWebACL.DefaultActionProperty(allow=waf.CfnWebACL.AllowActionProperty()),
        visibility_config=_counted("usher"),
        custom_response_bodies={
            _TOO_MANY: waf.CfnWebACL.CustomResponseBodyProperty(
                content=json.dumps(_too_many()), content_type="APPLICATION_JSON"
            )
        },
        rules=[
            _at_most(LINKS_TRIED_IN_FIVE_MINUTES, name="links", priority=0, path="^/v1/(invitations|recovery)/"),
            _at_most(REQUESTS_IN_FIVE_MINUTES, name="requests", priority=1),
        ],
    )


def _at_most(limit: int, *, name: str, priority: int, path: str | None = None) -> waf.CfnWebACL.RuleProperty:
    only = None
    if path:
        only = waf.CfnWebACL.StatementProperty(
            regex_match_statement=waf.CfnWebACL.RegexMatchStatementProperty(
                field_to_match=waf.CfnWebACL.FieldToMatchProperty(uri_path={}),
                regex_string=path,
                text_transformations=[waf.CfnWebACL.TextTransformationProperty(priority=0, type="NORMALIZE_PATH")],
            )
        )
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        action=waf.CfnWebACL.RuleActionProperty(block=_BLOCK),
        visibility_config=_counted(name),
        statement=waf.CfnWebACL.StatementProperty(
            rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
                aggregate_key_type="IP", evaluation_window_sec=300, limit=limit, scope_down_statement=only
            )
        ),
    )


_BLOCK = waf.CfnWebACL.BlockActionProperty(
    custom_response=waf.CfnWebACL.CustomResponseProperty(
        response_code=429,
        custom_response_body_key=_TOO_MANY,
        response_headers=[waf.CfnWebACL.CustomHTTPHeaderProperty(name="Retry-After", value=str(_WAIT))],
    )
)


def _too_many() -> dict[str, object]:
    """What the API itself would say; who is not let in has no request that could be looked up."""
    sentence = "Too many requests have come from your network. Please wait a minute."
    return problem(429, "too_many_requests", sentence, request_id="", retry_after=_WAIT)


def _counted(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=False
    )
