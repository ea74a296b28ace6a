from typing import Any

import pytest

from infra.viewer_functions import page_paths
from tests.infra.stages import DEV
from tests.infra.viewer_functions import run

TOKEN = "v1.ab123.ljqvpcwtb32arssyuc2daq6x7s.1.mailed.Zm9-_xBhcmUgeW91IHJlYWRpbmcgdGhpcyBhdCBhbGw"


@pytest.mark.parametrize(
    ("seen", "file"),
    [
        ("/console", "/console/index.html"),
        ("/console/", "/console/index.html"),
        ("/console/ab123/users/ljqvpcwtb32arssyuc2daq6x7s", "/console/index.html"),
        ("/console/ab123/users/ann.example", "/console/index.html"),
        ("/favicon.ico", "/favicon.ico"),
        ("/robots.txt", "/robots.txt"),
        ("/apple-touch-icon.png", "/apple-touch-icon.png"),
        ("/apple-touch-icon-120x120-precomposed.png", "/apple-touch-icon.png"),
        ("/invite", "/invite/index.html"),
        ("/invite/", "/invite/index.html"),
        (f"/invite%23{TOKEN}", "/invite/index.html"),
        (f"/invite%2523{TOKEN}", "/invite/index.html"),
        (f"/invite/%23{TOKEN}", "/invite/index.html"),
        (f"/invite/{TOKEN}", "/invite/index.html"),
        ("/invite.", "/invite/index.html"),
        ("/help/fr", "/help/fr.html"),
        ("/help/help.css", "/help/help.css"),
        ("/assets/console-BRmCK3mP.js", "/assets/console-BRmCK3mP.js"),
        ("/assets/de-0dLIAWtG.json", "/assets/de-0dLIAWtG.json"),
        ("/assets/search-tools.module-C_-svDwo.css", "/assets/search-tools.module-C_-svDwo.css"),
        ("/terms/2026-11-01.txt", "/terms/2026-11-01.txt"),
        ("/config.json", "/config.json"),
    ],
)
def test_page_path_maps_to_its_file(seen: str, file: str) -> None:
    assert answer(seen)["uri"] == file


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de-CH,de;q=0.9,en;q=0.8", "de"),
        ("pt-BR, es;q=0.7", "es"),
        ("FR", "fr"),
        ("ja", "en"),
        ("*", "en"),
        ("", "en"),
    ],
)
def test_help_is_in_the_readers_language(accepted: str, language: str) -> None:
    headers = {"accept-language": {"value": accepted}} if accepted else {}

    assert answer("/help", headers)["uri"] == f"/help/{language}.html"
    assert answer("/help/", headers)["uri"] == f"/help/{language}.html"


@pytest.mark.parametrize("seen", ["/", "/index.html"])
def test_the_root_redirects_to_the_console(seen: str) -> None:
    sent = answer(seen)

    assert sent["statusCode"] == 302
    assert sent["headers"]["location"]["value"] == "/console/"


@pytest.mark.parametrize(
    "seen",
    [
        "/consoles",
        "/invites",
        "/elsewhere",
        "/sitemap.xml",
        "/.well-known/security.txt",
        "/assets/",
        "/assets/../config.json",
        "/assets/console.js",
        "/assets/console-BRmCK3mP.js.map",
        "/assets/console-BRmCK3mP/index.js",
        "/terms/",
        "/terms/latest.txt",
        "/terms/2026-11-01.txt.old",
        "/help/it",
        "/help/it.html",
        "/helpdesk",
        "/wp-login.php",
    ],
)
def test_an_unknown_path_gets_a_page_of_ours(seen: str) -> None:
    sent = answer(seen)

    assert sent["statusCode"] == 404
    assert sent["headers"]["content-type"]["value"] == "text/html; charset=utf-8"
    assert sent["headers"]["content-security-policy"]["value"].startswith("default-src 'none'")
    assert "style-src 'self'" in sent["headers"]["content-security-policy"]["value"]
    assert 'href="/help/help.css"' in sent["body"]["data"]
    assert "Page not found" in sent["body"]["data"]


@pytest.mark.parametrize("seen", ["/help", "/help/", "/help/de"])
def test_help_leads_to_the_stages_own_page(seen: str) -> None:
    address = 'https://help.example.com/a"b'

    found = answer(seen, help_url=address)

    assert (found["statusCode"], found["headers"]["location"]["value"]) == (302, address)
    assert answer("/help/help.css", help_url=address)["uri"] == "/help/help.css"


def answer(uri: str, headers: Any = None, *, help_url: str | None = None) -> dict[str, Any]:
    """Return what a deployment with this page of help answers."""
    stage = DEV.model_copy(update={"help_url": help_url})
    return run(page_paths(stage), uri, headers or {})
