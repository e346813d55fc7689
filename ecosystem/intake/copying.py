"""A region of the package copied to a folder of the user's: those that were shipped stay as they are."""

from __future__ import annotations

import shutil
import uuid
from typing import TYPE_CHECKING

from ecosystem import journal
from ecosystem.errors import IntakeError

if TYPE_CHECKING:
    from pathlib import Path


def copied(region: Path, to: Path) -> Path:
    """Copy a region folder, complete or not at all; the new folder.

    Raises:
        IntakeError: the folder exists and holds something else, or cannot be written.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise IntakeError(f"{to} exists and is not empty. Name it as the region to import into, or give another --to.")
    prepared = to.parent / f".{to.name}-{uuid.uuid4().hex}"
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(region, prepared)
        journal.settle(prepared)
        if to.exists():
            to.rmdir()
        prepared.rename(to)
    except OSError as error:
        shutil.rmtree(prepared, ignore_errors=True)
        raise IntakeError(f"{to} cannot be written ({error.strerror}). Choose another folder.") from error
    return to
