"""What the measures are called and which question each answers, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboards.language import Translator


@dataclass(frozen=True, slots=True)
class MeasureName:
    """Title and question of a measure of :mod:`ecosystem.findings.registry`."""

    title: str
    question: str


def measure_names(tr: Translator) -> dict[str, MeasureName]:
    """Every measure of the registry by its name, in the registry's order."""
    return {
        name: MeasureName(title, question) for name, title, question in (*_profiles(tr), *_networks(tr), *_time(tr))
    }


def _profiles(tr: Translator) -> tuple[tuple[str, str, str], ...]:
    return (
        (
            "specialisation",
            tr("Specialisation"),
            tr("In which fields is each place more active than the region, and do enough actors support it?"),
        ),
        (
            "concentration",
            tr("Concentration"),
            tr("How one-sided is the profile of each place, and how unevenly is each field spread over places?"),
        ),
        (
            "relatedness",
            tr("Relatedness of fields"),
            tr("Which fields do the same actors work on more often than the sizes of the fields explain?"),
        ),
        (
            "diversification",
            tr("Diversification"),
            tr("Which field that a place lacks is near to what it has, and how large and common is that field?"),
        ),
        (
            "polycentricity",
            tr("Polycentricity"),
            tr(
                "How evenly are actors and ties spread over the centres, and does the answer hold for any number "
                "of centres?"
            ),
        ),
        (
            "helix",
            tr("Balance of the sectors"),
            tr("Which of the five sectors are present in each place, and how far is the mix from the region's?"),
        ),
        (
            "synergy",
            tr("Synergy of place, field and sector"),
            tr("Do place, field and sector of the actors go together more than chance makes them?"),
        ),
    )


def _networks(tr: Translator) -> tuple[tuple[str, str, str], ...]:
    return (
        (
            "coordination",
            tr("Coordination"),
            tr("Which places have similar profiles, and are they tied to each other more or less than expected?"),
        ),
        (
            "complementarity",
            tr("Complementarity"),
            tr("Which partners hold fields related to those a place lacks, and is it tied to them?"),
        ),
        (
            "communities",
            tr("Communities and their stability"),
            tr("Which actors belong together, does that depend on the seed, and does it follow city, field or sector?"),
        ),
        (
            "modules",
            tr("Two-mode modules"),
            tr("Which places (or actors) and projects (or fields) belong together, more than their numbers make them?"),
        ),
        (
            "brokerage",
            tr("Brokerage and resilience"),
            tr("Which actors stand between others, and how fast does the network fall apart without its anchors?"),
        ),
        (
            "validated_ties",
            tr("Validated ties"),
            tr("Which ties between places stand out from what chance or the size of their ends would give?"),
        ),
    )


def _time(tr: Translator) -> tuple[tuple[str, str, str], ...]:
    return (
        (
            "change",
            tr("Entry and exit"),
            tr("Which specialisations did places take up or give up between two periods of projects?"),
        ),
        ("variety", tr("Variety"), tr("How varied are the activities of a place, between fields and inside them?")),
        (
            "complexity",
            tr("Economic complexity, behind its checks"),
            tr("Which places have similar sets of fields, if the table allows such an order at all?"),
        ),
    )


def other_names(tr: Translator) -> dict[str, str]:
    """Words by which somebody may look for a measure and that its title does not have."""
    return {
        "specialisation": tr("location quotient LQ revealed comparative advantage"),
        "concentration": tr("Herfindahl HHI entropy Gini Krugman index"),
        "relatedness": tr("proximity of fields, co-occurrence"),
        "diversification": tr("relatedness density, missing field"),
        "polycentricity": tr("polycentric, rank-size, primacy, functional polycentricity, commuters"),
        "helix": tr("quintuple helix, mix of sectors"),
        "synergy": tr("triple helix, mutual information"),
        "coordination": tr("overlap, duplication, similarity of profiles, quadrants"),
        "complementarity": tr("complementary partners"),
        "communities": tr("clusters, Leiden, Louvain, modularity"),
        "modules": tr("bipartite modularity, two-mode network"),
        "brokerage": tr("betweenness, bridge, broker, constraint, structural holes, resilience, rich club"),
        "validated_ties": tr("null model, backbone, significant ties, beyond chance"),
        "change": tr("development over time, periods"),
        "variety": tr("related variety, unrelated variety"),
        "complexity": tr("ECI, PCI, economic complexity index"),
    }
