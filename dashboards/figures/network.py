"""The network view as the columnar payload of ``NetView``."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboards.palette import DARK, GREY, LIGHT
from dashboards.views.arrangement import CANVAS_PX, cell_radii
from dashboards.views.network import Caption
from ecosystem.layout import CANVAS_ASPECT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboards.views.network import Network

Payload = dict[str, Any]

RADII = (4.0, 5.5, 7.5, 10.0, 13.0)
SOLID, DASHED = 0, 1
# below the picture lies the legend: this share of its height stays free of nodes
ROOM_BELOW = 0.11


def payload(
    view: Network,
    *,
    on_map: bool = False,
    untied: str = "",
    called: Mapping[str, str] | None = None,
    most_captions: int | None = None,
) -> Payload:
    """Columns for the component; kilometres north become upward, everything else is told by numbers.

    They are sent :func:`packed`.
    ``on_map`` chooses the captions: cities over the map; over the network clusters, and ``untied`` over the actors
    without any tie. ``called`` names the cells that the data have no name for.
    """
    nodes, links = view.nodes, view.links
    position = nodes.positions.astype(np.float32)
    own = called or {}
    data = {
        "id": nodes.ids,
        "label": [own.get(key, name) for key, name in zip(nodes.ids, nodes.names, strict=True)],
        "x": position[:, 2],
        "y": position[:, 3],
        "mx": position[:, 0],
        "my": position[:, 1],
        "size": _sizes(view),
        "c": _least(nodes.colours),
        "s": _least(nodes.shapes),
        "rank": _least(view.rank),
        "flags": _least(view.flags),
        "a": _least(links.a),
        "b": _least(links.b),
        "ek": _least(links.kinds),
        "ew": links.weights.astype(np.float32),
        "edge_styles": [SOLID, DASHED, SOLID],
        "palette": {"light": list(LIGHT.fields), "dark": list(DARK.fields), "contrast": [GREY] * len(LIGHT.fields)},
        "captions": [_caption(one) for one in _captions(view, untied, on_map=on_map)[:most_captions]],
        "extent": _extent(view),
    }
    if nodes.stands_for.any():
        data["fit"] = [CANVAS_PX, CANVAS_PX / CANVAS_ASPECT * (1 + ROOM_BELOW)]
        data["letter"] = [str(count) if count else None for count in nodes.stands_for.tolist()]
    return data


def packed(columns: Payload) -> Payload:
    """Columns of numbers as their bytes, ``{dtype, bdata}`` like plotly's: half as long as digits, and read at once."""
    return {key: _bytes(one) if isinstance(one, np.ndarray) else one for key, one in columns.items()}


def _bytes(column: np.ndarray) -> Payload:
    little = column.astype(column.dtype.newbyteorder("<"))
    return {"dtype": f"{little.dtype.kind}{little.itemsize}", "bdata": b64encode(little.tobytes()).decode()}


def _least(column: np.ndarray) -> np.ndarray:
    """Whole numbers in the smallest type that holds them."""
    low, high = (int(bound) for bound in (column.min(initial=0), column.max(initial=0)))
    return column.astype(np.result_type(np.min_scalar_type(low), np.min_scalar_type(high)))


def _sizes(view: Network) -> np.ndarray:
    """Radii in pixels: steps for actors, areas by number of actors for cells."""
    nodes = view.nodes
    radii = np.take(np.array(RADII, dtype=np.float32), nodes.size_steps)
    cell = nodes.stands_for > 0
    radii[cell] = cell_radii(nodes.stands_for[cell])
    return radii.astype(np.float32)


def _captions(view: Network, untied: str, *, on_map: bool) -> tuple[Caption, ...]:
    if on_map:
        return view.cities
    below = () if view.band is None else (Caption(untied, view.band, view.band, -1),)
    return below + view.clusters


def _extent(view: Network) -> list[float]:
    x0, x1, y0, y1 = view.extent
    return [round(x0, 3), round(x1, 3), round(y0 - ROOM_BELOW * (y1 - y0), 3), round(y1, 3)]


def _caption(caption: Caption) -> Payload:
    x, y = caption.network
    mx, my = caption.on_map
    return {"text": caption.text, "x": x, "y": y, "mx": mx, "my": my, "c": caption.colour}


def borders(rings: Sequence[np.ndarray]) -> Payload:
    """Closed lines as the component draws them behind the map: the points of all in a row, and where each begins."""
    points = np.concatenate([np.empty((0, 2)), *rings]).astype(np.float32)
    start = np.cumsum([0, *(len(ring) for ring in rings)])[:-1]
    return {"x": points[:, 0], "y": points[:, 1], "start": _least(start)}
