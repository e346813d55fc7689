"""How a measure is explained: question, formulas, symbols, range, an example from the data, limits, sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.formula import formula
from dashboards.components.links import evidence_path, to
from dashboards.views.literature import literature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.literature import Work


@dataclass(frozen=True, slots=True)
class Method:
    """The texts of one measure.

    ``formulas`` are (formula, what it is); ``symbols`` explains the letters; ``defined`` tells range and when there
    is no number; ``sources`` are keys of :mod:`dashboards.views.literature`; ``shown`` is (path, title) of the pages
    that show it.
    """

    formulas: tuple[tuple[str, str], ...]
    symbols: str
    defined: str
    limits: tuple[str, ...]
    sources: tuple[str, ...]
    shown: tuple[tuple[str, str], ...] = ()


def explained(
    name: str, title: str, question: str, method: Method, example: Sequence[str], tr: Translator
) -> html.Article:
    """The section of one measure; ``example`` is one paragraph per line, empty where it was not computed."""
    return html.Article(
        [
            html.H2(title, id=f"method-{name}", tabIndex="-1"),
            html.P(question, className="question"),
            html.Div(
                [
                    html.Div([*_formulas(method, tr), *_defined(method, tr)]),
                    html.Div([*_example(example, tr), *_limits(method, tr), *_sources(method, tr)]),
                ],
                className="method-halves",
            ),
            _ways(name, method, tr),
        ],
        className="method",
        **attributes({"aria-labelledby": f"method-{name}"}),
    )


def _part(heading: str, content: Sequence[Component], class_name: str = "") -> html.Section:
    return html.Section([html.H3(heading), *content], className=class_name)


def _formulas(method: Method, tr: Translator) -> list[Component]:
    if not method.formulas:
        return [html.P(method.symbols)] if method.symbols else []
    rows = [html.Div([formula(text), html.P(said)], className="formula-row") for text, said in method.formulas]
    symbols = [html.P(method.symbols, className="symbols")] if method.symbols else []
    return [_part(tr("Formula"), [html.Div(rows, className="formulas"), *symbols])]


def _defined(method: Method, tr: Translator) -> list[Component]:
    return [_part(tr("Range, and when there is no number"), [html.P(method.defined)])]


def _example(lines: Sequence[str], tr: Translator) -> list[Component]:
    return [_part(tr("Example from these data"), [html.P(line) for line in lines], "example")] if lines else []


def _limits(method: Method, tr: Translator) -> list[Component]:
    return [_part(tr("Limits"), [html.Ul([html.Li(one) for one in method.limits])])]


def _sources(method: Method, tr: Translator) -> list[Component]:
    known = [html.Li(_source(literature()[key])) for key in method.sources]
    return [_part(tr("Sources"), [html.Ul(known)])] if known else []


def _source(work: Work) -> list[Component | str]:
    told: list[Component | str] = [
        f"{work.authors} ({work.year}): ",
        html.Cite(work.title, lang="en"),
        f". {work.where}.",
    ]
    if not work.doi:
        return told
    link = html.A(f"doi:{work.doi}", href=work.address, target="_blank", rel="noopener noreferrer")
    return [*told, " ", link]


def _ways(name: str, method: Method, tr: Translator) -> html.P:
    shown = [to(path, tr("Shown on: {page}", page=title), class_name="button") for path, title in method.shown]
    return html.P(
        [*shown, to(evidence_path(name, tr.language), tr("What it rests on"), class_name="button")], className="ways-on"
    )
