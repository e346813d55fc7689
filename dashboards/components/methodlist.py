"""Everything ``/methode`` explains, in the order of its list of contents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboards.components import methods_network, methods_profiles, methods_region, methods_scenario
from dashboards.components.measurenames import measure_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboards.components.method import Method
    from dashboards.language import Translator

# measures of the registry by the group they stand in
GROUPS: tuple[tuple[str, ...], ...] = (
    ("specialisation", "concentration", "relatedness", "diversification", "change", "variety", "complexity"),
    ("polycentricity", "helix", "synergy", "validated_ties"),
    ("coordination", "complementarity", "consortium", "scenario"),
    ("communities", "clusters", "modules", "brokerage", "network"),
    ("counting", "confidence"),
)


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that is explained."""

    name: str
    title: str
    question: str
    method: Callable[[Translator], Method]


def topics(tr: Translator) -> dict[str, Topic]:
    """All topics by name."""
    named = {name: (one.title, one.question) for name, one in measure_names(tr).items()} | _more(tr)
    texts = {
        name: getattr(module, name)
        for module in (methods_profiles, methods_region, methods_network, methods_scenario)
        for name in named
        if hasattr(module, name)
    }
    return {name: Topic(name, *named[name], texts[name]) for group in GROUPS for name in group}


def group_titles(tr: Translator) -> tuple[str, ...]:
    """Titles of :data:`GROUPS`."""
    return (
        tr("Profiles of places and fields"),
        tr("The region as a whole"),
        tr("Coordination"),
        tr("Network"),
        tr("What is the same for all"),
    )


def _more(tr: Translator) -> dict[str, tuple[str, str]]:
    return {
        "consortium": (
            tr("Proposals for consortia"),
            tr("Who could work together on a field, covering the sectors and several cities?"),
        ),
        "scenario": (
            tr("Scenarios"),
            tr("What would the measures be if ties, actors or projects were added or lost?"),
        ),
        "clusters": (tr("Clusters"), tr("What is a cluster here, what is it called after, and which cities share it?")),
        "network": (tr("Drawing of the network"), tr("What do nodes, lines and positions in the picture mean?")),
        "counting": (
            tr("What is counted"),
            tr("When does an actor count once, when several times, and what do filters do?"),
        ),
        "confidence": (tr("Confidence"), tr("How well is a record known?")),
    }
