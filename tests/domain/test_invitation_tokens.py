import base64

import pytest

from shared.domain.model import errors
from shared.domain.model.invitation_tokens import Channel, InvitationToken
from tests.domain_factories import BEA_ID, LEE_ID

MAC = bytes(range(32))
CANONICAL = f"v1.ab123.{LEE_ID}.1.mailed.{base64.urlsafe_b64encode(MAC).decode().rstrip('=')}"


@pytest.mark.parametrize("copier", [None, BEA_ID])
@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("generation", [1, 10, 999_999_999])
@pytest.mark.parametrize("key_version", [1, 2, 999])
def test_a_parsed_token_is_the_one_that_was_encoded(
    channel: Channel, generation: int, key_version: int, copier: str | None
) -> None:
    content = InvitationToken("ab12345678", LEE_ID, generation, channel, copier)
    signed = content.to_sign(key_version=key_version)

    parsed = InvitationToken.parse(signed.encode(MAC))

    assert parsed == (content, signed, MAC)
    subject = f"ab12345678.{LEE_ID}.{copier}" if copier else f"ab12345678.{LEE_ID}"
    assert signed == (f"invitation_{channel}", subject, generation, key_version)


def test_only_a_mailed_token_proves_the_mailbox() -> None:
    mailed = [InvitationToken("ab123", LEE_ID, 1, channel).is_mailed for channel in (Channel.MAILED, Channel.COPIED)]

    assert mailed == [True, False]


def test_every_part_of_a_token_is_signed() -> None:
    contents = [
        InvitationToken("ab123", LEE_ID, 1, Channel.MAILED),
        InvitationToken("ab124", LEE_ID, 1, Channel.MAILED),
        InvitationToken("ab123", LEE_ID[:-1] + "a", 1, Channel.MAILED),
        InvitationToken("ab123", LEE_ID, 2, Channel.MAILED),
        InvitationToken("ab123", LEE_ID, 1, Channel.COPIED),
        InvitationToken("ab123", LEE_ID, 1, Channel.COPIED, BEA_ID),
    ]

    messages = [content.to_sign(key_version=1).message for content in contents]

    assert messages[0] == f"v1.ab123.{LEE_ID}.1.mailed"
    assert len(set(messages)) == len(contents)


def test_the_first_key_signs_the_form_that_all_tokens_had() -> None:
    content = InvitationToken("ab123", LEE_ID, 1, Channel.MAILED)

    token = content.to_sign(key_version=1).encode(MAC)

    assert token == CANONICAL


@pytest.mark.parametrize(
    "token",
    [
        "",
        " ",
        "v1",
        CANONICAL[:-1],
        CANONICAL + "A",
        CANONICAL + "=",
        CANONICAL + "\n",
        " " + CANONICAL,
        CANONICAL.replace("v1", "v0"),
        CANONICAL.replace("v1", "v01"),
        CANONICAL.replace("v1", "v1000"),
        CANONICAL.replace("v1", "v\u0661"),
        CANONICAL.replace("v1", "V1"),
        CANONICAL.replace("v1.", ""),
        CANONICAL.replace("ab123", "AB123"),
        CANONICAL.replace("ab123", "ab12"),
        CANONICAL.replace("ab123", "ab123456789"),
        CANONICAL.replace("ab123", "ab\u0661\u0662\u0663"),
        CANONICAL.replace("ab123", "\u0430b123"),
        CANONICAL.replace(LEE_ID, LEE_ID[:-1]),
        CANONICAL.replace(LEE_ID, LEE_ID.upper()),
        CANONICAL.replace(LEE_ID, LEE_ID[:-1] + "1"),
        CANONICAL.replace(".1.", ".0."),
        CANONICAL.replace(".1.", ".01."),
        CANONICAL.replace(".1.", ".+1."),
        CANONICAL.replace(".1.", ".-1."),
        CANONICAL.replace(".1.", ".1_0."),
        CANONICAL.replace(".1.", ".\u0661."),
        CANONICAL.replace(".1.", ".1000000000."),
        CANONICAL.replace("mailed", "posted"),
        CANONICAL.replace("mailed", "recovery"),
        CANONICAL.replace("mailed", "Mailed"),
        CANONICAL.replace("mailed", ""),
        CANONICAL[:-1] + "+",
        CANONICAL[:-1] + chr(ord(CANONICAL[-1]) + 1),  # Which would be decoded to the same bytes.
        CANONICAL[:-1] + "\u00e9",
        CANONICAL.replace(".", "/"),
        CANONICAL + "." + CANONICAL,
        "\0" * 100,
    ],
)
def test_text_that_is_no_token_is_not_found(token: str) -> None:
    with pytest.raises(errors.InvitationNotFound) as refused:
        InvitationToken.parse(token)

    assert (str(refused.value), refused.value.details) == (errors.InvitationNotFound.sentence, {})
