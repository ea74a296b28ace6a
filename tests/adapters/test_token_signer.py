from collections.abc import Callable
from typing import NamedTuple, Self

import pytest

from shared.adapters import token_signer
from shared.adapters.token_signer import TokenSigner, open_token_signer
from shared.domain.model import errors, signed_tokens
from shared.domain.model.invitation_tokens import Channel, InvitationToken
from shared.domain.model.signed_tokens import SignedToken
from shared.settings import Settings, settings
from tests import aws_fixture
from tests.domain_factories import LEE_ID
from tests.functions.faults import counting

MAILED, COPIED = (InvitationToken("ab123", LEE_ID, 1, channel) for channel in (Channel.MAILED, Channel.COPIED))
Rotate = Callable[[str], None]


@pytest.fixture
def rotate(monkeypatch: pytest.MonkeyPatch) -> Rotate:
    """Give the purpose of mailed links other keys, as a deployment does."""

    def set_keys(keys: str) -> None:
        changed = Settings()
        vars(changed)["invitation_mailed_keys"] = keys
        monkeypatch.setattr(token_signer, "settings", lambda: changed)

    return set_keys


def with_mac(content: InvitationToken, key_arn: str) -> str:
    """A token made past the product with any key."""
    signed = content.to_sign(key_version=1)
    message = signed.message.encode()
    answer = aws_fixture.kms.generate_mac(KeyId=key_arn, MacAlgorithm="HMAC_SHA_256", Message=message)
    return signed.encode(answer["Mac"])


def test_the_same_content_has_one_token_from_which_it_is_read_back() -> None:
    signer = open_token_signer()

    tokens = {signer.sign(MAILED), signer.sign(MAILED)}

    assert len(tokens) == 1
    assert signer.verify(tokens.pop()) == MAILED


def test_mailed_and_copied_tokens_are_signed_by_different_keys() -> None:
    signer = open_token_signer()
    mailed, copied = signer.sign(MAILED), signer.sign(COPIED)

    forged = [mailed.replace("mailed", "copied"), copied.replace("copied", "mailed")]

    assert (signer.verify(mailed), signer.verify(copied)) == (MAILED, COPIED)
    for token in forged:
        with pytest.raises(errors.InvitationNotFound):
            signer.verify(token)


@pytest.mark.parametrize(
    "other",
    [
        InvitationToken("ab124", LEE_ID, 1, Channel.MAILED),
        InvitationToken("ab123", LEE_ID[:-1] + "m", 1, Channel.MAILED),
        InvitationToken("ab123", LEE_ID, 2, Channel.MAILED),
        InvitationToken("ab123", LEE_ID, 11, Channel.MAILED),
    ],
)
def test_a_mac_verifies_its_own_content_alone(other: InvitationToken) -> None:
    signer = open_token_signer()
    mac = signer.sign(MAILED).rpartition(".")[2]

    with pytest.raises(errors.InvitationNotFound):
        signer.verify(f"{other.to_sign(key_version=1).message}.{mac}")


def test_text_without_the_form_of_a_token_costs_no_request() -> None:
    with counting("kms") as asked, pytest.raises(errors.InvitationNotFound):
        open_token_signer().verify("nonsense")

    assert asked == []


def test_the_key_of_mailed_tokens_makes_no_copied_one() -> None:
    mailed_key = settings().invitation_mailed_keys.removeprefix("1=")

    with pytest.raises(errors.InvitationNotFound):
        open_token_signer().verify(with_mac(COPIED, mailed_key))


# ---- rotation ----


def test_while_two_keys_live_the_newest_signs_and_both_verify(rotate: Rotate) -> None:
    signer, first = open_token_signer(), settings().invitation_mailed_keys
    old = signer.sign(MAILED)

    rotate(f"{first},2={aws_fixture.hmac_key()}")
    new = signer.sign(MAILED)

    assert (old.partition(".")[0], new.partition(".")[0]) == ("v1", "v2")
    assert (signer.verify(old), signer.verify(new)) == (MAILED, MAILED)


def test_a_function_that_knows_the_newest_key_alone_signs_with_it(rotate: Rotate) -> None:
    rotate(f"7={aws_fixture.hmac_key()}")

    assert open_token_signer().sign(MAILED).startswith("v7.ab123.")


def test_a_token_of_a_retired_key_is_refused_without_a_request(rotate: Rotate) -> None:
    signer = open_token_signer()
    old = signer.sign(MAILED)

    rotate(f"2={aws_fixture.hmac_key()}")

    with counting("kms") as asked, pytest.raises(errors.InvitationNotFound):
        signer.verify(old)
    assert asked == []


def test_a_token_of_one_key_is_not_one_of_another(rotate: Rotate) -> None:
    signer, first = open_token_signer(), settings().invitation_mailed_keys
    rotate(f"{first},2={aws_fixture.hmac_key()}")
    new = signer.sign(MAILED)

    with pytest.raises(errors.InvitationNotFound):
        signer.verify(new.replace("v2.", "v1."))


@pytest.mark.parametrize("key_version", [2, 3, 999])
def test_every_token_that_is_not_genuine_is_refused_alike(key_version: int) -> None:
    signer = open_token_signer()
    genuine = signer.sign(MAILED)
    forged = [
        genuine.replace("v1.", f"v{key_version}."),
        genuine.replace(".1.", ".2."),
        "nonsense",
    ]

    refusals = []
    for token in forged:
        with pytest.raises(errors.InvitationNotFound) as refused:
            signer.verify(token)
        refusals.append((type(refused.value), str(refused.value), refused.value.details))

    assert refusals == [(errors.InvitationNotFound, errors.InvitationNotFound.sentence, {})] * 3


# ---- another purpose ----


class OtherToken(NamedTuple):
    """A stand-in content, with a form and a refusal of its own."""

    identity_id: str
    attempt: int

    @property
    def page(self) -> str:
        return "recover"

    @property
    def purpose(self) -> str:
        return "recovery"

    def to_sign(self, *, key_version: int) -> SignedToken:
        return SignedToken(self.purpose, self.identity_id, self.attempt, key_version)

    @classmethod
    def parse(cls, token: str) -> tuple[Self, SignedToken, bytes]:
        try:
            signed, mac = signed_tokens.parse(token, purposes=["recovery"])
        except ValueError as error:
            raise cls.refusal() from error
        return cls(signed.subject, signed.version), signed, mac

    @classmethod
    def refusal(cls) -> Exception:
        return errors.Unauthorized()


def test_another_purpose_needs_no_other_signer(monkeypatch: pytest.MonkeyPatch) -> None:
    class KeySettings(NamedTuple):
        recovery_keys: str
        invitation_mailed_keys: str
        console_url: str = "https://console.example"

    key = aws_fixture.hmac_key()
    monkeypatch.setattr(token_signer, "settings", lambda: KeySettings(f"3={key}", f"3={key}"))
    signer = TokenSigner(OtherToken)
    content = OtherToken("i" * 26, 4)

    url = signer.url(content)

    page, _, token = url.partition("#")
    assert page == "https://console.example/recover"
    assert token.startswith(f"v3.{'i' * 26}.4.recovery.")
    assert signer.verify(token) == content
    for foreign in (token.replace(".4.", ".5."), open_token_signer().sign(MAILED)):
        with pytest.raises(errors.Unauthorized):
            signer.verify(foreign)
