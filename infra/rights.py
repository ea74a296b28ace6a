"""From a row of the catalogue to the statements of its function's role: what the row names, and nothing else."""

from dataclasses import dataclass

from aws_cdk import aws_iam as iam

from infra.catalog import Function, On
from infra.data_stack import DataStack
from infra.identity_stack import IdentityStack
from infra.logos import bucket_arn
from shared.storage_schema import SERVED, UPLOADS


@dataclass(frozen=True)
class Rights:
    """Knows the ARNs that rows speak of."""

    data: DataStack
    identity: IdentityStack

    def of(self, function: Function) -> list[iam.PolicyStatement]:
        statements = [statement for on in function.tables for statement in self._on_table(on)]
        statements += [self._on_key("kms:GenerateMac", name) for name in function.generates_mac_with]
        statements += [self._on_key("kms:VerifyMac", name) for name in function.verifies_mac_with]
        if function.user_pool:
            actions = [f"cognito-idp:{action}" for action in function.user_pool]
            statements.append(_may(*actions, on=[self.identity.user_pool.user_pool_arn]))
        if function.sends_mail:
            statements += self._to_send_mail()
        if function.puts_events:
            statements.append(_may("events:PutEvents", on=[self.data.event_bus.event_bus_arn]))
        if function.keeps_logos:
            statements += self._to_keep_logos()
        if function.woken_by:
            statements.append(self._to_read_stream(function.woken_by.name))
        return statements

    def _on_table(self, on: On) -> list[iam.PolicyStatement]:
        table_arn = self.data.tables[on.table.name].table_arn
        statements = []
        if on.actions:
            statements.append(_may(*(f"dynamodb:{action}" for action in on.actions), on=[table_arn]))
        if on.query:
            statements.append(_may("dynamodb:Query", on=[f"{table_arn}/index/{index}" for index in on.query]))
        return statements

    def _on_key(self, action: str, name: str) -> iam.PolicyStatement:
        return _may(action, on=[self.data.link_keys[name].key_arn])

    def _to_send_mail(self) -> list[iam.PolicyStatement]:
        """SES judges a raw mail by both actions, and by the identity and the configuration set that it names."""
        resources = [self.data.sender_identity.email_identity_arn, self.data.configuration_set_arn]
        statements = [_may("ses:SendEmail", "ses:SendRawEmail", on=resources)]
        if self.data.stage.local:
            statements.append(_may("ses:SendEmail", on=["*"]))  # the emulator compares with nothing else
        return statements

    def _to_keep_logos(self) -> list[iam.PolicyStatement]:
        """A form lets its bearer do what its signer may: put one upload."""
        objects = bucket_arn(self.data, stage=self.data.stage)
        return [
            _may("s3:GetObject", "s3:PutObject", on=[f"{objects}/{UPLOADS}*"]),
            _may("s3:PutObject", "s3:DeleteObject", on=[f"{objects}/{SERVED}*"]),
        ]

    def _to_read_stream(self, table: str) -> iam.PolicyStatement:
        actions = ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
        stream_arn = self.data.tables[table].table_stream_arn
        if stream_arn is None:
            raise ValueError(f"{table} has no stream that could wake a function")
        return _may(*(f"dynamodb:{action}" for action in actions), on=[stream_arn])


def _may(*actions: str, on: list[str]) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=list(actions), resources=on)
