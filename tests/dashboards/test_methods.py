"""Every measure is explained, its formula can be read and heard, and its example tells the numbers of the data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from dash import html

from dashboards.components.formula import formula, spoken
from dashboards.components.methodlist import GROUPS, topics
from dashboards.components.readings import READINGS, reading
from dashboards.language import translator
from dashboards.pages import methods
from dashboards.state import Selection
from dashboards.views.literature import literature
from ecosystem.findings.registry import MEASURES
from ecosystem.model import LANGUAGES

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

NAMES = [name for group in GROUPS for name in group]
NO_EXAMPLE = {"network"}


def test_every_measure_is_explained_and_has_an_example() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert {one.name for one in MEASURES} <= set(NAMES)
    assert set(READINGS) == set(NAMES) - NO_EXAMPLE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_section_says_all_that_belongs_to_it(name: str, language: str) -> None:
    one = topics(translator(language))[name]
    method = one.method(translator(language))
    assert one.title
    assert one.question.endswith("?")
    assert method.symbols
    assert method.defined
    assert len(method.limits) >= 2
    assert method.shown
    assert {*method.sources} <= set(literature())
    if name in {measure.name for measure in MEASURES}:
        assert method.formulas
        assert method.sources


def test_every_work_of_the_literature_is_cited_and_every_doi_is_one() -> None:
    tr = translator("en")
    cited = {key for one in topics(tr).values() for key in one.method(tr).sources}
    assert cited == set(literature())
    for work in literature().values():
        assert 1900 < work.year < 2030
        assert re.fullmatch(r"10\.\d{4,5}/\S+", work.doi) or not work.doi
        assert work.authors


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        (r"LQ_{ri} = \frac{x_{ri} / n_r}{x_i / N}", "LQ_ri = (x_ri / n_r)/(x_i / N)"),
        (r"P = 1 − \frac{2 sd(s)}{s_{max}}", "P = 1 − (2 sd(s))/s_max"),
        (r"\sum{j ≠ i} φ_{ij}", "Σ_j ≠ i φ_ij"),
        (r"c = (p + \sum{q} p_{iq})^2", "c = (p + Σ_q p_iq)^2"),
    ],
)
def test_formulas_are_read_aloud_in_one_line(text: str, heard: str) -> None:
    assert spoken(text) == heard
    props = formula(text).to_plotly_json()["props"]
    assert (props["role"], props["aria-label"]) == ("math", heard)


def test_a_formula_is_built_of_fractions_indices_and_sums(parts: Any, words: Any) -> None:
    made = formula(r"D_{ri} = 100 · \frac{\sum{j} φ_{ij} M_{rj}}{s_{max}}")
    kinds = [(part["type"], part["props"].get("className", "")) for part in parts(made)]
    assert kinds.count(("Span", "fraction")) == kinds.count(("Span", "sum")) == 1
    assert kinds.count(("Sub", "")) == 4
    italics = [part["props"]["children"] for part in parts(made) if part["type"] == "I"]
    assert sorted(italics) == ["D", "M", "ij", "j", "ri", "rj", "s", "φ"]
    # a name is upright
    assert "max" in words(made)


@pytest.mark.parametrize("name", NAMES)
def test_no_formula_has_a_brace_or_a_command_left(name: str, parts: Any) -> None:
    tr = translator("en")
    for text, _ in topics(tr)[name].method(tr).formulas:
        shown = [str(child) for part in parts(formula(text)) for child in listed(part["props"].get("children"))]
        assert not re.search(r"[\\{}_^]", "".join(one for one in shown if not one.startswith("{'")))
        assert not re.search(r"[\\{}]", spoken(text))


def listed(children: Any) -> list[Any]:
    return [one for one in (children if isinstance(children, list) else [children]) if isinstance(one, str)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("region", ["toy", "ruhr", "bare"])
def test_every_example_is_whole_sentences_in_every_region(region: str, language: str, request: Any) -> None:
    atlas, tr = request.getfixturevalue(region), translator(language)
    for name in NAMES:
        for line in reading(atlas, name, tr):
            assert line.endswith("."), (name, line)
            assert not re.search(r"nan|None|[{}]|\binf\b", line), (name, line)


def test_the_example_of_specialisation_is_the_location_quotient_of_the_readme(toy: Atlas) -> None:
    # data/toy/README.md: full counting, Ahausen in energy (4/5) / (6/11) = 22/15
    (told,) = reading(toy, "specialisation", translator("en"))
    assert "Ahausen: 4 of 5 memberships are in the field Energy, that is 80.0%" in told
    assert "in the region 6 of 11, that is 54.5%" in told
    assert f"= {22 / 15:.2f}, interval" in told


def test_the_example_of_counting_counts_as_the_readme(toy: Atlas) -> None:
    (told,) = reading(toy, "counting", translator("en"))
    assert told == (
        "9 actors have at least one field; together they have 11 memberships. 2 actors count in more than one."
    )


def test_an_example_of_the_default_region_is_the_finding(ruhr: Atlas) -> None:
    cells = ruhr.specialisation(level="district", draws=100).frame("cells")
    row = cells[~cells["few_actors"]].sort_values("q").iloc[0]
    (told,) = reading(ruhr, "specialisation", translator("en"))
    assert told.startswith(f"{row['place_name']}: {row['x']:.0f} of {row['n']:.0f} memberships")
    assert f"= {row['lq']:.2f}, interval {row['low']:.2f} to {row['high']:.2f}" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_opens_its_section_and_an_unknown_one_says_so(toy: Atlas, parts: Any, words: Any, language: str) -> None:
    tr = translator(language)
    for name in NAMES:
        told = html.Div(methods.section(toy, name, tr))
        heads = [part["props"]["id"] for part in parts(told) if part["type"] == "H2"]
        assert heads == [f"method-{name}"]
        current = [part for part in parts(html.Div(methods.contents(name, tr))) if part["props"].get("aria-current")]
        assert len(current) == 1
    assert tr("There is no measure “{name}” here. These are explained:", name="nosuch") in words(
        html.Div(methods.section(toy, "nosuch", tr))
    )
    everything = parts(html.Div(methods.section(toy, methods.ALL, tr)))
    assert len([part for part in everything if part["type"] == "Article"]) == len(NAMES)


def test_only_what_is_open_is_computed(toy: Atlas, words: Any) -> None:
    # the example of a closed section would be seen
    assert "Ahausen: 4 of 5" not in words(methods.layout(toy, Selection(), translator("en")))
    assert "Ahausen: 4 of 5" in words(methods.layout(toy, Selection(tab="specialisation"), translator("en")))
