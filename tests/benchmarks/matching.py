# ruff: noqa: E402, E501, SIM905 - finds tests/matchtruth.py first; lines of a table are long; lists of words
"""Speed and figures of matching, into a section of RESULTS.md: python tests/benchmarks/matching.py.

Speed: 35,000 raw organisations against 35,000 known ones and against each other, made up from parts of German names in
the Ruhr's places; a third of the raw names are known ones spelt otherwise. Figures: see tests/matchtruth.py.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import matchtruth
import pandas as pd
from matchtruth import ALL, SURE, TUNED, UNSEEN, Aliases
from sections import renew

from ecosystem import regions, tables
from ecosystem.matching import organisations
from ecosystem.sources.record import Origin, RawActor

ROWS = 35_000
_MADE = "`python tests/benchmarks/matching.py --figures`; how each figure is made: `tests/matchtruth.py`."
SPEED, FIGURES = "# Matching, speed", "# Matching, figures on the Ruhr"
_TRADES = (
    "Maschinenbau Werkzeugbau Logistik Medizintechnik Software Umwelttechnik Recycling Energie Verfahrenstechnik "
    "Metallbau Spedition Elektronik Anlagenbau Datentechnik Pflege Bildung Beratung Handel Druckguss Oberflächentechnik "
    "Robotik Sensorik Automation Kunststofftechnik Gebäudetechnik Wasserbau Stahlbau Chemie Analytik Laser"
).split()
_KINDS = (
    "Institut für {trade} {town} e.V.", "{name} {trade} GmbH", "{name} GmbH & Co. KG", "{trade} {town} GmbH",
    "Zentrum für {trade} und {other} {town}", "Verein für {trade} {name} e.V.", "{name} {trade} & {other} AG",
    "{name} Gesellschaft für {trade} mbH", "{name} {other}", "Stiftung {name} {town}",
)  # fmt: skip
_SYLLABLES = "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru sa se si so ta te ti to tu".split()


def main() -> None:
    """Both sections, or with ``--figures`` the one that does not depend on the machine."""
    region = tables.read(regions.locate("ruhr"))
    sections = ["\n".join((FIGURES, "", _MADE, "", *_entity_lines(region), "", *_rule_lines(region)))]
    sections += [] if "--figures" in sys.argv else ["\n".join(_speed_lines(*_speed(region)))]
    for text in sections:
        renew(HERE / "RESULTS.md", text)
        print(text)


def _speed(region: tables.Tables) -> tuple[tuple[float, float], float, Counter[str]]:
    known, raws = made(region, ROWS)
    start, worked = time.perf_counter(), time.process_time()
    proposals = organisations.propose(raws, known)
    seconds = time.perf_counter() - start, time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seconds, memory, Counter(f"{one.verdict}{' within' if one.within else ''}" for one in proposals)


def made(region: tables.Tables, rows: int) -> tuple[tables.Tables, list[RawActor]]:
    """A region with made-up actors, and raw rows: a third of them known actors in another spelling."""
    chance = random.Random(5)
    places = region.places[["place_id", "name"]].to_records(index=False).tolist()
    actors = [(*chance.choice(places), _name(chance, places)) for _ in range(rows)]
    frame = pd.DataFrame(
        [{"actor_id": f"a{at}", "name": name, "place_id": place} for at, (place, _, name) in enumerate(actors)]
    )
    frame = frame.reindex(columns=region.actors.columns, fill_value="")
    raws = []
    for at in range(rows):
        _, town, name = chance.choice(actors) if at % 3 == 0 else (*chance.choice(places), _name(chance, places))
        spelt = _otherwise(chance, name) if at % 3 == 0 else name
        raws.append(RawActor(f"r{at}", spelt, Origin("made"), municipality=town))
    return replace(region, actors=frame), raws


def _name(chance: random.Random, places: list[tuple[str, str]]) -> str:
    name = "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()
    trade, other = chance.sample(_TRADES, 2)
    return chance.choice(_KINDS).format(name=name, trade=trade, other=other, town=chance.choice(places)[1])


def _otherwise(chance: random.Random, name: str) -> str:
    ways = (
        str.upper,
        lambda text: text.replace("ü", "ue").replace("ä", "ae").replace("ö", "oe"),
        lambda text: text.rsplit(" ", 1)[0],
        lambda text: text.replace("&", "und"),
        lambda text: text[:-6] + text[-5:],
    )
    return chance.choice(ways)(name)


def _speed_lines(seconds: tuple[float, float], memory: float, found: Counter[str]) -> list[str]:
    counts = ", ".join(f"{key} {count:,}" for key, count in sorted(found.items()))
    return [
        SPEED,
        "",
        "`python tests/benchmarks/matching.py`: made-up German names in the Ruhr's places, a third of them spelt otherwise.",
        "",
        "| what | result |",
        "|---|---|",
        f"| {ROWS:,} raw rows against {ROWS:,} actors and each other | {seconds[0]:.1f} s ({seconds[1]:.1f} s CPU, one core), peak {memory:,.0f} MB |",
        f"| proposals | {counts} |",
    ]


def _entity_lines(region: tables.Tables) -> list[str]:
    placed, unplaced = Aliases.of(region), Aliases.of(region, placed=False)
    opened = placed.without(matchtruth.half_of_actors(placed))
    cases = (
        ("with the town of the actor", placed, None),
        ("– half the rules were tuned with", placed, TUNED),
        ("– half whose errors were not looked at", placed, UNSEEN),
        ("without any place", unplaced, None),
        ("with town, half of the actors unknown to the region", opened, None),
    )
    lines = [
        "## The Ruhr's aliases as raw rows",
        "",
        "Each alias is a raw row; the matcher sees the 1,157 actors without aliases, so that all other names distract. A",
        "pair is a row and an actor; “same” is taken without asking, “ask” is shown to a reviewer. Precision is the share",
        "of proposed pairs that are right, recall the share of true pairs proposed. All aliases were read once before the",
        "rules were written; while these were tuned, only the errors of one half (by hash of the actor) were looked at.",
        "",
        "| rows | true pairs | precision, same | recall, same | precision, same + ask | recall, same + ask |",
        "|---|---|---|---|---|---|",
    ]
    for told, aliases, only in cases:
        sure, every = aliases.figures(SURE, only), aliases.figures(ALL, only)
        lines.append(f"| {told} | {sure[2]} | {sure[0]:.3f} | {sure[1]:.3f} | {every[0]:.3f} | {every[1]:.3f} |")
    return lines


def _rule_lines(region: tables.Tables) -> list[str]:
    pairs = matchtruth.sector_pairs(region)
    bodies = [pair for pair in pairs if pair[0] != "initiative"]
    table = pd.crosstab([one for _, one, _ in pairs], [other or "open" for _, _, other in pairs])
    lines = [
        "## Sectors by rule against the Ruhr's actors",
        "",
        "By name alone (no register code), with the rules of Germany. They were written with these actors in view, so this",
        "is agreement, not a test on unseen names. Initiatives have the sector of their lead, which no name tells.",
        "",
        "| actors | number | given a sector | of these as in the tables |",
        "|---|---|---|---|",
    ]
    for told, some in (("all", pairs), ("without initiatives", bodies)):
        given, right = matchtruth.agreement(some)
        lines.append(f"| {told} | {len(some):,} | {given:.3f} | {right:.3f} |")
    lines += [
        "",
        f"| in the tables ↓, by rule → | {' | '.join(table.columns)} |",
        "|---|" + "---|" * len(table.columns),
    ]
    lines += [
        f"| {sector} | {' | '.join(map(str, row))} |" for sector, row in zip(table.index, table.to_numpy(), strict=True)
    ]
    lines += [
        "",
        "## Fields by keywords against the Ruhr's projects",
        "",
        "Title and call only. A pair is a project and a field; keywords were chosen with one half of the projects.",
        "",
        "| projects | number | precision | recall | without field and left so |",
        "|---|---|---|---|---|",
    ]
    for told, only in (("all", None), ("half the keywords were chosen with", TUNED), ("half not looked at", UNSEEN)):
        one = matchtruth.field_figures(region, only)
        lines.append(f"| {told} | {one.projects} | {one.precision:.3f} | {one.recall:.3f} | {one.left_open:.3f} |")
    return lines


if __name__ == "__main__":
    main()
