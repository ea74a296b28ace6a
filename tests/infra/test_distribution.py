import json
from typing import Any

import pytest

from tests.infra.site_templates import csp, security_headers, the_site
from tests.infra.templates import Templates


def test_invite_page_csp_forbids_inline_and_foreign_content(prod: Templates) -> None:
    policy = csp(prod, "invite")

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    endpoints = ["https://cognito-idp.us-east-1.amazonaws.com", "https://Logos.RegionalDomainName"]
    assert policy["connect-src"].split() == ["'self'", *endpoints]
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"


def test_console_csp_differs_by_inline_styles_only(prod: Templates) -> None:
    invite, console = csp(prod, "invite"), csp(prod, "console")

    assert console == {**invite, "style-src": "'self' 'unsafe-inline'"}


@pytest.mark.parametrize("page", ["invite", "console"])
def test_pages_send_no_referrer_and_require_tls(prod: Templates, page: str) -> None:
    headers = security_headers(prod, page)

    assert headers["ReferrerPolicy"]["ReferrerPolicy"] == "no-referrer"
    assert headers["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31536000
    assert headers["FrameOptions"]["FrameOption"] == "DENY"
    assert "ContentTypeOptions" in headers


def test_each_behavior_has_its_headers_policy(prod: Templates) -> None:
    site = the_site(prod)
    headers = {behavior["PathPattern"]: behavior["ResponseHeadersPolicyId"] for behavior in site["CacheBehaviors"]}

    assert headers == {
        "/invite*": "SiteHeadersInvite",
        "/v1/*": "SiteHeadersApi",
        "/logos/*": "SiteHeadersLogos",
    }
    assert site["DefaultCacheBehavior"]["ResponseHeadersPolicyId"] == "SiteHeadersConsole"


def test_pages_without_tls_are_redirected_and_requests_of_the_api_refused(prod: Templates) -> None:
    site = the_site(prod)
    behaviors = [site["DefaultCacheBehavior"], *site["CacheBehaviors"]]

    policies = {behavior.get("PathPattern", "*"): behavior["ViewerProtocolPolicy"] for behavior in behaviors}

    assert policies.pop("/v1/*") == "https-only"
    assert set(policies.values()) == {"redirect-to-https"}
    assert site["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"


def test_api_with_domain_has_no_default_endpoint(prod: Templates) -> None:
    [api] = prod.of_type("AWS::ApiGatewayV2::Api")
    [domain] = prod.of_type("AWS::ApiGatewayV2::DomainName")

    assert api["DisableExecuteApiEndpoint"] is True
    assert domain["DomainName"] == "api.app.usher.example"
    assert the_site(prod)["Aliases"] == ["app.usher.example"]


def test_web_acl_limits_requests_per_ip(prod: Templates) -> None:
    web_acl = the_acl(prod)
    limits = {
        rule["Name"]: rule["Statement"]["RateBasedStatement"]["Limit"]
        for rule in web_acl["Rules"]
        if "Block" in rule["Action"]
    }

    assert limits == {"links": 1_000, "requests": 10_000}
    assert the_site(prod)["WebACLId"] == "EdgeWebAcl.Arn"


def test_web_acl_answers_429_with_retry_after(prod: Templates) -> None:
    web_acl = the_acl(prod)
    for rule in web_acl["Rules"]:
        answer = rule["Action"]["Block"]["CustomResponse"]
        body = web_acl["CustomResponseBodies"][answer["CustomResponseBodyKey"]]

        assert (answer["ResponseCode"], answer["ResponseHeaders"]) == (429, [{"Name": "Retry-After", "Value": "60"}])
        assert body["ContentType"] == "APPLICATION_JSON"
        assert json.loads(body["Content"])["status"] == 429
        assert json.loads(body["Content"])["code"] == "rate_limited"


def test_web_acl_limits_links_however_their_path_is_written(prod: Templates) -> None:
    [links] = [rule for rule in the_acl(prod)["Rules"] if rule["Name"] == "links"]
    match = links["Statement"]["RateBasedStatement"]["ScopeDownStatement"]["RegexMatchStatement"]

    transformations = sorted(match["TextTransformations"], key=lambda one: int(one["Priority"]))
    assert [one["Type"] for one in transformations] == ["URL_DECODE", "NORMALIZE_PATH"]


def test_distribution_caches_no_errors(prod: Templates) -> None:
    kept = {error["ErrorCode"]: error["ErrorCachingMinTTL"] for error in the_site(prod)["CustomErrorResponses"]}

    assert kept == dict.fromkeys((404, 414, 500, 501, 502, 503, 504), 0)


def test_buckets_block_public_access(prod: Templates) -> None:
    buckets = prod.of_type("AWS::S3::Bucket")

    assert len(buckets) == 2
    for bucket in buckets:
        assert bucket["PublicAccessBlockConfiguration"] == {
            "BlockPublicAcls": True,
            "BlockPublicPolicy": True,
            "IgnorePublicAcls": True,
            "RestrictPublicBuckets": True,
        }


def the_acl(prod: Templates) -> dict[str, Any]:
    [web_acl] = [acl for acl in prod.of_type("AWS::WAFv2::WebACL") if acl["Scope"] == "CLOUDFRONT"]
    return web_acl
