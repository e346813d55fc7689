"""What stands out is counted, hedged and leads somewhere; what the data do not give is not said."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
import pytest

from dashboards.components.summary import sentences
from dashboards.language import translator
from dashboards.sitemap import page_at
from dashboards.state import Selection
from dashboards.views.overview import overview
from dashboards.views.polycentric import field_matrix
from dashboards.views.summary import MIN_ACTORS, summary
from ecosystem.measures.specialisation import Support

if TYPE_CHECKING:
    from dashboards.views.summary import Summary
    from ecosystem.atlas import Atlas

BOTH = pytest.mark.parametrize("language", ["de", "en"])


def seen(atlas: Atlas, query: str = "") -> Summary:
    return summary(atlas, Selection.from_query(query))


def test_facts_of_the_toy_region_by_hand(toy: Atlas) -> None:
    found = seen(toy)
    assert found.specialised is not None
    # LQ of 1 and more: Ahausen energy, Bestadt and Cedorf care; none with enough actors
    assert (found.specialised.cells, found.specialised.count, found.specialised.supported) == (3, 0, ())
    assert found.tied is not None
    assert (found.tied.pairs, found.tied.share, found.tied.a, found.tied.b) == (16, 4 / 16, "Ahausen", "Cedorf")
    assert found.poles is not None
    assert found.poles.centres == pytest.approx(2.88)
    # nobody has ten actors on a field or ten memberships
    assert found.spread is found.parallel is None
    assert found.evidence is not None
    # a-council, b-town and c-council state no field and are in no project
    assert (found.evidence.actors, found.evidence.without_field) == (12, 3)


def test_supported_specialisations_are_the_matrix_s(ruhr: Atlas) -> None:
    found = seen(ruhr).specialised
    assert found is not None
    cells = field_matrix(ruhr, Selection()).cells
    states = [cell.state for cell in cells]
    assert found.count == states.count(Support.SUPPORTED)
    assert found.cells == found.count + states.count(Support.TOO_FEW_ACTORS)


def test_widest_and_narrowest_field(ruhr: Atlas) -> None:
    found = seen(ruhr).spread
    assert found is not None
    numbers = {one.field_id: one.effective_units for one in overview(ruhr, Selection()).cards}
    assert (found.widest, found.narrowest) == (
        max(numbers, key=numbers.__getitem__),
        min(numbers, key=numbers.__getitem__),
    )
    assert (found.most, found.least) == pytest.approx((max(numbers.values()), min(numbers.values())))


def test_parallel_without_contact_is_counted_again(ruhr: Atlas) -> None:
    found = seen(ruhr).parallel
    assert found is not None
    at = ruhr.material
    counts = at.counts("district")
    counts = counts[counts.sum(axis=1) >= MIN_ACTORS]
    shares = counts.div(counts.sum(axis=1), axis=0).to_numpy()
    pairs = [(i, j) for i in range(len(counts)) for j in range(i)]
    alike = {(i, j): np.minimum(shares[i], shares[j]).sum() for i, j in pairs}
    middle = np.median(list(alike.values()))
    high = [pair for pair in pairs if alike[pair] >= middle - 1e-12]
    assert found.alike == len(high)
    assert 0 < found.untied < found.alike
    assert found.overlap >= middle


@BOTH
def test_every_sentence_is_whole_and_leads_to_a_page(ruhr: Atlas, language: str) -> None:
    tr = translator(language)
    found = sentences(seen(ruhr), ruhr, tr)
    assert len(found) == 6
    for sentence, path, page in found:
        assert sentence.endswith(".")
        assert not any(sign in sentence for sign in "{}!")
        assert "nan" not in sentence
        assert page_at(urlsplit(path).path) is not None
        assert page


@BOTH
@pytest.mark.parametrize("query", ["f=", "r=nowhere", "s=politics", "t=", "f=care&s=science"])
def test_what_is_not_there_is_not_said(toy: Atlas, bare: Atlas, query: str, language: str) -> None:
    for atlas in (toy, bare):
        for sentence, _, _ in sentences(seen(atlas, query), atlas, translator(language)):
            assert "nan" not in sentence
            assert sentence.endswith(".")
    assert seen(toy, "f=").tied is seen(toy, "f=").evidence is None


def test_without_districts_the_facts_are_of_municipalities(bare: Atlas, ruhr: Atlas) -> None:
    assert (seen(bare).kind, seen(ruhr).kind) == ("municipality", "unit")


def test_projects_by_year_of_a_field(toy: Atlas, ruhr: Atlas) -> None:
    energy, care = overview(toy, Selection()).cards
    years = toy.tables.projects.set_index("project_id")["year"]
    assert sum(n for _, n in energy.years) + energy.undated == 3
    assert dict(energy.years)[int(years["P1"])] >= 1
    # P3 has both fields; industry alone takes part in P1, P2 and P4
    assert [one.projects for one in overview(toy, Selection.from_query("s=industry")).cards] == [2, 1]
    assert care.projects == 2
    for one in overview(ruhr, Selection()).cards:
        assert sum(n for _, n in one.years) + one.undated == one.projects
        assert [year for year, _ in one.years] == list(range(2007, 2016))
