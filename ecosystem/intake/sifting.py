"""First look at raw organisations: persons out, places found, and who lies outside the region.

Nothing is matched or written here; what comes out says of every organisation where it stands and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ecosystem.matching.organisations import key
from ecosystem.matching.persons import is_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ecosystem.intake.decisions import Decisions
    from ecosystem.matching.places import Gazetteer, Placed
    from ecosystem.sources.record import RawActor, Reading
    from ecosystem.tables import Tables


class Standing(StrEnum):
    """Where a raw organisation stands after the first look."""

    PERSON = "person"
    INSIDE = "inside"
    OUTSIDE = "outside"
    NOWHERE = "nowhere"
    """No place, or several that contradict each other: it can only be one of the actors known."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """A raw organisation with its standing, its place, how decisions name it, and why it is not inside."""

    raw: RawActor
    standing: Standing
    subject: str
    place_id: str = ""
    evidence: str = ""
    conflict: str = ""
    reason: str = ""
    cure: str = ""


def sift(known: Tables, raws: Iterable[RawActor], gazetteer: Gazetteer, decided: Decisions) -> dict[str, Sifted]:
    """Every raw organisation by its raw_id; the first of those that share one."""
    inside = frozenset(known.places.loc[known.places["in_region"], "place_id"])
    places = frozenset(known.places["place_id"])
    found: dict[str, Sifted] = {}
    for raw in raws:
        if raw.raw_id not in found:
            found[raw.raw_id] = _sifted(raw, gazetteer, decided, inside, places)
    return found


def _sifted(
    raw: RawActor, gazetteer: Gazetteer, decided: Decisions, inside: frozenset[str], places: frozenset[str]
) -> Sifted:
    about = key(raw)
    if is_person(raw.name, raw.country, raw.kinds) and not decided.verdict("person", about):
        cure = "Nothing is to be done: natural persons are left out."
        return Sifted(raw, Standing.PERSON, "", reason="a natural person", cure=cure)
    given = decided.verdict("place", about)
    if given in places:
        standing = Standing.INSIDE if given in inside else Standing.OUTSIDE
        return Sifted(raw, standing, about, given, "knowledge", reason="decided to lie outside the region")
    return _placed(raw, about, gazetteer, inside)


def _placed(raw: RawActor, about: str, gazetteer: Gazetteer, inside: frozenset[str]) -> Sifted:
    placed, told = gazetteer.place(raw), where(raw)
    slip = placed.evidence == "doubtful" and _slip(raw, gazetteer)
    if placed.place_id and not slip:
        if placed.place_id in inside:
            return Sifted(raw, Standing.INSIDE, about, placed.place_id, placed.evidence or "table", placed.conflict)
        return Sifted(raw, Standing.OUTSIDE, about, placed.place_id, placed.evidence, placed.conflict, _far(told))
    far = _abroad(raw, gazetteer, inside) if placed.conflict else bool(told) and not _several(placed)
    if far and not slip:
        return Sifted(raw, Standing.OUTSIDE, about, reason=_far(told))
    cure = f"Correct the row, or decide with “ecosystem review REGION --decide 'place:{about}=PLACE_ID'”."
    return Sifted(raw, Standing.NOWHERE, about, "", "", placed.conflict, _why_nowhere(placed, told), cure)


def _why_nowhere(placed: Placed, told: str) -> str:
    if placed.conflict:
        return f"its place is not certain: {placed.conflict}"
    if told:
        return "several places fit: " + "; ".join(placed.reasons)
    return "no place: nothing says where it sits"


def _slip(raw: RawActor, gazetteer: Gazetteer) -> bool:
    """Whether nothing but the likeness of a name speaks for the place: Mülheim-Kärlich is not Mülheim an der Ruhr."""
    name = raw.municipality or raw.district
    return bool(name) and not gazetteer.towns.find(name) and raw.postcode not in gazetteer.postcodes


def _abroad(raw: RawActor, gazetteer: Gazetteer, inside: frozenset[str]) -> bool:
    """Whether what contradicts itself concerns other places than the region's."""
    if raw.country and gazetteer.country and raw.country != gazetteer.country:
        return True
    name = raw.municipality or raw.district
    named = gazetteer.towns.find(name) | gazetteer.towns.near(name) if name else frozenset()
    return bool(name or raw.postcode) and not inside & (named | gazetteer.postcodes.get(raw.postcode, frozenset()))


def _several(placed: Placed) -> bool:
    return any(reason.endswith("places fit") for reason in placed.reasons)


def _far(told: str) -> str:
    return f"outside the region: {told}"


def where(raw: RawActor) -> str:
    """What a source says of where an organisation sits, in one phrase; "" where it says nothing."""
    point = f"{raw.lat:g}, {raw.lon:g}" if raw.lat is not None and raw.lon is not None else ""
    town = " ".join(part for part in (raw.postcode, raw.municipality or raw.district) if part)
    return ", ".join(part for part in (town, raw.place_code, raw.nuts, raw.country, "" if town else point) if part)


def near(reading: Reading, sifted: Mapping[str, Sifted]) -> frozenset[str]:
    """Organisations outside the region that share a project or a tie with one inside, by raw_id."""
    inside = {raw_id for raw_id, one in sifted.items() if one.standing in {Standing.INSIDE, Standing.NOWHERE}}
    projects = {one.project for one in reading.participations if one.actor in inside}
    found = {one.actor for one in reading.participations if one.project in projects}
    found |= {end for tie in reading.ties if {tie.a, tie.b} & inside for end in (tie.a, tie.b)}
    return frozenset(raw_id for raw_id in found - inside if raw_id in sifted)
