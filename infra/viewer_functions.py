"""The functions that CloudFront runs before it looks for an answer, with the stage's values filled in."""

import json

from infra.paths import ROOT
from infra.stages import Stage


def page_paths(stage: Stage) -> str:
    """Return the function that maps page paths to files; help leads to the stage's own page, if it has one."""
    return _code("page_paths.js").replace('HELP_URL = ""', f"HELP_URL = {json.dumps(stage.help_url or '')}")


def host_requests() -> str:
    """Return the function that sends the host product's requests to its own stage of the API."""
    return _code("host_requests.js")


def _code(file: str) -> str:
    return (ROOT / "infra" / file).read_text("utf-8")
