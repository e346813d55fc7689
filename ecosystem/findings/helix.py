"""How the five sectors stand in places and fields, and whether place, field and sector go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ecosystem.findings.record import Content
from ecosystem.findings.shaping import keyed, named, panel
from ecosystem.findings.specialisation import COUNTED, READ
from ecosystem.measures import helix_balance
from ecosystem.measures import synergy as synergy_of

if TYPE_CHECKING:
    from ecosystem.findings.material import Level, Material
    from ecosystem.measures import Synergy

MEMBERSHIP_DIMENSIONS = ("city", "field", "sector")


def helix(at: Material, *, field: str | None = None, level: Level = "municipality", min_actors: int = 10) -> Content:
    """Balance of the five sectors in every place, of all actors or those of one field.

    Tables: ``places`` and ``region`` (:func:`ecosystem.measures.helix_balance`, actors counted once; ``few_actors``
    below ``min_actors``), and ``fields``, the same by field, memberships counted.
    """
    units, chosen = at.units(level), at.works_on(field)
    who = np.flatnonzero(chosen & units.inside)
    actors = pd.DataFrame(
        {"city": units.ids[units.of_actor[who]], "sector": at.actors["sector"].to_numpy()[who], "all": "region"}
    )
    places = keyed(helix_balance(actors, places=list(units.ids)), "place")
    places["few_actors"] = places["n"] < min_actors
    fields = keyed(helix_balance(at.long(level), "field", places=list(at.fields)), "field")
    return Content(
        frames={
            "places": named(places, place=units.called),
            "region": keyed(helix_balance(actors, "all", places=["region"]), "place"),
            "fields": named(fields, field=at.fields),
        },
        n=len(actors),
        counted="actors",
        read=("actors",) if field is None else READ,
        notes=("kl_bits is the distance from the mix of all actors counted here; few actors make it large.",),
    )


def synergy(at: Material, *, level: Level = "municipality", seed: int = 0, draws: int = 1000) -> Content:
    """Synergy of place, field and sector beyond chance; see :func:`ecosystem.measures.synergy`.

    Tables: ``synergy`` (what may be shown is ``excess`` with its p), ``entropies`` in bits, and ``parts``: the
    municipalities of one district together, at the level of municipalities.
    """
    long = at.long(level)
    groups = _districts(at) if level == "municipality" else None
    found = synergy_of(long, MEMBERSHIP_DIMENSIONS, groups=groups, draws=draws, seed=seed)
    names = ("excess", "p_lower", "p_upper", "t", "expected", "sd", "between")
    values = {name: float(getattr(found, name)) for name in names}
    reasons = dict.fromkeys(names, found.reason) | {
        "between": found.reason or "" if groups is not None else "one level only"
    }
    return Content(
        frames={
            "synergy": panel(values, reasons),
            "entropies": panel(dict(found.entropies), dict.fromkeys(found.entropies.index, found.reason)),
            "parts": _parts(at, found),
        },
        n=found.n,
        counted="memberships",
        read=READ,
        notes=(COUNTED, "Negative = synergy. T alone is mostly bias: read excess, T less its mean under chance."),
        warnings=found.warnings,
        reasons=(f"synergy: {found.reason}",) if found.reason else (),
    )


def _districts(at: Material) -> pd.Series[str] | None:
    """The district of every municipality; nothing where one has none."""
    places = at.tables.places.set_index("place_id")["district_id"].loc[list(at.municipalities.ids)]
    return None if (places == "").any() else places


def _parts(at: Material, found: Synergy) -> pd.DataFrame:
    parts = keyed(found.parts, "district")
    # a district of one municipality has 0, up to rounding
    parts["t"] = parts["t"].round(12) + 0.0
    parts["reason"] = np.where(parts["t"].isna(), found.reason, "")
    return named(parts, district=at.districts.called)
