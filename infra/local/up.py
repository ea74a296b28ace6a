"""Run the whole product on this machine until Ctrl-C: `python -m infra.local.up`."""

import os
import shutil
import signal
import sys
import time
from threading import Thread

from infra.local.config import Config, local_folder, read_config
from infra.local.deployment import Outputs, deploy, synthesise
from infra.local.forwarder import Forwarder
from infra.local.pages import upload_pages
from infra.local.processes import Servers
from infra.local.saved_state import locked, read_saved_state
from infra.local.seed import ADMIN, OPERATOR, PASSWORD, seed
from infra.local.servers import start_emulator, start_mailbox
from infra.local.stack_file import function_environment, write_stack_file
from infra.stages import local_stage

CHECK_SECONDS = 0.5
STARTED = time.monotonic()


def main() -> None:
    for stop in (signal.SIGINT, signal.SIGTERM):  # a shell may have set SIGINT to ignored
        signal.signal(stop, lambda *_: sys.exit(0))
    folder = local_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder) as lock:
        run(read_config(), lock=lock)


def run(config: Config, *, lock: int) -> None:
    parent = os.getppid()
    tell_of_last_run(config)
    config.stack_file.unlink(missing_ok=True)
    use_emulator_only(config)
    try:
        with Servers(config.folder, tell=log) as servers:
            outputs = start(config, servers, lock=lock)
            start_forwarder(config, outputs)
            write_stack_file(config, outputs)
            print_summary(config, outputs)
            while os.getppid() == parent:
                servers.keep_running()
                time.sleep(CHECK_SECONDS)
    finally:
        config.stack_file.unlink(missing_ok=True)
        shutil.rmtree(config.folder / "tmp", ignore_errors=True)
        log(f"stopped; {read_saved_state(config.state).describe()}")


def tell_of_last_run(config: Config) -> None:
    """Say what is left of a run that did not end by itself."""
    if config.stack_file.exists():
        log(f"{config.stack_file} is of an earlier run that was killed")
    before = read_saved_state(config.state)
    if not before.complete:
        log(f"of the last run, {before.describe()}")


def start(config: Config, servers: Servers, *, lock: int) -> Outputs:
    start_emulator(servers, config, lock=lock)
    start_mailbox(servers, config)
    synthesise(config)
    log("templates")
    servers.wait_for("emulator", f"{config.endpoint}/_ministack/health")
    outputs = deploy(config)
    log("deployed")
    upload_pages(outputs, region=config.aws_environment["AWS_REGION"], stage=local_stage(config.ports))
    os.environ.update(function_environment(config, outputs))
    seed()
    servers.wait_for("mailbox", f"{config.mailbox_url}/healthz")
    log("pages and users")
    return outputs


def start_forwarder(config: Config, outputs: Outputs) -> None:
    forwarder = Forwarder(outputs["SiteName"], emulator_port=config.emulator_port, port=config.web_port)
    Thread(target=forwarder.serve_forever, daemon=True).start()


def use_emulator_only(config: Config) -> None:
    """Replace all AWS variables of this process by those of the emulator."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(config.aws_environment)


def print_summary(config: Config, outputs: Outputs) -> None:
    print(f"  console   {outputs['ConsoleUrl']}/console/")
    print(f"            {ADMIN.email} or {OPERATOR.email}, password {PASSWORD}")
    print(f"  mailbox   {config.mailbox_url}")
    print(f"  API       {outputs['ConsoleUrl']}/v1")
    print(f"  details   {config.stack_file}")
    log("ready; stop with Ctrl-C")


def log(what: str) -> None:
    print(f"{time.monotonic() - STARTED:6.1f} s  {what}", flush=True)


if __name__ == "__main__":
    main()
