"""What is said of the file of a talk (``ecosystem.story``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboards.language import Translator


def talk_texts(tr: Translator) -> tuple[str, ...]:
    """The sentences as they are made, with names for what stands in them; see :mod:`dashboards.components.faulttexts`.

    >>> from dashboards.language import translator
    >>> talk_texts(translator("de"))[1]
    'Texte kürzen oder den Vortrag teilen.'
    """
    return (
        tr("at most {n} bytes"),
        tr("Shorten texts or part the talk."),
        tr("valid YAML"),
        tr("{cause}. Put texts with colons, and links, in quotes."),
        tr("Not readable"),
        tr("Aliases (*name) are not used here"),
        tr("Nest less deeply."),
        tr("title and steps"),
        tr("Write “title: …” and “steps:” with a list below."),
        tr("Write data_version: {value}."),
        tr("at least one step"),
        tr("Add “- title: …” with text and state below “steps:”."),
        tr("at most {n} steps"),
        tr("Part the talk."),
        tr("title, text, state"),
        tr("Write “- title: …” and the others below it."),
        tr("the link of a view"),
        tr("Copy it with “Copy link” in the app, or write a path such as /netz?f=logistics."),
        tr("a text"),
        tr("Put it in quotes."),
        tr("at most {n} signs"),
        tr("Write {key}: {value}."),
        tr("a text in both languages"),
        tr("Add {language}: “…”; until then the other language is shown."),
    )
