"""What a reader gathers on its way: rows counted, rejected, cells left blank, organisations that come again merged."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha1
from typing import TYPE_CHECKING

from ecosystem.sources.record import Origin, RawActor, RawParticipation, RawProject, RawTie, Reading, Reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ecosystem.sources.record import Provenance

    Progress = Callable[[str, int, int | None], None]

_EVERY = 2_000
MOST_CODES = 500
"""Codes of one kind an organisation or a project may gather from many rows."""
_FILLED = (
    "postcode", "municipality", "district", "nuts", "country", "lat", "lon", "url", "parent", "place_code",
)  # fmt: skip


def key(prefix: str, *parts: str) -> str:
    """An id for what has none in its source: the same for the same texts, whatever file they come from.

    >>> key("op", "Stadt Essen", "45127")
    'op-1d08b41b0f5f'
    """
    told = "\0".join(parts).encode("utf-8", "surrogatepass")
    return f"{prefix}-{sha1(told, usedforsecurity=False).hexdigest()[:12]}"


class Collector:
    """Fills while a reader goes through its rows; every data row is counted once and then taken or rejected."""

    def __init__(self, kind: str, progress: Progress | None = None) -> None:
        self.kind = kind
        self.rows_read = self.rows_taken = 0
        self.actors: dict[str, RawActor] = {}
        self.projects: dict[str, RawProject] = {}
        self.participations: list[RawParticipation] = []
        self.ties: list[RawTie] = []
        self.rejects: list[Reject] = []
        self.blanked: list[Reject] = []
        self.notes: list[str] = []
        self._progress = progress
        self._spellings: dict[str, dict[str, None]] = {}

    def step(self, file: str, total: int | None = None) -> None:
        """Count a data row, and tell how far it is now and then."""
        self.rows_read += 1
        if self._progress and self.rows_read % _EVERY == 0:
            self._progress(file, self.rows_read, total)

    def take(self) -> None:
        """The row gave something."""
        self.rows_taken += 1

    def reject(self, origin: Origin, column: str, value: str, reason: str, cure: str) -> None:
        """The row was not taken."""
        self.rejects.append(Reject(origin, column, value[:200], reason, cure))

    def rejected(self, rejects: Iterable[Reject]) -> None:
        """Rows that were rejected before they could be counted."""
        found = list(rejects)
        self.rows_read += len(found)
        self.rejects += found

    def blank(self, origin: Origin, column: str, value: str, reason: str) -> None:
        """A cell that could not be read; its row is taken without it."""
        self.blanked.append(Reject(origin, column, value[:200], reason, "The cell was left blank; correct it there."))

    def note(self, *sentences: str) -> None:
        """Something that was otherwise than expected, told once."""
        self.notes += [sentence for sentence in dict.fromkeys(sentences) if sentence not in self.notes]

    def actor(self, raw: RawActor) -> None:
        """An organisation; one that was met before keeps its first row and gains what that row left open."""
        known = self.actors.setdefault(raw.raw_id, raw)
        if known is raw:
            return
        if raw.name != known.name or raw.other_names:
            spelt = self._spellings.setdefault(raw.raw_id, {})
            spelt |= dict.fromkeys((raw.name, *raw.other_names))
        gained = {name: getattr(raw, name) for name in _FILLED if getattr(known, name) in ("", None)}
        gained = {name: value for name, value in gained.items() if value not in ("", None)}
        for name in ("ids", "kinds", "topics"):
            more = [code for code in getattr(raw, name) if code not in getattr(known, name)]
            if more and len(getattr(known, name)) >= MOST_CODES:
                self.note(f"Of organisations with more than {MOST_CODES} {name} the further ones were left out.")
            elif more:
                gained[name] = (*getattr(known, name), *more)
        if gained:
            self.actors[raw.raw_id] = replace(known, **gained)

    def reading(self, provenance: Provenance) -> Reading:
        """Everything gathered."""
        for raw_id, spelt in self._spellings.items():
            known = self.actors[raw_id]
            others = dict.fromkeys((*known.other_names, *spelt))
            others.pop(known.name, None)
            self.actors[raw_id] = replace(known, other_names=tuple(others))
        return Reading(
            kind=self.kind, provenance=provenance, actors=tuple(self.actors.values()),
            projects=tuple(self.projects.values()), participations=tuple(self.participations), ties=tuple(self.ties),
            rejects=tuple(self.rejects), rows_read=self.rows_read, notes=tuple(self.notes),
            rows_taken=self.rows_taken, blanked=tuple(self.blanked),
        )  # fmt: skip
