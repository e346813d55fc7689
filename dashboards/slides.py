"""Slides (PPTX, 16:9): native title, text and caption, one picture or table, notes with provenance.

Pictures come as PNG from the browser that drew them; where there is none, the rows behind the view stand on the slide
as a native table, so that a talk can be made without a browser, too.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from dashboards.components.caption import caption
from dashboards.files import number
from dashboards.language import translator
from dashboards.sitemap import page_at
from dashboards.slidetable import fitted
from dashboards.views.talk import steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboards.components.caption import Caption
    from dashboards.language import Translator
    from dashboards.slidetable import Fitted
    from dashboards.state import Selection
    from dashboards.views.sheet import Column, Sheet
    from ecosystem.atlas import Atlas
    from ecosystem.story import Story

# in inches
WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.55
WORDS, GAP = 3.75, 0.35
TOP, FOOT = 1.45, 6.55
# from this ratio of width to height on a picture stands below the text instead of beside it
WIDE = 2.4
INK, MUTED, ACCENT = "16191D", "565D66", "1B4F91"


@dataclass(frozen=True)
class Slide:
    """One slide; ``footing`` stands small below, ``notes`` are the speaker's, both say where the content is from."""

    title: str
    text: str
    footing: Sequence[str]
    notes: str
    picture: bytes | None = None
    table: Fitted | None = None


def deck(title: str, subtitle: str, slides: Sequence[Slide], closing: Slide | None) -> bytes:
    """The file: a title slide where ``title`` is given, the slides, and a last one on what they rest on."""
    made = Presentation()
    _widen(made)
    made.core_properties.title = title or (slides[0].title if slides else "")
    made.core_properties.author = "ecosystem"
    if title:
        first = made.slides.add_slide(made.slide_layouts[0])
        first.shapes.title.text, first.placeholders[1].text = title, subtitle
        _put(first.shapes.title, 1.0, 2.1, WIDTH - 2.0, 1.5)
        _put(first.placeholders[1], 1.0, 3.8, WIDTH - 2.0, 1.8)
        for shape, size in ((first.shapes.title, 44), (first.placeholders[1], 20)):
            _letter(shape.text_frame, size, INK if size > 30 else MUTED)
    for at, slide in enumerate([*slides, *([closing] if closing else [])], start=1):
        _add(made, slide, f"{at}/{len(slides)}" if title and at <= len(slides) else "")
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _widen(made: Any) -> None:
    """The template that comes with the library is 4:3: everything on it moves along."""
    factor = WIDTH / 10
    made.slide_width, made.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for level in (made.slide_master, *made.slide_layouts):
        for shape in level.placeholders:
            # what has no place of its own follows the master
            if shape._element.spPr.xfrm is not None:  # noqa: SLF001 -- the library asks the parent where this is missing
                shape.left, shape.width = int(shape.left * factor), int(shape.width * factor)


def _add(made: Any, slide: Slide, count: str) -> None:
    page = made.slides.add_slide(made.slide_layouts[5])
    heading = page.shapes.title
    _put(heading, MARGIN, 0.35, WIDTH - 2 * MARGIN, 0.95)
    heading.text = slide.title
    _letter(heading.text_frame, 30 if len(slide.title) < 60 else 26, INK, bold=True)
    heading.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    ratio = _ratio(slide.picture) if slide.picture else 0.0
    below, alone = ratio >= WIDE, not slide.picture and not slide.table
    wide = below or alone
    if slide.text:
        height = 0.95 if below else FOOT - TOP
        words = page.shapes.add_textbox(*_inches(MARGIN, TOP, WIDTH - 2 * MARGIN if wide else WORDS, height))
        _write(words.text_frame, slide.text.split("\n"), 20 if len(slide.text) < 420 else 16, INK)
    left = MARGIN if wide or not slide.text else MARGIN + WORDS + GAP
    top = TOP + (1.05 if below and slide.text else 0.0)
    room = (left, top, WIDTH - MARGIN - left, FOOT - top)
    if slide.picture:
        _picture(page, slide, room, ratio)
    elif slide.table:
        _table(page, slide.table, left, top)
    foot = page.shapes.add_textbox(*_inches(MARGIN, FOOT + 0.1, WIDTH - 2 * MARGIN - 0.8, HEIGHT - FOOT - 0.2))
    _write(foot.text_frame, slide.footing, 10, MUTED)
    if count:
        corner = page.shapes.add_textbox(*_inches(WIDTH - MARGIN - 0.8, FOOT + 0.1, 0.8, 0.4))
        _write(corner.text_frame, [count], 12, MUTED)
        corner.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    page.notes_slide.notes_text_frame.text = slide.notes


def _inches(*values: float) -> tuple[int, ...]:
    return tuple(int(Inches(value)) for value in values)


def _put(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = _inches(left, top, width, height)


def _write(frame: Any, lines: Sequence[str], size: int, colour: str) -> None:
    frame.word_wrap = True
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.text = line
    _letter(frame, size, colour)


def _letter(frame: Any, size: int, colour: str, *, bold: bool = False) -> None:
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(size), bold
        paragraph.font.color.rgb = RGBColor(*bytes.fromhex(colour))  # type: ignore[no-untyped-call]


def _ratio(picture: bytes) -> float:
    # width and height stand in the header of every PNG
    width, height = int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")
    return width / max(height, 1)


def _picture(page: Any, slide: Slide, room: tuple[float, float, float, float], ratio: float) -> None:
    left, top, width, height = room
    drawn = (width, width / ratio) if width / ratio <= height else (height * ratio, height)
    place = _inches(left + (width - drawn[0]) / 2, top, *drawn)
    shape = page.shapes.add_picture(io.BytesIO(slide.picture or b""), *place)
    # what a screen reader says of the picture
    shape._element.nvPicPr.cNvPr.set("descr", f"{slide.title}. {slide.text}".strip())  # noqa: SLF001 -- no public way


def _table(page: Any, found: Fitted, left: float, top: float) -> None:
    size = _inches(left, top, sum(found.widths), sum(found.heights))
    made = page.shapes.add_table(len(found.lines), len(found.columns), *size).table
    made.horz_banding = False
    for at, width in enumerate(found.widths):
        made.columns[at].width = Inches(width)
    for line, (texts, height) in enumerate(zip(found.lines, found.heights, strict=True)):
        made.rows[line].height = Inches(height)
        for at, (text, column) in enumerate(zip(texts, found.columns, strict=True)):
            _cell(made.cell(line, at), text, column, bold=line == 0)


def _cell(cell: Any, text: str, column: Column, *, bold: bool = False) -> None:
    cell.text = text
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.font.size, paragraph.font.bold = Pt(12), bold
    if column.kind != "text":
        paragraph.alignment = PP_ALIGN.RIGHT


def shown(value: Any, column: Column, tr: Translator) -> str:
    """A value as a cell of a slide or page shows it; undefined is "–"."""
    if column.kind == "text":
        return str(value or "")
    found = float("nan") if (read := number(value)) is None else read
    if column.kind == "share":
        return tr.share(found, column.digits)
    if column.kind == "money":
        return tr.money(found)
    counted = column.kind in {"number", "mixed"} or math.isnan(found)
    return tr.number(found, column.decimals(found)) if counted else str(int(found))


def talk(
    atlas: Atlas,
    story: Story,
    tr: Translator,
    pictures: Mapping[int, bytes] | None = None,
    base: str = "",
    today: str = "",
) -> bytes:
    """A story as slides; ``pictures`` by number of the step, ``base`` is the address of the app for links."""
    shown = steps(atlas, story, tr)
    slides = [
        view(
            atlas, one.path, one.selection, tr, title=one.title, text=one.text, notes=one.notes,
            picture=(pictures or {}).get(one.number), base=base,
        )
        for one in shown
    ]  # fmt: skip
    about = [tr.label(atlas.region.name), _as_of(atlas, tr), *([tr("Made on {date}.", date=today)] if today else [])]
    return deck(tr.label(story.title), "\n".join(about), slides, basis(atlas, tr))


def file(atlas: Atlas, story: Story, language: str) -> bytes:
    """A story as slides without a browser: tables stand where pictures would."""
    return talk(atlas, story, translator(language))


def view(
    atlas: Atlas, path: str, selection: Selection, tr: Translator, *, title: str, text: str, notes: str = "",
    picture: bytes | None = None, base: str = "",
) -> Slide:  # fmt: skip
    """The slide of a view, with its caption below and its provenance in the notes."""
    query = "&".join(
        [f"lang={tr.language}", *([known] if (known := selection.to_query()) else []), f"v={atlas.version}"]
    )
    address = f"{base}{path}?{query}"
    page = page_at(path)
    told = caption(atlas, page.PAGE.counted(selection) if page else selection, tr, link=address)
    sheet = None if picture else _rows(atlas, path, selection, tr)
    table, rows = None, []
    if sheet is not None and sheet.rows:
        width = WIDTH - 2 * MARGIN - (WORDS + GAP if text else 0.0)
        table = fitted(sheet, lambda value, column: shown(value, column, tr), width, FOOT - TOP)
        if len(sheet.rows) > table.rows:
            rows = [tr("The first {n} of {total} rows.", n=tr.number(table.rows), total=tr.number(len(sheet.rows)))]
    footing = (*rows, f"{told.filters} {told.counts}", f"{told.data} {_linked(address) if base else ''}".strip())
    return Slide(
        title, text, footing, "\n\n".join(part for part in (notes, _provenance(told, tr)) if part), picture, table
    )


def _linked(address: str) -> str:
    return address if len(address) < 140 else address[:139] + "…"


def _provenance(told: Caption, tr: Translator) -> str:
    return "\n".join([tr("Provenance"), *told.lines])


def _rows(atlas: Atlas, path: str, selection: Selection, tr: Translator) -> Sheet | None:
    """The rows behind a view: those of its open part, else the page's first."""
    page = page_at(path)
    if page is None or not page.SHEETS:
        return None
    name = selection.tab if selection.tab in page.SHEETS else next(iter(page.SHEETS))
    found: Sheet = page.SHEETS[name](atlas, selection, tr)
    return found


def basis(atlas: Atlas, tr: Translator) -> Slide:
    """What the slides rest on: data version, vintages, terms of the sources."""
    sources = atlas.tables.sources
    licences = sources.loc[sources["licence"] != "", "licence"].value_counts()
    terms = [f"{tr.plural('{n} source', '{n} sources', int(n))}: {name}" for name, n in licences.head(6).items()]
    vintage = [f"{tr.label(topic)}: {tr.label(text)}" for topic, text in atlas.region.vintage]
    told = [_as_of(atlas, tr), *vintage, "", tr("Terms of the sources"), *terms]
    note = tr("Actors are collected, not sampled: that a tie is missing here does not mean that there is none.")
    return Slide(tr("What this rests on"), "\n".join(told), (note,), "\n".join(told))


def _as_of(atlas: Atlas, tr: Translator) -> str:
    return tr("Data version {version}, sources read until {date}.", version=atlas.version, date=tr.date(atlas.as_of))
