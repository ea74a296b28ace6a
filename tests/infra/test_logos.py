"""The bucket of logos: write and read access, and expiry."""

from typing import Any

from tests.infra.site_templates import csp, security_headers, the_site
from tests.infra.templates import Resource, Templates

SERVED = "Logos.Arn/logos/*"


def the_bucket(prod: Templates) -> Resource:
    [bucket] = [bucket for bucket in prod.of_type("AWS::S3::Bucket") if "BucketName" in bucket]
    return bucket


def test_uploads_expire_after_a_day_and_logos_do_not(prod: Templates) -> None:
    rules = the_bucket(prod)["LifecycleConfiguration"]["Rules"]

    assert [(rule["Prefix"], rule["ExpirationInDays"]) for rule in rules if "ExpirationInDays" in rule] == [
        ("uploads/", 1)
    ]


def test_cors_allows_posts_of_the_console_only(prod: Templates) -> None:
    [rule] = the_bucket(prod)["CorsConfiguration"]["CorsRules"]

    assert rule == {"AllowedMethods": ["POST"], "AllowedOrigins": ["https://app.usher.example"]}


def test_bucket_is_encrypted_and_named_by_account(prod: Templates) -> None:
    bucket = the_bucket(prod)

    assert bucket["BucketName"] == "usher-prod-logos-111122223333"
    assert bucket["BucketEncryption"]
    assert bucket["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}


def test_cloudfront_reads_logos_and_no_uploads(prod: Templates) -> None:
    allowed = [statement for statement in policy_of(prod, "Logos") if statement["Effect"] == "Allow"]

    assert allowed == [
        {
            "Sid": "Served",
            "Effect": "Allow",
            "Principal": {"Service": "cloudfront.amazonaws.com"},
            "Action": "s3:GetObject",
            "Resource": SERVED,
            "Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws:cloudfront::111122223333:distribution/*"}},
        }
    ]


def test_bucket_denies_requests_without_tls(prod: Templates) -> None:
    [denied] = [statement for statement in policy_of(prod, "Logos") if statement["Effect"] == "Deny"]

    assert (denied["Action"], denied["Condition"]) == ("s3:*", {"Bool": {"aws:SecureTransport": "false"}})


def test_distribution_signs_requests_to_the_bucket(prod: Templates) -> None:
    site = the_site(prod)
    [behavior] = [behavior for behavior in site["CacheBehaviors"] if behavior["PathPattern"] == "/logos/*"]
    [origin] = [origin for origin in site["Origins"] if origin["Id"] == behavior["TargetOriginId"]]

    assert origin["DomainName"] == "Logos.RegionalDomainName"
    assert origin["OriginAccessControlId"] == "SiteLogosAccess.Id"
    assert "AllowedMethods" not in behavior
    assert "FunctionAssociations" not in behavior


def test_logos_csp_is_sandboxed(prod: Templates) -> None:
    policy = csp(prod, "logos")

    assert policy == {"default-src": "'none'", "sandbox": "", "frame-ancestors": "'none'"}
    assert security_headers(prod, "logos")["ContentTypeOptions"]["Override"] is True


def policy_of(prod: Templates, bucket: str) -> list[dict[str, Any]]:
    [policy] = [policy for policy in prod.of_type("AWS::S3::BucketPolicy") if policy["Bucket"].endswith(bucket)]
    statements: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    return statements
