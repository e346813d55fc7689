"""Whatever a reading holds: nothing is lost, counts add up, what comes out is valid, twice is as good as once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bytewise import at
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem import intake, tables
from ecosystem.intake import Fate
from ecosystem.regions import locate
from ecosystem.sources.record import Provenance, RawActor, RawParticipation, RawProject, RawTie, Reading, Reject

if TYPE_CHECKING:
    from ecosystem.tables import Tables

IDS = st.sampled_from(["a", "b", "c", "d", "e", "17", "x y", "ö|,", "a-works"])
NAMES = st.one_of(
    st.sampled_from([
        "Ahauser Werke AG", "AHAUSER WERKE", "Stadt Bestadt", "Neue Energie GmbH", "Erika Mustermann", "Institut für X",
        "Dings", "=1+1", "Verein | Bund e.V.", "<b>GmbH</b>", "株式会社", "Cedorfer Motoren AG", "\x00", " ", "a" * 300,
    ]),
    st.text(max_size=12),
)  # fmt: skip
TOWNS = st.sampled_from(["", "Ahausen", "BESTADT", "Cedorf", "Ferndorf", "Ahausen-Nord", "?"])
ROWS = st.integers(min_value=2, max_value=40)
ACTORS = st.builds(
    RawActor, IDS, NAMES, ROWS.map(at), other_names=st.lists(NAMES, max_size=2).map(tuple), municipality=TOWNS,
    postcode=st.sampled_from(["", "12345", "x"]), country=st.sampled_from(["", "DE", "FR"]),
    kinds=st.sampled_from([(), (("cordis", "HES"),), (("ror", "company"),)]),
    ids=st.sampled_from([(), (("ror", "https://ror.org/04tsk2644"),), (("ror", "zzz"),)]),
    parent=st.one_of(st.just(""), IDS),
    url=st.sampled_from(["", "example.org", "http://", "https://example.org/a b", "javascript:alert(1)"]),
    lat=st.sampled_from([None, 51.05, 0.0]), lon=st.sampled_from([None, 7.05, 0.0]),
)  # fmt: skip
PROJECTS = st.builds(
    RawProject, IDS, NAMES, ROWS.map(at), summary=st.text(max_size=20),
    programme=st.text(max_size=5), call=st.text(max_size=5),
    start=st.sampled_from(["", "2021-02-03", "1500", "abc", "9999-01-01", "2022"]),
)  # fmt: skip
MONEY = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False, min_value=-1e6, max_value=1e9))
PARTICIPATIONS = st.builds(RawParticipation, IDS, IDS, ROWS.map(at), funding_eur=MONEY)
WORDS = st.sampled_from(["partner", "funds", "successor", "?", "", "has member"])
TIES = st.builds(RawTie, IDS, IDS, WORDS, ROWS.map(at), st.sampled_from([None, 1990, 99999]))
REJECTS = st.builds(Reject, ROWS.map(at), st.just("name"), st.just(""), st.just("no name"), st.just("Fill it in."))
READINGS = st.builds(
    Reading, st.sampled_from(["operations", "graph"]), st.just(Provenance("A list", checksum="sha256:0123456789")),
    st.lists(ACTORS, max_size=8).map(tuple), st.lists(PROJECTS, max_size=5).map(tuple),
    st.lists(PARTICIPATIONS, max_size=8).map(tuple), st.lists(TIES, max_size=5).map(tuple),
    st.lists(REJECTS, max_size=2).map(tuple),
)  # fmt: skip


@cache
def toy() -> Tables:
    return tables.read(locate("toy"))


@settings(max_examples=60)
@given(READINGS, st.sampled_from(["keep", "drop"]))
def test_nothing_is_lost_and_twice_is_as_good_as_once(reading: Reading, outside: intake.Outside) -> None:
    plan = intake.plan(toy(), reading, outside=outside)
    for kind in ("actors", "projects", "participations", "ties"):
        assert plan.tally.of_kind(kind) == len(getattr(reading, kind)), kind
    taken = {Fate.NEW, Fate.KNOWN, Fate.JOINED}
    # every row of the file that gave nothing stands in the list of those left, with a reason
    told = {one.origin for one in plan.left}
    assert {one.origin for one in reading.rejects} <= told
    assert all(one.reason and one.cure for one in plan.left)
    lost = sum(plan.tally.of_kind(kind, *set(Fate) - taken) for kind in plan.tally.counts)
    assert bool(lost or reading.rejects) == bool([one for one in plan.left if one.fate not in taken])
    # what results is a region: the same checks as for a file
    texts = {name: text.encode() for name, text in tables.texts(plan.tables).items()}
    assert tables.texts(tables.checked(texts, "again")) == tables.texts(plan.tables)
    new = {change.table: len(change.added) for change in plan.changes}
    assert new.get("projects", 0) == plan.tally.of_kind("projects", Fate.NEW)
    assert new.get("participations", 0) == plan.tally.of_kind("participations", Fate.NEW)
    assert new.get("actors", 0) == plan.tally.of_kind("actors", Fate.NEW)
    assert all(change.removed.empty for change in plan.changes)
    again = intake.plan(plan.tables, reading, outside=outside)
    assert again.changes == ()
