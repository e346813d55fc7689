"""Downloads from a publisher's address: resumed where they broke off, their checksum and licence written beside them.

Only http and https are spoken, redirects included; nothing is unpacked. A download grows in ``NAME.part`` and gets its
name once it is whole. Whether the rest belongs to the beginning is asked with ``If-Range``: a file that changed at the
publisher's in between is fetched anew.
"""

from __future__ import annotations

import contextlib
import http.client
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import IO, TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from ecosystem.errors import SourceError
from ecosystem.sources import provenance
from ecosystem.sources.cordis import LICENCE, PRODUCER
from ecosystem.sources.record import Provenance
from ecosystem.sources.safety import LIMITS, MB, ZIP_MAGIC, safe_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Progress = Callable[[str, int, int | None], None]

CORDIS = "https://cordis.europa.eu/data/"
PROGRAMMES = {"HORIZON": "HORIZON", "H2020": "h2020", "FP7": "fp7"}
FORMATS = ("csv", "json")
_PIECE = 256 * 1024
_TIMEOUT = 30.0
_AGENT = "ecosystem (explorer of regional innovation ecosystems)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A download: where it is, its SHA-256 in hexadecimal digits, its bytes, and how many of them were there before."""

    path: Path
    sha256: str
    size: int
    resumed: int
    provenance: Provenance


def cordis(
    programme: str,
    to: Path,
    *,
    form: str = "csv",
    base_url: str = CORDIS,
    sha256: str = "",
    limit: int = LIMITS.file,
    progress: Progress | None = None,
) -> Fetched:
    """The bulk download of a framework programme: ``HORIZON``, ``H2020`` or ``FP7``.

    Raises:
        SourceError: as for :func:`fetch`, or no such programme or format.
    """
    name = PROGRAMMES.get(programme.upper())
    if name is None:
        raise SourceError(programme, "", "no such programme", f"Use one of {', '.join(PROGRAMMES)}.")
    if form not in FORMATS:
        raise SourceError(form, "", "no such format", f"Use one of {', '.join(FORMATS)}.")
    url = urljoin(base_url if base_url.endswith("/") else f"{base_url}/", f"cordis-{name}projects-{form}.zip")
    known = Provenance(f"CORDIS, EU research projects, {programme.upper()}", PRODUCER, url, LICENCE)
    return fetch(url, to, known, sha256=sha256, limit=limit, progress=progress, magic=ZIP_MAGIC)


def fetch(
    url: str,
    to: Path,
    known: Provenance,
    *,
    sha256: str = "",
    limit: int = LIMITS.file,
    progress: Progress | None = None,
    magic: tuple[bytes, ...] = (),
    attempts: int = 3,
    pause: float = 1.0,
) -> Fetched:
    """Download a file into the folder ``to``, with its record (``NAME.provenance.json``) beside it.

    Args:
        url: where it is; http or https.
        to: a folder; made if it is not there.
        known: what is known of the source; address, day and checksum are filled in.
        sha256: what the file's checksum must be, if it is known.
        limit: bytes at most.
        progress: called with the name, the bytes there are and all there will be.
        magic: what the file must begin with, one of them.
        attempts: how often a broken connection is taken up again.
        pause: seconds before the second attempt, twice as many before every next.

    Raises:
        SourceError: an address that is not http(s), not there, not answering; more than ``limit``; another checksum.
    """
    name = safe_name(urlsplit(_checked(url)).path or "download")
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SourceError(str(to), "", f"is no folder to write into ({error.strerror})", "Choose another.") from error
    part, tag = to / f"{name}.part", to / f"{name}.part.tag"
    there = part.stat().st_size if part.exists() else 0
    for attempt in range(attempts):
        try:
            published = _download(url, part, tag, limit, progress)
            break
        except (OSError, http.client.HTTPException) as error:
            if attempt + 1 == attempts or (isinstance(error, urllib.error.HTTPError) and error.code < 500):
                raise _broken(name, part, error) from error
            time.sleep(pause * 2**attempt)
    return _finished(part, to / name, tag, replace(known, url=url, published=published), sha256, magic, there)


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SourceError(url[:120], "", "no address of the web", "Give one that begins with https:// or http://.")
    return url


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows the publisher within the web, and never from https back to http."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:  # fmt: skip
        _checked(newurl)
        if req.type == "https" and urlsplit(newurl).scheme != "https":
            cure = "Check the address with the publisher."
            raise SourceError(newurl[:120], "", "the secure address leads to one that is not", cure)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_HANDLERS: tuple[type[urllib.request.BaseHandler], ...] = (
    urllib.request.ProxyHandler, urllib.request.HTTPHandler, urllib.request.HTTPSHandler,
    urllib.request.HTTPDefaultErrorHandler, urllib.request.HTTPErrorProcessor, _Redirects,
)  # fmt: skip


def _download(url: str, part: Path, tag: Path, limit: int, progress: Progress | None) -> str:
    """Fetch what is missing of a file; the day it was last changed at the publisher's, "" where that is not told."""
    there = part.stat().st_size if part.exists() else 0
    mark = tag.read_text(encoding="utf-8").strip() if tag.exists() and there else ""
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"}
    if there and mark:
        headers |= {"Range": f"bytes={there}-", "If-Range": mark}
    try:
        answer = _opener().open(urllib.request.Request(url, headers=headers), timeout=_TIMEOUT)  # noqa: S310 - checked
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 416 and "Range" in headers:  # nothing is missing, or what is there is of another file
            part.unlink(missing_ok=True)
            return _download(url, part, tag, limit, progress)
        raise
    with contextlib.closing(answer):
        resumed = answer.status == 206 and _begins(answer.headers, there)
        total = _total(answer.headers, there if resumed else 0)
        if total is not None and total > limit:
            raise _too_large(part, total, limit)
        tag.write_text(_validator(answer.headers), encoding="utf-8")
        _write(answer, part, total, limit, there if resumed else 0, progress)
        return _day(answer.headers.get("Last-Modified", ""))


def _opener() -> urllib.request.OpenerDirector:
    """One that speaks http and https and nothing else: no ftp, no file, no data."""
    opener = urllib.request.OpenerDirector()
    for kind in _HANDLERS:
        opener.add_handler(kind())
    return opener


def _write(
    answer: http.client.HTTPResponse, part: Path, total: int | None, limit: int, there: int, progress: Progress | None
) -> None:
    with part.open("ab" if there else "wb") as file:
        while piece := answer.read(_PIECE):
            there += len(piece)
            if there > limit:
                raise _too_large(part, there, limit)
            file.write(piece)
            if progress:
                progress(part.name.removesuffix(".part"), there, total)
    if total is not None and there < total:
        raise http.client.IncompleteRead(b"", total - there)


def _validator(headers: http.client.HTTPMessage) -> str:
    """What tells whether the file is still the same; a weak tag does not."""
    tag = str(headers.get("ETag", ""))
    return tag if tag and not tag.startswith("W/") else str(headers.get("Last-Modified", ""))


def _begins(headers: http.client.HTTPMessage, there: int) -> bool:
    return str(headers.get("Content-Range", "")).startswith(f"bytes {there}-")


def _total(headers: http.client.HTTPMessage, there: int) -> int | None:
    length = str(headers.get("Content-Length", ""))
    return int(length) + there if length.isdecimal() else None


def _day(told: str) -> str:
    try:
        return parsedate_to_datetime(told).date().isoformat()
    except (TypeError, ValueError):
        return ""


def _too_large(part: Path, size: int, limit: int) -> SourceError:
    part.unlink(missing_ok=True)
    problem = f"{size / MB:,.1f} MB or more; at most {limit / MB:,.1f} MB are fetched"
    return SourceError(part.name.removesuffix(".part"), "", problem, "Raise --limit if you want it.")


def _broken(name: str, part: Path, error: Exception) -> SourceError:
    if isinstance(error, urllib.error.HTTPError):
        cure = "Check the programme and --base-url with the publisher."
        return SourceError(name, "", f"the publisher answers {error.code} {error.reason}", cure)
    there = part.stat().st_size if part.exists() else 0
    cause = getattr(error, "reason", None) or getattr(error, "strerror", None) or type(error).__name__
    cure = f"Run the command again: {there:,} bytes are kept." if there else "Check the connection and --base-url."
    return SourceError(name, "", f"the connection broke off ({cause})", cure)


def _finished(
    part: Path, path: Path, tag: Path, known: Provenance, sha256: str, magic: tuple[bytes, ...], there: int
) -> Fetched:
    found = provenance.digest(part)
    with part.open("rb") as file:
        head = file.read(8)
    if magic and not head.startswith(magic):
        part.unlink()
        raise SourceError(path.name, "", "what came is no archive", "Check --base-url: it may be a page of the site.")
    if sha256 and found != sha256.lower().removeprefix("sha256:"):
        part.unlink()
        raise SourceError(path.name, "", f"its SHA-256 is {found}, not the one given", "Fetch it again, or ask there.")
    part.replace(path)
    tag.unlink(missing_ok=True)
    today = datetime.now(tz=UTC).date().isoformat()
    complete = replace(known, accessed=today, checksum=f"sha256:{found}")
    provenance.write(path, complete)
    return Fetched(path, found, path.stat().st_size, there, complete)
