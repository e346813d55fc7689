"""What the callbacks of a scenario's page put together: picture, tables, steps, what is said aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.components import scenario as parts
from dashboards.components import scenario_sheets as sheets
from dashboards.components import scenario_words as words
from dashboards.components.grid import sheet_rows
from dashboards.components.words import sector_names
from dashboards.figures.grids import nothing
from dashboards.figures.scenario import Looks, both, palette_of
from dashboards.language import translator
from dashboards.palette import theme
from dashboards.views.scenario import MOST_IN_LINK, held, stored, token, what
from dashboards.views.scenariodrawn import MOST_DRAWN, sides
from dashboards.views.scenarioedit import edited
from dashboards.views.units import outlines
from ecosystem.model import Sector

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.figures.base import Figure
    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.scenario import What
    from ecosystem.atlas import Atlas
    from ecosystem.scenario import Scenario

MOST_KEPT = 30
"""So many long scenarios the browser keeps: steps back in its history."""
NAMES, FEW_NAMES = 9, 6
# size of type as a share of the width of one side
EM, WIDE_EM = 0.022, 0.034


def shown(atlas: Atlas, selection: Selection, browser: Any, tr: Translator) -> tuple[Any, ...]:
    """Sentence, notices, start, steps, tables, clusters, words of the form, file, share; what cannot be done now."""
    found = what(atlas, selection, browser)
    if found is None:
        fault = held(atlas, selection.scenario, browser).fault
        gone = [html.P(words.fault_sentence(fault, tr), className="nothing", role="status")] if fault else []
        return (
            words.finding(None, tr),
            gone,
            parts.started(atlas, tr),
            True,
            [],
            [],
            [],
            [],
            "",
            "",
            "",
            [],
            *_idle(None),
        )
    scenario, made = found.opened.scenario, _sheets(atlas, selection, browser, tr)
    return (
        words.finding(found, tr),
        parts.notices(atlas, found, tr),
        [],
        False,
        parts.step_list(atlas, found, tr),
        parts.differences(made[0], tr),
        parts.differences(made[1], tr),
        parts.clusters(made[2], tr),
        scenario.title,
        "\n".join(scenario.assumptions),
        _file(found),
        parts.share(selection.scenario, atlas.version, tr),
        *_idle(scenario),
    )


def _idle(scenario: Scenario | None) -> list[str]:
    """Whether there is nothing to undo, to redo, to go back from."""
    steps, undone = (scenario.steps, scenario.undone) if scenario else ((), ())
    return ["false" if one else "true" for one in (steps, undone, steps)]


def _sheets(atlas: Atlas, selection: Selection, browser: Any, tr: Translator) -> list[Any]:
    made = (sheets.difference_sheet, sheets.local_sheet, sheets.cluster_sheet, sheets.step_sheet)
    return [sheet(atlas, selection, tr, browser) for sheet in made]


def tabled(atlas: Atlas, selection: Selection, browser: Any, tr: Translator) -> tuple[Any, ...]:
    """The same as tables."""
    return tuple(sheet_rows(sheet) for sheet in _sheets(atlas, selection, browser, tr))


def _file(found: What) -> str:
    from ecosystem.scenario import dumps  # noqa: PLC0415 -- an app starts without the engine

    return dumps(found.opened.scenario)


def drawn(atlas: Atlas, selection: Selection, browser: Any, tr: Translator) -> tuple[Figure, list[Component]]:
    """Both pictures, and what colours and lines stand for."""
    found, look = what(atlas, selection, browser), theme(selection.theme)
    if found is None:
        return nothing(look, tr, selection.font_px), []
    on_map = selection.ground == "map"
    view = sides(found, on_map=on_map, near=selection.viewport == "near")
    roomy = selection.projector == "0" and not selection.narrow
    looks = Looks(
        before=tr("Before: what is recorded"),
        after=tr("After: scenario, assumed"),
        sectors={Sector(one): name for one, name in sector_names(tr).items()},
        names=NAMES if roomy else FEW_NAMES,
        em=EM if roomy else WIDE_EM,
    )
    shapes = outlines(atlas, "municipality") if on_map else {}
    figure = both(view, looks, shapes, look, tr, font_px=selection.font_px)
    return figure, _legend(found, view.clusters, view.left_out, palette_of(view.clusters, look), tr)


def _legend(
    found: What, clusters: tuple[tuple[str, int], ...], left_out: int, colours: list[str], tr: Translator
) -> list[Component]:
    called = {item.cluster_id: tr.label(item.name) for item in found.before.clusters.items}
    rows = [
        html.Li([html.Span(className="line dashed new"), tr("assumed")]),
        html.Li([html.Span(className="line dashed gone"), tr("lost")]),
        html.Li([html.Span(className="shape ring"), tr("touched by a step")]),
        *(
            html.Li([html.Span(className="swatch", style={"background": colour}), called[key]])
            for (key, _), colour in zip(clusters, colours, strict=True)
        ),
    ]
    told = tr("The {n} best connected actors are drawn, and all that are touched.", n=tr.number(MOST_DRAWN))
    return [html.Ul(rows), *([html.P(told, className="hint")] if left_out else [])]


def done(atlas: Atlas, selection: Selection, browser: Any, asked: Any) -> tuple[Any, ...]:
    """What the browser is to keep, what goes into the address, what is said, and what was wrong."""
    tr = translator(selection.language)
    found = edited(atlas, selection.scenario, browser, asked)
    said, wrong = words.deed_sentence(atlas, found, tr), parts.outcome(atlas, found, tr)
    did = {"did": found.did, "ok": found.scenario is not None, "token": None}
    if found.scenario is None:
        # a refused take-over leaves the scenario as it was, and the address without the steps
        return _kept(browser, "", ""), did, said, wrong
    name, text = token(found.scenario)
    return _kept(browser, name, text), did | {"token": name}, said, wrong


def _kept(browser: Any, name: str, text: str) -> dict[str, Any]:
    """What the browser keeps: the last scenario, and those too long for a link."""
    long = stored(browser)
    last = browser.get("last", "") if isinstance(browser, dict) else ""
    if len(text) > MOST_IN_LINK:
        long = dict([*((key, one) for key, one in long.items() if key != name), (name, text)][-MOST_KEPT:])
    return {"last": name or (last if isinstance(last, str) else ""), "long": long}


def spoken(atlas: Atlas, before: Selection, now: Selection, tr: Translator) -> str:
    """What a screen reader is told when the steps of the address have changed."""
    if before.scenario == now.scenario:
        return ""
    found = held(atlas, now.scenario)
    if found.scenario is None:
        return tr("The scenario has changed.")
    steps = tr.plural("The scenario has {n} step.", "The scenario has {n} steps.", len(found.scenario.steps))
    return f"{steps} {words.finding(what(atlas, now), tr)}"


__all__ = ["done", "drawn", "shown", "spoken", "tabled"]
