"""The five sectors in every place and field, and whether place, field and sector go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from dashboards.views.base import base
from dashboards.views.compared import compared, fields_shown, level
from dashboards.views.quotients import MIN_ACTORS
from ecosystem.model import Sector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboards.state import Selection
    from ecosystem.atlas import Atlas
    from ecosystem.findings.material import Level

SECTORS = tuple(str(sector) for sector in Sector)


@dataclass(frozen=True, slots=True)
class Mix:
    """Sectors of one place, field or the region: counts in the model's order, ``distance`` in bits from the region."""

    key: str
    counts: tuple[int, ...]
    n: int
    present: int
    evenness: float
    distance: float
    few_actors: bool
    reason: str


@dataclass(frozen=True)
class Balance:
    """Mixes of the places and fields shown and of the region; places count actors, fields memberships."""

    level: Level
    places: tuple[Mix, ...]
    names: dict[str, str]
    fields: tuple[Mix, ...]
    region: Mix
    actors: int
    synergy: Synergy
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synergy:
    """Co-information of place, field and sector less its mean under chance (bits), with its p on both sides."""

    excess: float
    p_lower: float
    p_upper: float
    t: float
    expected: float
    sd: float
    n: int
    seed: int
    draws: int
    reason: str


def balance(atlas: Atlas, selection: Selection) -> Balance:
    """Helix balance of what counts, reduced to what is shown."""
    at = base(atlas, selection).helix(level=level(atlas, selection), min_actors=MIN_ACTORS)
    table = at.frame("places")
    rows = compared(atlas, selection, table.set_index("place")[list(SECTORS)])
    places = {mix.key: mix for mix in _mixes(table.to_dict("records"), "place")}
    fields = {mix.key: mix for mix in _mixes(at.frame("fields").to_dict("records"), "field")}
    (region,) = _mixes(at.frame("region").to_dict("records"), "place")
    return Balance(
        level=rows.level,
        places=tuple(places[place] for place in rows.ids),
        names=dict(zip(rows.ids, rows.names, strict=True)),
        fields=tuple(fields[field] for field in fields_shown(atlas, selection)),
        region=region,
        actors=at.n,
        synergy=synergy(atlas, selection),
        sources=at.sources,
    )


def _mixes(rows: Iterable[dict[Any, Any]], key: str) -> list[Mix]:
    return [
        Mix(
            key=str(row[key]),
            counts=tuple(int(row[sector]) for sector in SECTORS),
            n=int(row["n"]),
            present=int(row["present"]),
            evenness=float(row["evenness"]),
            distance=float(row["kl_bits"]),
            few_actors=int(row["n"]) < MIN_ACTORS,
            reason=str(row["reason"]),
        )
        for row in rows
    ]


def synergy(atlas: Atlas, selection: Selection) -> Synergy:
    """The one number that may be shown, and what it was tested with."""
    found = base(atlas, selection).synergy(level=level(atlas, selection))
    table = found.frame("synergy").set_index("index")
    values = {
        name: float(cast("float", table.at[name, "value"]))
        for name in ("excess", "p_lower", "p_upper", "t", "expected", "sd")
    }
    return Synergy(
        **values,
        n=found.n,
        seed=int(cast("int", found.seed)),
        draws=int(cast("int", found.draws)),
        reason=str(table.at["excess", "reason"]),
    )
