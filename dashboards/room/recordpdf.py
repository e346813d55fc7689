"""The record as pages to print (A4, reportlab): the same content as the slides, all rows, the picture as lines.

The font has the letters of Western European languages; a sign it lacks is printed in its plain form, and the other
files of the record have it as it was typed.
"""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Circle, Drawing, Polygon, PolyLine, String
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import CondPageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from dashboards.room.picture import Area, Disc, Line
from dashboards.room.recordsheets import for_people
from dashboards.slides import shown
from ecosystem.workshop import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboards.room.picture import Frame, Shape
    from dashboards.room.record import Record
    from dashboards.views.sheet import Sheet

PLAIN, BOLD = "RoomPlain", "RoomBold"
MARGIN = 16 * mm
# a frame keeps six points free on either side
WIDTH = A4[0] - 2 * MARGIN - 12
CELL = 8
INK, MUTED, GRID = colors.HexColor("#16191D"), colors.HexColor("#565D66"), colors.HexColor("#D3D8DE")
# table → (column, share of the width)
COLUMNS = {
    "comparison": (("of", 20), ("measure", 33), ("before_text", 13), ("after_text", 13), ("change_text", 21)),
    "proposals": (("number", 5), ("kind", 16), ("text", 34), ("reason", 23), ("table", 7), ("role", 15)),
    "rejected": (("number", 6), ("text", 40), ("status", 14), ("note", 28), ("table", 12)),
    "dots": (("subject", 85), ("dots", 15)),
    "votes": (("subject", 74), ("for", 13), ("against", 13)),
    "decisions": (("number", 6), ("text", 40), ("outcome", 17), ("for", 8), ("against", 10), ("note", 19)),
}


@cache
def _fonts() -> frozenset[int]:
    """Register the fonts that come with reportlab; gives the signs they have."""
    for name, file in ((PLAIN, "Vera.ttf"), (BOLD, "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, file))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=PLAIN, boldItalic=BOLD)
    face: Any = pdfmetrics.getFont(PLAIN).face
    return frozenset(face.charToGlyph)


def printable(text: str) -> str:
    """The text in signs the font has; others in their plain form, "?" where there is none.

    >>> printable("Łódź – Köln ✓")
    'Łódz – Köln ?'
    """
    known = _fonts()
    return "".join(
        sign
        if ord(sign) in known
        else "".join(part for part in unicodedata.normalize("NFKD", sign) if ord(part) in known) or "?"
        for sign in text.replace("\u202f", "\u00a0")
    )


def pages(record: Record) -> bytes:
    """The file."""
    _fonts()
    tr, standing = record.tr, record.standing
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN + 8 * mm,
        title=record.title, author="ecosystem", lang=tr.language,
    )  # fmt: skip
    opened = tr.date(standing.room.opened.astimezone().date().isoformat())
    tables = " · ".join(
        tr("Table {n}: {count}", n=table, count=tr.number(count)) for table, count in sorted(standing.tables.items())
    )
    flow: list[Any] = [
        _text(record.title, 18, bold=True),
        _text(" · ".join((opened, tr("Scenario, not recorded facts."))), 10, MUTED),
        _text(tr("Participants: {tables}", tables=tables or "–"), 10, MUTED),
        Spacer(0, 4 * mm),
        drawing([*record.hall.picture.shapes, *record.hall.added(standing)], record.hall.picture.frame, WIDTH),
        _text(tr("Dashed: accepted proposals; the number is the table."), 8.5, MUTED),
    ]
    accepted = {one.number for one in standing.having(Status.ACCEPTED)}
    proposals, votes = record.sheets["proposals"], record.sheets["votes"]
    flow += _section(record, tr("What would change"), for_people(record.sheets["comparison"]), "comparison")
    flow += [_text(note, 8.5, MUTED) for note in record.sheets["comparison"].notes]
    flow += _section(record, tr("Accepted proposals"), proposals, "proposals", lambda row: row["number"] in accepted)
    flow += _section(record, tr("Dots by field"), votes, "dots", lambda row: "dots" in row)
    flow += _section(record, tr("Votes"), votes, "votes", lambda row: "for" in row and row["for"] + row["against"] > 0)
    flow += _section(record, tr("Decisions"), record.sheets["decisions"], "decisions")
    flow += _section(record, tr("Other proposals"), proposals, "rejected", lambda row: row["number"] not in accepted)
    flow += [_text(tr("What this rests on"), 13, bold=True, above=12)]
    flow += [_text(line, 8.5, MUTED) for line in record.told.lines]

    def footer(canvas: Any, page: Any) -> None:
        canvas.setFont(PLAIN, 8)
        canvas.setFillColor(MUTED)
        canvas.drawString(MARGIN, 9 * mm, printable(f"{record.title} · {record.told.data}"))
        canvas.drawRightString(A4[0] - MARGIN, 9 * mm, str(page.page))

    document.build(flow, onFirstPage=footer, onLaterPages=footer)
    return buffer.getvalue()


def _text(text: str, size: float, colour: Any = INK, *, bold: bool = False, above: float = 0) -> Paragraph:
    style = ParagraphStyle(
        f"{size}", fontName=BOLD if bold else PLAIN, fontSize=size, leading=size * 1.3, textColor=colour,
        spaceBefore=above, spaceAfter=size * 0.25, splitLongWords=1,
    )  # fmt: skip
    # what people typed is text, not markup
    return Paragraph(escape(printable(text)), style)


def _section(record: Record, title: str, sheet: Sheet, name: str, keep: Any = lambda _: True) -> list[Any]:
    """A heading and the rows of a table that are kept; nothing where there are none."""
    rows = [row for row in sheet.rows if keep(row)]
    if not rows:
        return []
    columns = {one.key: one for one in sheet.columns}
    chosen = [columns[key] for key, _ in COLUMNS[name]]
    lines = [[_text(one.name, CELL, MUTED) for one in chosen]]
    # where a word is longer than its column, a slash is a place to part it
    texts = [[shown(row.get(one.key), one, record.tr).replace("/", "/ ") for one in chosen] for row in rows]
    lines += [[_text(text, CELL) for text in line] for line in texts]
    widths = [WIDTH * share / 100 for _, share in COLUMNS[name]]
    table = Table(lines, colWidths=widths, repeatRows=1, hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, GRID),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        )
    )
    return [CondPageBreak(40 * mm), _text(title, 13, bold=True, above=12), table]


def drawing(shapes: Iterable[Shape], of: Frame, width: float) -> Drawing:
    """The picture as lines, ``width`` points wide."""
    _fonts()
    scale = width / of.width
    made = Drawing(width, of.height * scale)

    def flat(points: Sequence[tuple[float, float]]) -> list[float]:
        return [value for x, y in points for value in ((x - of.west) * scale, (y - of.south) * scale)]

    for one in shapes:
        if isinstance(one, Area):
            fill, line = colors.HexColor(one.fill), colors.HexColor(one.line)
            made.add(Polygon(flat(one.ring), fillColor=fill, strokeColor=line, strokeWidth=one.width * scale))
        elif isinstance(one, Line):
            dash = [1.2 * scale, 0.8 * scale] if one.dashed else None
            colour = colors.HexColor(one.colour)
            made.add(
                PolyLine(flat(one.points), strokeColor=colour, strokeWidth=one.width * scale, strokeDashArray=dash)
            )
        elif isinstance(one, Disc):
            x, y = flat([one.at])
            rim = colors.HexColor(one.line) if one.line else None
            made.add(
                Circle(
                    x, y, one.radius * scale, fillColor=colors.HexColor(one.fill), strokeColor=rim,
                    strokeWidth=0.3 * scale if rim else 0,
                )
            )  # fmt: skip
        else:
            x, y = flat([one.at])
            size = one.size * scale
            made.add(
                String(
                    x, y - size * 0.35, printable(one.text), fontName=BOLD if one.bold else PLAIN, fontSize=size,
                    fillColor=colors.HexColor(one.colour), textAnchor="middle",
                )
            )  # fmt: skip
    return made
