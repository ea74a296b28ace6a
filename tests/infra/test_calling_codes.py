"""Calling codes of the pages against the metadata that the API validates with."""

import json

import phonenumbers

from infra import calling_codes


def test_the_pages_offer_every_region_of_the_metadata() -> None:
    written = calling_codes.FILE.read_text(encoding="utf-8")

    assert written == calling_codes.document(), "run make api"
    regions = [run[at : at + 2] for run in json.loads(written).values() for at in range(0, len(run), 2)]
    assert set(regions) == set(phonenumbers.SUPPORTED_REGIONS)
    assert len(regions) == len(set(regions))
