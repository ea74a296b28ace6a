"""The whole product on this machine, until Ctrl-C: `python -m infra.local.up`."""

import os
import shutil
import signal
import sys
import time
from threading import Thread

from infra.local.deployment import Outputs, deploy, synthesise
from infra.local.description import function_environment, write_stack_file
from infra.local.forwarder import Forwarder
from infra.local.pages import upload_pages
from infra.local.place import Place, chosen_place
from infra.local.processes import Servers
from infra.local.seed import ADMIN, OPERATOR, PASSWORD, seed
from infra.local.servers import start_emulator, start_mailbox

LOOK_AROUND_SECONDS = 0.5
BEGAN = time.monotonic()


def main() -> None:
    for stop in (signal.SIGINT, signal.SIGTERM):  # a shell may have told us to ignore the first
        signal.signal(stop, lambda *_: sys.exit(0))
    parent = os.getppid()
    place = chosen_place()
    place.folder.mkdir(parents=True, exist_ok=True)
    place.stack_file.unlink(missing_ok=True)
    talk_to_nothing_else(place)
    try:
        with Servers(place.folder) as servers:
            outputs = start(place, servers)
            serve_site(place, outputs)
            write_stack_file(place, outputs)
            greet(place, outputs)
            while os.getppid() == parent:
                servers.require_running()
                time.sleep(LOOK_AROUND_SECONDS)
    finally:
        place.stack_file.unlink(missing_ok=True)
        shutil.rmtree(place.folder / "tmp", ignore_errors=True)
        tell("stopped; what was stored is kept until make clean")


def start(place: Place, servers: Servers) -> Outputs:
    start_emulator(servers, place)
    start_mailbox(servers, place)
    synthesise(place)
    tell("templates")
    servers.wait_for("emulator", f"{place.endpoint}/_ministack/health")
    outputs = deploy(place)
    tell("deployed")
    upload_pages(outputs, region=place.aws_environment["AWS_REGION"])
    os.environ.update(function_environment(place, outputs))
    seed()
    servers.wait_for("mailbox", f"{place.mailbox_url}/healthz")
    tell("pages and people")
    return outputs


def serve_site(place: Place, outputs: Outputs) -> None:
    site = Forwarder(outputs["SiteName"], emulator_port=place.emulator_port, port=place.web_port)
    Thread(target=site.serve_forever, daemon=True).start()


def talk_to_nothing_else(place: Place) -> None:
    """Whatever of AWS the caller's environment names, this process knows only the emulator."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(place.aws_environment)


def greet(place: Place, outputs: Outputs) -> None:
    print(f"  console   {outputs['ConsoleUrl']}/console/")
    print(f"            {ADMIN.email} or {OPERATOR.email}, password {PASSWORD}")
    print(f"  mailbox   {place.mailbox_url}")
    print(f"  API       {outputs['ConsoleUrl']}/v1")
    print(f"  all else  {place.stack_file}")
    tell("ready; Ctrl-C stops")


def tell(what: str) -> None:
    print(f"{time.monotonic() - BEGAN:6.1f} s  {what}", flush=True)


if __name__ == "__main__":
    main()
