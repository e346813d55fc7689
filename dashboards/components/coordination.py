"""What stands around the picture of pairs: the sentence, the four quadrants, the dividing lines, the hints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.links import to
from dashboards.components.reasons import reason
from dashboards.figures.coordination import SYMBOLS
from dashboards.views.coordination import COORDINATED, LINKED, MIN_ACTORS, PARALLEL, QUADRANTS, UNLINKED

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.coordination import Pair, Pairs
    from ecosystem.atlas import Atlas

ALL_OF = "all:"
"""Before a quadrant's name in ``pair``: all of its pairs are selected."""
MOST_LISTED = 60
GLYPHS = {"circle": "●", "square": "■", "diamond": "◆", "triangle-up": "▲"}


def quadrant_names(split_y: int, tr: Translator) -> dict[str, str]:
    """What the quadrants are called: “without contact” only where the line leaves no tie at all below it."""
    none = split_y == 0
    return {
        COORDINATED: tr("coordinated"),
        PARALLEL: tr("parallel, no recorded contact") if none else tr("parallel, little recorded contact"),
        LINKED: tr("complementary, linked"),
        UNLINKED: tr("complementary, not linked") if none else tr("complementary, hardly linked"),
    }


def readings(tr: Translator) -> dict[str, str]:
    """What a quadrant may mean."""
    return {
        COORDINATED: tr("similar profiles and ties: a joint specialisation"),
        PARALLEL: tr("similar profiles, hardly tied: an occasion to talk"),
        LINKED: tr("different profiles and ties: division of labour"),
        UNLINKED: tr("different profiles, hardly tied: a partner not yet asked"),
    }


def cannot_tell(tr: Translator) -> str:
    """The limit of the whole page."""
    return tr(
        "Similar and without ties may be competition, duplication or simply unknown to each other: the data cannot "
        "tell. A tie that is not recorded may exist all the same."
    )


def way(current: str, tr: Translator) -> html.Nav:
    """The two pages side by side, like tabs."""
    german = tr.language == "de"
    pages = [
        ("coordination", "/abstimmung" if german else "/coordination", tr("Pairs of cities")),
        ("consortium", "/konsortium" if german else "/consortium", tr("Propose a consortium")),
    ]
    links = []
    for name, path, text in pages:
        links.append(to(path, text, class_name="twin-tab here" if name == current else "twin-tab", keep="fd,call"))
    return html.Nav(links, className="twin-tabs", **attributes({"aria-label": tr("Coordination and consortium")}))


def finding(view: Pairs, tr: Translator) -> str:
    """The page's sentence."""
    shown = len(view.rows) - view.undefined
    if not shown:
        return tr("No pair of places can be compared here.")
    parallel = len(view.within(PARALLEL))
    if view.split_y == 0:
        return tr(
            "{n} of {all} pairs have similar profiles and no recorded tie.", n=tr.number(parallel), all=tr.number(shown)
        )
    return tr(
        "{n} of {all} pairs have similar profiles and at most {ties}.",
        n=tr.number(parallel),
        all=tr.number(shown),
        ties=tr.plural("{n} recorded tie", "{n} recorded ties", view.split_y),
    )


def lines(view: Pairs, selection: Selection, tr: Translator) -> list[Component]:
    """The dividing lines in words, each with buttons that move it and one that puts it back to the median."""
    x = 0 if view.split_x != view.split_x else round(100 * view.split_x)
    told = tr("similar from {share} overlap", share=tr.share(view.split_x, 0))
    tied = tr(
        "tied with more than {ties}",
        ties=tr.plural("{n} recorded tie", "{n} recorded ties", view.split_y),
    )
    return [
        _line(told, "tx", (max(x - 5, 0), min(x + 5, 100)), median=selection.split_x < 0, tr=tr),
        _line(tied, "ty", (max(view.split_y - 1, 0), view.split_y + 1), median=selection.split_y < 0, tr=tr),
    ]


def _line(text: str, key: str, steps: tuple[int, int], *, median: bool, tr: Translator) -> html.Div:
    names = (tr("Lower the line: {text}", text=text), tr("Raise the line: {text}", text=text))
    buttons = [
        html.Button(sign, className="button", **attributes({"data-set": f"{key}={value}", "aria-label": name}))
        for sign, value, name in zip(("−", "+"), steps, names, strict=True)
    ]
    back = [] if median else [html.Button(tr("Median"), className="button", **attributes({"data-set": f"{key}=-1"}))]
    shown = tr("{text} (median)", text=text) if median else text
    return html.Div([html.Span(shown), *buttons, *back], className="split-line", role="group")


def cards(view: Pairs, chosen: str, tr: Translator) -> list[Component]:
    """The quadrants as they lie on the picture; each selects its pairs."""
    names, told = quadrant_names(view.split_y, tr), readings(tr)
    return [
        _card(view, name, names[name], told[name], chosen, tr) for name in (LINKED, COORDINATED, UNLINKED, PARALLEL)
    ]


def _card(view: Pairs, name: str, called: str, told: str, chosen: str, tr: Translator) -> html.Button:
    rows = view.within(name)
    few = sum(row.few for row in rows)
    rule = ALL_OF + name
    weak = (
        [html.Small(tr.plural("{n} of them rests on few actors", "{n} of them rest on few actors", few))] if few else []
    )
    return html.Button(
        [
            html.Span([html.Span(GLYPHS[SYMBOLS[name]], className=f"glyph {name}"), " ", html.Strong(called)]),
            html.Span([html.Strong(tr.plural("{n} pair", "{n} pairs", len(rows)), className="quadrant-count"), *weak]),
        ],
        className="quadrant",
        title=told,
        **attributes(
            {"data-set": f"pair={'' if chosen == rule else rule}", "aria-pressed": str(chosen == rule).lower()}
        ),
    )


def listed(rows: tuple[Pair, ...], tr: Translator, *, scope: str = "") -> html.Ol:
    """Pairs as a list of buttons; with a ``scope`` they are hints that can be dismissed."""
    return html.Ol([_listed(row, tr, scope) for row in rows[:MOST_LISTED]], className="pair-list flat")


def _listed(row: Pair, tr: Translator, scope: str) -> html.Li:
    hint = {"data-hint": f"{scope}|{row.id}"} if scope else {}
    return html.Li(
        [
            html.Button(
                f"{row.name} – {row.partner_name}", className="link", **attributes({"data-set": f"pair={row.id}"})
            ),
            html.Div(pair_line(row, tr), className="evidence-text"),
        ],
        **attributes(hint),
    )


def pair_line(row: Pair, tr: Translator) -> str:
    """Overlap, ties, what chance would give."""
    told = tr(
        "overlap {overlap}, {ties}, by chance {expected}",
        overlap=tr.share(row.overlap, 0),
        ties=tr.plural("{n} tie", "{n} ties", row.ties),
        expected=tr.number(row.expected, 1),
    )
    return " · ".join([told, tr("few actors")]) if row.few else told


def hover(row: Pair, names: dict[str, str], tr: Translator) -> str:
    """What a point tells."""
    told = [f"<b>{row.name} – {row.partner_name}</b>", names[row.quadrant], pair_line(row, tr)]
    if row.few:
        told.append(tr("fewer than {n} memberships in one of them", n=MIN_ACTORS))
    return "<br>".join(told)


def against_chance(row: Pair, tr: Translator, alpha: float = 0.05) -> str:
    """Whether the ties stand out from chance, in words."""
    if row.q != row.q:
        return reason(row.reason, tr) or tr("not testable")
    if row.q <= alpha:
        return tr("more than chance would give (q = {q})", q=tr.number(row.q, 3))
    return tr("not more than chance could give (q = {q})", q=tr.number(row.q, 2))


def uncompared(view: Pairs, tr: Translator) -> str:
    """How many pairs are not on the picture, and why."""
    if not view.undefined:
        return ""
    if view.field:
        return tr.plural(
            "{n} pair is not shown: in one of the places no actor of the field is known.",
            "{n} pairs are not shown: in one of the places no actor of the field is known.",
            view.undefined,
        )
    return tr.plural(
        "{n} pair is not shown: in one of the places no actor with a field is known.",
        "{n} pairs are not shown: in one of the places no actor with a field is known.",
        view.undefined,
    )


def field_options(atlas: Atlas, tr: Translator) -> list[tuple[str, str]]:
    """The fields of the region by name."""
    return [(field.field_id, tr.label(field.short)) for field in atlas.region.fields]


def dismissal_words(tr: Translator) -> dict[str, Any]:
    """The sentences the browser needs to keep the log of dismissed hints; nothing of it reaches the server."""
    return {
        "count": tr("Points to check: {open} open, {dismissed} dismissed", open="{open}", dismissed="{dismissed}"),
        "reason": tr("Choose a reason or write one: without it nothing is dismissed."),
        "back": tr("Take back"),
        "none": tr("Nothing is dismissed."),
        "done": tr("Dismissed. It stands in the log below and can be taken back."),
        "columns": [tr("Pair"), tr("Field"), tr("Call"), tr("Level"), tr("Reason"), tr("Note"), tr("Date")],
    }


def dismissal_reasons(tr: Translator) -> list[str]:
    """Reasons to choose from."""
    return [
        tr("There is coordination that is not recorded here"),
        tr("The similarity is wanted"),
        tr("The fields are too broad to compare"),
        tr("Too few actors to say"),
        tr("The data are wrong or out of date"),
        tr("Not relevant for us"),
    ]


__all__ = ["ALL_OF", "QUADRANTS"]
