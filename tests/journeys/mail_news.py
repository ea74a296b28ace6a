"""What SES would tell of a mail; the emulator tells nothing, so these events are recorded ones."""

import json

from tests.factories import news_of
from tests.journeys.emulator import Emulator, Row
from tests.journeys.stack import LocalStack


def report_delivery(emulator: Emulator, stack: LocalStack, user: Row, event_type: str) -> None:
    """SES wakes the function, which acts with its own role."""
    [mail] = emulator.mails(user, "invitation")
    answer = emulator.client("lambda").invoke(
        FunctionName=stack.told["resources"]["functions"]["track_delivery"],
        Payload=json.dumps(news_of(mail["mail_id"], event_type)).encode(),
    )
    assert "FunctionError" not in answer, answer["Payload"].read()
