"""What a reader does in the app, and the milliseconds until the picture on screen no longer changes.

``watch.js`` keeps the times in the page: from the input event to the frame of the last change, drawing of the canvas
included. ``picture`` counts charts and network in the window, ``seen`` the texts beside them too, ``whole`` what lies
below the window as well.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WATCH = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")
WIDE = {"width": 1920, "height": 1080}
# so long nothing may change before the page counts as complete
QUIET_MS = 700
# a page that comes by its address also waits for scripts, which are loaded and read without a sign
QUIET_AT_FIRST_MS = 2500
FILTERED = {
    "Überblick": "", "Netz": "netz", "Polyzentrik": "polyzentrik", "Spezialisierung": "spezialisierung",
    "Abstimmung": "abstimmung",
}  # fmt: skip
MENU = ("Netz", "Polyzentrik", "Spezialisierung", "Abstimmung", "Story", "Daten & Herkunft", "Überblick")
# restrictions that nobody has asked for before, one after the other
TICKS = ("Logistik", "Gesundheit", "Smart City", "Grüne Technologien", "Neue Industrie", "Politik", "Verwaltung")
FILTERS = ("f=logistics", "f=health", "f=urban", "f=green", "f=industry", "s=politics", "s=administration")


@dataclass(frozen=True)
class Wait:
    """One wait: milliseconds to the last change of a picture, in the window, on the whole page; what was sent."""

    picture: float
    seen: float
    whole: float
    latest: str
    answers: list[dict[str, float]]


@dataclass(frozen=True)
class Figure:
    """A row of the results: what was done, the bound in ms, all runs in ms, and those until more was complete."""

    what: str
    bound: float | None
    runs: list[float]
    window: list[float] | None = None
    whole: list[float] | None = None

    @property
    def median(self) -> float:
        """Median of the runs."""
        return statistics.median(self.runs)


def opened(browser: Browser) -> Page:
    """A window of a desk screen that keeps time, in a browser without anything stored."""
    context = browser.new_context(viewport=WIDE, locale="de-DE")
    page = context.new_page()
    page.add_init_script(WATCH)
    return page


def waited(page: Page, quiet: int = QUIET_MS) -> Wait:
    """The wait since the last input, once the page is complete."""
    page.wait_for_function("(ms) => window.waits.quiet(ms)", arg=quiet, polling=100, timeout=120_000)
    found: dict[str, Any] = page.evaluate("window.waits.result()")
    return Wait(**found)


def by_address(browser: Browser, address: str, rounds: int, what: str, bound: float | None) -> Figure:
    """A link is opened in a browser that has nothing stored."""
    waits = []
    for _ in range(rounds):
        page = opened(browser)
        page.goto(address)
        waits.append(waited(page, QUIET_AT_FIRST_MS))
        page.context.close()
    return _figure(what, bound, waits)


def _figure(what: str, bound: float | None, waits: list[Wait]) -> Figure:
    return Figure(what, bound, [one.seen for one in waits], whole=[one.whole for one in waits])


def _drawn(what: str, waits: list[Wait]) -> Figure:
    """From a filter to the picture; texts may follow."""
    runs = [one.picture for one in waits]
    if not all(runs):
        raise RuntimeError(f"{what}: no picture changed")
    return Figure(what, 500, runs, [one.seen for one in waits])


def switches(browser: Browser, address: str, rounds: int) -> list[Figure]:
    """From page to page by the menu: without a filter, all seen before, and under filters new to the server."""
    page = opened(browser)
    # the first walk fills what the browser and the server keep
    walks = {"seen before": ["", *[""] * rounds], "filter new to the server": FILTERS[:rounds]}
    figures = []
    for told, queries in walks.items():
        found: dict[str, list[Wait]] = {name: [] for name in MENU}
        for query in queries:
            page.goto(f"{address}barrierefreiheit?lang=de&{query}".rstrip("&"))
            waited(page)
            for name in MENU:
                page.get_by_role("navigation").get_by_role("link", name=name, exact=True).first.click()
                found[name].append(waited(page))
        figures += [_figure(f"{name}, {told}", 1000, waits[-rounds:]) for name, waits in found.items()]
    page.context.close()
    return figures


def filterings(browser: Browser, address: str, name: str, rounds: int) -> list[Figure]:
    """A box of the filters is ticked on a page, and unticked again."""
    page = opened(browser)
    page.goto(f"{address}{FILTERED[name]}?lang=de")
    waited(page, QUIET_AT_FIRST_MS)
    ticked, taken_back = [], []
    for tick in TICKS[:rounds]:
        for found in (ticked, taken_back):
            page.get_by_role("checkbox", name=tick).first.click()
            found.append(waited(page))
    page.context.close()
    return [
        _drawn(f"{name}, tick new to the server", ticked),
        _drawn(f"{name}, tick taken back", taken_back),
    ]


def network_hover(browser: Browser, address: str, rounds: int, what: str) -> Figure:
    """The pointer comes from nowhere onto a node of the network: until neighbours and name stand out."""
    page = opened(browser)
    page.goto(address)
    waited(page, QUIET_AT_FIRST_MS)
    box = page.locator("#net").bounding_box()
    if box is None:
        raise RuntimeError("the network is not on screen")
    runs: list[float] = []
    for row in range(20, 80, 5):
        for column in range(15, 85, 5):
            at = box["x"] + box["width"] * column / 100, box["y"] + box["height"] * row / 100
            if len(runs) < rounds and _over_node(page, *at):
                page.mouse.move(box["x"] + 2, box["y"] + 2)
                page.wait_for_timeout(400)
                runs.append(_moved(page, *at, "(one) => one.tagName === 'CANVAS'"))
    page.context.close()
    return Figure(what, 50, _some(runs, what))


def _some(runs: list[float], what: str) -> list[float]:
    if not runs:
        raise RuntimeError(f"{what}: the pointer met nothing that answers; is the picture on screen?")
    return runs


def _over_node(page: Page, x: float, y: float) -> bool:
    page.mouse.move(x, y)
    # the hand comes with the frame after the next; a busy processor takes several times as long
    for _ in range(5):
        page.wait_for_timeout(60)
        if page.evaluate("([x, y]) => getComputedStyle(document.elementFromPoint(x, y)).cursor === 'pointer'", [x, y]):
            return True
    return False


def _moved(page: Page, x: float, y: float, among: str) -> float:
    page.evaluate("addEventListener('mousemove', window.waits.begin, {once: true, capture: true})")
    page.mouse.move(x, y)
    page.wait_for_timeout(350)
    found: float = page.evaluate(f"window.waits.last({among})")
    return found


def plotly_hover(browser: Browser, address: str, points: str, rounds: int, what: str) -> Figure:
    """The pointer comes onto a mark of a chart: until its label is drawn."""
    page = opened(browser)
    page.goto(address)
    waited(page, QUIET_AT_FIRST_MS)
    runs: list[float] = []
    marks = page.locator(points)
    marks.first.wait_for(state="attached")
    page.wait_for_timeout(1000)
    for number in range(0, marks.count(), max(1, marks.count() // (4 * rounds))):
        box = marks.nth(number).bounding_box()
        if box is None or len(runs) == rounds:
            continue
        page.mouse.move(5, 500)
        page.wait_for_timeout(400)
        spot = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        wait = _moved(page, *spot, "(one) => one.closest('.hoverlayer') !== null")
        # a mark under another one's edge, or outside the window, has no label
        if wait > 0:
            runs.append(wait)
    page.context.close()
    return Figure(what, 50, _some(runs, what))
