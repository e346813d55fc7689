"""``region.toml``: names of the region, the fields of its strategy and the vintages of its data in their order."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from ecosystem.dictionary import dictionary
from ecosystem.errors import Fault, Severity
from ecosystem.model import LANGUAGES, Field, Label, Region

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLE = "region"
# what stands in repeated blocks: [[fields]], [[vintage]]
_BLOCKS = ("fields", "vintage")
_LINE = re.compile(r"line (\d+)")


def parse(content: bytes) -> tuple[Region | None, tuple[Fault, ...]]:
    """Read a region's description; ``None`` instead of a region where a fault makes it unusable.

    >>> region, faults = parse(b"fields = []")
    >>> region is None, faults[-1].expected
    (True, 'at least one [[fields]]')
    """
    try:
        found = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        return None, (_fault(row, "", "", "text in UTF-8", "Save the file in UTF-8."),)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        where = int(line[1]) if line else None
        return None, (_fault(where, "", "", "valid TOML", f"{error}. See data/README.md for a description to copy."),)
    faults = tuple(_faults(found))
    broken = any(fault.severity is Severity.ERROR for fault in faults)
    return (None if broken else _region(found)), faults


def text(region: Region) -> str:
    """The canonical ``region.toml`` of a region; the inverse of :func:`parse`."""
    lines = [f"id = {_quoted(region.region_id)}"]
    lines += [f"name_{language} = {_quoted(region.name.text(language))}" for language in LANGUAGES]
    lines += [f"description_{language} = {_quoted(region.description.text(language))}" for language in LANGUAGES]
    lines += [f"contact = {_quoted(region.contact)}"] if region.contact else []
    for topic, told in region.vintage:
        lines += ["", "[[vintage]]"]
        lines += [f"topic_{language} = {_quoted(topic.text(language))}" for language in LANGUAGES]
        lines += [f"text_{language} = {_quoted(told.text(language))}" for language in LANGUAGES]
    for field in region.fields:
        lines += ["", "[[fields]]", f"id = {_quoted(field.field_id)}"]
        lines += [f"name_{language} = {_quoted(field.name.text(language))}" for language in LANGUAGES]
        lines += [f"short_{language} = {_quoted(field.short.text(language))}" for language in LANGUAGES]
    return "\n".join(lines) + "\n"


def _faults(found: dict[str, Any]) -> Iterator[Fault]:
    yield from _entries({key: value for key, value in found.items() if key not in _BLOCKS}, _known(""), "")
    for block in _BLOCKS:
        yield from _block_faults(found, block)
    fields = found.get("fields", [])
    ids = Counter(str(field.get("id", "")) for field in fields) if _is_blocks(fields) else Counter()
    for field_id in (field_id for field_id, count in ids.items() if field_id and count > 1):
        yield _fault(None, "fields.id", field_id, "every field once", "Give the second one another id or remove it.")


def _known(block: str) -> dict[str, bool]:
    """Entries of a block (``""``: the top) by the data dictionary, and whether each must be stated."""
    columns = [(column.name.rpartition("."), column.stated) for column in dictionary()[_TABLE].columns]
    return {name: stated for (of, _, name), stated in columns if of == block}


def _is_blocks(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _block_faults(found: dict[str, Any], block: str) -> Iterator[Fault]:
    told = found.get(block, [])
    if not _is_blocks(told) or (block == "fields" and not told):
        yield _fault(None, block, "", f"at least one [[{block}]]", f"Add a [[{block}]] block for each.")
        return
    for number, one in enumerate(told, start=1):
        yield from _entries(one, _known(block), f"{block}[{number}].")


def _entries(found: dict[str, Any], known: dict[str, bool], where: str) -> Iterator[Fault]:
    for key in (key for key, stated in known.items() if stated and key not in found):
        yield _fault(None, where + key, "", "this entry", f'Add {key} = "…".')
    for key, value in found.items():
        if key not in known:
            near = get_close_matches(key, known, 1)
            cure = f"Did you mean {near[0]}?" if near else "It is not used; remove it."
            yield _fault(None, where + key, "", f"one of {', '.join(known)}", cure, Severity.WARNING)
        elif not isinstance(value, str) or (known[key] and not value.strip()):
            yield _fault(None, where + key, str(value), "a text in quotes", f'Write {key} = "…".')
        elif key == "id" and re.search(r"[\s|,;\"]", value):
            yield _fault(None, where + key, value, "an id without blanks, commas, semicolons or |", "Shorten it.")


def _region(found: dict[str, Any]) -> Region:
    return Region(
        region_id=found["id"],
        name=_label(found, "name"),
        description=_label(found, "description"),
        fields=tuple(Field(field["id"], _label(field, "name"), _short(field)) for field in found["fields"]),
        vintage=tuple((_label(one, "topic"), _label(one, "text")) for one in found.get("vintage", [])),
        contact=found.get("contact", ""),
    )


def _label(found: dict[str, Any], key: str) -> Label:
    return Label(**{language: found.get(f"{key}_{language}", "") for language in LANGUAGES})


def _short(field: dict[str, Any]) -> Label:
    name, short = _label(field, "name"), _label(field, "short")
    return Label(**{language: short.text(language) or name.text(language) for language in LANGUAGES})


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _fault(
    row: int | None, column: str, value: str, expected: str, cure: str, severity: Severity = Severity.ERROR
) -> Fault:
    return Fault(dictionary()[_TABLE].file, row, column, value, expected, cure, severity)
