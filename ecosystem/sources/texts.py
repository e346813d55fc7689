"""Text out of bytes: which encoding, and lines of bounded length, with a note on everything that was odd.

UTF-8 is tried on the whole file, not on its beginning: the first umlaut of a list may stand in row 10,000.
"""

from __future__ import annotations

import codecs
import io
from functools import lru_cache
from typing import TYPE_CHECKING

from ecosystem.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecosystem.sources.archives import Member

_PIECE = 1024 * 1024
LINE = 4 * 1024 * 1024
"""Longest line, in characters; a table with longer ones is none."""
_UNDEFINED = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
"""Bytes Windows-1252 gives no meaning to."""
_TWICE = ("Ã¼", "Ã¤", "Ã¶", "ÃŸ", "Ã©", "â€", "√∂", "√º", "√§", "√ü", "√©")
"""What ü, ä, ö, ß, é and quotation marks become when UTF-8 is read as Windows-1252 or Mac Roman."""


@lru_cache(maxsize=64)
def encoding(member: Member) -> tuple[str, str]:
    """The encoding of a file, and a sentence about it where it is not UTF-8.

    Byte order marks first; then UTF-8 as far as the file is; then UTF-16 by its zero bytes; then Windows-1252, and
    Latin-1 where bytes occur that Windows-1252 does not have.

    Raises:
        SourceError: the file holds so many zero bytes that it is no text.
    """
    if member.head.startswith(codecs.BOM_UTF8):
        return _trying(member, "utf-8-sig")
    if member.head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", f"{member.name} was read as UTF-16."
    if member.head.count(0) > len(member.head) // 4:
        for name, zeros in (("utf-16-le", member.head[1::2]), ("utf-16-be", member.head[::2])):
            if zeros.count(0) > len(zeros) // 2 and member.head.strip(b"\0"):
                return name, f"{member.name} was read as UTF-16 without a byte order mark."
        raise SourceError(member.file, member.part, "this is no text", "Give a table, an archive of tables or a graph.")
    return _trying(member, "utf-8")


def _trying(member: Member, name: str) -> tuple[str, str]:
    if _decodes(member):
        return name, ""
    with member.opened() as file:
        undefined = any(sign in piece for piece in iter(lambda: file.read(_PIECE), b"") for sign in _UNDEFINED)
    if undefined:
        return "latin-1", f"{member.name} is not UTF-8 and was read as Latin-1; check its umlauts."
    return "cp1252", f"{member.name} is not UTF-8 and was read as Windows-1252; check its umlauts."


def _decodes(member: Member) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with member.opened() as file:
            while piece := file.read(_PIECE):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


class Lines:
    """The lines of a text, one after another, each with its end; the oddities met on the way are counted.

    :meth:`back` takes lines that are to be given again, also after the last one.
    """

    def __init__(self, member: Member) -> None:
        self.member = member
        self.notes: list[str] = []
        name, note = encoding(member)
        if note:
            self.notes.append(note)
        self._text: io.TextIOWrapper | None = io.TextIOWrapper(member.opened(), encoding=name, errors="replace")
        self._back: list[str] = []
        self._nulls = self._twice = 0
        self._example = ""

    def __iter__(self) -> Iterator[str]:
        """Itself."""
        return self

    def __next__(self) -> str:
        r"""The next line; ``\r\n`` and ``\r`` count as line ends too."""
        if self._back:
            return self._back.pop()
        line = self._text.readline(LINE) if self._text else ""
        if not line:
            self.close()
            raise StopIteration
        if len(line) >= LINE:
            problem = f"a line of more than {LINE:,} characters"
            cure = "Check whether it is a table, one record a line."
            self.close()
            raise SourceError(self.member.file, self.member.part, problem, cure)
        return self._cleaned(line)

    def back(self, lines: list[str]) -> None:
        """Give these lines again before the next one."""
        self._back.extend(reversed(lines))

    def close(self) -> None:
        """Close the file and tell what was odd about its text."""
        if self._text is None:
            return
        self._text.close()
        self._text = None
        if self._nulls:
            self.notes.append(f"{self.member.name}: {self._nulls:,} NUL bytes were left out.")
        if self._twice:
            self.notes.append(
                f"{self.member.name}: {self._twice:,} lines look as if decoded twice (“{self._example}”);"
                " they are kept as they are."
            )

    def _cleaned(self, line: str) -> str:
        if "\0" in line:
            self._nulls += line.count("\0")
            line = line.replace("\0", "")
        if not line.isascii() and (found := next((sign for sign in _TWICE if sign in line), "")):
            self._twice += 1
            place = line.index(found)
            self._example = self._example or line[max(0, place - 2) : place + 4].strip()
        return line or "\n"
