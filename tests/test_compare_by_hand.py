"""Regions side by side: the toy region's numbers are worked out in data/toy/README.md, differences are made here."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from ecosystem import atlas as atlases
from ecosystem import cli
from ecosystem.clusters import ClusterOptions
from ecosystem.compare import Options, compare, compared, portrait, report
from ecosystem.compare.comparison import FIELDS_DIFFER, krugman
from ecosystem.compare.differences import KINDS, Difference, differences
from ecosystem.errors import MeasureError
from ecosystem.model import Field, Label

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas
    from ecosystem.compare import Portrait


@pytest.fixture(scope="module")
def threetown(toy: Atlas) -> Portrait:
    return portrait(toy)


def values(of: Portrait, group: str) -> dict[str, float]:
    return {one.key: one.value for one in of.numbers if one.group == group}


def test_what_is_recorded(threetown: Portrait) -> None:
    assert values(threetown, "headline") == {
        "actors": 12,
        "units": 3,
        "population": 120_000,
        # 12 actors for 120,000 people
        "actors_per_100k": 10,
        "ties": 8,
        # P1 to P4 have two or more participants, P5 has one
        "projects": 4,
    }


def test_sizes_are_5_4_and_3(threetown: Portrait) -> None:
    found = values(threetown, "morphology")
    # twelve squared over the sum of squares, which is 50
    assert found["effective_centres"] == pytest.approx(2.88)
    assert found["primacy_share"] == pytest.approx(5 / 12)
    # Σ(2k − 4)x / (3 · 12) = (−2·3 + 0·4 + 2·5) / 36
    assert found["gini"] == pytest.approx(1 / 9)
    # people: 60, 40 and 20 thousand, 14400 / (3600 + 1600 + 400)
    assert found["effective_centres_people"] == pytest.approx(18 / 7)
    zipf = threetown.number("morphology", "zipf")
    assert math.isnan(zipf.value)
    assert "8 centres" in zipf.reason
    assert math.isnan(zipf.low)


def test_ties_between_three_cities(threetown: Portrait) -> None:
    found = values(threetown, "function")
    # direct ties A–C and B–C, projects A–B (P3) and A–C (P4)
    assert threetown.number("function", "p").n == 4
    # all three pairs are tied, so the network is no star
    assert found["delta"] == 1
    assert found["freeman"] == 0
    # inside: six ties; projects P1, P2 and P4 each join two actors of one city
    assert found["intercity_share"] == pytest.approx(4 / (4 + 6 + 3))
    assert found["p_sf"] == pytest.approx(found["p"])


def test_sectors_are_4_2_2_2_2(threetown: Portrait) -> None:
    found = values(threetown, "helix")
    entropy = -(1 / 3 * math.log(1 / 3) + 4 * (1 / 6) * math.log(1 / 6))
    assert found["evenness"] == pytest.approx(entropy / math.log(5))
    assert [found[one] for one in ("industry", "science", "civil_society")] == pytest.approx([1 / 3, 1 / 6, 1 / 6])
    assert threetown.sectors == (4, 2, 2, 2, 2)


def test_memberships_by_full_counting_are_6_and_5(threetown: Portrait) -> None:
    found = values(threetown, "specialisation")
    entropy = -(6 / 11 * math.log(6 / 11) + 5 / 11 * math.log(5 / 11))
    assert found["effective_fields"] == pytest.approx(math.exp(entropy))
    assert found["effective_fields_q2"] == pytest.approx(121 / 61)
    # no city has ten memberships
    median = threetown.number("specialisation", "krugman_median")
    assert math.isnan(median.value)
    assert (median.reason, median.n) == ("too few actors", 0)
    # energy has 4, 1 and 1 in the cities, care 1, 3 and 1
    apart = abs(4 / 6 - 1 / 5) + abs(1 / 6 - 3 / 5) + abs(1 / 6 - 1 / 5)
    assert portrait_of(threetown, "energy") == pytest.approx((6 / 11, apart))
    energy = next(one for one in threetown.by_field if one.field_id == "energy")
    spread = -(4 / 6 * math.log(4 / 6) + 2 * (1 / 6) * math.log(1 / 6))
    assert energy.effective_units == pytest.approx(math.exp(spread))


def portrait_of(of: Portrait, field_id: str) -> tuple[float, float]:
    one = next(one for one in of.by_field if one.field_id == field_id)
    return one.share, one.krugman


def test_with_a_lower_bar_cities_are_compared(toy: Atlas) -> None:
    found = portrait(toy, Options(min_actors=1)).number("specialisation", "krugman_median")
    # Ahausen 4/5, 1/5 against 2/6, 4/6; Bestadt 1/4, 3/4 against 5/7, 2/7; Cedorf 1/2, 1/2 against 5/9, 4/9
    assert found.value == pytest.approx(sorted([2 * (4 / 5 - 2 / 6), 2 * (3 / 4 - 2 / 7), 2 * (5 / 9 - 1 / 2)])[1])
    assert found.n == 3


def test_clusters_of_five_and_five(threetown: Portrait) -> None:
    found = values(threetown, "clusters")
    first = math.exp(-(3 / 5 * math.log(3 / 5) + 2 / 5 * math.log(2 / 5)))
    second = math.exp(-(4 / 5 * math.log(4 / 5) + 1 / 5 * math.log(1 / 5)))
    assert found["clusters"] == 2
    assert found["effective_cities"] == pytest.approx((first + second) / 2)
    # 2 of 6 and 1 of 5 linked pairs
    assert found["intercity_share"] == pytest.approx(3 / 11)
    modularity = threetown.number("clusters", "modularity")
    assert modularity.value == pytest.approx(23 / 49)
    assert modularity.low <= modularity.value <= modularity.high


def test_a_region_is_no_different_from_itself(toy: Atlas) -> None:
    found = compare([toy, toy, toy])
    assert found.keys == ("toy", "toy-2", "toy-3")
    assert found.differences == ()
    assert [(one.first, one.second) for one in found.pairs] == [(0, 1), (0, 2), (1, 2)]
    assert all((one.fields, one.sectors, one.reason) == (0, 0, "") for one in found.pairs)
    assert found.common == ("energy", "care")


def test_fields_are_compared_by_their_id(toy: Atlas, ruhr: Atlas) -> None:
    found = compare([toy, ruhr])
    assert found.common == ()
    assert math.isnan(found.pairs[0].fields)
    assert found.pairs[0].reason == FIELDS_DIFFER
    # sectors are the model's own and the same everywhere
    shares = [one / 1036 for one in found.portraits[1].sectors]
    assert found.pairs[0].sectors == pytest.approx(
        sum(abs(a - b) for a, b in zip((1 / 3, 1 / 6, 1 / 6, 1 / 6, 1 / 6), shares, strict=True))
    )
    assert {one.kind for one in found.differences} >= {"fields", "size", "coverage", "sources", "seats", "years"}


def test_one_common_field_is_enough_for_its_row(threetown: Portrait) -> None:
    other = Field("water", Label("Wasser", "Water"), Label("Wasser", "Water"))
    renamed = replace(
        threetown,
        fields=(threetown.fields[1], other),
        by_field=(threetown.by_field[1], replace(threetown.by_field[0], field_id="water")),
    )
    found = compared([threetown, renamed])
    assert [name for name, _ in found.field_rows()] == ["care"]
    assert found.differences[0] == Difference("fields", ("energy", "water"))


@pytest.mark.parametrize(("one", "other", "expected"), [((1, 1), (1, 1), 0), ((1, 0), (0, 9), 2), ((3, 1), (1, 3), 1)])
def test_krugman_of_two_profiles(one: tuple[int, ...], other: tuple[int, ...], expected: float) -> None:
    assert krugman(one, other) == pytest.approx(expected)
    assert math.isnan(krugman(one, (0, 0)))


def changed(of: Portrait, **basis: Any) -> Portrait:
    return replace(of, basis=replace(of.basis, **basis))


def only(found: tuple[Difference, ...]) -> Difference:
    (one,) = found
    return one


@pytest.mark.parametrize(
    ("basis", "kind", "second"),
    [
        ({"density": 20.1}, "coverage", 20.1),
        ({"ties": 0}, "missing", "ties"),
        ({"projects": 0, "flows": 0}, "missing", "projects, flows"),
        ({"kinds": (("page", 1.0),)}, "sources", 0.0),
        ({"ties_by_strength": (("0", 0.0), ("1", 0.3), ("2", 0.7), ("3", 0.0))}, "evidence", 0.7),
        ({"seats_by_strength": (("0", 0.5), ("1", 0.0), ("2", 0.0), ("3", 0.5))}, "seats", 0.5),
        ({"read": "2025-10"}, "read", "2025-10"),
        ({"read": ""}, "read", ""),
        ({"project_years": (2016, 2022)}, "years", "2016–2022"),
    ],
)
def test_what_differs_is_told(threetown: Portrait, basis: dict[str, Any], kind: str, second: float | str) -> None:
    found = only(differences([threetown, changed(threetown, **basis)]))
    assert found.kind == kind
    assert found.values[1] == second


@pytest.mark.parametrize(
    "basis",
    [
        {"density": 20.0},
        {"density": 5.0},
        {"ties": 900},
        {"read": "2025-11"},
        {"project_years": (2017, 2025)},
        {"project_years": None},
        {"seats_by_strength": (("0", 0.0), ("1", 0.0), ("2", 0.19), ("3", 0.81))},
        {"ties_by_strength": ()},
    ],
)
def test_small_differences_are_not(threetown: Portrait, basis: dict[str, Any]) -> None:
    assert differences([threetown, changed(threetown, **basis)]) == ()


def test_an_unknown_population_is_told_and_not_compared(threetown: Portrait) -> None:
    nan = float("nan")
    found = only(differences([threetown, changed(threetown, population=nan, density=nan)]))
    assert found.kind == "population"
    assert "not known" in report.sentence(found, ("A", "B"))


def test_other_options_of_the_search_are_told(threetown: Portrait) -> None:
    other = replace(threetown, search=ClusterOptions(resolution=2.0))
    assert only(differences([threetown, other])).kind == "search"


def test_every_kind_has_a_sentence() -> None:
    for kind in KINDS:
        told = report.sentence(Difference(kind, (0.5, 0.25), "3"), ("A", "B"))
        assert "A " in told
        assert "{" not in told


def test_one_region_is_no_comparison(toy: Atlas, threetown: Portrait) -> None:
    with pytest.raises(MeasureError, match="two or more"):
        compare([toy])
    with pytest.raises(MeasureError, match="different options"):
        compared([threetown, replace(threetown, options=Options(level="district"))])


def test_a_region_of_next_to_nothing_says_why(toy: Atlas) -> None:
    from ecosystem import tables

    gone = ("actor_fields", "ties", "projects", "participations", "city_fields", "flows")
    none: dict[str, Any] = {name: tables.empty(name) for name in gone}
    places = toy.tables.places.head(1).assign(population=math.nan)
    bare = atlases.build(
        replace(toy.tables, **none, places=places, actors=toy.tables.actors.head(2), digest="c" * 64), cache=False
    )
    found = compare([toy, bare])
    for one in found.portraits[1].numbers:
        assert math.isnan(one.value) == bool(one.reason), one
    told = {one.key: one.reason for one in found.portraits[1].numbers if one.reason}
    assert told["population"] == told["actors_per_100k"] == "population not stated for every place"
    assert told["effective_cities"] == "no cluster"
    assert told["modularity"] == "no ties"
    assert all(one.reason == "empty field" for one in found.portraits[1].by_field)
    assert {"population", "missing"} <= {one.kind for one in found.differences}
    assert math.isnan(found.pairs[0].fields)
    assert found.pairs[0].reason == "no field recorded"


def answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["ecosystem", "compare", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def test_the_command_gives_the_same_numbers_in_every_form(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], toy: Atlas, ruhr: Atlas
) -> None:
    found = compare([toy, ruhr])
    code, out, _ = answered(monkeypatch, capsys, "toy", "ruhr", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    cells = {(row["group"], row["measure"], row["region"]): row for row in rows}
    assert float(cells["morphology", "effective_centres", "toy"]["value"]) == pytest.approx(2.88)
    assert cells["morphology", "zipf", "toy"]["value"] == ""
    assert "8 centres" in cells["morphology", "zipf", "toy"]["reason"]
    assert float(cells["headline", "actors", "ruhr"]["value"]) == found.portraits[1].basis.actors
    code, out, _ = answered(monkeypatch, capsys, "toy", "ruhr", "--format", "json")
    told = json.loads(out)
    assert [one["key"] for one in told["regions"]] == ["toy", "ruhr"]
    assert [one["kind"] for one in told["warnings"]] == [one.kind for one in found.differences]
    assert len(told["numbers"]) == len(rows)
    code, out, _ = answered(monkeypatch, capsys, "toy", "ruhr")
    assert "Threetown" in out
    assert "Coverage differs" in out
    assert "not estimated: fewer than 8 centres" in out


@pytest.mark.parametrize(
    ("arguments", "told"), [(("toy",), "two or more regions"), (("toy", "atlantis"), "Known regions")]
)
def test_what_cannot_be_compared_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    code, out, err = answered(monkeypatch, capsys, *arguments)
    assert (code, out) == (1, "")
    assert told in err
    assert "Traceback" not in err
