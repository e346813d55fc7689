"""A new region's folder: municipalities, outlines and fields from a user's files, all other tables empty and valid."""

from __future__ import annotations

import json
import re
import shutil
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd

from ecosystem import description, outlines, tables
from ecosystem.dictionary import csv_tables, dictionary
from ecosystem.errors import Fault, IntakeError, Severity, TablesError
from ecosystem.intake import given, ground
from ecosystem.intake.slugs import slug
from ecosystem.matching.fields import FILE as KEYWORDS
from ecosystem.matching.fields import Keywords
from ecosystem.model import Field, Label, Region

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ecosystem.intake.given import Given, Row

_BLANKS = re.compile(r"[\s|,;\"]+")
_FIELD_NAMES = {
    "field_id": ("field_id", "id", "kennung"),
    "name_de": ("name_de", "name", "bezeichnung", "feld", "title"),
    "name_en": ("name_en", "name", "bezeichnung", "feld", "title"),
    "short_de": ("short_de", "short", "kurz", "kurzname"),
    "short_en": ("short_en", "short", "kurz", "kurzname"),
}


@dataclass(frozen=True, slots=True)
class Founded:
    """A region folder as it was made: what it holds, and what is missing in it (warnings of the check)."""

    folder: Path
    municipalities: int
    outlined: int
    fields: int
    warnings: tuple[Fault, ...]


def found(
    to: Path,
    name: str,
    *,
    fields: Path,
    places: Path | None = None,
    boundaries: Path | None = None,
    nuts: Sequence[str] = (),
    key: str | None = None,
    name_en: str | None = None,
    keywords: Path | None = None,
) -> Founded:
    """Make a region folder that passes ``ecosystem check``.

    Args:
        to: the folder to make; its name becomes the region's id.
        name: name of the region in German, and in English where ``name_en`` is not given.
        fields: CSV of the strategy's fields: field_id, name_de, name_en (or one column name), short_de, short_en.
        places: CSV of municipalities; columns of ``places.csv`` under their own or usual names (AGS, GEN, NUTS …).
        boundaries: GeoJSON of municipalities in WGS 84; without ``places`` its properties name them.
        nuts: keep the municipalities whose NUTS code begins with one of these.
        key: property of the outlines that holds the municipality's key; found by its values where not given.
        name_en: English name of the region.
        keywords: CSV of words and codes that tell the fields, see :mod:`ecosystem.matching.fields`.

    Raises:
        IntakeError: a file lacks what is needed, or the folder holds something already. Nothing is left behind.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise IntakeError(f"{to} exists and is not empty. Give a new folder with --to.")
    strategy = given.opened(fields)
    listed, drawn = (given.opened(one) if one else None for one in (places, boundaries))
    rows = ground.municipalities(listed, drawn, nuts, key)
    shapes = ground.outlined(drawn, [row for row in rows if row["in_region"] == "true"], key) if drawn else {}
    rows = ground.with_points(rows, shapes)
    credit = _attribution(drawn) if drawn else ""
    held = _fields(strategy)
    files = {one: credit if one is drawn else "" for one in (listed, drawn, strategy) if one}
    region = _region(to, Label(name, name_en or name), held, list(files))
    content = _content(region, rows, [_source(one, told) for one, told in files.items()])
    if shapes:
        content["boundaries.geojson"] = outlines.text(ground.collection(shapes, "place_id", credit))
        if units := ground.districts(rows, shapes):
            content["districts.geojson"] = outlines.text(ground.collection(units, "district_id", credit))
    checked = _checked(content, listed or drawn)
    words = given.opened(keywords).data if keywords else None
    _write(to, {name: text.encode() for name, text in tables.texts(checked).items()}, words)
    return Founded(to, int(checked.places["in_region"].sum()), len(shapes), len(held), checked.warnings)


def _fields(strategy: Given) -> tuple[Field, ...]:
    held = given.rows(strategy)
    if not held:
        raise IntakeError(f"{strategy.path.name} has no field. Add a row for each field of the strategy.")
    there = list(held[0])
    names = {one: next((own for own in own_names if own in there), "") for one, own_names in _FIELD_NAMES.items()}
    if not names["name_de"] and not names["name_en"]:
        raise IntakeError(
            f"{strategy.path.name} has no column name_de, name_en or name; it has {', '.join(there)}. "
            "Give field_id and the name of each field."
        )
    return tuple(_field({one: row.get(own, "") for one, own in names.items()}) for row in held)


def _field(row: Row) -> Field:
    de, en = row["name_de"] or row["name_en"], row["name_en"] or row["name_de"]
    field_id = _BLANKS.sub("-", row["field_id"]) or slug(en, 30)
    return Field(field_id, Label(de, en), Label(row["short_de"] or de, row["short_en"] or en))


def _region(to: Path, name: Label, fields: tuple[Field, ...], files: Sequence[Given]) -> Region:
    told = ", ".join(one.path.name for one in files)
    today = _today()
    vintage = (
        (Label("Gemeinden und Felder", "Municipalities and fields"), Label(f"{told}, {today}", f"{told}, {today}")),
    )
    region_id = slug(to.resolve().name) or slug(name.de) or "region"
    return Region(region_id, name, Label("", ""), fields, vintage)


def _content(region: Region, rows: Sequence[Row], sources: Sequence[Row]) -> dict[str, str]:
    """The files of the folder as text, before any check; the actors' table has a header only."""
    content = {dictionary()["region"].file: description.text(region)}
    held = {"places": rows, "sources": sources}
    for table in csv_tables():
        if table.required:
            frame = pd.DataFrame(held.get(table.name, []), columns=list(table.header), dtype="str").fillna("")
            content[table.file] = frame.to_csv(index=False, lineterminator="\n")
    return content


def _source(one: Given, publisher: str) -> Row:
    """What the folder was made from: no address, for only the user knows where the file came from."""
    return {
        "source_id": slug(one.path.stem) or "file",
        "title": one.path.name,
        "publisher": publisher,
        "kind": "file",
        "accessed": _today(),
        "note": one.checksum,
    }


def _attribution(one: Given) -> str:
    """What a GeoJSON file says of its origin, the credit that most licences ask for."""
    told = json.loads(one.data.decode("utf-8-sig"))
    words = (told.get(name) for name in ("attribution", "copyright", "source", "licence", "license"))
    return next((" ".join(word.split()) for word in words if isinstance(word, str) and word.strip()), "")


def _checked(content: Mapping[str, str], source: Given | None) -> tables.Tables:
    try:
        return tables.checked({name: text.encode() for name, text in content.items()}, "the new region")
    except TablesError as error:
        wrong = [one.sentence() for one in error.faults if one.severity is Severity.ERROR]
        where = source.path.name if source else "the files given"
        shown = "\n".join("  " + one for one in wrong[:10])
        raise IntakeError(
            f"{where} makes no valid region, {len(wrong)} error(s); nothing was written. Rows are those of the "
            f"table it would have become.\n{shown}"
        ) from error


def _write(to: Path, content: Mapping[str, bytes], words: bytes | None) -> None:
    """The folder as a whole: made beside, its keywords tried, then renamed."""
    prepared = to.parent / f".{to.name}-{uuid.uuid4().hex}"
    try:
        prepared.mkdir(parents=True)
        for name, data in content.items():
            (prepared / name).write_bytes(data)
        if words is not None:
            (prepared / KEYWORDS).write_bytes(words)
            Keywords.load(prepared)
        if to.exists():
            to.rmdir()
        prepared.rename(to)
    except OSError as error:
        raise IntakeError(f"{to} cannot be written ({error.strerror}). Choose another folder.") from error
    finally:
        shutil.rmtree(prepared, ignore_errors=True)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
