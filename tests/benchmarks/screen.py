"""``poe bench-screen``: how long a reader waits, in headless Chromium without a graphics card, into RESULTS.md.

The app runs as ``ecosystem serve`` in a process of its own; the canvas is drawn by the processor, which is the worst
case. Everything shares the cores: server, browser, and the processor in place of the card.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

import large
import region
import report
import sections
import waits
from chromium import executable, launched
from served import serving
from waits import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

HERE = Path(__file__).parent
ROUNDS = 7
HEADING = "# What a reader waits for"
READING = """\
{rounds} runs each, milliseconds, median (range): from the click to the last change in a window of 1920 × 1080; after a
filter to the last change of a chart or the network, and "texts too" tells when everything in the window is there;
"whole page" counts what lies below the window as well. The server is `ecosystem serve` (waitress) in a process of its
own, the browser headless {chromium} on the same {cores} cores, WebGL by the processor. "New to the server" is what no
request has asked for before; "seen before" has all stores filled. The large region is made up (`made.py`, size {size},
one seed)."""


def main() -> None:
    """Run what is asked for and write the results."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument(
        "--only", action="append", choices=PARTS, help="a part; may be repeated, then nothing is written"
    )
    asked.add_argument("--out", type=Path, default=HERE / "RESULTS.md")
    options = asked.parse_args()
    path = executable()
    if path is None:
        sys.exit("No Chromium: install Debian's chromium or set CHROMIUM to its path.")
    with tempfile.TemporaryDirectory() as folder, launched(path) as browser:
        bench = Bench(browser, Path(folder), options.rounds)
        told = [f"## {name}\n\n{_shown(PARTS[name](bench))}" for name in options.only or PARTS]
        version = f"Chromium {browser.version}"
    if not options.only:
        reading = READING.format(rounds=options.rounds, chromium=version, cores=os.cpu_count(), size=large.SIZE)
        today = datetime.now(tz=UTC).date().isoformat()
        head = f"{HEADING}\n\nWritten by `poe bench-screen` on {today}. {report.machine()}\n\n{reading}"
        sections.renew(options.out, "\n\n".join([head, *told]))
        print(f"{options.out.name} written")


class Bench:
    """What every part needs: a browser, room for files, and how often."""

    def __init__(self, browser: Browser, folder: Path, rounds: int) -> None:
        self.browser, self.folder, self.rounds = browser, folder, rounds
        self.starts: list[str] = []

    @contextmanager
    def served(self, name: str = "ruhr") -> Iterator[str]:
        """A freshly started server of a region; the first start finds no atlas in the cache."""
        where = str(self.folder / name) if (self.folder / name).exists() else name
        cache = self.folder / f"cache-{name}"
        told = "from the cache" if cache.exists() else "without a cache"
        with serving(where, cache) as (address, seconds):
            self.starts.append(f"{name}, {told}: {seconds:.1f} s")
            yield address

    def make_large(self) -> None:
        """The large region's folder."""
        if not (self.folder / large.NAME).exists():
            region.write(large.SIZE, self.folder / large.NAME)


def start(bench: Bench) -> str:
    """From the command to the first page, and from a link to the picture."""
    bench.starts.clear()
    for _ in range(3):
        with bench.served() as address:
            pass
    with bench.served() as address:
        links = [
            waits.by_address(bench.browser, f"{address}{path}?lang=de", bench.rounds, f"{name} by its link", None)
            for name, path in waits.FILTERED.items()
        ]
    return "\n".join(
        ["Start of `ecosystem serve` to the first answer:", "", *(f"- {one}" for one in bench.starts), "", table(links)]
    )


def switching(bench: Bench) -> str:
    """From page to page."""
    with bench.served() as address:
        return table(waits.switches(bench.browser, address, bench.rounds))


def filtering(bench: Bench) -> str:
    """A filter on every page that has filters, each page with a fresh server."""
    figures = []
    for name in waits.FILTERED:
        with bench.served() as address:
            figures += waits.filterings(bench.browser, address, name, bench.rounds)
    return table(figures)


def hovering(bench: Bench) -> str:
    """The pointer on the network and on two charts."""
    rounds = bench.rounds
    with bench.served() as address:
        return table(
            [
                waits.network_hover(bench.browser, f"{address}netz?lang=de", rounds, "Netz, a cell"),
                waits.network_hover(bench.browser, f"{address}netz?lang=de&lvl=actor", rounds, "Netz, an actor"),
                waits.plotly_hover(
                    bench.browser, f"{address}abstimmung?lang=de", "#coord-scatter .scatterlayer .point", rounds,
                    "Abstimmung, a pair in the chart",
                ),
                waits.plotly_hover(
                    bench.browser, f"{address}?lang=de", "#overview-map .scatterlayer .fills path", rounds,
                    "Überblick, a unit on the map",
                ),
            ]
        )  # fmt: skip


def many(bench: Bench) -> str:
    """A region of 20,000 actors."""
    bench.make_large()
    bench.starts.clear()
    with bench.served(large.NAME):
        pass
    with bench.served(large.NAME) as address:
        figures = large.waits_of(bench.browser, address, bench.rounds)
    return "\n".join([*(f"- start, {one}" for one in bench.starts), "", table(figures)])


def payload(bench: Bench) -> str:
    """What the network's data weigh."""
    bench.make_large()
    lines = [large.HEAD]
    for name, level in (("ruhr", "auto"), ("ruhr", "actor"), (large.NAME, "auto"), (large.NAME, "all")):
        with bench.served(name) as address:
            lines.append(large.weighed(bench.browser, f"{address}netz?lang=de&lvl={level}", f"{name}, `lvl={level}`"))
    return "\n".join(lines)


PARTS = {
    "Start": start,
    "Page to page": switching,
    "Filter to picture": filtering,
    "Pointer to label": hovering,
    "Netz with 20,000 actors": many,
    "Payload of the network": payload,
}


def table(figures: list[Figure]) -> str:
    """Medians and ranges, with the bound where there is one."""
    lines = ["| what | median (range) | bound | texts too | whole page |", "|---|---|---|---|---|"]
    return "\n".join([*lines, *(_line(one) for one in figures)])


def _line(figure: Figure) -> str:
    spread = f"{figure.median:.0f} ({min(figure.runs):.0f}–{max(figure.runs):.0f})"
    verdict = (
        "–"
        if figure.bound is None
        else f"{figure.bound:.0f}: {'reached' if figure.median <= figure.bound else '**missed**'}"
    )
    more = ("" if one is None else f"{waits.statistics.median(one):.0f}" for one in (figure.window, figure.whole))
    return f"| {figure.what} | {spread} | {verdict} | {' | '.join(more)} |"


def _shown(text: str) -> str:
    print(f"{text}\nload {os.getloadavg()[0]:.1f}\n", flush=True)
    return text


if __name__ == "__main__":
    main()
