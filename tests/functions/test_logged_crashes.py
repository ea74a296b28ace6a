"""What Lambda logs of a run that fails: the error's type and message, which must not quote what is stored of people."""

import traceback
from collections.abc import Callable
from typing import Any

import pytest

from shared.storage_schema import MAIL
from tests.delivery_events import delivery_event
from tests.factories import stream_of
from tests.functions.deliveries import a_sent_invitation, mail_id_of
from tests.functions.faults import captured_logs, log_lines
from tests.functions.mailing import a_queued_mail
from tests.invoke import wake
from tests.table_edits import set_in, set_user

ADDRESS = "lee@example.org"


def crash(run: Callable[[], Any]) -> str:
    """Return the text of the error that a run ends in, as Lambda logs it."""
    with pytest.raises(Exception, match=r".+") as raised:
        run()
    return "".join(traceback.format_exception(raised.value))


def test_batch_of_a_stream_that_fails_as_a_whole_quotes_no_item() -> None:
    _, _, mail = a_queued_mail()
    set_in(MAIL, {"pk": mail["pk"]}, kind=ADDRESS)

    with captured_logs() as logs:
        logged = crash(lambda: wake("send_mail", stream_of([mail["pk"]])))

    assert ADDRESS not in logged + logs.getvalue()
    assert len(log_lines(logs, "record not processed")) == 1


def test_event_of_ses_about_an_unreadable_user_quotes_no_item() -> None:
    _, user, _ = a_sent_invitation()
    set_user(user, status=ADDRESS)

    with captured_logs() as logs:
        logged = crash(lambda: wake("track_delivery", delivery_event(mail_id_of(user), "Delivery")))

    assert ADDRESS not in logged + logs.getvalue()
    [line] = log_lines(logs, "not readable")
    assert line["invalid"] == ["status: enum"]
