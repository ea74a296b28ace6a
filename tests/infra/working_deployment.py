"""A deployment that works: its stage, what AWS answers, its DNS records, and what `make doctor` finds."""

from collections.abc import Mapping, Sequence
from typing import Any

from infra import doctor
from infra.diagnosis.findings import Deployment, Finding
from infra.stages import Stage
from tests.domain_factories import NOW
from tests.infra.canned_aws import Answer, CannedAws, CannedDns

STAGE = Stage(
    name="shop",
    account="444455556666",
    domain="people.shop.example",
    sender="hello@mail.shop.example",
    dmarc_reports="dmarc@shop.example",
    staff_mail="staff@shop.example",
    alarm_mail="duty@shop.example",
    public_concurrency=20,
)
DOMAIN = STAGE.sender_domain
SERVERS = ["ns-1.awsdns.example", "ns-2.awsdns.example"]
CERTIFICATE = "arn:aws:acm:us-east-1:444455556666:certificate/one"
API_CERTIFICATE = "arn:aws:acm:us-east-1:444455556666:certificate/two"
TOPIC = "arn:aws:sns:us-east-1:444455556666:usher-shop-service-AlarmsTopicA1B2C3D4-E5F6"
POOL_ARN = "arn:aws:cognito-idp:us-east-1:444455556666:userpool/us-east-1_Pool"
STREAM = "arn:aws:dynamodb:us-east-1:444455556666:table/usher-shop-directory/stream/2026-11-01T00:00:00.000"
SITE = "d111.cloudfront.net"
ACL = {"WebACLId": "acl"}
DISTRIBUTION: dict[str, Any] = {
    "Id": "E1",
    "ARN": "arn:aws:cloudfront::444455556666:distribution/E1",
    "Status": "Deployed",
    "LastModifiedTime": NOW,
    "DomainName": SITE,
    "Aliases": {"Quantity": 0},
    "Origins": {"Quantity": 1, "Items": [{"Id": "o", "DomainName": "pages"}]},
    "DefaultCacheBehavior": {"TargetOriginId": "o", "ViewerProtocolPolicy": "https-only"},
    "CacheBehaviors": {"Quantity": 0},
    "CustomErrorResponses": {"Quantity": 0},
    "Comment": "",
    "PriceClass": "PriceClass_100",
    "Enabled": True,
    "ViewerCertificate": {},
    "Restrictions": {"GeoRestriction": {"RestrictionType": "none", "Quantity": 0}},
    "HttpVersion": "http2",
    "IsIPV6Enabled": True,
    "Staging": False,
    **ACL,
}
IDENTITY: dict[str, Any] = {
    "VerifiedForSendingStatus": True,
    "DkimAttributes": {"Status": "SUCCESS", "SigningEnabled": True, "Tokens": ["t1", "t2"]},
    "MailFromAttributes": {
        "MailFromDomain": f"bounce.{DOMAIN}",
        "MailFromDomainStatus": "SUCCESS",
        "BehaviorOnMxFailure": "REJECT_MESSAGE",
    },
}
STACK = {
    "StackName": "any",
    "CreationTime": NOW,
    "StackStatus": "CREATE_COMPLETE",
    "Outputs": [
        {"OutputKey": "UserPoolId", "OutputValue": "us-east-1_Pool"},
        {"OutputKey": "SiteName", "OutputValue": SITE},
        {"OutputKey": "AlarmsTopic", "OutputValue": TOPIC},
    ],
}
POOL = {
    "Arn": POOL_ARN,
    "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True},
    "Policies": {"PasswordPolicy": {"MinimumLength": 7}},
}
ACCOUNT = {
    "ProductionAccessEnabled": True,
    "SendingEnabled": True,
    "EnforcementStatus": "HEALTHY",
    "SendQuota": {"Max24HourSend": 50_000.0, "MaxSendRate": 14.0, "SentLast24Hours": 120.0},
}
WORKS: dict[str, Answer] = {
    "sts.GetCallerIdentity": {"Account": STAGE.account},
    "sesv2.GetAccount": ACCOUNT,
    "sesv2.GetEmailIdentity": IDENTITY,
    "sesv2.GetConfigurationSet": {"SendingOptions": {"SendingEnabled": True}},
    "sesv2.GetConfigurationSetEventDestinations": {
        "EventDestinations": [
            {
                "Name": "bus",
                "Enabled": True,
                "MatchingEventTypes": ["BOUNCE"],
                "EventBridgeDestination": {"EventBusArn": "arn:aws:events:us-east-1:444455556666:event-bus/default"},
            }
        ]
    },
    "sesv2.ListSuppressedDestinations": {"SuppressedDestinationSummaries": []},
    "cloudwatch.GetMetricStatistics": {"Datapoints": [{"Timestamp": NOW, "Average": 0.0001}]},
    "cloudformation.DescribeStacks": {"Stacks": [STACK]},
    "cloudformation.ListStackResources": {
        "StackResourceSummaries": [
            {
                "LogicalResourceId": kind.rpartition(":")[2],
                "ResourceType": kind,
                "ResourceStatus": "CREATE_COMPLETE",
                "LastUpdatedTimestamp": NOW,
            }
            for kind in ("AWS::Cognito::UserPool", "AWS::SecretsManager::Secret")
        ]
    },
    "cognito-idp.ListUserPools": {"UserPools": [{"Id": "us-east-1_Pool", "Name": "usher-shop"}]},
    "secretsmanager.ListSecrets": {
        "SecretList": [
            {
                "Name": "PepperA1B2C3D4",
                "Tags": [{"Key": "product", "Value": "usher"}, {"Key": "stage", "Value": "shop"}],
            }
        ]
    },
    "cognito-idp.DescribeUserPool": {"UserPool": POOL},
    "cognito-idp.ListUsersInGroup": {"Users": [{"Username": "olga@shop.example"}]},
    "acm.ListCertificates": {
        "CertificateSummaryList": [
            {"CertificateArn": CERTIFICATE, "DomainName": STAGE.domain},
            {"CertificateArn": API_CERTIFICATE, "DomainName": f"api.{STAGE.domain}"},
        ]
    },
    "acm.DescribeCertificate": {"Certificate": {"CertificateArn": CERTIFICATE, "Status": "ISSUED"}},
    "route53.ListHostedZones": {
        "HostedZones": [{"Id": "/hostedzone/Z1", "Name": "shop.example.", "CallerReference": "r"}],
        "Marker": "",
        "IsTruncated": False,
        "MaxItems": "100",
    },
    "route53.GetHostedZone": {
        "HostedZone": {"Id": "/hostedzone/Z1", "Name": "shop.example.", "CallerReference": "r"},
        "DelegationSet": {"NameServers": SERVERS},
    },
    "wafv2.GetWebACLForResource": {
        "WebACL": {
            "Name": "acl",
            "Id": "acl",
            "ARN": "arn:aws:wafv2:us-east-1:444455556666:regional/webacl/acl/1",
            "DefaultAction": {"Allow": {}},
            "VisibilityConfig": {
                "SampledRequestsEnabled": True,
                "CloudWatchMetricsEnabled": True,
                "MetricName": "acl",
            },
        }
    },
    "cloudfront.ListDistributions": {
        "DistributionList": {
            "Marker": "",
            "MaxItems": 100,
            "IsTruncated": False,
            "Quantity": 1,
            "Items": [DISTRIBUTION],
        }
    },
    "dynamodb.DescribeTable": {"Table": {"LatestStreamArn": STREAM}},
    "lambda.ListEventSourceMappings": {"EventSourceMappings": [{"EventSourceArn": STREAM, "State": "Enabled"}]},
    "lambda.GetAccountSettings": {"AccountLimit": {"ConcurrentExecutions": 1_000}},
    "sns.ListSubscriptionsByTopic": {
        "Subscriptions": [{"SubscriptionArn": f"{TOPIC}:1", "Endpoint": STAGE.alarm_mail}]
    },
}
RECORDS: dict[tuple[str, str], Sequence[str]] = {
    (f"bounce.{DOMAIN}", "TXT"): ["v=spf1 include:amazonses.com -all"],
    (f"_dmarc.{DOMAIN}", "TXT"): ["v=DMARC1; p=reject; rua=mailto:dmarc@shop.example"],
    ("people.shop.example", "A"): ["192.0.2.1"],
    ("api.people.shop.example", "A"): ["192.0.2.2"],
    ("shop.example", "NS"): SERVERS,
}


def found(
    differently: Mapping[str, Answer],
    *,
    records: Mapping[tuple[str, str], Sequence[str]] | None = RECORDS,
    stage: Stage = STAGE,
) -> list[Finding]:
    """Run all checks on the deployment that works but for what is given."""
    aws = CannedAws({**WORKS, **differently})
    return list(doctor.report(Deployment(stage, aws.client, CannedDns(records))))
