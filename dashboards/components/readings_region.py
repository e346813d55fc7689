"""Reading examples of the measures of the region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.readings_profiles import field_names, first, level
from dashboards.components.words import sector_names

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas

DRAWS = 200


def _panel(panel: pd.DataFrame, basis: str) -> dict[str, float]:
    rows = panel[panel["basis"] == basis]
    return dict(zip(rows["index"], rows["value"], strict=True))


def _polycentricity(atlas: Atlas, tr: Translator) -> list[str]:
    panel = atlas.polycentricity(level=level(atlas)).frame("panel")
    sizes, ties = _panel(panel, "actors"), _panel(panel, "direct")
    told = []
    if sizes.get("primacy_share", float("nan")) == sizes.get("primacy_share"):
        told.append(
            tr(
                "Actors: the largest of {centres} centres holds {share}; they are as even as "
                "{effective} centres of the "
                "same size. Rank-size slope of the largest: {slope}.",
                centres=tr.number(sizes["centres"]),
                share=tr.share(sizes["primacy_share"]),
                effective=tr.number(sizes["effective_centres"], 1),
                slope=tr.number(sizes["slope_mean"], 2),
            )
        )
    if ties.get("p", float("nan")) == ties.get("p"):
        told.append(
            tr(
                "Recorded ties: P = {p}, density Δ = {delta}, so P·Δ = {p_sf}; Freeman "
                "{freeman}. {intercity} of the ties "
                "join two places.",
                p=tr.number(ties["p"], 2),
                delta=tr.number(ties["delta"], 2),
                p_sf=tr.number(ties["p_sf"], 2),
                freeman=tr.number(ties["freeman"], 2),
                intercity=tr.share(ties["intercity_share"]),
            )
        )
    return told


def _helix(atlas: Atlas, tr: Translator) -> list[str]:
    finding = atlas.helix(level=level(atlas))
    places, region = finding.frame("places"), finding.frame("region")
    row = first(places[~places["few_actors"]], "kl_bits")
    if row is None:
        return []
    sectors = sector_names(tr)
    most = max(sectors, key=lambda sector: float(row[sector]))
    return [
        tr(
            "{place}: {n} actors of {present} sectors, most of them {sector} ({share}). Evenness {evenness} (region "
            "{region}), distance from the region's mix {distance} bits, the largest of all places with enough actors.",
            place=row["place_name"],
            n=tr.number(row["n"]),
            present=tr.number(row["present"]),
            sector=sectors[most],
            share=tr.share(float(row[most]) / row["n"]),
            evenness=tr.number(row["evenness"], 2),
            region=tr.number(region.iloc[0]["evenness"], 2),
            distance=tr.number(row["kl_bits"], 2),
        )
    ]


def _synergy(atlas: Atlas, tr: Translator) -> list[str]:
    frame = atlas.synergy(level=level(atlas), draws=DRAWS).frame("synergy")
    value = dict(zip(frame["index"], frame["value"], strict=True))
    if value.get("excess", float("nan")) != value.get("excess"):
        return []
    more = value["excess"] < 0
    return [
        tr(
            "T = {t} bits. Shuffled tables give {expected} on average ({draws} draws), so the "
            "difference is {excess} bits.",
            t=tr.number(value["t"], 3),
            expected=tr.number(value["expected"], 3),
            draws=tr.number(DRAWS),
            excess=tr.number(value["excess"], 3),
        ),
        tr(
            "Place, field and sector go together more than chance makes them (p = {p}).",
            p=tr.number(value["p_lower"], 3),
        )
        if more
        else tr(
            "Place, field and sector do not go together more than chance makes them (p = {p}).",
            p=tr.number(value["p_lower"], 3),
        ),
    ]


def _coordination(atlas: Atlas, tr: Translator) -> list[str]:
    pairs = atlas.coordination(level=level(atlas), draws=100).frame("pairs")
    pairs = pairs[(pairs["layer"] == "direct") & ~pairs["few_actors"] & pairs["overlap"].notna()]
    told = []
    for row, sentence in (
        (
            first(pairs, "excess"),
            tr(
                "{one} and {other}: overlap {overlap}; {ties} recorded ties, {expected} "
                "expected. More than expected: tied."
            ),
        ),
        (
            first(pairs[pairs["excess"] < 0], "overlap"),
            tr(
                "{one} and {other}: overlap {overlap}; {ties} recorded ties, {expected} "
                "expected. Similar and less tied "
                "than expected: a point to check."
            ),
        ),
    ):
        if row is not None:
            told.append(
                sentence.format(
                    one=row["place_name"],
                    other=row["partner_name"],
                    overlap=tr.number(row["overlap"], 2),
                    ties=tr.number(row["ties"]),
                    expected=tr.number(row["expected"], 1),
                )
            )
    return told


def _complementarity(atlas: Atlas, tr: Translator) -> list[str]:
    finding = atlas.complementarity(level=level(atlas))
    cells = finding.frame("cells")
    partners = finding.frame("partners")
    cell = first(cells[~cells["few_actors"]], "total")
    if cell is None or not cell["total"] > 0:
        return []
    mine = partners[(partners["place"] == cell["place"]) & (partners["field"] == cell["field"])]
    best = first(mine, "contribution")
    if best is None:
        return []
    return [
        tr(
            "{place} is not specialised in {field}. {partner} adds {added} of what is related to the field and is tied "
            "to it by {ties} ties: {contribution}. All partners together: {total}.",
            place=cell["place_name"],
            field=field_names(atlas, tr)[str(cell["field"])],
            partner=best["partner_name"],
            added=tr.share(best["added"] / 100),
            ties=tr.number(best["weight"]),
            contribution=tr.number(best["contribution"]),
            total=tr.number(cell["total"]),
        )
    ]


def _validated_ties(atlas: Atlas, tr: Translator) -> list[str]:
    finding = atlas.validated_ties(level=level(atlas), draws=DRAWS)
    projects, direct = finding.frame("projects"), finding.frame("direct")
    told = []
    row = first(projects, "p", largest=False)
    if row is not None:
        told.append(
            tr(
                "{one} and {other} share {projects}; {expected} would be expected: p = {p}, q = {q} among {pairs} "
                "pairs ({draws} draws).",
                one=row["place_name"],
                other=row["partner_name"],
                projects=tr.plural("{n} project", "{n} projects", int(row["shared"])),
                expected=tr.number(row["expected"], 1),
                p=tr.number(row["p"], 3),
                q=tr.number(row["q"], 2),
                pairs=tr.number(len(projects)),
                draws=tr.number(DRAWS),
            )
        )
    if len(direct):
        kept = int(direct["keep_noise_corrected"].astype(bool).sum())
        told.append(
            tr(
                "Of {pairs} pairs of places with recorded ties, {kept} stand out from what the "
                "sizes of their ends give.",
                pairs=tr.number(len(direct)),
                kept=tr.number(kept),
            )
        )
    return told


BY_NAME: dict[str, Callable[[Atlas, Translator], list[str]]] = {
    "polycentricity": _polycentricity,
    "helix": _helix,
    "synergy": _synergy,
    "coordination": _coordination,
    "complementarity": _complementarity,
    "validated_ties": _validated_ties,
}
