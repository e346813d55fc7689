"""Words around the five sectors: balance of places and fields, and synergy beyond chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.reasons import reason
from dashboards.components.related import field_names, yes_no
from dashboards.components.words import sector_letters, sector_names
from dashboards.figures.balance import COLOURS
from dashboards.views.balance import SECTORS, balance, synergy
from dashboards.views.sheet import Column, Sheet

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.balance import Balance, Mix, Synergy
    from ecosystem.atlas import Atlas


def finding(view: Balance, tr: Translator) -> str:
    """The most and the least even mix among the places large enough."""
    ranked = sorted((mix for mix in view.places if not mix.few_actors), key=lambda mix: (-mix.evenness, mix.key))
    region = tr(
        "Evenness of the five sectors in the region: {evenness} ({n} actors).",
        evenness=tr.number(view.region.evenness, 2),
        n=tr.number(view.region.n),
    )
    if len(ranked) < 2:
        few = tr("Too few places have ten actors or more to be compared.")
        return f"{region} {few}"
    first, last = ranked[0], ranked[-1]
    ends = tr(
        "Most even: {first} ({high}); most one-sided: {last} ({low}).",
        first=view.names[first.key],
        high=tr.number(first.evenness, 2),
        last=view.names[last.key],
        low=tr.number(last.evenness, 2),
    )
    return f"{region} {ends}"


def legend(tr: Translator) -> html.Ul:
    """The sectors by letter and colour."""
    names = [*sector_names(tr).values()]
    items = [
        html.Li([html.Span(letter, className="sector-mark", style={"background": colour}), name])
        for letter, colour, name in zip(sector_letters(tr), COLOURS, names, strict=True)
    ]
    hatched = html.Li([html.Span(className="mark cell-few"), tr("fewer than ten: counts only")])
    return html.Ul([*items, hatched])


def how_read(tr: Translator) -> str:
    """What the two numbers beside the bars are."""
    return tr(
        "Evenness (Pielou): 1 = five sectors of equal size. Distance: how far the mix is from the region's, in bits; "
        "few actors make it large."
    )


def synergy_words(one: Synergy, tr: Translator) -> str:
    """Synergy as the difference from chance, and never without it."""
    if one.reason:
        return tr("Synergy of place, field and sector is not defined: {reason}.", reason=reason(one.reason, tr))
    numbers = {
        "excess": tr.number(one.excess, 3),
        "n": tr.number(one.n),
        "draws": tr.number(one.draws),
        "seed": one.seed,
    }
    if one.excess < 0 and one.p_lower <= 0.05:
        told = tr("Place, field and sector go together more than chance makes them (synergy).")
    elif one.excess > 0 and one.p_upper <= 0.05:
        told = tr("Place, field and sector tell the same story more than chance makes them (redundancy, no synergy).")
    else:
        told = tr("No synergy of place, field and sector beyond chance.")
    p = min(one.p_lower, one.p_upper)
    detail = tr(
        "Difference from the mean of {draws} shuffles: {excess} bits (p = {p}, {n} memberships, seed {seed}); "
        "negative would be synergy.",
        p=tr.number(p, 3),
        **numbers,
    )
    return f"{told} {detail}"


def _columns(first: str, tr: Translator) -> tuple[Column, ...]:
    names = sector_names(tr)
    return (
        Column("name", first, wide=True),
        Column("n", tr("n"), "number"),
        *(Column(sector, names[sector], "number") for sector in SECTORS),
        Column("present", tr("Sectors present"), "number"),
        Column("evenness", tr("Evenness (Pielou)"), "number", 2),
        Column("distance", tr("Distance from the region, bits"), "number", 3),
        Column("few", tr("Few actors")),
        Column("reason", tr("Reason")),
    )


def _row(mix: Mix, name: str, tr: Translator) -> dict[str, object]:
    return {
        "id": mix.key,
        "name": name,
        "n": mix.n,
        **dict(zip(SECTORS, mix.counts, strict=True)),
        "present": mix.present,
        "evenness": mix.evenness,
        "distance": mix.distance,
        "few": yes_no(mix.few_actors, tr),
        "reason": reason(mix.reason, tr),
    }


def places_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Sectors of every place shown, of actors."""
    view = balance(atlas, selection)
    rows = [_row(view.region, tr("Region"), tr), *(_row(mix, view.names[mix.key], tr) for mix in view.places)]
    return Sheet(finding(view, tr), _columns(tr("Unit or municipality"), tr), rows, (how_read(tr),), view.sources)


def fields_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Sectors of every field shown, of memberships."""
    view, names = balance(atlas, selection), field_names(atlas, tr)
    rows = [_row(mix, names[mix.key], tr) for mix in view.fields]
    counted = tr("Memberships are counted: an actor with two fields counts in both.")
    return Sheet(tr("Sectors in every field"), _columns(tr("Field"), tr), rows, (how_read(tr), counted), view.sources)


def synergy_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """The test of synergy as rows."""
    one = synergy(atlas, selection)
    names = {
        "excess": tr("Difference from chance, bits"),
        "p_lower": tr("p, synergy"),
        "p_upper": tr("p, redundancy"),
        "t": tr("T, bits (mostly bias)"),
        "expected": tr("Mean of T under chance, bits"),
        "sd": tr("Standard deviation of T under chance, bits"),
    }
    columns = (
        Column("index", tr("Index"), wide=True),
        Column("value", tr("Value"), "number", 4),
        Column("reason", tr("Reason"), wide=True),
    )
    rows = [
        {"id": key, "index": name, "value": getattr(one, key), "reason": reason(one.reason, tr)}
        for key, name in names.items()
    ]
    return Sheet(synergy_words(one, tr), columns, rows, (), balance(atlas, selection).sources)
