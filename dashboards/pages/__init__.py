"""The pages.

Each module owns ``PAGE`` (paths, whether it has filters, whether the menu lists it), ``class Id(StrEnum)``,
``title(tr)``, ``layout(atlas, selection, tr)``, ``register(app, atlas)`` and ``SHEETS``: the rows behind its pictures
by name, which the table twins and the files are made of. ``dashboards.sitemap`` lists the pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboards.state import Selection


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page stands: the German path is canonical, the English one shows the same.

    A ``nested`` page is shown under every path that goes on from its own; the rest is ``Selection.subject``. One
    without an entry in the menu may belong to the ``section`` of another (its path), which is marked instead. One of
    the ``whole`` region lets filters of other pages be, and its files say so.
    """

    path: str
    alias: str
    filters: bool
    menu: bool = True
    nested: bool = False
    section: str = ""
    whole: bool = False

    @property
    def slug(self) -> str:
        """What the page is called in the addresses of files."""
        return self.alias.strip("/") or "overview"

    def at(self, path: str) -> bool:
        """Whether the page is shown under this path."""
        plain = path.rstrip("/")
        if plain in {self.path.rstrip("/"), self.alias.rstrip("/")}:
            return True
        return self.nested and plain.startswith((self.path + "/", self.alias + "/"))

    def rest(self, path: str) -> str:
        """What a path says beyond the page's own.

        >>> Page("/profil", "/profile", filters=False, nested=True).rest("/profil/stadt/05911000")
        'stadt/05911000'
        """
        for own in (self.path, self.alias):
            if path.startswith(own + "/"):
                return path.removeprefix(own + "/").rstrip("/")
        return ""

    def counted(self, selection: Selection) -> Selection:
        """What of a selection the page's numbers heed."""
        return selection.unfiltered() if self.whole else selection

    def own(self, language: str) -> str:
        """The path in a language."""
        return self.path if language == "de" else self.alias
