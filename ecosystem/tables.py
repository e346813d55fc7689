"""A region's tables: read, checked at the border once, written back.

A :class:`Tables` exists only for a folder without errors; everything behind it may rely on ids that resolve,
vocabulary that is known and numbers that are numbers. What is wrong is reported all at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ecosystem import contents as folder_contents
from ecosystem import description, outlines, story, validation
from ecosystem.cells import number_texts, split, truths
from ecosystem.dictionary import csv_tables, dictionary
from ecosystem.errors import Fault, Severity, TablesError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ecosystem.contents import Contents
    from ecosystem.dictionary import Table
    from ecosystem.model import Region
    from ecosystem.outlines import Outlines

__all__ = ["Tables", "checked", "digest", "empty", "inspect", "read", "split", "texts", "write"]


@dataclass(frozen=True, eq=False)
class Tables:
    """Everything a region folder says.

    Every frame has a RangeIndex, is sorted by its key, and has the columns of ``data/columns.csv`` in their
    order, then unknown ones as text. Text is ``str`` with "" where nothing is stated (lists stay joined by
    "|", see :func:`split`), counts and years are ``Int64``, other numbers ``float64`` (NaN: not stated),
    truths ``bool``. Tables that the folder does not have are empty frames of the same form.

    ``boundaries`` and ``districts`` are the GeoJSON of municipalities (features with ``place_id``) and
    districts (``district_id``); ``digest`` is the SHA-256 of the files read. ``talk`` is the region's story, which is
    no part of the digest.
    """

    region: Region
    places: pd.DataFrame
    actors: pd.DataFrame
    actor_fields: pd.DataFrame
    ties: pd.DataFrame
    projects: pd.DataFrame
    participations: pd.DataFrame
    city_fields: pd.DataFrame
    flows: pd.DataFrame
    sources: pd.DataFrame
    boundaries: Outlines | None
    districts: Outlines | None
    warnings: tuple[Fault, ...]
    digest: str
    talk: story.Story | None = None

    def frame(self, table: str) -> pd.DataFrame:
        """The frame of a table by its name in the data dictionary."""
        if table not in {one.name for one in csv_tables()}:
            raise KeyError(table)
        found: pd.DataFrame = getattr(self, table)
        return found


def read(folder: Path | str) -> Tables:
    """The tables of a region folder.

    Raises:
        TablesError: something is wrong; it carries every fault found, and nothing is loaded.

    >>> from ecosystem.regions import locate
    >>> toy = read(locate("toy"))
    >>> int(toy.actors["sector"].value_counts()["industry"])
    4
    """
    talk, faults = _talk(Path(folder))
    return checked(folder_contents.files(Path(folder)), str(folder), talk=talk, found_before=faults)


def checked(
    content: Mapping[str, bytes],
    name: str,
    *,
    talk: story.Story | None = None,
    found_before: tuple[Fault, ...] = (),
) -> Tables:
    """The tables that files in memory would give, by the same checks as :func:`read`; ``name`` is for the message.

    Raises:
        TablesError: something is wrong; it carries every fault found, also those ``found_before``.
    """
    found, faults = _check(content)
    region, faults = found.region, (*faults, *found_before)
    if region is None or any(fault.severity is Severity.ERROR for fault in faults):
        raise TablesError(name, faults)
    frames: dict[str, Any] = {table.name: _typed(table, found) for table in csv_tables()}
    return Tables(
        region=region,
        **frames,
        boundaries=found.outlines["boundaries"],
        districts=found.outlines["districts"],
        warnings=faults,
        digest=folder_contents.digest(content),
        talk=talk,
    )


def inspect(folder: Path | str) -> tuple[Fault, ...]:
    """Every fault of a region folder, errors and warnings, by file, row and column."""
    return (*_check(folder_contents.files(Path(folder)))[1], *_talk(Path(folder))[1])


def _talk(folder: Path) -> tuple[story.Story | None, tuple[Fault, ...]]:
    path = folder / story.FILE
    return story.parse(path.read_bytes()) if path.is_file() else (None, ())


def digest(folder: Path | str) -> str:
    """The digest :func:`read` would give the tables, from the bytes of the files alone."""
    return folder_contents.digest(folder_contents.files(Path(folder)))


def empty(table: str) -> pd.DataFrame:
    """A frame without rows, with the columns and types of a table.

    >>> str(empty("participations").dtypes["funding_eur"])
    'float64'
    """
    columns = dictionary()[table].columns
    return pd.DataFrame({column.name: pd.Series([], dtype=column.dtype) for column in columns})


def write(tables: Tables, folder: Path | str) -> None:
    """Write tables as a region folder in canonical form; :func:`read` gives them back.

    Files are UTF-8 with commas and LF. Optional tables without rows are not written, and files of an earlier
    state of the folder that the tables do not have are removed, so that it says what the tables say.
    """
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    content = texts(tables)
    for name in (*(table.file for table in dictionary().values()), story.FILE):
        if name in content:
            (root / name).write_bytes(content[name].encode())
        else:
            (root / name).unlink(missing_ok=True)


def _check(content: Mapping[str, bytes]) -> tuple[Contents, tuple[Fault, ...]]:
    found, form = folder_contents.gather(content)
    order = {table.file: place for place, table in enumerate(dictionary().values())}
    faults = sorted(
        (*form, *validation.faults(found)),
        key=lambda fault: (order[fault.file], fault.row or 0, fault.column, fault.value),
    )
    return found, tuple(faults)


def _typed(table: Table, found: Contents) -> pd.DataFrame:
    texts = found.frame(table.name)
    if texts is None:
        return empty(table.name)
    frame = texts.copy()
    for column in table.columns:
        if column.numeric:
            frame[column.name] = found.readings[table.name][column.name].parsed.astype(
                "Int64" if column.dtype == "Int64" else "float64"
            )
        elif column.dtype == "bool":
            frame[column.name] = truths(texts[column.name])
    return frame.sort_values(list(table.keys), kind="stable", ignore_index=True)


def texts(tables: Tables) -> dict[str, str]:
    """The content of every file :func:`write` would write, by its name."""
    frames = {table.file: (table, tables.frame(table.name)) for table in csv_tables()}
    written = {file: _csv(table, frame) for file, (table, frame) in frames.items() if table.required or len(frame)}
    found = {"boundaries": tables.boundaries, "districts": tables.districts}
    written |= {dictionary()[name].file: outlines.text(one) for name, one in found.items() if one is not None}
    written |= {story.FILE: story.text(tables.talk)} if tables.talk is not None else {}
    return written | {dictionary()["region"].file: description.text(tables.region)}


def _csv(table: Table, frame: pd.DataFrame) -> str:
    texts = frame.copy()
    for column in table.columns:
        if column.dtype == "float64":
            texts[column.name] = number_texts(frame[column.name], column)
        elif column.dtype == "bool":
            texts[column.name] = frame[column.name].map({True: "true", False: "false"})
    return texts.to_csv(index=False, lineterminator="\n")
