"""``data-*`` and ``aria-*`` attributes of html components, whose names are no Python names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def attributes(given: Mapping[str, str]) -> dict[str, Any]:
    """The attributes as keyword arguments: ``html.A(..., **attributes({"data-page": "/netz"}))``."""
    return dict(given)
