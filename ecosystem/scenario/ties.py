"""What makes a tie of a scenario one too many: its ends are the same actor, or it is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecosystem.model import Relation

if TYPE_CHECKING:
    import pandas as pd


def repeated(ties: pd.DataFrame, told: dict[str, str], but: str = "") -> str:
    """Why this tie may not be added (the tie ``but`` aside); empty where it may."""
    source, relation, target = (told[name] for name in ("source_actor_id", "relation", "target_actor_id"))
    if source == target:
        return "target_actor_id: the tie leads back to the same actor. Name another one."
    others = ties[(ties["tie_id"] != but) & (ties["relation"] == relation)]
    same = (others["source_actor_id"] == source) & (others["target_actor_id"] == target)
    if not Relation(relation).directed:
        same |= (others["source_actor_id"] == target) & (others["target_actor_id"] == source)
    found = others.loc[same, "tie_id"].tolist()
    return f"{found[0]} says the same already: {source} {relation} {target}." if found else ""
