"""A finding as plain data, as CSV, and as the texts of a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ecosystem.errors import MeasureError
from ecosystem.findings.registry import measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecosystem.findings.record import Finding, Parameter

UNDEFINED = "–"


def record(finding: Finding) -> dict[str, Any]:
    """Everything a finding says, as JSON knows it: tables are lists of rows, an undefined number is ``None``."""
    return {
        "measure": finding.name,
        "title": finding.title,
        "question": finding.question,
        "region": finding.region,
        "data_version": finding.version,
        "parameters": dict(finding.parameters),
        "n": finding.n,
        "counted": finding.counted,
        "notes": list(finding.notes),
        "warnings": list(finding.warnings),
        "reasons": list(finding.reasons),
        "sources": list(finding.sources),
        "tables": {name: rows_of(frame) for name, frame in finding.frames.items()},
    }


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as JSON knows them; undefined numbers are ``None``."""
    columns = [[_plain(value) for value in frame[name].tolist()] for name in frame.columns]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, str):
        # reasons are words of an enumeration
        return str(value)
    return None if value is pd.NA or (isinstance(value, float) and np.isnan(value)) else value


def csv_text(finding: Finding, table: str | None = None) -> str:
    """One table as CSV, the main one by default; an undefined number is an empty cell.

    Raises:
        MeasureError: there is no such table.
    """
    return finding.frame(table).to_csv(index=False, lineterminator="\n")


def stamp(finding: Finding) -> str:
    """What is needed to repeat the finding, in one line."""
    chosen = ", ".join(f"{name} {_told(value)}" for name, value in finding.parameters.items())
    told = f"{finding.region} (data {finding.version}) · {chosen} · n = {finding.n} {finding.counted}"
    return f"{finding.name} · {told} · {len(finding.sources)} sources"


def _told(value: Parameter) -> str:
    return UNDEFINED if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def texts(frame: pd.DataFrame) -> pd.DataFrame:
    """The table as people read it: names instead of ids, four digits, “–” where nothing is defined.

    >>> texts(pd.DataFrame({"place": ["C1"], "place_name": ["Ahausen"], "lq": [1.46666], "q": [float("nan")]})).values
    array([['Ahausen', '1.467', '–']], dtype=object)
    """
    named = {f"{name}_name": str(name) for name in frame.columns if f"{name}_name" in frame.columns}
    shown = frame.drop(columns=list(named.values())).rename(columns=named)
    written = {name: [_text(value) for value in shown[name].tolist()] for name in shown.columns}
    return pd.DataFrame(written, columns=shown.columns, index=shown.index, dtype=object)


def _text(value: Any) -> str:
    plain = _plain(value)
    if plain is None:
        return UNDEFINED
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    return f"{plain:.4g}" if isinstance(plain, float) and abs(plain) < 10_000 else _whole(plain)


def _whole(value: Any) -> str:
    return f"{value:.0f}" if isinstance(value, float) else str(value)


def parsed(name: str, assignments: Iterable[str]) -> dict[str, Parameter]:
    """Options of a measure from texts such as ``method=cosine``, each as the kind of value it takes.

    Raises:
        MeasureError: no such measure or option, no equals sign, or a number that is none.

    >>> parsed("coordination", ["method=cosine", "min_actors=5"])
    {'method': 'cosine', 'min_actors': 5}
    """
    one = measure(name)
    options: dict[str, Parameter] = {}
    for assignment in assignments:
        option, equals, value = assignment.partition("=")
        key = option.strip().replace("-", "_")
        if not equals or key not in one.options:
            known = ", ".join(f"{name} ({_told(value)})" for name, value in one.options.items())
            raise MeasureError(f"{one.name}: “{assignment}” sets nothing. Write OPTION=VALUE; there are {known}.")
        options[key] = _value(one.name, key, value.strip(), one.options[key])
    return options


def _value(name: str, option: str, text: str, default: Parameter) -> Parameter:
    whole = isinstance(default, int) or option == "split"
    if not whole and not isinstance(default, float):
        return text
    try:
        return int(text) if whole else float(text)
    except ValueError:
        kind = "whole number" if whole else "number"
        raise MeasureError(f"{name}: {option} has to be a {kind}, not “{text}”.") from None
