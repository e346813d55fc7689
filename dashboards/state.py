"""The state of the app is the URL: ``Selection`` ↔ query string.

An absent key is no restriction, a key that is present and empty leaves nothing. Only what differs from the default
is written. Unknown keys and values are ignored and named, so that an old link never fails.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qs, quote

if TYPE_CHECKING:
    from collections.abc import Callable

Ids = tuple[str, ...]
Years = tuple[int, int]

COLOURS = ("field", "cluster", "place")
SIZES = ("ties", "same", "funding", "betweenness")
ARRANGEMENTS = ("mix", "fields", "places")
# of the network: automatic, place × field, place, field, actors; drawing whatever their number
DETAILS = ("auto", "cell", "place", "field", "actor", "all")
# of the neighbourhood that is kept around a selection
STEPS = ("0", "1", "2", "3")
LAYERS = ("both", "direct", "projects")
# joint projects: all, those that stand out among all tested (q), those that stand out one by one (p)
VALIDATED = ("0", "q", "p")
MEASURES = ("count", "share", "lq")
UNITS = ("unit", "municipality")
SORTS = ("west", "size", "name", "similarity")
# how the relatedness of two fields is measured, and what fields are set against it
RELATEDNESS = ("association", "prob", "cosine", "jaccard", "min_conditional")
AXES = ("size", "ubiquity")
# before and after: where actors stand, and how much of the region is shown
GROUNDS = ("network", "map")
VIEWPORTS = ("all", "near")
# of the overview's map
MAP_MEASURES = ("actors", "ties", "intercity", "evidence")
# what the curves over the number of cities show
INDICES = (
    *("p", "delta", "p_sf", "freeman", "intercity_share", "entropy_index", "slope_strength"),
    *("effective_centres", "gini", "primacy_share", "slope_all"),
)
THEMES = ("light", "dark", "contrast")
LANGUAGES = ("de", "en")
PROJECTOR = ("0", "1", "1.25", "1.5")
NOT_STATED = "-"


@dataclass(frozen=True, slots=True)
class Selection:
    """Everything a link says; the attributes are the keys of :data:`KEYS` in plain words.

    Filters are ``None`` where nothing is restricted. ``selected`` is a rule or a list of ids, see
    :mod:`dashboards.views.selected`. ``subject`` is the rest of a nested page's path (``stadt/05911000``);
    ``font_px`` and ``narrow`` are what the browser told of its screen.
    """

    language: str = "de"
    theme: Literal["light", "dark", "contrast"] = "light"
    projector: str = "0"
    # empty: the one the server was started with
    region: str = ""
    fields: Ids | None = None
    sectors: Ids | None = None
    places: Ids | None = None
    kinds: Ids | None = None
    clusters: Ids | None = None
    years: Years | None = None
    undated: bool = True
    confidence: int = 0
    selected: str = ""
    focus: str = ""
    table: bool = False
    # network
    colour: str = "field"
    size: str = "ties"
    mix: int = 100
    detail: str = "auto"
    arrangement: str = "mix"
    ego: str = "0"
    way: str = ""
    validated: str = "0"
    brokers: bool = False
    stability: bool = False
    opened: Ids | None = None
    # units and fields, on every page that has them
    measure: str = "count"
    unit: str = "unit"
    sort: str = "west"
    layer: str = "both"
    field: str = ""
    place: str = ""
    # overview
    map_measure: str = "actors"
    # polycentric view
    index: str = "p"
    least: int = 1
    commuters: bool = False
    # specialisation
    intervals: bool = False
    concentration: str = ""
    relatedness: str = "association"
    axis: str = "size"
    # coordination and consortium
    pair: str = ""
    split_x: int = -1
    split_y: int = -1
    call: str = ""
    cities: int = 3
    members: int = 7
    proposal: int = 1
    pinned: Ids | None = None
    banned: Ids | None = None
    # scenario: its steps packed (or what the browser keeps them under), steps taken over from another page
    scenario: str = ""
    taken: str = ""
    ground: str = "network"
    viewport: str = "all"
    # profile
    compared: Ids | None = None
    # comparison of regions: ids, `.` for the one on screen; None: as many as there is room for
    regions: Ids | None = None
    # story
    step: int = 0
    tab: str = ""
    computed: bool = False
    version: str = ""
    subject: str = ""
    font_px: int = 16
    narrow: bool = False
    unknown: Ids = ()

    def unfiltered(self) -> Selection:
        """The same of the whole region."""
        start = Selection()
        gone = {key.attribute: getattr(start, key.attribute) for key in KEYS if key.name in FILTERS}
        return replace(self, **gone)

    def to_query(self) -> str:
        """The query string, without ``?``; empty where everything is default."""
        default = Selection()
        parts = [
            f"{key.name}={key.write(getattr(self, key.attribute))}"
            for key in KEYS
            if getattr(self, key.attribute) != getattr(default, key.attribute)
        ]
        return "&".join(parts)

    @classmethod
    def from_query(cls, query: str) -> Selection:
        """What a query string says, with or without ``?``; never fails."""
        given = parse_qs(query.removeprefix("?"), keep_blank_values=True)
        known = {key.name: key for key in KEYS}
        values: dict[str, Any] = {}
        unknown = [name for name in given if name not in known]
        for name in given.keys() & known.keys():
            try:
                values[known[name].attribute] = known[name].read(given[name][-1])
            except ValueError:
                unknown.append(name)
        return cls(**values, unknown=tuple(sorted(unknown)))


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the query string and how its value is written and read; ``allowed`` are a choice's values."""

    name: str
    attribute: str
    kind: Literal["list", "text", "choice", "number", "flag", "years"]
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    allowed: tuple[Any, ...] = ()


def _list(name: str, attribute: str) -> Key:
    return Key(name, attribute, "list", lambda text: tuple(part for part in text.split(",") if part), _write_list)


def _write_list(ids: Ids) -> str:
    return ",".join(quote(part, safe=":.-_") for part in ids)


def _text(name: str, attribute: str) -> Key:
    return Key(name, attribute, "text", str, lambda text: quote(text, safe=":.-_,"))


def _choice(name: str, attribute: str, allowed: Ids) -> Key:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return Key(name, attribute, "choice", read, str, allowed)


def _number(name: str, attribute: str, low: int, high: int) -> Key:
    def read(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise ValueError(text)
        return value

    return Key(name, attribute, "number", read, str, (low, high))


def _years(name: str, attribute: str) -> Key:
    def read(text: str) -> Years:
        first, last = (int(part) for part in text.split("-"))
        if not 1000 <= first <= last <= 9999:
            raise ValueError(text)
        return first, last

    return Key(name, attribute, "years", read, lambda years: f"{years[0]}-{years[1]}")


def _flag(name: str, attribute: str) -> Key:
    def read(text: str) -> bool:
        if text not in {"0", "1"}:
            raise ValueError(text)
        return text == "1"

    return Key(name, attribute, "flag", read, lambda value: "1" if value else "0")


KEYS: tuple[Key, ...] = (
    _choice("lang", "language", LANGUAGES),
    _choice("theme", "theme", THEMES),
    _choice("bm", "projector", PROJECTOR),
    _text("rg", "region"),
    _list("f", "fields"),
    _list("s", "sectors"),
    _list("r", "places"),
    _list("t", "kinds"),
    _list("cl", "clusters"),
    _years("y", "years"),
    _flag("nd", "undated"),
    _number("ev", "confidence", 0, 3),
    _text("sel", "selected"),
    _text("focus", "focus"),
    _flag("tab", "table"),
    # network
    _choice("col", "colour", COLOURS),
    _choice("size", "size", SIZES),
    _number("mix", "mix", 0, 100),
    _choice("lvl", "detail", DETAILS),
    _choice("lay", "arrangement", ARRANGEMENTS),
    _choice("ego", "ego", STEPS),
    _text("way", "way"),
    _choice("val", "validated", VALIDATED),
    _flag("br", "brokers"),
    _flag("stab", "stability"),
    _list("open", "opened"),
    # units and fields, on every page that has them
    _choice("ms", "measure", MEASURES),
    _choice("un", "unit", UNITS),
    _choice("sort", "sort", SORTS),
    _choice("ly", "layer", LAYERS),
    _text("fd", "field"),
    _text("pl", "place"),
    # overview
    _choice("mp", "map_measure", MAP_MEASURES),
    # polycentric view
    _choice("ix", "index", INDICES),
    _number("min", "least", 1, 999),
    _flag("com", "commuters"),
    # specialisation
    _flag("ci", "intervals"),
    _choice("rel", "relatedness", RELATEDNESS),
    _text("cx", "concentration"),
    _choice("ax", "axis", AXES),
    # coordination and consortium
    _text("pair", "pair"),
    _number("tx", "split_x", -1, 100),
    _number("ty", "split_y", -1, 999),
    _text("call", "call"),
    _number("k", "cities", 1, 20),
    _number("sz", "members", 1, 20),
    _number("alt", "proposal", 1, 9),
    _list("pin", "pinned"),
    _list("ban", "banned"),
    # scenario
    _text("sc", "scenario"),
    _text("sa", "taken"),
    _choice("gr", "ground", GROUNDS),
    _choice("vp", "viewport", VIEWPORTS),
    # profile
    _list("cmp", "compared"),
    # comparison of regions
    _list("rs", "regions"),
    # in addresses of files only: on screen it is the rest of the path
    _text("sj", "subject"),
    # story
    _number("step", "step", 0, 999),
    # which part of a page with tabs
    _text("part", "tab"),
    # whether what takes long is computed there
    _flag("run", "computed"),
    # the data version a link was made with
    _text("v", "version"),
    _number("px", "font_px", 8, 80),
    _flag("nw", "narrow"),
)

# filters: what "reset" takes back
FILTERS = ("f", "s", "r", "t", "cl", "y", "nd", "ev")
# those that the sentence of the filters names; records without a year belong to the years
NARROWING = tuple(name for name in FILTERS if name != "nd")
# survive a change of page; the rest belongs to one page
SHARED = ("lang", "theme", "bm", "rg", *FILTERS, "sel", "focus")
# what a picture is drawn from: a change of any other key needs no new data
DRAWN = tuple(key.name for key in KEYS if key.name not in {"sel", "focus", "mix", "tab", "step", "v", "sj"})


def defaults() -> dict[str, str]:
    """The default of every key as it would stand in the URL; filters, which have none, are left out."""
    start = Selection()
    return {
        key.name: key.write(getattr(start, key.attribute)) for key in KEYS if getattr(start, key.attribute) is not None
    }
