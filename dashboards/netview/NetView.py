# mypy: ignore-errors
# AUTO GENERATED FILE - DO NOT EDIT

import typing  # noqa: F401
from typing_extensions import TypedDict, NotRequired, Literal # noqa: F401
from dash.development.base_component import Component, _explicitize_args
try:
    from dash.types import NumberType  # noqa: F401
except ImportError:
    # Backwards compatibility for dash<=4.1.0
    if typing.TYPE_CHECKING:
        raise
    NumberType = typing.Union[  # noqa: F401
        typing.SupportsFloat, typing.SupportsInt, typing.SupportsComplex
    ]

ComponentSingleType = typing.Union[str, int, float, Component, None]
ComponentType = typing.Union[
    ComponentSingleType,
    typing.Sequence[ComponentSingleType],
]


class NetView(Component):
    """A NetView component.
Network canvas on WebGL (sigma.js): shapes, labels without overlap, lasso, keyboard, a slider between map and network
arrangement that needs no server, and PNG or SVG export.

Keyword arguments:

- id (string; optional):
    Id of the component in callbacks.

- aria_label (string; optional):
    Accessible name of the canvas.

- camera (dict; optional):
    In and out: {x, y, ratio}, told 250 ms after the last movement.
    For clientside callbacks.

- caption_size (number; optional):
    Font size of captions in px; default 3 % of the height of the
    canvas, 1.2 times a label at least.

- className (string; optional):
    CSS class of the outer element.

- clicked (dict; optional):
    Out: {id, ts, how}; id is None for the background; how is click,
    add, double, enter or back.

- data (dict; optional):
    The graph in columns, each a list or {dtype, bdata}. Nodes: `id`,
    `x`, `y` (network position), `mx`, `my` (map position, same
    coordinates; default x, y), `size` (radius in px; all shrink
    together where nodes would cover over a tenth of the canvas), `c`
    (index into `palette`, -1 grey), `s` (shape: 0 circle, 1 square, 2
    triangle, 3 diamond, 4 hexagon), `label`, `letter` (else
    `strings.letters` by shape), `rank` (0 = most important), `flags`
    (bits 1 scenario, 2 weak evidence, 4 aggregate, 8 unstable
    membership, 16 broker, 32 articulation). Edges: `a`, `b`
    (positions in the node columns), `ek` (kind), `ew` (weight, drawn
    in 3 widths), `ef` (bits 1 scenario: dashed, 2 weak: dotted),
    `edge_styles` (line style by kind: 0 solid, 1 dashed, 2 dotted).
    Also `palette` (hex colours, or one such list for each theme:
    {light, dark, contrast}), `captions` [{text, x, y, mx, my, c}],
    and `extent` [x0, x1, y0, y1] to keep the frame when a filter
    removes nodes (default: the box of everything given), and `fit`
    [width, height] of the canvas in px the sizes are made for
    (smaller canvases draw smaller nodes).

- export_request (dict; optional):
    In: {format: png or svg, ts, filename, caption: [lines], legend:
    [{text, color, shape}]}; a new ts downloads a picture.

- exported (dict; optional):
    Out: {ts, format, filename, width, height, bytes} after an export.

- focus (string; optional):
    Id to fly to; it gets a ring, its neighbours stay coloured.

- hide_edges_on_move (boolean; optional):
    Hide edges while the view moves; default only where the processor
    draws instead of a graphics card.

- hovered (string; optional):
    Out: id under the pointer or of the node stepped to by key, or
    None. For clientside callbacks.

- label_budget (number; optional):
    Most labels drawn at once; default 40.

- label_size (number; optional):
    Font size of labels in px; default the page's root font size.

- mix (number; optional):
    0 = map positions, 1 = network positions, linear in between; moved
    in the browser with a short transition.

- mode (a value equal to: "pan", "lasso", "drag"; optional):
    What dragging does: pan the view, draw a lasso, or move nodes.

- moved (dict; optional):
    Out, after a node was dragged or nudged: {id, x, y, mx, my} in the
    coordinates of `data`.

- outlines (dict; optional):
    Closed lines behind the graph, faded with `mix`, as columns {x, y,
    start}: map coordinates of all, where each begins.

- path (list of strings; optional):
    Ids of a path, in order; its nodes and edges stand out.

- pixel_ratio (number; optional):
    Canvas pixels per CSS pixel; default the screen's, or 1 without a
    graphics card.

- selected (list of strings; optional):
    Ids of the selected nodes, in and out; compared as sets. Ids that
    are not drawn are kept.

- stats (dict; optional):
    Out: {build_draw_ms, nodes, edges, renderer} after each change of
    `data`.

- strings (dict; optional):
    Translated texts: `letters` (one per shape), `instructions` (read
    out on focus), `help_title`, `help` [[keys, effect], ...] (shown
    by the ? key), `no_webgl` (sentence shown where WebGL is missing).

- theme (a value equal to: "light", "dark", "contrast"; optional):
    light, dark or contrast."""
    _children_props: typing.List[str] = []
    _base_nodes = ['children']
    _namespace = 'dashboards_netview'
    _type = 'NetView'


    def __init__(
        self,
        id: typing.Optional[typing.Union[str, dict]] = None,
        className: typing.Optional[str] = None,
        style: typing.Optional[typing.Any] = None,
        data: typing.Optional[dict] = None,
        mix: typing.Optional[NumberType] = None,
        mode: typing.Optional[Literal["pan", "lasso", "drag"]] = None,
        selected: typing.Optional[typing.Sequence[str]] = None,
        hovered: typing.Optional[str] = None,
        clicked: typing.Optional[dict] = None,
        moved: typing.Optional[dict] = None,
        camera: typing.Optional[dict] = None,
        focus: typing.Optional[str] = None,
        path: typing.Optional[typing.Sequence[str]] = None,
        theme: typing.Optional[Literal["light", "dark", "contrast"]] = None,
        caption_size: typing.Optional[NumberType] = None,
        label_size: typing.Optional[NumberType] = None,
        label_budget: typing.Optional[NumberType] = None,
        hide_edges_on_move: typing.Optional[bool] = None,
        pixel_ratio: typing.Optional[NumberType] = None,
        outlines: typing.Optional[dict] = None,
        stats: typing.Optional[dict] = None,
        aria_label: typing.Optional[str] = None,
        strings: typing.Optional[dict] = None,
        export_request: typing.Optional[dict] = None,
        exported: typing.Optional[dict] = None,
        **kwargs
    ):
        self._prop_names = ['id', 'aria_label', 'camera', 'caption_size', 'className', 'clicked', 'data', 'export_request', 'exported', 'focus', 'hide_edges_on_move', 'hovered', 'label_budget', 'label_size', 'mix', 'mode', 'moved', 'outlines', 'path', 'pixel_ratio', 'selected', 'stats', 'strings', 'style', 'theme']
        self._valid_wildcard_attributes =            []
        self.available_properties = ['id', 'aria_label', 'camera', 'caption_size', 'className', 'clicked', 'data', 'export_request', 'exported', 'focus', 'hide_edges_on_move', 'hovered', 'label_budget', 'label_size', 'mix', 'mode', 'moved', 'outlines', 'path', 'pixel_ratio', 'selected', 'stats', 'strings', 'style', 'theme']
        self.available_wildcard_properties =            []
        _explicit_args = kwargs.pop('_explicit_args')
        _locals = locals()
        _locals.update(kwargs)  # For wildcard attrs and excess named props
        args = {k: _locals[k] for k in _explicit_args}

        super(NetView, self).__init__(**args)

setattr(NetView, "__init__", _explicitize_args(NetView.__init__))
