"""What people read goes through ``tr``: the app's source is searched for words that do not."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
APP = ROOT / "dashboards"
SHOWN = [
    *(APP / f"{name}.py" for name in ("app", "screen", "panel", "sitemap", "exports", "downloads")),
    *(path for part in ("pages", "components", "figures") for path in sorted((APP / part).glob("*.py"))),
]
LIBRARIES = {"html", "dmc", "dcc", "dag"}
# properties of components, columns and traces, and parameters of the app's own functions, whose strings are read
READ = {
    *("children", "label", "placeholder", "title", "alt", "description", "error", "heading", "text", "hovertext"),
    *("message", "nothing", "headerName", "nothingFoundMessage"),
    *("aria-label", "aria_label", "thumbLabel", "thumbFromLabel", "thumbToLabel"),
}
# lists of (value, what is read)
OPTIONS = "options"
MARKUP = re.compile(r"<[^>]*(?:>|$)")
TWO_LETTERS = re.compile(r"[^\W\d_]{2,}")
# two words, or one glued to what stands before or after it
SENTENCE = re.compile(r"[^\W\d_]{2,},? [^\W\d_]{2,}|^ [^\W\d_]{2,}|[^\W\d_]{2,}:? $")
CODE = re.compile(r"=>|var\(--|<!DOCTYPE|px ")

ALLOWED = {
    "DE": "a language's own short name, the same in both",
    "EN": "a language's own short name, the same in both",
    "button quiet": "a class of the style sheet",
    "twin-tab here": "a class of the style sheet",
    ".csv": "the ending of a file's name",
    'contact = "… <…@…>"': "a line of region.toml, the same in every language",
    "doi:": "how a DOI is written",
    "middle left": "plotly's word for where a label stands",
    "middle center": "plotly's word for where a label stands",
    "middle right": "plotly's word for where a label stands",
    "top center": "plotly's word for where a label stands",
    "Das hat nicht geklappt; das Bild zeigt den letzten Stand. ": "shown when nothing else works: in both languages",
    "This did not work; the picture shows the last state. ": "shown when nothing else works: in both languages",
    "Neu laden · Reload": "shown when nothing else works: in both languages",
}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def translated(node: ast.AST) -> bool:
    """Whether this is a call of ``tr`` or ``tr.plural``."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) in {"tr", "tr.plural"}


@cache
def parameters() -> dict[str, list[str]]:
    """The parameters of the app's own functions, by their name."""
    return {
        node.name: [one.arg for one in node.args.args]
        for path in SHOWN
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
    }


def read_places(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Expressions that end up before a reader, with the name of their place."""
    if isinstance(node, ast.Dict):
        yield from (
            (key.value, value)
            for key, value in zip(node.keys, node.values, strict=True)
            if isinstance(key, ast.Constant)
        )
    if not isinstance(node, ast.Call):
        return
    yield from ((one.arg, one.value) for one in node.keywords if one.arg)
    called = node.func
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id in LIBRARIES:
        yield from (("children", one) for one in node.args[:1])
    elif isinstance(called, ast.Name):
        yield from zip(parameters().get(called.id, []), node.args, strict=False)


def constants(node: ast.AST) -> Iterator[ast.Constant]:
    """String constants of an expression, without those of the calls inside it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif isinstance(node, ast.IfExp):
        yield from (one for branch in (node.body, node.orelse) for one in constants(branch))
    elif isinstance(node, (ast.List, ast.Tuple, ast.Starred, ast.JoinedStr, ast.FormattedValue, ast.BinOp, ast.BoolOp)):
        yield from (one for child in ast.iter_child_nodes(node) for one in constants(child))
    elif isinstance(node, (ast.ListComp, ast.GeneratorExp)):
        yield from constants(node.elt)


def second(node: ast.expr) -> Iterator[ast.expr]:
    """What is read in a list of options."""
    listed = (
        node.elts if isinstance(node, (ast.List, ast.Tuple)) else [node.elt] if isinstance(node, ast.ListComp) else []
    )
    return (one.elts[1] for one in listed if isinstance(one, ast.Tuple))


def at_read_places(module: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(module):
        for name, value in read_places(node):
            if name in READ:
                yield from constants(value)
            elif name == OPTIONS:
                yield from (one for shown in second(value) for one in constants(shown))


def unread(node: ast.AST) -> bool:
    """Whether nobody reads the strings in here: docstrings, style classes, fonts, patterns, errors, log lines."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.keyword(arg="className" | "rel") | ast.Raise():
            return True
        case ast.Assign(targets=[ast.Name(id="FONT")]) | ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "re"))):
            return True
    return translated(node)


def sentences(module: ast.Module) -> Iterator[ast.Constant]:
    """Strings anywhere that read like two words, the unread ones aside."""
    spared = {id(one) for node in ast.walk(module) if unread(node) for one in ast.walk(node)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spared:
            plain = MARKUP.sub("", node.value)
            if SENTENCE.search(plain) and not CODE.search(plain):
                yield node


def found(module: ast.Module) -> list[str]:
    """``line: words`` of everything that a reader would see in one language only."""
    hits = {(node.lineno, node.value) for node in sentences(module)}
    hits |= {
        (node.lineno, node.value) for node in at_read_places(module) if TWO_LETTERS.search(MARKUP.sub("", node.value))
    }
    return [f"{line}: {words!r}" for line, words in sorted(hits) if words not in ALLOWED]


@pytest.mark.parametrize(
    "source",
    [
        "html.P('Kanten')",
        "html.P(['Kanten', html.Br()])",
        "html.P(f'{n} Kanten')",
        "html.P(tr('Ties') if n else 'none')",
        "html.P([tr('Ties'), *('none' for _ in n)])",
        "dmc.Select(placeholder='Search')",
        "html.Div(**attributes({'aria-label': 'Network'}))",
        "dmc.SegmentedControl(data=[{'value': 'pan', 'label': 'Move'}])",
        "trace = {'text': '<b>Kanten</b>'}",
        "labelled('Colour', box)",
        "choice('col', tr('Colour'), [('field', 'Field')], value)",
        "told = 'no recorded tie'",
        "told = f'{n} aus {m} Quellen'",
        "told = f'Quelle: {name}'",
    ],
)
def test_words_of_one_language_are_found(source):
    assert found(ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        "html.P(tr('No actor here'), className='hint small')",
        "html.P(tr.plural('{n} of all ties', '{n} of all ties', n))",
        "html.Button('×', id='close')",
        "trace = {'text': f'<b>{n}</b>', 'hoverinfo': 'text'}",
        "html.A(f'{name} · {n}', href='/netz')",
        "choice('col', tr('Colour'), [('field', tr('Field'))], value)",
        "app.clientside_callback('(one, two) => window.ecosystem.set(one)')",
    ],
)
def test_what_nobody_reads_is_let_be(source):
    assert found(ast.parse(source)) == []


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: str(path.relative_to(APP)))
def test_no_words_but_translated_ones(path):
    assert found(tree(path)) == []


def test_every_exception_is_still_needed():
    shown = {node.value for path in SHOWN for node in ast.walk(tree(path)) if isinstance(node, ast.Constant)}
    assert set(ALLOWED) <= shown
