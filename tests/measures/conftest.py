"""Stored reference values: inputs as frames, expectations and peers' answers as arrays in the input's order."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

FOLDER = Path(__file__).parent.parent / "reference"


@cache
def _json(folder: str, name: str):
    return json.loads((FOLDER / folder / f"{name}.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Reference:
    """Reads ``tests/reference``; ``null`` becomes NaN, peers' nested records become arrays in the input's order."""

    def input(self, name):
        return pd.read_csv(FOLDER / "inputs" / f"{name}.csv", index_col=0)

    def table(self, name):
        return pd.read_csv(FOLDER / "inputs" / f"{name}.csv")

    def expected(self, name):
        return _json("expected", name)

    def peer(self, name, package):
        answer = _json("peers", f"{name}.{package}")
        return answer.get("results", answer)

    def array(self, values):
        return np.array(values, dtype=float)

    def square(self, record, index, columns):
        return np.array([[record.get(row, {}).get(column) for column in columns] for row in index], dtype=float)

    def vector(self, record, index):
        return np.array([record.get(row) for row in index], dtype=float)


@pytest.fixture(scope="session")
def reference():
    return Reference()


@pytest.fixture(scope="session")
def counts_8x6(reference):
    return reference.input("counts_8x6")
