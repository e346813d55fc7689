"""Why a step cannot be applied: what applying raises, and what the list of unfit steps is made of."""

from __future__ import annotations

from ecosystem.errors import ScenarioError

KINDS = ("missing", "known", "repeated", "loop", "table", "column", "value")


class Misfit(ScenarioError):  # noqa: N818 -- of the family of ScenarioError
    """A step that does not fit; ``kind`` is one of :data:`KINDS`, ``column`` and ``value`` the cell at fault if any."""

    def __init__(self, kind: str, text: str, column: str = "", value: str = "") -> None:
        self.kind, self.column, self.value = kind, column, value
        super().__init__(text)
