from dataclasses import replace

import pytest

from ecosystem.matching.places import Gazetteer, read_postcodes
from ecosystem.sources.record import Origin, RawActor

ORIGIN = Origin("list.csv")


def raw(number=1, name="Muster GmbH", **facts):
    return RawActor(str(number), name, ORIGIN, **facts)


@pytest.fixture(scope="module")
def gazetteer(ruhr):
    return Gazetteer.of(ruhr)


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("MUELHEIM A.D. RUHR", "05117000"),
        ("Mülheim a. d. R.", "05117000"),
        ("Mülheim/Ruhr", "05117000"),
        ("M?lheim an der Ruhr", "05117000"),
        ("LUNEN", "05978024"),
        ("Essen-Kray", "05113000"),
        ("Kray (Essen)", "05113000"),
        ("Essen, Stadt", "05113000"),
        ("Kamp Lintfort", "05170020"),
        ("Castrop - Rauxel", "05562004"),
        ("Wetter", "05954032"),
        ("Frankfurt a.M.", "x-frankfurt-am-main"),
        ("Wesel", "05170048"),
    ],
)
def test_spellings_of_registers_are_read(gazetteer, written, place):
    found = gazetteer.place(raw(municipality=written))
    assert (found.place_id, found.evidence, found.conflict) == (place, "table", "")


@pytest.mark.parametrize("written", ["Wetter (Hessen)", "Hagen am Teutoburger Wald", "Kreis Wesel", "Paris"])
def test_what_is_another_place_or_none_alone_stays_open(gazetteer, written):
    assert gazetteer.place(raw(municipality=written)).place_id is None


def test_a_slip_is_placed_with_doubt_and_says_so(gazetteer):
    found = gazetteer.place(raw(municipality="Gelsenkrichen"))
    assert (found.place_id, found.evidence) == ("05513000", "doubtful")
    assert "may be Gelsenkirchen" in found.conflict


def test_the_district_is_decided_by_its_only_place_that_has_the_postcode(ruhr):
    found = Gazetteer.of(ruhr, {"46483": ["05170048"]}).place(raw(municipality="Kreis Wesel", postcode="46483"))
    assert found.place_id == "05170048"


def test_country_and_nuts_contradict_a_namesake(gazetteer):
    abroad = gazetteer.place(raw(municipality="Essen", country="BE"))
    elsewhere = gazetteer.place(raw(municipality="Essen", nuts="DE94B"))
    assert abroad.place_id is None
    assert "country BE" in abroad.conflict
    assert elsewhere.place_id is None
    assert "NUTS DE94B" in elsewhere.conflict


def test_a_point_lies_in_its_outline_and_far_away_in_none(gazetteer):
    assert gazetteer.place(raw(lat=51.45, lon=7.01)).place_id == "05113000"
    assert gazetteer.place(raw(lat=52.5, lon=13.4)).place_id is None


def test_without_outlines_the_nearest_point_within_the_limit_counts(ruhr):
    bare = Gazetteer.of(replace(ruhr, boundaries=None))
    assert bare.place(raw(lat=51.45, lon=7.05)).place_id == "05113000"
    assert bare.place(raw(lat=50.0, lon=7.05)).place_id is None


def test_postcodes_are_learnt_and_namesakes_shown_as_conflicts(gazetteer):
    towns = (("Hagen", "58095"), ("Schwerte", "58239"), ("Witten", "58452"), ("Essen", "45127"), ("Bochum", "44787"))
    more = (("Dortmund", "44135"), ("Gladbeck", "45964"))
    rows = [raw(f"{town}{at}", f"Muster {at} GmbH", municipality=town, postcode=code)
            for town, code in (*towns, *more) for at in range(3)]  # fmt: skip
    rows += [raw(f"h{at}", f"Beispiel {at} GmbH", municipality="Hagen", postcode="24576") for at in range(9)]
    learnt = gazetteer.learn(rows)
    assert learnt.postcodes["58095"] == {"05914000"}
    assert "24576" not in learnt.postcodes
    conflict = learnt.place(raw(municipality="Hagen", postcode="24576"))
    assert conflict.place_id is None
    assert conflict.conflict == "municipality “Hagen” says Hagen; postcode 24576 says elsewhere"
    assert learnt.place(raw(postcode="D-58095")).place_id == "05914000"


def test_a_postcode_that_rows_of_other_towns_share_is_not_learnt(gazetteer):
    rows = [raw(at, f"Muster {at}", municipality="Essen", postcode="45127") for at in range(3)]
    rows += [raw(10 + at, f"Beispiel {at}", municipality="Remscheid", postcode="45127") for at in range(3)]
    assert gazetteer.learn(rows).postcodes == {}


def test_two_of_three_signals_place_with_doubt(ruhr):
    found = Gazetteer.of(ruhr, {"45127": ["05113000"]}).place(
        raw(municipality="Bochum", postcode="45127", lat=51.45, lon=7.01)
    )
    assert (found.place_id, found.evidence) == ("05113000", "doubtful")
    assert "Bochum" in found.conflict


def test_the_town_in_the_name_counts_where_no_address_is_given(gazetteer):
    assert gazetteer.place(raw(name="Stadtwerke Hamm")).evidence == "name"
    assert gazetteer.place(raw(name="Universität Duisburg-Essen")).place_id is None


def test_postcodes_of_a_region_folder_are_read(tmp_path):
    (tmp_path / "postcodes.csv").write_text("place_id,postcode\n05113000,45127\n05113000,45128\n", encoding="utf-8")
    assert read_postcodes(tmp_path) == {"45127": {"05113000"}, "45128": {"05113000"}}
    assert read_postcodes(tmp_path / "none") == {}
