"""What a comparison says, as rows for people: headline measures first, then the cities and fields that change most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboards.room.sentences import measure_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas
    from ecosystem.model import Region
    from ecosystem.scenario import Comparison

SHARES = {"inter-city share"}
DIGITS = {
    "polycentricity P": 3,
    "polycentricity P_SF": 4,
    "Freeman centralisation": 3,
    "modularity": 3,
    "effective cities of a cluster": 2,
    "effective places": 2,
    "location quotient": 2,
}
MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class Change:
    """One row: of what, which measure, before, after, change; ``noise`` is what it varies by without any change."""

    of: str
    measure: str
    before: str
    after: str
    change: str
    noise: str
    numbers: tuple[float, float, float]


def changes(comparison: Comparison, region: Region, tr: Translator) -> list[Change]:
    """All headline measures that differ, then places and fields, the largest change first in each."""
    fields = {one.field_id: tr.label(one.short) for one in region.fields}
    places = comparison.places[comparison.places["measure"] != "actors"]
    return [
        *_rows(comparison.headline, "", {}, tr),
        *_rows(places, "place_name", {}, tr)[:MOST_PLACES],
        *_rows(comparison.fields, "field", fields, tr)[:MOST_PLACES],
    ]


def _rows(frame: pd.DataFrame, name: str, labels: Mapping[str, str], tr: Translator) -> list[Change]:
    names = measure_names(tr)
    moved = frame[frame["change"].fillna(0) != 0]
    return [
        Change(
            labels.get(str(row[name]), str(row[name])) if name else tr("Region"),
            names.get(str(row["measure"]), str(row["measure"])),
            _shown(row["measure"], row["before"], tr),
            _shown(row["measure"], row["after"], tr),
            ("+" if row["change"] > 0 else "") + _shown(row["measure"], row["change"], tr, points=True),
            f"± {_bare(row['measure'], row['noise'], tr)}" if row["noise"] == row["noise"] else "",
            (float(row["before"]), float(row["after"]), float(row["change"])),
        )
        for row in moved.to_dict("records")
    ]


def _shown(measure: object, value: float, tr: Translator, *, points: bool = False) -> str:
    if measure in SHARES:
        # a difference of shares is percentage points, not per cent
        return tr("{n} points", n=tr.number(100 * value, 1)) if points else tr.share(value, 1)
    return tr.number(value, DIGITS.get(str(measure), 0))


def _bare(measure: object, noise: float, tr: Translator) -> str:
    """In the unit of the change before it, which is not said twice."""
    return tr.number(100 * noise, 1) if measure in SHARES else _shown(measure, noise, tr)


def cluster_changes(atlas: Atlas, comparison: Comparison, tr: Translator) -> list[str]:
    """What becomes of clusters, in a sentence each; those that stay as they are are left out."""
    german = {one.cluster_id: one.name.text(tr.language) for one in atlas.clusters.items}
    words = {
        "grew": tr("grows from {before} to {after} actors"),
        "shrank": tr("shrinks from {before} to {after} actors"),
        "changed": tr("changes: {joined} in, {left} out"),
        "split": tr("splits"),
        "merged": tr("merges with another"),
        "gone": tr("dissolves"),
        "new": tr("forms anew"),
    }
    found = []
    for row in comparison.clusters.to_dict("records"):
        fate = str(row["fate"])
        if fate in words:
            name = german.get(str(row["before"]), str(row["name_before"] or row["name_after"]))
            values = {
                "before": tr.number(row["actors_before"]), "after": tr.number(row["actors_after"]),
                "joined": tr.number(row["joined"]), "left": tr.number(row["left"]),
            }  # fmt: skip
            found.append(f"{name}: {words[fate].format(**values)}")
    return found
