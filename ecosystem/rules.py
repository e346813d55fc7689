"""Rules between the rows and tables of a region folder that no single cell can break.

Each rule takes the contents of a folder and yields its faults; a table that could not be read is no reason
for a fault here, for its own has been reported.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from ecosystem import outlines
from ecosystem.cells import truths
from ecosystem.dictionary import dictionary
from ecosystem.errors import Fault, Severity
from ecosystem.model import Relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ecosystem.contents import Contents
    from ecosystem.outlines import Box

_UNDIRECTED = frozenset(relation.value for relation in Relation if not relation.directed)
_AGS_LENGTH = 8
_PAD_SHARE, _PAD_DEGREES, _FAR_DEGREES = 0.25, 0.05, 4.0


def faults(contents: Contents) -> Iterator[Fault]:
    """The faults of every rule."""
    for rule in RULES:
        yield from rule(contents)


def lost_zeros(contents: Contents) -> dict[str, dict[int, str]]:
    """Keys of places and districts that a spreadsheet took for numbers: by column, the right key of each row.

    A key of digits counts as such where the key with a leading zero is used elsewhere, where its column
    has longer keys that start with a zero, or where seven digits stand in a German municipality's place.
    """
    frame = contents.frame("places")
    if frame is None:
        return {}
    return {name: dict(_lost(contents, frame, name)) for name in ("place_id", "district_id")}


def _lost(contents: Contents, frame: pd.DataFrame, name: str) -> Iterator[tuple[int, str]]:
    used = _used(contents, f"places.{name}")
    lengths = Counter(len(text) for text in frame[name] if text.isdigit() and text.startswith("0"))
    for row, text, nuts3 in zip(frame.index, frame[name], frame["nuts3"], strict=True):
        if text.isdigit() and not text.startswith("0"):
            german = nuts3.startswith("DE") and name == "place_id" and len(text) == _AGS_LENGTH - 1
            missed = "0" + text in used or lengths[len(text) + 1] > 0
            if german or (missed and text not in used):
                yield row, "0" + text


def _used(contents: Contents, target: str) -> set[str]:
    """Everything other tables and outlines write where they refer to ``target``."""
    used: set[str] = set()
    for table in dictionary().values():
        for column in (column for column in table.columns if column.foreign_key == target):
            if table.format == "geojson":
                found = contents.outlines[table.name]
                used.update(outlines.keys(found, column.name) if found else ())
            elif (frame := contents.frame(table.name)) is not None:
                used.update(frame[column.name])
    return used


def _keys_without_zero(contents: Contents) -> Iterator[Fault]:
    for name, rows in lost_zeros(contents).items():
        for row, right in rows.items():
            cure = f"Write {right}, and format the column as text before pasting."
            yield Fault("places.csv", row, name, right[1:], "the key with its leading zero", cure)


def _no_place(contents: Contents) -> Iterator[Fault]:
    frame = contents.frame("places")
    if frame is not None and not truths(frame["in_region"]).any():
        cure = "Set in_region to true for the municipalities of the region."
        yield Fault("places.csv", None, "in_region", "", "at least one place inside the region", cure)


def _coordinates(contents: Contents) -> Iterator[Fault]:
    """Points of places in the region: stated, and near the outlines or, without these, near each other."""
    points = _points(contents)
    if points is None:
        return
    for row, name in _rows(points[points[["lat", "lon"]].isna().any(axis=1)], "name"):
        cure = "Fill in lat and lon (WGS 84); without them the place is missing on the map."
        yield Fault("places.csv", row, "lat", "", f"coordinates of {name}", cure, Severity.WARNING)
    stated = points.dropna()
    if stated.empty:
        return
    west, south, east, north = _frame_of(contents, stated)
    for row, lat, lon in zip(stated.index.tolist(), stated["lat"].tolist(), stated["lon"].tolist(), strict=True):
        if south <= lat <= north and west <= lon <= east:
            continue
        swapped = south <= lon <= north and west <= lat <= east
        cure = "lat and lon look swapped: exchange them." if swapped else "Check lat and lon (WGS 84)."
        column = "lat" if swapped or not south <= lat <= north else "lon"
        expected = f"lat {south:.2f} to {north:.2f} and lon {west:.2f} to {east:.2f}"
        yield Fault("places.csv", row, column, f"{lat:g}, {lon:g}", expected, cure)


def _points(contents: Contents) -> pd.DataFrame | None:
    frame = contents.frame("places")
    if frame is None:
        return None
    inside = frame[truths(frame["in_region"])]
    found = {name: contents.readings["places"][name].parsed.loc[inside.index] for name in ("lat", "lon")}
    wrong = [contents.readings["places"][name].wrong.loc[inside.index] for name in ("lat", "lon")]
    return pd.DataFrame({"name": inside["name"], **found})[~(wrong[0] | wrong[1])]


def _frame_of(contents: Contents, stated: pd.DataFrame) -> Box:
    """The box a place must lie in: the outlines and a quarter more, else some degrees around the median."""
    found = contents.outlines["boundaries"]
    if found:
        west, south, east, north = outlines.box(found)
        across, along = (max(_PAD_SHARE * side, _PAD_DEGREES) for side in (east - west, north - south))
        return west - across, south - along, east + across, north + along
    lat, lon = stated["lat"].median(), stated["lon"].median()
    return lon - _FAR_DEGREES, lat - _FAR_DEGREES, lon + _FAR_DEGREES, lat + _FAR_DEGREES


def _outlined(contents: Contents) -> Iterator[Fault]:
    """Every outline belongs to a place, and every municipality has one."""
    frame = contents.frame("places")
    if frame is None:
        return
    inside = frame[truths(frame["in_region"])]
    for table in (table for table in dictionary().values() if table.format == "geojson"):
        found, name = contents.outlines[table.name], table.keys[0]
        if found is None:
            continue
        known = set(frame[name]) | set(lost_zeros(contents)[name].values())
        for key in (key for key in outlines.keys(found, name) if key and key not in known):
            cure = f"Add it to places.csv as {name}, or remove the outline."
            yield Fault(table.file, None, name, key, "an id of places.csv", cure)
        drawn = set(outlines.keys(found, name)) | {key[1:] for key in lost_zeros(contents)[name].values()}
        for row, key in _rows(inside[~inside[name].isin(drawn)].drop_duplicates(name), name):
            cure = "Add its outline; without it the map shows a point only."
            yield Fault("places.csv", row, name, key, f"an outline in {table.file}", cure, Severity.WARNING)


def _unsourced_actors(contents: Contents) -> Iterator[Fault]:
    actors, places = contents.frame("actors"), contents.frame("places")
    if actors is None or places is None or "source_ids" in contents.sheets["actors"].absent:
        return
    inside = set(places.loc[truths(places["in_region"]), "place_id"])
    for row, name in _rows(actors[actors["place_id"].isin(inside) & (actors["source_ids"] == "")], "name"):
        cure = f"Name where {name} was found, and describe it in sources.csv."
        yield Fault("actors.csv", row, "source_ids", "", "a source of every actor inside the region", cure)


def _self_ties(contents: Contents) -> Iterator[Fault]:
    ties = contents.frame("ties")
    if ties is None:
        return
    same = (ties["source_actor_id"] == ties["target_actor_id"]) & (ties["source_actor_id"] != "")
    for row, actor in _rows(ties[same], "target_actor_id"):
        cure = "Correct one end of the tie, or remove the row."
        yield Fault("ties.csv", row, "target_actor_id", actor, "another actor than the source", cure)


def _repeated_ties(contents: Contents) -> Iterator[Fault]:
    """The same relation between the same two actors; for relations without direction also the reverse."""
    ties = contents.frame("ties")
    if ties is None:
        return
    ends = ties[["source_actor_id", "target_actor_id"]]
    swap = ties["relation"].isin(_UNDIRECTED) & (ends["source_actor_id"] > ends["target_actor_id"])
    key = pd.DataFrame({
        "low": ends["source_actor_id"].mask(swap, ends["target_actor_id"]),
        "relation": ties["relation"],
        "high": ends["target_actor_id"].mask(swap, ends["source_actor_id"]),
    })  # fmt: skip
    stated = key[(key != "").all(axis=1)]
    again = stated[stated.duplicated(keep=False)]
    for rows in again.groupby(list(again.columns)).groups.values():
        for row in rows[1:]:
            shown = " ".join(ties.loc[row, ["source_actor_id", "relation", "target_actor_id"]])
            cure = f"Row {rows[0]} says the same: remove one of them."
            yield Fault("ties.csv", row, "target_actor_id", shown, "every tie once", cure)


def _ambiguous_numbers(contents: Contents) -> Iterator[Fault]:
    """One warning per column: all its cells were read the same way."""
    for table, readings in contents.readings.items():
        frame = contents.frame(table)
        for name, reading in readings.items():
            rows = reading.ambiguous.index[reading.ambiguous].tolist()
            if frame is not None and rows:
                more = f" So were {len(rows) - 1} more cells." if len(rows) > 1 else ""
                cure = f"It was read as {reading.parsed[rows[0]]:g}.{more} Write it without a separator of thousands."
                expected = "a number that can be read in one way only"
                file, text = dictionary()[table].file, str(frame.at[rows[0], name])
                yield Fault(file, rows[0], name, text, expected, cure, Severity.WARNING)


def _rows(frame: pd.DataFrame, name: str) -> list[tuple[int, str]]:
    """Spreadsheet row and cell of a column."""
    return list(zip(frame.index.tolist(), frame[name].tolist(), strict=True))


RULES: tuple[Callable[[Contents], Iterator[Fault]], ...] = (
    _keys_without_zero,
    _no_place,
    _coordinates,
    _outlined,
    _unsourced_actors,
    _self_ties,
    _repeated_ties,
    _ambiguous_numbers,
)
