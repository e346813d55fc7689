"""What is looked at before a file from outside is parsed: its size, its kind, what is packed inside it.

Sizes are in bytes. Nothing here trusts what a file says of itself: an archive's members are unpacked once, in pieces
and into nothing, and counted. What is found is a :class:`~ecosystem.errors.SourceError`, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ecosystem.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

MB = 1024 * 1024
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
GZIP_MAGIC = b"\x1f\x8b"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER = {
    b"%PDF": ("a PDF document", "Ask the publisher for the list as XLSX or CSV."),
    b"Rar!": ("a RAR archive", "Unpack it and give the files in it."),
    b"7z\xbc\xaf": ("a 7-Zip archive", "Unpack it and give the files in it."),
    b"BZh": ("a bzip2 archive", "Unpack it and give the files in it."),
    b"\xfd7zXZ": ("an xz archive", "Unpack it and give the files in it."),
    b"\x7fELF": ("a program", "Give a table, an archive of tables or a graph file."),
    b"MZ": ("a program", "Give a table, an archive of tables or a graph file."),
    b"PAR1": ("a Parquet file", "Save it as CSV."),
}
_ENCRYPTED_OLE = "EncryptedPackage".encode("utf-16-le")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[\d.,\s]*\d[\d.,\s]*%?")
_WEIRD = re.compile(r"[^\w .()+&,=-]+")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is let in, in bytes, counts and ratios.

    Attributes:
        file: a file as it lies on the disk.
        unpacked: all members of an archive, or a compressed file, unpacked.
        workbook: all parts of a spreadsheet, unpacked; it is held in memory.
        members: files in an archive.
        ratio: unpacked to packed, of a member above a megabyte. Real spreadsheets stay below 60, tables below 30.
        cells: cells of a spreadsheet's used rectangle.
        rows: rows of a table.
    """

    file: int = 800 * MB
    unpacked: int = 4096 * MB
    workbook: int = 600 * MB
    members: int = 2_000
    ratio: int = 200
    cells: int = 20_000_000
    rows: int = 5_000_000


LIMITS = Limits()
"""What a user's own computer reads; :data:`UPLOAD` is what the app takes from others."""

UPLOAD = Limits(file=100 * MB, unpacked=600 * MB, workbook=200 * MB, members=200, cells=5_000_000, rows=500_000)


def check(path: Path, limits: Limits = LIMITS) -> bytes:
    """The first bytes of a file that may be opened; the size is asked of the file system, nothing is read before.

    Raises:
        SourceError: the file is not there, not a file, empty, too large, encrypted, or of a kind no reader knows.
    """
    name = shown(path.name)
    try:
        size = path.stat().st_size if path.is_file() else None
    except OSError as error:
        raise SourceError(name, "", f"cannot be read ({error.strerror})", "Check the path and its rights.") from error
    if size is None:
        raise SourceError(name, "", "there is no such file", "Check the path.")
    if size == 0:
        raise SourceError(name, "", "the file is empty", "Download or export it again.")
    if size > limits.file:
        cure = "Split it, leave out what the region does not need, or give it packed (.zip, .gz)."
        raise SourceError(name, "", f"{size / MB:,.0f} MB; at most {limits.file / MB:,.0f} MB are read", cure)
    try:
        with path.open("rb") as file:
            head = file.read(512)
            ole = head.startswith(OLE_MAGIC) and _ENCRYPTED_OLE in head + file.read(4 * MB)
    except OSError as error:
        raise SourceError(name, "", f"cannot be read ({error.strerror})", "Check the path and its rights.") from error
    _refuse_kind(name, head, encrypted=ole)
    return head


def _refuse_kind(name: str, head: bytes, *, encrypted: bool) -> None:
    if head.startswith(OLE_MAGIC):
        if encrypted:
            cure = "Open it in the spreadsheet program and save it without a password."
            raise SourceError(name, "", "the workbook is protected by a password", cure)
        cure = "Save it as .xlsx (without macros), .ods or CSV."
        raise SourceError(name, "", "an old Excel workbook (.xls), which may hold macros", cure)
    for magic, (kind, cure) in _OTHER.items():
        if head.startswith(magic):
            raise SourceError(name, "", f"this is {kind}", cure)


def shown(name: str) -> str:
    r"""A file's or member's name as it may stand in a message: its last part, without control characters, short.

    >>> shown("../../etc/passwd")
    'passwd'
    >>> shown("C:\\data\\list.csv")
    'list.csv'
    """
    last = PurePosixPath(name.replace("\\", "/")).name or "file"
    return "".join(sign if sign.isprintable() else "�" for sign in last)[:120]


def safe_name(name: str) -> str:
    r"""A name that may be given to a file of ours: no folders, no leading dots, nothing a shell or Windows minds.

    >>> safe_name("../..\\<b>list<i>.csv")
    'b_list_i_.csv'
    """
    cleaned = _WEIRD.sub("_", shown(name)).strip(" .")
    cleaned = re.sub(r"_+", "_", cleaned).lstrip("_")
    if not cleaned or PurePosixPath(cleaned).stem.upper() in _RESERVED:
        return f"file_{cleaned}".rstrip("_")
    return cleaned[-120:]


_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10))}


def neutral(value: str) -> str:
    """A text as it may be written into a CSV file others open in a spreadsheet: what looks like a formula gets a ``'``.

    >>> neutral("=1+1"), neutral("-12,5"), neutral("@home"), neutral("Essen")
    ("'=1+1", '-12,5', "'@home", 'Essen')
    """
    return f"'{value}" if value.startswith(_FORMULA) and not _NUMBER.fullmatch(value) else value
