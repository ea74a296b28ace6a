"""Stateful resources: tables, logos bucket, keys of tokens, pepper, mail identity, event bus."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_ses as ses
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.logos import logos_bucket
from infra.retention import removal_policy
from infra.stages import Stage
from infra.token_keys import TokenKeys
from shared.storage_schema import TABLES, Index, Table

MAIL_EVENTS = [
    # Without OPEN and CLICK: tracking these would rewrite the links in mails. Without SEND: `send_mail` knows it.
    ses.EmailSendingEvent.REJECT,
    ses.EmailSendingEvent.BOUNCE,
    ses.EmailSendingEvent.COMPLAINT,
    ses.EmailSendingEvent.DELIVERY,
    ses.EmailSendingEvent.DELIVERY_DELAY,
]


class DataStack(cdk.Stack):
    """Maps `tables` by the names in shared.storage_schema; `token_keys` by purpose."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage, **options: Any) -> None:
        super().__init__(scope, construct_id, **options)
        self.stage = stage
        self.removal_policy = removal_policy(stage)
        self.tables = {table.name: self._table(table) for table in TABLES}
        self.token_keys = TokenKeys(self, stage=stage, removal_policy=self.removal_policy)
        self.event_bus = events.EventBus(self, "EventBus", event_bus_name=stage.named())
        if not stage.local:
            # Subscribers can replay what they missed, without the product's help.
            archive = self.event_bus.archive(
                "Archive", event_pattern=events.EventPattern(source=["usher"]), retention=cdk.Duration.days(30)
            )
            cdk.CfnOutput(self, "ArchiveOutput", value=archive.archive_name).override_logical_id("EventArchive")
        cdk.CfnOutput(self, "EventBusOutput", value=self.event_bus.event_bus_arn).override_logical_id("EventBus")
        self.configuration_set = self._configuration_set()
        self.sender_identity = self._sender_identity()
        self.pepper = stage.pepper or self._generated_pepper()
        self.logos = logos_bucket(self, stage=stage)
        cdk.CfnOutput(self, "LogosOutput", value=self.logos.bucket_name).override_logical_id("LogosBucket")

    @property
    def configuration_set_arn(self) -> str:
        name = self.configuration_set.configuration_set_name
        return self.format_arn(service="ses", resource="configuration-set", resource_name=name)

    @property
    def identities_arn(self) -> str:
        """Return the ARN pattern of every sending identity of the AWS account."""
        return self.format_arn(service="ses", resource="identity", resource_name="*")

    def _table(self, table: Table) -> dynamodb.TableV2:
        return dynamodb.TableV2(
            self,
            table.name.capitalize(),
            table_name=self.stage.named(table.name),
            partition_key=_text(table.partition_key),
            sort_key=_text(table.sort_key) if table.sort_key else None,
            global_secondary_indexes=[_index(index) for index in table.indexes] or None,
            billing=dynamodb.Billing.on_demand(),
            encryption=dynamodb.TableEncryptionV2.aws_managed_key(),
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            dynamo_stream=_stream(table),
            time_to_live_attribute=table.time_to_live,
            deletion_protection=self.stage.keeps_data,
            removal_policy=self.removal_policy,
        )

    def _configuration_set(self) -> ses.ConfigurationSet:
        configuration_set = ses.ConfigurationSet(
            self,
            "Sending",
            configuration_set_name=self.stage.named(),
            reputation_metrics=True,
            # A mailbox that bounced may exist tomorrow; who has complained gets what they ask for, and no more.
            disable_suppression_list=True,
        )
        configuration_set.add_event_destination(
            "DeliveryEvents",
            destination=ses.EventDestination.event_bus(
                # The default bus is the only one that SES can publish to.
                events.EventBus.from_event_bus_name(self, "DefaultBus", "default")
            ),
            events=MAIL_EVENTS,
        )
        return configuration_set

    def _sender_identity(self) -> ses.EmailIdentity:
        """Create the sending identity. The domain's DNS records that verify it are outputs of this stack."""
        if self.stage.local:
            address = ses.Identity.email(self.stage.sender)
            return ses.EmailIdentity(self, "Sender", identity=address, configuration_set=self.configuration_set)
        domain = self.stage.sender_domain
        identity = ses.EmailIdentity(
            self,
            "Sender",
            identity=ses.Identity.domain(domain),
            configuration_set=self.configuration_set,
            mail_from_domain=f"bounce.{domain}",
            mail_from_behavior_on_mx_failure=ses.MailFromBehaviorOnMxFailure.REJECT_MESSAGE,
            feedback_forwarding=False,  # Events tell of bounces; nobody reads the sender's mailbox.
        )
        identity.apply_removal_policy(self.removal_policy)
        reports = f"; rua=mailto:{self.stage.dmarc_reports}" if self.stage.dmarc_reports else ""
        records = {
            **{f"Dkim{n}": f"{dkim.name} CNAME {dkim.value}" for n, dkim in enumerate(identity.dkim_records, start=1)},
            "MailFromMx": f"bounce.{domain} MX 10 feedback-smtp.{self.region}.amazonses.com",
            "MailFromSpf": f'bounce.{domain} TXT "v=spf1 include:amazonses.com -all"',
            "Dmarc": f'_dmarc.{domain} TXT "v=DMARC1; p=none{reports}"',
        }
        for name, record in records.items():
            cdk.CfnOutput(self, f"{name}Record", value=record)
        return identity

    def _generated_pepper(self) -> str:
        """Return a dynamic reference that CloudFormation resolves into the functions' environment.

        Anyone who may read a function's configuration can read the pepper. That is accepted: it only keeps ids from
        revealing addresses, and fetching it from Secrets Manager would add a call to each cold start.
        """
        secret = secretsmanager.Secret(
            self,
            "Pepper",
            description="User ids derive from it: with another value no user is found",
            generate_secret_string=secretsmanager.SecretStringGenerator(password_length=64, exclude_punctuation=True),
            removal_policy=self.removal_policy,
        )
        acknowledge(secret, {"AwsSolutions-SMG4": "a rotated pepper would change the id of every user"})
        return secret.secret_value.unsafe_unwrap()


def _stream(table: Table) -> dynamodb.StreamViewType | None:
    if not table.stream:
        return None
    views = dynamodb.StreamViewType
    return views.NEW_AND_OLD_IMAGES if table.stream_has_old_images else views.NEW_IMAGE


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)


def _index(index: Index) -> dynamodb.GlobalSecondaryIndexPropsV2:
    return dynamodb.GlobalSecondaryIndexPropsV2(
        index_name=index.name,
        partition_key=_text(index.partition_key),
        sort_key=_text(index.sort_key),
        projection_type=dynamodb.ProjectionType.KEYS_ONLY if index.keys_only else dynamodb.ProjectionType.ALL,
    )
