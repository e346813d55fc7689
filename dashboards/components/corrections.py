"""How something wrong in the data is put right, and what was corrected before the data were taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.links import to

if TYPE_CHECKING:
    from dashboards.language import Translator
    from ecosystem.atlas import Atlas


def corrections(atlas: Atlas, tr: Translator) -> html.Section:
    """The way of a correction, step by step."""
    part = "/daten?part=downloads" if tr.language == "de" else "/data?part=downloads"
    steps = [
        tr("Note file, row and id as the lists above name them, and the source that says otherwise."),
        tr(
            "Correct the row in the region's folder and name the source in source_id; "
            "a new source gets a row in sources.csv."
        ),
        tr("Run “ecosystem check FOLDER”: it names every fault with file, row, column and cure."),
        tr("Start the app again: everything is counted anew, and the data version changes, so old links say so."),
    ]
    return html.Section(
        [
            html.H2(tr("Corrections")),
            html.P(tr("Rows are counted as in the tables for download, the heading being row 1. Four steps:")),
            html.Ol([html.Li(step) for step in steps]),
            html.P(to(part, tr("Download the tables"))),
            *_made(atlas, tr),
        ],
        className="block corrections",
    )


def _made(atlas: Atlas, tr: Translator) -> list[html.P]:
    """What data/README.md lists for the default region."""
    if atlas.region.region_id != "ruhr":
        return []
    return [
        html.P(
            tr(
                "Corrected before the data of this region were taken over: one repeated alias (Stadt Gelsenkirchen) "
                "and two aliases that are names of other actors (FDP-Fraktion im Ruhrparlament, Entwicklungsagentur "
                "für nachhaltigen Güterverkehr) in actors.csv; in region.toml, short names of fields, both languages "
                "of the vintages, and entries that the tables say already. data/README.md has each with its reason."
            )
        )
    ]
