"""Words around change: entries and exits between two periods, and variety where fields have a second level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.components.plain import plain_table
from dashboards.components.reasons import reason
from dashboards.components.related import field_names, yes_no
from dashboards.views.nearest import NOT_HELD, changes, variety
from dashboards.views.sheet import Column, Sheet
from ecosystem.findings.change import NO_PROJECTS, NOT_DATED

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.nearest import Changes
    from ecosystem.atlas import Atlas
    from ecosystem.findings.record import Finding


def change_words(tr: Translator) -> dict[str, str]:
    """What happened to a specialisation."""
    return {
        "entered": tr("entered"),
        "left": tr("left"),
        "kept": tr("kept"),
        NOT_HELD: tr("not held"),
        "": tr("undefined"),
    }


def why(text: str, tr: Translator) -> str:
    """A reason of this measure in words."""
    words = {
        NO_PROJECTS: tr("no projects with a field in one of the periods"),
        NOT_DATED: tr("no projects of two different years"),
    }
    return words.get(text) or reason(text, tr)


def told(view: Changes, tr: Translator) -> str:
    """How much changed, and how much of it is supported."""
    if view.reason:
        return tr("Not defined: {reason}.", reason=why(view.reason, tr))
    entered = [row for row in view.cells if row["change"] == "entered"]
    early, late = view.periods
    return tr(
        "{first}–{last} against {from}–{to}, projects only: {entered} entries, {supported} of them supported; {left} "
        "exits. An entry may be one actor more.",
        **{"from": _year(early["first_year"]), "to": _year(early["last_year"])},
        first=_year(late["first_year"]),
        last=_year(late["last_year"]),
        entered=tr.number(len(entered)),
        supported=tr.number(sum(bool(row["supported"]) for row in entered)),
        left=tr.number(sum(row["change"] == "left" for row in view.cells)),
    )


def _year(value: Any) -> str:
    return f"{value:.0f}"


def change_table(view: Changes, names: dict[str, str], tr: Translator, most: int = 12) -> Component | str:
    """Places that took up or gave up something, with the fields; few memberships are said."""
    rows = []
    for row in view.rows:
        cells = [cell for cell in view.cells if cell["place"] == row["place"]]
        came = [_field(cell, names, tr) for cell in cells if cell["change"] == "entered"]
        went = [names[cell["field"]] for cell in cells if cell["change"] == "left"]
        if came or went:
            n = f"{tr.number(row['n_before'])} → {tr.number(row['n_after'])}"
            few = tr("{n}, few", n=n) if row["few_actors"] else n
            rows.append([str(row["place_name"]), ", ".join(came) or "–", ", ".join(went) or "–", few])
    if not rows:
        return ""
    heads = [tr("Place"), tr("Entered"), tr("Left"), tr("Memberships before → after")]
    shown = plain_table(heads, rows[:most], caption=tr("Entries and exits by place"), text_columns=3)
    if len(rows) <= most:
        return shown
    return html.Div([shown, html.P(tr("and {n} more in the table", n=tr.number(len(rows) - most)))])


def _field(cell: dict[str, Any], names: dict[str, str], tr: Translator) -> str:
    name = names[cell["field"]]
    return tr("{field} (supported)", field=name) if cell["supported"] else name


def change_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Every place × field in both periods."""
    view, names, words = changes(atlas, selection), field_names(atlas, tr), change_words(tr)
    columns = (
        Column("place", tr("Unit or municipality"), wide=True),
        Column("field", tr("Field")),
        Column("x_before", tr("Memberships before"), "number"),
        Column("lq_before", tr("Location quotient before"), "number", 2),
        Column("x_after", tr("Memberships after"), "number"),
        Column("lq_after", tr("Location quotient after"), "number", 2),
        Column("change", tr("Change")),
        Column("supported", tr("Supported")),
        Column("reason", tr("Reason"), wide=True),
    )
    rows = [
        {
            "id": f"{row['place']}.{row['field']}",
            "place": row["place_name"],
            "field": names[row["field"]],
            **{key: row[key] for key in ("x_before", "lq_before", "x_after", "lq_after")},
            "change": words[row["change"]],
            "supported": yes_no(bool(row["supported"]), tr),
            "reason": why(row["reason"], tr),
        }
        for row in view.cells
    ]
    undated = [tr("Projects without a year are left out.")] if view.undated else []
    return Sheet(told(view, tr), columns, rows, tuple(undated), view.sources)


def variety_words(found: Finding, tr: Translator) -> str:
    """Related variety, or why there is none."""
    if found.reasons:
        return tr(
            "Related variety is not defined here: the fields have no second level, such as activities. The entropy "
            "of one level is no related variety and is not shown as one."
        )
    table = found.frame("places").dropna(subset="related_variety_bits")
    return tr(
        "Related variety (inside fields) of {places}, on average {related} bits; unrelated (between fields) "
        "{unrelated} bits. Both grow with the number of memberships.",
        places=tr.plural("{n} place", "{n} places", len(table)),
        related=tr.number(float(table["related_variety_bits"].mean()), 2),
        unrelated=tr.number(float(table["unrelated_variety_bits"].mean()), 2),
    )


def variety_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Variety of every place as rows."""
    found = variety(atlas, selection)
    columns = (
        Column("place", tr("Unit or municipality"), wide=True),
        Column("n", tr("Memberships"), "number"),
        Column("unrelated", tr("Unrelated variety, bits"), "number", 3),
        Column("related", tr("Related variety, bits"), "number", 3),
        Column("entropy", tr("Entropy, bits"), "number", 3),
        Column("reason", tr("Reason"), wide=True),
    )
    rows = [
        {
            "id": row["place"],
            "place": row["place_name"],
            "n": row["n"],
            "unrelated": row["unrelated_variety_bits"],
            "related": row["related_variety_bits"],
            "entropy": row["entropy_bits"],
            "reason": reason(row["reason"], tr),
        }
        for row in found.frame("places").to_dict("records")
    ]
    return Sheet(variety_words(found, tr), columns, rows, (), found.sources)
