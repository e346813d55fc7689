"""What is expensive to compute, kept on disk: partitions and positions as plain arrays, nothing executable.

A file is named by the hash of everything its content depends on: the tables' digest, the options, the code that
reads and computes, and the libraries it computes with. So nothing kept is ever out of date, and a file that
cannot be read is computed again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from platformdirs import user_cache_path

from ecosystem import affiliations, cells, clusters, contents, layout, parsing, projections, tables
from ecosystem.measures import communities
from ecosystem.measures.communities import Partition

if TYPE_CHECKING:
    from ecosystem.clusters import ClusterOptions

log = logging.getLogger(__name__)

CODE = (affiliations, cells, clusters, communities, contents, layout, parsing, projections, tables)
LIBRARIES = ("numpy", "pandas", "scikit-network", "scipy")


@dataclass(frozen=True)
class Kept:
    """The two partitions and the positions (actors × 4) of an atlas."""

    first: Partition
    second: Partition
    positions: np.ndarray


def folder() -> Path:
    """Where computed atlases are kept: ``$ECOSYSTEM_CACHE``, else the user's cache directory."""
    own = os.environ.get("ECOSYSTEM_CACHE")
    return Path(own).expanduser() if own else user_cache_path("ecosystem", appauthor=False)


def file(digest: str, options: ClusterOptions) -> Path:
    """The file for tables of this digest and these options."""
    told = json.dumps([digest, asdict(options), _recipe()], sort_keys=True)
    return folder() / f"atlas-{hashlib.sha256(told.encode()).hexdigest()[:24]}.npz"


def _recipe() -> list[str]:
    """Hashes of the code and versions of the libraries that make what is kept."""
    files = [Path(str(module.__file__)) for module in CODE]
    # by its path: importing it would import scikit-network, which a kept atlas can do without
    files.append(Path(communities.__file__).with_name("_leiden.py"))
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in files] + [version(one) for one in LIBRARIES]


def keep(path: Path, kept: Kept) -> None:
    """Write ``kept``; a folder that cannot be written to is logged and otherwise ignored."""
    partitions = (kept.first, kept.second)
    told = [
        {"method": p.method, "seed": p.seed, "modularity": p.modularity, "resolution": p.resolution} for p in partitions
    ]
    # a second process may write the same file: the last complete one wins
    draft = path.with_name(f"{path.stem}-{os.getpid()}.tmp.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            draft,
            positions=kept.positions,
            labels=np.array([p.labels.to_numpy() for p in partitions]),
            runs=np.array([p.modularity_runs for p in partitions], dtype=float),
            told=np.frombuffer(json.dumps(told).encode(), dtype=np.uint8),
        )
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        # a read-only home must not stop anybody from seeing the region; it is computed again next time
        log.warning("The atlas could not be kept in %s (%s); it will be computed again.", path.parent, error)


def restore(path: Path, actors: pd.Index) -> Kept | None:
    """What :func:`keep` wrote for these actors; ``None`` where there is nothing, or nothing that can be read."""
    if not path.is_file():
        return None
    try:
        # opened here: numpy leaves a broken archive open
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            told = json.loads(arrays["told"].tobytes())
            first, second = (
                _partition(actors, labels, runs, about)
                for labels, runs, about in zip(arrays["labels"], arrays["runs"], told, strict=True)
            )
            return Kept(first, second, arrays["positions"].reshape(len(actors), 4))
    except Exception as error:  # noqa: BLE001 -- damage shows as any of a dozen errors of zip, zlib, numpy and json
        log.warning("%s cannot be read (%s: %s); the atlas is computed again.", path, type(error).__name__, error)
        return None


def _partition(actors: pd.Index, labels: np.ndarray, runs: np.ndarray, about: dict[str, float | str]) -> Partition:
    return Partition(
        labels=pd.Series(labels, index=actors),
        modularity=float(about["modularity"]),
        method="leiden" if about["method"] == "leiden" else "louvain",
        seed=int(about["seed"]),
        resolution=float(about["resolution"]),
        modularity_runs=tuple(float(q) for q in runs),
    )
