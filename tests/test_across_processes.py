"""The same clusters, positions and files from fresh processes, whatever ran before, and from Python 3.11 and 3.12.

``ECOSYSTEM_PYTHON312`` names an interpreter of Python 3.12 with the dependencies; without it that test is skipped.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent

# prints version, clusters and positions, and the bytes of the exports as hashes; the order of the regions is given
DIGEST = """
import hashlib, json, sys
from ecosystem import atlas, export

def told(content):
    return hashlib.sha256(content).hexdigest()

found = {"python": "%d.%d" % sys.version_info[:2]}
for region in sys.argv[1:]:
    one = atlas.load(region, cache=False)
    clusters = [(c.cluster_id, c.name.de, c.actors, c.anchors, c.effective_cities) for c in one.clusters.items]
    second = one.clusters.second.labels.tolist()
    found[region] = {
        "clusters": told(repr((clusters, second)).encode()),
        "positions": told(one.positions.to_csv().encode()),
        **{ending: told(export.render(one, ending)) for ending in export.formats()},
    }
print(json.dumps(found))
"""


def _started(python: str, regions: list[str], hash_seed: str) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [python, "-c", DIGEST, *regions], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _result(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.fixture(scope="module")
def two() -> list[dict[str, Any]]:
    processes = [_started(sys.executable, ["toy", "ruhr"], "1"), _started(sys.executable, ["ruhr", "toy"], "2")]
    return [_result(process) for process in processes]


@pytest.mark.parametrize("region", ["toy", "ruhr"])
@pytest.mark.parametrize("what", ["clusters", "positions", "gexf", "graphml", "json", "xlsx"])
def test_two_processes_agree(two: list[dict[str, Any]], region: str, what: str) -> None:
    assert two[0][region][what] == two[1][region][what]


def test_python_312_agrees(two: list[dict[str, Any]]) -> None:
    other = os.environ.get("ECOSYSTEM_PYTHON312")
    if not other:
        pytest.skip("ECOSYSTEM_PYTHON312 names no interpreter of Python 3.12 with the dependencies")
    found = _result(_started(other, ["toy", "ruhr"], "3"))
    assert found.pop("python") == "3.12"
    assert found == {region: two[0][region] for region in ("toy", "ruhr")}
