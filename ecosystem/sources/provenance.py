"""Where files come from: their checksum, and what “ecosystem fetch” wrote beside them.

A file's checksum is the SHA-256 of its bytes; that of several files is the SHA-256 of the lines ``sha256sum`` would
print for them, in the order given. ``accessed`` is the day the file was last changed, unless a record says otherwise.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ecosystem.errors import SourceError
from ecosystem.sources.record import Provenance
from ecosystem.sources.safety import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ENDING = ".provenance.json"
_LARGEST = 64 * 1024


def of(files: Sequence[Path], default: Provenance) -> Provenance:
    """The record ``fetch`` left beside the first file, or ``default``, with checksum and day filled in.

    Raises:
        SourceError: a record that is there and is none.
    """
    known = read(files[0]) or default
    digests = [(digest(path), shown(path.name)) for path in files]
    if len(digests) == 1:
        together = digests[0][0]
    else:
        lines = "".join(f"{one}  {name}\n" for one, name in digests)
        together = hashlib.sha256(lines.encode()).hexdigest()
    day = datetime.fromtimestamp(max(path.stat().st_mtime for path in files), tz=UTC).date().isoformat()
    return replace(known, checksum=f"sha256:{together}", accessed=known.accessed or day)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def beside(path: Path) -> Path:
    """Where the record of a file stands.

    >>> import pathlib
    >>> beside(pathlib.Path("cordis.zip")).name
    'cordis.zip.provenance.json'
    """
    return path.with_name(path.name + ENDING)


def read(path: Path) -> Provenance | None:
    """The record beside a file; None where there is none."""
    record = beside(path)
    if not record.is_file():
        return None
    cure = "Delete it, or fetch the file again."
    try:
        told = json.loads(record.read_text(encoding="utf-8")) if record.stat().st_size < _LARGEST else None
    except (OSError, ValueError, RecursionError) as error:
        raise SourceError(shown(record.name), "", "cannot be read", cure) from error
    names = {one.name for one in fields(Provenance)}
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()) or "title" not in told:
        raise SourceError(shown(record.name), "", "is no record of where a file comes from", cure)
    return Provenance(**{name: value for name, value in told.items() if name in names})


def write(path: Path, known: Provenance) -> None:
    """Put a record beside a file."""
    text = json.dumps(asdict(known), ensure_ascii=False, indent=2) + "\n"
    beside(path).write_text(text, encoding="utf-8")
