"""What every picture, file and slide says about itself: filters, counts, data version, sources, link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboards.components.words import confidence_names, relation_names, sector_names
from dashboards.state import NOT_STATED
from dashboards.views.filters import subset

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.state import Ids, Selection
    from ecosystem.atlas import Atlas


@dataclass(frozen=True, slots=True)
class Caption:
    """One sentence each."""

    title: str
    filters: str
    counts: str
    data: str
    sources: str
    link: str

    @property
    def lines(self) -> tuple[str, ...]:
        """All that is said, in its order; empty sentences are left out."""
        told = (self.title, self.filters, self.counts, self.data, self.sources, self.link)
        return tuple(line for line in told if line)

    def named(self, tr: Translator) -> tuple[tuple[str, str], ...]:
        """The same under headings, for what has columns."""
        heads = (tr("Content"), tr("Filters"), tr("Counts"), tr("Data version"), tr("Sources"), tr("Link"))
        told = (self.title, self.filters, self.counts, self.data, self.sources, self.link)
        return tuple((head, line) for head, line in zip(heads, told, strict=True) if line)


def caption(atlas: Atlas, selection: Selection, tr: Translator, *, title: str = "", link: str = "") -> Caption:
    """The caption of a view; ``title`` is its finding, ``link`` its address."""
    left = subset(atlas, selection)
    licences = sorted(set(atlas.tables.sources["licence"]) - {""})
    counts = tr(
        "{actors} and {pairs}, from {sources}.",
        actors=tr.plural("{n} actor", "{n} actors", left.count),
        pairs=tr.plural("{n} linked pair", "{n} linked pairs", left.pairs),
        sources=tr.plural("{n} source", "{n} sources", len(atlas.tables.sources)),
    )
    return Caption(
        title,
        filter_sentence(atlas, selection, tr),
        counts,
        tr("Data version {version}, sources read until {date}.", version=atlas.version, date=tr.date(atlas.as_of)),
        tr("Terms of the sources: {terms}.", terms="; ".join(licences)) if licences else "",
        link,
    )


def filter_sentence(atlas: Atlas, selection: Selection, tr: Translator) -> str:
    """The active filters as words: "Filter: Themenfeld Logistik oder Cyber/KI; ab Belegstärke mittel."."""
    parts = [
        _part(tr("Field"), selection.fields, {one.field_id: tr.label(one.short) for one in atlas.region.fields}, tr),
        _part(tr("Sector"), selection.sectors, sector_names(tr), tr),
        _part(tr("City"), selection.places, place_names(atlas), tr),
        _part(
            tr("Cluster"), selection.clusters, {one.cluster_id: tr.label(one.name) for one in atlas.clusters.items}, tr
        ),
        _part(tr("Kind of tie"), selection.kinds, relation_names(tr), tr),
        years(selection, tr),
        tr("Confidence at least {level}", level=confidence_names(tr)[selection.confidence])
        if selection.confidence
        else "",
    ]
    told = "; ".join(part for part in parts if part)
    return tr("Filters: {filters}.", filters=told) if told else tr("No filter: the whole region.")


def place_names(atlas: Atlas) -> dict[str, str]:
    """Places by their id."""
    return dict(zip(atlas.tables.places["place_id"], atlas.tables.places["name"], strict=True))


def _part(name: str, chosen: Ids | None, names: dict[str, str], tr: Translator) -> str:
    if chosen is None:
        return ""
    words = [tr("not stated") if one == NOT_STATED else names.get(one, one) for one in chosen]
    return tr("{filter}: {values}", filter=name, values=tr.either(words) if words else tr("none"))


def years(selection: Selection, tr: Translator) -> str:
    """The years that are left, and whether undated records are; empty where all are."""
    if selection.years is None:
        return ""
    first, last = selection.years
    if selection.undated:
        return tr("{first}–{last} and undated", first=first, last=last)
    return tr("{first}–{last}", first=first, last=last)
