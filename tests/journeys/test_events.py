"""The host product subscribes to what happens, and may ask for it once more."""

import os
import subprocess
import sys
from datetime import UTC, datetime

from infra.paths import ROOT
from tests.journeys.awaiting import awaited
from tests.journeys.emulator import Emulator, Row, Subscription
from tests.journeys.people import People
from tests.journeys.stack import LocalStack

STORY = ["user.invited", "user.joined", "user.deactivated"]


def test_a_subscriber_hears_of_a_life_and_may_hear_of_it_again(
    people: People, emulator: Emulator, stack: LocalStack
) -> None:
    ann = people.an_account()
    host = Subscription(emulator, bus=stack.environment["EVENT_BUS"], account_id=ann.account_id)
    began = datetime.now(UTC)
    lee = people.a_user(ann)
    people.deactivate(lee, by=ann)

    heard = awaited(lambda: _about(host, lee.user_id, times=1), what="the events of a life")
    said = _redrive(stack, since=began)
    again = awaited(lambda: _about(host, lee.user_id, times=2), what="the same events again")

    assert "0 refused" in said
    assert {event["detail-type"] for event in heard} == set(STORY)
    assert {event["detail"]["entry_id"] for event in heard} == {event["detail"]["entry_id"] for event in again}
    everything = repr(again)
    assert lee.address not in everything
    assert lee.password not in everything


def _about(host: Subscription, user_id: str, *, times: int) -> list[Row]:
    """The events of a user, once each of the story's has come so many times."""
    events = [event for event in host.receive() if event["detail"].get("user_id") == user_id]
    types = [event["detail-type"] for event in events]
    return events if all(types.count(kind) >= times for kind in STORY) else []


def _redrive(stack: LocalStack, *, since: datetime) -> str:
    environment = {
        "PATH": os.environ["PATH"],
        "AWS_ENDPOINT_URL": stack.told["aws_endpoint_url"],
        "AWS_REGION": stack.told["region"],
        "AWS_DEFAULT_REGION": stack.told["region"],
        "AWS_ACCESS_KEY_ID": stack.told["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": stack.told["aws_secret_access_key"],
    }
    command = [sys.executable, "-m", "infra.redrive", "--stage", "local", "--since", since.isoformat()]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
