"""Lock files name packages, versions and hashes; where to get them from is the machine's business."""

import pytest

from infra.paths import ROOT


@pytest.mark.parametrize(
    "path", [*(f"requirements/{name}.txt" for name in ("dev", "runtime", "pictures")), "web/package-lock.json"]
)
def test_lock_file_holds_no_address(path: str) -> None:
    lines = (ROOT / path).read_text("utf-8").splitlines()

    assert len(lines) > 50
    assert [line for line in lines if "://" in line] == []
