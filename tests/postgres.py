"""A PostgreSQL of one's own in a temporary folder, on a free port; gone afterwards.

``python tests/postgres.py COMMAND …`` runs a command beside one, with its address in ECOSYSTEM_POSTGRES_URL. Needs
nothing but Python and Debian's package. PostgreSQL refuses to run as root: then it runs as the user of the package.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE = "ECOSYSTEM_POSTGRES_URL"
USER = "postgres"


def programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``, the newest; ``None`` where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    here = shutil.which("initdb")
    return Path(here).resolve().parent if here else None


def why_not() -> str:
    """Why no server can be started here; empty where one can."""
    if programs() is None:
        return "no PostgreSQL: install Debian's postgresql or set ECOSYSTEM_POSTGRES_URL"
    if os.geteuid() == 0 and not _user():
        return f"PostgreSQL refuses root, and there is no user {USER}"
    return ""


def _user() -> dict[str, Any]:
    """How to start a program as somebody who is not root."""
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam(USER)
    except KeyError:
        return {}
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def cluster() -> Iterator[str]:
    """A running server; gives the address of its database ``postgres``."""
    found = programs()
    assert found is not None, why_not()
    folder = Path(tempfile.mkdtemp(prefix="ecosystem-postgres-"))
    who = _user()
    if who:
        os.chown(folder, who["user"], who["group"])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **who}
    try:
        subprocess.run(
            [found / "initdb", "-D", folder / "data", "-U", USER, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"],
            check=True, **quiet,
        )  # fmt: skip
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = subprocess.Popen(
            [found / "postgres", "-D", folder / "data", "-p", str(port), "-k", folder, "-h", "127.0.0.1"], **quiet
        )
        try:
            _await(found, port, server, quiet)
            yield f"postgresql+psycopg://{USER}@127.0.0.1:{port}/postgres"
        finally:
            # "fast": whoever is still connected is cut off
            server.send_signal(2)
            server.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _await(found: Path, port: int, server: subprocess.Popen[bytes], quiet: dict[str, Any]) -> None:
    for _ in range(600):
        ready = subprocess.run([found / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False, **quiet)
        if ready.returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    server.kill()
    raise RuntimeError("PostgreSQL did not start")


def main() -> int:
    """Run the command that is given beside a server; without a server it runs all the same."""
    command = sys.argv[1:]
    if reason := why_not():
        sys.stderr.write(reason + "\n")
        return subprocess.run(command, check=False).returncode
    with cluster() as address:
        return subprocess.run(command, env=os.environ | {VARIABLE: address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
