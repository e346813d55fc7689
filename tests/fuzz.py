"""``poe fuzz``: every reader on damaged samples for some minutes.

Nothing but a reading in which every row is accounted for, or a SourceError, may come of it; no case may take longer
than :data:`PATIENCE_S`; the process that reads may have :data:`MEMORY_MB`. Cases run in a process of its own, which the
first one watches; a case that fails is told with its seed (``--one``).
"""

from __future__ import annotations

import argparse
import gzip
import io
import multiprocessing as mp
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import source_samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

PATIENCE_S = 30.0
MEMORY_MB = 2048
FRESH = 2_000
"""Cases a process does before the next one takes over, so that what one leaves behind shows in its peak alone."""
TOKENS = (
    b'"', b'""', b";", b",", b"\t", b"\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80",
    b"=", b"+", b"@", b"'", b"<", b">", b"&", b"&amp;", b"<!DOCTYPE a>", b'<!ENTITY a "b">', b"]]>", b"<![CDATA[",
    b"NaN",
    b"\xc3", b"{", b"}", b"[", b"]", b"null", b"1e999", b"99999999999999999999", b"1048576", b"XFD1048576", b"..",
    b"31.02.2024", b"1.234,5", b"\\u0000", b"\\ud800", b"id", b"name", b"Name", b"A" * 3000, b" " * 500,
    b"\xe2\x80\xae", b"\xc2\xa0", b'repeated="99999999"',
)  # fmt: skip
PACKED = (".xlsx", ".ods", ".zip")


def damaged(content: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """Some bytes changed, taken out, doubled, put in, exchanged with another file's, or all cut off."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        place = chance.randrange(len(data) + 1)
        span = min(len(data) - place, chance.choice((1, 2, 5, 20, 200)))
        deed = chance.randrange(8)
        if deed == 0 and span:
            data[place] = chance.randrange(256)
        elif deed == 1:
            del data[place : place + span]
        elif deed == 2:
            data[place:place] = data[place : place + span] * chance.choice((1, 2, 50))
        elif deed in {3, 4}:
            data[place:place] = chance.choice(TOKENS)
        elif deed == 5:
            data[place : place + span] = chance.choice(TOKENS)
        elif deed == 6 and others:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            data[place : place + span] = other[start : start + chance.choice((10, 100, 2000))]
        elif chance.random() < 0.3:
            del data[place:]
    return bytes(data)


def damaged_file(path: Path, chance: random.Random, others: list[bytes]) -> None:
    """Damage a file: a packed one mostly inside, so that the reader behind the archive sees it."""
    content = path.read_bytes()
    if path.suffix in PACKED and chance.random() < 0.75:
        content = _repacked(content, chance, others)
    elif path.suffix == ".gz" and chance.random() < 0.75:
        content = gzip.compress(damaged(gzip.decompress(content), chance, others), mtime=0)
    else:
        content = damaged(content, chance, others)
    path.write_bytes(content)


def _repacked(content: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        names = before.namelist()
        chosen = set(chance.sample(names, min(len(names), chance.choice((1, 1, 2)))))
        for name in names:
            inner = before.read(name)
            after.writestr(name, damaged(inner, chance, others) if name in chosen else inner)
    return buffer.getvalue()


def case(seed: int, folder: Path) -> str:
    """One case; what came of it: a kind and “read” or “refused”."""
    from ecosystem.errors import SourceError

    chance = random.Random(seed)
    for path in folder.iterdir():
        path.unlink()
    name = chance.choice(sorted([*source_samples.SAMPLES, *OTHERS]))
    kind = name if name in OTHERS else source_samples.SAMPLES[name][0]
    try:
        OTHERS[name](chance, folder) if name in OTHERS else reading(name, chance, folder)
    except SourceError as error:
        if not error.file or not error.cure:
            raise AssertionError(f"a refusal without file or cure: {error}") from error
        return f"{kind} refused"
    return f"{kind} read"


def reading(name: str, chance: random.Random, folder: Path) -> None:
    """A sample of a source, one of its files damaged; now and then through another reader, or by another name."""
    from ecosystem import sources
    from ecosystem.sources.safety import UPLOAD

    kind, write = source_samples.SAMPLES[name]
    files = write(folder)
    damaged_file(chance.choice(files), chance, [path.read_bytes() for path in files])
    if chance.random() < 0.1:
        kind = chance.choice(sources.KINDS)
    if chance.random() < 0.05:
        files[0] = files[0].rename(files[0].with_suffix(chance.choice((".csv", ".json", ".xlsx", ".gexf", ".x"))))
    found = sources.read(kind, files, limits=UPLOAD)
    if found.rows_read != found.rows_taken + len(found.rejects):
        raise AssertionError(f"{found.rows_read} rows, {found.rows_taken} taken, {len(found.rejects)} rejected")


def mapping(chance: random.Random, _: Path) -> None:
    """A mapping file."""
    from ecosystem.sources.mapping import Mapping

    text = 'name: A\nsheet: B\nheader_row: 2\ndecimal: ","\ncolumns: {name: Wer, title: Was}\nunmapped: [a]\n'
    told = Mapping.parse(damaged(text.encode(), chance, []).decode(errors="replace"))
    if Mapping.parse(told.text()).columns != told.columns:
        raise AssertionError(f"it does not come back: {told}")


def workbook(chance: random.Random, folder: Path) -> None:
    """A filled workbook."""
    from ecosystem.sources import workbook as reader
    from ecosystem.sources.safety import UPLOAD

    rows = [["tie_id", "relation", "source_actor_id"], ["t1", "funds", "a"], ["t2", "hosts", "b"]]
    path = source_samples.ods(folder / "t.ods", {"ties": rows, "actors": [["actor_id", "name"], ["a", "A"]]})
    damaged_file(path, chance, [])
    reader.read(path, UPLOAD)


OTHERS: dict[str, Callable[[random.Random, Path], None]] = {"mapping": mapping, "workbook": workbook}


def work(pipe: Connection) -> None:
    """Do the cases asked for, and tell what came of each."""
    import resource  # not on Windows, where the cases run all the same

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB * 1024**2,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        while (seed := pipe.recv()) is not None:
            try:
                told = case(seed, Path(folder)), ""
            except BaseException:  # noqa: BLE001 - panics of Rust are no Exception
                told = "failed", traceback.format_exc()
            pipe.send((*told, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


class Worker:
    """The process that reads, and its end of the line."""

    def __init__(self) -> None:
        context = mp.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def ask(self, seed: int) -> tuple[str, str, float]:
        """What came of a case, the trace of what should not have come, and the peak memory in MB."""
        self.pipe.send(seed)
        try:
            if not self.pipe.poll(PATIENCE_S):
                return "hung", f"no answer in {PATIENCE_S:g} s", 0.0
            answer: tuple[str, str, float] = self.pipe.recv()
        except (EOFError, ConnectionError):
            self.process.join(5)
            return "died", f"the process ended with {self.process.exitcode}", 0.0
        return answer

    def end(self) -> None:
        """Let it go."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def main() -> None:
    """Fuzz until the time is over; exit code 1 where a case failed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=10.0)
    asked.add_argument("--seed", type=int, default=1, help="of the first case; the others follow")
    asked.add_argument("--one", type=int, help="run this case alone, in this process")
    options = asked.parse_args()
    if options.one is not None:
        with tempfile.TemporaryDirectory() as folder:
            print(case(options.one, Path(folder)))
        return
    sys.exit(1 if fuzz(options.minutes, options.seed) else 0)


def fuzz(minutes: float, first: int) -> list[tuple[int, str]]:
    """The cases that failed, with their traces."""
    counts: Counter[str] = Counter()
    failed: list[tuple[int, str]] = []
    peak = slowest = 0.0
    begun, seed, worker = time.monotonic(), first, Worker()
    worker.ask(seed)  # its imports are no case's
    while time.monotonic() - begun < 60 * minutes and len(failed) < 20:
        asked = time.monotonic()
        told, trace, used = worker.ask(seed)
        slowest, peak = max(slowest, time.monotonic() - asked), max(peak, used)
        counts[told] += 1
        if trace:
            failed.append((seed, trace))
            print(f"--- case {seed}: {told}\n{trace}")
        if told in {"hung", "died"} or sum(counts.values()) % FRESH == 0:
            worker.end()
            worker = Worker()
            worker.ask(first)
        seed += 1
    worker.end()
    _tell(counts, failed, peak, slowest, (time.monotonic() - begun) / 60)
    return failed


def _tell(counts: Counter[str], failed: list[Any], peak: float, slowest: float, minutes: float) -> None:
    print(f"{sum(counts.values()):,} cases in {minutes:.1f} minutes, {len(failed)} failed")
    print(f"slowest {slowest:.2f} s, highest peak {peak:,.0f} MB of {MEMORY_MB:,}")
    for name, count in sorted(counts.items()):
        print(f"  {name}: {count:,}")


if __name__ == "__main__":
    main()
