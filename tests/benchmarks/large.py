"""The network of a made-up region of 20,000 actors: how it opens, how all are drawn, what its data weigh."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from waits import Figure, by_address, opened, waited

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Response

SIZE, NAME = "N", "region-N"
# what a canvas of 20,000 does once it stands still comes later than on other pages
QUIET_MS = 1500
HEAD = (
    "| what | nodes | links | answer kB | as sent kB | network alone kB | gzip -6 kB | columns |\n"
    "|---|---|---|---|---|---|---|---|"
)


def waits_of(browser: Browser, address: str, rounds: int) -> list[Figure]:
    """Netz by its link, and from there to all actors and back."""
    figures = [by_address(browser, f"{address}netz?lang=de", rounds, "Netz opens aggregated, by its link", 3000)]
    page = opened(browser)
    page.goto(f"{address}barrierefreiheit?lang=de")
    waited(page)
    opening, drawing, back = [], [], []
    for _ in range(rounds):
        page.get_by_role("navigation").get_by_role("link", name="Netz", exact=True).first.click()
        opening.append(waited(page))
        for level, found in (("Alle Akteure", drawing), ("Automatisch", back)):
            page.get_by_role("textbox", name="Ebene").first.click()
            page.get_by_role("option", name=level, exact=True).click()
            found.append(waited(page, QUIET_MS))
        page.goto(f"{address}barrierefreiheit?lang=de")
        waited(page)
    page.context.close()
    told = (("Netz opens aggregated, from the menu", 3000, opening), ("all actors are drawn", 6000, drawing),
            ("back to the aggregated level", 3000, back))  # fmt: skip
    return figures + [
        Figure(what, bound, [one.seen for one in found], whole=[one.whole for one in found])
        for what, bound, found in told
    ]


def weighed(browser: Browser, address: str, what: str) -> str:
    """A row: the answer that carries the network, with the rest of its page, and the network's data alone."""
    page = opened(browser)
    answers: list[Response] = []
    # a bound method of a list takes no mark of Playwright's
    page.on("response", lambda one: answers.append(one))  # noqa: PLW0108
    page.goto(address)
    waited(page)
    for answer in answers:
        data = _data(answer)
        if data is not None:
            row = _row(answer, data, what)
            page.context.close()
            return row
    raise RuntimeError(f"no answer with the network's data at {address}")


def _data(answer: Response) -> dict[str, Any] | None:
    """What the network draws, out of an answer: as a part of its page, or alone after a filter."""
    if "_dash-update-component" not in answer.url:
        return None
    todo = [json.loads(answer.body() or "null")]
    while todo:
        one = todo.pop()
        if isinstance(one, list):
            todo += one
        elif isinstance(one, dict):
            if {"mx", "my", "ek", "ew"} <= one.keys():
                return one
            todo += one.values()
    return None


def _row(answer: Response, data: dict[str, Any], what: str) -> str:
    alone = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    coding = answer.header_value("content-encoding") or "identity"
    sent = answer.request.sizes()["responseBodySize"]
    columns = [f"{key} {_kind(value)}" for key, value in data.items() if key in COLUMNS]
    told = (
        what,
        f"{len(data['id']):,}",
        f"{_length(data['a']):,}",
        f"{len(answer.body()) / 1000:.0f}",
        f"{sent / 1000:.0f} ({coding})",
        f"{len(alone) / 1000:.0f}",
        f"{len(gzip.compress(alone, 6)) / 1000:.0f}",
        ", ".join(columns),
    )
    return f"| {' | '.join(told)} |"


COLUMNS = ("id", "label", "x", "y", "mx", "my", "size", "c", "s", "rank", "flags", "a", "b", "ek", "ew")


def _kind(values: Any) -> str:
    return values["dtype"] if isinstance(values, dict) else "list"


def _length(values: Any) -> int:
    if not isinstance(values, dict):
        return len(values)
    return len(values["bdata"]) * 3 // 4 // int(values["dtype"][1:])
