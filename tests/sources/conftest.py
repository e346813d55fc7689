"""What the tests of the readers share: samples written into a folder and read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import source_samples

from ecosystem import sources

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ecosystem.sources.record import Reading


@pytest.fixture
def sample(tmp_path: Path) -> Callable[[str], Reading]:
    def read(name: str) -> Reading:
        kind, write = source_samples.SAMPLES[name]
        return complete(sources.read(kind, write(tmp_path)))

    return read


@pytest.fixture
def given(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def complete(reading: Reading) -> Reading:
    """No row is silently lost, and none is rejected twice."""
    assert reading.rows_read == reading.rows_taken + len(reading.rejects)
    places = [str(reject.origin) for reject in reading.rejects]
    assert len(places) == len(set(places))
    assert all(reject.reason and reject.cure for reject in reading.rejects)
    return reading
