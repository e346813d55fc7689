"""Raw organisations become actors: known ones gain what the source adds, new ones get a row, the rest a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ecosystem.intake import sifting
from ecosystem.intake.decisions import NO_FIELD, question_key
from ecosystem.intake.draft import clean
from ecosystem.intake.grouping import grouped
from ecosystem.intake.record import Fate, Left, Question
from ecosystem.intake.sifting import Sifted, Standing
from ecosystem.intake.slugs import free, slug
from ecosystem.matching import sectors
from ecosystem.matching.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ecosystem.intake.decisions import Decisions
    from ecosystem.intake.draft import Draft
    from ecosystem.intake.grouping import Alike, Group
    from ecosystem.matching.fields import Keywords
    from ecosystem.matching.places import Gazetteer

_URL = re.compile(r"https?://[^\s/]+\S*")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
_LISTED = str.maketrans({"|": "/"})


@dataclass(slots=True)
class Taken:
    """Actors by raw_id, the fate of every raw_id, what was left out, and what is to be decided."""

    ids: dict[str, str] = field(default_factory=dict)
    fates: dict[str, Fate] = field(default_factory=dict)
    left: dict[str, Left] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides: a person's decisions, the region's keywords and places; and the source new rows name."""

    decided: Decisions
    keywords: Keywords
    gazetteer: Gazetteer
    source_id: str

    @property
    def country(self) -> str:
        """ISO code of the region's country, for rules of one country; Germany's where its codes do not tell."""
        return self.gazetteer.country or "DE"


def take(
    draft: Draft,
    sifted: Mapping[str, Sifted],
    near: frozenset[str],
    rules: Rules,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> Taken:
    """Draft the actors; ``near`` are the organisations outside that are to be kept."""
    taken = Taken()
    candidates = []
    for raw_id, one in sifted.items():
        if one.standing is Standing.PERSON:
            _leave(taken, one, Fate.PERSON)
        elif one.standing is Standing.OUTSIDE and raw_id not in near:
            _leave(taken, one, Fate.OUTSIDE)
        elif not clean(one.raw.name):
            _leave(taken, one, Fate.REJECTED, "an organisation without a name", "Fill in its name, or leave it out.")
        else:
            candidates.append(one)
    groups, alike = grouped(draft.known, candidates, rules.decided, rules.gazetteer, progress)
    for group in groups:
        _known(draft, group, taken, rules) if group.actor_id else _new(draft, group, taken, rules)
    _ask(draft, alike, sifted, taken)
    return taken


def _leave(taken: Taken, one: Sifted, fate: Fate, reason: str = "", cure: str = "") -> None:
    taken.fates[one.raw.raw_id] = fate
    taken.left[one.raw.raw_id] = Left(
        one.raw.origin,
        "actors",
        fate,
        "",
        "" if fate is Fate.PERSON else one.raw.name,
        reason or one.reason,
        cure or one.cure or ("Nothing is to be done, or import with --outside keep." if fate is Fate.OUTSIDE else ""),
    )


def _known(draft: Draft, group: Group, taken: Taken, rules: Rules) -> None:
    key = (group.actor_id,)
    _names(draft, key, group.members)
    for one in group.members:
        taken.ids[one.raw.raw_id], taken.fates[one.raw.raw_id] = group.actor_id, Fate.KNOWN
    for column, value in _identifiers(group.members).items():
        if value and not draft.cell("actors", key, column):
            draft.change("actors", key, {column: value})
    draft.extend("actors", key, "source_ids", [rules.source_id])
    _fields(draft, group.actor_id, group.members, rules)


def _new(draft: Draft, group: Group, taken: Taken, rules: Rules) -> None:
    placed = [one for one in group.members if one.standing is not Standing.NOWHERE]
    if not placed:
        for one in group.members:
            _leave(taken, one, Fate.REJECTED)
        return
    first = next((one for one in placed if one.standing is Standing.INSIDE), placed[0])
    sector, how, evidence = _sector(group.members, rules)
    if not sector:
        reason = "no rule tells its sector"
        cure = f"Decide with “ecosystem review REGION --decide 'sector:{first.subject}=SECTOR'” and import again."
        for one in group.members:
            _leave(taken, one, Fate.REJECTED, reason, cure)
        return
    place_id = first.place_id or _place_outside(draft, first)
    town = str(draft.cell("places", (place_id,), "name"))
    taken_ids = {key[0] for key in draft.keys("actors")}
    actor_id = free(slug(first.raw.name), taken_ids, slug(town))
    draft.add(
        "actors",
        {
            "actor_id": actor_id,
            "name": clean(first.raw.name),
            "sector": sector,
            "sector_evidence": evidence,
            "place_id": place_id,
            "source_ids": rules.source_id,
            "place_evidence": first.evidence if first.evidence in _EVIDENCE else "table",
            "note": clean(f"sector: {how}" + (f"; place: {first.conflict}" if first.conflict else "")),
            **_identifiers(group.members),
        },
    )
    _names(draft, (actor_id,), group.members)
    for one in group.members:
        taken.ids[one.raw.raw_id] = actor_id
        taken.fates[one.raw.raw_id] = Fate.NEW if one is first else Fate.JOINED
    _fields(draft, actor_id, group.members, rules)
    if first.conflict:
        key = question_key("place", first.subject)
        taken.questions.append(
            Question(
                key, "place", first.subject, "", first.raw.name, town, actor_id, place_id, town, 0.5, (first.conflict,)
            )
        )


_EVIDENCE = frozenset({"table", "page", "name", "statute", "knowledge", "doubtful"})


def _names(draft: Draft, key: tuple[str], members: Sequence[Sifted]) -> None:
    """Spellings the actor does not have yet become aliases."""
    held = [str(draft.cell("actors", key, name) or "") for name in ("name", "short_name")]
    held += str(draft.cell("actors", key, "aliases") or "").split("|")
    seen = {fold(one) for one in held}
    more = []
    for one in members:
        for spelling in (one.raw.name, *one.raw.other_names):
            name = clean(spelling).translate(_LISTED)
            if name and fold(name) and fold(name) not in seen:
                seen.add(fold(name))
                more.append(name)
    if more:
        draft.extend("actors", key, "aliases", more)


def _identifiers(members: Iterable[Sifted]) -> dict[str, str]:
    """Web address and ROR id, from the first member that has one in the right form."""
    found = {"website": "", "ror_id": ""}
    for one in members:
        ror = dict(reversed(one.raw.ids)).get("ror", "")
        ror = ror if not ror or ror.startswith("http") else f"https://ror.org/{ror}"
        found["ror_id"] = found["ror_id"] or (ror if _URL.fullmatch(ror) else "")
        url = one.raw.url if _URL.fullmatch(one.raw.url) else ""
        if not url and _DOMAIN.fullmatch(one.raw.url):
            url = f"https://{one.raw.url}"
        found["website"] = found["website"] or url
    return {name: value for name, value in found.items() if value}


def _sector(members: Sequence[Sifted], rules: Rules) -> tuple[str, str, str]:
    """Sector, the rule in words, and the class of its evidence; decided before assigned."""
    for one in members:
        decided = rules.decided.verdict("sector", one.subject)
        if decided:
            return decided, "decided in review", "knowledge"
    for one in members:
        found = sectors.sector(one.raw, rules.country)
        if found.value:
            return found.value, found.reason, found.evidence
    return "", "", ""


def _fields(draft: Draft, actor_id: str, members: Sequence[Sifted], rules: Rules) -> None:
    """Fields an organisation's own topics tell; a decision replaces them. What its name says is no statement."""
    decided = next(
        (
            told
            for about in (actor_id, *(one.subject for one in members))
            if (told := rules.decided.verdict("fields", about))
        ),
        "",
    )
    if decided:
        matches = {one: "decided in review" for one in decided.split("|") if one != NO_FIELD}
    else:
        topics = tuple(topic for one in members for topic in one.raw.topics)
        found = rules.keywords.fields(topics, ()) if topics else ()
        matches = {one.field_id: "; ".join(one.reasons) for one in found}
    for field_id, evidence in matches.items():
        if draft.has("actor_fields", actor_id, field_id):
            draft.extend("actor_fields", (actor_id, field_id), "source_id", [rules.source_id])
        elif field_id in draft.known.region.field_ids:
            draft.add(
                "actor_fields",
                {"actor_id": actor_id, "field_id": field_id, "evidence": evidence, "source_id": rules.source_id},
            )


def _place_outside(draft: Draft, one: Sifted) -> str:
    """The place of an organisation outside the region: by its town, else by its country."""
    raw = one.raw
    name = clean(raw.municipality or raw.district or raw.country or sifting.where(raw))
    place_id = f"x-{slug(name)}"
    if not draft.has("places", place_id):
        cells = {"place_id": place_id, "name": name, "in_region": False}
        if raw.lat is not None and raw.lon is not None and raw.municipality:
            cells |= {"lat": raw.lat, "lon": raw.lon}
        draft.add("places", cells)
    return place_id


def _ask(draft: Draft, alike: Sequence[Alike], sifted: Mapping[str, Sifted], taken: Taken) -> None:
    """Pairs that look alike and became different actors; of two that were known before nobody is asked."""
    seen = set()
    for one in alike:
        raw_id, mine = one.raw_id, taken.ids.get(one.raw_id, "")
        other = taken.ids.get(one.other, "") if one.of_reading else one.other
        if one.of_reading and not draft.is_new("actors", mine):
            raw_id, mine, other = one.other, other, mine
        pair = frozenset((mine, other))
        if not mine or not other or mine == other or not draft.is_new("actors", mine) or pair in seen:
            continue
        seen.add(pair)
        place = str(draft.cell("places", (str(draft.cell("actors", (mine,), "place_id")),), "name"))
        name = str(draft.cell("actors", (other,), "name"))
        key, told = question_key("match", *one.keys), sifted[raw_id].raw.name
        taken.questions.append(
            Question(key, "match", *one.keys, told, place, mine, other, name, one.score, one.reasons)
        )
