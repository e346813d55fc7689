"""Which pages there are, in the order of the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.pages import (
    accessibility,
    compare,
    consortium,
    coordination,
    data,
    importing,
    methods,
    network,
    overview,
    polycentric,
    profile,
    scenario,
    specialisation,
    story,
)

if TYPE_CHECKING:
    from types import ModuleType

PAGES: tuple[ModuleType, ...] = (
    overview,
    network,
    polycentric,
    specialisation,
    coordination,
    consortium,
    scenario,
    story,
    data,
    compare,
    importing,
    profile,
    methods,
    accessibility,
)


def page_at(path: str) -> ModuleType | None:
    """The page under a path, German or English."""
    return next((page for page in PAGES if page.PAGE.at(path)), None)


def page_called(slug: str) -> ModuleType | None:
    """The page of this name in the addresses of files."""
    return next((page for page in PAGES if page.PAGE.slug == slug), None)
