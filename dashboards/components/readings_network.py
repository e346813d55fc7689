"""Reading examples of the measures of the network, and of what is the same for all."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboards.components.consortium_words import finding, part_names
from dashboards.components.readings_profiles import first, level
from dashboards.components.scenario_words import step_sentence
from dashboards.components.words import confidence_names
from dashboards.state import Selection
from dashboards.views.consortium import consortium
from dashboards.views.scenario import applied, begun, names
from dashboards.views.scenarioquestions import examples
from ecosystem import confidence

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas


def _communities(atlas: Atlas, tr: Translator) -> list[str]:
    partition = atlas.clusters.partition
    runs = partition.modularity_runs
    if not runs or partition.modularity != partition.modularity:
        return []
    return [
        tr(
            "{runs} runs from different seeds gave Q between {low} and {high}; shown is the best "
            "with {count} communities.",
            runs=tr.number(len(runs)),
            low=tr.number(min(runs), 3),
            high=tr.number(max(runs), 3),
            count=tr.number(partition.count),
        )
    ]


def _clusters(atlas: Atlas, tr: Translator) -> list[str]:
    item = next((one for one in atlas.clusters.items if one.effective_cities == one.effective_cities), None)
    if item is None:
        return []
    names = dict(zip(atlas.tables.places["place_id"], atlas.tables.places["name"], strict=True))
    place, count = item.cities[0]
    inside = sum(number for _, number in item.cities)
    return [
        tr(
            "“{cluster}”: {n} actors, {inside} of them in the region, {count} in {place}. They are spread as over "
            "{effective} cities of the same size; {share} of the linked pairs join two cities.",
            cluster=tr.label(item.name),
            n=tr.number(item.size),
            inside=tr.number(inside),
            count=tr.number(count),
            place=names.get(place, place),
            effective=tr.number(item.effective_cities, 1),
            share=tr.share(item.intercity_share),
        )
    ]


def _modules(atlas: Atlas, tr: Translator) -> list[str]:
    frame = atlas.modules(level=level(atlas), runs=5, draws=10).frame("summary")
    value = dict(zip(frame["index"], frame["value"], strict=True))
    if value.get("q", float("nan")) != value.get("q"):
        return []
    return [
        tr(
            "Places and projects: {modules} modules with Q = {q}; random tables of the same "
            "margins give {null} on average "
            "({runs} searches, {draws} draws).",
            modules=tr.number(value["modules"]),
            q=tr.number(value["q"], 3),
            null=tr.number(value.get("null_mean", float("nan")), 3),
            runs=tr.number(5),
            draws=tr.number(10),
        )
    ]


def _brokerage(atlas: Atlas, tr: Translator) -> list[str]:
    finding = atlas.brokerage(level=level(atlas), draws=20, random_orders=20, rich_club_draws=1)
    row = first(finding.frame("actors"), "betweenness")
    frame = finding.frame("resilience")
    value = dict(zip(frame["index"], frame["value"], strict=True))
    told = []
    if row is not None and row["betweenness"] > 0:
        told.append(
            tr(
                "{actor} stands between the most others: {share} of the shortest paths between two others pass it; "
                "constraint {constraint} with {partners} partners.",
                actor=row["actor_name"],
                share=tr.share(row["betweenness"], 1),
                constraint=tr.number(row["constraint"], 2),
                partners=tr.number(row["degree"]),
            )
        )
    if value.get("r", float("nan")) == value.get("r"):
        told.append(
            tr(
                "Taking out the best tied actors first leaves R = {r}; taking them out at random "
                "{random} ({orders} orders).",
                r=tr.number(value["r"], 3),
                random=tr.number(value["r_random_mean"], 3),
                orders=tr.number(20),
            )
        )
    return told


def _counting(atlas: Atlas, tr: Translator) -> list[str]:
    matrix = atlas.fields_of_actors.csr
    held = (matrix > 0).sum(axis=1)
    with_field = int((held > 0).sum())
    return [
        tr(
            "{actors} have at least one field; together they have {memberships}. {several} "
            "actors count in more than one.",
            actors=tr.plural("{n} actor", "{n} actors", with_field),
            memberships=tr.plural("{n} membership", "{n} memberships", int(held.sum())),
            several=tr.number(int((held > 1).sum())),
        )
    ]


def _confidence(atlas: Atlas, tr: Translator) -> list[str]:
    names = confidence_names(tr)
    told = []
    for sentence, levels in (
        (tr("Seats of the actors: {counts}."), confidence.of_actors(atlas.tables)),
        (tr("Recorded ties: {counts}."), confidence.of_ties(atlas.tables)),
    ):
        counts = [f"{names[one]} {tr.number(int((levels == one).sum()))}" for one in reversed(confidence.LEVELS)]
        told.append(sentence.format(counts=", ".join(counts)))
    return told


def _consortium(atlas: Atlas, tr: Translator) -> list[str]:
    view = consortium(atlas, Selection(field=atlas.region.field_ids[0]))
    if view is None or view.one is None:
        return []
    names = part_names(tr)
    parts = [
        tr("{name} {value}", name=names[part], value=tr.share(value))
        for part, value in view.one.parts.items()
        if not math.isnan(value)
    ]
    return [
        finding(atlas, view, tr),
        tr("Parts: {parts}. Their mean is {score}.", parts="; ".join(parts), score=tr.share(view.one.score)),
    ]


def _scenario(atlas: Atlas, tr: Translator) -> list[str]:
    """What one more tie would do where it does most, beside the spread of the index."""
    from ecosystem.scenario import compare  # noqa: PLC0415 -- an app starts without the engine

    told = []
    for one in examples(atlas)[:1]:
        after = applied(atlas, replace(begun(atlas), steps=one.steps))[1]
        every = compare(atlas, after).headline.set_index("measure")
        row = {name: float(every[name]["polycentricity P_SF"]) for name in ("before", "after", "noise")}
        told.append(
            tr(
                "{step}: polycentricity P · Δ goes from {before} to {after}; its spread is ± {spread}.",
                step=step_sentence(atlas, one.steps[0], names(atlas, begun(atlas)), tr),
                before=tr.number(row["before"], 5),
                after=tr.number(row["after"], 5),
                spread=tr.number(row["noise"], 5),
            )
        )
    return told


BY_NAME: dict[str, Callable[[Atlas, Translator], list[str]]] = {
    "communities": _communities,
    "clusters": _clusters,
    "modules": _modules,
    "brokerage": _brokerage,
    "consortium": _consortium,
    "scenario": _scenario,
    "counting": _counting,
    "confidence": _confidence,
}
