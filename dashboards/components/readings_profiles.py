"""Reading examples of the measures of profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.reasons import support_words
from dashboards.views.units import units

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas
    from ecosystem.findings.material import Level


def level(atlas: Atlas) -> Level:
    """Districts where the region has them, as the pages start."""
    return "district" if units(atlas, "unit").kind == "unit" else "municipality"


def field_names(atlas: Atlas, tr: Translator) -> dict[str, str]:
    """Short names of the fields by their id."""
    return {one.field_id: tr.label(one.short) for one in atlas.region.fields}


def first(rows: pd.DataFrame, by: str, *, largest: bool = True) -> pd.Series | None:
    """The row with the largest (or smallest) number; ``None`` where no row has one."""
    known = rows[rows[by].notna()]
    return None if known.empty else known.sort_values(by, ascending=not largest, kind="stable").iloc[0]


def _specialisation(atlas: Atlas, tr: Translator) -> list[str]:
    cells = atlas.specialisation(level=level(atlas), draws=100).frame("cells")
    cells = cells[cells["lq"].notna()]
    row = first(cells[~cells["few_actors"]], "q", largest=False)
    row = first(cells, "x") if row is None else row
    if row is None:
        return []
    same = cells[cells["field"] == row["field"]]
    whole, of_field = cells.drop_duplicates("place")["n"].sum(), same["x"].sum()
    return [
        tr(
            "{place}: {x} of {n} memberships are in the field {field}, that is {share}; in the region {of_field} of "
            "{whole}, that is {region}. LQ = {share} / {region} = {lq}, interval {low} to {high}: {state}.",
            place=row["place_name"],
            x=tr.number(row["x"]),
            n=tr.number(row["n"]),
            field=field_names(atlas, tr)[str(row["field"])],
            share=tr.share(row["x"] / row["n"], 1),
            of_field=tr.number(of_field),
            whole=tr.number(whole),
            region=tr.share(of_field / whole, 1),
            lq=tr.number(row["lq"], 2),
            low=tr.number(row["low"], 2),
            high=tr.number(row["high"], 2),
            state=support_words(tr)[row["state"]],
        )
    ]


def _concentration(atlas: Atlas, tr: Translator) -> list[str]:
    finding = atlas.concentration(level=level(atlas))
    places = finding.frame("places")
    row = first(places[~places["few_actors"]], "hhi_unbiased")
    field = first(finding.frame("fields"), "gini")
    told = []
    if row is not None:
        told.append(
            tr(
                "{place}: {n} memberships in {present} fields are as varied as {effective} "
                "fields of the same size; HHI "
                "{hhi} without bias, Krugman {krugman} of at most 2.",
                place=row["place_name"],
                n=tr.number(row["n"]),
                present=tr.number(row["hill_q0"]),
                effective=tr.number(row["hill_q1"], 1),
                hhi=tr.number(row["hhi_unbiased"], 2),
                krugman=tr.number(row["krugman_rest"], 2),
            )
        )
    if field is not None:
        told.append(
            tr(
                "The field {field} is spread least evenly over the places: Gini {gini}.",
                field=field_names(atlas, tr)[str(field["field"])],
                gini=tr.number(field["gini"], 2),
            )
        )
    return told


def _relatedness(atlas: Atlas, tr: Translator) -> list[str]:
    finding = atlas.relatedness(draws=200)
    pairs = finding.frame("pairs")
    row = first(pairs[~pairs["few"].astype(bool)], "phi")
    if row is None:
        return []
    names = field_names(atlas, tr)
    return [
        tr(
            "{one} and {other}: {shared} of the {n} actors with two or more fields work on both; by chance {expected} "
            "would (mean of {draws} random tables). φ = {phi}, p = {p}, q = {q}.",
            one=names[str(row["field"])],
            other=names[str(row["partner"])],
            shared=tr.number(row["shared"]),
            n=tr.number(finding.n),
            expected=tr.number(row["expected"], 1),
            draws=tr.number(200),
            phi=tr.number(row["phi"], 2),
            p=tr.number(row["p"], 3),
            q=tr.number(row["q"], 3),
        )
    ]


def _diversification(atlas: Atlas, tr: Translator) -> list[str]:
    cells = atlas.diversification(level=level(atlas)).frame("cells")
    row = first(cells[cells["missing"].astype(bool) & ~cells["few_actors"]], "density")
    if row is None:
        return []
    return [
        tr(
            "{place} is not specialised in {field} (LQ {lq}). Of what is related to this field it holds {density}. The "
            "field has {size} memberships in the region; {ubiquity} places are specialised in it.",
            place=row["place_name"],
            field=field_names(atlas, tr)[str(row["field"])],
            lq=tr.number(row["lq"], 2),
            density=tr.share(row["density"] / 100),
            size=tr.number(row["field_size"]),
            ubiquity=tr.number(row["ubiquity"]),
        )
    ]


def _change(atlas: Atlas, tr: Translator) -> list[str]:
    finding = atlas.change(level=level(atlas))
    periods = finding.frame("periods")
    places = finding.frame("places")
    places = places[places["entry_rate"].notna()]
    row = first(places.assign(moves=places["entered"] + places["exited"]), "moves")
    if row is None or len(periods) < 2:
        return []
    before, after = periods.iloc[0], periods.iloc[1]
    return [
        tr(
            "{place}, {first}–{middle} against {next}–{last}: {entered} of {missing} missing fields taken up, "
            "{supported} of them supported by enough actors; {exited} of {held} held fields given up.",
            place=row["place_name"],
            first=str(int(before["first_year"])),
            middle=str(int(before["last_year"])),
            next=str(int(after["first_year"])),
            last=str(int(after["last_year"])),
            entered=tr.number(row["entered"]),
            missing=tr.number(row["missing"]),
            supported=tr.number(row["entered_supported"]),
            exited=tr.number(row["exited"]),
            held=tr.number(row["held"]),
        )
    ]


def _variety(atlas: Atlas, tr: Translator) -> list[str]:
    places = atlas.variety(level=level(atlas)).frame("places")
    row = first(places[~places["few_actors"]], "unrelated_variety_bits")
    if row is None:
        return []
    told = tr(
        "{place}: {n} memberships, unrelated variety {uv} bits (as {effective} fields of the same size).",
        place=row["place_name"],
        n=tr.number(row["n"]),
        uv=tr.number(row["unrelated_variety_bits"], 2),
        effective=tr.number(2 ** row["unrelated_variety_bits"], 1),
    )
    if row["related_variety_bits"] == row["related_variety_bits"]:
        inner = tr("Related variety: {rv} bits.", rv=tr.number(row["related_variety_bits"], 2))
    else:
        inner = tr("These data have no level below the fields, so there is no related variety.")
    return [told, inner]


def _complexity(atlas: Atlas, tr: Translator) -> list[str]:
    finding = atlas.complexity(level=level(atlas))
    checks = finding.frame("checks").set_index("index")["value"]
    row = first(finding.frame("places"), "eci")
    if row is None or not checks.get("defined", 0):
        return [tr("In these data the checks do not allow such an order.")]
    return [
        tr(
            "{count} places take part. {place} stands first with ECI {eci}; the correlation with the number of "
            "specialised fields is {correlation}.",
            count=tr.number(checks["places"]),
            place=row["place_name"],
            eci=tr.number(row["eci"], 2),
            correlation=tr.number(checks["corr_diversity"], 2),
        )
    ]


BY_NAME: dict[str, Callable[[Atlas, Translator], list[str]]] = {
    "specialisation": _specialisation,
    "concentration": _concentration,
    "relatedness": _relatedness,
    "diversification": _diversification,
    "change": _change,
    "variety": _variety,
    "complexity": _complexity,
}
