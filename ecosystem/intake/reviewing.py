"""Questions answered: a decision is kept in ``decisions.csv`` and, where it changes the tables, carried out at once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ecosystem import tables
from ecosystem.errors import IntakeError
from ecosystem.intake import accepting, decisions, proposals
from ecosystem.intake.decisions import MATCHES, NO_FIELD, Decision
from ecosystem.intake.draft import Draft
from ecosystem.intake.merging import merge

if TYPE_CHECKING:
    from pathlib import Path

    from ecosystem.intake.accepting import Entry
    from ecosystem.intake.record import Question

KIND = "review"


def asked(folder: Path) -> tuple[Question, ...]:
    """The open questions of a region folder, as they are listed."""
    return tuple(proposals.load(folder).values())


def decide(folder: Path, key: str, verdict: str, *, note: str = "") -> Entry | None:
    """Answer a question, or decide about a sector, a field or a place.

    Args:
        folder: the region's folder.
        key: key of an open question; or ``sector:WHO``, ``fields:WHO``, ``place:WHO``, ``person:WHO`` where WHO is an
            actor's id, an organisation as reject files name it, or (for fields) a project's id.
        verdict: ``merge``, ``apart``, ``later``; a sector; ids of fields joined by ``|`` or ``none``; a place_id.
        note: why, in the person's words.

    Returns:
        The entry of the import log; None where nothing changed.

    Raises:
        IntakeError: no such question, or a verdict it does not have.
    """
    known = tables.read(folder)
    questions = proposals.load(folder)
    one = questions.get(key)
    kind, _, about = key.partition(":")
    if one is None and (kind not in decisions.KINDS or kind == "match" or not about):
        raise IntakeError(_unknown(key, questions))
    decision = _answer(one, verdict, note) if one else Decision(kind, about, "", verdict, _today(), note)
    decisions.require(decision)
    _require_known(known, decision)
    draft = Draft(known)
    _carry_out(draft, decision, one)
    open_still = {name: held for name, held in questions.items() if name != key or verdict == "later"}
    if one is not None and verdict == "merge":
        open_still = {name: held for name, held in open_still.items() if held.actor_id != one.actor_id}
    return accepting.write(
        folder,
        known,
        draft.tables(),
        kind=KIND,
        files=((f"{key}={verdict}", ""),),
        questions=open_still.values(),
        decided=decisions.load(folder).decided(decision),
    )


def _answer(one: Question, verdict: str, note: str) -> Decision:
    if one.kind == "match":
        if verdict not in MATCHES:
            raise IntakeError(f"{one.key} is answered by {', '.join(MATCHES)}, not by “{verdict}”.")
        return Decision("match", one.subject, one.about, verdict, _today(), note)
    return Decision(one.kind, one.subject, "", verdict, _today(), note)


def _require_known(known: tables.Tables, one: Decision) -> None:
    allowed: tuple[str, ...] = ()
    if one.kind == "place":
        allowed = tuple(known.places["place_id"])
    if one.kind == "fields":
        allowed = (*known.region.field_ids, NO_FIELD)
    wrong = [part for part in one.verdict.split("|") if allowed and part not in allowed]
    if wrong:
        shown = ", ".join(allowed[:12]) + (" …" if len(allowed) > 12 else "")
        raise IntakeError(f"{one.kind}: found “{wrong[0]}”; the region has {shown}.")


def _carry_out(draft: Draft, one: Decision, question: Question | None) -> None:
    """What a decision changes in the tables now; what names no actor or project holds for the next import."""
    who = question.actor_id if question is not None else one.subject
    if one.kind == "match":
        if one.verdict == "merge" and question is not None:
            merge(draft, question.actor_id, question.other)
    elif one.kind == "fields" and draft.has("projects", who):
        fields = "" if one.verdict == NO_FIELD else one.verdict
        draft.change("projects", (who,), {"fields": fields, "field_basis": "none"})
    elif draft.has("actors", who):
        _change(draft, who, one)


def _change(draft: Draft, actor: str, one: Decision) -> None:
    if one.kind == "sector":
        draft.change("actors", (actor,), {"sector": one.verdict, "sector_evidence": "knowledge"})
    elif one.kind == "place":
        draft.change("actors", (actor,), {"place_id": one.verdict, "place_evidence": "knowledge"})
    elif one.kind == "fields":
        wanted = [] if one.verdict == NO_FIELD else one.verdict.split("|")
        for key in [key for key in draft.keys("actor_fields") if key[0] == actor and key[1] not in wanted]:
            draft.remove("actor_fields", key)
        sources = str(draft.cell("actors", (actor,), "source_ids"))
        for field in wanted:
            if not draft.has("actor_fields", actor, field):
                told = {"actor_id": actor, "field_id": field, "evidence": "decided in review", "source_id": sources}
                draft.add("actor_fields", told)


def _unknown(key: str, questions: dict[str, Question]) -> str:
    near = ", ".join(list(questions)[:5]) + (" …" if len(questions) > 5 else "")
    return (
        f"There is no open question “{key}”. "
        + (f"Open are {near}. " if questions else "None is open. ")
        + "“ecosystem review REGION” lists them; sector:ACTOR=…, fields:ACTOR=… and place:ACTOR=… decide without one."
    )


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
