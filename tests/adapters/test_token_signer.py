import pytest

from shared.adapters.token_signer import open_token_signer
from shared.domain.model import errors
from shared.domain.model.invitation_tokens import Channel, Link
from shared.settings import settings
from tests import aws_fixture
from tests.domain_factories import LEE
from tests.functions.faults import counting

MAILED, COPIED = (Link("ab123", LEE, 1, channel) for channel in (Channel.MAILED, Channel.COPIED))


def test_a_link_has_one_token_which_says_it() -> None:
    signer = open_token_signer()

    tokens = {signer.sign(MAILED), signer.sign(MAILED)}

    assert len(tokens) == 1
    assert signer.verify(tokens.pop()) == MAILED


def test_the_mailed_and_the_copied_link_are_made_with_different_keys() -> None:
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
        Link("ab124", LEE, 1, Channel.MAILED),
        Link("ab123", LEE[:-1] + "m", 1, Channel.MAILED),
        Link("ab123", LEE, 2, Channel.MAILED),
        Link("ab123", LEE, 11, Channel.MAILED),
    ],
)
def test_a_mac_is_good_for_its_own_link_alone(other: Link) -> None:
    signer = open_token_signer()
    mac = signer.sign(MAILED).rpartition(".")[2]

    with pytest.raises(errors.InvitationNotFound):
        signer.verify(f"{other.message}.{mac}")


def test_what_has_not_even_the_form_of_a_token_asks_nobody() -> None:
    with counting("kms") as asked, pytest.raises(errors.InvitationNotFound):
        open_token_signer().verify("nonsense")

    assert asked == []


def test_the_key_of_mailed_links_makes_no_copied_one() -> None:
    mailed_key = settings().mailed_link_key
    answer = aws_fixture.kms.generate_mac(
        KeyId=mailed_key, MacAlgorithm="HMAC_SHA_256", Message=COPIED.message.encode()
    )

    with pytest.raises(errors.InvitationNotFound):
        open_token_signer().verify(COPIED.token(answer["Mac"]))
