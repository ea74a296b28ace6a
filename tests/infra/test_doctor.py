"""What `make doctor` says of a deployment that works, and of one fault at a time."""

import re

import pytest

from infra import doctor
from infra.diagnosis.findings import Deployment
from infra.stages import Stage
from tests.domain_factories import NOW
from tests.infra.canned_aws import Answer, CannedAws, CannedDns, refused
from tests.infra.working_deployment import ACCOUNT, DOMAIN, IDENTITY, POOL, RECORDS, STACK, STAGE, STREAM, WORKS, found


def test_deployment_that_works_has_nothing_to_mend() -> None:
    findings = found({})

    assert {finding.verdict for finding in findings} == {"ok"}
    assert len(findings) > 15


def test_doctor_only_reads() -> None:
    aws = CannedAws(WORKS)

    list(doctor.report(Deployment(STAGE, aws.client, CannedDns(RECORDS))))

    assert len(aws.calls) > 15
    assert [call for call in aws.calls if not re.search(r"\.(Get|List|Describe)", call)] == []


@pytest.mark.parametrize(
    ("call", "answer", "verdict", "what", "cure"),
    [
        ("sesv2.GetAccount", ACCOUNT | {"ProductionAccessEnabled": False}, "fault", "sandbox", "production access"),
        ("sesv2.GetAccount", ACCOUNT | {"SendingEnabled": False}, "fault", "stopped sending", "AWS Support"),
        ("sesv2.GetAccount", ACCOUNT | {"EnforcementStatus": "PROBATION"}, "warning", "PROBATION", "case"),
        (
            "sesv2.GetAccount",
            ACCOUNT | {"SendQuota": {"Max24HourSend": 200.0, "MaxSendRate": 1.0, "SentLast24Hours": 170.0}},
            "warning",
            "170 of 200 mails",
            "quota",
        ),
        ("sesv2.GetEmailIdentity", refused("NotFoundException"), "fault", f"{DOMAIN} is no identity", "deploy"),
        (
            "sesv2.GetEmailIdentity",
            IDENTITY | {"VerifiedForSendingStatus": False, "DkimAttributes": {"Status": "PENDING", "Tokens": ["t9"]}},
            "fault",
            "DKIM of mail.shop.example is PENDING",
            f"t9._domainkey.{DOMAIN} CNAME t9.dkim.amazonses.com",
        ),
        (
            "sesv2.GetEmailIdentity",
            IDENTITY
            | {
                "DkimAttributes": {
                    "Status": "PENDING",
                    "Tokens": ["t9"],
                    "SigningHostedZone": "dkim.af-south-1.amazonses.com",
                }
            },
            "fault",
            "DKIM of mail.shop.example is PENDING",
            f"t9._domainkey.{DOMAIN} CNAME t9.dkim.af-south-1.amazonses.com",
        ),
        (
            "sesv2.GetEmailIdentity",
            IDENTITY | {"MailFromAttributes": IDENTITY["MailFromAttributes"] | {"MailFromDomainStatus": "FAILED"}},
            "fault",
            "MAIL FROM bounce.mail.shop.example is FAILED",
            "MX 10 feedback-smtp.us-east-1.amazonses.com",
        ),
        ("sesv2.GetConfigurationSet", refused("NotFoundException"), "fault", "configuration set usher-shop", "deploy"),
        (
            "sesv2.GetConfigurationSetEventDestinations",
            {"EventDestinations": []},
            "fault",
            "publishes no events",
            "deploy",
        ),
        (
            "cloudwatch.GetMetricStatistics",
            {"Datapoints": [{"Timestamp": NOW, "Average": 0.04}]},
            "warning",
            "4.00% bounces",
            "MailBounceRate",
        ),
        (
            "sesv2.ListSuppressedDestinations",
            {
                "SuppressedDestinationSummaries": [
                    {"EmailAddress": "lee@example.org", "Reason": "BOUNCE", "LastUpdateTime": NOW}
                ]
            },
            "warning",
            "1 of those looked at after a bounce",
            "delete-suppressed-destination",
        ),
        (
            "cloudformation.DescribeStacks",
            refused("ValidationError", "Stack with id usher-shop-web does not exist"),
            "fault",
            "stack usher-shop-web: missing",
            "make deploy STAGE=shop",
        ),
        (
            "cognito-idp.DescribeUserPool",
            {"UserPool": POOL | {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": False}}},
            "fault",
            "anybody may sign up",
            "deploy",
        ),
        ("cognito-idp.ListUsersInGroup", {"Users": []}, "fault", "no operator", "make operator"),
        ("acm.ListCertificates", {"CertificateSummaryList": []}, "fault", "no certificate", "deploy"),
        (
            "acm.DescribeCertificate",
            {
                "Certificate": {
                    "Status": "PENDING_VALIDATION",
                    "DomainValidationOptions": [
                        {
                            "DomainName": STAGE.domain,
                            "ValidationStatus": "PENDING_VALIDATION",
                            "ResourceRecord": {"Name": "_a.people", "Type": "CNAME", "Value": "_b.acm"},
                        }
                    ],
                }
            },
            "fault",
            "PENDING_VALIDATION",
            "_a.people CNAME _b.acm",
        ),
        (
            "route53.GetHostedZone",
            {
                "HostedZone": {"Id": "/hostedzone/Z1", "Name": "shop.example.", "CallerReference": "r"},
                "DelegationSet": {"NameServers": ["ns-9.awsdns.example"]},
            },
            "fault",
            "does not delegate",
            "ns-9.awsdns.example",
        ),
        ("wafv2.GetWebACLForResource", {}, "fault", "user pool has no web ACL", "deploy"),
        (
            "lambda.ListEventSourceMappings",
            {"EventSourceMappings": [{"EventSourceArn": f"{STREAM}1", "State": "Enabled"}]},
            "fault",
            "send_mail does not read the changes of usher-shop-mail",
            "event source mapping",
        ),
        (
            "lambda.ListEventSourceMappings",
            {"EventSourceMappings": [{"EventSourceArn": STREAM, "State": "Disabled"}]},
            "fault",
            "send_mail does not read the changes of usher-shop-mail",
            "enable",
        ),
        (
            "lambda.GetAccountSettings",
            {"AccountLimit": {"ConcurrentExecutions": 10}},
            "fault",
            "10 concurrent executions",
            "public_concurrency",
        ),
        (
            "sns.ListSubscriptionsByTopic",
            {"Subscriptions": [{"SubscriptionArn": "PendingConfirmation", "Endpoint": STAGE.alarm_mail}]},
            "fault",
            "has not confirmed",
            "link",
        ),
    ],
)
def test_fault_is_named_with_its_cure(call: str, answer: Answer, verdict: str, what: str, cure: str) -> None:
    findings = found({call: answer})

    assert [f for f in findings if f.verdict == verdict and what in f.what and cure in f.cure], findings


@pytest.mark.parametrize(
    ("name", "kind", "records", "verdict", "what"),
    [
        (f"_dmarc.{DOMAIN}", "TXT", [], "warning", "no DMARC record"),
        (f"_dmarc.{DOMAIN}", "TXT", ["v=DMARC1; p=none"], "warning", "asks for nothing yet"),
        (f"_dmarc.{DOMAIN}", "TXT", ["v=DMARC1; p=none", "v=DMARC1; p=reject"], "fault", "2 DMARC records"),
        (f"bounce.{DOMAIN}", "TXT", ["other=text"], "fault", "SPF of bounce.mail.shop.example is missing"),
        (f"bounce.{DOMAIN}", "TXT", ["v=spf1 -all"], "fault", "is v=spf1 -all"),
        ("people.shop.example", "A", [], "fault", "people.shop.example is not in DNS"),
        ("shop.example", "NS", ["ns.elsewhere.example"], "fault", "does not delegate"),
    ],
)
def test_fault_in_dns_is_named(name: str, kind: str, records: list[str], verdict: str, what: str) -> None:
    findings = found({}, records=RECORDS | {(name, kind): records})

    [finding] = [f for f in findings if f.verdict != "ok"]
    assert finding.verdict == verdict
    assert what in finding.what
    assert finding.cure


@pytest.mark.parametrize(
    ("status", "verdict", "cure"),
    [
        ("CREATE_COMPLETE", "ok", ""),
        ("UPDATE_COMPLETE", "ok", ""),
        ("IMPORT_COMPLETE", "ok", ""),
        ("IMPORT_ROLLBACK_COMPLETE", "ok", ""),
        ("UPDATE_IN_PROGRESS", "warning", "wait"),
        ("REVIEW_IN_PROGRESS", "fault", "make deploy"),
        ("ROLLBACK_COMPLETE", "fault", "make deploy"),
        ("UPDATE_ROLLBACK_COMPLETE", "warning", "the last update failed and was rolled back"),
        (
            "UPDATE_ROLLBACK_FAILED",
            "fault",
            "aws cloudformation continue-update-rollback --region us-east-1 --stack-name usher-shop-data",
        ),
        ("ROLLBACK_FAILED", "fault", "A first deployment that fails"),
        ("CREATE_FAILED", "fault", "A first deployment that fails"),
        ("DELETE_FAILED", "fault", "delete"),
    ],
)
def test_each_status_of_a_stack_has_its_cure(status: str, verdict: str, cure: str) -> None:
    findings = found({"cloudformation.DescribeStacks": {"Stacks": [STACK | {"StackStatus": status}]}})

    [finding] = [finding for finding in findings if finding.what.startswith("stack usher-shop-data:")]
    assert (finding.verdict, status in finding.what) == (verdict, True)
    assert cure in f"{finding.what}; {finding.cure}"
    assert bool(finding.cure) is (verdict != "ok")


def test_what_may_not_be_asked_is_unknown_and_ends_nothing() -> None:
    findings = found(
        {"sesv2.GetAccount": refused("AccessDeniedException"), "sns.ListSubscriptionsByTopic": refused("Throttling")}
    )

    unknown = [finding.what for finding in findings if finding.verdict == "unknown"]
    assert len(unknown) == 2
    assert "may not call" in unknown[0]
    assert "answers Throttling" in unknown[1]
    assert {finding.verdict for finding in findings} == {"ok", "unknown"}


def test_without_dns_nothing_is_called_a_fault() -> None:
    findings = found({}, records=None)

    assert [finding.what for finding in findings if finding.verdict == "unknown"]
    assert [f for f in findings if f.verdict == "fault" and "not in DNS" in f.what] == []


def test_credentials_of_another_account_are_refused() -> None:
    aws = CannedAws({"sts.GetCallerIdentity": {"Account": "999988887777"}})

    with pytest.raises(SystemExit, match=r"account 444455556666; these credentials are of 999988887777"):
        doctor.require_account(Deployment(STAGE, aws.client, CannedDns({})))


def test_stage_without_optional_parts_is_told_what_it_goes_without() -> None:
    small = Stage(
        name="tiny", keeps_data=False, sender=STAGE.sender, staff_mail=STAGE.staff_mail, waf=False, alarms=False
    )

    findings = found({}, stage=small)

    warnings = [finding.what for finding in findings if finding.verdict == "warning"]
    assert warnings == ["no web ACL: anyone may call the pool's public API without limit", "nobody hears the alarms"]
