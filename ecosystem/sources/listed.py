"""The two readers of mapped tables: lists of operations of the cohesion funds, and any other table of organisations.

``operations``: the lists the managing authorities must publish (Regulation (EU) 1303/2013, article 115; 2021/1060,
article 49) and exports from Kohesio: every row names a beneficiary and an operation. ``table``: Förderkatalog, GEPRIS,
Wikidata, institutions of OpenAlex, a list of one's own: every row names an organisation.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ecosystem.errors import SourceError
from ecosystem.sources import layout as layouts
from ecosystem.sources import provenance
from ecosystem.sources.collect import MOST_CODES, Collector
from ecosystem.sources.projects import Projects
from ecosystem.sources.record import Provenance
from ecosystem.sources.safety import LIMITS, Limits, shown
from ecosystem.sources.sheets import sheets
from ecosystem.sources.tabular import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ecosystem.sources.collect import Progress
    from ecosystem.sources.layout import Layout
    from ecosystem.sources.mapping import Mapping
    from ecosystem.sources.record import Reading

REQUIRED = {"operations": ("name", "title"), "table": ("name",)}


def read(
    kind: str,
    files: Sequence[Path],
    mapping: Mapping | None = None,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
) -> Reading:
    """Read tables of ``kind`` (``operations`` or ``table``), each by ``mapping`` or by its own headers.

    Raises:
        SourceError: a file that is refused, or that has no table with the columns needed.
    """
    collector, projects = Collector(kind, progress), Projects()
    dated, name = "", ""
    for path in files:
        for found in found_in(kind, path, mapping, limits, collector):
            Rows(found, collector, projects, needed=kind == "operations").read()
            _tell(found, collector)
            dated, name = max(dated, found.dated), name or found.mapping.name
    collector.projects = projects.found()
    _share(collector, projects.repeating())
    if projects.crowded:
        collector.note(f"Of projects with more than {MOST_CODES} topics the further ones were left out.")
    title = name or ", ".join(shown(path.name) for path in files)
    return collector.reading(provenance.of(files, Provenance(title=title, published=dated)))


def _share(collector: Collector, repeating: frozenset[str]) -> None:
    """An amount that all rows of a project repeat is not what each of its partners gets."""
    if repeating:
        collector.participations = [
            replace(one, funding_eur=None) if one.project in repeating else one for one in collector.participations
        ]
        collector.note(
            f"{len(repeating):,} projects repeat one funding in all their rows: it was taken for the project's,"
            " and none for its partners."
        )


def found_in(
    kind: str, path: Path, mapping: Mapping | None, limits: Limits = LIMITS, collector: Collector | None = None
) -> Iterator[Layout]:
    """The tables of a file that can be read, with how they would be; for a person to look at before they are.

    Raises:
        SourceError: there is none.
    """
    passed, any_found, partly = [], False, None
    for sheet in sheets(path, limits):
        try:
            found = layouts.find(sheet, mapping, REQUIRED[kind])
        except layouts.HeaderError as error:
            found, partly = None, partly or error
        if found is None:
            passed.append(sheet.part)
            continue
        any_found = True
        yield found
    if not any_found:
        raise partly or _without(kind, path, mapping)
    if collector and passed:
        names = ", ".join(f"“{name}”" for name in passed)
        collector.note(f"{shown(path.name)}: passed over, as no header was found there: {names}.")


def _without(kind: str, path: Path, mapping: Mapping | None) -> SourceError:
    if mapping is not None:
        where = f"sheet “{mapping.sheet}”" if mapping.sheet else ""
        problem = "no row has the headers the mapping names"
        return SourceError(shown(path.name), where, problem, "Correct the mapping's headers, sheet and header_row.")
    wanted = " and ".join(f"“{one}”" for one in REQUIRED[kind])
    known = {"name": "Beneficiary, Begünstigter, Organisation", "title": "Operation name, Bezeichnung des Vorhabens"}
    examples = "; ".join(f"{one}: {known[one]} …" for one in REQUIRED[kind])
    problem = f"no row in the first 40 is a header with columns for {wanted}"
    return SourceError(shown(path.name), "", problem, f"Name them in a mapping file ({examples}).")


def _tell(found: Layout, collector: Collector) -> None:
    """What a person should know of how the columns were understood."""
    where = f"{found.sheet.file}, {found.sheet.part}" if found.sheet.part else found.sheet.file
    if found.header_row > 1:
        collector.note(
            f"{where}: the header is row {found.header_row}, the data begin below row {found.first_row - 1}."
        )
    if found.mapping.unmapped:
        shown_ = ", ".join(f"“{one}”" for one in found.mapping.unmapped[:12])
        more = f" and {len(found.mapping.unmapped) - 12} more" if len(found.mapping.unmapped) > 12 else ""
        collector.note(f"{where}: columns not used: {shown_}{more}.")
    for target, how in found.mapping.how:
        if how == "close":
            collector.note(
                f"{where}: “{found.mapping.header(target)}” was taken for {target}; correct it if it is not."
            )
