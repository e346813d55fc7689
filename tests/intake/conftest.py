"""A copy of the toy region to import into, and a reading of three towns with every fate in it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from bytewise import at

from ecosystem.regions import locate
from ecosystem.sources.record import (
    Provenance,
    RawActor,
    RawParticipation,
    RawProject,
    RawTie,
    Reading,
    Reject,
)

if TYPE_CHECKING:
    from pathlib import Path

KEYWORDS = (
    "field_id,kind,keyword,language,weight,note\n"
    "energy,word,*wärmepumpe*,de,1,\nenergy,call,Energie.XX,de,1,\ncare,word,*pflege*,de,1,\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The toy region with keywords, as a folder of its own."""
    to = tmp_path / "toy"
    shutil.copytree(locate("toy"), to)
    (to / "keywords.csv").write_text(KEYWORDS, "utf-8")
    return to


@pytest.fixture
def reading() -> Reading:
    """Rows with every fate: new, known, the same twice, a person, outside, without place, without sector, broken."""
    actors = (
        RawActor("new", "Wärmepumpen Bestadt GmbH", at(2), municipality="Bestadt", url="wp.example.org"),
        RawActor("known", "AHAUSER WERKE AG", at(3), other_names=("AW",), municipality="Ahausen"),
        RawActor("twice-1", "Pflegeheim Cedorf gGmbH", at(4), municipality="Cedorf"),
        RawActor("twice-2", "PFLEGEHEIM CEDORF gGmbH", at(5), municipality="Cedorf"),
        RawActor("person", "Erika Mustermann", at(6), municipality="Ahausen"),
        RawActor("outside", "Fernwerk GmbH", at(7), municipality="Ferndorf", postcode="99999"),
        RawActor("nowhere", "Irgendwo GmbH", at(8)),
        RawActor("sectorless", "Dings", at(9), municipality="Ahausen"),
    )
    projects = (
        RawProject("10", "Wärmepumpe im Quartier", at(2), programme="Test 2021-2027", start="2022-03-01"),
        RawProject("p-care", "Etwas", at(4), summary="Neue Pflege", start="2023-01-01"),
        RawProject("p-far", "Fernes", at(7)),
        RawProject("p-person", "Eigenes", at(6)),
        RawProject("p-none", "Leeres", at(20)),
    )
    participations = (
        RawParticipation("10", "new", at(2), funding_eur=1000.5),
        RawParticipation("10", "known", at(3), funding_eur=200.0),
        RawParticipation("10", "known", at(10), funding_eur=50.0),
        RawParticipation("10", "outside", at(11), funding_eur=1.0),
        RawParticipation("10", "person", at(12), funding_eur=1.0),
        RawParticipation("p-care", "twice-1", at(4), funding_eur=-5.0),
        RawParticipation("p-care", "twice-2", at(5)),
        RawParticipation("p-far", "outside", at(7)),
        RawParticipation("p-person", "person", at(6)),
        RawParticipation("10", "sectorless", at(9)),
        RawParticipation("10", "nowhere", at(8)),
        RawParticipation("10", "ghost", at(13)),
        RawParticipation("ghost", "new", at(14)),
    )
    ties = (
        RawTie("new", "known", "kooperiert mit", at(15), 2020),
        RawTie("known", "new", "partner", at(16)),
        RawTie("new", "known", "liebt", at(17)),
        RawTie("new", "outside", "member of", at(18)),
        RawTie("known", "twice-1", "funded by", at(19)),
    )
    reject = Reject(at(21), "name", "", "no name of an organisation", "Fill in the name.")
    provenance = Provenance(
        "List of operations", "the tests", "https://example.org/list", "CC0", "2026", "2026-11-01", "sha256:abcdef0123"
    )
    return Reading("operations", provenance, actors, projects, participations, ties, (reject,), 21)
