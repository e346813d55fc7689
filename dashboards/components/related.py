"""Words around the relatedness of fields: its sentence, what each measure means, the strongest pairs, the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.plain import plain_table
from dashboards.components.reasons import reason
from dashboards.components.reference import reference
from dashboards.views.related import related
from dashboards.views.sheet import Column, Sheet

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.related import Related
    from ecosystem.atlas import Atlas


def method_names(tr: Translator) -> dict[str, str]:
    """The measures of relatedness."""
    return {
        "association": tr("Association strength"),
        "prob": tr("Probability (Steijn)"),
        "cosine": tr("Cosine"),
        "jaccard": tr("Jaccard"),
        "min_conditional": tr("Conditional probability"),
    }


def reading(method: str, tr: Translator) -> str:
    """How to read a number of this measure."""
    return {
        "association": tr("1 = as many common actors as the sizes of the two fields let expect; 2 = twice as many."),
        "prob": tr("1 = as expected from the sizes, no field being paired with itself; 2 = twice as many."),
        "cosine": tr("0 = no common actor, 1 = always held together; large fields do not win by their size."),
        "jaccard": tr("Share of the common ties of both fields in all their ties: 0 to 1."),
        "min_conditional": tr("Share of the larger field's actors that also hold the other: 0 to 1."),
    }[method]


def finding(view: Related, names: dict[str, str], tr: Translator) -> str:
    """The strongest pair, how many stand out, and on how few actors all rests."""
    if len(view.fields) < 2:
        return tr("Fewer than two fields are shown, so there is no pair to compare.")
    kept = [pair for pair in view.pairs if pair.kept]
    if not view.pairs or view.pairs[0].shared == 0:
        told = tr("No actor works on two of the fields shown, so nothing is known about their relatedness.")
    elif kept:
        told = tr(
            "{kept} of {pairs} occur together more often than chance gives; the strongest is {first} – {second} "
            "({shared} common actors, {expected} expected).",
            kept=tr.number(len(kept)),
            pairs=tr.plural("{n} pair of fields", "{n} pairs of fields", len(view.pairs)),
            first=names[kept[0].first],
            second=names[kept[0].second],
            shared=tr.number(kept[0].shared),
            expected=tr.number(kept[0].expected, 1),
        )
    else:
        told = tr(
            "None of {pairs} occurs together more often than chance gives.",
            pairs=tr.plural("{n} pair of fields", "{n} pairs of fields", len(view.pairs)),
        )
    base = tr(
        "Only {n} of {actors} actors with a field work on two or more.",
        n=tr.number(view.informative),
        actors=tr.number(view.actors),
    )
    return f"{told} {base}"


def drawn(view: Related, tr: Translator) -> str:
    """Seed, draws and correction."""
    return tr(
        "Chance: {draws} random tables with the same number of fields per actor and of actors per field ({model}), "
        "seed {seed}; Benjamini–Hochberg over {tests} pairs, alpha = {alpha}.",
        draws=tr.number(view.draws),
        model=view.model.upper(),
        seed=view.seed,
        tests=tr.number(view.tested),
        alpha=tr.number(view.alpha, 2),
    )


def legend(tr: Translator) -> html.Ul:
    """What lines mean."""
    return html.Ul(
        [
            html.Li([html.Span(className="line solid kept"), tr("✓ more often than chance, after correction")]),
            html.Li([html.Span(className="line solid"), tr("no more than chance; the wider, the more related")]),
            html.Li([html.Span(className="line dashed"), tr("fewer than five common actors")]),
        ]
    )


def pair_table(view: Related, names: dict[str, str], tr: Translator) -> Component:
    """All pairs, the strongest first, beside the picture."""
    rows = [
        [
            f"{names[pair.first]} – {names[pair.second]}" + (" ✓" if pair.kept else ""),
            tr.number(pair.phi, 2),
            tr("{shared} ({expected})", shared=tr.number(pair.shared), expected=tr.number(pair.expected, 1)),
            tr.number(pair.q, 3),
        ]
        for pair in view.pairs
    ]
    if not rows:
        return html.P(tr("Fewer than two fields are shown, so there is no pair to compare."), className="nothing")
    heads = [tr("Pair of fields"), tr("Relatedness"), tr("Common actors (expected)"), tr("q")]
    return plain_table(heads, rows, caption=tr("Pairs of fields, the most related first"))


def pairs_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """The pairs as rows."""
    view = related(atlas, selection)
    names = field_names(atlas, tr)
    columns = (
        Column("first", tr("Field")),
        Column("second", tr("Other field")),
        Column("phi", tr("Relatedness"), "number", 3),
        Column("shared", tr("Common actors"), "number"),
        Column("expected", tr("Expected"), "number", 1),
        Column("p", tr("p"), "number", 4),
        Column("q", tr("q"), "number", 4),
        Column("kept", tr("More than chance")),
        Column("few", tr("Fewer than five common actors")),
        Column("reason", tr("Reason")),
    )
    rows = [
        {
            "id": f"{pair.first}.{pair.second}",
            "first": names[pair.first],
            "second": names[pair.second],
            **{key: getattr(pair, key) for key in ("phi", "shared", "expected", "p", "q")},
            "kept": yes_no(pair.kept, tr),
            "few": yes_no(pair.few, tr),
            "reason": reason(pair.reason, tr),
        }
        for pair in view.pairs
    ]
    told = (
        f"{method_names(tr)[view.method]}: {reading(view.method, tr)}",
        tr("Actors with one field say nothing about relatedness."),
        drawn(view, tr),
        reference(selection, view.total, tr),
    )
    return Sheet(finding(view, names, tr), columns, rows, told, view.sources)


def field_names(atlas: Atlas, tr: Translator) -> dict[str, str]:
    """Short names of the fields by id."""
    return {field.field_id: tr.label(field.short) for field in atlas.region.fields}


def yes_no(value: bool, tr: Translator) -> str:
    """A flag in a table."""
    return tr("yes") if value else tr("no")
