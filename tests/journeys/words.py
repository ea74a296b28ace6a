"""What the pages say in a language, read where it is written."""

import json
from functools import cache
from typing import Any

from infra import brand
from infra.paths import ROOT

LANGUAGES = ("en", "de", "es", "fr")
FOREIGN = LANGUAGES[1:]
INVITE_PAGE = "invite"
CONSOLE = "console/src"


class Words:
    """The sentences of one language, by the names of their keys."""

    def __init__(self, language: str, of: str = INVITE_PAGE) -> None:
        self._said = _said(language, of)

    def __call__(self, *keys: str, **values: str) -> str:
        part = self._said
        for key in keys:
            part = part[key]
        return str(part).format(**{"product": brand.read().name, **values})


@cache
def _said(language: str, of: str) -> Any:
    return json.loads((ROOT / "web" / of / "texts" / f"{language}.json").read_text("utf-8"))
