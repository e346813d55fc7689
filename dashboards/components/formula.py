r"""Formulas as plain HTML: no script, no picture, no request, copied and read aloud as text.

The notation is a small part of TeX: ``_`` and ``^`` with a letter or a ``{group}``, ``\frac{a}{b}``, ``\sqrt{a}``,
``\sum{limits}``, and Unicode for everything else. One letter is a quantity and set in italics, several small ones
are its indices, others a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dash import html

from dashboards.components.attributes import attributes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dash.development.base_component import Component

TOKEN = re.compile(r"\\(?:frac|sqrt|sum)|[_^{}]|[^\W\d_]+|[^\\_^{}]")
NAMES = frozenset({"ln", "log", "exp", "sd", "max", "min", "eff"})
Parts = list["Component | str"]


def formula(text: str) -> html.Div:
    """One line of a formula.

    >>> formula("x_i").to_plotly_json()["props"]["aria-label"]
    'x_i'
    """
    said = attributes({"aria-label": spoken(text)})
    return html.Div(_sequence(_pieces(text), ""), className="formula", role="math", **said)


def spoken(text: str) -> str:
    r"""The formula in one line of characters, for whoever hears it.

    >>> spoken(r"HHI = \sum{i} P_{ri}^2, \frac{a + b}{c}")
    'HHI = Σ_i P_ri^2, (a + b)/c'
    """
    return _linear(_pieces(text), "")


def _pieces(text: str) -> Iterator[str]:
    return iter(TOKEN.findall(text))


def _linear(pieces: Iterator[str], end: str) -> str:
    told = ""
    for piece in pieces:
        if piece == end and end:
            break
        match piece:
            case "\\frac":
                told += f"{_bracketed(_inner(pieces))}/{_bracketed(_inner(pieces))}"
            case "\\sqrt":
                told += f"√{_bracketed(_inner(pieces))}"
            case "\\sum":
                told += f"Σ_{_inner(pieces)}"
            case "{":
                told += _linear(pieces, "}")
            case _:
                told += piece
    return told


def _inner(pieces: Iterator[str]) -> str:
    """What stands in the next braces, in one line."""
    next(pieces)
    return _linear(pieces, "}")


def _bracketed(text: str) -> str:
    return f"({text})" if re.search(r"[\s+−·/]", text) else text


def _sequence(pieces: Iterator[str], end: str) -> Parts:
    parts: Parts = []
    for piece in pieces:
        if piece == end and end:
            break
        parts.append(_part(piece, pieces))
    return parts


def _part(piece: str, pieces: Iterator[str]) -> Component | str:
    match piece:
        case "_" | "^":
            lowered = _group(pieces)
            return html.Sub(lowered) if piece == "_" else html.Sup(lowered)
        case "\\frac":
            over, under = _group(pieces), _group(pieces)
            return html.Span([html.Span(over), html.Span(under)], className="fraction")
        case "\\sqrt":
            return html.Span(["√", html.Span(_group(pieces), className="radicand")])
        case "\\sum":
            return html.Span([html.Span("Σ"), html.Span(_group(pieces))], className="sum")
        case "{":
            return html.Span(_sequence(pieces, "}"))
    return html.I(piece) if _quantity(piece) else piece


def _quantity(piece: str) -> bool:
    """One letter, or the letters of an index."""
    return piece.isalpha() and (len(piece) == 1 or (len(piece) <= 3 and piece.islower() and piece not in NAMES))


def _group(pieces: Iterator[str]) -> Parts:
    """The next braces, or the next piece alone."""
    piece = next(pieces)
    return _sequence(pieces, "}") if piece == "{" else [_part(piece, pieces)]
