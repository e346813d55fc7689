"""What differs between two atlases: headline measures, places, fields, clusters, with uncertainty where there is one.

Conventions: ``change`` is after − before, NaN where either is undefined; ``noise`` is what the number would vary by
without any change, NaN where nothing of the kind is known: the spread of modularity over seeded runs, half the width of
a location quotient's interval, of indices of ties the spread over resampled ties (:mod:`ecosystem.scenario.spread`).
Counts have none. Rows are ranked by ``size``: the change against the larger of both values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ecosystem.affiliations import actor_places
from ecosystem.clusters import effective_number
from ecosystem.findings.ties import layers
from ecosystem.measures import green_polycentricity, lq_table
from ecosystem.scenario import spread
from ecosystem.scenario.matched import matched

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas
    from ecosystem.findings.material import Level

Values = dict[tuple[str, ...], float]
GREEN = {"p": "polycentricity P", "p_sf": "polycentricity P_SF", "freeman": "Freeman centralisation"}
COLUMNS = ["before", "after", "change", "size", "noise"]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Tables of differences, the largest change first.

    ``headline``: measure, before, after …; ``places``: place, measure …; ``fields``: field, measure …; ``clusters``:
    how the clusters of both sides correspond (see :func:`ecosystem.scenario.matched.matched`); ``quotients``: location
    quotients that differ. ``versions`` are the data versions of both.
    """

    versions: tuple[str, str]
    headline: pd.DataFrame
    places: pd.DataFrame
    fields: pd.DataFrame
    quotients: pd.DataFrame
    clusters: pd.DataFrame

    @property
    def nothing(self) -> bool:
        """Whether nothing that is measured here differs."""
        frames = (self.headline, self.places, self.fields, self.quotients)
        return all(not (frame["change"].fillna(0) != 0).any() for frame in frames)


def compare(before: Atlas, after: Atlas, *, level: Level = "municipality") -> Comparison:
    """What differs between two atlases of one region.

    >>> from ecosystem.atlas import load
    >>> toy = load("toy", cache=False)
    >>> compare(toy, toy).nothing
    True
    """
    old, new = _measured(before, level), _measured(after, level)
    return Comparison(
        versions=(before.version, after.version),
        headline=_differences(old["headline"], new["headline"], ["measure"], _noise(before, level)),
        places=_differences(old["places"], new["places"], ["place", "place_name", "measure"]),
        fields=_differences(old["fields"], new["fields"], ["field", "field_name", "measure"], _noise(before, level)),
        quotients=_quotients(before, after, level),
        clusters=matched(before, after),
    )


def _measured(atlas: Atlas, level: Level) -> dict[str, Values]:
    """What is compared; it stands with the atlas, since one baseline meets many scenarios."""
    kept: dict[str, dict[str, Values]] = vars(atlas).setdefault("_compared", {})
    if level not in kept:
        kept[level] = {
            "headline": _headline(atlas, level), "places": _places(atlas, level), "fields": _fields(atlas, level),
        }  # fmt: skip
    return kept[level]


def _differences(
    before: Values,
    after: Values,
    names: list[str],
    noise: Values | None = None,
) -> pd.DataFrame:
    keys = list(dict.fromkeys([*before, *after]))
    rows = []
    for key in keys:
        old, new = before.get(key, float("nan")), after.get(key, float("nan"))
        largest = max(abs(old), abs(new))
        change = new - old
        size = abs(change) / largest if largest > 0 else abs(change)
        rows.append((*key, old, new, change, size, (noise or {}).get(key, float("nan"))))
    frame = pd.DataFrame(rows, columns=[*names, *COLUMNS])
    order = np.lexsort((np.arange(len(frame)), -frame["size"].fillna(-1).to_numpy()))
    return frame.iloc[order].reset_index(drop=True)


def _noise(atlas: Atlas, level: Level) -> Values:
    """The spread of headline measures, (measure,), and of measures of fields, (field, name, measure)."""
    kept: dict[str, Values] = vars(atlas).setdefault("_spread", {})
    if level not in kept:
        kept[level] = _spread(atlas, level)
    return kept[level]


def _spread(atlas: Atlas, level: Level) -> Values:
    at = atlas.material
    linked, between = _linked(atlas)
    runs = atlas.clusters.partition.modularity_runs
    found: Values = {("inter-city share",): spread.of_share(between / linked, linked)} if linked else {}
    if len(runs) > 1:
        found["modularity",] = float(np.std(runs))
    for name, value in spread.of_ties(layers(at, level)["both"]).items():
        found[GREEN[name],] = value
    for field, called in at.fields.items():
        found[field, called, "effective places"] = spread.of_sizes(at.sizes(level, field).to_numpy(dtype=float))
        for name, value in spread.of_ties(layers(at, level, field)["both"]).items():
            found[field, called, GREEN[name]] = value
    return found


def _headline(atlas: Atlas, level: Level) -> Values:
    tables, at = atlas.tables, atlas.material
    ties = layers(at, level)["both"]
    found = green_polycentricity(ties)
    linked, between = _linked(atlas)
    sizes = np.array([item.size for item in atlas.clusters.items], dtype=float)
    cities = np.array([item.effective_cities for item in atlas.clusters.items], dtype=float)
    known = ~np.isnan(cities)
    return {
        ("actors",): float(len(tables.actors)),
        ("direct ties",): float(len(tables.ties)),
        ("projects",): float(len(tables.projects)),
        ("linked pairs",): float(linked),
        ("inter-city share",): between / linked if linked else float("nan"),
        ("polycentricity P",): found.p,
        ("polycentricity P_SF",): found.p_sf,
        ("Freeman centralisation",): found.freeman,
        ("clusters",): float(len(atlas.clusters.items)),
        ("modularity",): atlas.clusters.partition.modularity,
        ("effective cities of a cluster",): float(np.average(cities[known], weights=sizes[known]))
        if known.any()
        else float("nan"),
    }


def _linked(atlas: Atlas) -> tuple[int, int]:
    """Linked pairs of actors inside the region, and those of them in two municipalities."""
    ties = atlas.ties.csr.tocoo()
    places = actor_places(atlas.tables)
    inside = atlas.tables.places["in_region"].to_numpy(dtype=bool)
    where = np.full(len(atlas.positions), -1)
    coo = places.csr.tocoo()
    where[coo.row] = np.where(inside[coo.col], coo.col, -1)
    i, j = where[ties.row], where[ties.col]
    known = (i >= 0) & (j >= 0)
    return int(known.sum()) // 2, int((known & (i != j)).sum()) // 2


def _places(atlas: Atlas, level: Level) -> Values:
    at = atlas.material
    units, ties = at.units(level), layers(at, level)["both"].to_numpy()
    actors = at.sizes(level).to_numpy()
    outward = ties.sum(axis=1) - np.diag(ties)
    partners = ((ties > 0) & ~np.eye(len(ties), dtype=bool)).sum(axis=1)
    found: Values = {}
    for row, (place, name) in enumerate(zip(units.ids, units.names, strict=True)):
        for measure, values in (("actors", actors), ("ties to other places", outward), ("partner places", partners)):
            found[str(place), name, measure] = float(values[row])
    return found


def _fields(atlas: Atlas, level: Level) -> Values:
    at = atlas.material
    found: Values = {}
    for field, name in at.fields.items():
        sizes = at.sizes(level, field)
        green = green_polycentricity(layers(at, level, field)["both"])
        for measure, value in (
            ("actors", float(sizes.sum())),
            ("effective places", effective_number(sizes.to_numpy())),
            ("polycentricity P", green.p),
            ("polycentricity P_SF", green.p_sf),
            ("Freeman centralisation", green.freeman),
        ):
            found[field, name, measure] = value
    return found


def _quotients(before: Atlas, after: Atlas, level: Level) -> pd.DataFrame:
    """Location quotients of cells whose memberships differ; noise is half the width of the interval before."""
    old, new = (lq_table(atlas.material.counts(level)) for atlas in (before, after))
    both = old.merge(new, on=["place", "field"], suffixes=("_before", "_after"))
    both = both[(both["x_before"] != both["x_after"]).to_numpy()]
    called, fields = before.material.units(level).called, before.material.fields
    change = both["lq_after"] - both["lq_before"]
    largest = both[["lq_before", "lq_after"]].abs().max(axis=1)
    frame = pd.DataFrame({
        "place": both["place"],
        "place_name": both["place"].map(called),
        "field": both["field"],
        "field_name": both["field"].map(fields),
        "measure": "location quotient",
        "before": both["lq_before"],
        "after": both["lq_after"],
        "change": change,
        "size": change.abs() / largest.where(largest > 0, 1.0),
        "noise": (both["high_before"] - both["low_before"]) / 2,
    })  # fmt: skip
    return frame.sort_values("size", ascending=False, kind="stable").reset_index(drop=True)
