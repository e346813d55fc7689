"""The notebooks run from top to bottom, and what they say can be counted again in the tables.

Values are recomputed here from the CSV files, with loops and formulas written down anew; what the prose claims without
a number beside it is held to as well.
"""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from math import comb, log, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from scipy.stats import hypergeom

from ecosystem.regions import locate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ecosystem.atlas import Atlas

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SECONDS = 60
DUISBURG, ESSEN, BOCHUM, DORTMUND = "05112000", "05113000", "05911000", "05913000"
MUELHEIM, WESEL, HERTEN, MARL, LUENEN, WITTEN = "05117000", "05170048", "05562020", "05562024", "05978024", "05954036"

NO_NETWORK = """
import socket

def _refuse(self, address):
    raise OSError(f"a notebook asked the network for {address}")

socket.socket.connect = socket.socket.connect_ex = _refuse
"""
TOLD = {
    "01_reading_a_region": """
tag = ["place", "field"]
held_to = cells[cells["state"] == "specialised, supported"]
of_districts = district_cells[district_cells["state"] == "specialised, supported"]
told = dict(
    counts=counts.to_dict("index"),
    sector_field=sector_field.to_dict("index"),
    above=[observed_above, float(np.mean(above))],
    supported=held_to[[*tag, "lq", "low", "high", "p", "q"]].values.tolist(),
    district_supported=of_districts[tag].values.tolist(),
    sectors=supported[tag].values.tolist(),
    stated=stated_tag[tag].values.tolist(),
    lost=lost[["place", "field"]].values.tolist(),
    pairs=pairs[["field", "partner", "phi", "shared", "expected", "keep"]].values.tolist(),
    informative=relatedness.n,
    evenness=balance["evenness"].to_dict(),
    by_law=[int(statutory.sum()), len(idle), whole_region, without_law],
    synergy=value.to_dict(),
    clusters=[[item.size, item.effective_cities] for item in ruhr.clusters.items],
)""",
    "02_polycentricity_and_its_uncertainty": """
of_curve = municipality.frame("curves").query("index == 'freeman' and centres >= 8 and basis == 'direct'")
told = dict(
    panel=panel["actors, municipalities"].to_dict(),
    draws=shares.iloc[:2, -1].tolist(),
    interval=shares.iloc[0, 3],
    functional=functional["commuters"].to_dict(),
    conventions=conventions.to_dict("index"),
    alike=alike.iloc[:, 2].tolist(),
    hub=[hub, int(at_hub.sum()), len(between)],
    whole=whole.to_dict(),
    freeman=of_curve["value"].tolist(),
    verdicts={name: [v.loc[v["keep"], end].tolist() for end in ("i", "j")] for name, v in verdicts.items()},
    duisburg_essen=longest.iloc[0][["i", "j", "shared", "expected"]].tolist(),
    through=[len(pair), through.index[0], int(through.iloc[0])],
    random_share=random_share,
    beyond=stand_out[["pair", "neighbours"]].values.tolist(),
    thin=[thin.p, thin.freeman],
    stability=by_cluster["stability_mean"].to_dict(),
    firm=by_cluster.loc[firm, "actors"].tolist(),
    sizes=by_cluster["actors"].to_dict(),
    follows=follows.set_index("attribute")["ami"].to_dict(),
    null=null.to_dict(),
    duesseldorf=int(rank["x-duesseldorf"]),
    wider=wider.to_dict("index"),
    left_out=left_out.to_dict("index"),
    ranges=ranges.to_dict("index"),
    worst=worst.to_dict(),
)""",
    "03_what_if": """
told = dict(
    best=best.to_dict("index"),
    top={field: one.iloc[0][["place", "partner", "before", "after"]].tolist() for field, one in tried.items()},
    new_raise={field: bool((one.loc[one["ties"] == 0, "change"] > 0).all()) for field, one in tried.items()},
    lowering={field: [int((one["change"] < 0).sum()), int(one.loc[one["change"] < 0, "ties"].min()),
              float((one.loc[one["ties"] > 0, "change"] < 0).mean())] for field, one in tried.items()},
    over_half=over_half,
    curve=curve,
    concentrated=concentrated,
    spread=spread[FIELD],
    seen=seen,
    programme=[[step.cells["source_actor_id"], step.cells["target_actor_id"]] for step in programme],
    region=changed.set_index("measure")[["change", "noise"]].to_dict("index"),
    losses=losses.set_index("actor")[["partners", "cut_off", "change"]].to_dict("index"),
    leaver=leaver,
    linked=linked,
    even=even,
    alike=alike,
)""",
}


@dataclass(frozen=True)
class Run:
    """A notebook after its run, the seconds of processor time it took, and the values asked for."""

    notebook: nbformat.NotebookNode
    cpu: float
    told: dict[str, Any]


def _run(path: Path, folder: Path) -> Run:
    """Run in an empty folder without network."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(NO_NETWORK))
    asked = f"import json, time{TOLD[path.stem]}\nprint(json.dumps([time.process_time(), told], default=float))"
    notebook.cells.append(nbformat.v4.new_code_cell(asked))
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=10 * SECONDS, kernel_name="python3", resources=resources).execute()
    cpu, told = json.loads(notebook.cells.pop().outputs[0].text)
    return Run(notebook, cpu, told)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Run]:
    kept: dict[str, Run] = {}

    def of(stem: str) -> Run:
        if stem not in kept:
            kept[stem] = _run(ROOT / "notebooks" / f"{stem}.ipynb", tmp_path_factory.mktemp("elsewhere"))
        return kept[stem]

    return of


@pytest.fixture(scope="module")
def reading(run: Callable[[str], Run]) -> dict[str, Any]:
    return run("01_reading_a_region").told


@pytest.fixture(scope="module")
def polycentricity(run: Callable[[str], Run]) -> dict[str, Any]:
    return run("02_polycentricity_and_its_uncertainty").told


def _rows(table: str) -> list[dict[str, str]]:
    with (locate("ruhr") / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def places() -> dict[str, dict[str, str]]:
    return {row["place_id"]: row for row in _rows("places")}


@pytest.fixture(scope="module")
def actors(places: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Actors with the columns of their place beside their own."""
    return {row["actor_id"]: row | {"district": places[row["place_id"]]["district_id"]} for row in _rows("actors")}


@pytest.fixture(scope="module")
def inside(places: dict[str, dict[str, str]]) -> list[str]:
    return [key for key, row in places.items() if row["in_region"] == "true"]


@pytest.fixture(scope="module")
def fields_of(actors: dict[str, dict[str, str]]) -> dict[str, set[str]]:
    """Stated fields, or those of an actor's projects where none is stated."""
    stated, inherited = defaultdict(set), defaultdict(set)
    for row in _rows("actor_fields"):
        stated[row["actor_id"]].add(row["field_id"])
    of_project = {row["project_id"]: {name for name in row["fields"].split("|") if name} for row in _rows("projects")}
    for row in _rows("participations"):
        inherited[row["actor_id"]] |= of_project[row["project_id"]]
    return {actor: stated[actor] or inherited[actor] for actor in actors}


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_in_a_minute_anywhere_without_network_and_without_a_warning(
    path: Path, run: Callable[[str], Run]
) -> None:
    done = run(path.stem)
    assert done.cpu < SECONDS
    outputs = [output for cell in done.notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output for output in outputs if output.output_type not in ("display_data", "execute_result")] == []
    figures = [o.data["application/vnd.plotly.v1+json"] for o in outputs if "application/vnd.plotly.v1+json" in o.data]
    assert len(figures) >= 5
    assert all(figure["layout"]["title"]["text"] for figure in figures)
    assert not any("<script" in html for output in outputs for html in [output.data.get("text/html", "")])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_outputs_and_machine(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    nbformat.validate(nbformat.from_dict(notebook))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    assert notebook["metadata"] == {"kernelspec": kernel, "language_info": {"name": "python"}}
    for cell in notebook["cells"]:
        assert cell["metadata"] == {}
        assert cell["cell_type"] == "markdown" or (cell["outputs"], cell["execution_count"]) == ([], None)


def test_the_readme_lists_every_notebook() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split("## Notebooks", 1)[1].split("\n## ", 1)[0]
    assert [path.name for path in NOTEBOOKS] == sorted(stem + ".ipynb" for stem in TOLD)
    assert all(f"](notebooks/{path.name})" in section for path in NOTEBOOKS)


# 01 reading a region


def test_memberships_of_places_and_sectors(
    reading: dict[str, Any], actors: dict[str, Any], fields_of: dict[str, set[str]], inside: list[str]
) -> None:
    at_places = Counter((row["place_id"], name) for key, row in actors.items() for name in fields_of[key])
    counts = {(place, name): n for place, row in reading["counts"].items() for name, n in row.items()}
    assert {key: n for key, n in counts.items() if n} == {key: n for key, n in at_places.items() if key[0] in inside}
    of_sectors = Counter(
        (row["sector"], name) for key, row in actors.items() if row["place_id"] in inside for name in fields_of[key]
    )
    assert of_sectors == {(s, f): n for s, row in reading["sector_field"].items() for f, n in row.items() if n}


def _supported(counts: dict[str, dict[str, int]]) -> dict[tuple[str, str], tuple[float, float, float]]:
    """LQ, p and q of the cells with LQ >= 1 and q <= .05, Benjamini and Hochberg written out."""
    n = {place: sum(row.values()) for place, row in counts.items()}
    x = Counter(name for row in counts.values() for name, k in row.items() for _ in range(k))
    total = sum(n.values())
    p = {
        (place, name): float(hypergeom.sf(k - 1, total, x[name], n[place])) if k else 1.0
        for place, row in counts.items()
        if n[place]
        for name, k in row.items()
    }
    ranked, q, least = sorted(p, key=lambda cell: p[cell]), {}, 1.0
    for rank in range(len(ranked), 0, -1):
        least = min(least, p[ranked[rank - 1]] * len(ranked) / rank)
        q[ranked[rank - 1]] = least
    lq = {(place, name): counts[place][name] * total / (n[place] * x[name]) for place, name in p}
    return {cell: (lq[cell], p[cell], q[cell]) for cell in p if lq[cell] >= 1 and q[cell] <= 0.05}


def test_supported_cells_against_fisher_and_benjamini_hochberg_written_out(reading: dict[str, Any]) -> None:
    expected = _supported(reading["counts"])
    found = {(place, name): (lq, p, q) for place, name, lq, _, _, p, q in reading["supported"]}
    assert found.keys() == expected.keys()
    for cell, values in expected.items():
        assert found[cell] == pytest.approx(values, rel=1e-9)
    less = {place: dict(row) for place, row in reading["counts"].items()}
    less[WITTEN]["health"] -= 1
    assert (WITTEN, "health") in expected
    assert (WITTEN, "health") not in _supported(less)
    assert len(reading["lost"]) == 1


def test_jeffreys_interval_against_draws(reading: dict[str, Any]) -> None:
    counts, rng = reading["counts"], np.random.default_rng(11)
    total = sum(sum(row.values()) for row in counts.values())
    field = sum(row["health"] for row in counts.values())
    n, x = sum(counts[BOCHUM].values()), counts[BOCHUM]["health"]
    a = rng.beta(x + 0.5, n - x + 0.5, 400_000)
    b = rng.beta(field - x + 0.5, total - n - field + x + 0.5, 400_000)
    low, high = np.percentile(a * total / (n * a + (total - n) * b), [2.5, 97.5])
    found = next(row for row in reading["supported"] if row[:2] == [BOCHUM, "health"])
    assert found[3:5] == pytest.approx([low, high], rel=0.01)


def test_chance_gives_more_cells_above_one_than_there_are(
    reading: dict[str, Any], actors: dict[str, Any], fields_of: dict[str, set[str]], inside: list[str]
) -> None:
    chosen = [key for key, row in actors.items() if row["place_id"] in inside and fields_of[key]]
    homes, rng, above = np.array([actors[key]["place_id"] for key in chosen]), np.random.default_rng(5), []
    for _ in range(40):
        world = Counter(
            (place, name) for key, place in zip(chosen, rng.permutation(homes), strict=True) for name in fields_of[key]
        )
        n, x = Counter(), Counter()
        for (place, name), k in world.items():
            n[place], x[name] = n[place] + k, x[name] + k
        above.append(sum(k * sum(n.values()) >= n[place] * x[name] for (place, name), k in world.items()))
    observed, mean = reading["above"]
    assert mean == pytest.approx(np.mean(above), abs=3)
    assert observed < np.percentile(above, 5)


def test_relatedness_by_hand(
    reading: dict[str, Any], actors: dict[str, Any], fields_of: dict[str, set[str]], inside: list[str]
) -> None:
    held = [fields_of[key] for key, row in actors.items() if row["place_id"] in inside]
    shared = Counter(pair for one in held for pair in combinations(sorted(one), 2))
    of = Counter(name for pair, n in shared.items() for name in pair for _ in range(n))
    for field, partner, phi, together, *_ in reading["pairs"]:
        n = shared[tuple(sorted((field, partner)))]
        assert together == n
        assert phi == pytest.approx(n * sum(of.values()) / (of[field] * of[partner]))
    assert reading["informative"] == sum(len(one) > 1 for one in held)
    # random tables keep the number of fields of every actor, and so the number of pairs
    expected = sum(row[4] for row in reading["pairs"])
    assert expected == pytest.approx(sum(comb(len(one), 2) for one in held), abs=0.01)


def test_evenness_and_bodies_by_law(reading: dict[str, Any], actors: dict[str, Any], inside: list[str]) -> None:
    here = [row for row in actors.values() if row["place_id"] in inside]
    assert reading["evenness"][ESSEN] == pytest.approx(_evenness(r["sector"] for r in here if r["place_id"] == ESSEN))
    statutory = [row for row in here if row["place_evidence"] == "statute"]
    seen = {row[c] for row in _rows("ties") for c in ("source_actor_id", "target_actor_id")}
    seen |= {row["actor_id"] for table in ("actor_fields", "participations") for row in _rows(table)}
    others = [row["sector"] for row in here if row["place_evidence"] != "statute"]
    by_law = [len(statutory), sum(row["actor_id"] not in seen for row in statutory)]
    assert reading["by_law"] == [
        *by_law,
        *map(pytest.approx, (_evenness(r["sector"] for r in here), _evenness(others))),
    ]


def _evenness(sectors: Iterable[str]) -> float:
    counts = Counter(sectors)
    return -sum(n / counts.total() * log(n / counts.total()) for n in counts.values()) / log(5)


def test_synergy_by_hand(
    reading: dict[str, Any], actors: dict[str, Any], fields_of: dict[str, set[str]], inside: list[str]
) -> None:
    rows = [
        (row["place_id"], name, row["sector"])
        for key, row in actors.items()
        if row["place_id"] in inside
        for name in fields_of[key]
    ]
    t = sum(
        (-1) ** (k + 1) * _bits(tuple(row[i] for i in chosen) for row in rows)
        for k in (1, 2, 3)
        for chosen in combinations(range(3), k)
    )
    assert reading["synergy"]["t"] == pytest.approx(t)
    assert t < 0 < reading["synergy"]["excess"]
    assert reading["synergy"]["p_upper"] < 0.01


def _bits(labels: Iterable[tuple[str, ...]]) -> float:
    counts = Counter(labels)
    return -sum(n / counts.total() * np.log2(n / counts.total()) for n in counts.values())


def test_what_the_first_notebook_says_in_words(reading: dict[str, Any]) -> None:
    cells = {(place, name) for place, name, *_ in reading["supported"]}
    said = [(BOCHUM, "health"), (DUISBURG, "logistics"), (WESEL, "logistics"), (MUELHEIM, "industry")]
    said += [(MARL, "industry"), (DORTMUND, "digital"), (HERTEN, "green"), (LUENEN, "green")]
    assert cells >= set(said)
    assert set(said) <= {tuple(cell) for cell in reading["stated"]}
    districts = {tuple(cell) for cell in reading["district_supported"]}
    assert ("05954", "industry") in districts
    assert not any(place.startswith("05954") and name == "industry" for place, name in cells)
    assert {("05113", "green"), ("05513", "urban"), ("05911", "digital")} <= districts
    sectors = {("science", "digital"), ("industry", "industry"), ("industry", "logistics")}
    sectors |= {("administration", "urban"), ("politics", "urban"), ("civil_society", "health")}
    assert {tuple(cell) for cell in reading["sectors"]} == sectors
    related = {frozenset(row[:2]) for row in reading["pairs"] if row[5]}
    neighbours = {"digital": ("logistics", "urban"), "green": ("industry", "urban")}
    assert related == {frozenset((one, other)) for one, others in neighbours.items() for other in others}
    assert all(row[2] > 1 and row[3] < row[4] for row in reading["pairs"] if set(row[:2]) == {"industry", "health"})
    assert all(effective > 2 for size, effective in reading["clusters"] if size >= 30)


# 02 polycentricity and its uncertainty

Pairs = dict[tuple[str, str], float]


def _between(ties: Iterable[dict[str, str]], unit: Callable[[str], str], units: Iterable[str]) -> tuple[Pairs, int]:
    """Ties between two different units, each pair once in either order, and the number inside a unit."""
    among, found, within = set(units), Counter(), 0
    for row in ties:
        i, j = unit(row["source_actor_id"]), unit(row["target_actor_id"])
        if {i, j} <= among:
            within += i == j
            found.update([(i, j), (j, i)] if i != j else [])
    return found, within


def _panel(between: Pairs, within: float, units: list[str]) -> dict[str, float]:
    strength = [sum(n for (i, _), n in between.items() if i == unit) for unit in units]
    degree = [sum(1 for (i, _), n in between.items() if i == unit and n) for unit in units]
    n, mean, total = len(units), sum(strength) / len(units), sum(strength) / 2
    sd = sqrt(sum((s - mean) ** 2 for s in strength) / n)
    return {
        "p": 1 - 2 * sd / max(strength),
        "delta": sum(degree) / (n * (n - 1)),
        "freeman": sum(max(degree) - d for d in degree) / ((n - 1) * (n - 2)),
        "intercity_share": total / (total + within),
        "share": max(strength) / sum(strength),
    }


COLUMNS = {
    "Green's P": "p",
    "Δ": "delta",
    "Freeman": "freeman",
    "inter-city share": "intercity_share",
    "its share": "share",
}


def test_functional_panels_counted_again(
    polycentricity: dict[str, Any], actors: dict[str, Any], inside: list[str]
) -> None:
    ties, home = _rows("ties"), lambda key: actors[key]["place_id"]
    whole = _panel(*_between(ties, home, inside), inside)
    for name in ("p", "delta", "freeman", "intercity_share"):
        assert polycentricity["whole"][name] == pytest.approx(whole[name])
    doubtful = {key for key, row in actors.items() if row["place_evidence"] in ("knowledge", "doubtful")}
    kept = {
        "all direct ties": ties,
        "without “partner_in”": [row for row in ties if row["relation"] != "partner_in"],
        "without actors whose place was not re-checked": [
            row for row in ties if not {row["source_actor_id"], row["target_actor_id"]} & doubtful
        ],
    }
    for name, rows in kept.items():
        expected = _panel(*_between(rows, home, inside), inside)
        found = polycentricity["left_out"][name]
        assert {c: found[c] for c in COLUMNS} == pytest.approx({c: expected[key] for c, key in COLUMNS.items()})
    wider = [*inside, "x-duesseldorf"]
    between, within = _between(ties, home, wider)
    expected = _panel(between, within, wider)
    found = polycentricity["wider"]["and Düsseldorf"]
    assert {c: found[c] for c in COLUMNS} == pytest.approx({c: expected[key] for c, key in COLUMNS.items()})
    strength = {unit: sum(n for (i, _), n in between.items() if i == unit) for unit in wider}
    assert polycentricity["duesseldorf"] == 1 + sum(s > strength["x-duesseldorf"] for s in strength.values())


def test_commuters_counted_again(polycentricity: dict[str, Any], places: dict[str, Any], inside: list[str]) -> None:
    flows, districts = Counter(), sorted({places[key]["district_id"] for key in inside})
    for row in _rows("flows"):
        i, j = row["origin_district_id"], row["destination_district_id"]
        flows.update({(i, j): int(row["commuters"]), (j, i): int(row["commuters"])})
    assert polycentricity["functional"]["p"] == pytest.approx(_panel(flows, 0, districts)["p"])


def test_sizes_counted_again(polycentricity: dict[str, Any], actors: dict[str, Any], inside: list[str]) -> None:
    count = Counter(row["place_id"] for row in actors.values())
    sizes = sorted((count[place] for place in inside), reverse=True)
    panel, n = polycentricity["panel"], len(sizes)
    assert panel["slope_all"] == pytest.approx(np.polyfit(np.log(np.arange(1, n + 1)), np.log(sizes), 1)[0])
    differences = sum(abs(a - b) for a in sizes for b in sizes)
    assert panel["gini"] == pytest.approx(differences / (2 * n * sum(sizes)))
    assert panel["effective_centres"] == pytest.approx(sum(sizes) ** 2 / sum(s * s for s in sizes))
    share = np.random.default_rng(2).beta(sizes[0] + 0.5, sum(sizes) - sizes[0] + 0.5, 200_000)
    low, high = (float(limit) for limit in polycentricity["interval"].split("–"))
    assert [low, high] == pytest.approx(100 * np.percentile(share, [2.5, 97.5]), abs=0.1)


def test_a_star_is_no_zero_and_the_convention_decides(polycentricity: dict[str, Any]) -> None:
    found = polycentricity["conventions"]
    p = {name: row["P (population sd)"] for name, row in found.items()}
    assert p["star of 4"] == pytest.approx(1 - sqrt(3) / 3)
    assert found["star of 4"]["Freeman"] == 1
    triangle = found["triangle with ties 4, 2, 2"]
    assert [triangle["P (population sd)"], triangle["P (sample sd)"]] == pytest.approx([0.6857, 0.7278], abs=5e-5)
    assert p["Ruhr: direct ties, 15 districts"] == pytest.approx(p["star of 15"], abs=0.05)
    assert p["Ruhr: projects, 15 districts"] < p["star of 15"]
    assert polycentricity["whole"]["p"] < p["star of 53"]
    assert 0.15 < min(polycentricity["freeman"]) < max(polycentricity["freeman"]) < 0.7


@pytest.fixture(scope="module")
def joint(actors: dict[str, dict[str, str]]) -> dict[str, set[str]]:
    """Projects that two or more districts share, with these districts."""
    taking_part = defaultdict(set)
    for row in _rows("participations"):
        taking_part[row["project_id"]].add(actors[row["actor_id"]]["district"])
    return {key: found - {""} for key, found in taking_part.items() if len(found - {""}) > 1}


def test_validated_ties_against_random_tables_of_another_kind(
    polycentricity: dict[str, Any], joint: dict[str, set[str]], actors: dict[str, Any]
) -> None:
    districts = sorted(set().union(*joint.values()))
    table = np.array([[d in joint[key] for key in sorted(joint)] for d in districts])
    i, j = districts.index("05112"), districts.index("05113")
    rng, shared = np.random.default_rng(3), []
    for step in range(200_000):
        r, c = rng.integers(0, len(districts), 2), rng.integers(0, table.shape[1], 2)
        corner = table[np.ix_(r, c)]
        if corner[0, 0] == corner[1, 1] != corner[0, 1] == corner[1, 0]:
            table[np.ix_(r, c)] = ~corner
        if step >= 20_000 and step % 500 == 0:
            shared.append(int((table[i] & table[j]).sum()))
    one, other, found, expected = polycentricity["duisburg_essen"]
    assert [one, other, found] == ["05112", "05113", sum({"05112", "05113"} <= d for d in joint.values())]
    assert expected == pytest.approx(np.mean(shared), abs=0.5)
    assert max(shared) < found
    verdicts = polycentricity["verdicts"]
    assert verdicts["FDSM, 3,000 draws, seed 0"] == verdicts["FDSM, 3,000 draws, seed 1"] == [["05112"], ["05113"]]
    assert verdicts["FDSM, 1,000 draws, seed 0"] == verdicts["SDSM, exact, no draws"] == [[], []]
    through = defaultdict(set)
    for row in _rows("participations"):
        if {"05112", "05113"} <= joint.get(row["project_id"], set()) and actors[row["actor_id"]]["district"] in (
            one,
            other,
        ):
            through[row["actor_id"]].add(row["project_id"])
    most = max(through, key=lambda key: len(through[key]))
    assert polycentricity["through"] == [found, most, len(through[most])]
    assert actors[most]["place_id"] == ESSEN


def test_local_ties(polycentricity: dict[str, Any], actors: dict[str, Any], places: dict[str, Any]) -> None:
    districts = sorted({row["district_id"] for row in places.values()} - {""})
    between, within = _between(_rows("ties"), lambda key: actors[key]["district"], districts)
    hub, at_hub, all_between = polycentricity["hub"]
    assert all_between == sum(between.values()) / 2
    assert [hub, at_hub] == ["05113", sum(n for (i, _), n in between.items() if i == "05113")]
    ends = [i for (i, _), n in between.items() for _ in range(n)]
    ends += [
        actors[row["source_actor_id"]]["district"]
        for row in _rows("ties")
        if actors[row["source_actor_id"]]["district"] == actors[row["target_actor_id"]]["district"] != ""
        for _ in range(2)
    ]
    assert len(ends) == 2 * (all_between + within)
    rng = np.random.default_rng(7)
    drawn = [rng.permutation(ends) for _ in range(100)]
    assert polycentricity["random_share"] == pytest.approx(np.mean([d[::2] != d[1::2] for d in drawn]), abs=0.01)
    apart = {pair for pair, neighbours in polycentricity["beyond"] if neighbours == "no"}
    assert apart == {"Duisburg–Essen", "Mülheim an der Ruhr–Bottrop"}
    assert len(polycentricity["beyond"]) >= 5


def test_stability_of_clusters_pair_by_pair(polycentricity: dict[str, Any], ruhr: Atlas) -> None:
    from ecosystem.measures.communities import communities

    runs = [communities(ruhr.ties.csr, ruhr.ties.rows, runs=1, seed=seed).labels for seed in range(50)]
    for item in ruhr.clusters.items[4:14]:
        labels = [run[list(item.actors)].tolist() for run in runs]
        together = [a == b for run in labels for a, b in combinations(run, 2)]
        assert polycentricity["stability"][item.cluster_id] == pytest.approx(np.mean(together))
    sizes, firm = polycentricity["sizes"], polycentricity["firm"]
    assert np.median(firm) < np.median(list(sizes.values()))
    assert polycentricity["follows"]["city"] > polycentricity["follows"]["field"] > polycentricity["follows"]["sector"]
    assert polycentricity["null"]["q"] > polycentricity["null"]["null_mean"] + 10 * polycentricity["null"]["null_sd"]


def test_what_the_second_notebook_says_in_words(polycentricity: dict[str, Any]) -> None:
    essen, dortmund = polycentricity["draws"]
    assert 0 < dortmund < essen < 95
    direct_projects, direct_commuters, projects_commuters = polycentricity["alike"]
    assert max(direct_projects, direct_commuters) > projects_commuters > 0
    rows = polycentricity["left_out"]
    assert {row["most tied"] for row in rows.values()} == {"Essen"}
    assert all(0.6 < row["Green's P"] < 0.7 for row in rows.values())
    ranges = polycentricity["ranges"]
    assert ranges["Δ"]["97.5 %"] < ranges["Δ"]["all sources"]
    unchecked = rows["without actors whose place was not re-checked"]
    for name in ("inter-city share", "its share"):
        assert unchecked[name] < ranges[name]["2.5 %"] <= ranges[name]["all sources"] <= ranges[name]["97.5 %"]
        assert polycentricity["worst"][name] == "without actors whose place was not re-checked"
    assert polycentricity["thin"][1] < 0.2


def _all_ties(actors: dict[str, Any], field: str, fields_of: dict[str, set[str]]) -> Counter[tuple[str, str]]:
    """Ties of a field between places: recorded ties of two actors on it, and places that share a project of it."""
    found: Counter[tuple[str, str]] = Counter()
    for row in _rows("ties"):
        ends = row["source_actor_id"], row["target_actor_id"]
        if all(field in fields_of[actor] for actor in ends):
            one, other = sorted(actors[actor]["place_id"] for actor in ends)
            found[one, other] += 1
    members = defaultdict(set)
    for row in _rows("participations"):
        members[row["project_id"]].add(actors[row["actor_id"]]["place_id"])
    for row in _rows("projects"):
        if field in row["fields"].split("|"):
            found.update(combinations(sorted(members[row["project_id"]]), 2))
    return found


def _special(ties: Counter[tuple[str, str]], inside: list[str]) -> float:
    """Green's P·Δ written out: 1 − 2·sd(s)/max(s), times the share of pairs that are tied."""
    strength = dict.fromkeys(inside, 0.0)
    tied = 0
    for (one, other), count in ties.items():
        if one != other and one in strength and other in strength:
            strength[one] += count
            strength[other] += count
            tied += 1
    values = list(strength.values())
    mean = sum(values) / len(values)
    sd = sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return (1 - 2 * sd / max(values)) * tied / comb(len(inside), 2)


@pytest.fixture(scope="module")
def what_if(run: Callable[[str], Run]) -> dict[str, Any]:
    return run("03_what_if").told


def test_the_best_tie_counted_again_and_no_other_pair_is_better(
    what_if: dict[str, Any], actors: dict[str, Any], inside: list[str], fields_of: dict[str, set[str]]
) -> None:
    for field, (place, partner, before, after) in what_if["top"].items():
        ties = _all_ties(actors, field, fields_of)
        assert _special(ties, inside) == pytest.approx(before, abs=1e-12)
        pair = tuple(sorted((place, partner)))
        assert _special(ties + Counter({pair: 1}), inside) == pytest.approx(after, abs=1e-12)
        held = sorted({row["place_id"] for actor, row in actors.items() if field in fields_of[actor]} & set(inside))
        others = list(combinations(held, 2))[::9]
        assert all(_special(ties + Counter({one: 1}), inside) <= after + 1e-12 for one in others)


def test_a_programme_counted_again(
    what_if: dict[str, Any], actors: dict[str, Any], inside: list[str], fields_of: dict[str, set[str]]
) -> None:
    ties = _all_ties(actors, "health", fields_of)
    for (one, other), value in zip(what_if["programme"], what_if["curve"][1:], strict=True):
        assert {"health"} <= fields_of[one] & fields_of[other]
        first, second = sorted((actors[one]["place_id"], actors[other]["place_id"]))
        ties[first, second] += 1
        assert _special(ties, inside) == pytest.approx(value, abs=1e-12)


def test_partners_counted_again(what_if: dict[str, Any]) -> None:
    partners = defaultdict(set)
    members = defaultdict(set)
    for row in _rows("ties"):
        partners[row["source_actor_id"]].add(row["target_actor_id"])
        partners[row["target_actor_id"]].add(row["source_actor_id"])
    for row in _rows("participations"):
        members[row["project_id"]].add(row["actor_id"])
    for group in members.values():
        for actor in group:
            partners[actor] |= group - {actor}
    assert len(what_if["losses"]) == 40
    assert {actor: row["partners"] for actor, row in what_if["losses"].items()} == {
        actor: len(partners[actor]) for actor in what_if["losses"]
    }


def test_what_the_third_notebook_says_in_words(what_if: dict[str, Any]) -> None:
    assert all(0 < row["gain"] < row["spread"] for row in what_if["best"].values())
    assert what_if["over_half"] > 0.5
    assert all(what_if["new_raise"].values())
    for lowering, fewest, share in what_if["lowering"].values():
        assert lowering > 0
        assert fewest > 0
        assert share >= 0.5
    curve = what_if["curve"]
    assert 2 <= what_if["seen"] <= 6
    assert curve[what_if["seen"]] - curve[0] > what_if["spread"]
    assert what_if["concentrated"][-1] <= curve[0]
    seen = {name for name, row in what_if["region"].items() if abs(row["change"]) > row["noise"]}
    assert seen == {"polycentricity P_SF"}
    losses = what_if["losses"]
    assert max(losses, key=lambda actor: losses[actor]["partners"]) == what_if["leaver"]
    assert losses[what_if["leaver"]]["change"] > 0
    assert what_if["alike"] < 0.6
    assert next(iter(losses)) != what_if["leaver"]
    assert 0.14 < 1 - what_if["linked"][-1] / what_if["linked"][0] < 0.2
    assert 0 < what_if["even"][-1] - what_if["even"][0] < 0.03
