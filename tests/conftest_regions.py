"""Region folders of a directory whose loading can be held, for the tests of several regions."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from ecosystem import atlas as atlases

if TYPE_CHECKING:
    from pathlib import Path

    from ecosystem.atlas import Atlas

LONG = 60.0


class Held:
    """Finds and loads the regions of a directory; loading waits while ``free`` is cleared."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.free = threading.Event()
        self.free.set()

    def find(self) -> dict[str, Path]:
        return {path.parent.name: path.parent for path in sorted(self.root.glob("*/region.toml"))}

    def load(self, folder: Path, **named: Any) -> Atlas:
        assert self.free.wait(LONG)
        return atlases.load(folder, **named)
