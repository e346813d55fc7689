"""What a finding is: tables of numbers with everything needed to compute and to judge them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem.errors import MeasureError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    Progress = Callable[[str, int, int], None]

Parameter = str | int | float | bool | None


class Frames(Mapping[str, "pd.DataFrame"]):
    """Tables by name, each given or a function that makes it when it is first read.

    >>> from functools import partial
    >>> import pandas as pd
    >>> found = Frames({"few": pd.DataFrame({"n": [1]}), "many": partial(pd.DataFrame, {"n": range(3)})})
    >>> list(found), len(found["many"])
    (['few', 'many'], 3)
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame | Callable[[], pd.DataFrame]]) -> None:
        self._tables = dict(tables)

    def __getitem__(self, name: str) -> pd.DataFrame:
        found = self._tables[name]
        if callable(found):
            # two readers at once make the same table twice, and one of them stays
            found = self._tables[name] = found()
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


@dataclass(frozen=True, kw_only=True, eq=False)
class Content:
    """What the function of one measure gives back; :class:`Finding` adds what is the same for all.

    ``read`` names the tables of the region the numbers rest on.
    """

    frames: Mapping[str, pd.DataFrame]
    n: int
    counted: str
    read: tuple[str, ...]
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Finding:
    """One measure of one region, complete enough to be repeated from an export of it.

    ``frames``: name → table, the first is the main one; do not change them, they are shared: copy first. A number
    that is not defined is NaN and the column ``reason`` of its row says why. ``question`` is the one it answers.
    ``parameters`` are all options as they were used, with ``seed`` and ``draws`` where something is drawn; ``region``
    and ``version`` (of the data) say what was measured; ``n`` counts what the numbers rest on and ``counted`` says
    what that is. ``notes`` and ``warnings`` are to be shown beside the numbers: notes always hold, warnings in this
    case. ``reasons`` say what could not be answered at all. ``sources`` are ids in the region's table of sources,
    ``read`` the tables whose rows name them.
    """

    name: str
    title: str
    question: str
    region: str
    version: str
    parameters: Mapping[str, Parameter]
    frames: Mapping[str, pd.DataFrame]
    n: int
    counted: str
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    reasons: tuple[str, ...]
    sources: tuple[str, ...]
    read: tuple[str, ...] = ()

    @property
    def seed(self) -> Parameter:
        """The seed of all draws; ``None`` where nothing is drawn."""
        return self.parameters.get("seed")

    @property
    def draws(self) -> Parameter:
        """The number of draws; ``None`` where nothing is drawn."""
        return self.parameters.get("draws")

    def frame(self, table: str | None = None) -> pd.DataFrame:
        """The table of this name, the main one by default.

        Raises:
            MeasureError: there is no such table; names those that exist.
        """
        chosen = next(iter(self.frames)) if table is None else table
        if chosen not in self.frames:
            raise MeasureError(f"{self.name}: there is no table “{chosen}”. Choose one of {', '.join(self.frames)}.")
        return self.frames[chosen]


def silent(step: str, done: int, total: int) -> None:
    """Report progress to nobody."""


def step_of(progress: Progress, step: str) -> Callable[[int, int], None]:
    """The progress of one named step, in the form the measures take it."""
    return lambda done, total: progress(step, done, total)
