"""The ready-made questions, answered part by part: whoever asked may stop after any of them; and three examples."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboards.views.scenario import applied, held
from dashboards.views.shelf import kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.state import Selection
    from ecosystem.atlas import Atlas
    from ecosystem.scenario import Step

TIES_EACH, ACTORS_EACH = 150, 8
BEST = 8
KINDS = ("ties", "projects", "leaving")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found so far: the best ``rows``; ``tried`` of ``of``; ``then`` begins the next part, −1 at the end.

    ``kind`` is one of :data:`KINDS`, ``subject`` the field or actor asked about ("" for all).
    """

    kind: str
    subject: str
    rows: tuple[dict[str, Any], ...]
    tried: int
    of: int
    then: int


def answer(atlas: Atlas, selection: Selection, browser: Any, asked: Any) -> Answer | None:
    """The next part of a question; ``None`` where nothing sensible was asked.

    ``asked`` comes from the browser: ``kind``, ``subject``, where to go on (``at``) and the ``rows`` found before.
    The question is put to the scenario as it stands.
    """
    if not isinstance(asked, dict) or asked.get("kind") not in KINDS:
        return None
    start, subject = asked.get("at"), asked.get("subject") or ""
    before = asked.get("rows")
    known = [row for row in before if isinstance(row, dict)][:BEST] if isinstance(before, list) else []
    if not isinstance(start, int) or not 0 <= start < 10**7 or not isinstance(subject, str):
        return None
    scenario = held(atlas, selection.scenario, browser).scenario
    now = atlas if scenario is None else applied(atlas, scenario)[1]
    if asked["kind"] == "leaving":
        return _leaving(now, subject, start, known)
    return _ties(now, str(asked["kind"]), subject, start, known)


def _ties(atlas: Atlas, kind: str, field: str, start: int, known: list[dict[str, Any]]) -> Answer | None:
    from ecosystem.scenario import best_ties  # noqa: PLC0415 -- an app starts without the engine

    if field and field not in atlas.region.field_ids:
        return None
    layer: Any = "projects" if kind == "projects" else "both"
    found = best_ties(atlas, field=field or None, layer=layer, part=(start, start + TIES_EACH))
    rows = known + [_plain(row) for row in found[found["actor"] != ""].head(BEST).to_dict("records")]
    best = sorted((row for row in rows if _finite(row.get("change"))), key=lambda row: -float(row["change"]))[:BEST]
    tried, of = min(start + found.attrs["tried"], found.attrs["pairs"]), found.attrs["pairs"]
    return Answer(kind, field, tuple(best), tried, of, tried if tried < of else -1)


def _leaving(atlas: Atlas, actor: str, start: int, known: list[dict[str, Any]]) -> Answer | None:
    from ecosystem.scenario import leaving  # noqa: PLC0415 -- an app starts without the engine

    if actor and actor not in atlas.positions.index:
        return None
    every = [actor] if actor else _connected(atlas)
    part = every[start : start + ACTORS_EACH]
    rows = known + [_plain(row) for row in leaving(atlas, part).to_dict("records")]
    order = ("cut_off", "pairs_of_places", "partners")
    best = sorted(rows, key=lambda row: tuple(-_number(row.get(one)) for one in order))[:BEST]
    tried = min(start + len(part), len(every))
    return Answer("leaving", actor, tuple(best), tried, len(every), tried if tried < len(every) else -1)


def _connected(atlas: Atlas) -> list[str]:
    """The forty actors of the region with the most partners: those a search without a name looks at."""
    import numpy as np  # noqa: PLC0415 -- beside the engine

    from ecosystem.scenario.questions import TRIED  # noqa: PLC0415 -- an app starts without the engine

    degree = np.diff(atlas.ties.csr.indptr)
    inside = np.flatnonzero(atlas.material.municipalities.inside & (degree > 0))
    rows = inside[np.argsort(-degree[inside], kind="stable")][:TRIED]
    return [str(one) for one in atlas.positions.index[rows]]


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    """A row as JSON takes it: undefined numbers are ``None``."""
    found: dict[str, Any] = {}
    for key, value in row.items():
        plain = value.item() if hasattr(value, "item") else value
        found[str(key)] = None if isinstance(plain, float) and not math.isfinite(plain) else plain
    return found


def _finite(value: Any) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _number(value: Any) -> float:
    return float(value) if _finite(value) else 0.0


def proposed(kind: str, row: dict[str, Any], subject: str, reason: str, title: str) -> Step | None:
    """The step a row of an answer proposes; ``None`` where the browser sent a row that is none."""
    from ecosystem.scenario import Action, Step, tie_step  # noqa: PLC0415 -- an app starts without the engine

    if kind == "leaving":
        return Step(Action.REMOVE, "actors", str(row.get("actor", "")), reason=reason) if row.get("actor") else None
    if not (row.get("actor") and row.get("partner_actor")):
        return None
    if kind == "projects":
        partners = f"{row['actor']}|{row['partner_actor']}"
        cells = {"title": title, "fields": subject, "partners": partners}
        return Step(Action.FUND, cells=cells, reason=reason) if subject else None
    return tie_step(row, reason)


@dataclass(frozen=True, slots=True)
class Example:
    """A scenario to try: what kind it is, what it is about, and its steps."""

    kind: str
    field: str
    steps: tuple[Step, ...]


def examples(atlas: Atlas) -> tuple[Example, ...]:
    """Up to three scenarios from the data: a tie, a joint project, an actor that leaves; those the data allow."""
    return kept(atlas, "scenario examples", "", lambda: _examples(atlas))


def _examples(atlas: Atlas) -> tuple[Example, ...]:
    from ecosystem.scenario import best_ties, check, leaving  # noqa: PLC0415 -- an app starts without the engine

    found: list[Example] = []
    sizes = atlas.fields_of_actors.csr.sum(axis=0)
    ranked = sorted(zip(sizes.tolist(), atlas.region.field_ids, strict=True), key=lambda one: -one[0])
    for _, field in ranked[:1]:
        ties = best_ties(atlas, field=field)
        row = next((one for one in ties.to_dict("records") if one["actor"] and _finite(one["change"])), None)
        step = proposed("ties", _plain(row), field, "", "") if row else None
        found += [Example("tie", field, (step,))] if step else []
    for _, field in ranked[-1:]:
        found += [Example("project", field, (step,)) for step in _joint(atlas, field)]
    for row in leaving(atlas).head(1).to_dict("records"):
        step = proposed("leaving", _plain(row), "", "", "")
        found += [Example("leave", "", (step,))] if step else []
    return tuple(one for one in found if not check(atlas.tables, one.steps))


def _joint(atlas: Atlas, field: str) -> list[Step]:
    """A joint project of the consortium that is proposed for a field."""
    from ecosystem.consortium import propose  # noqa: PLC0415 -- an app starts without the engine

    proposals = propose(atlas, field=field, cities=3, size=5, count=1).proposals
    members = [member.actor_id for one in proposals[:1] for member in one.members]
    if len(members) < 2:
        return []
    return [joint_project(atlas.region.field(field).short.de, field, members)]


def joint_project(title: str, field: str, members: Sequence[str], *, call: str = "") -> Step:
    """The step that lets these actors work together on a field."""
    from ecosystem.scenario import Action, Step  # noqa: PLC0415 -- an app starts without the engine

    cells = {"title": title, "fields": field, "partners": "|".join(members)}
    return Step(Action.FUND, cells=cells | ({"call": call} if call else {}))


def cooperation(one: str, other: str) -> Step:
    """The step that lets two actors cooperate."""
    from ecosystem.scenario import tie_step  # noqa: PLC0415 -- an app starts without the engine

    return tie_step({"actor": one, "partner_actor": other})
