"""Where regions lie: shipped with the package, in a data directory of the user's, or any folder.

The wheel carries ``data/`` as ``ecosystem/_data``; a checkout has it beside the package. The installed copy
is preferred, so that an installation never depends on the folder it is started from.
"""

from __future__ import annotations

import os
from pathlib import Path

from ecosystem.errors import RegionError

DESCRIPTION_FILE = "region.toml"
DEFAULT_REGION = "ruhr"


def shipped_data() -> Path:
    """The folder with the data dictionary and the regions that came with the package."""
    installed = Path(__file__).parent / "_data"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "data"


def data_folders() -> tuple[Path, ...]:
    """Folders that are searched for regions: ``$ECOSYSTEM_DATA`` first, then what was shipped."""
    own = os.environ.get("ECOSYSTEM_DATA")
    return (*([Path(own).expanduser()] if own else []), shipped_data())


def available() -> dict[str, Path]:
    """Every region that can be named, with its folder; a user's region hides a shipped one of the same name."""
    found: dict[str, Path] = {}
    for root in data_folders():
        for description in sorted(root.glob(f"*/{DESCRIPTION_FILE}")):
            # a hidden folder is one that is being made, or was left by a program that was killed
            if description.parent.name.startswith("."):
                continue
            found.setdefault(description.parent.name, description.parent)
    return dict(sorted(found.items()))


def locate(region: str | Path) -> Path:
    """The folder of a region given by name or by path.

    Raises:
        RegionError: there is no such region; names those that exist.
    """
    folder = Path(region).expanduser()
    if (folder / DESCRIPTION_FILE).is_file():
        return folder.resolve()
    known = available()
    if str(region) in known:
        return known[str(region)].resolve()
    if folder.is_dir():
        raise RegionError(
            f"{folder} is no region folder: it has no {DESCRIPTION_FILE}. See data/README.md for what one holds."
        )
    names = ", ".join(known) or "none"
    raise RegionError(
        f"No region “{region}”. Known regions: {names}. Give one of them, or the path of a region folder."
    )
