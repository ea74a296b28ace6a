"""Paths of the checkout, and names that the CDK fixes."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
PAGES = ROOT / "web" / "dist"
BOOTSTRAP_QUALIFIER = "@aws-cdk/core:bootstrapQualifier"  # key of the CDK's context
