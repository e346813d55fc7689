"""Pairs of fields: how often the same actors work on both, against what chance gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from dashboards.views.base import base
from dashboards.views.compared import fields_shown

if TYPE_CHECKING:
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas


@dataclass(frozen=True, slots=True)
class Pair:
    """Two fields, the actors of both (``shared``), their relatedness ``phi`` and what chance gives.

    ``few``: fewer than five actors hold both; ``kept``: more than chance, after correction for all pairs.
    """

    first: str
    second: str
    shared: int
    expected: float
    phi: float
    p: float
    q: float
    few: bool
    kept: bool
    reason: str


@dataclass(frozen=True)
class Related:
    """The pairs shown, the strongest first; ``sizes`` are the actors of each field shown.

    ``informative`` of the ``actors`` with a field have two or more; ``total`` are all memberships.
    """

    fields: tuple[str, ...]
    sizes: tuple[int, ...]
    pairs: tuple[Pair, ...]
    informative: int
    actors: int
    total: int
    tested: int
    method: str
    model: str
    alpha: float
    seed: int
    draws: int
    sources: tuple[str, ...]


def related(atlas: Atlas, selection: Selection) -> Related:
    """Relatedness of the fields shown, from all actors that count."""
    at = base(atlas, selection)
    found = at.relatedness(method=selection.relatedness)
    table, fields = found.frame("pairs"), fields_shown(atlas, selection)
    holders = at.material.incidence(at.material.municipalities.inside)
    pairs = [
        Pair(
            first=row["field"],
            second=row["partner"],
            shared=int(row["shared"]),
            few=bool(row["few"]),
            kept=bool(row["keep"]),
            reason=str(row["reason"]),
            **{name: float(row[name]) for name in ("expected", "phi", "p", "q")},
        )
        for row in cast("list[dict[str, Any]]", table.to_dict("records"))
        if row["field"] in fields and row["partner"] in fields
    ]
    return Related(
        fields=fields,
        sizes=tuple(int(holders[field].sum()) for field in fields),
        pairs=tuple(sorted(pairs, key=lambda pair: (-pair.phi, pair.first, pair.second))),
        informative=found.n,
        actors=len(holders),
        total=int(holders.to_numpy().sum()),
        tested=int(table["q"].notna().sum()),
        method=selection.relatedness,
        model=str(found.parameters["model"]),
        alpha=float(cast("float", found.parameters["alpha"])),
        seed=int(cast("int", found.seed)),
        draws=int(cast("int", found.draws)),
        sources=found.sources,
    )
