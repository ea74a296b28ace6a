"""The web ACL: rate limits per IP address."""

import json

from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from shared.api.problems import problem

# Per IP address, behind which a whole office or the host product's servers may sit. Tokens cannot be guessed, so these
# limits bound cost.
REQUESTS_IN_FIVE_MINUTES = 10_000
LINK_REQUESTS_IN_FIVE_MINUTES = 1_000  # invitations and recovery, signed in or not
_RETRY_AFTER = 60  # seconds; the five-minute window slides
_TOO_MANY_REQUESTS = "too-many-requests"


def web_acl(scope: Construct) -> waf.CfnWebACL:
    return waf.CfnWebACL(
        scope,
        "WebAcl",
        scope="CLOUDFRONT",
        default_action=waf.CfnWebACL.DefaultActionProperty(allow=waf.CfnWebACL.AllowActionProperty()),
        visibility_config=metric("usher"),
        custom_response_bodies={
            _TOO_MANY_REQUESTS: waf.CfnWebACL.CustomResponseBodyProperty(
                content=json.dumps(_problem_document()), content_type="APPLICATION_JSON"
            )
        },
        rules=[
            _rate_limit(LINK_REQUESTS_IN_FIVE_MINUTES, name="links", priority=0, path="^/v1/(invitations|recovery)/"),
            _rate_limit(REQUESTS_IN_FIVE_MINUTES, name="requests", priority=1),
        ],
    )


def _rate_limit(limit: int, *, name: str, priority: int, path: str | None = None) -> waf.CfnWebACL.RuleProperty:
    only = None
    if path:
        only = waf.CfnWebACL.StatementProperty(
            regex_match_statement=waf.CfnWebACL.RegexMatchStatementProperty(
                field_to_match=waf.CfnWebACL.FieldToMatchProperty(uri_path={}),
                regex_string=path,
                text_transformations=[
                    waf.CfnWebACL.TextTransformationProperty(priority=0, type="URL_DECODE"),
                    waf.CfnWebACL.TextTransformationProperty(priority=1, type="NORMALIZE_PATH"),
                ],
            )
        )
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        action=waf.CfnWebACL.RuleActionProperty(block=_BLOCK),
        visibility_config=metric(name),
        statement=waf.CfnWebACL.StatementProperty(
            rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
                aggregate_key_type="IP", evaluation_window_sec=300, limit=limit, scope_down_statement=only
            )
        ),
    )


_BLOCK = waf.CfnWebACL.BlockActionProperty(
    custom_response=waf.CfnWebACL.CustomResponseProperty(
        response_code=429,
        custom_response_body_key=_TOO_MANY_REQUESTS,
        response_headers=[waf.CfnWebACL.CustomHTTPHeaderProperty(name="Retry-After", value=str(_RETRY_AFTER))],
    )
)


def _problem_document() -> dict[str, object]:
    """Return the API's problem document, without a request id: the request never reached it."""
    sentence = "Too many requests have come from your network. Please wait a minute."
    return problem(429, "rate_limited", sentence, request_id="", retry_after=_RETRY_AFTER)


def metric(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=True
    )
