"""The bucket of logos: who may put what where, who may read it, and what is forgotten."""

from typing import Any

from tests.infra.synthesised import Resource, Synthesised
from tests.infra.test_site import csp, security_headers, the_site

SERVED = "Logos.Arn/logos/*"


def the_bucket(prod: Synthesised) -> Resource:
    [bucket] = [bucket for bucket in prod.of_type("AWS::S3::Bucket") if "BucketName" in bucket]
    return bucket


def test_uploads_are_forgotten_after_a_day_and_logos_are_not(prod: Synthesised) -> None:
    rules = the_bucket(prod)["LifecycleConfiguration"]["Rules"]

    assert [(rule["Prefix"], rule["ExpirationInDays"]) for rule in rules if "ExpirationInDays" in rule] == [
        ("uploads/", 1)
    ]


def test_only_the_console_posts_into_it_from_a_browser(prod: Synthesised) -> None:
    [rule] = the_bucket(prod)["CorsConfiguration"]["CorsRules"]

    assert rule == {"AllowedMethods": ["POST"], "AllowedOrigins": ["https://app.usher.example"]}


def test_it_is_encrypted_and_its_name_is_ours_alone(prod: Synthesised) -> None:
    bucket = the_bucket(prod)

    assert bucket["BucketName"] == "usher-prod-logos-AWS::AccountId"
    assert bucket["BucketEncryption"]
    assert bucket["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}


def test_the_site_reads_what_is_served_and_nobody_reads_uploads(prod: Synthesised) -> None:
    allowed = [statement for statement in policy_of(prod, "Logos") if statement["Effect"] == "Allow"]

    assert allowed == [
        {
            "Sid": "Served",
            "Effect": "Allow",
            "Principal": {"Service": "cloudfront.amazonaws.com"},
            "Action": "s3:GetObject",
            "Resource": SERVED,
            "Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws:cloudfront::AWS::AccountId:distribution/*"}},
        }
    ]


def test_nothing_goes_into_it_or_out_of_it_without_tls(prod: Synthesised) -> None:
    [denied] = [statement for statement in policy_of(prod, "Logos") if statement["Effect"] == "Deny"]

    assert (denied["Action"], denied["Condition"]) == ("s3:*", {"Bool": {"aws:SecureTransport": "false"}})


def test_the_site_signs_what_it_asks_of_the_bucket(prod: Synthesised) -> None:
    site = the_site(prod)
    [behavior] = [behavior for behavior in site["CacheBehaviors"] if behavior["PathPattern"] == "/logos/*"]
    [origin] = [origin for origin in site["Origins"] if origin["Id"] == behavior["TargetOriginId"]]

    assert origin["DomainName"] == "Logos.RegionalDomainName"
    assert origin["OriginAccessControlId"] == "SiteLogosAccess.Id"
    assert "AllowedMethods" not in behavior
    assert "FunctionAssociations" not in behavior


def test_what_people_have_uploaded_never_runs_anything(prod: Synthesised) -> None:
    policy = csp(prod, "logos")

    assert policy == {"default-src": "'none'", "sandbox": "", "frame-ancestors": "'none'"}
    assert security_headers(prod, "logos")["ContentTypeOptions"]["Override"] is True


def policy_of(prod: Synthesised, bucket: str) -> list[dict[str, Any]]:
    [policy] = [policy for policy in prod.of_type("AWS::S3::BucketPolicy") if policy["Bucket"].endswith(bucket)]
    statements: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    return statements
