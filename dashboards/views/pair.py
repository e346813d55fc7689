"""Two places side by side: profiles, ties, bridges, projects, and who could be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views.coordination import compared, counted, field_of, level_of, pairs
from dashboards.views.shelf import kept
from ecosystem.tables import split
from ecosystem.tied import projects_between, ties_between

if TYPE_CHECKING:
    from scipy import sparse

    from dashboards.state import Selection
    from dashboards.views.coordination import Pair
    from ecosystem.atlas import Atlas
    from ecosystem.findings.material import Level, Material
    from ecosystem.findings.methods import Findings
    from ecosystem.tables import Tables
    from ecosystem.tied import RecordedTie, SharedProject

MOST_BRIDGES = 12
MOST_UNTIED = 12
MOST_GIVERS = 4
PER_ACTOR = 2


@dataclass(frozen=True, slots=True)
class Side:
    """A field in one place: memberships, share of the profile, location quotient, what supports it."""

    n: int
    share: float
    lq: float
    state: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field in both places; ``added`` is what the other would add to each side's related fields, in per cent."""

    field: str
    here: Side
    there: Side
    added_here: float
    added_there: float


@dataclass(frozen=True, slots=True)
class Bridge:
    """An actor of neither place with ties or joint projects into both: the ties and projects, side by side."""

    actor_id: str
    here: tuple[str, ...]
    there: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parallel:
    """A call (or, without one, a field of a programme) in which both places have projects and none in common."""

    programme: str
    call: str
    field: str
    here: tuple[str, ...]
    there: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Giver:
    """A field that ``receiver`` has little of and ``giver`` is specialised in with support, and who works on it."""

    field: str
    receiver: str
    giver: str
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Untied:
    """Two actors on the same fields, one in each place, without a recorded tie; ``common`` partners they share."""

    here: str
    there: str
    fields: tuple[str, ...]
    common: int


@dataclass(frozen=True)
class PairView:
    """All about one pair; ``field`` is the one compared, empty for all.

    ``lacking`` names columns of the table of projects in which nothing stands.
    """

    pair: Pair
    field: str
    fields: tuple[FieldRow, ...]
    ties: tuple[RecordedTie, ...]
    projects: tuple[SharedProject, ...]
    bridges: tuple[Bridge, ...]
    parallel: tuple[Parallel, ...]
    givers: tuple[Giver, ...]
    untied: tuple[Untied, ...]
    lacking: tuple[str, ...]


def pair_view(atlas: Atlas, selection: Selection) -> PairView | None:
    """The pair a link names; ``None`` where it names none that exists here."""
    chosen = pairs(atlas, selection).pair(selection.pair) if selection.pair else None
    if chosen is None:
        return None
    of, level, field = counted(atlas, selection), level_of(compared(atlas, selection)), field_of(atlas, selection)
    key = (of.tables.digest, level, field, chosen)
    return kept(atlas, "pair", key, lambda: _view(of, level, field, chosen))


def _view(of: Findings, level: Level, field: str, pair: Pair) -> PairView:
    at = of.material
    here, there = (_actors(at, level, place, field) for place in (pair.place, pair.partner))
    projects = [one for one in projects_between(of.tables, here[1], there[1]) if not field or field in one.fields]
    rows = _fields(of, level, pair)
    wide = (np.flatnonzero(_at(at, level, pair.place)), np.flatnonzero(_at(at, level, pair.partner)))
    return PairView(
        pair=pair,
        field=field,
        fields=rows,
        ties=ties_between(of.tables, here[0], there[0]),
        projects=tuple(projects),
        bridges=_bridges(at, *wide),
        parallel=_parallel(of.tables, here[1], there[1], field),
        givers=_givers(at, rows, pair, wide),
        untied=_untied(at, wide, [field] if field else list(at.fields)),
        lacking=_lacking(of.tables),
    )


def _at(at: Material, level: Level, place: str) -> np.ndarray:
    found = at.units(level)
    here: np.ndarray = found.of_actor == list(found.ids).index(place)
    return here


def _actors(at: Material, level: Level, place: str, field: str) -> tuple[set[str], set[str]]:
    """The actors of a place on the field, and all of them: a project of the field need not make an actor's field."""
    everyone = _at(at, level, place)
    return set(at.actors.index[everyone & at.works_on(field or None)]), set(at.actors.index[everyone])


def _lacking(tables: Tables) -> tuple[str, ...]:
    projects = tables.projects
    empty = {"call": (projects["call"] == "").all(), "year": projects["year"].isna().all()}
    return tuple(name for name, nothing in empty.items() if nothing)


def _fields(of: Findings, level: Level, pair: Pair) -> tuple[FieldRow, ...]:
    from ecosystem.measures.specialisation import lq_table  # noqa: PLC0415 -- an app starts without the measures

    counts = of.material.counts(level)
    table = lq_table(counts, intervals=False)
    keys = zip(table["place"], table["field"], strict=True)
    told = dict(zip(keys, zip(table["lq"].tolist(), table["state"].tolist(), strict=True), strict=True))
    added = _added(of, level)
    total = counts.sum(axis=1)

    def side(place: str, field: str) -> Side:
        n, (lq, state) = int(counts.loc[[place], field].iloc[0]), told[place, field]
        share = n / float(total[place]) if total[place] else float("nan")
        return Side(n, share, float(lq), str(state))

    return tuple(
        FieldRow(
            field,
            side(pair.place, field),
            side(pair.partner, field),
            added.get((pair.place, pair.partner, field), float("nan")),
            added.get((pair.partner, pair.place, field), float("nan")),
        )
        for field in of.material.fields
    )


def _added(of: Findings, level: Level) -> dict[tuple[str, str, str], float]:
    """(place, partner, field) → what the partner adds to the field's neighbourhood, in per cent."""
    partners = of.finding("complementarity", level=level).frame("partners")
    keys = zip(partners["place"], partners["partner"], partners["field"], strict=True)
    return {
        (str(place), str(partner), str(field)): float(value)
        for (place, partner, field), value in zip(keys, partners["added"], strict=True)
    }


def _bridges(at: Material, here: np.ndarray, there: np.ndarray) -> tuple[Bridge, ...]:
    from ecosystem.consortium.ground import tied  # noqa: PLC0415 -- an app starts without the engine

    links, ids = tied(at), at.actors.index
    counts = [np.asarray((links[:, side] > 0).sum(axis=1)).ravel() for side in (here, there)]
    third = np.minimum(*counts)
    third[np.concatenate([here, there])] = 0
    both = counts[0] + counts[1]
    order = sorted(np.flatnonzero(third).tolist(), key=lambda one: (-third[one], -both[one], str(ids[one])))
    return tuple(_bridge(at, links, one, (here, there)) for one in order[:MOST_BRIDGES])


def _bridge(at: Material, links: sparse.csr_array, actor: int, sides: tuple[np.ndarray, np.ndarray]) -> Bridge:
    ids = at.actors.index
    row = set(links[[actor]].indices.tolist())
    ends = [tuple(str(ids[one]) for one in side if one in row) for side in sides]
    name, others = {str(ids[actor])}, {*ends[0], *ends[1]}
    named = [one.sources for one in ties_between(at.tables, name, others)]
    named += [one.sources for one in projects_between(at.tables, name, others)]
    return Bridge(str(ids[actor]), ends[0], ends[1], tuple(sorted({source for sources in named for source in sources})))


def _parallel(tables: Tables, here: set[str], there: set[str], field: str) -> tuple[Parallel, ...]:
    shares, projects = tables.participations, tables.projects
    at = [set(shares.loc[shares["actor_id"].isin(side), "project_id"]) for side in (here, there)]
    groups: dict[tuple[str, str, str], tuple[list[str], list[str]]] = {}
    common: set[tuple[str, str, str]] = set()
    names = zip(projects["project_id"], projects["programme"], projects["call"], projects["fields"], strict=True)
    for project, programme, call, cell in names:
        fields = split(cell)
        if field and field not in fields:
            continue
        for key in [(programme, call, "")] if call else [(programme, "", one) for one in fields]:
            lists = groups.setdefault(key, ([], []))
            for side in (0, 1):
                lists[side].extend([str(project)] if project in at[side] else [])
            if project in at[0] and project in at[1]:
                common.add(key)
    found = [
        Parallel(*key, tuple(sides[0]), tuple(sides[1]))
        for key, sides in groups.items()
        if sides[0] and sides[1] and key not in common
    ]
    return tuple(sorted(found, key=lambda one: (-min(len(one.here), len(one.there)), one.call, one.field)))


def _givers(
    at: Material, rows: tuple[FieldRow, ...], pair: Pair, sides: tuple[np.ndarray, np.ndarray]
) -> tuple[Giver, ...]:
    from ecosystem.measures.specialisation import Support  # noqa: PLC0415 -- an app starts without the measures

    little = {str(Support.NOT_SPECIALISED), str(Support.UNDEFINED)}
    found = []
    for row in rows:
        for own, other, place, giver, actors in (
            (row.here, row.there, pair.place, pair.partner, sides[1]),
            (row.there, row.here, pair.partner, pair.place, sides[0]),
        ):
            if own.state in little and other.state == str(Support.SUPPORTED):
                found.append(Giver(row.field, place, giver, _most_tied(at, actors, row.field)))
    return tuple(found)


def _most_tied(at: Material, actors: np.ndarray, field: str) -> tuple[str, ...]:
    from ecosystem.consortium.ground import tied  # noqa: PLC0415 -- an app starts without the engine

    on = [int(one) for one in actors if at.works_on(field)[one]]
    degree = np.diff(tied(at).indptr)
    return tuple(str(at.actors.index[one]) for one in sorted(on, key=lambda one: (-degree[one], one))[:MOST_GIVERS])


def _untied(at: Material, sides: tuple[np.ndarray, np.ndarray], fields: list[str]) -> tuple[Untied, ...]:
    """Those with the most partners in common first, an actor in two pairs at most."""
    from ecosystem.consortium.ground import tied  # noqa: PLC0415 -- an app starts without the engine

    links, ids, names = tied(at), at.actors.index, list(at.memberships.columns)
    columns = [names.index(field) for field in fields]
    works = [at.memberships.csr[side].toarray()[:, columns] > 0 for side in sides]
    shared = works[0].astype(int) @ works[1].astype(int).T
    binary = (links > 0).astype(int)
    common = (binary[sides[0]] @ binary[sides[1]].T).toarray()
    apart = (shared > 0) & (links[sides[0]][:, sides[1]].toarray() == 0)
    i, j = np.nonzero(apart)
    degree = np.diff(links.indptr)
    weight = degree[sides[0]][i] + degree[sides[1]][j]
    order = np.lexsort((j, i, -weight, -shared[i, j], -common[i, j]))
    taken: dict[int, int] = {}
    found: list[Untied] = []
    for at_pair in order:
        one, other = int(sides[0][i[at_pair]]), int(sides[1][j[at_pair]])
        if taken.get(one, 0) >= PER_ACTOR or taken.get(other, 0) >= PER_ACTOR:
            continue
        taken[one], taken[other] = taken.get(one, 0) + 1, taken.get(other, 0) + 1
        both = works[0][i[at_pair]] & works[1][j[at_pair]]
        told = tuple(field for field, has in zip(fields, both, strict=True) if has)
        found.append(Untied(str(ids[one]), str(ids[other]), told, int(common[i[at_pair], j[at_pair]])))
        if len(found) == MOST_UNTIED:
            break
    return tuple(found)
