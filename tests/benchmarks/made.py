"""Made-up affiliations that look like real ones: who takes part in which project, in three sizes.

A few organisations take part in hundreds of projects and most in one or two (a power law); project sizes are
log-normal, with a few of more than a hundred partners. Organisations have a place and a field, and projects draw
their partners mostly from their own field and place, so that there are communities to be found. The same size and
seed give the same data everywhere.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

FIELDS = 12
MOST_PARTNERS = 200
# where a partner comes from: the project's own place and field, its field wherever, its place, anywhere; communities
# come out with a modularity of 0.45 to 0.5, as in networks of funded projects
NEAR, SAME_FIELD, SAME_PLACE = 0.65, 0.15, 0.1
SPREAD_OF_SIZES = 1.15
ACTIVITY = 1.25


@dataclass(frozen=True)
class Size:
    """How much is made: counts, and the median of partners per project."""

    organisations: int
    projects: int
    places: int
    median_partners: float


SIZES = {
    "S": Size(2_000, 3_000, 40, 3.0),
    "M": Size(30_000, 25_000, 300, 6.3),
    "N": Size(20_000, 16_000, 200, 6.3),
    "L": Size(120_000, 80_000, 900, 5.95),
}


@dataclass(frozen=True)
class Affiliations:
    """``organisation`` takes part in ``project`` (two arrays of equal length, every pair once), and what each is."""

    size: Size
    organisation: np.ndarray
    project: np.ndarray
    place: np.ndarray
    field: np.ndarray
    project_field: np.ndarray

    def matrix(self) -> sparse.csr_array:
        """Organisations × projects, 0/1."""
        shape = (self.size.organisations, self.size.projects)
        ones = np.ones(len(self.organisation))
        # as ecosystem.affiliations makes them
        coordinates = (self.organisation.astype(np.int32), self.project.astype(np.int32))
        return sparse.csr_array(sparse.coo_array((ones, coordinates), shape=shape))


def affiliations(name: str, seed: int = 0) -> Affiliations:
    """The affiliations of size ``S``, ``M`` or ``L``."""
    size, rng = SIZES[name], np.random.default_rng(seed)
    place = _heavy(size.places, 1.0, size.organisations, rng)
    field = _heavy(FIELDS, 0.5, size.organisations, rng)
    activity = (1 - rng.random(size.organisations)) ** (-1 / ACTIVITY)
    project_place = _heavy(size.places, 1.0, size.projects, rng)
    project_field = _heavy(FIELDS, 0.5, size.projects, rng)
    partners = np.exp(rng.normal(np.log(size.median_partners), SPREAD_OF_SIZES, size.projects))
    project = np.repeat(np.arange(size.projects), np.clip(partners.round(), 1, MOST_PARTNERS).astype(int))
    organisation = np.empty(len(project), dtype=int)
    reach = np.searchsorted(np.cumsum([NEAR, SAME_FIELD, SAME_PLACE]), rng.random(len(project)), side="right")
    groups = [
        (place * FIELDS + field, project_place * FIELDS + project_field),
        (field, project_field),
        (place, project_place),
        (np.zeros_like(field), np.zeros_like(project_field)),
    ]
    for way, (own, wanted) in enumerate(groups):
        drawn = reach == way
        organisation[drawn] = _drawn(own, activity, wanted[project[drawn]], rng)
    pairs = np.unique(np.stack([project, organisation], axis=1), axis=0)
    return Affiliations(size, pairs[:, 1], pairs[:, 0], place, field, project_field)


COLUMNS = ("organisation", "project", "place", "field", "project_field")


def keep(name: str, folder: Path) -> None:
    """Write the affiliations of a size, so that making them does not count as anybody's memory."""
    found = affiliations(name)
    np.savez(folder / f"{name}.npz", **{column: getattr(found, column) for column in COLUMNS})


def kept(name: str, folder: Path) -> Affiliations:
    """What :func:`keep` wrote."""
    with np.load(folder / f"{name}.npz") as arrays:
        return Affiliations(SIZES[name], **{column: arrays[column] for column in COLUMNS})


def _heavy(kinds: int, exponent: float, count: int, rng: np.random.Generator) -> np.ndarray:
    """``count`` draws from kinds whose frequencies fall with their rank."""
    shares = np.arange(1, kinds + 1) ** -exponent
    return rng.choice(kinds, count, p=shares / shares.sum())


def _drawn(own: np.ndarray, weights: np.ndarray, wanted: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """For every wanted group one of its members by weight; anybody where the group has none."""
    order = np.argsort(own, kind="stable")
    reached = np.concatenate([[0.0], np.cumsum(weights[order])])
    first, last = (np.searchsorted(own[order], wanted, side=side) for side in ("left", "right"))
    first, last = np.where(first < last, first, 0), np.where(first < last, last, len(order))
    at = reached[first] + rng.random(len(wanted)) * (reached[last] - reached[first])
    return order[np.clip(np.searchsorted(reached, at, side="right") - 1, first, last - 1)]


def activities(rows: int = 1_500, columns: int = 600, seed: int = 0) -> pd.DataFrame:
    """Regions × activities, 0/1, as specialisations are: nested in part, in part by kinds of regions, one piece."""
    rng = np.random.default_rng(seed)
    breadth, demands = rng.normal(size=(rows, 1)), rng.normal(size=columns)
    likeness = rng.normal(size=(rows, 4)) @ rng.normal(size=(4, columns))
    held = (breadth - demands + 0.7 * likeness + rng.logistic(size=(rows, columns)) > 2.0).astype(int)
    held[:, 0], held[0] = 1, 1
    names = [f"a{number:04d}" for number in range(columns)]
    return pd.DataFrame(held, index=[f"r{number:05d}" for number in range(rows)], columns=names)


if __name__ == "__main__":
    for each in SIZES:
        keep(each, Path(sys.argv[1]))
