"""The KMS keys of signed tokens: one for each purpose and version."""

import aws_cdk as cdk
from aws_cdk import aws_kms as kms

from infra.stages import Stage
from shared.domain.model.signed_tokens import TokenPurpose


class TokenKeys:
    """The keys of a stage, in its data stack; every version stays there, whether functions still use it or not.

    Their ARNs are exported for good: CloudFormation refuses to remove an export that another stack still imports, as it
    does until that stack is deployed without the old key.
    """

    def __init__(self, stack: cdk.Stack, *, stage: Stage, removal_policy: cdk.RemovalPolicy) -> None:
        self._stack = stack
        self._versions = stage.token_keys
        self._keys = {
            purpose: {
                version: self._key(purpose, version, alias=stage.named(purpose, str(version)), policy=removal_policy)
                for version in range(1, self._versions[purpose].newest + 1)
            }
            for purpose in TokenPurpose
        }
        for purpose in TokenPurpose:
            output = cdk.CfnOutput(stack, f"{purpose}Output", value=self.for_verifying(purpose))
            output.override_logical_id(f"{_camel_case(purpose)}Keys")

    def signing_key(self, purpose: str) -> str:
        """Return the ARN of the newest key."""
        purpose = TokenPurpose(purpose)
        return self._keys[purpose][self._versions[purpose].newest].key_arn

    def verifying_keys(self, purpose: str) -> list[str]:
        """Return the ARNs of the keys whose tokens are accepted, oldest first."""
        purpose = TokenPurpose(purpose)
        return [self._keys[purpose][version].key_arn for version in self._versions[purpose].accepted]

    @property
    def all_arns(self) -> list[str]:
        """Return the ARNs of all keys, also of retired ones."""
        return [key.key_arn for versions in self._keys.values() for key in versions.values()]

    def for_signing(self, purpose: str) -> str:
        """Return the setting of a function that signs: `<version>=<ARN>` of the newest key."""
        return f"{self._versions[TokenPurpose(purpose)].newest}={self.signing_key(purpose)}"

    def for_verifying(self, purpose: str) -> str:
        """Return the setting of a function that verifies: `<version>=<ARN>,...` of all accepted keys."""
        versions = self._versions[TokenPurpose(purpose)].accepted
        return ",".join(f"{version}={arn}" for version, arn in zip(versions, self.verifying_keys(purpose), strict=True))

    def _key(self, purpose: str, version: int, *, alias: str, policy: cdk.RemovalPolicy) -> kms.Key:
        key = kms.Key(
            self._stack,
            f"{_camel_case(purpose)}Key{version}",
            description=f"Signs tokens of {purpose}, version {version}",
            alias=alias,
            key_spec=kms.KeySpec.HMAC_256,
            key_usage=kms.KeyUsage.GENERATE_VERIFY_MAC,
            removal_policy=policy,
        )
        self._stack.export_value(key.key_arn)
        return key


def _camel_case(purpose: str) -> str:
    return "".join(word.capitalize() for word in purpose.split("_"))
