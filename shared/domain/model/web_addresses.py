"""Web addresses that administrators, hosts and deployments choose, in the one form in which they are linked to."""

import re
from urllib.parse import quote, unquote, urlsplit

from shared.domain.model import characters

MAX_LENGTH = 500
ACCOUNT_ID = "{account_id}"  # stands for the App ID in `app_url`
_PLAIN = "!#$%&()*+,-./:;=?@[]_~"  # What may stand in a path, query or fragment as it is.


def canonical(address: str) -> str:
    """Return an https address with its host as A-labels and the rest percent-encoded; raises ValueError."""
    try:
        found = _ascii(characters.one_line(address))
    except ValueError as error:
        message = "Use a web address that begins with https:// and a domain, such as https://example.com/help."
        raise ValueError(message) from error
    if len(found) > MAX_LENGTH:
        message = f"The address is longer than {MAX_LENGTH} characters."
        raise ValueError(message)
    return found


def return_path(path: str) -> str:
    """Return a path of the host product, percent-encoded; raises ValueError unless it stays below `app_url` (rule 38).

    It may have a query and a fragment, and no segments that lead upwards.
    """
    segments = re.split(r"[/\\]", unquote(re.split("[?#]", path, maxsplit=1)[0]))
    is_plain = path.isprintable() and not re.search(r'[\s<>"\\^`{|}]', path)
    if not re.match("/(?!/)", path) or not is_plain or not {".", ".."}.isdisjoint(segments):
        raise ValueError("Use a path that begins with one slash, such as /projects/7.")
    found = re.sub("%(?![0-9A-Fa-f]{2})", "%25", quote(path, safe=_PLAIN))
    if len(found) > MAX_LENGTH:
        message = f"The path is longer than {MAX_LENGTH} characters."
        raise ValueError(message)
    return found


def app_address(app_url: str | None, *, account_id: str, path: str | None = None) -> str | None:
    """Return where people of an account are led to in the host product; None where the deployment names no product."""
    return app_url and f"{app_url.replace(ACCOUNT_ID, account_id)}{path or ''}"


def _ascii(address: str) -> str:
    parts = urlsplit(address)
    is_plain = not re.search(r'[\s\x00-\x20\x7f-\x9f<>"\\^`{|}]', address)
    if parts.scheme != "https" or not parts.netloc or "@" in parts.netloc or not is_plain:
        raise ValueError(address)
    port = "" if parts.port is None else f":{parts.port}"
    rest = quote(address.split("://", 1)[1][len(parts.netloc) :], safe=_PLAIN)
    return f"https://{_host(parts.hostname or '')}{port}{re.sub('%(?![0-9A-Fa-f]{2})', '%25', rest)}"


def _host(name: str) -> str:
    import idna  # noqa: PLC0415 (loaded by the few requests that bring an address)

    host = idna.encode(name, uts46=True).decode()
    if not re.fullmatch(r"([a-z0-9-]+\.)+[a-z][a-z0-9-]*[a-z0-9]", host):
        raise ValueError(host)
    return host
