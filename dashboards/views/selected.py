"""What ``sel`` in a link means: a rule, a list of ids, or a packed set.

* ``place:05113000`` or ``unit:05113``, ``field:green``, ``cluster:c03``, ``sector:science``: a rule
* ``cell:05113000.green`` (a place, or a unit's id): the place's actors on the field
* ``actor:a,b,c``: up to 20 actors by id
* ``set:3f2a9c0d11.eJzT…``: any number of actors, as a compressed bit per actor in sorted order; holds only for the
  data version it names
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views.filters import in_fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecosystem.atlas import Atlas

MOST_IDS = 20
# the alphabet of base64 in addresses; its plain form would read as the same set under another link
PACKED = re.compile(r"[A-Za-z0-9_-]+")


def resolve(atlas: Atlas, rule: str) -> np.ndarray | None:
    """Mask over the atlas's actors; ``None`` where the rule says nothing about this data."""
    kind, _, rest = rule.partition(":")
    reader = {
        "actor": _actors, "place": _place, "unit": _place, "field": _field, "cluster": _cluster, "sector": _sector,
        "cell": _cell, "set": _packed,
    }.get(kind)  # fmt: skip
    return None if reader is None else reader(atlas, rest)


def ids(atlas: Atlas, rule: str) -> list[str]:
    """The actors of a rule in sorted order; none where it says nothing."""
    mask = resolve(atlas, rule)
    return [] if mask is None else [str(actor) for actor in atlas.positions.index[mask]]


def encode(atlas: Atlas, actors: Iterable[str]) -> str:
    """The shortest stable way to write these actors; empty for none."""
    mask = np.asarray(atlas.positions.index.isin(list(actors)))
    if not mask.any():
        return ""
    if mask.sum() <= MOST_IDS:
        return "actor:" + ",".join(str(actor) for actor in atlas.positions.index[mask])
    packed = zlib.compress(np.packbits(mask).tobytes(), 9)
    return f"set:{atlas.version}.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def _actors(atlas: Atlas, rest: str) -> np.ndarray | None:
    mask = np.asarray(atlas.positions.index.isin(rest.split(",")))
    return mask if mask.any() else None


def _packed(atlas: Atlas, rest: str) -> np.ndarray | None:
    version, _, text = rest.partition(".")
    if version != atlas.version:
        return None
    if not PACKED.fullmatch(text):
        return None
    count = len(atlas.positions)
    size = (count + 7) // 8
    reader = zlib.decompressobj()
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        # never more than one byte too many, whatever somebody put into the link
        bits = reader.decompress(packed, size + 1)
    except (binascii.Error, zlib.error, ValueError):
        return None
    # only at the end of the stream has its checksum been compared
    if len(bits) != size or not reader.eof or reader.unused_data:
        return None
    return np.unpackbits(np.frombuffer(bits, dtype=np.uint8), count=count).astype(bool)


def places_of(atlas: Atlas, place: str) -> set[str]:
    """The places behind an id: the municipality itself, or all of a unit's; none for the empty id."""
    places = atlas.tables.places
    if not place:  # what places outside the region have for a district
        return set()
    return set(places.loc[(places["place_id"] == place) | (places["district_id"] == place), "place_id"])


def _place(atlas: Atlas, rest: str) -> np.ndarray | None:
    places = places_of(atlas, rest)
    return atlas.tables.actors["place_id"].isin(places).to_numpy() if places else None


def _field(atlas: Atlas, rest: str) -> np.ndarray | None:
    return in_fields(atlas.fields_of_actors, (rest,)) if rest in atlas.region.field_ids else None


def _cluster(atlas: Atlas, rest: str) -> np.ndarray | None:
    mask = np.asarray(atlas.cluster_of_actors == rest)
    return mask if rest and mask.any() else None


def _sector(atlas: Atlas, rest: str) -> np.ndarray | None:
    mask = np.asarray(atlas.tables.actors["sector"] == rest)
    return mask if mask.any() else None


def _cell(atlas: Atlas, rest: str) -> np.ndarray | None:
    place, _, field = rest.rpartition(".")
    at, on = _place(atlas, place), _field(atlas, field)
    return None if at is None or on is None else at & on
