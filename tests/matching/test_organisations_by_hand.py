from dataclasses import replace

import pytest

from ecosystem import tables
from ecosystem.matching import organisations
from ecosystem.matching.organisations import propose
from ecosystem.sources.record import Origin, RawActor

ORIGIN = Origin("list.csv")
TOWN = {"Essen": "05113000", "Bochum": "05911000", "Herne": "05916000", "Dortmund": "05913000"}


@pytest.fixture(scope="module")
def region(ruhr):
    """The Ruhr's places with invented actors."""

    def build(*actors):
        empty = tables.empty("actors")
        rows = [
            {"actor_id": f"a{at}", "name": name, "place_id": TOWN[town], "short_name": short, "ror_id": ror}
            for at, (name, town, short, ror) in enumerate(actors)
        ]
        frame = empty.reindex(range(len(rows))).fillna("")
        return replace(ruhr, actors=frame.assign(**{key: [row[key] for row in rows] for key in rows[0]}))

    return build


def raw(name, town="", number="r", **facts):
    return RawActor(number, name, ORIGIN, municipality=town, country="DE", **facts)


def verdict(known, row, decisions=None):
    return [(one.actor_id, one.verdict) for one in propose([row], known, decisions) if not one.within]


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("Beispiel Werkzeugbau GmbH", "BEISPIEL WERKZEUGBAU GMBH"),
        ("Beispiel Werkzeugbau GmbH", "Beispiel Werkzeugbau"),
        ("Müller-Muster Prüftechnik GmbH & Co. KG", "MUELLER MUSTER PRUEFTECHNIK GMBH & CO KG"),
        ("Zentrum für BrennstoffzellenMuster", "Zentrum für Brennstoffzellen Muster"),
        ("Stadt Essen", "Stadtverwaltung Essen"),
        ("Universität Musterland", "University of Musterland"),
        ("Forschungsinstitut für Proben e.V.", "FIP – Forschungsinstitut für Proben e. V."),
    ],
)
def test_spellings_of_one_organisation_in_one_town_are_the_same(region, known, written):
    assert verdict(region((known, "Essen", "", "")), raw(written, "Essen")) == [("a0", "same")]


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("Beispiel Werkzeugbau e.V.", "Beispiel Werkzeugbau GmbH"),
        ("Zentrum für angewandte Musterkunde", "ZAM"),
        ("Proband Gesellschaft für Versuchsplanung mbH", "Proband GmbH"),
        ("Universität Musterland", "Universität Musterland, Lehrstuhl für Proben"),
        ("Stadt Essen", "Stadt Essen - Dezernat für Proben"),
    ],
)
def test_what_is_likely_but_not_sure_is_asked(region, known, written):
    assert verdict(region((known, "Essen", "", "")), raw(written, "Essen")) == [("a0", "ask")]


@pytest.mark.parametrize(
    ("known", "town", "written", "where"),
    [
        ("Rat der Stadt Essen", "Essen", "Stadt Essen", "Essen"),
        ("Stadtwerke Herne AG", "Herne", "Stadtwerke Bochum GmbH", "Bochum"),
        ("Stadtwerke Herne AG", "Herne", "Stadtwerke Bochum GmbH", ""),
        ("Muster Stiftung", "Essen", "Klinik Muster", "Essen"),
        ("Beispiel Logistik GmbH", "Essen", "Beispiel Energie GmbH", "Essen"),
        ("Verband der Proben", "Dortmund", "ZAM", "Dortmund"),
    ],
)
def test_different_bodies_are_not_proposed(region, known, town, written, where):
    assert verdict(region((known, town, "", "")), raw(written, where)) == []


def test_the_same_name_in_another_town_is_asked(region):
    known = region(("Beispiel Werkzeugbau GmbH", "Essen", "", ""))
    assert verdict(known, raw("Beispiel Werkzeugbau GmbH", "Bochum")) == [("a0", "ask")]


def test_equal_ids_decide_and_different_ones_too(region):
    known = region(("Beispiel Werkzeugbau", "Essen", "", "https://ror.org/0abc"))
    renamed = raw("Ganz anders GmbH", "Bochum", ids=(("ror", "0ABC"),))
    other = raw("Beispiel Werkzeugbau", "Essen", ids=(("ror", "https://ror.org/0xyz"),))
    assert verdict(known, renamed) == [("a0", "same")]
    assert verdict(known, other) == []


def test_two_equally_good_actors_are_both_asked_about(region):
    known = region(("Beispiel GmbH", "Essen", "", ""), ("Beispiel", "Essen", "", ""))
    assert verdict(known, raw("Beispiel", "Essen")) == [("a0", "ask"), ("a1", "ask")]


def test_rows_of_one_reading_are_proposed_for_each_other_once(region):
    known = region(("Etwas anderes e.V.", "Herne", "", ""))
    rows = [raw("Muster Anlagenbau GmbH", "Essen", "1"), raw("MUSTER ANLAGENBAU", "Essen", "2")]
    (found,) = propose(rows, known)
    assert (found.raw_id, found.actor_id, found.within, found.verdict) == ("1", "2", True, "same")


def test_every_proposal_says_why(region):
    (found,) = propose([raw("Beispiel GmbH", "Essen")], region(("Beispiel e.V.", "Essen", "", "")))
    assert found.reasons == ("same words", "legal forms differ: GmbH and e.V.", "same place")
    assert found.score == pytest.approx(0.92)


class TestDecisions:
    def test_merge_apart_and_later_override_the_score(self, region):
        known = region(("Beispiel Werkzeugbau", "Essen", "", ""), ("Ganz anders", "Herne", "", ""))
        row = raw("Beispiel Werkzeugbau", "Essen")
        mark = organisations.key(row)
        assert verdict(known, row, {(mark, "a1"): "merge"}) == [("a1", "same")]
        assert verdict(known, row, {(mark, "a0"): "apart"}) == []
        assert verdict(known, row, {(mark, "a0"): "later"}) == [("a0", "ask")]

    def test_they_survive_another_edition_of_the_source(self, region):
        known = region(("Beispiel Werkzeugbau", "Essen", "", ""))
        first, again = raw("Beispiel  Werkzeugbau", "ESSEN", "7"), raw("BEISPIEL WERKZEUGBAU", "Essen", "4711")
        assert organisations.key(first) == organisations.key(again)
        assert verdict(known, again, {(organisations.key(first), "a0"): "apart"}) == []

    def test_they_hold_between_rows(self, region):
        known = region(("Etwas anderes e.V.", "Herne", "", ""))
        one, two = raw("Muster Anlagenbau GmbH", "Essen", "1"), raw("Probe Energie AG", "Bochum", "2")
        marks = tuple(sorted((organisations.key(one), organisations.key(two))))
        (found,) = propose([one, two], known, {marks: "merge"})
        assert (found.within, found.verdict, found.keys) == (True, "same", marks)

    def test_an_id_makes_the_key(self):
        assert organisations.key(raw("Beispiel", "Essen", ids=(("pic", "99 11"), ("ror", "0abc")))) == "ror:0abc"
