"""The tables of a profile that look beyond it: partners, peers, gaps, and an actor's position in the network."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dashboards.components.profilesheets import portrait_of
from dashboards.components.reasons import reason
from dashboards.components.subjects import at, called, name_of, nothing_asked, subject_of
from dashboards.language import UNDEFINED
from dashboards.views import gaps as missing
from dashboards.views import partners as links
from dashboards.views.peers import peers as alike
from dashboards.views.sheet import Column, Sheet

if TYPE_CHECKING:
    import pandas as pd

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.gaps import Gap
    from dashboards.views.partners import Partner
    from dashboards.views.subject import Subject
    from ecosystem.atlas import Atlas


def partners(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Other subjects of the kind it is linked with; places and fields against chance."""
    title, one = tr("Partners"), subject_of(atlas, selection)
    if one is None:
        return nothing_asked(tr, title)
    rows = [_partner(atlas, row, tr) for row in links.partners(atlas, one)]
    counts: tuple[Column, ...] = (
        Column("linked", tr("Actors of both") if one.kind == "field" else tr("Linked pairs of actors"), "number"),
    )
    both = (Column("ties", tr("Recorded ties"), "number"), Column("projects", tr("Joint projects"), "number"))
    if one.kind == "actor":
        counts = both
    elif one.kind == "place" and one.compared:
        counts += (*both, Column("counted", tr("Ties counted by the test"), "number"))
    tested = one.kind == "field" or (one.kind == "place" and one.compared)
    chance = (
        Column("expected", tr("Expected by chance"), "number", 1),
        Column("p", "p", "number", 3),
        Column("q", "q", "number", 3),
        Column("judged", tr("Beyond chance?"), wide=True),
    )
    columns = (Column("name", _what(one, tr)), *counts, *(chance if tested else ()))
    return Sheet(f"{name_of(one, tr)}: {title}", columns, rows, _chance_notes(tr) if tested else ())


def _what(one: Subject, tr: Translator) -> str:
    names = {
        "place": tr("City or district"), "field": tr("Field"), "actor": tr("Actor"), "sector": tr("Sector"),
        "cluster": tr("Cluster"),
    }  # fmt: skip
    return names[one.kind]


def _chance_notes(tr: Translator) -> tuple[str, ...]:
    return (
        tr("Chance: how much each side is linked in all is kept, with whom is drawn anew (1,000 draws)."),
        tr("p is for one pair, q for all pairs together; over many pairs only strong deviations are certain."),
    )


def _partner(atlas: Atlas, row: Partner, tr: Translator) -> dict[str, object]:
    return {
        "id": row.key,
        "name": called(atlas, row.kind, row.key, tr, row.name),
        "linked": row.linked,
        "ties": row.ties,
        "projects": row.projects,
        "counted": row.counted,
        "expected": row.expected,
        "p": row.p,
        "q": row.q,
        "judged": _judged(row, tr),
        "at": at(row.kind, row.key, tr),
    }


def _judged(row: Partner, tr: Translator) -> str:
    if math.isnan(row.q):
        return reason(row.reason, tr) if row.reason else tr("not tested")
    if row.q <= links.ALPHA and row.counted > row.expected:
        return tr("more than chance")
    if row.p <= links.ALPHA and row.counted > row.expected:
        return tr("more than expected, not certain over all comparisons")
    return tr("within chance")


def linked(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Actors outside the subject by how many of its actors they are linked with."""
    title, one = tr("Most linked actors outside"), subject_of(atlas, selection)
    if one is None:
        return nothing_asked(tr, title)
    rows = [_partner(atlas, row, tr) for row in links.actors(atlas, one)]
    columns = (
        Column("name", tr("Actor"), wide=True),
        Column("linked", tr("Linked with actors here"), "number"),
        Column("ties", tr("Recorded ties"), "number"),
        Column("projects", tr("Joint projects"), "number"),
    )
    return Sheet(f"{name_of(one, tr)}: {title}", columns, rows)


def peers(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Who is alike, in what, and whether the two are linked."""
    title, one = tr("Peers"), subject_of(atlas, selection)
    if one is None:
        return nothing_asked(tr, title)
    actor = one.kind == "actor"
    rows = [
        {
            "id": row.key,
            "name": called(atlas, row.kind, row.key, tr, row.name),
            "similarity": row.similarity,
            "shared": ", ".join(called(atlas, "field", key, tr) for key in row.shared),
            "n": row.n,
            "linked": (tr("linked") if row.linked else tr("no recorded link")) if actor else row.linked,
            "few": tr("few memberships: similarity may be chance") if row.few else "",
            "at": at(row.kind, row.key, tr),
        }
        for row in alike(atlas, one)
    ]
    first = Column("name", _what(one, tr))
    both = tr("Units in common") if one.kind == "field" else tr("Fields in common")
    shared = Column("shared", both, wide=True)
    similar = Column("similarity", tr("Similarity (0–1)"), "number", 2)
    if actor:
        columns: tuple[Column, ...] = (
            first, shared, Column("n", tr("Linked actors"), "number"), Column("linked", tr("Linked with this actor?"))
        )  # fmt: skip
        note = tr("Same sector, fields in common; ordered by shared fields, then by links.")
    else:
        pairs = () if one.kind == "field" else (Column("linked", tr("Linked pairs"), "number"),)
        columns = (
            first, similar, shared, Column("n", tr("Memberships"), "number"), *pairs, Column("few", tr("Note")),
        )  # fmt: skip
        note = tr("Similarity: cosine of the two profiles of memberships; 1 = the same mix, whatever the size.")
    return Sheet(f"{name_of(one, tr)}: {title}", columns, rows, (note,))


def gaps(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """What is missing and who could help."""
    title, one = tr("Gaps"), subject_of(atlas, selection)
    if one is None:
        return nothing_asked(tr, title)
    found = missing.gaps(atlas, one, portrait_of(atlas, one))
    rows = [_gap(atlas, n, gap, tr) for n, gap in enumerate(found)]
    columns = (
        Column("what", tr("What is missing"), wide=True),
        Column("name", tr("Kind of gap")),
        Column("told", tr("How to read it"), wide=True),
    )
    note = tr("A gap in the data is not yet one in the region: nobody collected everything.")
    return Sheet(f"{name_of(one, tr)}: {title}", columns, rows, (note,))


def _gap(atlas: Atlas, number: int, gap: Gap, tr: Translator) -> dict[str, object]:
    few = " " + tr("The profile rests on few memberships.") if gap.few else ""
    field = called(atlas, "field", gap.what, tr)
    told = {
        missing.SECTOR: (tr("Sector without an actor"), called(atlas, "sector", gap.what, tr), tr("none recorded"), ""),
        missing.FIELD: (tr("Field without an actor"), field, tr("none recorded"), ""),
        missing.UNIT: (tr("City without an actor"), gap.name, tr("none recorded"), at("place", gap.what, tr)),
        missing.NEAR: (
            tr("Near field, not specialised"),
            field,
            tr(
                "relatedness density {density}%, {n} memberships in the region",
                density=tr.number(gap.value, 0),
                n=tr.number(gap.size),
            )
            + few,
            "",
        ),
        missing.PARTNER: (
            tr("Complementary partner without a recorded tie"),
            gap.name,
            tr(
                "holds fields near to {field}; would add {value} points of density",
                field=field,
                value=tr.number(gap.value, 1),
            ),
            at("place", gap.who, tr),
        ),
        missing.STEP: (
            tr("Actor two steps away"),
            gap.name,
            tr.plural(
                "a field in common and {n} common partner",
                "a field in common and {n} common partners",
                int(gap.value) if gap.kind == missing.STEP else 0,
            ),
            at("actor", gap.who, tr),
        ),
        missing.RECORD: (tr("Missing in the entry"), _records(tr).get(gap.what, gap.what), "", ""),
    }[gap.kind]
    name, what, how, where = told
    return {"id": str(number), "name": name, "what": what, "told": how, "at": where}


def _records(tr: Translator) -> dict[str, str]:
    return {
        "field": tr("no field"),
        "tie": tr("no tie and no joint project"),
        "project": tr("no funded project"),
        "website": tr("no website"),
        "source": tr("no source"),
        "place": tr("seat not checked"),
    }


def brokerage(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """An actor's position in the network of the region, each figure with what it means."""
    title, one = tr("Position in the network"), subject_of(atlas, selection)
    columns = (
        Column("name", tr("Figure")),
        Column("value", tr("Value")),
        Column("told", tr("What it means"), wide=True),
    )
    if one is None or one.kind != "actor":
        return nothing_asked(tr, title)
    finding = atlas.brokerage()
    frame = finding.frame("actors")
    mine = frame[(frame["actor"] == one.key).to_numpy()]
    if mine.empty:
        note = tr("Only ties between actors of the region count: this one sits outside.")
        return Sheet(f"{name_of(one, tr)}: {title}", columns, (), (note,))
    return Sheet(f"{name_of(one, tr)}: {title}", columns, _figures(mine.iloc[0], frame, tr), (), finding.sources)


def _figures(row: pd.Series, frame: pd.DataFrame, tr: Translator) -> list[dict[str, object]]:
    error, value = float(row["betweenness_se"]), tr.number(float(row["betweenness"]), 4)
    sampled = tr("{value} ± {error} (standard error)", value=value, error=tr.number(error, 4))
    lower = tr.share(float((frame["betweenness"] < row["betweenness"]).mean()))
    told = [
        (
            "degree",
            tr("Linked actors"),
            tr.number(float(row["degree"])),
            tr("actors of the region with a tie or a joint project"),
        ),
        (
            "betweenness",
            tr("Betweenness"),
            value if math.isnan(error) or error == 0 else sampled,
            tr(
                "share of the shortest ways between others that pass here; {share} of the actors have less", share=lower
            ),
        ),
        (
            "constraint",
            tr("Constraint"),
            tr.number(float(row["constraint"]), 2),
            tr("near 0: its partners are not tied to each other, it can mediate; near 1: they are"),
        ),
        (
            "effective_size",
            tr("Effective size"),
            tr.number(float(row["effective_size"]), 1),
            tr("number of partners less those that are tied to each other anyway"),
        ),
        (
            "articulation",
            tr("Articulation point"),
            tr("yes") if bool(row["articulation"]) else tr("no"),
            tr("yes: without it, others would be cut off from the rest"),
        ),
    ]
    why = reason(str(row["reason"]), tr)
    return [
        {
            "id": key,
            "name": name,
            "value": value,
            "told": f"{meaning} ({why})" if why and value == UNDEFINED else meaning,
        }
        for key, name, value, meaning in told
    ]
