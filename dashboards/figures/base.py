"""What every plotly figure here has in common: fonts, grounds, number format, no mode bar that uploads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.palette import Theme

FONT = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
Figure = dict[str, Any]


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
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
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
