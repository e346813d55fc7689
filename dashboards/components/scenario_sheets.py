"""The rows of a scenario's page: what differs, by city and field, by cluster; the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboards.components import scenario_words as words
from dashboards.views.scenario import held, names, what
from dashboards.views.scenariomeasures import SHORT
from dashboards.views.sheet import Column, Sheet

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.scenario import What
    from ecosystem.atlas import Atlas

    Asked = tuple[Atlas, Selection, Translator, Any]


def difference_columns(tr: Translator) -> tuple[Column, ...]:
    """Columns of the headline measures."""
    return (
        Column("measure", tr("Measure"), wide=True),
        Column("before", tr("Before"), "mixed", 4),
        Column("after", tr("After"), "mixed", 4),
        Column("change", tr("Change"), "mixed", 4),
        Column("noise", tr("Spread without any change (±)"), "mixed", 4),
        Column("reading", tr("Reading"), wide=True),
    )


def local_columns(tr: Translator) -> tuple[Column, ...]:
    """Columns of measures of cities and fields."""
    return (Column("where", tr("City or field"), wide=True), *difference_columns(tr))


def cluster_columns(tr: Translator) -> tuple[Column, ...]:
    """Columns of the clusters."""
    return (
        Column("cluster", tr("Cluster"), wide=True),
        Column("fate", tr("What became of it")),
        Column("became", tr("Afterwards"), wide=True),
        Column("actors_before", tr("Actors before"), "number"),
        Column("actors_after", tr("Actors after"), "number"),
        Column("cities_before", tr("Effective cities before"), "number", 2),
        Column("cities_after", tr("Effective cities after"), "number", 2),
    )


def step_columns(tr: Translator) -> tuple[Column, ...]:
    """Columns of the steps."""
    return (
        Column("number", tr("Step"), "number"),
        Column("step", tr("What is assumed"), wide=True),
        Column("fits", tr("Applied")),
        Column("reason", tr("Reason"), wide=True),
        Column("author", tr("Role or table")),
        Column("time", tr("Noted")),
    )


def difference_sheet(atlas: Atlas, selection: Selection, tr: Translator, browser: Any = None) -> Sheet:
    """Headline measures that differ, the largest change first."""
    found = what(atlas, selection, browser)
    rows = [] if found is None else [_row(row, "", tr) for row in _records(words.changed(found.compared.headline))]
    return _sheet(
        tr("Scenario: what differs in the region"), difference_columns(tr), rows, found, (atlas, selection, tr, browser)
    )


def local_sheet(atlas: Atlas, selection: Selection, tr: Translator, browser: Any = None) -> Sheet:
    """What differs in cities and fields, the largest change first."""
    found = what(atlas, selection, browser)
    rows: list[dict[str, Any]] = []
    if found is not None:
        fields = {field.field_id: tr.label(field.short) for field in atlas.region.fields}
        frames = [
            found.compared.places.assign(where=lambda rows: rows["place_name"]),
            found.compared.fields.assign(where=lambda rows: rows["field"].map(fields)),
            found.compared.quotients.assign(
                where=lambda rows: [
                    f"{place} × {fields[field]}" for place, field in zip(rows["place_name"], rows["field"], strict=True)
                ]
            ),
        ]
        frames = [words.changed(frame) for frame in frames]
        every = pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)
        every = every.sort_values("size", ascending=False, kind="stable")
        rows = [_row(row, str(row["where"]), tr) for row in _records(every)]
    return _sheet(
        tr("Scenario: what differs in cities and fields"),
        local_columns(tr),
        rows,
        found,
        (atlas, selection, tr, browser),
    )


def cluster_sheet(atlas: Atlas, selection: Selection, tr: Translator, browser: Any = None) -> Sheet:
    """Clusters that are not the same."""
    found = what(atlas, selection, browser)
    rows = []
    if found is not None:
        called = [
            {item.cluster_id: tr.label(item.name) for item in side.clusters.items}
            for side in (found.before, found.after)
        ]
        frame = found.compared.clusters
        for number, row in enumerate(_records(frame[frame["fate"] != "same"])):
            rows.append(
                {
                    "id": str(number),
                    "cluster": called[0].get(row["before"], ""),
                    "fate": words.fates(tr)[row["fate"]],
                    "became": called[1].get(row["after"], ""),
                    "actors_before": row["actors_before"],
                    "actors_after": row["actors_after"],
                    "cities_before": row["effective_cities_before"],
                    "cities_after": row["effective_cities_after"],
                }
            )
    return _sheet(
        tr("Scenario: clusters that differ"), cluster_columns(tr), rows, found, (atlas, selection, tr, browser)
    )


def step_sheet(atlas: Atlas, selection: Selection, tr: Translator, browser: Any = None) -> Sheet:
    """Every step, fit or not."""
    found = what(atlas, selection, browser)
    rows = []
    if found is not None:
        called = names(atlas, found.opened.scenario)
        unfit = {one.number: words.unfit_sentence(one, called, tr) for one in found.opened.unfit}
        for number, step in enumerate(found.opened.scenario.steps, start=1):
            rows.append(
                {
                    "id": str(number),
                    "number": number,
                    "step": words.step_sentence(atlas, step, called, tr),
                    "fits": unfit.get(number, tr("yes")),
                    "reason": step.reason,
                    "author": step.author,
                    "time": step.time[:16].replace("T", " "),
                }
            )
    return _sheet(tr("Scenario: its steps"), step_columns(tr), rows, found, (atlas, selection, tr, browser))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _row(row: dict[str, Any], where: str, tr: Translator) -> dict[str, Any]:
    measure, change, noise = SHORT[str(row["measure"])], float(row["change"]), float(row["noise"])
    return {
        "id": f"{where}|{measure}",
        "where": where,
        "key": measure,
        "measure": words.measures(tr)[measure],
        "before": float(row["before"]),
        "after": float(row["after"]),
        "change": change,
        "noise": noise,
        "reading": words.against_noise(change, noise, measure, tr),
    }


def _sheet(
    title: str, columns: tuple[Column, ...], rows: list[dict[str, Any]], found: What | None, told: Asked
) -> Sheet:
    """With what must be said of every number here: assumed, not recorded; or why there is none."""
    atlas, selection, tr, browser = told
    if found is None:
        fault = held(atlas, selection.scenario, browser).fault
        return Sheet(title, columns, (), (words.fault_sentence(fault, tr),) if fault else ())
    scenario = found.opened.scenario
    notes = (tr("Scenario: assumed steps, nothing of it is recorded."), scenario.title, *scenario.assumptions)
    return Sheet(title, columns, rows, tuple(one for one in notes if one))
