"""Open questions of a region: ``proposals.csv`` in its folder, written by imports, emptied by decisions."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from ecosystem import journal
from ecosystem.errors import IntakeError
from ecosystem.intake.record import Question

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE = "proposals.csv"
HEADER = ("key", "kind", "subject", "about", "name", "place", "actor_id", "other", "other_name", "score", "reasons")


def load(folder: Path) -> dict[str, Question]:
    """The open questions by key, in the order they are asked: the most likely matches first.

    Raises:
        IntakeError: the file was changed by hand and cannot be read.
    """
    data = journal.current(folder, FILE)
    if data is None:
        return {}
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"))))
        found = [_question(row) for row in rows]
    except (UnicodeDecodeError, csv.Error, KeyError, ValueError, AttributeError) as error:
        raise IntakeError(f"{folder / FILE} cannot be read ({error}). Delete it and import again.") from error
    return {one.key: one for one in found}


def _question(row: dict[str, str]) -> Question:
    cells = {name: row[name] for name in HEADER}
    reasons = tuple(part for part in cells.pop("reasons").split("|") if part)
    return Question(**{**cells, "score": float(cells["score"]), "reasons": reasons})  # type: ignore[arg-type]


def text(questions: Iterable[Question]) -> str:
    """The file; the inverse of :func:`load`."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    for one in sorted(questions, key=lambda one: (one.kind, -one.score, one.key)):
        cells = {name: getattr(one, name) for name in HEADER}
        cells["score"] = f"{one.score:.3f}"
        cells["reasons"] = "|".join(reason.replace("|", "/") for reason in one.reasons)
        writer.writerow([cells[name] for name in HEADER])
    return stream.getvalue()
