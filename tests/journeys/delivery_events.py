"""Delivery events of a mail: recorded ones, as the emulator of SES sends none."""

import json

from tests.delivery_events import delivery_event
from tests.journeys.emulator import Emulator, Row
from tests.journeys.stack import LocalStack


def report_delivery(emulator: Emulator, stack: LocalStack, user: Row, event_type: str) -> None:
    """Wake the function as SES would; it acts with its own role."""
    [mail] = emulator.mails(user, "invitation")
    answer = emulator.client("lambda").invoke(
        FunctionName=stack.told["resources"]["functions"]["track_delivery"],
        Payload=json.dumps(delivery_event(mail["mail_id"], event_type)).encode(),
    )
    assert "FunctionError" not in answer, answer["Payload"].read()
