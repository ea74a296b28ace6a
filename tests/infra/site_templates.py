"""Parts of the template of the distribution that serves the pages."""

from typing import Any

from tests.infra.templates import Templates


def csp(prod: Templates, page: str) -> dict[str, str]:
    text = security_headers(prod, page)["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    directives = (directive.partition(" ") for directive in text.split("; "))
    return {name: value for name, _, value in directives}


def security_headers(prod: Templates, page: str) -> dict[str, Any]:
    [config] = [
        policy["ResponseHeadersPolicyConfig"]
        for policy in prod.of_type("AWS::CloudFront::ResponseHeadersPolicy")
        if f"Headers{page.title()}" in policy["ResponseHeadersPolicyConfig"]["Name"]
    ]
    headers: dict[str, Any] = config["SecurityHeadersConfig"]
    return headers


def the_site(prod: Templates) -> dict[str, Any]:
    [distribution] = prod.of_type("AWS::CloudFront::Distribution")
    config: dict[str, Any] = distribution["DistributionConfig"]
    return config
