"""Words around diversification: the place looked at, the next field of every place, complexity behind its checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.links import profile_link
from dashboards.components.plain import plain_table
from dashboards.components.reasons import reason, support_words
from dashboards.components.reference import reference
from dashboards.components.related import field_names, yes_no
from dashboards.language import UNDEFINED
from dashboards.views.nearest import complexity, diversification
from dashboards.views.sheet import Column, Sheet

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.nearest import Diversification, Step
    from ecosystem.atlas import Atlas
    from ecosystem.findings.record import Finding


def finding(view: Diversification, names: dict[str, str], tr: Translator) -> str:
    """The nearest missing field of the place looked at, and how little it may rest on."""
    steps = view.of(view.place)
    if not steps:
        return tr("No place has an actor with a field here, so there is nothing to start from.")
    missing = [one for one in steps if one.missing]
    held = len(steps) - len(missing)
    told = tr(
        "{place} is specialised in {held} of {fields} (location quotient of 1 or more).",
        place=view.name,
        held=tr.number(held),
        fields=tr.plural("{n} field", "{n} fields", len(steps)),
    )
    first = view.nearest(view.place)
    if first is not None:
        near = tr(
            "The nearest missing field is {field}: {share} of its relatedness lies in fields the place holds.",
            field=names[first.field],
            share=tr.share(first.density / 100),
        )
    else:
        near = tr("No missing field is related to what it holds.") if missing else tr("No field is missing.")
    few = tr("Only {n} memberships: one actor more can change this.", n=tr.number(steps[0].n))
    gone = tr("There is no place “{id}” in these data; the largest is shown.", id=view.unknown)
    return " ".join([*([gone] if view.unknown else []), told, near, *([few] if steps[0].few_actors else [])])


def legend(tr: Translator) -> html.Ul:
    """Shapes of the scatter."""
    return html.Ul(
        [
            html.Li([html.Span(className="mark dot-held"), tr("held: location quotient of 1 or more")]),
            html.Li([html.Span(className="mark dot-missing"), tr("missing field")]),
            html.Li(tr("To the right: related to what is there already. Upwards: larger or more common fields.")),
        ]
    )


def next_table(view: Diversification, names: dict[str, str], tr: Translator) -> Component:
    """The nearest missing field of every place shown."""
    rows = [
        [
            profile_link("place", place, name, tr),
            _next(view.nearest(place), names),
            _density(view.nearest(place), tr),
            _members(view.of(place), tr),
        ]
        for place, name in zip(view.places.ids, view.places.names, strict=True)
    ]
    if not rows:
        return html.P(tr("The filters leave nothing to show here."), className="nothing")
    heads = [tr("Place"), tr("Nearest missing field"), tr("Density"), tr("Memberships")]
    return plain_table(heads, rows, caption=tr("Nearest missing field of every place"), text_columns=2)


def _next(step: Step | None, names: dict[str, str]) -> str:
    return UNDEFINED if step is None else names[step.field]


def _density(step: Step | None, tr: Translator) -> str:
    return UNDEFINED if step is None else tr.share(step.density / 100)


def _members(steps: tuple[Step, ...], tr: Translator) -> Component | str:
    if not steps:
        return UNDEFINED
    n = tr.number(steps[0].n)
    return tr("{n}, few", n=n) if steps[0].few_actors else n


def next_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """The nearest missing field of every place as rows."""
    view, names = diversification(atlas, selection), field_names(atlas, tr)
    columns = (
        Column("place", tr("Unit or municipality"), wide=True),
        Column("field", tr("Nearest missing field"), wide=True),
        Column("density", tr("Relatedness density"), "share", 1),
        Column("x", tr("Memberships of the field"), "number"),
        Column("n", tr("Memberships of the place"), "number"),
        Column("lq", tr("Location quotient"), "number", 2),
        Column("held", tr("Fields held"), "number"),
        Column("few", tr("Few actors")),
    )
    rows = []
    for place, name in zip(view.places.ids, view.places.names, strict=True):
        step, steps = view.nearest(place), view.of(place)
        rows.append(
            {
                "id": place,
                "place": name,
                "field": _next(step, names),
                "density": step.density / 100 if step else float("nan"),
                "x": step.x if step else float("nan"),
                "n": steps[0].n if steps else 0,
                "lq": step.lq if step else float("nan"),
                "held": sum(not one.missing for one in steps),
                "few": yes_no(bool(steps) and steps[0].few_actors, tr),
            }
        )
    return Sheet(tr("Nearest missing field of every place"), columns, rows, _notes(view, selection, tr), view.sources)


def steps_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Density of every field in the place looked at and in all shown."""
    view, names, words = diversification(atlas, selection), field_names(atlas, tr), support_words(tr)
    called = dict(zip(view.places.ids, view.places.names, strict=True)) | {view.place: view.name}
    columns = (
        Column("place", tr("Unit or municipality"), wide=True),
        Column("field", tr("Field")),
        Column("density", tr("Relatedness density"), "share", 1),
        Column("missing", tr("Missing")),
        Column("size", tr("Size of the field"), "number"),
        Column("ubiquity", tr("Places specialised"), "number"),
        Column("x", tr("Memberships of the field"), "number"),
        Column("n", tr("Memberships of the place"), "number"),
        Column("lq", tr("Location quotient"), "number", 2),
        Column("state", tr("Assessment"), wide=True),
        Column("reason", tr("Reason")),
    )
    ordered = sorted(view.steps, key=lambda one: one.place != view.place)
    rows = [
        {
            "id": f"{one.place}.{one.field}",
            "place": called[one.place],
            "field": names[one.field],
            "density": one.density / 100,
            "missing": yes_no(one.missing, tr),
            **{key: getattr(one, key) for key in ("size", "ubiquity", "x", "n", "lq")},
            "state": words[one.state],
            "reason": reason(one.reason, tr),
        }
        for one in ordered
    ]
    return Sheet(finding(view, names, tr), columns, rows, _notes(view, selection, tr), view.sources)


def _notes(view: Diversification, selection: Selection, tr: Translator) -> tuple[str, ...]:
    return (
        tr("A field is never counted in its own density."),
        tr("Memberships are counted: an actor with two fields counts in both."),
        reference(selection, view.total, tr),
    )


def checks(found: Finding, names: dict[str, str], tr: Translator) -> Component:
    """Economic complexity: refused with its reason, or its order with the checks it passed."""
    table = found.frame("checks").set_index("index")["value"]
    if found.reasons:
        why = reason(found.reasons[0].partition(": ")[2], tr)
        told = tr("Refused: {reason}. No order of the fields is shown.", reason=why)
        return html.P(told)
    order = found.frame("fields").dropna(subset="pci").sort_values("pci", ascending=False)
    ranked = tr.joined([f"{names[row['field']]} {tr.number(row['pci'], 1)}" for row in order.to_dict("records")])
    passed = tr(
        "Passed: one connected table of {places}, second eigenvector unique (gap {gap}), correlation with diversity "
        "{corr}.",
        places=tr.plural("{n} place", "{n} places", int(table["places"])),
        gap=tr.number(table["eigengap"], 3),
        corr=tr.number(table["corr_diversity"], 2),
    )
    reading = tr("It orders fields by how alike the places are that hold them; “complex” would say more than that.")
    sign = [tr("The sign is arbitrary.")] if table["sign_arbitrary"] else []
    return html.Div([html.P(ranked), html.P(" ".join([passed, reading, *sign]), className="hint")])


def complexity_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Fields in the order of complexity, with the reason where there is none."""
    found, names = complexity(atlas, selection), field_names(atlas, tr)
    columns = (
        Column("field", tr("Field"), wide=True),
        Column("n", tr("Memberships"), "number"),
        Column("ubiquity", tr("Places specialised"), "number"),
        Column("pci", tr("Product complexity (PCI)"), "number", 3),
        Column("reason", tr("Reason"), wide=True),
    )
    rows = [
        {
            "id": row["field"],
            "field": names[row["field"]],
            "n": row["n"],
            "ubiquity": row["ubiquity"],
            "pci": float(row["pci"]),
            "reason": reason(row["reason"], tr),
        }
        for row in found.frame("fields").to_dict("records")
    ]
    note = tr("It orders fields by how alike the places are that hold them; “complex” would say more than that.")
    return Sheet(tr("Economic complexity, behind its checks"), columns, rows, (note,), found.sources)
