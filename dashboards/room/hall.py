"""A room while it is open: database, atlas, what was read last, who asks too often."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dashboards.components.caption import place_names
from dashboards.room.drawing import svg
from dashboards.room.limits import Limits
from dashboards.room.outlook import Lookout
from dashboards.room.picture import Spots, added, frame, ground
from dashboards.views.folding import folded
from ecosystem import workshop
from ecosystem.workshop import Ground, Status
from ecosystem.workshop.drafts import actor_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from dashboards.room.picture import Shape
    from ecosystem.atlas import Atlas
    from ecosystem.workshop import Database, Pulse, Standing
    from ecosystem.workshop.drafts import Names

HITS = 8


class Hall:
    """The open room of ``code``; ``apart`` computes what would change in a process of its own."""

    def __init__(self, database: Database, atlas: Atlas, code: str, *, apart: bool = False) -> None:
        self.database, self.atlas, self.code = database, atlas, code
        self.base = Ground(atlas.tables)
        self.limits = Limits()
        # a browser that asked an earlier process may have seen pages of another version
        self.born = secrets.token_hex(4)
        self._lock = threading.Lock()
        self._standing: Standing | None = None
        self._kept: dict[tuple[str, ...], tuple[int, dict[str, Markup]]] = {}
        self._searched: tuple[Names, list[tuple[str, str]]] | None = None
        standing = workshop.standing(database, code)
        self.address = standing.room.address
        self.lookout = Lookout(atlas, self.base, standing.room.base, apart=apart)
        self.lookout.want(standing.scenario.steps)

    @property
    def join_address(self) -> str:
        """What stands below the QR code."""
        return f"{self.address}/r/{self.code}"

    def pulse(self, participant: str = "", operator: str = "") -> Pulse:
        """One short look: how far the room is, and who asks."""
        return workshop.pulse(self.database, self.code, participant=participant, operator=operator)

    def standing(self, pulse: Pulse) -> Standing:
        """The room as it stands; read again only where something has happened."""
        with self._lock:
            if self._standing is None or self._standing.room.seq != pulse.seq:
                self._standing = workshop.standing(self.database, self.code)
                self.lookout.want(self._standing.scenario.steps)
            return self._standing

    def names(self, standing: Standing) -> Names:
        """The actors as they are called, those of accepted proposals among them."""
        return self.base.after(standing.scenario.steps)

    def found(self, standing: Standing, text: str) -> list[str]:
        """Names of actors that have every typed word as the beginning of one of theirs; the shortest first."""
        wanted = folded(text[:80]).split()
        if not wanted:
            return []
        hits = [name for name, told in self._index(standing) if all(f" {word}" in told for word in wanted)]
        return sorted(hits, key=lambda name: (len(name), name))[:HITS]

    def _index(self, standing: Standing) -> list[tuple[str, str]]:
        names = self.names(standing)
        with self._lock:
            if self._searched is None or self._searched[0] is not names:
                actors = names.tables.actors
                columns = (actors[column] for column in ("name", "short_name", "aliases"))
                rows = [(str(row[0]), " " + folded(" ".join(row))) for row in zip(*columns, strict=True)]
                self._searched = (names, rows)
            return self._searched[1]

    def seen_by_all(self, pulse: Pulse) -> Standing:
        """The room as phones see it: what only waits makes it no older."""
        with self._lock:
            known = self._standing
        return known if known is not None and known.room.seen == pulse.seen else self.standing(pulse)

    def kept(self, name: tuple[str, ...], seen: int, build: Callable[[], dict[str, Markup]]) -> dict[str, Markup]:
        """Parts that are the same for several browsers, until all see something new."""
        found = self._kept.get(name)
        if found is None or found[0] != seen:
            found = self._kept[name] = (seen, build())
        return found[1]

    @cached_property
    def places(self) -> dict[str, str]:
        """Places by their id."""
        return place_names(self.atlas)

    @cached_property
    def picture(self) -> Picture:
        """What does not change while the room is open."""
        return Picture(self.atlas)

    def added(self, standing: Standing) -> list[Shape]:
        """What the accepted proposals add to the picture."""
        accepted = standing.having(Status.ACCEPTED)
        spots = Spots(self.atlas, self.picture.frame, accepted, actor_id)
        return added(accepted, spots, actor_id, self.picture.shapes)


@dataclass
class Picture:
    """The region as it is known, drawn once."""

    atlas: Atlas

    def __post_init__(self) -> None:
        self.frame = frame(self.atlas)
        self.shapes = ground(self.atlas)

    @cached_property
    def drawn(self) -> Markup:
        """As an SVG file."""
        return svg(self.shapes, self.frame, standalone=True)
