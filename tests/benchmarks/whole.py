"""Cases on everything at once: an atlas from a folder, and the first page of the app."""

from __future__ import annotations

import sys
import tempfile
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from given import Case

if TYPE_CHECKING:
    from given import Given


def atlas_ours(given: Given) -> Case:
    from ecosystem import atlas

    folder = given.folder / f"region-{given.size}"
    return Case(lambda: atlas.load(folder, cache=False), _told_atlas)


def _told_atlas(found: Any) -> dict[str, Any]:
    partition = found.clusters.partition
    return {
        "actors": len(found.positions),
        "clusters": len(found.clusters.items),
        "runs": len(partition.modularity_runs),
        "Q": partition.modularity,
    }


def serve_ours(given: Given, *, warm: bool) -> Case:
    path = Path(__file__).parents[2] / ".ci" / "serves"
    serves = ModuleType("serves")
    SourceFileLoader("serves", str(path)).exec_module(serves)
    command = str(Path(sys.executable).with_name("ecosystem"))
    folder = Path(tempfile.mkdtemp(dir=given.folder))
    if warm:
        serves.first_page(command, folder)
    return Case(lambda: serves.first_page(command, folder), lambda seconds: {"first page s": round(seconds, 2)})
