"""Checks of what mails need: SES's account, the sender's domain and its DNS, reputation and suppression."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from botocore.exceptions import ClientError

from infra.diagnosis.findings import Check, Deployment, Finding, fault, is_missing, ok, warning

NEARLY_USED = 0.8
# At 5 % bounces or 0.1 % complaints SES reviews a sender.
REVIEWED_AT = {"BounceRate": 0.05, "ComplaintRate": 0.001}
SHOWN_SUPPRESSED = 100


def sending(deployment: Deployment) -> Iterator[Finding]:
    """Check sandbox, pauses and quotas of SES, which hold for the AWS account in one region."""
    account = deployment.client_of("sesv2").get_account()
    if account.get("ProductionAccessEnabled"):
        yield ok("SES production access: mails may go to anyone")
    else:
        yield fault(
            "SES is in the sandbox: 200 mails a day, and only to addresses that are verified",
            "ask for production access (SES console, Account dashboard); until then verify whom you invite",
        )
    if not account.get("SendingEnabled", True) or account.get("EnforcementStatus", "HEALTHY") == "SHUTDOWN":
        yield fault(
            "SES has stopped sending for this AWS account", "answer the case that SES has opened in AWS Support"
        )
    elif account.get("EnforcementStatus", "HEALTHY") != "HEALTHY":
        yield warning(
            f"SES reviews this AWS account ({account['EnforcementStatus']})",
            "answer SES's case, and see the rates below",
        )
    yield from _quota(account.get("SendQuota", {}))


def _quota(quota: dict[str, float]) -> Iterator[Finding]:
    daily, used, rate = quota.get("Max24HourSend", 0), quota.get("SentLast24Hours", 0), quota.get("MaxSendRate", 0)
    what = f"SES quota: {used:,.0f} of {daily:,.0f} mails used in 24 hours, {rate:,.0f} a second"
    if daily < 0 or used < NEARLY_USED * daily:
        yield ok(what.replace("of -1 mails", "mails of no limit"))
    else:
        yield warning(what, "ask for a higher sending quota (Service Quotas, Amazon SES)")


def sender(deployment: Deployment) -> Iterator[Finding]:
    """Check the domain of the stage's `sender`, its DKIM and its MAIL FROM."""
    domain = deployment.stage.sender_domain
    try:
        identity = deployment.client_of("sesv2").get_email_identity(EmailIdentity=domain)
    except ClientError as error:
        if not is_missing(error):
            raise
        yield fault(
            f"{domain} is no identity of SES in {deployment.stage.region}", f"make deploy STAGE={deployment.stage.name}"
        )
        return
    if identity.get("VerifiedForSendingStatus"):
        yield ok(f"{domain} is verified as sender")
    else:
        yield fault(f"{domain} is not verified: SES refuses every mail", "put the DKIM records below into its DNS")
    yield from _dkim(domain, identity.get("DkimAttributes", {}), deployment)
    yield from _mail_from(identity.get("MailFromAttributes", {}), deployment)


def _dkim(domain: str, dkim: dict[str, object], deployment: Deployment) -> Iterator[Finding]:
    if dkim.get("Status") == "SUCCESS" and dkim.get("SigningEnabled", True):
        yield ok(f"DKIM: mails from {domain} are signed")
        return
    zone = dkim.get("SigningHostedZone") or "dkim.amazonses.com"  # some regions have one of their own
    names = {f"{token}._domainkey.{domain}": f"{token}.{zone}" for token in _texts(dkim.get("Tokens"))}
    missing = {name: value for name, value in names.items() if value not in (deployment.resolver(name, "CNAME") or [])}
    records = "; ".join(f"{name} CNAME {value}" for name, value in missing.items())
    if missing or not names:
        yield fault(
            f"DKIM of {domain} is {dkim.get('Status', 'off')}", f"set {records or 'DKIM on in the SES console'}"
        )
    else:
        yield warning(
            f"DKIM of {domain} is {dkim.get('Status')}; its records are in DNS", "wait: SES looks for 72 hours"
        )


def _mail_from(attributes: dict[str, str], deployment: Deployment) -> Iterator[Finding]:
    name, status = attributes.get("MailFromDomain"), attributes.get("MailFromDomainStatus")
    if not name:
        yield warning("no MAIL FROM domain: SPF does not align with the sender", "deploy the stack data again")
        return
    exchange = f"feedback-smtp.{deployment.stage.region}.amazonses.com"
    if status != "SUCCESS":
        yield fault(
            f"MAIL FROM {name} is {status}: SES refuses mails",
            f'set {name} MX 10 {exchange} and {name} TXT "v=spf1 include:amazonses.com -all"',
        )
        return
    texts = deployment.resolver(name, "TXT")
    policies = [text for text in texts or [] if text.startswith("v=spf1")]
    if texts is None:
        yield Finding("unknown", f"SPF of {name}: DNS cannot be asked from here", f"dig TXT {name}")
    elif len(policies) != 1 or "include:amazonses.com" not in policies[0]:
        yield fault(
            f"SPF of {name} is {' and '.join(policies) or 'missing'}",
            f'have exactly one: {name} TXT "v=spf1 include:amazonses.com -all"',
        )
    else:
        yield ok(f"MAIL FROM {name} and its SPF record are in place")


def dmarc(deployment: Deployment) -> Iterator[Finding]:
    """Check the DMARC policy: large mailbox providers ask senders for one, whatever it says."""
    name = f"_dmarc.{deployment.stage.sender_domain}"
    texts = deployment.resolver(name, "TXT")
    policies = [text for text in texts or [] if text.startswith("v=DMARC1")]
    reports = f"; rua=mailto:{deployment.stage.dmarc_reports}" if deployment.stage.dmarc_reports else ""
    if texts is None:
        yield Finding("unknown", f"DMARC of {name}: DNS cannot be asked from here", f"dig TXT {name}")
    elif not policies:
        yield warning(f"there is no DMARC record {name}", f'set {name} TXT "v=DMARC1; p=none{reports}"')
    elif len(policies) > 1:
        yield fault(f"{name} has {len(policies)} DMARC records, so none counts", "leave one of them")
    elif "p=none" in policies[0].replace(" ", ""):
        yield warning(
            f"DMARC of {name} asks for nothing yet: {policies[0]}",
            "read its reports for some weeks, then go to p=quarantine, later to p=reject",
        )
    else:
        yield ok(f"DMARC: {policies[0]}")


def delivery_events(deployment: Deployment) -> Iterator[Finding]:
    """Check the configuration set: without it mails are refused, without its events no bounce is shown."""
    name = deployment.stage.named()
    try:
        found = deployment.client_of("sesv2").get_configuration_set(ConfigurationSetName=name)
        events = deployment.client_of("sesv2").get_configuration_set_event_destinations(ConfigurationSetName=name)
    except ClientError as error:
        if not is_missing(error):
            raise
        yield fault(f"SES has no configuration set {name}", f"make deploy STAGE={deployment.stage.name}")
        return
    if not found.get("SendingOptions", {}).get("SendingEnabled", True):
        yield fault(f"sending with the configuration set {name} is switched off", "switch it on in the SES console")
    if any(each.get("Enabled") and "EventBridgeDestination" in each for each in events.get("EventDestinations", [])):
        yield ok("deliveries, bounces and complaints are recorded")
    else:
        yield fault(f"{name} publishes no events: bounces stay unseen", f"make deploy STAGE={deployment.stage.name}")


def reputation(deployment: Deployment) -> Iterator[Finding]:
    """Check the rates by which SES judges the AWS account."""
    now = datetime.now(UTC)
    for name, limit in REVIEWED_AT.items():
        answer = deployment.client_of("cloudwatch").get_metric_statistics(
            Namespace="AWS/SES",
            MetricName=f"Reputation.{name}",
            StartTime=now - timedelta(days=1),
            EndTime=now,
            Period=3600,
            Statistics=["Average"],
        )
        points = sorted(answer.get("Datapoints", []), key=lambda point: point["Timestamp"])
        rate = points[-1]["Average"] if points else 0.0
        kind = {"BounceRate": "bounces", "ComplaintRate": "complaints"}[name]
        what = f"{rate:.2%} {kind}; SES reviews at {limit:.1%}"
        if rate >= limit / 2:
            yield warning(what, "find the account that invites wrong addresses, see the runbook of Mail" + name)
        else:
            yield ok(what)


def suppression(deployment: Deployment) -> Iterator[Finding]:
    """Check the suppression list: SES accepts mails to its addresses and does not deliver them."""
    answer = deployment.client_of("sesv2").list_suppressed_destinations(PageSize=SHOWN_SUPPRESSED)
    found = answer.get("SuppressedDestinationSummaries", [])
    bounced = sum(each["Reason"] == "BOUNCE" for each in found)
    number = f"more than {len(found)}" if answer.get("NextToken") else str(len(found))
    if bounced:
        yield warning(
            f"{number} addresses are suppressed, {bounced} of those looked at after a bounce",
            "the stage itself puts nobody on that list; lift them with "
            "aws sesv2 delete-suppressed-destination --email-address ...",
        )
    else:
        yield ok(f"suppression list: {number} addresses, none after a bounce")


def _texts(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list) else []


CHECKS: tuple[Check, ...] = (
    ("SES account", sending),
    ("Sender identity", sender),
    ("DMARC", dmarc),
    ("Configuration set", delivery_events),
    ("Reputation", reputation),
    ("Suppression list", suppression),
)
