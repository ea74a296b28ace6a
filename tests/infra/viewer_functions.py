"""CloudFront's functions, run by Node as CloudFront runs them."""

import json
import subprocess
from typing import Any

from infra.local.config import NODE

MAXIMUM_SIZE = 10_240  # bytes of a CloudFront function


def run(code: str, uri: str, headers: dict[str, Any]) -> dict[str, Any]:
    """Return the request that a function makes of a viewer's, or its answer."""
    assert len(code.encode()) <= MAXIMUM_SIZE
    event = json.dumps({"request": {"uri": uri, "headers": headers}})
    ask = f"{code}; process.stdout.write(JSON.stringify(handler({event})))"
    ended = subprocess.run([NODE, "--eval", ask], check=True, capture_output=True)
    found: dict[str, Any] = json.loads(ended.stdout)
    return found
