"""What the page on specialisation counts: the toy region by hand (data/toy/README.md), the Ruhr by what must hold."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import pytest

from dashboards.components.changes import told, variety_words
from dashboards.components.quotients import p_words
from dashboards.components.specialisation import PARTS
from dashboards.language import translator
from dashboards.pages.specialisation import SHEETS
from dashboards.state import Selection
from dashboards.views.balance import balance
from dashboards.views.indices import INDICES, indices
from dashboards.views.nearest import changes, diversification, options, variety
from dashboards.views.quotients import quotients
from dashboards.views.related import related

if TYPE_CHECKING:
    from typing import Any

    from ecosystem.atlas import Atlas

EN = translator("en")


def chosen(query: str = "") -> Selection:
    return Selection.from_query(query)


def test_quotients_of_threetown(toy: Atlas) -> None:
    view = quotients(toy, chosen())
    ahausen = next(cell for cell in view.cells if (cell.place, cell.field) == (view.places.ids[0], "energy"))
    assert view.places.names == ("Ahausen", "Bestadt", "Cedorf")
    assert (view.sizes, view.field_sizes, view.total) == ((5, 4, 2), (6, 5), 11)
    assert (ahausen.x, ahausen.n) == (4, 5)
    assert ahausen.lq == pytest.approx(22 / 15)
    assert ahausen.expected == pytest.approx(5 * 6 / 11)
    # one of its four less: (3/4) / (5/10); one more: (5/6) / (7/12)
    assert view.moved(ahausen, -1) == pytest.approx(1.5)
    assert view.moved(ahausen, 1) == pytest.approx(10 / 7)
    assert math.isnan(view.moved(next(cell for cell in view.cells if cell.x == 1), -2))


def test_place_and_field_filters_hide_and_sector_filters_change_the_reference(toy: Atlas) -> None:
    whole = quotients(toy, chosen()).by_key
    hidden = quotients(toy, chosen("f=energy&r=XX111"))
    assert hidden.by_key == {key: cell for key, cell in whole.items() if key in hidden.by_key}
    assert len(hidden.cells) == 1
    assert hidden.total == 11
    fewer = quotients(toy, chosen("s=industry"))
    # a-works, a-grid and c-motors on energy, b-labs on care
    assert fewer.total == 4
    assert fewer.field_sizes == (3, 1)


def test_rows_are_in_the_order_asked_for(ruhr: Atlas) -> None:
    by_size = quotients(ruhr, chosen("sort=size"))
    assert list(by_size.sizes) == sorted(by_size.sizes, reverse=True)
    by_name = quotients(ruhr, chosen("sort=name")).places.names
    assert list(by_name) == sorted(by_name)
    west = quotients(ruhr, chosen()).places.names
    assert west.index("Duisburg") < west.index("Essen") < west.index("Dortmund") < west.index("Hamm")
    assert {*quotients(ruhr, chosen("sort=similarity")).places.ids} == {*by_size.places.ids}


def test_supported_cells_of_the_ruhr_are_those_below_alpha(ruhr: Atlas) -> None:
    view = quotients(ruhr, chosen("un=municipality"))
    assert len(view.cells) == 53 * 6
    assert {cell for cell in view.cells if cell.lq >= 1 and cell.q <= view.alpha} == {*view.supported}
    assert view.tested == 6 * sum(size > 0 for size in view.sizes)
    assert all(cell.low <= cell.lq <= cell.high for cell in view.cells if cell.x > 0)
    assert all(math.isnan(cell.lq) for cell in view.cells if cell.n == 0)
    many = [cell.x for cell in view.supported]
    assert many == sorted(many, reverse=True)


def test_pairs_of_threetown(toy: Atlas) -> None:
    view = related(toy, chosen("rel=jaccard"))
    (pair,) = view.pairs
    # a-college and b-institute are on both, of six on energy and five on care
    assert (pair.shared, view.informative, view.actors, view.sizes) == (2, 2, 9, (6, 5))
    assert pair.few
    # zero-diagonal: both fields have two ties, the two they share
    assert pair.phi == pytest.approx(1.0)


def test_the_next_field_is_missing_and_the_nearest(ruhr: Atlas) -> None:
    view = diversification(ruhr, chosen())
    assert (view.place, view.unknown) == (view.largest, "")
    for place in view.places.ids:
        step = view.nearest(place)
        missing = [one for one in view.of(place) if one.missing]
        assert all(0 <= one.density <= 100 for one in view.of(place))
        assert step is None or step.density == max(one.density for one in missing)


def test_a_place_of_either_level_can_be_looked_at(ruhr: Atlas) -> None:
    for place, name in options(ruhr):
        view = diversification(ruhr, chosen(f"pl={place}"))
        assert (view.place, view.name, view.unknown) == (place, name, "")
        assert len(view.of(place)) == 6
    # Duisburg is a unit of one municipality: it stands there once
    assert len([name for _, name in options(ruhr) if name == "Duisburg"]) == 1
    lost = diversification(ruhr, chosen("pl=nowhere"))
    assert (lost.place, lost.unknown) == (lost.largest, "nowhere")


def test_indices_rank_large_places_before_small_ones(ruhr: Atlas) -> None:
    for index in INDICES:
        view = indices(ruhr, chosen(f"cx={index}&un=municipality"))
        few = [bool(row["few_actors"]) for row in view.ranked]
        assert few == sorted(few)
        large = [row[index] for row in view.ranked if not row["few_actors"]]
        assert large == sorted(large, reverse=True)
    assert indices(ruhr, chosen("cx=nonsense")).index == INDICES[0]


def test_sectors_of_threetown(toy: Atlas) -> None:
    view = balance(toy, chosen())
    assert [mix.counts for mix in view.places] == [(2, 1, 1, 1, 0), (1, 1, 0, 1, 1), (1, 0, 1, 0, 1)]
    assert view.region.counts == (4, 2, 2, 2, 2)
    assert [mix.present for mix in view.places] == [4, 4, 3]
    assert view.places[2].evenness == pytest.approx(math.log(3) / math.log(5))
    assert all(mix.few_actors for mix in view.places)
    assert view.synergy.excess == pytest.approx(view.synergy.t - view.synergy.expected)


def test_change_and_variety_say_why_there_is_none(toy: Atlas, bare: Atlas, ruhr: Atlas) -> None:
    assert "Not defined" in told(changes(bare, chosen()), EN)
    assert "not defined" in variety_words(variety(toy, chosen()), EN)
    moved = changes(ruhr, chosen())
    assert {row["change"] for row in moved.cells} <= {"entered", "left", "kept", "not held", ""}
    assert str(sum(row["change"] == "left" for row in moved.cells)) in told(moved, EN)


def test_a_p_is_never_0() -> None:
    assert p_words(1e-9, EN) == "less than 0.0001"
    assert p_words(0.0312, EN) == "0.0312"


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("query", ["", "f=", "r=", "s=politics", "cl=", "un=municipality"])
def test_every_sheet_has_its_columns_and_one_id_a_row(
    toy: Atlas, bare: Atlas, ruhr: Atlas, name: str, query: str
) -> None:
    for atlas in (toy, bare, ruhr):
        sheet = SHEETS[name](atlas, chosen(query), EN)
        assert sheet.title
        assert len({row["id"] for row in sheet.rows}) == len(sheet.rows)
        assert all({column.key for column in sheet.columns} <= set(row) for row in sheet.rows)


@pytest.mark.parametrize("part", [*PARTS, "nonsense"])
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("query", ["", "f=", "s=politics&ci=1", "cl=c99", "r=nowhere"])
def test_every_part_answers_with_a_sentence(
    toy: Atlas, bare: Atlas, browse: Any, words: Any, part: str, language: str, query: str
) -> None:
    shown = {"": "matrix", "nonsense": "matrix"}.get(part, part)
    for atlas in (toy, bare):
        browser = browse(atlas)
        (output,) = [one for one in browser.callbacks if f"spec-{shown}-finding.children" in one]
        given = {"query.data": f"part={part}&lang={language}&{query}", "selected.data": "cell:XX111.care"}
        found = browser.answer(output, given)
        sentence = found[f"spec-{shown}-finding"]["children"]
        assert sentence.endswith(".")
        assert "nan" not in words(sentence)
        findings = re.findall(r"spec-\w+-finding(?=\.children)", output)
        assert len(findings) == 5
        assert [one for one in findings if one in found] == [f"spec-{shown}-finding"]
