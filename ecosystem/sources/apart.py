"""Reading in a process of its own, with limits of time and memory: for files that others upload.

The process is started afresh (``spawn``): it shares nothing with the app, and whatever a file does to it, be it an
endless loop or all the memory it may have, ends there and becomes a sentence. Where the system knows no limit of
memory for a process (Windows), the limits of size in :mod:`~ecosystem.sources.safety` still hold.
"""

from __future__ import annotations

import contextlib
import multiprocessing as mp
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ecosystem.errors import EcosystemError, SourceError
from ecosystem.sources.safety import MB, UPLOAD, Limits, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from ecosystem.sources.mapping import Mapping
    from ecosystem.sources.record import Reading
    from ecosystem.sources.workbook import Filled

SECONDS = 60.0
MEMORY = 1536 * MB
"""Bytes of address space the process may have, its libraries included."""


def read(
    kind: str,
    files: Sequence[Path],
    *,
    mapping: Mapping | None = None,
    limits: Limits = UPLOAD,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> Reading:
    """As :func:`ecosystem.sources.read`, apart.

    Raises:
        SourceError: what the reader finds, or that time or memory did not suffice.
    """
    found: Reading = run(_read, (kind, list(files), mapping, limits), shown(files[0].name), seconds, memory)
    return found


@dataclass(frozen=True, slots=True)
class Headed:
    """How a table would be read: its headers, what each gives, and the first rows to see it by."""

    headers: tuple[str, ...]
    mapping: Mapping
    sample: tuple[tuple[str, ...], ...]


def headed(
    kind: str,
    file: Path,
    *,
    mapping: Mapping | None = None,
    limits: Limits = UPLOAD,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> Headed:
    """The first table of :func:`ecosystem.sources.layouts`, apart.

    Raises:
        SourceError: what the reader finds, or that time or memory did not suffice.
    """
    found: Headed = run(_headed, (kind, file, mapping, limits), shown(file.name), seconds, memory)
    return found


def workbook(path: Path, *, limits: Limits = UPLOAD, seconds: float = SECONDS, memory: int = MEMORY) -> Filled:
    """As :func:`ecosystem.sources.workbook.read`, apart.

    Raises:
        SourceError: what the reader finds, or that time or memory did not suffice.
    """
    found: Filled = run(_workbook, (path, limits), shown(path.name), seconds, memory)
    return found


def run(work: Callable[..., Any], arguments: tuple[Any, ...], name: str, seconds: float, memory: int) -> Any:
    """What ``work`` of a module of ours gives, worked out in a process that ends with it.

    Raises:
        EcosystemError: the one the work raised.
        SourceError: the process took longer than ``seconds``, or came to an end without an answer.
    """
    context = mp.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, work, arguments, memory), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            problem = f"reading took longer than {seconds:,.0f} seconds and was ended"
            raise SourceError(name, "", problem, "Give a smaller part of it, or import it on the command line.")
        good, answer = ours.recv()
    except EOFError:
        raise _unanswered(name, memory) from None
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()
    if good:
        return answer
    if isinstance(answer, EcosystemError):
        raise answer
    raise _unanswered(name, memory) if answer is None else _unexpected(name, answer)


def _unanswered(name: str, memory: int) -> SourceError:
    problem = f"reading needs more than the {memory / MB:,.0f} MB it may have"
    return SourceError(name, "", problem, "Give a smaller part of it, or import it on the command line.")


def _unexpected(name: str, answer: str) -> SourceError:
    problem = f"reading came to an end unexpectedly ({answer[:120]})"
    return SourceError(name, "", problem, "Save it again in another format, and report the file.")


def _work(pipe: Connection, work: Callable[..., Any], arguments: tuple[Any, ...], memory: int) -> None:
    """What happens over there."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = True, work(*arguments)
    except EcosystemError as error:
        answer = False, error
    except MemoryError:
        answer = False, None
    except Exception as error:  # noqa: BLE001 - whatever it is, the app gets a sentence
        answer = False, f"{type(error).__name__}: {error}"
    with contextlib.suppress(BrokenPipeError):
        pipe.send(answer)


def _read(kind: str, files: list[Path], mapping: Mapping | None, limits: Limits) -> Reading:
    from ecosystem import sources  # noqa: PLC0415 - over there

    return sources.read(kind, files, mapping=mapping, limits=limits)


def _headed(kind: str, file: Path, mapping: Mapping | None, limits: Limits) -> Headed:
    from ecosystem import sources  # noqa: PLC0415 - over there

    first = sources.layouts(kind, file, mapping, limits)[0]
    return Headed(first.headers, first.mapping, first.sample)


def _workbook(path: Path, limits: Limits) -> Filled:
    from ecosystem.sources import workbook as reader  # noqa: PLC0415 - over there

    return reader.read(path, limits)
