"""Build the IAM statements of a function's role from its row in the catalogue, least privilege."""

from dataclasses import dataclass

from aws_cdk import aws_iam as iam

from infra.catalog import Function, TableAccess
from infra.data_stack import DataStack
from infra.identity_stack import IdentityStack
from infra.logos import bucket_arn
from shared.storage_schema import SERVED, UPLOADS


@dataclass(frozen=True)
class IamPolicies:
    """Resolves the names in catalogue rows to ARNs."""

    data: DataStack
    identity: IdentityStack

    def statements(self, function: Function) -> list[iam.PolicyStatement]:
        """Return the statements for everything that the row names, and nothing else."""
        statements = [each for access in function.tables for each in self._on_table(access)]
        keys = self.data.token_keys
        statements += [_allow("kms:GenerateMac", on=[keys.signing_key(each)]) for each in function.generates_mac_with]
        statements += [_allow("kms:VerifyMac", on=keys.verifying_keys(each)) for each in function.verifies_mac_with]
        if function.user_pool:
            actions = [f"cognito-idp:{action}" for action in function.user_pool]
            statements.append(_allow(*actions, on=[self.identity.user_pool.user_pool_arn]))
        if function.sends_mail:
            statements += self._to_send_mail()
        if function.puts_events:
            statements.append(_allow("events:PutEvents", on=[self.data.event_bus.event_bus_arn]))
        if function.manages_logos:
            statements += self._to_manage_logos()
        if function.deletes_logos:
            objects = bucket_arn(self.data, stage=self.data.stage)
            statements.append(_allow("s3:DeleteObject", on=[f"{objects}/{SERVED}*"]))
        if function.stream_source:
            statements.append(self._to_read_stream(function.stream_source.name))
        return statements

    def _on_table(self, access: TableAccess) -> list[iam.PolicyStatement]:
        table_arn = self.data.tables[access.table.name].table_arn
        statements = []
        if access.actions:
            statements.append(_allow(*(f"dynamodb:{action}" for action in access.actions), on=[table_arn]))
        if access.query:
            statements.append(_allow("dynamodb:Query", on=[f"{table_arn}/index/{index}" for index in access.query]))
        return statements

    def _to_send_mail(self) -> list[iam.PolicyStatement]:
        """Allow raw mail from the sender's address alone: SES checks both actions.

        It checks them on the configuration set, on the sender's identity and, in the sandbox, on the recipient's.
        """
        statement = _allow(
            "ses:SendEmail", "ses:SendRawEmail", on=[self.data.identities_arn, self.data.configuration_set_arn]
        )
        statement.add_condition("StringEquals", {"ses:FromAddress": self.data.stage.sender})
        statements = [statement]
        if self.data.stage.local:
            statements.append(_allow("ses:SendEmail", on=["*"]))  # the emulator matches no other resource
        return statements

    def _to_manage_logos(self) -> list[iam.PolicyStatement]:
        """Allow the logo objects. A presigned form carries its signer's rights, hence PutObject on uploads."""
        objects = bucket_arn(self.data, stage=self.data.stage)
        return [
            _allow("s3:GetObject", "s3:PutObject", on=[f"{objects}/{UPLOADS}*"]),
            _allow("s3:PutObject", "s3:DeleteObject", on=[f"{objects}/{SERVED}*"]),
        ]

    def _to_read_stream(self, table: str) -> iam.PolicyStatement:
        actions = ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
        stream_arn = self.data.tables[table].table_stream_arn
        if stream_arn is None:
            raise ValueError(f"{table} has no stream")
        return _allow(*(f"dynamodb:{action}" for action in actions), on=[stream_arn])


def _allow(*actions: str, on: list[str]) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=list(actions), resources=on)
