"""Measure what AWS unpacks before a function can start: its zip and the layer."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from infra.catalog import CATALOG
from infra.paths import BUILD, ROOT
from tests.bench.figures import Figure
from tests.bench.staging import source_of

MEGABYTE = 1_000_000


def zipped(paths: Iterable[Path], *, root: Path) -> int:
    """Return the bytes of a zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, path.relative_to(root))
    return buffer.tell()


def layer() -> tuple[Path, int]:
    """Return the folder and zipped bytes of a compiled layer: that for AWS if Python 3.13 could compile it."""
    for name in ("layer-arm64", "layer-local"):
        folder = BUILD / name
        if any(folder.rglob("*.pyc")):
            files = (path for path in sorted((folder / "python").rglob("*")) if path.is_file())
            return folder, zipped(files, root=folder)
    raise FileNotFoundError("There is no layer yet: make build/layer-local/.built")


def largest_function() -> tuple[str, int]:
    sizes = {function.name: zipped(source_of(function.name), root=ROOT) for function in CATALOG}
    name = max(sizes, key=lambda name: sizes[name])
    return name, sizes[name]


def figures() -> Iterator[Figure]:
    folder, layer_bytes = layer()
    name, zip_bytes = largest_function()
    total = (layer_bytes + zip_bytes) / MEGABYTE
    yield Figure("largest function and layer, compiled", total, "MB", at_most=8)
    yield Figure("layer, compiled", layer_bytes / MEGABYTE, "MB", note=folder.name)
    yield Figure("largest function", zip_bytes / MEGABYTE, "MB", note=name)
