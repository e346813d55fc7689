"""Files of what is on screen under the filters of the address: rows, graph, caption."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import flask
import numpy as np

from dashboards.components.caption import caption, filter_sentence
from dashboards.components.scenario_words import step_sentence
from dashboards.downloads import sent
from dashboards.files import chosen_sources, csv_file, xlsx_file
from dashboards.language import translator
from dashboards.sitemap import page_called
from dashboards.state import Selection
from dashboards.views import selected as rules
from dashboards.views.filters import actor_mask
from dashboards.views.part import part
from dashboards.views.scenario import names, what
from ecosystem import export
from ecosystem.part import of_tables
from ecosystem.projections import CO_PARTICIPATION
from ecosystem.subset import restricted

if TYPE_CHECKING:
    from types import ModuleType

    from dashboards.language import Translator
    from dashboards.views.sheet import Sheet
    from ecosystem.atlas import Atlas
    from ecosystem.part import Part


def register(server: flask.Flask, atlas: Atlas) -> None:
    """``/export/PAGE/SHEET.ENDING``, ``/export/graph.ENDING`` and ``/export/caption/PAGE.json``, each with a query.

    ``only=1`` in the query of a graph leaves only the selected actors (``sel``); ``with=scenario`` includes what the
    scenario of the query (``sc``) assumes, which no other file has.
    """

    @server.route("/export/<slug>/<name>.<ending>")
    def sheet(slug: str, name: str, ending: str) -> flask.Response:
        page = page_called(slug)
        if page is None or name not in page.SHEETS or ending not in {"csv", "xlsx"}:
            flask.abort(404)
        selection, tr = asked()
        rows: Sheet = page.SHEETS[name](atlas, selection, tr)
        address = link(address_of(page, selection), selection, atlas)
        told = caption(atlas, page.PAGE.counted(selection), tr, title=rows.title, link=address)
        content = (
            csv_file(rows, told, tr)
            if ending == "csv"
            else xlsx_file(rows, told, chosen_sources(atlas.tables.sources, rows.sources), tr)
        )
        return sent(content, f"{atlas.region.region_id}-{slug}-{name}.{ending}")

    @server.route("/export/graph.<ending>")
    def graph(ending: str) -> flask.Response:
        if ending not in export.formats():
            flask.abort(404)
        selection, tr = asked()
        only = flask.request.args.get("only") == "1"
        if flask.request.args.get("with") == "scenario":
            return sent(
                export.render(_assumed(atlas, selection, tr), ending), f"{atlas.region.region_id}-scenario.{ending}"
            )
        left = shown_part(atlas, selection, tr, only=only, address=link("/netz", selection, atlas))
        name = "selection" if only else "graph"
        return sent(export.render(left, ending), f"{atlas.region.region_id}-{name}.{ending}")

    @server.route("/export/caption/<slug>.json")
    def words(slug: str) -> flask.Response:
        page = page_called(slug)
        if page is None:
            flask.abort(404)
        selection, tr = asked()
        address = link(address_of(page, selection), selection, atlas)
        told = caption(atlas, page.PAGE.counted(selection), tr, link=address)
        return flask.jsonify({"lines": told.lines, "file": f"{atlas.region.region_id}-{slug}"})


def _assumed(atlas: Atlas, selection: Selection, tr: Translator) -> Part:
    """The whole region with what a scenario assumes, and words that say so."""
    found = what(atlas, selection)
    if found is None:
        # a scenario too long for a link is not here, and facts must not be taken for it
        flask.abort(404)
    scenario = found.opened.scenario
    called = names(atlas, scenario)
    told = {
        "filter": tr("No filter: the whole region."),
        "scenario": tr("Scenario: assumed steps, nothing of it is recorded."),
        "steps": "; ".join(step_sentence(atlas, step, called, tr) for step in found.opened.fit),
        "assumptions": "; ".join(scenario.assumptions),
        "link": link("/szenario" if tr.language == "de" else "/scenario", selection, atlas),
    }
    return of_tables(found.after, found.after.tables, told)


def asked() -> tuple[Selection, Translator]:
    """What the query of this request says."""
    selection = Selection.from_query(flask.request.query_string.decode("utf-8", "replace"))
    return selection, translator(selection.language)


def address_of(page: ModuleType, selection: Selection) -> str:
    """The path of a page in the reader's language; what a nested page is about belongs to it."""
    subject = f"/{quote(selection.subject)}" if selection.subject and page.PAGE.nested else ""
    return f"{page.PAGE.own(selection.language)}{subject}"


def link(path: str, selection: Selection, atlas: Atlas) -> str:
    """The whole address of a view, with its language and the data version it was made with."""
    known = replace(selection, language="de", version="", step=0, font_px=16, narrow=False, subject="").to_query()
    query = "&".join([f"lang={selection.language}", *([known] if known else []), f"v={atlas.version}"])
    return f"{flask.request.host_url.rstrip('/')}{path}?{query}"


def shown_part(atlas: Atlas, selection: Selection, tr: Translator, *, only: bool = False, address: str = "") -> Part:
    """The actors and ties that pass the filters as an atlas of their own; ``only`` the selected of them."""
    mask = actor_mask(atlas, selection)
    told = {"filter": filter_sentence(atlas, selection, tr)}
    if only and selection.selected:
        chosen = rules.resolve(atlas, selection.selected)
        mask &= np.zeros(len(mask), dtype=bool) if chosen is None else chosen
        told["selection"] = selection.selected
    joint = selection.kinds is None or CO_PARTICIPATION in selection.kinds
    tables = restricted(part(atlas, selection), actors=set(atlas.positions.index[mask]), projects=None if joint else ())
    if address:
        told["link"] = address
    return of_tables(atlas, tables, told)
