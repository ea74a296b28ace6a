"""Security headers of pages and API: a strict CSP, inline styles in the console only."""

from collections.abc import Collection, Iterable

import aws_cdk as cdk
from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

from infra.stages import Stage


def content_security_policy(*, connect_to: Iterable[str], style: str = "'self'") -> str:
    """Return the CSP of pages, which connect to their own origin, Cognito and the bucket of logos."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            f"style-src {style}",
            "img-src 'self' data:",
            "font-src 'self'",
            " ".join(["connect-src 'self'", *dict.fromkeys(connect_to)]),
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


class PageHeaders(Construct):
    """Response header policies for the invite page, the console, the API and logos."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage, connect_to: Collection[str]) -> None:
        super().__init__(scope, construct_id)
        self._stage = stage
        self.invite = self._policy("Invite", content_security_policy(connect_to=connect_to))
        self.console = self._policy(
            "Console", content_security_policy(connect_to=connect_to, style="'self' 'unsafe-inline'")
        )
        self.api = self._policy("Api", "default-src 'none'; frame-ancestors 'none'")
        # Uploaded content must not run scripts, whatever type a browser detects.
        self.logos = self._policy("Logos", "default-src 'none'; sandbox; frame-ancestors 'none'")

    def _policy(self, name: str, csp: str) -> cloudfront.ResponseHeadersPolicy:
        over_tls = None
        if not self._stage.local:
            over_tls = cloudfront.ResponseHeadersStrictTransportSecurity(
                access_control_max_age=cdk.Duration.days(365), include_subdomains=True, override=True
            )
        return cloudfront.ResponseHeadersPolicy(
            self,
            name,
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=csp, override=True
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                frame_options=cloudfront.ResponseHeadersFrameOptions(
                    frame_option=cloudfront.HeadersFrameOption.DENY, override=True
                ),
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                    referrer_policy=cloudfront.HeadersReferrerPolicy.NO_REFERRER, override=True
                ),
                strict_transport_security=over_tls,
            ),
            custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
                custom_headers=[
                    cloudfront.ResponseCustomHeader(
                        header="Permissions-Policy", value="camera=(), geolocation=(), microphone=()", override=True
                    ),
                    cloudfront.ResponseCustomHeader(
                        header="Cross-Origin-Opener-Policy", value="same-origin", override=True
                    ),
                ]
            ),
        )
