"""Checks of what opening the console and signing in need: stacks, pool, certificate, DNS, web ACLs, quotas, streams."""

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from infra.catalog import CATALOG
from infra.diagnosis.findings import Check, Deployment, Finding, fault, is_missing, ok, warning
from infra.stages import EDGE_REGION
from shared.api.authentication import OPERATORS

WHOLE = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE", "IMPORT_ROLLBACK_COMPLETE"}
UNRESERVED = 100  # AWS keeps as many concurrent executions for functions that reserve none


def stacks(deployment: Deployment) -> Iterator[Finding]:
    """Check that all stacks are there and whole."""
    for part in deployment.stage.stacks:
        status = _stack(deployment, part).get("StackStatus", "missing")
        what = f"stack {deployment.stage.named(part)}: {status}"
        if status in WHOLE:
            yield ok(what)
        elif status == "UPDATE_ROLLBACK_COMPLETE":
            yield warning(
                f"{what}, the last update failed and was rolled back",
                f"see its events in CloudFormation, mend the cause, then {_deploy(deployment)}",
            )
        elif status.endswith("IN_PROGRESS") and status != "REVIEW_IN_PROGRESS":
            yield warning(what, "wait for its end; a first deployment waits for the certificates")
        else:
            yield fault(what, _cure(deployment, part, status))


def _cure(deployment: Deployment, part: str, status: str) -> str:
    """Return what brings a stack out of the status, in which CloudFormation may refuse every update."""
    name, region = deployment.stage.named(part), EDGE_REGION if part == "edge" else deployment.stage.region
    match status:
        case "UPDATE_ROLLBACK_FAILED":
            rollback = f"aws cloudformation continue-update-rollback --region {region} --stack-name {name}"
            return f"mend what its events in CloudFormation name, {rollback}, then {_deploy(deployment)}"
        case "CREATE_FAILED" | "ROLLBACK_FAILED" | "ROLLBACK_COMPLETE":
            return f'see "A first deployment that fails" in docs/operations.md, then {_deploy(deployment)}'
        case "DELETE_FAILED":
            return f"mend what its events in CloudFormation name, delete it once more, then {_deploy(deployment)}"
    return _deploy(deployment)


def _deploy(deployment: Deployment) -> str:
    return f"make deploy STAGE={deployment.stage.name}"


def user_pool(deployment: Deployment) -> Iterator[Finding]:
    """Check the user pool's settings, and that there is someone who can open an account."""
    pool_id = _outputs(deployment, "identity").get("UserPoolId")
    if not pool_id:
        yield fault("there is no user pool", f"make deploy STAGE={deployment.stage.name}")
        return
    cognito = deployment.client_of("cognito-idp")
    pool = cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]
    if pool.get("AdminCreateUserConfig", {}).get("AllowAdminCreateUserOnly"):
        yield ok(f"user pool {pool_id}: people come by invitation alone")
    else:
        yield fault(f"anybody may sign up in the user pool {pool_id}", f"make deploy STAGE={deployment.stage.name}")
    least = pool.get("Policies", {}).get("PasswordPolicy", {}).get("MinimumLength")
    if least != deployment.stage.password.min_length:
        yield fault(
            f"the user pool asks for {least} characters, the stage for {deployment.stage.password.min_length}",
            f"make deploy STAGE={deployment.stage.name}",
        )
    if cognito.list_users_in_group(UserPoolId=pool_id, GroupName=OPERATORS, Limit=1).get("Users"):
        yield ok("there is an operator")
    else:
        yield fault("nobody can open an account: there is no operator", "make operator STAGE=... EMAIL=...")


def certificate(deployment: Deployment) -> Iterator[Finding]:
    """Check the certificates of the console's domain and of the API's name."""
    domain = deployment.stage.domain
    if not domain:
        yield ok("certificate: CloudFront's own, since the stage names no domain")
        return
    yield from _certificate_of(domain, deployment, region=EDGE_REGION)
    yield from _certificate_of(f"api.{domain}", deployment, region=deployment.stage.region)


def _certificate_of(domain: str, deployment: Deployment, *, region: str) -> Iterator[Finding]:
    acm = deployment.client_of("acm", region=region)
    listed = acm.list_certificates(
        CertificateStatuses=["PENDING_VALIDATION", "ISSUED", "EXPIRED", "FAILED"], MaxItems=1000
    )
    mine = [each for each in listed.get("CertificateSummaryList", []) if each["DomainName"] == domain]
    if not mine:
        yield fault(f"there is no certificate for {domain}", f"make deploy STAGE={deployment.stage.name}")
    details = [acm.describe_certificate(CertificateArn=each["CertificateArn"])["Certificate"] for each in mine]
    issued = [each for each in details if each["Status"] == "ISSUED"]
    for found in issued[:1] or details:
        yield from _judged(domain, found)


def _judged(domain: str, found: dict[str, Any]) -> Iterator[Finding]:
    waiting = [each for each in found.get("DomainValidationOptions", []) if each.get("ValidationStatus") != "SUCCESS"]
    records = [each["ResourceRecord"] for each in waiting if "ResourceRecord" in each]
    set_them = "set " + "; ".join(f"{each['Name']} {each['Type']} {each['Value']}" for each in records)
    status, renewal = found["Status"], found.get("RenewalSummary", {}).get("RenewalStatus")
    if status != "ISSUED":
        yield fault(f"the certificate of {domain} is {status}", set_them if records else "delete it and deploy again")
    elif renewal in ("PENDING_VALIDATION", "FAILED"):
        yield fault(
            f"the certificate of {domain} cannot be renewed ({renewal})", f"put its DNS records back: {set_them}"
        )
    else:
        yield ok(f"the certificate of {domain} is issued")


def names(deployment: Deployment) -> Iterator[Finding]:
    """Check that the names of the console and of the API are in DNS, and where the records are kept."""
    domain = deployment.stage.domain
    if not domain:
        return
    for name, leads_to in ((domain, "CloudFront"), (f"api.{domain}", "API Gateway")):
        addresses = deployment.resolver(name, "A")
        if addresses is None:
            yield Finding("unknown", f"{name}: DNS cannot be asked from here", f"dig {name}")
        elif addresses:
            yield ok(f"{name} is in DNS")
        else:
            yield fault(f"{name} is not in DNS", f"point it at {leads_to}, see the outputs of make deploy")
    yield from _hosted_zone(deployment, domain)


def _hosted_zone(deployment: Deployment, domain: str) -> Iterator[Finding]:
    """Say where the domain's records are kept: in a zone of this account that the world asks, or elsewhere."""
    labels = domain.split(".")
    zones = deployment.client_of("route53", region=EDGE_REGION).list_hosted_zones().get("HostedZones", [])
    public = {each["Name"].rstrip("."): each["Id"] for each in zones if not each.get("Config", {}).get("PrivateZone")}
    name = next((each for n in range(len(labels) - 1) if (each := ".".join(labels[n:])) in public), None)
    if name is None:
        yield ok(f"no hosted zone of this AWS account holds {domain}: its records are set elsewhere")
        return
    zone = deployment.client_of("route53", region=EDGE_REGION).get_hosted_zone(Id=public[name])
    servers = {server.rstrip(".").lower() for server in zone["DelegationSet"]["NameServers"]}
    delegated_to = deployment.resolver(name, "NS")
    if delegated_to is None:
        yield Finding("unknown", f"delegation of {name}: DNS cannot be asked from here", f"dig NS {name}")
    elif servers & {server.lower() for server in delegated_to}:
        yield ok(f"hosted zone {name} is the one that the world asks")
    else:
        yield fault(
            f"hosted zone {name} exists, but DNS does not delegate to it",
            f"set these name servers at the registrar or in the parent zone: {', '.join(sorted(servers))}",
        )


def web_acls(deployment: Deployment) -> Iterator[Finding]:
    """Check that web ACLs stand in front of CloudFront and of the user pool's public API."""
    stage = deployment.stage
    if not stage.waf:
        yield warning(
            "no web ACL: anyone may call the pool's public API without limit",
            "set waf = true where people are real",
        )
        return
    pool_id = _outputs(deployment, "identity").get("UserPoolId")
    domain_name = _outputs(deployment, "web").get("SiteName")
    if pool_id:
        arn = deployment.client_of("cognito-idp").describe_user_pool(UserPoolId=pool_id)["UserPool"]["Arn"]
        guarded = deployment.client_of("wafv2").get_web_acl_for_resource(ResourceArn=arn).get("WebACL")
        yield _acl("user pool", is_there=bool(guarded), stage=stage.name)
    if domain_name:
        pages = deployment.client_of("cloudfront").get_paginator("list_distributions").paginate()
        items = [item for page in pages for item in page["DistributionList"].get("Items", [])]
        acl = next((item.get("WebACLId") for item in items if item["DomainName"] == domain_name), None)
        yield _acl("CloudFront distribution", is_there=bool(acl), stage=stage.name)


def _acl(what: str, *, is_there: bool, stage: str) -> Finding:
    if is_there:
        return ok(f"the {what} has its web ACL")
    return fault(f"the {what} has no web ACL", f"make deploy STAGE={stage}")


def quotas(deployment: Deployment) -> Iterator[Finding]:
    """Check the concurrent executions of the AWS account, of which the stage may reserve a part."""
    limits = deployment.client_of("lambda").get_account_settings()["AccountLimit"]
    limit = limits["ConcurrentExecutions"]
    reserved = (deployment.stage.public_concurrency or 0) * sum(function.public for function in CATALOG)
    what = f"Lambda: {limit:,} concurrent executions, {reserved:,} of them reserved by this stage"
    if reserved and reserved + UNRESERVED > limit:
        yield fault(what, "ask for 1,000 (Service Quotas, AWS Lambda), or take public_concurrency out of the stage")
    elif limit < UNRESERVED:
        yield warning(what, "ask for 1,000 (Service Quotas, AWS Lambda): a few people at once are throttled")
    else:
        yield ok(what)


def streams(deployment: Deployment) -> Iterator[Finding]:
    """Check that functions read the streams that the tables have: a table that was replaced has another one."""
    stage = deployment.stage
    dynamodb, functions = deployment.client_of("dynamodb"), deployment.client_of("lambda")
    for row in CATALOG:
        if row.stream_source is None:
            continue
        table = stage.named(row.stream_source.name)
        stream = dynamodb.describe_table(TableName=table)["Table"].get("LatestStreamArn")
        mappings = functions.list_event_source_mappings(FunctionName=stage.named(row.name))["EventSourceMappings"]
        if any(each["EventSourceArn"] == stream and each["State"] == "Enabled" for each in mappings):
            yield ok(f"{row.name} reads the changes of {table}")
        else:
            yield fault(
                f"{row.name} does not read the changes of {table}",
                "enable its event source mapping, or point it at the table's stream",
            )


def alarm_mails(deployment: Deployment) -> Iterator[Finding]:
    """Check that the alarms reach someone: they do once the subscription has been confirmed."""
    stage = deployment.stage
    if not (stage.alarms and stage.alarm_mail):
        yield warning("nobody hears the alarms", "set alarms = true and alarm_mail in the stage")
        return
    topic = _outputs(deployment, "service").get("AlarmsTopic")
    if topic is None:
        yield fault("the topic of the alarms is missing", f"make deploy STAGE={stage.name}")
        return
    subscribed = deployment.client_of("sns").list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    mine = [each["SubscriptionArn"] for each in subscribed if each["Endpoint"] == stage.alarm_mail]
    if any(arn.startswith("arn:") for arn in mine):
        yield ok(f"alarms are mailed to {stage.alarm_mail}")
    else:
        yield fault(f"{stage.alarm_mail} has not confirmed the alarms", "follow the link in the mail from AWS SNS")


def _stack(deployment: Deployment, part: str) -> dict[str, Any]:
    """Return a stack's description, empty if there is none."""
    cloudformation = deployment.client_of("cloudformation", region=EDGE_REGION if part == "edge" else None)
    try:
        found = cloudformation.describe_stacks(StackName=deployment.stage.named(part))["Stacks"]
    except ClientError as error:
        if is_missing(error):
            return {}
        raise
    return dict(found[0])


def _outputs(deployment: Deployment, part: str) -> dict[str, str]:
    return {each["OutputKey"]: each["OutputValue"] for each in _stack(deployment, part).get("Outputs", [])}


CHECKS: tuple[Check, ...] = (
    ("Stacks", stacks),
    ("User pool", user_pool),
    ("Certificate", certificate),
    ("Names in DNS", names),
    ("Web ACLs", web_acls),
    ("Lambda quota", quotas),
    ("Streams", streams),
    ("Alarm mails", alarm_mails),
)
