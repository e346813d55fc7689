"""What the browser's stores hold and what all callbacks make of it: shared by the tests that post to the app."""

from __future__ import annotations

from typing import Any

import pytest

from dashboards.sitemap import PAGES
from dashboards.state import Selection
from ecosystem.model import LANGUAGES

Values = dict[str, Any]
PATHS = sorted({path for page in PAGES for path in (page.PAGE.path, page.PAGE.alias)})
BOTH = pytest.mark.parametrize("language", LANGUAGES)
NOTHING = ["f=", "s=", "r=", "cl=", "f=mining", "f=&s=", "r=nowhere&f=mining", "t=&cl=c99"]
NONSENSE = [
    "lang=xx&theme=neon&mix=abc&px=1e9&nw=maybe&zz=1",
    "f=%FF%00&s=,,,&r=%25&cl=c01%2Cc02&t=%0A",
    "&&==&%&f=a=b&?#",
    "px=80&nw=1&un=municipality&ms=lq&sort=name&col=place&size=funding&theme=dark",
    "f=<script>alert(1)</script>&q=" + "x" * 5000,
]
RULES = [
    "",
    "place:XX111",
    "field:energy",
    "cluster:c01",
    "cell:XX111.care",
    "actor:a-town",
    "set:x.y",
    "cell:.",
    "gone",
]
FOCUS = ["", "actor:a-town", "actor:", "actor:gone", "gone", "place:XX111", "actor:<script>alert(1)</script>"]


def values(query: str = "", **more: Any) -> Values:
    """What the browser's stores hold; everything a callback may read beyond is empty."""
    selection = Selection.from_query(query)
    given: Values = {
        "query.data": query,
        "selected.data": "",
        "focus.data": "",
        "arrangement.data": "network",
        "language.data": selection.language,
        "path.data": "/",
        "url.search": "?" + query,
        "net.selected": [],
        "net-centre.data": "",
        "net-tabled.data": "1",
    }
    given |= {name.replace("__", "."): value for name, value in more.items()}
    # what the script says has changed: everything, coming from another page without any restriction
    now = f"{given['query.data']}&sel={given['selected.data']}&focus={given['focus.data']}"
    before = f"lang={selection.language}"
    return {"changed.data": {"before": before, "now": now, "left": "/", "path": "/netz"}} | given


def answers(browser: Any, given: Values) -> dict[str, Any]:
    """What all callbacks together put on the pages: component → properties."""
    found: dict[str, Any] = {}
    for output, one in browser.callbacks.items():
        # a property nobody foresaw here is one the browser has not set yet
        full = {name: given.get(name) for name in (*one.inputs, *one.states)}
        for component, props in browser.answer(output, full).items():
            found.setdefault(component, {}).update(props)
    return found
