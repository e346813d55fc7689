"""Where a request comes from: from a page of this server, or from elsewhere; from this machine, or from another."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import flask


def same_origin() -> bool:
    """Whether this request comes from a page of this server: browsers tell."""
    origin = flask.request.headers.get("Origin")
    site = flask.request.headers.get("Sec-Fetch-Site")
    if origin is not None:
        return urlsplit(origin).netloc == flask.request.host
    return site in {None, "same-origin"}


def require_same_origin() -> None:
    """Refuse what a page of another site sends."""
    if not same_origin():
        flask.abort(403)


def loopback(host: str) -> bool:
    """Whether a host name or address means this machine; the port may stand beside it.

    >>> [loopback(one) for one in ("127.0.0.1:8050", "localhost", "[::1]:80", "::1", "0.0.0.0", "example.org")]
    [True, True, True, True, False, False]
    """
    name = urlsplit(f"//{host}").hostname if host.count(":") < 2 or host.startswith("[") else host
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name or "").is_loopback
    except ValueError:
        return False
