"""What is said of where an organisation sits and which other it may be (``ecosystem.matching``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboards.language import Translator


def matching_texts(tr: Translator) -> tuple[str, ...]:
    """The sentences as they are made, with names for what stands in them; see :mod:`dashboards.components.faulttexts`.

    >>> from dashboards.language import translator
    >>> matching_texts(translator("de"))[1]
    '{reason} könnte {name} sein'
    """
    return (
        tr("{reason}; {reasons}"),
        tr("{reason} may be {name}"),
        tr("{n} places fit"),
        tr("{reason} says {alternatives}"),
        tr("point {lat}, {lon}"),
        tr("NUTS {code}"),
        tr("country {code}"),
        tr("municipality “{name}”"),
        tr("postcode {code}"),
        tr("no postcode, municipality, code or point"),
        tr("“{name}” stands in the name"),
        tr("put off by a reviewer"),
        tr("decided by a reviewer"),
        tr("same place"),
        tr("but in another place"),
        tr("place unknown"),
        tr("short form “{name}”"),
        tr("{n} are equally good"),
        tr("same {scheme} {value}"),
        tr("same words"),
        tr("words in common: {names}"),
        tr("legal forms differ: {left} and {right}"),
        tr("only one names a site or unit: {names}"),
        tr("only one is called {names}"),
        tr("part of a longer name: {part}"),
        tr("“{piece}” in “{name}”"),
        tr("“{name}”"),
        tr("a {name} of the town"),
        tr("“{short}” are the initials of “{name}”"),
        tr("“{short}” abbreviates “{name}”"),
        tr("two letters or more"),
        tr("Write the word, or remove the line."),
        tr("a regular expression"),
        tr("It cannot be understood: {cause}."),
        tr("elsewhere"),
        tr("a number from {low} to {high}"),
        tr("Write it with a decimal point."),
        tr("Correct the word."),
        tr("There is no file {file} in {folder}. Restore it from the package's data."),
        tr("Its first line needs the columns {names}."),
        tr("no more cells than columns"),
        tr("Put a cell that holds the separator into quotation marks."),
    )
