"""The measures as methods of an atlas: computed when asked for, kept by their options.

Nothing heavy is imported before a measure is asked for, so that an app starts without them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypedDict, Unpack

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ecosystem.clusters import Clusters
    from ecosystem.findings.material import Level, Material
    from ecosystem.findings.modules import Incidence
    from ecosystem.findings.record import Finding, Progress
    from ecosystem.findings.ties import Layer
    from ecosystem.tables import Tables


class Options(TypedDict, total=False):
    """What can be said to a measure; each takes some of them (``ecosystem measure --list``).

    ``progress`` is called with (step, done, total) and is no part of the finding.
    """

    field: str | None
    level: Level
    seed: int
    draws: int
    layer: Layer
    method: str
    model: str
    density: str
    krugman: str
    incidence: Incidence
    alpha: float
    delta: float
    min_actors: int
    rarefy_to: int
    runs: int
    null_draws: int
    random_orders: int
    rich_club_draws: int
    split: int | None
    lower: str
    progress: Progress


class Findings:
    """Base of what has tables and clusters; every method gives the same :class:`Finding` for the same options."""

    tables: Tables
    clusters: Clusters

    @cached_property
    def material(self) -> Material:
        """The region as the measures take it."""
        from ecosystem.findings.material import Material  # noqa: PLC0415

        return Material(self.tables, self.clusters.options, self.clusters.partition)

    @cached_property
    def _kept(self) -> dict[Hashable, Finding]:
        return {}

    def finding(self, name: str, **options: Unpack[Options]) -> Finding:
        """The finding of a measure by its name.

        Raises:
            MeasureError: no such measure, option or value; says what there is.
        """
        from ecosystem.findings.record import silent  # noqa: PLC0415
        from ecosystem.findings.registry import find, measure, settled  # noqa: PLC0415

        progress = options.pop("progress", silent)
        parameters = settled(self.material, name, options)
        key = (measure(name).name, *sorted(parameters.items()))
        if key not in self._kept:
            # whoever comes second gets the first one's, so that one question has one answer
            self._kept.setdefault(key, find(self.material, name, progress=progress, **parameters))
        return self._kept[key]

    def specialisation(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.specialisation.specialisation`."""
        return self.finding("specialisation", **options)

    def concentration(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.specialisation.concentration`."""
        return self.finding("concentration", **options)

    def relatedness(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.relatedness.relatedness`."""
        return self.finding("relatedness", **options)

    def diversification(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.relatedness.diversification`."""
        return self.finding("diversification", **options)

    def polycentricity(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.polycentricity.polycentricity`."""
        return self.finding("polycentricity", **options)

    def helix(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.helix.helix`."""
        return self.finding("helix", **options)

    def synergy(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.helix.synergy`."""
        return self.finding("synergy", **options)

    def coordination(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.coordination.coordination`."""
        return self.finding("coordination", **options)

    def complementarity(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.coordination.complementarity`."""
        return self.finding("complementarity", **options)

    def communities(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.communities.communities`."""
        return self.finding("communities", **options)

    def modules(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.modules.modules`."""
        return self.finding("modules", **options)

    def brokerage(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.brokerage.brokerage`."""
        return self.finding("brokerage", **options)

    def validated_ties(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.validation.validated_ties`."""
        return self.finding("validated_ties", **options)

    def change(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.change.change`."""
        return self.finding("change", **options)

    def variety(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.change.variety`."""
        return self.finding("variety", **options)

    def complexity(self, **options: Unpack[Options]) -> Finding:
        """:func:`ecosystem.findings.relatedness.complexity`."""
        return self.finding("complexity", **options)
