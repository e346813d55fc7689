"""What a scenario's page says: steps, what does not fit, what changed, as sentences."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboards.components.words import relation_names, sector_names
from dashboards.views.scenario import names
from dashboards.views.scenariomeasures import COUNTS, SHARE, SHORT, digits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from dashboards.language import Translator
    from dashboards.views.scenario import Fault, What
    from dashboards.views.scenarioedit import Edited
    from dashboards.views.scenarioforms import Lack
    from ecosystem.atlas import Atlas
    from ecosystem.scenario import Conflict, Step, Unfit


def measures(tr: Translator) -> dict[str, str]:
    """What is compared, by its short name."""
    return {
        "actors": tr("Actors"), "ties": tr("Recorded ties"), "projects": tr("Projects"), "pairs": tr("Linked pairs"),
        "share": tr("Share of pairs in two cities"), "p": tr("Polycentricity P"), "p_sf": tr("Polycentricity P · Δ"),
        "freeman": tr("Centralisation (1 = star)"), "clusters": tr("Clusters"), "modularity": tr("Modularity"),
        "cities": tr("Effective cities of a cluster"), "places": tr("Effective places"),
        "outward": tr("Ties to other places"), "partners": tr("Partner places"), "lq": tr("Location quotient"),
    }  # fmt: skip


def fates(tr: Translator) -> dict[str, str]:
    """What became of a cluster."""
    return {
        "same": tr("unchanged"), "grew": tr("grew"), "shrank": tr("shrank"), "changed": tr("changed members"),
        "split": tr("split"), "merged": tr("merged"), "gone": tr("gone"), "new": tr("new"),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Names:
    """What ids of a region and its scenario are called."""

    atlas: Atlas
    called: Mapping[str, str]
    tr: Translator

    def name(self, key: str) -> str:
        return self.called.get(key, key)

    def several(self, cell: str) -> str:
        return self.tr.joined(self.name(one) for one in cell.split("|") if one)

    def fields(self, cell: str) -> str:
        names = {field.field_id: self.tr.label(field.short) for field in self.atlas.region.fields}
        return self.tr.joined(names.get(one, one) for one in cell.split("|") if one)

    def place(self, key: str) -> str:
        places = self.atlas.tables.places
        return str(dict(zip(places["place_id"], places["name"], strict=True)).get(key, key))


def step_sentence(atlas: Atlas, step: Step, called: Mapping[str, str], tr: Translator) -> str:
    """A step in words; one of a form nobody foresaw is told as the file has it."""
    tell = SENTENCES.get((step.action.value, step.table))
    return tell(_Names(atlas, called, tr), step) if tell else step.sentence()


def _new_tie(of: _Names, step: Step) -> str:
    tr = of.tr
    one, other = (of.name(step.cells.get(end, "")) for end in ("source_actor_id", "target_actor_id"))
    relation = step.cells.get("relation", "")
    kind = relation_names(tr).get(relation, relation)
    return tr("Tie: {one} – {other} ({relation})", one=one, other=other, relation=kind)


def _new_actor(of: _Names, step: Step) -> str:
    tr = of.tr
    sector = step.cells.get("sector", "")
    return tr(
        "New actor: {name} ({sector}, {place})",
        name=of.name(step.key or step.cells.get("actor_id", "")),
        sector=sector_names(tr).get(sector, sector),
        place=of.place(step.cells.get("place_id", "")),
    )


def _new_field(of: _Names, step: Step) -> str:
    tr = of.tr
    field = of.fields(step.cells.get("field_id", ""))
    return tr("{name} works on {field}", name=of.name(step.cells.get("actor_id", "")), field=field)


def _fund(of: _Names, step: Step) -> str:
    cells, tr = step.cells, of.tr
    told = {
        "title": cells.get("title", ""),
        "fields": of.fields(cells.get("fields", "")),
        "partners": of.several(cells.get("partners", "")),
    }
    if cells.get("projects", "1") in {"", "1"}:
        return tr("Joint project “{title}” on {fields}: {partners}", **told)
    return tr("Call “{title}” on {fields}, {n} projects: {partners}", n=cells["projects"], **told)


def _no_tie(of: _Names, step: Step) -> str:
    tr = of.tr
    return tr("Tie gone: {name}", name=_tie(of.atlas, step.key, of.called) or step.key)


def _no_actor(of: _Names, step: Step) -> str:
    tr = of.tr
    return tr("Actor leaves: {name}", name=of.name(step.key))


def _no_project(of: _Names, step: Step) -> str:
    tr = of.tr
    return tr("Project ends: {name}", name=of.name(step.key))


def _moved(of: _Names, step: Step) -> str:
    tr = of.tr
    return tr("{name} moves to {place}", name=of.name(step.key), place=of.place(step.cells.get("place_id", "")))


def _merged(of: _Names, step: Step) -> str:
    tr = of.tr
    others = of.several(step.cells.get("others", ""))
    return tr("{others} become part of {name}", others=others, name=of.name(step.key))


SENTENCES: dict[tuple[str, str], Callable[[_Names, Step], str]] = {
    ("add", "ties"): _new_tie, ("add", "actors"): _new_actor, ("add", "actor_fields"): _new_field,
    ("remove", "ties"): _no_tie, ("remove", "actors"): _no_actor, ("remove", "projects"): _no_project,
    ("fund", ""): _fund, ("move", ""): _moved, ("merge", ""): _merged,
}  # fmt: skip


def _tie(atlas: Atlas, key: str, called: Mapping[str, str]) -> str:
    ties = atlas.tables.ties
    found = ties.loc[ties["tie_id"] == key, ["source_actor_id", "target_actor_id"]].to_numpy().tolist()
    return " – ".join(called.get(one, one) for one in found[0]) if found else ""


def unfit_sentence(unfit: Unfit, called: Mapping[str, str], tr: Translator) -> str:
    """Why a step does not fit, and what to do."""
    name = called.get(unfit.value, unfit.value)
    words = {
        "missing": tr("“{name}” is not there, or no longer. Choose another one.", name=name),
        "known": tr("“{name}” is there already.", name=name),
        "repeated": tr("The data have this tie already. Choose another pair or another kind of tie."),
        "loop": tr("Both ends are the same actor. Choose two different ones."),
    }
    if unfit.kind in words:
        return words[unfit.kind]
    if unfit.column:
        return tr("The entry “{value}” does not fit here ({column}).", value=unfit.value, column=unfit.column)
    return tr("This step cannot be applied to the data.")


def boxes(tr: Translator) -> dict[str, str]:
    """What the boxes of the forms are called."""
    return {
        "one": tr("Actor"), "other": tr("Other actor"), "relation": tr("Kind of tie"), "name": tr("Name"),
        "sector": tr("Sector"), "place": tr("City"), "title": tr("Title"), "fields": tr("Fields"),
        "many": tr("Partners"), "number": tr("Number of projects"), "year": tr("Year"), "money": tr("Euro per partner"),
        "project": tr("Project"), "reason": tr("Reason"), "author": tr("Role or table"),
    }  # fmt: skip


def lack_sentence(lack: Lack, tr: Translator) -> str:
    """What a form still needs."""
    if lack.boxes:
        called = boxes(tr)
        return tr("Still to fill in: {boxes}.", boxes=tr.joined(called[one] for one in lack.boxes))
    words = {
        "number": tr("The number of projects has to be a whole number from 1 to 50."),
        "year": tr("The year has to be a number such as 2027."),
        "money": tr("The amount has to be a number of euros."),
        "alone": tr("A joint project needs two partners at least."),
        "untied": tr("No tie between these two is recorded: there is nothing to take away."),
        "there": tr("The actor is in this city already."),
        "kind": tr("Choose what should change."),
    }
    return words.get(lack.what, words["kind"])


def fault_sentence(fault: Fault, tr: Translator) -> str:
    """Why there is no scenario to show."""
    return {
        "cut": tr("The link holds no whole scenario: it was cut or changed. Copy it again, or load it as a file."),
        "gone": tr("This scenario is too long for a link, and this browser does not have it. Load it as a file."),
        "region": tr("The scenario of this link is about another region."),
    }[fault]


def conflict_sentence(atlas: Atlas, conflict: Conflict, called: Mapping[str, str], tr: Translator) -> str:
    """Two steps that contradict each other; the second was left out."""
    one, other = (step_sentence(atlas, step, called, tr) for step in (conflict.one, conflict.other))
    return tr("“{other}” contradicts “{one}” and was left out.", one=one, other=other)


def deed_sentence(atlas: Atlas, found: Edited, tr: Translator) -> str:
    """What was done, for the eye and the ear; the steps named where one was added or taken back."""
    if found.scenario is None:
        return {
            "undo": tr("There is nothing to undo."), "redo": tr("There is nothing to redo."),
            "reset": tr("The scenario has no steps."),
        }.get(found.did, "")  # fmt: skip
    total = tr.plural("The scenario has {n} step.", "The scenario has {n} steps.", len(found.scenario.steps))
    called = names(atlas, found.scenario)
    if found.did in {"form", "take"} and found.n:
        new = found.scenario.steps[-found.n]
        done = tr("Added: {step}.", step=step_sentence(atlas, new, called, tr).rstrip("."))
    elif found.did == "undo":
        done = tr("Undone: {step}.", step=step_sentence(atlas, found.scenario.undone[-1], called, tr).rstrip("."))
    else:
        done = {
            "redo": tr("Redone."), "reset": tr("Back to the facts; “Redo” brings every step back."),
            "drop": tr("Step removed."), "words": tr("Title and assumptions kept."), "load": tr("Scenario loaded."),
            "join": tr("Scenarios joined."), "take": tr("These steps are here already."),
        }[found.did]  # fmt: skip
    return f"{done} {total}"


def number(value: float, measure: str, tr: Translator) -> str:
    """A value of a measure; the share of pairs is a share."""
    return tr.share(value, 1) if measure == SHARE else tr.number(value, digits(measure))


def signed(value: float, measure: str, tr: Translator) -> str:
    """A change with its sign; that of a share in percentage points."""
    if not math.isfinite(value):
        return "–"
    size = (
        tr("{n} points", n=tr.number(100 * abs(value), 1))
        if measure == SHARE
        else tr.number(abs(value), digits(measure))
    )
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{size}"


def against_noise(change: float, noise: float, measure: str, tr: Translator) -> str:
    """Whether a change is more than the measure varies by anyway."""
    if measure in COUNTS:
        return tr("counted")
    if not math.isfinite(noise) or not math.isfinite(change):
        return tr("no spread known")
    spread = number(noise, measure, tr)
    if abs(change) > noise:
        return tr("more than its spread (± {spread})", spread=spread)
    return tr("within its spread (± {spread})", spread=spread)


def finding(what: What | None, tr: Translator) -> str:
    """The page's sentence: how many steps, and the largest change of a headline measure."""
    if what is None:
        return tr(
            "Nothing is assumed yet. Here one sees what would change if a tie, an actor or a joint project were added "
            "or lost."
        )
    steps = tr.plural("{n} step is applied.", "{n} steps are applied.", len(what.opened.fit))
    moved = changed(what.compared.headline)
    moved = moved.assign(measure=moved["measure"].map(SHORT))
    moved = moved[~moved["measure"].isin(COUNTS)]
    if not len(moved):
        return steps if len(what.opened.fit) else tr("No step is applied: both pictures show the facts.")
    top = moved.iloc[0]
    said = tr(
        "Largest change: {measure} from {before} to {after}, {noise}.",
        measure=measures(tr)[top["measure"]],
        before=number(top["before"], top["measure"], tr),
        after=number(top["after"], top["measure"], tr),
        noise=against_noise(top["change"], top["noise"], top["measure"], tr),
    )
    return f"{steps} {said}"


def changed(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that differ: other numbers, or a number that came or went."""
    differs = (frame["change"].fillna(0) != 0) | (frame["before"].isna() != frame["after"].isna())
    return frame[differs.to_numpy()]
