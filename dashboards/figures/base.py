"""What every plotly figure here has in common: fonts, grounds, number format, no mode bar that uploads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboards.language import Translator
    from dashboards.palette import Theme

FONT = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
Figure = dict[str, Any]
MARGIN = {"l": 8, "r": 8, "t": 8, "b": 8}
# how wide a letter is at most on average, in sizes of type, and what stands between words and picture, in pixels
LETTER_EM = 0.54
BESIDE_PX = 14
LINE_EM = 1.34


def config(tr: Translator, filename: str) -> Any:
    """Options of a graph: nothing is sent anywhere, pictures are SVG.

    Untyped, because ``showSendToCloud`` is missing in what Dash declares.
    """
    return {
        "displaylogo": False,
        "showSendToCloud": False,
        "responsive": True,
        "locale": tr.language,
        "displayModeBar": False,
        "toImageButtonOptions": {"format": "svg", "filename": filename},
    }


def layout(theme: Theme, tr: Translator, font_px: int, **more: Any) -> dict[str, Any]:
    """The common layout; ``more`` overrides it."""
    common = {
        "font": {"family": FONT, "size": font_px, "color": theme.text},
        "paper_bgcolor": theme.ground,
        "plot_bgcolor": theme.ground,
        "separators": tr.separators,
        "margin": MARGIN,
        "hoverlabel": {
            "bgcolor": theme.surface,
            "bordercolor": theme.muted,
            "font": {"family": FONT, "size": font_px, "color": theme.text},
            "align": "left",
        },
        "showlegend": False,
        "uirevision": "keep",
        "dragmode": False,
    }
    return common | more


def room(labels: Iterable[str], px: float) -> int:
    """Pixels for an axis with these labels: with too little, Plotly measures and draws the whole figure a second time.

    >>> room(["Essen  <span style='color:#555'>12</span>", "Ennepe-Ruhr-Kreis"], 18)
    179
    """
    longest = max((len(re.sub(r"<[^>]+>", "", line)) for label in labels for line in label.split("<br>")), default=0)
    return round(LETTER_EM * px * longest) + BESIDE_PX


def lines(labels: Iterable[str], px: float) -> int:
    """Pixels for the highest of these labels above or below an axis; see :func:`room`.

    >>> lines(["Cyber", "Smart City<br>&amp; Urbanity"], 15)
    54
    """
    most = max((label.count("<br>") + 1 for label in labels), default=0)
    return round(LINE_EM * px * most) + BESIDE_PX
