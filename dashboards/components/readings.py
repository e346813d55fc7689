"""A reading example of every measure, made of the numbers of the data on screen.

Each takes the most telling row that enough actors support. Where something is drawn, fewer draws than elsewhere are
enough to show how a number is read; how many is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.readings_network import BY_NAME as NETWORK
from dashboards.components.readings_profiles import BY_NAME as PROFILES
from dashboards.components.readings_region import BY_NAME as REGION

if TYPE_CHECKING:
    from dashboards.language import Translator
    from ecosystem.atlas import Atlas

READINGS = PROFILES | REGION | NETWORK


def reading(atlas: Atlas, name: str, tr: Translator) -> list[str]:
    """The example of a measure, a sentence per entry; says so where the data give none."""
    if name not in READINGS:
        return []
    told = [line for line in READINGS[name](atlas, tr) if line]
    return told or [tr("These data give no example: too few actors, places, fields, ties or years.")]
