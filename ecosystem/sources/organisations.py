"""The organisation a row of mapped cells names, and what every cell of the row says.

A cell that cannot be read is blank, and told: the row stands, its cell is among the reading's ``blanked``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ecosystem.sources import values
from ecosystem.sources.collect import key
from ecosystem.sources.mapping import plain
from ecosystem.sources.record import Code, RawActor

if TYPE_CHECKING:
    from collections.abc import Mapping as Table
    from collections.abc import Sequence

    from ecosystem.sources.collect import Collector
    from ecosystem.sources.mapping import Mapping
    from ecosystem.sources.record import Origin
    from ecosystem.sources.spreadsheet import Cell

_IDS = ("ror", "wikidata", "openalex", "pic", "grid", "isni", "lei", "vat", "register")
_NAMING = ("ror", "wikidata", "openalex", "pic", "grid", "lei")


class Organisations:
    """Reads cells by the targets of a mapping; ``columns`` are the places of the targets."""

    def __init__(self, columns: Table[str, int], mapping: Mapping, collector: Collector) -> None:
        self.columns, self.mapping, self.collector = columns, mapping, collector
        self.decimal, self.constants = mapping.decimal, dict(mapping.constants)

    def actor(self, origin: Origin, cells: Sequence[Cell], name: str, *, topics: bool, raw_id: str = "") -> RawActor:
        """The organisation, known by ``raw_id``, by an id of its own, or else by its name and place."""
        told_country = self.text(cells, "country")
        country = values.country(told_country)
        if told_country and not country:
            self.collector.blank(origin, self.mapping.header("country"), told_country, "no country known")
        postcode = values.postcode(self.cell(cells, "postcode"), country)
        municipality, district = self.text(cells, "municipality"), self.text(cells, "district")
        ids = tuple((scheme, found) for scheme in _IDS if (found := self.text(cells, scheme)))
        named = self.text(cells, "actor_id") or next((found for scheme, found in ids if scheme in _NAMING), "")
        lat, lon = self._point(origin, cells)
        others = (*self.items(cells, "other_names"), *self.items(cells, "short_name"))
        return RawActor(
            raw_id=raw_id or named or key("org", plain(name) or name, postcode, plain(municipality), country),
            name=name, origin=origin, other_names=tuple(one for one in dict.fromkeys(others) if one != name),
            ids=ids, kinds=self._kinds(cells), postcode=postcode, municipality=municipality, district=district,
            nuts=self.text(cells, "nuts").replace(" ", ""), country=country, lat=lat, lon=lon,
            url=self._url(origin, cells), parent=self.text(cells, "parent"),
            topics=tuple(("label", one) for one in self.items(cells, "topic")) if topics else (),
            place_code=self.text(cells, "place_code"),
        )  # fmt: skip

    def cell(self, cells: Sequence[Cell], target: str) -> Cell:
        """What stands in the target's column, or holds for every row."""
        place = self.columns.get(target)
        return self.constants.get(target, "") if place is None or place >= len(cells) else cells[place]

    def text(self, cells: Sequence[Cell], target: str) -> str:
        """The target as text in one line (a summary keeps its lines); "" where it says nothing."""
        found = values.text(self.cell(cells, target))
        found = found if target == "summary" else values.line(found)
        if target == "name" or (target, found) == ("country", "NA"):  # Namibia
            return found
        return "" if found.lower() in values.NONE else found

    def items(self, cells: Sequence[Cell], target: str) -> tuple[str, ...]:
        """The parts of a cell with several values, separated by | or ;."""
        parts = re.split(r"[|;]", self.text(cells, target))
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def number(self, origin: Origin, cells: Sequence[Cell], target: str) -> float | None:
        """An amount; None where there is none or it cannot be read."""
        cell = self.cell(cells, target)
        try:
            # a cell that can be read in one way only is, whatever its column does
            own = values.decimal_sign(cell) if isinstance(cell, str) else ""
            return values.number(cell, own or self.decimal)
        except ValueError as error:
            self._unread(origin, target, cell, error)
            return None

    def date(self, origin: Origin, cells: Sequence[Cell], target: str) -> str:
        """A date as ISO 8601; "" where there is none or it cannot be read."""
        cell = self.cell(cells, target)
        try:
            return values.date(cell)
        except ValueError as error:
            self._unread(origin, target, cell, error)
            return ""

    def _kinds(self, cells: Sequence[Cell]) -> tuple[Code, ...]:
        scheme = self.constants.get("kind_scheme", "")
        if not scheme:
            scheme = "cordis" if plain(self.mapping.header("kind")) == "activitytype" else "kind"
        found = [(scheme, one) for one in self.items(cells, "kind")]
        for target in ("legal_form", "sector"):
            told = self.text(cells, target)
            found += [(target, told)] if told else []
        return tuple(found)

    def _point(self, origin: Origin, cells: Sequence[Cell]) -> tuple[float | None, float | None]:
        both, lat, lon = (self.cell(cells, target) for target in ("coordinates", "lat", "lon"))
        try:
            if values.text(both):
                return values.coordinates(both) or (None, None)
            if values.text(lat) and values.text(lon):
                return values.degrees(lat, 90.0), values.degrees(lon, 180.0)
        except ValueError as error:
            target = "coordinates" if values.text(both) else "lat"
            self._unread(origin, target, both if values.text(both) else f"{lat}, {lon}", error)
        return None, None

    def _url(self, origin: Origin, cells: Sequence[Cell]) -> str:
        cell = self.cell(cells, "url")
        try:
            return values.url(cell)
        except ValueError as error:
            self._unread(origin, "url", cell, error)
            return ""

    def _unread(self, origin: Origin, target: str, cell: Cell, error: ValueError) -> None:
        header = self.mapping.header(target) or target
        self.collector.blank(origin, header, values.line(cell), f"expected {error}")
