"""The tables of a record: proposals, votes, decisions, before and after, what happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboards.components.caption import place_names
from dashboards.components.words import sector_names
from dashboards.room.sentences import event_names, kind_names, outcome_names, phase_names, status_names, told
from dashboards.room.shown import changes
from dashboards.views.sheet import Column, Sheet
from ecosystem.model import Sector
from ecosystem.workshop import Phase, Status

if TYPE_CHECKING:
    import datetime as dt

    from dashboards.language import Translator
    from dashboards.room.hall import Hall
    from dashboards.room.outlook import Outlook
    from ecosystem.workshop import Event, Proposal, Standing


@dataclass(frozen=True)
class Writer:
    """What the tables are written from."""

    hall: Hall
    standing: Standing
    outlook: Outlook
    events: tuple[Event, ...]
    tr: Translator

    def sentence(self, one: Proposal) -> str:
        """The proposal in one sentence."""
        tables = self.hall.names(self.standing).tables
        names = dict(zip(tables.actors["actor_id"], tables.actors["name"], strict=True))
        fields = {field.field_id: self.tr.label(field.short) for field in self.hall.atlas.region.fields}
        return told(one, lambda actor: str(names.get(actor, actor)), place_names(self.hall.atlas), fields, self.tr)


def sheets(writer: Writer) -> dict[str, Sheet]:
    """All tables by the name of their file."""
    return {
        "proposals": _proposals(writer),
        "votes": _votes(writer),
        "decisions": _decisions(writer),
        "comparison": _comparison(writer),
        "events": _events(writer),
    }


def _moment(at: dt.datetime | None) -> str:
    return "" if at is None else at.astimezone().isoformat(sep=" ", timespec="seconds")


def for_people(sheet: Sheet) -> Sheet:
    """The comparison with its numbers as they are shown, each with the decimals of its measure."""
    columns = tuple(
        Column(f"{one.key}_text", one.name) if one.key in {"before", "after", "change"} else one
        for one in sheet.columns
    )
    return replace(sheet, columns=columns)


def _proposals(writer: Writer) -> Sheet:
    tr, standing = writer.tr, writer.standing
    columns = (
        Column("number", tr("No."), "number"), Column("status", tr("Status")),
        Column("kind", tr("Kind of proposal")),
        Column("text", tr("Proposal"), wide=True), Column("reason", tr("Reason"), wide=True),
        Column("table", tr("Table number"), "number"), Column("role", tr("Role")), Column("theme", tr("Theme")),
        Column("for", tr("For"), "number"), Column("against", tr("Against"), "number"),
        Column("note", tr("Reason of the moderation")), Column("proposed", tr("Proposed at")),
        Column("settled", tr("Settled at")),
    )  # fmt: skip
    rows: list[dict[str, Any]] = []
    for one in standing.proposals:
        pro, contra = standing.votes.get(one.number, (0, 0))
        rows.append({
            "id": str(one.number), "number": one.number, "status": status_names(tr)[one.status],
            "kind": kind_names(tr)[one.kind], "text": writer.sentence(one), "reason": one.reason, "table": one.table,
            "role": sector_names(tr)[Sector(one.role)], "theme": one.theme, "for": pro, "against": contra,
            "note": one.note, "proposed": _moment(one.proposed), "settled": _moment(one.settled),
        })  # fmt: skip
    return Sheet(tr("Proposals"), columns, rows)


def _votes(writer: Writer) -> Sheet:
    tr, standing = writer.tr, writer.standing
    columns = (
        Column("subject", tr("Subject"), wide=True), Column("dots", tr("Dots"), "number"),
        Column("for", tr("For"), "number"), Column("against", tr("Against"), "number"),
    )  # fmt: skip
    rows: list[dict[str, Any]] = [
        {"id": f"field:{one.field_id}", "subject": tr.label(one.name), "dots": standing.dots.get(one.field_id, 0)}
        for one in writer.hall.atlas.region.fields
    ]
    for one in standing.having(Status.ACCEPTED):
        pro, contra = standing.votes.get(one.number, (0, 0))
        rows.append({"id": str(one.number), "subject": writer.sentence(one), "for": pro, "against": contra})
    return Sheet(tr("Votes"), columns, rows)


def _decisions(writer: Writer) -> Sheet:
    tr = writer.tr
    columns = (
        Column("number", tr("No."), "number"), Column("text", tr("Proposal"), wide=True),
        Column("outcome", tr("Decision")), Column("for", tr("For"), "number"),
        Column("against", tr("Against"), "number"), Column("note", tr("Note"), wide=True),
        Column("decided", tr("Decided at")),
    )  # fmt: skip
    known = {one.number: writer.sentence(one) for one in writer.standing.proposals}
    rows = [
        {
            "id": str(at), "number": one.number, "text": known[one.number], "outcome": outcome_names(tr)[one.outcome],
            "for": one.votes_for, "against": one.votes_against, "note": one.text, "decided": _moment(one.decided),
        }
        for at, one in enumerate(writer.standing.decisions)
    ]  # fmt: skip
    return Sheet(tr("Decisions"), columns, rows)


def _comparison(writer: Writer) -> Sheet:
    tr = writer.tr
    columns = (
        Column("of", tr("Of"), wide=True), Column("measure", tr("Measure"), wide=True),
        Column("before", tr("Before"), "number", 4), Column("after", tr("After"), "number", 4),
        Column("change", tr("Change"), "number", 4),
    )  # fmt: skip
    found = writer.outlook.comparison
    rows = [
        {
            "id": str(at), "of": one.of, "measure": one.measure, "before": one.numbers[0], "after": one.numbers[1],
            "change": one.numbers[2], "before_text": one.before, "after_text": one.after,
            "change_text": " ".join(part for part in (one.change, one.noise) if part),
        }
        for at, one in enumerate(changes(found, writer.hall.atlas.region, tr) if found else [])
    ]  # fmt: skip
    notes = [tr("Scenario, not recorded facts.")]
    notes += [tr("Does not fit the data: {step}", step=one.sentence()) for one in writer.outlook.unfit]
    return Sheet(tr("Before and after"), columns, rows, tuple(notes))


def _events(writer: Writer) -> Sheet:
    tr, names = writer.tr, event_names(writer.tr)
    columns = (
        Column("seq", tr("No."), "number"), Column("at", tr("Time")), Column("kind", tr("What happened")),
        Column("about", tr("About"), wide=True),
    )  # fmt: skip

    def about(text: str) -> str:
        kind, _, number = text.partition(":")
        if kind in {"proposal", "table"}:
            return tr("Proposal {n}", n=number) if kind == "proposal" else tr("Table {n}", n=number)
        return phase_names(tr)[Phase(text)] if text in set(Phase) else text

    rows = [
        {"id": str(one.seq), "seq": one.seq, "at": _moment(one.at), "kind": names.get(one.kind, one.kind),
         "about": about(one.about)}
        for one in writer.events
    ]  # fmt: skip
    return Sheet(tr("What happened"), columns, rows)
