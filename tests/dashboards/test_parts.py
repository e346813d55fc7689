"""The polycentric page in its parts: what is on screen is computed; every part answers whatever is left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from dashboards.components.polyshell import PARTS, Id, shell
from dashboards.state import Selection

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

PICTURES = {"": Id.MAP, "fields": Id.SMALL, "measures": Id.CURVE, "clusters": Id.FOOTPRINT}
QUERIES = ["", "f=", "f=care", "s=politics", "r=nowhere", "cl=c01", "cl=c99", "t=", "un=municipality", "com=1&ms=lq"]


def answered(browser: Any, query: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for output, one in browser.callbacks.items():
        if "poly-" not in output:
            continue
        given = dict.fromkeys((*one.inputs, *one.states), "") | {"query.data": query, "selected.data": "field:care"}
        for component, props in browser.answer(output, given).items():
            found.setdefault(component, {}).update(props)
    return found


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_only_the_part_on_screen_is_drawn(toy: Atlas, browse: Any, part: str, language: str) -> None:
    found = answered(browse(toy), f"part={part}&lang={language}")
    assert {name for name, picture in PICTURES.items() if picture in found} == {part}
    assert found[Id.PAGE]["className"] == shell(Selection.from_query(f"part={part}"))
    assert answered(browse(toy), "part=unheard")[Id.PAGE]["className"].endswith("part-map")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("query", QUERIES)
def test_every_part_answers_whatever_is_left(
    toy: Atlas, bare: Atlas, browse: Any, words: Any, part: str, query: str
) -> None:
    for atlas in (toy, bare):
        for language in ("de", "en"):
            found = answered(browse(atlas), f"part={part}&{query}&lang={language}")
            assert found[PICTURES[part]]["figure"]["layout"]
            told = words([props.get("children", "") for props in found.values()])
            assert not re.search(r"\bnan\b|None|\{|\}", told), told


def test_a_region_without_commuters_or_districts_says_so(toy: Atlas, bare: Atlas, browse: Any, words: Any) -> None:
    assert "states no commuters" in words(answered(browse(bare), "com=1&lang=en")[Id.COMMUTERS]["children"])
    towns = answered(browse(toy), "com=1&un=municipality&lang=en")[Id.COMMUTERS]["children"]
    assert "between districts and independent cities only" in words(towns)
    assert "rank correlation 0.00" in words(answered(browse(toy), "com=1&lang=en")[Id.COMMUTERS]["children"])
