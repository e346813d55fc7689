"""The record of a workshop: everything that was accepted, voted and decided, in one file or several."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboards.components.caption import caption
from dashboards.files import csv_file
from dashboards.room import recordpdf, recordslides
from dashboards.room.recordsheets import Writer, sheets
from dashboards.state import Selection
from ecosystem import workshop
from ecosystem.scenario.files import dumps

if TYPE_CHECKING:
    from dashboards.components.caption import Caption
    from dashboards.language import Translator
    from dashboards.room.hall import Hall
    from dashboards.room.outlook import Outlook
    from dashboards.views.sheet import Sheet
    from ecosystem.workshop import Standing

ENDINGS = ("zip", "pptx", "pdf", "csv", "json")


@dataclass(frozen=True)
class Record:
    """What every file of the record is made from."""

    hall: Hall
    standing: Standing
    outlook: Outlook
    sheets: dict[str, Sheet]
    told: Caption
    title: str
    tr: Translator


def gathered(hall: Hall, standing: Standing, tr: Translator) -> Record:
    """The record as the room stands, with the comparison of all accepted steps."""
    outlook = hall.lookout.at(standing.scenario.steps)
    title = tr("Workshop {code}: {region}", code=hall.code, region=tr.label(hall.atlas.region.name))
    told = caption(
        hall.atlas, Selection(language=tr.language), tr, title=". ".join((title, tr("Scenario, not recorded facts.")))
    )
    writer = Writer(hall, standing, outlook, workshop.events(hall.database, hall.code), tr)
    return Record(hall, standing, outlook, sheets(writer), told, title, tr)


def files(hall: Hall, standing: Standing, tr: Translator, ending: str) -> bytes:
    """The record as one file of this ending (:data:`ENDINGS`)."""
    if ending == "json":
        return dumps(standing.scenario).encode()
    found = gathered(hall, standing, tr)
    if ending == "pptx":
        return recordslides.deck(found)
    if ending == "pdf":
        return recordpdf.pages(found)
    if ending == "csv":
        return csv_file(found.sheets["proposals"], found.told, tr)
    return _packed(found)


def _packed(found: Record) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("scenario.json", dumps(found.standing.scenario))
        for name, sheet in found.sheets.items():
            pack.writestr(f"{name}.csv", csv_file(sheet, found.told, found.tr))
        pack.writestr("record.pptx", recordslides.deck(found))
        pack.writestr("record.pdf", recordpdf.pages(found))
        pack.writestr("README.txt", "\n".join(found.told.lines) + "\n")
    return buffer.getvalue()
