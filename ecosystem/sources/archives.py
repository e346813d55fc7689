"""Archives and packed files: what is in them, opened as streams that stop where a limit is reached.

A zip archive is walked by its own bytes: every member is inflated once, into nothing, and held against what the
archive's list says of it, because the spreadsheet library behind it believes that list.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from ecosystem.errors import SourceError
from ecosystem.sources.safety import GZIP_MAGIC, LIMITS, MB, ZIP_MAGIC, Limits, check, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_PIECE = 256 * 1024
_ARCHIVES = (".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".zst")
_LOCAL_HEADER = 30
_WORKBOOK_PARTS = ("[Content_Types].xml", "mimetype")
_AGAIN = "Download it again; if that does not help, unpack it and give the files in it."


@dataclass(frozen=True, slots=True)
class Member:
    """One file of those given, or one inside an archive (``part``), to be opened as often as needed."""

    path: Path
    part: str
    head: bytes
    size: int
    opened: Callable[[], BinaryIO]

    @property
    def file(self) -> str:
        """Name of the file given."""
        return shown(self.path.name)

    @property
    def name(self) -> str:
        """The name its content goes by: without the folder, and without ``.gz``."""
        return (shown(self.part) if self.part else self.file).removesuffix(".gz")

    @property
    def workbook(self) -> bool:
        """Whether it is a spreadsheet (XLSX, ODS), by its content."""
        return not self.part and self.head.startswith(ZIP_MAGIC)


def members(path: Path, limits: Limits = LIMITS) -> tuple[Member, ...]:
    """The files to read behind a path: itself, unpacked where it is packed, or those inside a zip archive.

    Raises:
        SourceError: what :func:`~ecosystem.sources.safety.check` finds, a damaged or encrypted archive, one in another,
            or more than ``limits`` let in.
    """
    head = check(path, limits)
    size = path.stat().st_size
    if head.startswith(GZIP_MAGIC):
        return (_unzipped(path, size, limits),)
    if not head.startswith(ZIP_MAGIC):
        return (Member(path, "", head, size, lambda: path.open("rb")),)
    with archive_of(path) as archive:
        names = [info.filename for info in archive.infolist()]
        if any(part in names for part in _WORKBOOK_PARTS):
            return (Member(path, "", head, size, lambda: path.open("rb")),)
        sizes = dict(inspect(path, archive, limits, limits.unpacked))
        found = [info for info in archive.infolist() if not info.is_dir() and not _junk(info.filename)]
    return tuple(_inside(path, info, sizes[info.filename], limits) for info in found)


def _junk(name: str) -> bool:
    return name.startswith("__MACOSX/") or shown(name).startswith(".")


def _unzipped(path: Path, size: int, limits: Limits) -> Member:
    def opened() -> BinaryIO:
        most = min(limits.unpacked, max(size * limits.ratio, MB))
        return cast("BinaryIO", io.BufferedReader(_Bounded(gzip.open(path, "rb"), most, shown(path.name)), _PIECE))

    member = Member(path, "", b"", size, opened)
    try:
        with opened() as file:
            head = file.read(512)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(member.file, "", "the packed file is damaged", _AGAIN) from error
    if head.startswith((*ZIP_MAGIC, GZIP_MAGIC)):
        raise SourceError(member.file, "", "an archive inside an archive", "Unpack the outer one.")
    return Member(path, "", head, size, opened)


def _inside(path: Path, info: zipfile.ZipInfo, size: int, limits: Limits) -> Member:
    def opened() -> BinaryIO:
        try:
            file = zipfile.ZipFile(path).open(info)  # noqa: SIM115 - whoever opens it closes it
        except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError) as error:
            raise SourceError(shown(path.name), _place(info), "the archive is damaged", _AGAIN) from error
        return cast("BinaryIO", io.BufferedReader(_Bounded(file, limits.unpacked, shown(path.name)), _PIECE))

    with opened() as file:
        head = file.read(512)
    if head.startswith((*ZIP_MAGIC, GZIP_MAGIC)):
        raise _nested(shown(path.name), info.filename)
    return Member(path, info.filename, head, size, opened)


def archive_of(path: Path) -> zipfile.ZipFile:
    """The list of an archive's members; whoever asks closes it.

    Raises:
        SourceError: it is damaged.
    """
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise SourceError(shown(path.name), "", "the archive is damaged", _AGAIN) from error


def inspect(
    path: Path,
    archive: zipfile.ZipFile,
    limits: Limits,
    most: int,
    watch: Callable[[str, bytes], None] | None = None,
) -> Iterator[tuple[str, int]]:
    """Unpack every member into nothing, and give its name and true size; ``watch`` sees every piece.

    Raises:
        SourceError: too many members, a member encrypted, packed in an unusual way, damaged, larger than said, packed
            beyond ``limits.ratio``, overlapping another, named as if outside the archive, or an archive itself.
    """
    file = shown(path.name)
    infos = archive.infolist()
    if len(infos) > limits.members:
        problem = f"{len(infos):,} files in the archive; at most {limits.members:,} are read"
        raise SourceError(file, "", problem, "Unpack it and give the files needed.")
    if len({info.filename for info in infos}) < len(infos):
        raise SourceError(file, "", "two files of the archive have the same name", _AGAIN)
    if sum(info.compress_size for info in infos) > path.stat().st_size:
        raise SourceError(file, "", "files of the archive overlap, as in a zip bomb", "Do not use this file.")
    total = 0
    with path.open("rb") as raw:
        for info in infos:
            _check_entry(file, info)
            size = 0
            for piece in _inflated(file, info, raw):
                size += len(piece)
                total += len(piece)
                if size > info.file_size or total > most or size > max(MB, info.compress_size * limits.ratio):
                    raise _bomb(file, info, total, most)
                if watch:
                    watch(info.filename, piece)
            if size != info.file_size:
                raise SourceError(file, _place(info), "the file inside the archive is damaged", _AGAIN)
            yield info.filename, size


def _check_entry(file: str, info: zipfile.ZipInfo) -> None:
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or info.filename.startswith(("/", "\\")) or ":" in parts[0] or "\0" in info.orig_filename:
        raise SourceError(file, _place(info), "its name leads outside the archive", "Do not use this file.")
    if info.flag_bits & 0x1:
        raise SourceError(file, _place(info), "it is encrypted", "Unpack it with its password and give the files.")
    if info.filename.lower().endswith(_ARCHIVES):
        raise _nested(file, info.filename)
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise SourceError(file, _place(info), "it is packed by an unusual method", "Pack it again as a common .zip.")


def _inflated(file: str, info: zipfile.ZipInfo, raw: BinaryIO) -> Iterator[bytes]:
    """What a member holds, in pieces of bounded size, by the bytes that are there."""
    raw.seek(max(0, info.header_offset))
    header = raw.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or not header.startswith(ZIP_MAGIC[0]):
        raise SourceError(file, _place(info), "the archive is damaged", _AGAIN)
    raw.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), io.SEEK_CUR)
    left = info.compress_size
    unpacking = zlib.decompressobj(-15)
    while left > 0 and (piece := raw.read(min(left, _PIECE))):
        left -= len(piece)
        if info.compress_type == zipfile.ZIP_STORED:
            yield piece
            continue
        try:
            yield unpacking.decompress(piece, _PIECE)
            while unpacking.unconsumed_tail:
                yield unpacking.decompress(unpacking.unconsumed_tail, _PIECE)
        except zlib.error as error:
            raise SourceError(file, _place(info), "the file inside the archive is damaged", _AGAIN) from error


def _place(info: zipfile.ZipInfo) -> str:
    return f"“{shown(info.filename)}” in it"


def _nested(file: str, name: str) -> SourceError:
    return SourceError(file, f"“{shown(name)}” in it", "an archive inside an archive", "Unpack the outer one.")


def _bomb(file: str, info: zipfile.ZipInfo, total: int, most: int) -> SourceError:
    if total > most:
        problem = f"unpacks to more than {most / MB:,.0f} MB"
        return SourceError(file, "", problem, "Unpack it and give only the files needed.")
    problem = "unpacks to far more than its size, as a zip bomb does"
    return SourceError(file, _place(info), problem, "Do not use this file; if you trust it, unpack it yourself.")


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more than so many bytes."""

    def __init__(self, inner: io.BufferedIOBase | gzip.GzipFile | object, most: int, file: str) -> None:
        self._inner, self._left, self._file = cast("BinaryIO", inner), most, file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._inner.read(len(buffer))
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            raise SourceError(self._file, "", "the packed file is damaged or cut off", _AGAIN) from error
        self._left -= len(piece)
        if self._left < 0:
            problem = "unpacks to far more than its size or than is read"
            raise SourceError(self._file, "", problem, "If you trust it, unpack it yourself and give the part needed.")
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._inner.close()
        super().close()
