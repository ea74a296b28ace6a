"""Make the events with which SES reports what became of a mail."""

import json
from typing import Any

from infra.paths import ROOT
from tests.factories import LEE_ADDRESS


def delivery_event(mail_id: str, event_type: str, **fields: str) -> dict[str, Any]:
    """Return the event with which SES reports on a mail; `fields` replace those of this bounce or complaint."""
    event: dict[str, Any] = json.loads((ROOT / "events" / "track_delivery.json").read_text("utf-8"))
    detail = event["detail"]
    detail["eventType"] = event_type
    detail["mail"]["tags"]["mail_id"] = [mail_id]
    bounce = detail.pop("bounce")
    usual = _USUAL_DETAILS.get(event_type, {}) if event_type != "Bounce" else bounce
    return event | {"detail": detail | {event_type.lower(): usual | fields}}


_USUAL_DETAILS: dict[str, dict[str, Any]] = {
    "Delivery": {
        "timestamp": "2026-11-21T12:00:02.730Z",
        "processingTimeMillis": 1527,
        "recipients": [LEE_ADDRESS],
        "smtpResponse": "250 2.0.0 OK",
        "reportingMTA": "a8-31.smtp-out.amazonses.com",
    },
    "Complaint": {
        "feedbackId": "0100017d8d0b2f11-1b7a6f52-4f0c-4c39-8a57-6b1df1c7e3c2-000000",
        "complainedRecipients": [{"emailAddress": LEE_ADDRESS}],
        "timestamp": "2026-11-21T12:10:00.000Z",
        "complaintFeedbackType": "abuse",
        "complaintSubType": None,
        "arrivalDate": "2026-11-21T12:09:58.000Z",
    },
    "Reject": {"reason": "Bad content"},
    "DeliveryDelay": {"delayType": "TransientCommunicationFailure", "expirationTime": "2026-11-22T02:00:00.000Z"},
}
