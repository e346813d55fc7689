"""The data dictionary: every table and column of a region folder, read from ``data/columns.csv``.

Nothing else in this package lists columns; types, checks, empty tables, the import template and the
documentation all follow from that file. ``python -m ecosystem.dictionary`` prints it as Markdown.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from ecosystem.model import LANGUAGES, Label
from ecosystem.regions import shipped_data

if TYPE_CHECKING:
    from collections.abc import Mapping

DICTIONARY_FILE = "columns.csv"
WHOLE_TABLE = "*"
REGION_FIELDS = "region.fields"
NUMERIC = frozenset({"integer", "year", "number", "money"})
INTEGRAL = frozenset({"integer", "year"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type, what a cell may hold, and how it is described."""

    table: str
    name: str
    type: str
    unit: str
    present: bool
    stated: bool
    key: bool
    allowed: tuple[str, ...]
    foreign_key: str
    separator: str
    minimum: float | None
    maximum: float | None
    description: Label
    example: str

    @property
    def numeric(self) -> bool:
        """Whether cells are numbers."""
        return self.type in NUMERIC

    @property
    def dtype(self) -> str:
        """The pandas dtype of the column in :class:`ecosystem.tables.Tables`."""
        if self.type in INTEGRAL:
            return "Int64"
        return {"number": "float64", "money": "float64", "boolean": "bool"}.get(self.type, "str")


@dataclass(frozen=True, slots=True)
class Table:
    """One file of a region folder and its columns in order."""

    name: str
    format: str
    required: bool
    description: Label
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.{self.format}"

    @property
    def header(self) -> tuple[str, ...]:
        """Names of the columns in order."""
        return tuple(column.name for column in self.columns)

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the columns that together identify a row."""
        return tuple(column.name for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """The column of that name; ``KeyError`` where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}; it has {', '.join(self.header)}")


@cache
def dictionary() -> Mapping[str, Table]:
    """Every table of a region folder by name, in the order of ``data/columns.csv``.

    >>> dictionary()["places"].keys
    ('place_id',)
    >>> dictionary()["actors"].column("sector").allowed[0]
    'industry'
    """
    with (shipped_data() / DICTIONARY_FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tables = {}
    for head in (row for row in rows if row["column"] == WHOLE_TABLE):
        name = head["table"]
        columns = tuple(_column(row) for row in rows if row["table"] == name and row is not head)
        tables[name] = Table(name, head["type"], head["required"] == "yes", _description(head), columns)
    return MappingProxyType(tables)


def csv_tables() -> tuple[Table, ...]:
    """The tables that are CSV files, in the dictionary's order."""
    return tuple(table for table in dictionary().values() if table.format == "csv")


def template(table: str) -> str:
    """An import template: the header of a table and one example row, as CSV text.

    >>> print(template("city_fields"))
    place_id,field_id,evidence,source_id
    05112000,green,aims to be hydrogen capital,p-business-ruhr-fa5d3e
    """
    columns = dictionary()[table].columns
    return ",".join(column.name for column in columns) + "\n" + ",".join(_quoted(column.example) for column in columns)


def markdown(language: str = "en") -> str:
    """The dictionary as Markdown: a heading, a sentence and a table of columns for every file."""
    return "\n\n".join(_section(table, language) for table in dictionary().values()) + "\n"


def _section(table: Table, language: str) -> str:
    need = {"de": ("Pflicht", "freiwillig"), "en": ("required", "optional")}[language][0 if table.required else 1]
    head = {
        "de": "| Spalte | Typ | Einheit | nötig | Inhalt | Beispiel |",
        "en": "| column | type | unit | needed | content | example |",
    }[language]
    lines = [
        f"#### `{table.file}` ({need})",
        "",
        f"{table.description.text(language)}.",
        "",
        head,
        "|---|---|---|---|---|---|",
    ]
    lines += [_row(column, language) for column in table.columns]
    return "\n".join(lines)


def _row(column: Column, language: str) -> str:
    words = {"de": ("Schlüssel", "ja", "Spalte"), "en": ("key", "yes", "column")}[language]
    need = [words[0]] * column.key + ([words[1]] if column.stated else [words[2]] if column.present else [])
    kind = column.type + (" list" if column.separator else "")
    content = column.description.text(language)
    content += f": {', '.join(f'`{value}`' for value in column.allowed)}" if column.allowed else ""
    content += f" → `{column.foreign_key}`" if column.foreign_key else ""
    example = f"`{column.example.replace('|', chr(92) + '|')}`"
    return f"| `{column.name}` | {kind} | {column.unit} | {', '.join(need)} | {content} | {example} |"


def _column(row: dict[str, str]) -> Column:
    return Column(
        table=row["table"],
        name=row["column"],
        type=row["type"],
        unit=row["unit"],
        present=row["required"] in {"yes", "column"},
        stated=row["required"] == "yes",
        key=row["key"] == "yes",
        allowed=tuple(row["allowed"].split("|")) if row["allowed"] else (),
        foreign_key=row["foreign_key"],
        separator=row["list"],
        minimum=float(row["minimum"]) if row["minimum"] else None,
        maximum=float(row["maximum"]) if row["maximum"] else None,
        description=_description(row),
        example=row["example"],
    )


def _description(row: dict[str, str]) -> Label:
    return Label(**{language: row[f"description_{language}"] for language in LANGUAGES})


def _quoted(text: str) -> str:
    return f'"{text}"' if "," in text else text


if __name__ == "__main__":
    print(markdown(), end="")  # noqa: T201 - printing is what this entry is for
