"""Several files of a folder changed as one: whoever reads sees all of the old ones or all of the new ones.

A change is first written beside the files, into a folder that is then renamed to ``.pending``: that rename is the
moment from which the new state holds. Readers look there first (:func:`current`), so a program that is killed before
the files were copied to their places has lost nothing; the next change, or :func:`settle`, finishes the copying.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import uuid
from typing import TYPE_CHECKING

from ecosystem.errors import IntakeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

PENDING = ".pending"
_MANIFEST = "manifest.json"
_LEFTOVERS = (".preparing-*", ".settled-*")
_FILES = "files"
_writing = threading.Lock()


def current(folder: Path, name: str) -> bytes | None:
    """The bytes of a file as they hold now, None where there is no such file."""
    manifest = _manifest(folder)
    if name in manifest["remove"]:
        return None
    if name in manifest["write"]:
        try:
            return (folder / PENDING / _FILES / name).read_bytes()
        except FileNotFoundError:
            pass  # settled meanwhile: the file is at its place
    path = folder / name
    return path.read_bytes() if path.is_file() else None


def commit(folder: Path, changes: Mapping[str, bytes | None], still: Callable[[], bool] = lambda: True) -> None:
    """Write files (bytes) and remove others (None), all or none; names are relative to the folder, with slashes.

    ``still`` is asked at the last moment whether what the change was made from still holds.

    Raises:
        IntakeError: the folder cannot be written, or has changed since.
    """
    with _writing:
        try:
            settle(folder)
            prepared = folder / f".preparing-{uuid.uuid4().hex}"
            _prepare(prepared, changes)
            if not still():
                shutil.rmtree(prepared, ignore_errors=True)
                raise IntakeError(f"{folder} has changed since this was looked at. Look at it again, then accept.")
            prepared.rename(folder / PENDING)
            _sync(folder)
            settle(folder)
        except OSError as error:
            what = error.strerror or str(error)
            raise IntakeError(
                f"{folder} cannot be written ({what}). Nothing was changed; give a folder of your own with --to."
            ) from error


def settle(folder: Path) -> None:
    """Finish a change that was cut off, and clear away what one that never held has left."""
    pending = folder / PENDING
    if pending.is_dir():
        manifest = _manifest(folder)
        for name in manifest["write"]:
            _put(folder / name, (pending / _FILES / name).read_bytes())
        for name in manifest["remove"]:
            (folder / name).unlink(missing_ok=True)
            _prune(folder, (folder / name).parent)
        _sync(folder)
        pending.rename(folder / f".settled-{uuid.uuid4().hex}")
    for pattern in _LEFTOVERS:
        for left in folder.glob(pattern):
            shutil.rmtree(left, ignore_errors=True)


def _manifest(folder: Path) -> dict[str, list[str]]:
    try:
        found: dict[str, list[str]] = json.loads((folder / PENDING / _MANIFEST).read_bytes())
    except FileNotFoundError:
        return {"write": [], "remove": []}
    return found


def _prepare(prepared: Path, changes: Mapping[str, bytes | None]) -> None:
    prepared.mkdir()
    write = {name: data for name, data in changes.items() if data is not None}
    for name, data in write.items():
        _put(prepared / _FILES / name, data)
    told = {"write": sorted(write), "remove": sorted(set(changes) - set(write))}
    _put(prepared / _MANIFEST, json.dumps(told, indent=1).encode())
    _sync(prepared)


def _put(path: Path, data: bytes) -> None:
    """Write a file whole: under another name first, so that a cut leaves no half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _prune(folder: Path, parent: Path) -> None:
    while parent != folder and parent.is_dir() and not any(parent.iterdir()):
        parent.rmdir()
        parent = parent.parent


def _sync(folder: Path) -> None:
    """Make renames last through a loss of power, where the system knows how to."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
