"""A comparison in English words, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from ecosystem.compare.comparison import Comparison
    from ecosystem.compare.differences import Difference
    from ecosystem.compare.portrait import Number

GROUPS = {
    "headline": "What is recorded",
    "morphology": "Polycentricity of sizes (morphological)",
    "function": "Polycentricity of ties (functional)",
    "helix": "Balance of the five sectors",
    "specialisation": "Specialisation",
    "clusters": "Clusters",
}
NAMES = {
    ("headline", "actors"): "actors in the region",
    ("headline", "units"): "units compared inside it",
    ("headline", "population"): "inhabitants",
    ("headline", "actors_per_100k"): "actors per 100,000 inhabitants",
    ("headline", "ties"): "recorded ties",
    ("headline", "projects"): "projects shared by two or more actors",
    ("morphology", "effective_centres"): "effective number of centres (actors)",
    ("morphology", "primacy_share"): "share of the largest centre",
    ("morphology", "gini"): "Gini of sizes",
    ("morphology", "slope_all"): "slope of rank and size",
    ("morphology", "zipf"): "Zipf exponent",
    ("morphology", "effective_centres_people"): "effective number of centres (people)",
    ("function", "intercity_share"): "intercity share of ties",
    ("function", "p"): "balance of linkage P",
    ("function", "delta"): "density of ties",
    ("function", "p_sf"): "functional polycentricity P_SF",
    ("function", "freeman"): "Freeman centralisation (1 = star)",
    ("function", "entropy_index_pairs"): "entropy index of pairs",
    ("function", "p_gf"): "mean over fields P_GF",
    ("helix", "evenness"): "evenness of the five sectors",
    ("helix", "industry"): "share of industry",
    ("helix", "science"): "share of science",
    ("helix", "politics"): "share of politics",
    ("helix", "administration"): "share of administration",
    ("helix", "civil_society"): "share of civil society",
    ("specialisation", "effective_fields"): "effective number of fields (Hill 1)",
    ("specialisation", "effective_fields_q2"): "effective number of fields (Hill 2)",
    ("specialisation", "krugman_median"): "median Krugman index of its units",
    ("clusters", "clusters"): "clusters",
    ("clusters", "effective_cities"): "effective number of cities, mean",
    ("clusters", "intercity_share"): "intercity share inside clusters",
    ("clusters", "modularity"): "modularity (range of the searches)",
}
FIELD_NAMES = {
    "share": "share of memberships",
    "effective_units": "effective number of units (Hill 1)",
    "krugman": "Krugman index against the other fields",
    "locational_gini": "locational Gini",
}
COUNTS = ("actors", "units", "population", "ties", "projects")
WHOLE = {*(("headline", key) for key in COUNTS), ("clusters", "clusters")}
COLUMNS = ("group", "measure", "field", "region", "value", "low", "high", "n", "reason")


def sentence(difference: Difference, names: Sequence[str]) -> str:
    """One difference of the data bases as a warning.

    >>> from ecosystem.compare.differences import Difference
    >>> sentence(Difference("search", ("a", "b")), ("Here", "There"))
    'Clusters were searched with different options: Here (a), There (b). Their numbers cannot be compared.'
    """
    before, after, digits = _SENTENCES[difference.kind]
    told = [f"{name} {_told(value, digits)}" for name, value in zip(names, difference.values, strict=True)]
    what = _STRENGTHS.get(difference.what, difference.what)
    return f"{before.format(what=what)} {', '.join(told)}. {after}".strip()


_SENTENCES = {
    "fields": (
        "Fields differ: only one or some of the regions have",
        "Only fields with the same id are compared, and the regions' field profiles are not.",
        "",
    ),
    "size": (
        "Sizes differ: units compared are",
        "Indices of centres depend on their number: read the curves of each region.",
        ".0f",
    ),
    "coverage": (
        "Coverage differs: actors per 100,000 inhabitants are",
        "Counts and ties say how much was collected.",
        ".1f",
    ),
    "population": (
        "Population is not stated for every place: actors per 100,000 inhabitants are",
        "Coverage cannot be compared.",
        ".1f",
    ),
    "missing": ("Tables are empty in some of the regions:", "What rests on them is compared with nothing.", ""),
    "sources": (
        "Sources differ in kind: records from “{what}” are",
        "Registers list everybody, pages whom somebody wrote about.",
        ".0%",
    ),
    "evidence": (
        "Evidence of ties differs: ties with {what} evidence are",
        "Where only well evidenced ties were kept, others are missing.",
        ".0%",
    ),
    "seats": ("Evidence of seats differs: actors whose place has {what} evidence are", "", ".0%"),
    "read": ("Sources were read at different times:", "Newer data know more.", ""),
    "years": ("Projects are of different years:", "They are no picture of the same time.", ""),
    "search": ("Clusters were searched with different options:", "Their numbers cannot be compared.", ""),
}


_STRENGTHS = {"0": "no", "1": "weak", "2": "medium", "3": "strong"}


def _told(value: float | str, digits: str) -> str:
    if isinstance(value, str):
        return f"({value})" if value else "–"
    return format(value, digits) if math.isfinite(value) else "not known"


def sentences(found: Comparison) -> list[str]:
    """All that has to be read beside the numbers, in English."""
    names = [one.name.en for one in found.portraits]
    return [sentence(one, names) for one in found.differences]


def record(found: Comparison) -> dict[str, Any]:
    """Everything, for JSON; what is not defined is null."""
    return {
        "options": asdict(found.options),
        "regions": [
            {
                "key": key,
                "name": one.name.en,
                "version": one.version,
                "fields": [field.field_id for field in one.fields],
                "basis": _plain(asdict(one.basis)),
            }
            for key, one in zip(found.keys, found.portraits, strict=True)
        ],
        "numbers": [_plain(dict(zip(COLUMNS, row, strict=True))) for row in rows(found)],
        "pairs": [
            _plain(asdict(one) | {"first": found.keys[one.first], "second": found.keys[one.second]})
            for one in found.pairs
        ],
        "common_fields": list(found.common),
        "warnings": [
            {"kind": one.kind, "what": one.what, "sentence": told, "values": _plain(list(one.values))}
            for one, told in zip(found.differences, sentences(found), strict=True)
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def rows(found: Comparison) -> Iterator[tuple[Any, ...]]:
    """Every number of every region under :data:`COLUMNS`; those of pairs have both regions as ``a|b``."""
    for numbers in found.rows():
        for key, one in zip(found.keys, numbers, strict=True):
            yield one.group, one.key, "", key, one.value, one.low, one.high, one.n, one.reason
    nan = float("nan")
    for key, region in zip(found.keys, found.portraits, strict=True):
        for field in region.by_field:
            for name in FIELD_NAMES:
                value = getattr(field, name)
                # one reason is of all, the other of Krugman's index alone
                reason = field.reason if not math.isfinite(value) else ""
                yield "fields", name, field.field_id, key, value, nan, nan, field.n, reason
    for pair in found.pairs:
        both = f"{found.keys[pair.first]}|{found.keys[pair.second]}"
        yield "pairs", "krugman_fields", "", both, pair.fields, nan, nan, 0, pair.reason
        yield "pairs", "krugman_sectors", "", both, pair.sectors, nan, nan, 0, ""


def csv_text(found: Comparison) -> str:
    """One row per number; an undefined one is empty and has its reason."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows(found):
        writer.writerow(["" if isinstance(cell, float) and not math.isfinite(cell) else cell for cell in row])
    return buffer.getvalue()


def cell(one: Number) -> str:
    """A number with its interval, or the reason why there is none.

    >>> from ecosystem.compare.portrait import Number
    >>> cell(Number("clusters", "modularity", 0.66, low=0.65, high=0.66))
    '0.660 [0.650, 0.660]'
    >>> cell(Number("function", "p", float("nan"), "no ties"))
    '– no ties'
    """
    if not math.isfinite(one.value):
        return f"– {one.reason}"
    if (one.group, one.key) in WHOLE:
        return f"{one.value:,.0f}"
    interval = f" [{one.low:.3f}, {one.high:.3f}]" if math.isfinite(one.low) else ""
    return f"{one.value:.3f}{interval}"


def _plain_cell(value: float, reason: str) -> str:
    return f"{value:.3f}" if math.isfinite(value) else f"– {reason}"


def print_comparison(out: Console, found: Comparison) -> None:
    """A table for each group of measures, the common fields, the distances, then the warnings."""
    names = [one.name.en for one in found.portraits]
    for group, title in GROUPS.items():
        numbers = [row for row in found.rows() if row[0].group == group]
        _print(out, title, names, [(NAMES[row[0].group, row[0].key], [cell(one) for one in row]) for row in numbers])
    for field_id, values in found.field_rows():
        told = [
            (name, [_plain_cell(getattr(one, key), one.reason) for one in values]) for key, name in FIELD_NAMES.items()
        ]
        _print(out, f"Field {field_id}", names, told)
    for pair in found.pairs:
        fields = f"{pair.fields:.3f}" if math.isfinite(pair.fields) else f"undefined ({pair.reason})"
        both = f"{names[pair.first]} – {names[pair.second]}"
        out.print(escape(f"{both}: Krugman index of fields {fields}, of sectors {pair.sectors:.3f}"), highlight=False)
    for line in sentences(found):
        out.print(f"[bold]Warning[/] {escape(line)}", highlight=False)


def _print(out: Console, title: str, names: Sequence[str], told: Sequence[tuple[str, list[str]]]) -> None:
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Measure", min_width=40)
    for name in names:
        table.add_column(escape(name), justify="right", min_width=16)
    for name, cells in told:
        table.add_row(escape(name), *(escape(one) for one in cells))
    out.print(table)
