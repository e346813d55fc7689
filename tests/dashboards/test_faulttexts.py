"""What the package says of data reaches a German reader in German: no sentence without a template, none left over."""

from __future__ import annotations

import ast
import itertools
import random
import re
import shutil
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import fuzz
import pytest
import source_samples
from intake import conftest as rows
from test_planted_faults import Folder, _plant

from dashboards.components import datasheets, faulttexts, regionmenu, talk
from dashboards.components.faulttexts import cell, known, language, said
from dashboards.language import translator
from dashboards.regions import fault_text
from dashboards.views import quality
from dashboards.views.quality import Flag, Record
from ecosystem import description, intake, outlines, sources, story, tables
from ecosystem.dictionary import dictionary
from ecosystem.errors import SourceError, TablesError
from ecosystem.regions import shipped_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

folder, reading = rows.folder, rows.reading
GEOJSON = [table for table in dictionary().values() if table.format == "geojson"]
OUTLINES = b'{"type": "FeatureCollection", "features": [{"properties": {"place_id": "1"}}, {"geometry": {}}, {}]}'

ROOT = Path(__file__).parents[2]
DE, EN = translator("de"), translator("en")
PACKAGES = ("sources", "intake", "matching")
MODULES = (
    *("errors", "contents", "cures", "description", "journal", "outlines", "parsing", "rules", "schema", "story"),
    *("tables", "validation"),
)
APART = {
    "sources/fetch.py": "fetches files, on the command line only",
    "sources/mapping.py": "reads and writes a mapping's YAML, on the command line only",
    "sources/template.py": "writes the template, in both languages itself",
    "intake/copying.py": "copies a region, on the command line only",
    "intake/founding.py": "founds a region, on the command line only",
    "intake/given.py": "same",
    "intake/ground.py": "same",
    "intake/reviewing.py": "answers questions on the command line; the app has its own way",
    "intake/merging.py": "same",
    "intake/slugs.py": "makes ids",
    "matching/blocking.py": "makes keys",
    "matching/forms.py": "holds patterns",
    "matching/names.py": "holds patterns",
    "matching/pairing.py": "makes keys",
    "matching/persons.py": "holds patterns",
    "matching/sectors.py": "its reasons are written into the region's tables, which have one language",
    "matching/towns.py": "holds patterns",
}
APP = tuple(ROOT / "dashboards" / name for name in ("drafts.py", "regions.py", "views/quality.py"))

# what stands in a sentence: another sentence, or a number
FILLINGS = ("a number", "7")
MAY_LACK = {"more", "found", "unit"}
# two words, or one beside a value, or a quote
SENTENCE = re.compile(r"[^\W\d_],? [^\W\d_]{2,}|^ [^\W\d_]{2,}|[^\W\d_]{2,}:? $|“")

WIDER = {
    "{}, row {}": "{}, {}",
    "Attributes of nodes that were not used: {}{}.": "Attributes of nodes that were not used: {}.",
    "{}: columns not used: {}{}.": "{}: columns not used: {}.",
    "the workbook is damaged (a cell called {})": "the workbook is damaged ({})",
    "the workbook is damaged (repeated {} times)": "the workbook is damaged ({})",
    "Decide with “ecosystem review REGION --decide 'sector:{}=SECTOR'” and import again.": (
        "Decide with “{}” and import again."
    ),
    "Correct the row, or decide with “ecosystem review REGION --decide 'place:{}=PLACE_ID'”.": (
        "Correct the row, or decide with “{}”."
    ),
    " {} more cells have the same fault.": "{} {} more cells have the same fault.",
    "{}{}. Put texts with colons, and links, in quotes.": "{}. Put texts with colons, and links, in quotes.",
    'Add {} = "…".': "Add {} = {}.",
    'Write {} = "…".': "Write {} = {}.",
    'Write data_version: "{}".': "Write data_version: {}.",
    'Write {}: {de: "…", en: "…"}.': "Write {}: {}.",
}
"""Sentences whose template is another: of a part, or with a value for what German typography does not have."""
COMPOSED = {
    "{reason}; {reasons}": "reasons joined by a semicolon",
    "an id of {file} ({names})": "two parts of ecosystem/cures.py",
    "Attributes of nodes that were not used: {names} and {n} more.": "a list and its end",
    "{where}: columns not used: {names} and {n} more.": "same",
    "ids": "a word of the loop in ecosystem/sources/collect.py",
    "kinds": "same",
    "topics": "same",
    "No such file or directory": "what the system says",
    "Permission denied": "same",
    "Read-only file system": "same",
    "No space left on device": "same",
    ' found "{told}";': "as Python writes a text that holds an apostrophe",
    "{cause}: line {row}, column {last}": "what the parser of XML says",
    "not well-formed (invalid token)": "same",
    "mismatched tag": "same",
    "unclosed token": "same",
    "no element found": "same",
}
"""Templates of what is put together of several strings."""
NO_SENTENCE = {
    "CC BY 4.0, © European Union (Decision 2011/833/EU)": "a licence's own name, written into the tables",
    "Research Organization Registry (ROR)": "a register's own name, written into the tables",
    "Publications Office of the European Union, CORDIS": "a producer's own name, written into the tables",
    "Beneficiary, Begünstigter, Organisation": "headers as lists have them, in any language",
    "Operation name, Bezeichnung des Vorhabens": "same",
    "great britain": "what sources write, compared only",
    "czech republic": "same",
    "tschechische republik": "same",
    "places fit": "compared only",
    "parent of": "a relation's word, compared only",
    " or ": "joins names, see LISTS",
    " and ": "same",
    "{} or others": "same",
    " and {} more": "ends a list; the templates hold it",
    "sector: {}": "written into the tables",
    "sector: {}; place: {}": "same",
    "decided in review": "same",
    "listed as “{}” in {}": "same",
    "{} cannot be read ({}).": "a talk given on the command line",
    "{} is no story.": "same",
    "region {}": "names a thread",
    "result {}": "same",
}


def paths() -> list[Path]:
    found = [path for part in PACKAGES for path in sorted((ROOT / "ecosystem" / part).glob("*.py"))]
    found = [path for path in found if f"{path.parent.name}/{path.name}" not in APART]
    return [*found, *(ROOT / "ecosystem" / f"{name}.py" for name in MODULES), *APP]


class Hole(str):
    """What stands in a sentence only when it is made; the name of it, or nothing."""

    __slots__ = ()


Form = tuple[str, ...]


def forms(node: ast.expr) -> list[Form]:
    """What an expression may be written as, its values as holes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [(node.value,)]
    if isinstance(node, ast.JoinedStr):
        return [sum(parts, ()) for parts in itertools.product(*map(forms, node.values))]
    if isinstance(node, ast.FormattedValue):
        inner = forms(node.value)
        return [("'", *one, "'") for one in inner] if node.conversion == ord("r") else inner
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [one + other for one, other in itertools.product(forms(node.left), forms(node.right))]
    if isinstance(node, ast.IfExp):
        return [*forms(node.body), *forms(node.orelse)]
    return [(Hole(node.id if isinstance(node, ast.Name) else ""),)]


def unread(node: ast.AST) -> bool:
    """Whether nobody reads the strings in here: docstrings, patterns, the programmer's own errors and logs."""
    match node:
        case ast.Expr(value=ast.Constant() | ast.JoinedStr()):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "re"))):
            return True
        case ast.Call(func=ast.Name(id="KeyError" | "TypeError" | "AssertionError")):
            return True
    return False


def written(node: ast.AST) -> Iterator[ast.expr]:
    """The outermost strings, joined as they are written."""
    for child in ast.iter_child_nodes(node):
        if unread(child):
            continue
        if forms(child) and any(not isinstance(part, Hole) for one in forms(child) for part in one):
            yield child
            # what is called to fill it may be given sentences, too
            for call in (one for one in ast.walk(child) if isinstance(one, ast.Call)):
                yield from written(call)
        else:
            yield from written(child)


def shown(form: Form) -> str:
    return "".join("{}" if isinstance(part, Hole) else part for part in form)


def lines(form: Form) -> list[Form]:
    """Of several lines each is a sentence."""
    found: list[Form] = [()]
    for part in form:
        first, *others = [part] if isinstance(part, Hole) else part.split("\n")
        found[-1] += (first,)
        found += [(other.lstrip(),) for other in others]
    return found


def a_sentence(form: Form) -> bool:
    return any(SENTENCE.search(part) for part in form if not isinstance(part, Hole))


def sentences(module: ast.Module) -> list[Form]:
    """Every form a reader may see, without those that are no sentences."""
    found = [one for node in written(module) for form in forms(node) for one in lines(form)]
    return [one for one in dict.fromkeys(found) if a_sentence(one) and shown(one) not in NO_SENTENCE]


def samples(form: Form) -> Iterator[str]:
    """The form with everything in it that may be."""
    fillings = [(*FILLINGS, "") if part in MAY_LACK else FILLINGS for part in form if isinstance(part, Hole)]
    for values in itertools.product(*fillings):
        left = iter(values)
        yield "".join(next(left) if isinstance(part, Hole) else part for part in form)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@pytest.mark.parametrize("path", paths(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_sentence_of_the_package_has_a_template(path):
    wrong = []
    for form in sentences(tree(path)):
        wanted = WIDER.get(shown(form), shown(form))
        if not any(first_fitting(each) == wanted for each in samples(form)):
            wrong.append(shown(form))
    assert wrong == [], "give it a template in dashboards/components/faulttexts_….py, then poe words"


def first_fitting(sentence: str) -> str:
    """The template a sentence is taken apart by."""
    fits = (one for one in faulttexts._templates() if faulttexts._values(one.between, one.names, sentence) is not None)
    return next((plain(one) for one in fits), "")


def plain(template: faulttexts.Template) -> str:
    return "{}".join(template.between)


def test_every_template_is_of_a_sentence_of_the_package():
    all_forms = {one for path in paths() for node in written(tree(path)) for one in forms(node)}
    there = "\n".join(shown(line) for one in all_forms for line in lines(one))
    composed = {re.sub(r"{\w+}", "{}", one) for one in COMPOSED}
    left = {plain(one) for one in faulttexts._templates() if plain(one) not in there} - composed
    used = {first_fitting(each) for form in all_forms if left and a_sentence(form) for each in samples(form)}
    assert sorted(left - used) == []


def test_no_template_fits_everything():
    bare = [one for one in faulttexts._templates() if not re.search(r"[^\W\d_]{2,}|“", "".join(one.between))]
    assert [plain(one) for one in bare if faulttexts.SENTENCES.isdisjoint(one.names)] == []


def test_what_is_let_be_is_there():
    all_forms = [one for path in paths() for node in written(tree(path)) for one in forms(node)]
    there = {shown(line) for one in all_forms for line in lines(one)}
    assert {*NO_SENTENCE, *WIDER} <= there
    assert all((ROOT / "ecosystem" / name).is_file() for name in APART)


# sentences as they come about

ENGLISH = re.compile(r"\b(?:the|is|are|of|not|expected|found|were|cannot|than|leave|row|column)\b")


def foreign(sentences_: Iterable[str], *, values: bool = True) -> list[tuple[str, str | None]]:
    """Sentences that are not known, or leave English words; in brackets stands what other programs say."""
    pairs = [(one, known(one, DE)) for one in dict.fromkeys(sentences_) if one]
    bare = [(one, told, re.sub(r"\([^)]*\)|„[^“]*“", "", told or "")) for one, told in pairs]
    return [(one, told) for one, told, rest in bare if told is None or (values and ENGLISH.search(rest))]


def test_the_planted_faults(tmp_path):
    shutil.copytree(shipped_data() / "ruhr", tmp_path / "ruhr")
    _plant(Folder(tmp_path / "ruhr"))
    with pytest.raises(TablesError) as told:
        tables.read(tmp_path / "ruhr")
    found = told.value.faults
    assert len(found) > 30
    assert foreign(one.sentence() for one in found) == []
    assert foreign(one.expected for one in found) + foreign(one.cure for one in found) == []
    assert foreign([str(told.value), fault_text(told.value)], values=False) == []


def test_faults_of_a_description_and_of_outlines():
    region = b'id = "a b"\nname_de = 3\nnamede = "A"\nnmae_en = ""\n[[fields]]\nid = "x"\n[[fields]]\nid = "x"\n'
    found = [description.parse(one)[1] for one in (region, b"\xff", b"id = ", b"vintage = 3")]
    found += [outlines.parse(table, one)[1] for table in GEOJSON for one in (b"\xff", b"{\n", b"[]", OUTLINES)]
    assert sum(map(len, found)) > 20
    assert foreign(one.sentence() for faults in found for one in faults) == []


def test_damaged_registers(tmp_path):
    seen: list[str] = []
    for seed in range(240):
        chance, here = random.Random(seed), tmp_path / str(seed)
        here.mkdir()
        kind, write = source_samples.SAMPLES[chance.choice(sorted(source_samples.SAMPLES))]
        files = write(here)
        fuzz.damaged_file(chance.choice(files), chance, [path.read_bytes() for path in files])
        try:
            found = sources.read(chance.choice([kind] * 4 + list(sources.KINDS)), files)
        except SourceError as error:
            seen += [str(error), error.problem, error.cure]
        else:
            seen += [*found.notes, *(str(one.origin) for one in found.rejects if one.origin.row)]
            seen += [text for one in (*found.rejects, *found.blanked) for text in (one.reason, one.cure)]
    assert len(set(seen)) > 100
    assert foreign(seen, values=False) == []


def test_rows_that_are_taken_or_left(folder, reading):
    # the rejects are the fixture's own
    plan = intake.plan(tables.read(folder), replace(reading, rejects=()))
    seen = [text for one in plan.left for text in (one.reason, one.cure)]
    seen += [*plan.notes, *(reason for one in plan.questions for reason in one.reasons)]
    assert len(set(seen)) > 12
    assert foreign(seen) == []


def test_matches_of_the_samples(folder, tmp_path):
    seen: list[str] = []
    for kind, write in source_samples.SAMPLES.values():
        (tmp_path / "files").mkdir(exist_ok=True)
        plan = intake.plan(tables.read(folder), sources.read(kind, write(tmp_path / "files")))
        seen += [text for one in plan.left for text in (one.reason, one.cure)]
        seen += [*plan.notes, *(reason for one in plan.questions for reason in one.reasons)]
    assert foreign(seen) == []


def test_faults_of_a_talk():
    talks = (
        b"",
        b"title: [",
        b"\xff",
        b"a: &b 1\nc: *b",
        b"title: 3\nsteps: [1, {title: {fr: x}, sate: a}, {title: t}]",
    )
    found = [one for talk in talks for one in story.parse(talk)[1]]
    assert len(found) > 8
    assert foreign([one.sentence() for one in found], values=False) == []


@pytest.mark.parametrize(
    ("english", "german"),
    [
        (
            "a.xlsx, Blatt: no list of records in it. Give a part.",
            "a.xlsx, Blatt: keine Liste von Datensätzen darin. Einen Teil angeben.",
        ),
        ("1,024 MB; at most 800 MB are read", "1.024 MB; gelesen werden höchstens 800 MB"),
        ("a.csv, row 1,024", "a.csv, row 1,024"),
        (
            "l.csv: columns not used: “A”, “B, C” and 3 more.",
            "l.csv: nicht verwendete Spalten: „A“, „B, C“ und 3 weitere.",
        ),
        ("l.csv: columns not used: “A and B”, “or”.", "l.csv: nicht verwendete Spalten: „A and B“, „or“."),
        ("words in common: and, energy", "gemeinsame Wörter: and, energy"),
        ("a project file without the column id or rcn", "eine Datei der Art project ohne die Spalte id oder rcn"),
        ("l.csv: columns not used: “A”.", "l.csv: nicht verwendete Spalten: „A“."),
        ("Fill it in: name of the municipality.", "Ausfüllen: name of the municipality."),
        (
            "its place is not certain: postcode 1 says A or others; point 1, 2 says B",
            "der Ort ist nicht sicher: Postleitzahl 1 spricht für A oder weitere; Punkt 1, 2 spricht für B",
        ),
        (
            "ties.csv, row 3, column a: found 'x: y; expected z'; expected one of a. Did you mean “a”?",
            "ties.csv, Zeile 3, Spalte a: gefunden: „x: y; expected z“; erwartet: eines von a. Gemeint vielleicht „a“?",
        ),
        ("NUTS DEA52 says elsewhere", "NUTS DEA52 spricht für einen anderen Ort"),
        ("at least 0 km²", "mindestens 0 km²"),
        ("cannot be read (Permission denied)", "lässt sich nicht lesen (keine Berechtigung)"),
        ("3 cells", "3 Zellen"),
    ],
)
def test_how_it_reads(english, german):
    assert said(english, DE) == german
    assert said(english, EN) == english


def test_what_the_dictionary_describes_is_told_in_german():
    column = dictionary()["places"].column("name")
    assert known(f"Fill it in: {column.description.en}.", DE) == f"Ausfüllen: {column.description.de}."


def test_only_what_is_not_known_is_marked_as_english():
    assert (language("a number", DE), language("3 weird things", DE), language("3 weird things", EN)) == (
        {},
        {"lang": "en"},
        {},
    )
    assert cell("a number", DE) == "eine Zahl"
    told = cell("3 weird things", DE)
    assert (told.children, told.lang) == ("3 weird things", "en")
    assert known("a number\n3 weird things", DE) is None


def test_what_is_said_of_a_folder_is_german_wherever_it_is_shown():
    fault = "actors.csv, row 2, column name: expected a value. Use one of these values."
    told = regionmenu.fault(f"{fault}\n… and 3 more", DE)
    assert (
        told.children
        == "actors.csv, Zeile 2, Spalte name: erwartet: eine Angabe. Einen dieser Werte verwenden.\n… und 3 weitere"
    )
    assert not hasattr(told, "lang")
    assert regionmenu.fault("RuntimeError: out of paper", DE).lang == "en"
    (_, listed) = talk.fault_list(story.parse(b"title: t")[1], DE)
    (one,) = listed.children
    assert one.children.startswith("story.yaml, Spalte steps: erwartet: mindestens ein Schritt. „- title: …“ mit text")
    assert not hasattr(one, "lang")


def test_warnings_are_german_and_what_the_data_say_stays():
    warning = Record("a.csv", 2, "name", "", "a value. Use one of these values.")
    for flag, about in (
        (quality.WARNING, "erwartet: eine Angabe. Einen dieser Werte verwenden."),
        (quality.NO_FIELD, warning.about),
    ):
        sheet = datasheets.flagged(Flag(flag, 1, (warning,)), DE)
        assert [row["about"] for row in sheet.rows] == [about]


def test_a_long_sentence_nobody_knows_is_given_up_soon():
    begun = time.perf_counter()
    assert known("a: b; found c, row d. More or less, x says y. " * 200, DE) is None
    assert time.perf_counter() - begun < 5
