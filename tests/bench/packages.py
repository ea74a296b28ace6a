"""How much AWS has to unpack before a function can start: its zip and the layer."""

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
    """Bytes of a zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, path.relative_to(root))
    return buffer.tell()


def layer() -> tuple[Path, int]:
    """The layer for AWS if it was built, else this machine's, and its bytes."""
    folders = [BUILD / name for name in ("layer-arm64", "layer-local") if (BUILD / name / "python").is_dir()]
    if not folders:
        raise FileNotFoundError("There is no layer yet: make build/layer-arm64/.built")
    folder = folders[0]
    return folder, zipped((path for path in sorted((folder / "python").rglob("*")) if path.is_file()), root=folder)


def largest_function() -> tuple[str, int]:
    sizes = {function.name: zipped(source_of(function.name), root=ROOT) for function in CATALOG}
    name = max(sizes, key=lambda name: sizes[name])
    return name, sizes[name]


def figures() -> Iterator[Figure]:
    folder, layer_bytes = layer()
    name, zip_bytes = largest_function()
    compiled = "compiled" if any(folder.rglob("*.pyc")) else "not compiled"
    total = (layer_bytes + zip_bytes) / MEGABYTE
    yield Figure("largest function and layer", total, "MB", at_most=6)
    yield Figure("layer", layer_bytes / MEGABYTE, "MB", note=f"{folder.name}, {compiled}")
    yield Figure("largest function", zip_bytes / MEGABYTE, "MB", note=name)
