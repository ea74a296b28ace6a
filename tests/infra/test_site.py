import json
from typing import Any

import pytest

from tests.infra.synthesised import Synthesised


def test_the_invite_page_allows_nothing_inline_and_nothing_from_elsewhere(prod: Synthesised) -> None:
    policy = csp(prod, "invite")

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    endpoints = ["https://cognito-idp.us-east-1.amazonaws.com", "https://Logos.RegionalDomainName"]
    assert policy["connect-src"].split() == ["'self'", *endpoints]
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"


def test_the_console_differs_by_its_inline_styles_alone(prod: Synthesised) -> None:
    invite, console = csp(prod, "invite"), csp(prod, "console")

    assert console == {**invite, "style-src": "'self' 'unsafe-inline'"}


@pytest.mark.parametrize("page", ["invite", "console"])
def test_no_page_tells_others_where_its_reader_came_from(prod: Synthesised, page: str) -> None:
    headers = security_headers(prod, page)

    assert headers["ReferrerPolicy"]["ReferrerPolicy"] == "no-referrer"
    assert headers["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31536000
    assert headers["FrameOptions"]["FrameOption"] == "DENY"
    assert "ContentTypeOptions" in headers


def test_each_kind_of_page_bears_its_own_headers(prod: Synthesised) -> None:
    site = the_site(prod)
    headers = {behavior["PathPattern"]: behavior["ResponseHeadersPolicyId"] for behavior in site["CacheBehaviors"]}

    assert headers == {
        "/invite*": "SiteHeadersInvite",
        "/v1/*": "SiteHeadersApi",
        "/logos/*": "SiteHeadersLogos",
    }
    assert site["DefaultCacheBehavior"]["ResponseHeadersPolicyId"] == "SiteHeadersConsole"


def test_nothing_is_served_without_tls(prod: Synthesised) -> None:
    site = the_site(prod)
    behaviors = [site["DefaultCacheBehavior"], *site["CacheBehaviors"]]

    assert {behavior["ViewerProtocolPolicy"] for behavior in behaviors} == {"redirect-to-https"}
    assert site["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"


def test_where_the_stage_names_a_domain_the_api_has_no_other_address(prod: Synthesised) -> None:
    [api] = prod.of_type("AWS::ApiGatewayV2::Api")
    [domain] = prod.of_type("AWS::ApiGatewayV2::DomainName")

    assert api["DisableExecuteApiEndpoint"] is True
    assert domain["DomainName"] == "api.app.usher.example"
    assert the_site(prod)["Aliases"] == ["app.usher.example"]


def test_a_firewall_limits_what_one_address_may_ask(prod: Synthesised) -> None:
    [firewall] = prod.of_type("AWS::WAFv2::WebACL")
    limits = {
        rule["Name"]: rule["Statement"]["RateBasedStatement"]["Limit"]
        for rule in firewall["Rules"]
        if "Block" in rule["Action"]
    }

    assert limits == {"links": 100, "requests": 2000}
    assert the_site(prod)["WebACLId"] == "SiteFirewall.Arn"


def test_whoever_asks_too_much_is_told_so_and_when_to_come_back(prod: Synthesised) -> None:
    [firewall] = prod.of_type("AWS::WAFv2::WebACL")
    for rule in firewall["Rules"]:
        answer = rule["Action"]["Block"]["CustomResponse"]
        body = firewall["CustomResponseBodies"][answer["CustomResponseBodyKey"]]

        assert (answer["ResponseCode"], answer["ResponseHeaders"]) == (429, [{"Name": "Retry-After", "Value": "60"}])
        assert body["ContentType"] == "APPLICATION_JSON"
        assert json.loads(body["Content"])["status"] == 429


def test_an_error_that_one_person_meets_is_not_kept_for_others(prod: Synthesised) -> None:
    kept = {error["ErrorCode"]: error["ErrorCachingMinTTL"] for error in the_site(prod)["CustomErrorResponses"]}

    assert kept == dict.fromkeys((404, 414, 500, 501, 502, 503, 504), 0)


def test_pages_are_reached_through_the_site_alone(prod: Synthesised) -> None:
    buckets = prod.of_type("AWS::S3::Bucket")

    assert len(buckets) == 2
    for bucket in buckets:
        assert all(bucket["PublicAccessBlockConfiguration"].values())


def csp(prod: Synthesised, page: str) -> dict[str, str]:
    text = security_headers(prod, page)["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    directives = (directive.partition(" ") for directive in text.split("; "))
    return {name: value for name, _, value in directives}


def security_headers(prod: Synthesised, page: str) -> dict[str, Any]:
    [config] = [
        policy["ResponseHeadersPolicyConfig"]
        for policy in prod.of_type("AWS::CloudFront::ResponseHeadersPolicy")
        if policy["ResponseHeadersPolicyConfig"]["Name"] == f"usher-prod-{page}"
    ]
    headers: dict[str, Any] = config["SecurityHeadersConfig"]
    return headers


def the_site(prod: Synthesised) -> dict[str, Any]:
    [distribution] = prod.of_type("AWS::CloudFront::Distribution")
    config: dict[str, Any] = distribution["DistributionConfig"]
    return config
