"""Raw projects and participations become rows, as far as the actors they join were taken.

A project belongs to the region when an actor inside it takes part; partners that are not taken (outside, persons,
rejected) are counted in ``other_partners``. Amounts of the same actor in the same project and year are added up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from ecosystem.cells import join, split
from ecosystem.intake.decisions import NO_FIELD
from ecosystem.intake.draft import clean
from ecosystem.intake.record import Fate, Left
from ecosystem.intake.slugs import digest, slug
from ecosystem.matching import fields as keywords
from ecosystem.matching.text import fold

if TYPE_CHECKING:
    from ecosystem.intake.draft import Draft
    from ecosystem.intake.organisations import Rules, Taken
    from ecosystem.matching.fields import FieldMatch
    from ecosystem.sources.record import RawProject, Reading

_ID = re.compile(r"[^\s|,;\"]+")
_CALLS = frozenset({"call", "programme"})
_YEAR = re.compile(r"(1[89]\d\d|20\d\d)\b")


@dataclass(slots=True)
class Linked:
    """Project ids by raw id, the fates of all raw rows in their order, what was left out, and what is to be said."""

    projects: dict[str, str] = field(default_factory=dict)
    project_fates: dict[str, Fate] = field(default_factory=dict)
    participation_fates: list[Fate] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    negative: int = 0


def link(draft: Draft, reading: Reading, taken: Taken, rules: Rules) -> Linked:
    """Draft projects and participations of a reading."""
    linked = Linked()
    partners: dict[str, dict[str, None]] = defaultdict(dict)
    for one in reading.participations:
        partners[one.project][one.actor] = None
    inside = _inside(draft)
    for project in reading.projects:
        if project.raw_id not in linked.project_fates:
            _project(draft, project, list(partners[project.raw_id]), taken, inside, linked, rules, reading.kind)
    _participations(draft, reading, taken, linked, rules)
    return linked


def _inside(draft: Draft) -> frozenset[str]:
    """Actors whose seat lies in the region."""
    return frozenset(
        key[0]
        for key in draft.keys("actors")
        if bool(draft.cell("places", (str(draft.cell("actors", key, "place_id")),), "in_region"))
    )


def _project(
    draft: Draft,
    raw: RawProject,
    partners: list[str],
    taken: Taken,
    inside: frozenset[str],
    linked: Linked,
    rules: Rules,
    kind: str,
) -> None:
    held = [taken.ids[one] for one in partners if one in taken.ids]
    if not clean(raw.title) or not any(actor in inside for actor in held):
        fate, reason, cure = _why_not(raw, partners, taken)
        linked.project_fates[raw.raw_id] = fate
        linked.left.append(Left(raw.origin, "projects", fate, "", "", reason, cure))
        return
    project_id = _project_id(draft, raw, kind)
    linked.projects[raw.raw_id] = project_id
    if draft.has("projects", project_id):
        linked.project_fates[raw.raw_id] = Fate.JOINED if draft.is_new("projects", project_id) else Fate.KNOWN
        draft.extend("projects", (project_id,), "source_id", [rules.source_id])
        return
    linked.project_fates[raw.raw_id] = Fate.NEW
    found, basis = _fields(raw, project_id, rules, draft.known.region.field_ids)
    draft.add(
        "projects",
        {
            "project_id": project_id,
            "title": clean(raw.title),
            "programme": clean(raw.programme),
            "call": clean(raw.call),
            "year": _year(raw),
            "fields": join(found),
            "field_basis": basis,
            "other_partners": len(partners) - len(held),
            "source_id": rules.source_id,
        },
    )


def _why_not(raw: RawProject, partners: list[str], taken: Taken) -> tuple[Fate, str, str]:
    fates = {taken.fates[one] for one in partners if one in taken.fates}
    if not clean(raw.title):
        return Fate.REJECTED, "a project without a title", "Fill in the title."
    if not fates:
        return Fate.REJECTED, "nobody takes part in the project", "Give the list of its participants, too."
    if Fate.REJECTED in fates:
        return Fate.REJECTED, "its participants could not be taken", "See their own reason."
    if fates == {Fate.PERSON}:
        return Fate.PERSON, "only natural persons take part", "Nothing is to be done: natural persons are left out."
    return Fate.OUTSIDE, "nobody inside the region takes part", "Nothing is to be done."


def _project_id(draft: Draft, raw: RawProject, kind: str) -> str:
    """The source's own id, with the source's name before a bare number; another project of that id is left alone."""
    own = raw.raw_id if _ID.fullmatch(raw.raw_id) else slug(raw.raw_id) or digest(raw.raw_id)
    wanted = f"{kind}-{own}" if own.isdigit() else own
    if not draft.has("projects", wanted) or fold(str(draft.cell("projects", (wanted,), "title"))) == fold(raw.title):
        return wanted
    return f"{wanted}-{digest(fold(raw.title), raw.programme, digits=6)}"


def _fields(raw: RawProject, project_id: str, rules: Rules, known: tuple[str, ...]) -> tuple[list[str], str]:
    """Fields of a project and what they were recognised by."""
    decided = rules.decided.verdict("fields", project_id)
    if decided:
        return [one for one in decided.split("|") if one != NO_FIELD and one in known], "none"
    codes = keywords.topics(raw)
    matches = rules.keywords.fields(codes, (raw.title, raw.summary))
    found = {one.field_id for one in matches if one.field_id in known}
    if not found:
        return [], "none"
    called = [code for code in codes if code[0] in _CALLS]
    by_title = bool(found & _ids(rules.keywords.fields((), (raw.title,))))
    by_call = bool(found & _ids(rules.keywords.fields(called, ())))
    by_code = bool(found & _ids(rules.keywords.fields([code for code in codes if code not in called], ())))
    alone = {"title": by_title, "call": by_call, "code": by_code}
    bases = [name for name, holds in alone.items() if holds]
    # several parts that point there only together are both, too
    return [one for one in known if one in found], bases[0] if len(bases) == 1 else "both"


def _ids(matches: tuple[FieldMatch, ...]) -> set[str]:
    return {one.field_id for one in matches}


def _year(raw: RawProject) -> int | None:
    found = _YEAR.match(raw.start)
    return int(found[1]) if found else None


def _participations(draft: Draft, reading: Reading, taken: Taken, linked: Linked, rules: Rules) -> None:
    years = {raw.raw_id: _year(raw) for raw in reading.projects}
    amounts: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for one in reading.participations:
        fate, reason, cure = _participation_fate(one.project, one.actor, taken, linked)
        if fate is not Fate.NEW:
            linked.participation_fates.append(fate)
            linked.left.append(Left(one.origin, "participations", fate, "", "", reason, cure))
            continue
        year = years[one.project]
        key: tuple[str, ...] = (
            linked.projects[one.project],
            taken.ids[one.actor],
            "",
            "" if year is None else str(year),
        )
        known = draft.has("participations", *key) and not draft.is_new("participations", *key)
        linked.participation_fates.append(Fate.KNOWN if known else Fate.JOINED if key in amounts else Fate.NEW)
        if one.funding_eur is not None and one.funding_eur < 0:
            linked.negative += 1
        amounts[key] += [one.funding_eur] if one.funding_eur is not None and one.funding_eur >= 0 else []
        if not known and not draft.has("participations", *key):
            cells = {"project_id": key[0], "actor_id": key[1], "unit": "", "year": year, "source_id": rules.source_id}
            draft.add("participations", cells | {"funding_eur": None})
    for key, told in amounts.items():
        # a row that names this very file has its amount from it, and maybe from a merger since
        fresh = rules.source_id not in split(str(draft.cell("participations", key, "source_id")))
        draft.extend("participations", key, "source_id", [rules.source_id])
        if told and (fresh or draft.is_new("participations", *key)):
            _fund(draft, key, round(sum(told), 2))


def _fund(draft: Draft, key: tuple[str, ...], amount: float) -> None:
    """The amount of the source; one that is there already and the same is left as it was."""
    before: Any = draft.cell("participations", key, "funding_eur")
    if before in {None, ""} or pd.isna(before) or float(before) != amount:
        draft.change("participations", key, {"funding_eur": amount})


def _participation_fate(project: str, actor: str, taken: Taken, linked: Linked) -> tuple[Fate, str, str]:
    fate = taken.fates.get(actor)
    if fate is None:
        return Fate.REJECTED, f"its organisation {actor} is not in the file", "Add the organisation, or leave it out."
    if actor not in taken.ids:
        left = taken.left[actor]
        return fate, left.reason, left.cure
    if project not in linked.project_fates:
        return Fate.REJECTED, f"its project {project} is not in the file", "Add the project, or leave it out."
    if project not in linked.projects:
        return linked.project_fates[project], "its project was not taken", "See the project's own reason."
    return Fate.NEW, "", ""
