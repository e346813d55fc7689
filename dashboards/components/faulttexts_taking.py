"""What is said of taking rows into a region, and of taking them back (``ecosystem.intake``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboards.language import Translator


def taking_texts(tr: Translator) -> tuple[str, ...]:
    """The sentences as they are made, with names for what stands in them; see :mod:`dashboards.components.faulttexts`.

    >>> from dashboards.language import translator
    >>> taking_texts(translator("de"))[1]
    'Nichts zu tun: Natürliche Personen bleiben weg.'
    """
    return (
        tr("a natural person"),
        tr("Nothing is to be done: natural persons are left out."),
        tr("decided to lie outside the region"),
        tr("outside the region: {town}"),
        tr("Nothing is to be done, or import with --outside keep."),
        tr("Correct the row, or decide with “{command}”."),
        tr("its place is not certain: {reason}"),
        tr("several places fit: {reason}"),
        tr("no place: nothing says where it sits"),
        tr("Fill in its name, or leave it out."),
        tr("no rule tells its sector"),
        tr("Decide with “{command}” and import again."),
        tr("a project without a title"),
        tr("Fill in the title."),
        tr("nobody takes part in the project"),
        tr("Give the list of its participants, too."),
        tr("its participants could not be taken"),
        tr("See their own reason."),
        tr("only natural persons take part"),
        tr("nobody inside the region takes part"),
        tr("its organisation {name} is not in the file"),
        tr("Add the organisation, or leave it out."),
        tr("its project {name} is not in the file"),
        tr("Add the project, or leave it out."),
        tr("its project was not taken"),
        tr("See the project's own reason."),
        tr("one end, {name}, is not in the file"),
        tr("Add it, or leave the tie out."),
        tr("one end was not taken"),
        tr("See its own reason."),
        tr("no relation is called “{name}”"),
        tr("Use one of {names}, or a word of data/{file}."),
        tr("“{name}” is no tie between two that exist"),
        tr("both ends are the same actor"),
        tr("{n} cell(s) could not be read and were left blank; the first: {origin}: {column} “{value}”: {reason}."),
        tr("{n} amount(s) below zero were left out."),
        tr("{n} tie(s) from an organisation to its unit were added."),
        tr("Row {row} has the same key: remove one of them."),
        tr("{folder} came with the package and stays as it is. Copy it first: give a folder of your own with --to."),
        tr("{file} cannot be read ({cause}). {cure}"),
        tr("The files it replaced are in {folder}."),
        tr("{folder} has no import to undo."),
        tr("{file} names {name}, which is no file of a region. Restore it by hand."),
        tr("{file} is not what the import had kept. Restore the region from your own copy."),
        tr(
            "{file} has changed since the import of {date}. Undo would lose that change; the file as it was "
            "before the import is {before}."
        ),
        tr("{folder} has changed since this was looked at. Look at it again, then accept."),
        tr("{folder} cannot be written ({cause}). Nothing was changed; give a folder of your own with --to."),
        tr("{file} cannot be read ({cause}). Delete it and import again."),
        tr("“{name}” is nothing that can be read in. Choose one of {names}."),
        tr("At most {n} files are read in at once. Pack them (.zip), or take them in turns."),
        tr(
            "{file} is larger than the {n} MB that can be uploaded. Pack it (.zip, .gz), leave out what the "
            "region does not need, or import it on the command line."
        ),
        tr("There are no columns to choose. Begin the import again."),
        tr("This question is not open any more. Load the page again."),
        tr("There is nothing to accept yet. Wait until the preview has come."),
        tr("This import is not there any more. Begin it again."),
        tr("The table has no column “{name}”. Choose one of its own."),
        tr("“{name}” is nothing a column can give. Choose from the list."),
        tr("“{name}” and “{other}” give the same ({target}). Let one of them be."),
        tr("The files have not been read yet. Begin the import again."),
        tr("The region could not be loaded."),
    )
