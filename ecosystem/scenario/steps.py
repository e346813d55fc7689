"""Steps applied to tables: a pure function that gives new tables, or says which step does not fit and why.

What a scenario adds names the source ``scenario``, so that it can be told from facts wherever a source is shown. Rows
that depend on a row go with it: an actor takes its fields, ties and participations along, a project its participations.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from ecosystem.dictionary import csv_tables, dictionary
from ecosystem.errors import ScenarioError
from ecosystem.scenario import rows
from ecosystem.scenario.composed import COMPOSED
from ecosystem.scenario.misfit import Misfit
from ecosystem.scenario.record import ROWS, SOURCE, TABLES, Action, Step
from ecosystem.scenario.ties import repeated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ecosystem.tables import Tables

DEPENDENT = {
    "actors": (
        ("actor_fields", ("actor_id",)),
        ("ties", ("source_actor_id", "target_actor_id")),
        ("participations", ("actor_id",)),
    ),
    "projects": (("participations", ("project_id",)),),
}
SOURCES_OF = {"actors": "source_ids"}


@dataclass(frozen=True, slots=True)
class Unfit:
    """A step (by its number, from 1) that cannot be applied to the tables it met, and what to do about it.

    ``kind`` is one of :data:`ecosystem.scenario.misfit.KINDS`, for those who say it in their own words: ``missing``
    names a row that is not there, ``known`` one that is there already, ``repeated`` a tie that says nothing new,
    ``loop`` one that leads back to its actor, ``table`` and ``column`` what a scenario cannot touch, ``value`` a cell
    (``column`` and ``value``) that validation refuses.
    """

    number: int
    step: Step
    reason: str
    kind: str = "value"
    column: str = ""
    value: str = ""

    def sentence(self) -> str:
        """The whole in one line."""
        return f"step {self.number} ({self.step.sentence()}): {self.reason}"


def apply(tables: Tables, steps: Sequence[Step]) -> Tables:
    """The tables after all steps.

    Args:
        tables: a region's tables; not changed.
        steps: in their order; each is checked like a row of a file against the tables the steps before it left.

    Returns:
        New tables in canonical form: valid, sorted, with the source ``scenario`` where something was added. Their
        ``digest`` follows from their content alone, so that the same outcome by another way is the same data version.

    Raises:
        ScenarioError: a step does not fit; names the first one with the reason. :func:`fitting` goes on without it.

    >>> from ecosystem.regions import locate
    >>> from ecosystem.tables import read
    >>> toy = read(locate("toy"))
    >>> actor = str(toy.actors["actor_id"].iloc[0])
    >>> left = apply(toy, [Step(Action.REMOVE, "actors", actor)])
    >>> len(toy.actors) - len(left.actors), actor in set(left.ties["source_actor_id"])
    (1, False)
    """
    found, unfit = fitting(tables, steps, patient=False)
    if unfit:
        raise ScenarioError(unfit[0].sentence())
    return found


def check(tables: Tables, steps: Sequence[Step]) -> tuple[Unfit, ...]:
    """The steps that do not fit these tables, with the reasons; a step that needs an unfit one is unfit, too."""
    return fitting(tables, steps)[1]


def fitting(tables: Tables, steps: Sequence[Step], *, patient: bool = True) -> tuple[Tables, tuple[Unfit, ...]]:
    """The tables after those steps that fit, and the others: listed, never dropped.

    Not ``patient`` stops at the first one that does not fit.
    """
    now, unfit = tables, []
    for number, step in enumerate(steps, start=1):
        try:
            now = _applied(now, step)
        except Misfit as why:
            unfit.append(Unfit(number, step, str(why), why.kind, why.column, why.value))
            if not patient:
                break
    return (now if now is tables else _settled(tables, now)), tuple(unfit)


def _applied(tables: Tables, step: Step) -> Tables:
    if step.action in ROWS:
        if step.table not in TABLES:
            raise Misfit("table", f"a scenario cannot touch “{step.table}”; it can change {', '.join(TABLES)}.")
        return {Action.ADD: _add, Action.REMOVE: _remove, Action.CHANGE: _change}[step.action](tables, step)
    now = tables
    for part in COMPOSED[step.action](tables, step):
        now = _applied(now, part)
    return now


def _add(tables: Tables, step: Step) -> Tables:
    table, frame = dictionary()[step.table], tables.frame(step.table)
    told = with_defaults(step.table, step.cells)
    if step.key and len(table.keys) == 1:
        told = {table.keys[0]: step.key} | told
    now = _with_source(tables)
    _must_be_right(now, step, told)
    key = rows.key_of(table, told)
    if key in set(rows.keys(frame, table)):
        told_so = f"{table.file} has {key} already. Change it instead, or choose another {' + '.join(table.keys)}."
        raise Misfit("known", told_so, value=key)
    row = rows.typed(table, told, frame.columns)
    more = pd.DataFrame([row]).astype(frame.dtypes.to_dict())
    return _with(now, step.table, pd.concat([frame, more], ignore_index=True))


def _remove(tables: Tables, step: Step) -> Tables:
    gone = _row(tables, step)
    now = _with(tables, step.table, _without(tables.frame(step.table), [gone]))
    for name, columns in DEPENDENT.get(step.table, ()):
        frame = now.frame(name)
        hit = (frame[list(columns)] == step.key).any(axis=1)
        now = _with(now, name, frame[~hit].reset_index(drop=True))
    return now


def _change(tables: Tables, step: Step) -> Tables:
    table, frame = dictionary()[step.table], tables.frame(step.table)
    at = _row(tables, step)
    if held := sorted(set(step.cells) & set(table.keys)):
        raise Misfit("column", f"{held[0]} is what the row is found by. Remove the row and add it with another one.")
    if unknown := sorted(set(step.cells) - set(table.header)):
        raise Misfit("column", f"{table.file} has no column “{unknown[0]}”; it has {', '.join(table.header)}.")
    told = rows.cells_of(frame, at, table) | dict(step.cells)
    source = SOURCES_OF.get(step.table, "source_id")
    if source not in step.cells:
        told[source] = "|".join(dict.fromkeys([*(told[source].split("|") if told[source] else []), SOURCE]))
    now = _with_source(tables)
    _must_be_right(now, step, told, but=step.key)
    changed = frame.copy()
    for name, value in rows.typed(table, told, frame.columns).items():
        if name in table.header:
            changed.loc[at, name] = value
    return _with(now, step.table, changed)


def _row(tables: Tables, step: Step) -> int:
    table, frame = dictionary()[step.table], tables.frame(step.table)
    found = frame.index[(rows.keys(frame, table) == step.key).to_numpy()].tolist()
    if not found:
        told = f"{table.file} has no {step.key or 'such row'}. Leave the step out, or name another row."
        raise Misfit("missing", told, value=step.key)
    return int(found[0])


def _must_be_right(tables: Tables, step: Step, told: dict[str, str], but: str = "") -> None:
    table = dictionary()[step.table]
    if unknown := sorted(set(told) - set(table.header)):
        raise Misfit("column", f"{table.file} has no column “{unknown[0]}”; it has {', '.join(table.header)}.")
    for fault in rows.faults(tables, table, told):
        found = f"found {fault.value!r}; " if fault.value else ""
        text = f"{fault.column}: {found}expected {fault.expected}. {fault.cure}"
        kind = "missing" if fault.value and _points(step.table, fault.column) else "value"
        raise Misfit(kind, text, fault.column, fault.value)
    if step.table == "ties" and (why := repeated(tables.ties, told, but)):
        raise Misfit("loop" if told["source_actor_id"] == told["target_actor_id"] else "repeated", why)


def _points(table: str, column: str) -> bool:
    """Whether a column names a row of another table."""
    return any(one.name == column and bool(one.foreign_key) for one in dictionary()[table].columns)


def with_defaults(table: str, cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of a new row with what follows from the others: its source, and a tie's id."""
    told = dict(cells)
    told.setdefault(SOURCES_OF.get(table, "source_id"), SOURCE)
    if table == "ties" and not told.get("tie_id"):
        ends = (told.get("source_actor_id", ""), told.get("relation", ""), told.get("target_actor_id", ""))
        told["tie_id"] = "s-" + hashlib.sha256("|".join(ends).encode()).hexdigest()[:10]
    return told


def _with_source(tables: Tables) -> Tables:
    if SOURCE in set(tables.sources["source_id"]):
        return tables
    row = rows.typed(
        dictionary()["sources"],
        {"source_id": SOURCE, "title": "Scenario: assumed, not recorded", "kind": SOURCE},
        tables.sources.columns,
    )
    more = pd.DataFrame([row]).astype(tables.sources.dtypes.to_dict())
    return replace(tables, sources=pd.concat([tables.sources, more], ignore_index=True))


def _with(tables: Tables, table: str, frame: pd.DataFrame) -> Tables:
    changed: dict[str, Any] = {table: frame}
    return replace(tables, **changed)


def _without(frame: pd.DataFrame, gone: list[int]) -> pd.DataFrame:
    return frame.drop(index=gone).reset_index(drop=True)


def _settled(before: Tables, now: Tables) -> Tables:
    """Sorted as a file is read, without the source nobody names; the tables from before where nothing differs."""
    named = any(
        frame[column].str.split("|").map(lambda ids: SOURCE in ids).any()
        for table in csv_tables()
        for column in ("source_id", "source_ids")
        if table.name != "sources" and column in (frame := now.frame(table.name)) and len(frame)
    )
    if not named:
        now = replace(now, sources=before.sources)
    changed: dict[str, Any] = {}
    for table in csv_tables():
        frame = now.frame(table.name)
        if frame is before.frame(table.name):
            continue
        ordered = frame.sort_values(list(table.keys), kind="stable", ignore_index=True)
        if not ordered.equals(before.frame(table.name)):
            changed[table.name] = ordered
    if not changed:
        return before
    told = hashlib.sha256(before.digest.encode())
    for name, frame in sorted(changed.items()):
        told.update(f"{name}\0{frame.to_csv(index=False)}".encode())
    unchanged: dict[str, Any] = {table.name: before.frame(table.name) for table in csv_tables()}
    return replace(now, **(unchanged | changed), digest=told.hexdigest())
