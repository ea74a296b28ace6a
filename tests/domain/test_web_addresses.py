import pytest

from shared.domain.model import web_addresses


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://example.org", "https://example.org"),
        (" HTTPS://Example.ORG/Hilfe\u200b ", "https://example.org/Hilfe"),
        ("https://hilfe.m\u00fcller.example/", "https://hilfe.xn--mller-kva.example/"),
        ("https://stra\u00dfe.example", "https://xn--strae-oqa.example"),
        ("https://\u4f8b\u3048.\u30c6\u30b9\u30c8", "https://xn--r8jz45g.xn--zckzah"),
        ("https://xn--mller-kva.example:8443", "https://xn--mller-kva.example:8443"),
        ("https://example.org/hilfe/\u00fcber-uns", "https://example.org/hilfe/%C3%BCber-uns"),
        ("https://example.org/%C3%BC?q=\u00e9&x=%20#\u4e2d", "https://example.org/%C3%BC?q=%C3%A9&x=%20#%E4%B8%AD"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/it's", "https://example.org/it%27s"),
        ("https://help.example.org/faq?x=[1]#top", "https://help.example.org/faq?x=[1]#top"),
    ],
)
def test_a_web_address_becomes_ascii(given: str, kept: str) -> None:
    found = web_addresses.canonical(given)

    assert found == kept
    assert web_addresses.canonical(found) == found


@pytest.mark.parametrize(
    "given",
    [
        *(
            "",
            "https://",
            "https://-",
            "https://.",
            "https:///help",
            "https:example.org",
            "//example.org",
            "example.org",
        ),
        *("http://example.org", "ftp://example.org", "javascript:alert(1)", "https//example.org"),
        *("https://localhost", "https://a..example", "https://-a.example", "https://a-.example", "https://a_b.example"),
        *("https://192.0.2.1", "https://2130706433", "https://[::1]/", "https://example.1", "https://[example.org"),
        *("https://lee@evil.example", "https://a:b@evil.example", "https://example.org:x", "https://example.org:99999"),
        *("https://example.org/a b", "https://example.org/\nx", "https://example.org/<b>", 'https://example.org/"'),
        *("https://example.org\\@evil.example", "https://example.org\\evil", f"https://{'a' * 64}.example"),
        "https://example.org/" + "\u00fc" * 100,
    ],
)
def test_no_other_text_is_a_web_address(given: str) -> None:
    with pytest.raises(ValueError, match=r"^Use a web address that begins|^The address is longer"):
        web_addresses.canonical(given)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/", "/"),
        ("/orders/7", "/orders/7"),
        ("/orders/7?tab=notes&x=a/../b#top", "/orders/7?tab=notes&x=a/../b#top"),
        ("/auftr\u00e4ge/\u4e2d", "/auftr%C3%A4ge/%E4%B8%AD"),
        ("/a%20b/100%", "/a%20b/100%25"),
        ("/it's/~me/@you/a.b/...", "/it%27s/~me/@you/a.b/..."),
        ("/" + "x" * 499, "/" + "x" * 499),
    ],
)
def test_return_path_is_kept_in_ascii(given: str, kept: str) -> None:
    found = web_addresses.return_path(given)

    assert found == kept
    assert web_addresses.return_path(found) == found


@pytest.mark.parametrize(
    "given",
    [
        "",
        "orders",
        "//evil.example/orders",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/a b",
        "/a\nb",
        "/\u202eb",
        "/\ud800",
        "/<script>",
        "/..",
        "/a/../../b",
        "/a/./b",
        "/%2e%2e/b",
        "/a/.%2E",
        "/a%2f..%2Fb",
        "/a%5c..%5Cb",
        "/" + "x" * 500,
        "/" + "\u00e4" * 100,
    ],
)
def test_return_path_that_could_lead_elsewhere_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="path"):
        web_addresses.return_path(given)


def test_host_product_is_addressed_by_app_id() -> None:
    shop, app = "https://shop.example/{account_id}", "https://{account_id}.app.example"

    assert web_addresses.app_address(shop, account_id="ab123") == "https://shop.example/ab123"
    assert web_addresses.app_address(app, account_id="ab123", path="/x?y=1") == "https://ab123.app.example/x?y=1"
    assert web_addresses.app_address(None, account_id="ab123", path="/x") is None
