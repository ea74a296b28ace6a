"""Paths of the checkout."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
PAGES = ROOT / "web" / "dist"
