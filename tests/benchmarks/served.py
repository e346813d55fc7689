"""``ecosystem serve`` in a process of its own, as a user starts it, and the seconds until its first page."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_S = 300.0


@contextmanager
def serving(region: str, cache: Path) -> Iterator[tuple[str, float]]:
    """The server's address, ending in a slash, and how long its first page took to come; ``cache`` holds its atlas."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("ecosystem")), "serve", region, "--port", str(port)]
    root = str(Path(__file__).parents[2])
    environment = os.environ | {"PYTHONPATH": root, "ECOSYSTEM_CACHE": str(cache)}
    begun = time.monotonic()
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/"
        _first_page(process, address)
        yield address, time.monotonic() - begun
    finally:
        process.terminate()
        process.wait(timeout=20)


def _first_page(process: subprocess.Popen[bytes], address: str) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE_S:
        if process.poll() is not None:
            sys.exit(f"ecosystem serve ended with exit code {process.returncode}")
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - this machine
                answer.read()
        except urllib.error.URLError:
            time.sleep(0.02)
            continue
        return
    sys.exit(f"no page within {PATIENCE_S:.0f} s")
