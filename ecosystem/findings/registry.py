"""Every measure of a region by its name, and the one way to compute it."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from ecosystem.errors import MeasureError
from ecosystem.findings.brokerage import brokerage
from ecosystem.findings.change import change, variety
from ecosystem.findings.communities import communities
from ecosystem.findings.coordination import complementarity, coordination
from ecosystem.findings.helix import helix, synergy
from ecosystem.findings.material import LEVELS
from ecosystem.findings.modules import INCIDENCES, modules
from ecosystem.findings.polycentricity import polycentricity
from ecosystem.findings.record import Finding, silent
from ecosystem.findings.relatedness import complexity, diversification, relatedness
from ecosystem.findings.specialisation import concentration, specialisation
from ecosystem.findings.ties import LAYERS
from ecosystem.findings.validation import validated_ties

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ecosystem.findings.material import Material
    from ecosystem.findings.record import Content, Parameter, Progress

CHOICES: dict[str, tuple[str, ...]] = {"level": LEVELS, "layer": LAYERS, "incidence": INCIDENCES}
FROM_ZERO = frozenset({"seed", "min_actors"})


@dataclass(frozen=True)
class Measure:
    """A measure by ``name``, with the ``question`` it answers and the function that computes it."""

    name: str
    title: str
    question: str
    compute: Callable[..., Content]

    @property
    def options(self) -> dict[str, Parameter]:
        """What can be set, and to what it is set otherwise."""
        found = inspect.signature(self.compute).parameters.values()
        return {one.name: one.default for one in found if one.kind is one.KEYWORD_ONLY and one.name != "progress"}

    @property
    def reports(self) -> bool:
        """Whether it tells how far it is."""
        return "progress" in inspect.signature(self.compute).parameters


MEASURES: tuple[Measure, ...] = (
    Measure(
        "specialisation",
        "Specialisation",
        "In which fields is each place more active than the region, and do enough actors support it?",
        specialisation,
    ),
    Measure(
        "concentration",
        "Concentration",
        "How one-sided is the profile of each place, and how unevenly is each field spread over places?",
        concentration,
    ),
    Measure(
        "relatedness",
        "Relatedness of fields",
        "Which fields do the same actors work on more often than the sizes of the fields explain?",
        relatedness,
    ),
    Measure(
        "diversification",
        "Diversification",
        "Which field that a place lacks is near to what it has, and how large and common is that field?",
        diversification,
    ),
    Measure(
        "polycentricity",
        "Polycentricity",
        "How evenly are actors and ties spread over the centres, and does the answer hold for any number of centres?",
        polycentricity,
    ),
    Measure(
        "helix",
        "Balance of the sectors",
        "Which of the five sectors are present in each place, and how far is the mix from the region's?",
        helix,
    ),
    Measure(
        "synergy",
        "Synergy of place, field and sector",
        "Do place, field and sector of the actors go together more than chance makes them?",
        synergy,
    ),
    Measure(
        "coordination",
        "Coordination",
        "Which places have similar profiles, and are they tied to each other more or less than expected?",
        coordination,
    ),
    Measure(
        "complementarity",
        "Complementarity",
        "Which partners hold fields related to those a place lacks, and is it tied to them?",
        complementarity,
    ),
    Measure(
        "communities",
        "Communities and their stability",
        "Which actors belong together, does that depend on the seed, and does it follow city, field or sector?",
        communities,
    ),
    Measure(
        "modules",
        "Two-mode modules",
        "Which places (or actors) and projects (or fields) belong together, more than their numbers make them?",
        modules,
    ),
    Measure(
        "brokerage",
        "Brokerage and resilience",
        "Which actors stand between others, and how fast does the network fall apart without its anchors?",
        brokerage,
    ),
    Measure(
        "validated_ties",
        "Validated ties",
        "Which ties between places stand out from what chance or the size of their ends would give?",
        validated_ties,
    ),
    Measure(
        "change",
        "Entry and exit",
        "Which specialisations did places take up or give up between two periods of projects?",
        change,
    ),
    Measure(
        "variety",
        "Variety",
        "How varied are the activities of a place, between fields and inside them?",
        variety,
    ),
    Measure(
        "complexity",
        "Economic complexity, behind its checks",
        "Which places have similar sets of fields, if the table allows such an order at all?",
        complexity,
    ),
)


def measure(name: str) -> Measure:
    """The measure of this name; a hyphen counts as an underscore.

    Raises:
        MeasureError: there is none; names those most alike, or all.

    >>> measure("validated-ties").title
    'Validated ties'
    """
    known = {one.name: one for one in MEASURES}
    wanted = name.replace("-", "_")
    if wanted in known:
        return known[wanted]
    near = get_close_matches(wanted, known, 3)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"Known are {', '.join(known)}."
    raise MeasureError(f"There is no measure “{name}”. {hint}")


def settled(at: Material, name: str, options: Mapping[str, Any]) -> dict[str, Parameter]:
    """All options of a measure, those not given at their defaults.

    Raises:
        MeasureError: no such measure, option, field or variant, or a value of the wrong kind.
    """
    one = measure(name)
    known = one.options
    for option, value in options.items():
        if option not in known:
            raise MeasureError(f"{one.name}: takes no “{option}”. It takes {', '.join(known)}.")
        _check(at, one.name, option, value, known[option])
    return known | dict(options)


def find(at: Material, name: str, *, progress: Progress = silent, **options: Any) -> Finding:
    """The finding of a measure with these options; ``progress`` gets (step, done, total).

    Raises:
        MeasureError: as :func:`settled`, or a value that the measure refuses.

    >>> from ecosystem import tables
    >>> from ecosystem.findings.material import Material
    >>> from ecosystem.regions import locate
    >>> found = find(Material(tables.read(locate("toy"))), "helix")
    >>> found.n, found.counted, found.parameters["level"]
    (12, 'actors', 'municipality')
    """
    one, parameters = measure(name), settled(at, name, options)
    content = one.compute(at, **parameters, **({"progress": progress} if one.reports else {}))
    return Finding(
        name=one.name,
        title=one.title,
        question=one.question,
        region=at.tables.region.region_id,
        version=at.tables.digest[:10],
        parameters=parameters,
        frames=content.frames,
        n=content.n,
        counted=content.counted,
        notes=content.notes,
        warnings=content.warnings + _left_out(at, parameters),
        reasons=content.reasons + _no_place(at, parameters),
        sources=at.sources(content.read),
        read=content.read,
    )


def _left_out(at: Material, parameters: Mapping[str, Parameter]) -> tuple[str, ...]:
    count = at.left_out("district") if parameters.get("level") == "district" else 0
    return (f"{count} municipalities state no district and are left out",) if count else ()


def _no_place(at: Material, parameters: Mapping[str, Parameter]) -> tuple[str, ...]:
    none = parameters.get("level") == "district" and not len(at.districts.ids)
    return ("places: no municipality states its district",) if none else ()


def _check(at: Material, name: str, option: str, value: Any, default: Parameter) -> None:
    """Refuse a value the measure would not understand."""
    if option == "field":
        _check_field(at, name, value)
    elif option in CHOICES and value not in CHOICES[option]:
        raise MeasureError(f"{name}: there is no {option} “{value}”. Choose one of {', '.join(CHOICES[option])}.")
    elif option == "split":
        if value is not None and not _whole(value, 0):
            raise MeasureError(f"{name}: split is the first year of the second period, not {value!r}.")
    elif isinstance(default, int) and not _whole(value, 0 if option in FROM_ZERO else 1):
        least = 0 if option in FROM_ZERO else 1
        raise MeasureError(f"{name}: {option} has to be a whole number of at least {least}, not {value!r}.")
    elif isinstance(default, float) and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise MeasureError(f"{name}: {option} has to be a number, not {value!r}.")


def _whole(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _check_field(at: Material, name: str, value: Any) -> None:
    known = list(at.fields)
    if value is None or value in known:
        return
    near = get_close_matches(str(value), known, 1)
    hint = f"Did you mean “{near[0]}”?" if near else f"Its fields are {', '.join(known)}."
    raise MeasureError(f"{name}: {at.tables.region.region_id} has no field “{value}”. {hint}")
