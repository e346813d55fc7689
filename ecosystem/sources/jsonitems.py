"""The records of a JSON file as a stream: the items of its outermost list, whatever stands around it."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Any, BinaryIO

from ecosystem.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecosystem.sources.archives import Member
    from ecosystem.sources.safety import Limits

_DEEPEST = 500
_SLICE = 8 * 1024
_CURE = "Download it again, or check that it is JSON in UTF-8."


def items(member: Member, limits: Limits) -> Iterator[tuple[int, Any]]:
    """``(number, item)`` of the first list in the file, numbered from 1.

    Raises:
        SourceError: no JSON, no list in it, broken off, or more items than are let in.
    """
    import ijson  # noqa: PLC0415 - only who reads JSON pays for it

    number = 0
    try:
        prefix = _prefix(member, ijson)
        with member.opened() as file:
            _skip_mark(member, file)
            for item in ijson.items(_Shallow(file, member), prefix, use_float=True):
                number += 1
                if number > limits.rows:
                    problem = f"more than {limits.rows:,} records"
                    raise SourceError(member.file, member.part, problem, "Leave out what the region does not need.")
                yield number, item
    except (ijson.JSONError, ValueError, OverflowError, RecursionError) as error:
        where = ", ".join(part for part in (member.part, f"after record {number:,}") if part)
        reason = str(error).split("\n", 1)[0][:80]
        raise SourceError(member.file, where, f"the JSON is broken ({reason})", _CURE) from error


def _prefix(member: Member, ijson: Any) -> str:
    """The path of the first list, as ijson writes it."""
    with member.opened() as file:
        _skip_mark(member, file)
        for count, (prefix, event, _) in enumerate(ijson.parse(_Shallow(file, member), use_float=True)):
            if event == "start_array":
                return f"{prefix}.item" if prefix else "item"
            if count > 10_000:
                break
    raise SourceError(member.file, member.part, "no list of records in it", "Give the file with the list of records.")


def _skip_mark(member: Member, file: BinaryIO) -> None:
    if member.head.startswith(codecs.BOM_UTF8):
        file.read(len(codecs.BOM_UTF8))


class _Shallow:
    """A JSON stream that is refused where it nests too deep.

    The parser writes out the path to every value, which takes the square of the depth. The check is by the signs
    outside of strings, a slice at a time, so that it costs little beside the parsing.
    """

    def __init__(self, file: BinaryIO, member: Member) -> None:
        self._file, self._member = file, member
        self._depth, self._inside, self._escape = 0, False, b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece = self._file.read(size)
        for start in range(0, len(piece), _SLICE):
            self._look(piece[start : start + _SLICE])
        return piece

    def _look(self, told: bytes) -> None:
        told = (self._escape + told).replace(b"\\\\", b"")
        self._escape = b"\\" if told.endswith(b"\\") else b""
        parts = told.removesuffix(b"\\").replace(b'\\"', b"").split(b'"')
        outside = b"".join(parts[1 if self._inside else 0 :: 2])
        self._inside ^= len(parts) % 2 == 0
        self._depth += outside.count(b"[") + outside.count(b"{") - outside.count(b"]") - outside.count(b"}")
        if self._depth > _DEEPEST:
            problem = f"lists and objects more than {_DEEPEST} deep in each other"
            raise SourceError(self._member.file, self._member.part, problem, _CURE)


def is_json(member: Member) -> bool:
    """Whether a file is JSON, by its first sign."""
    return member.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"[", b"{"}
