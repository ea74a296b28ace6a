import base64

import pytest

from shared.domain.model import errors, invitation_tokens
from shared.domain.model.invitation_tokens import Channel, Link
from tests.domain_factories import LEE

MAC = bytes(range(32))
CANONICAL = f"v1.ab123.{LEE}.1.mailed.{base64.urlsafe_b64encode(MAC).decode().rstrip('=')}"


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("generation", [1, 10, 999_999_999])
def test_a_token_says_what_its_link_says(channel: Channel, generation: int) -> None:
    link = Link("ab12345678", LEE, generation, channel)

    found, mac = invitation_tokens.parse(link.token(MAC))

    assert (found, mac) == (link, MAC)


def test_only_a_mailed_link_proves_the_mailbox() -> None:
    mailed = [Link("ab123", LEE, 1, channel).is_mailed for channel in (Channel.MAILED, Channel.COPIED)]

    assert mailed == [True, False]


def test_everything_that_a_link_says_is_signed() -> None:
    said = [
        Link("ab123", LEE, 1, Channel.MAILED),
        Link("ab124", LEE, 1, Channel.MAILED),
        Link("ab123", LEE[:-1] + "a", 1, Channel.MAILED),
        Link("ab123", LEE, 2, Channel.MAILED),
        Link("ab123", LEE, 1, Channel.COPIED),
    ]

    messages = [link.message for link in said]

    assert messages[0] == f"v1.ab123.{LEE}.1.mailed"
    assert len(set(messages)) == len(said)


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
        CANONICAL.replace("v1", "v2"),
        CANONICAL.replace("v1", "V1"),
        CANONICAL.replace("v1.", ""),
        CANONICAL.replace("ab123", "AB123"),
        CANONICAL.replace("ab123", "ab12"),
        CANONICAL.replace("ab123", "ab123456789"),
        CANONICAL.replace("ab123", "ab\u0661\u0662\u0663"),
        CANONICAL.replace("ab123", "\u0430b123"),
        CANONICAL.replace(LEE, LEE[:-1]),
        CANONICAL.replace(LEE, LEE.upper()),
        CANONICAL.replace(LEE, LEE[:-1] + "1"),
        CANONICAL.replace(".1.", ".0."),
        CANONICAL.replace(".1.", ".01."),
        CANONICAL.replace(".1.", ".+1."),
        CANONICAL.replace(".1.", ".-1."),
        CANONICAL.replace(".1.", ".1_0."),
        CANONICAL.replace(".1.", ".\u0661."),
        CANONICAL.replace(".1.", ".1000000000."),
        CANONICAL.replace("mailed", "posted"),
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
def test_what_is_no_token_is_not_found(token: str) -> None:
    with pytest.raises(errors.InvitationNotFound) as refused:
        invitation_tokens.parse(token)

    assert (str(refused.value), refused.value.details) == (errors.InvitationNotFound.sentence, {})
