"""The brand: generated files are current, faults are named, and nothing else names the product."""

import re
import subprocess
from pathlib import Path

import pytest

from infra import brand, icons
from infra.generated import InvalidCatalogueError
from infra.paths import ROOT

SHIPPED = brand.SOURCE.read_text("utf-8")


def _written(folder: Path, text: str) -> Path:
    source = folder / "brand.toml"
    source.write_text(text, "utf-8")
    return source


def test_generated_files_follow_the_brand() -> None:
    for file, text in brand.files(brand.read()).items():
        assert file.read_text("utf-8") == text, file
    assert icons.are_current(brand.mark(brand.read()))


def test_outdated_file_stops_the_packaging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brand, "SOURCE", _written(tmp_path, SHIPPED.replace('name = "Usher"', 'name = "Acme CRM"')))
    monkeypatch.setattr(brand.read, "__defaults__", (brand.SOURCE,))

    with pytest.raises(InvalidCatalogueError, match="make brand"):
        brand.require_current()


def test_icons_of_another_mark_are_outdated() -> None:
    assert not icons.are_current(brand.mark(brand.read()).replace("<circle", "<ellipse"))


@pytest.mark.parametrize(
    ("found", "replaced", "fault"),
    [
        ('"#2f5bea"', '"#7aa2ff"', "white text on a button has a contrast of 2.5, and needs 4.5."),
        ('"#2f5bea"', '"#d97706"', "white text on a button has a contrast of 3.2, and needs 4.5."),
        ('"#2f5bea"', '"blue"', "accent: String should match pattern"),
        ('name = "Usher"', 'name = "  "', "name: String should have at least 1 character"),
        ('name = "Usher"', 'title = "Usher"', "title: Extra inputs are not permitted"),
        ('# support = "support@example.org"', 'support = "nobody"', "support: String should match pattern"),
        ('name = "Usher"', "name = Usher", "is not TOML"),
    ],
)
def test_fault_of_the_brand_is_named(tmp_path: Path, found: str, replaced: str, fault: str) -> None:
    assert found in SHIPPED

    with pytest.raises(InvalidCatalogueError) as refused:
        brand.read(_written(tmp_path, SHIPPED.replace(found, replaced)))

    assert fault in str(refused.value)


@pytest.mark.parametrize("accent", ["#0b7a5b", "#b3261e", "#7a1fa2", "#111111"])
def test_other_colours_give_ten_shades_from_light_to_dark(tmp_path: Path, accent: str) -> None:
    other = brand.read(_written(tmp_path, SHIPPED.replace("#2f5bea", accent)))

    contrasts = [brand.contrast(brand.WHITE, shade) for shade in other.shades]
    assert contrasts == sorted(contrasts)
    assert (len(contrasts), other.shades[6]) == (10, accent)


def test_contrast_is_that_of_wcag() -> None:
    assert brand.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert brand.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_mark_takes_the_colour_of_the_brand(tmp_path: Path) -> None:
    green = brand.read(_written(tmp_path, SHIPPED.replace("#2f5bea", "#0b7a5b")))

    assert 'fill="#0b7a5b"' in brand.files(green)[brand.PAGES / "mark.svg"]


def test_pages_and_mails_name_the_product_by_the_brand_alone() -> None:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "web", "functions/send_mail"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    generated = {str(file.relative_to(ROOT)) for file in brand.files(brand.read())}
    shown = [name for name in listed if name.endswith((".ts", ".tsx", ".html", ".json", ".toml", ".css", ".txt"))]
    own = [name for name in shown if not re.search(r"test|terms/|package|schema\.d", name) and name not in generated]

    assert [name for name in own if (ROOT / name).is_file() and "Usher" in (ROOT / name).read_text("utf-8")] == []
