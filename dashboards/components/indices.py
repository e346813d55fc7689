"""Words around indices of places and fields: what each is called, how it is read, its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.plain import plain_table
from dashboards.components.reasons import reason
from dashboards.components.reference import reference
from dashboards.components.related import field_names, yes_no
from dashboards.views.indices import indices
from dashboards.views.sheet import Column, Sheet

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.indices import Indices
    from ecosystem.atlas import Atlas


def index_names(tr: Translator) -> dict[str, str]:
    """The indices of places."""
    return {
        "krugman_rest": tr("Krugman index, against the rest"),
        "hhi_unbiased": tr("Herfindahl index, unbiased"),
        "hill_q0": tr("Fields present (Hill, q = 0)"),
        "hill_q1": tr("Effective fields (Hill, q = 1)"),
        "hill_q2": tr("Effective fields (Hill, q = 2)"),
        "rarefied_richness": tr("Fields in a sample of ten (rarefied)"),
        "evenness": tr("Evenness (Pielou)"),
        "hoover": tr("Hoover index, against all"),
        "hachman": tr("Hachman index"),
    }


def reading(index: str, tr: Translator) -> str:
    """How to read an index."""
    return {
        "krugman_rest": tr("0 = the same mix of fields as all other places together, 2 = no field in common."),
        "hhi_unbiased": tr("Chance that two memberships are of the same field: the higher, the more one-sided."),
        "hill_q0": tr("Number of fields with at least one actor; grows with the number of actors."),
        "hill_q1": tr("As varied as that many fields of equal size; common and rare fields count by their share."),
        "hill_q2": tr("As varied as that many fields of equal size; large fields count more."),
        "rarefied_richness": tr(
            "Fields to be expected among ten memberships drawn at random: large and small compare."
        ),
        "evenness": tr("0 = one field only, 1 = all fields of equal size."),
        "hoover": tr("Share of memberships that would have to change their field to have the region's mix."),
        "hachman": tr("1 = the region's mix, the lower, the more different."),
    }[index]


def finding(view: Indices, selection: Selection, tr: Translator) -> str:
    """Both ends of the chosen index, among the places that may be ranked."""
    ranked = [row for row in view.ranked if not row["few_actors"]]
    few = sum(bool(row["few_actors"]) for row in view.rows)
    digits = 1 if view.index.startswith(("hill", "rarefied")) else 2
    if not ranked:
        told = tr("{index}: no place has enough memberships to be ranked.", index=index_names(tr)[view.index])
    else:
        first, last = ranked[0], ranked[-1]
        told = tr(
            "{index}: highest in {first} ({high}), lowest in {last} ({low}).",
            index=index_names(tr)[view.index],
            first=first["place_name"],
            high=tr.number(first[view.index], digits),
            last=last["place_name"],
            low=tr.number(last[view.index], digits),
        )
    below = tr.plural(
        "{n} place with fewer than ten memberships is not ranked.",
        "{n} places with fewer than ten memberships are not ranked.",
        few,
    )
    return " ".join([told, *([below] if few else []), reference(selection, view.total, tr)])


def places_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """All indices of every place shown."""
    view, names = indices(atlas, selection), index_names(tr)
    digits = {"hill_q0": 0, "hill_q1": 1, "hill_q2": 1, "rarefied_richness": 1}
    columns = (
        Column("place", tr("Unit or municipality"), wide=True),
        Column("n", tr("Memberships"), "number"),
        *(Column(index, names[index], "number", digits.get(index, 2)) for index in names),
        Column("few", tr("Few actors")),
        Column("reason", tr("Reason"), wide=True),
    )
    rows = [
        {
            "id": row["place"],
            "place": row["place_name"],
            "n": row["n"],
            **{index: float(row[index]) for index in names},
            "few": yes_no(bool(row["few_actors"]), tr),
            "reason": reason(row["reason"], tr),
        }
        for row in view.rows
    ]
    notes = tuple(f"{name}: {reading(index, tr)}" for index, name in names.items())
    return Sheet(
        finding(view, selection, tr), columns, rows, (*notes, reference(selection, view.total, tr)), view.sources
    )


def fields_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """How unevenly each field shown is spread over places."""
    view, names = indices(atlas, selection), field_names(atlas, tr)
    columns = (
        Column("field", tr("Field"), wide=True),
        Column("n", tr("Memberships"), "number"),
        Column("ubiquity", tr("Places specialised"), "number"),
        Column("gini", tr("Gini over places"), "number", 2),
        Column("locational", tr("Locational Gini"), "number", 3),
        Column("reason", tr("Reason")),
    )
    rows = [
        {
            "id": row["field"],
            "field": names[row["field"]],
            "n": row["n"],
            "ubiquity": row["ubiquity"],
            "gini": row["gini"],
            "locational": row["locational_gini"],
            "reason": reason(row["reason"], tr),
        }
        for row in view.fields
    ]
    return Sheet(tr("How unevenly each field is spread over places"), columns, rows, (spread(tr),), view.sources)


def spread(tr: Translator) -> str:
    """How to read the two Ginis."""
    return tr(
        "Gini: 0 = the same number everywhere. Locational Gini: 0 = spread as all memberships are, 0.5 at most. Both "
        "rise with the number of small places."
    )


def field_table(view: Indices, names: dict[str, str], tr: Translator) -> Component:
    """The fields at a glance."""
    rows = [
        [
            names[row["field"]],
            tr.number(row["n"]),
            tr.number(row["ubiquity"]),
            tr.number(row["gini"], 2),
            tr.number(row["locational_gini"], 3),
        ]
        for row in view.fields
    ]
    heads = [tr("Field"), tr("Memberships"), tr("Places specialised"), tr("Gini over places"), tr("Locational Gini")]
    return plain_table(heads, rows, caption=tr("How unevenly each field is spread over places"))
