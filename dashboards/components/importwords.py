"""Reading data in, in words: what is allowed where, kinds of files, what columns give, what became of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flask

from dashboards.drafts import Drafts, why_read_only
from dashboards.origin import loopback

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.regions import Mounted


def drafts_of(here: Mounted) -> Drafts:
    """The imports a server has underway."""
    if here.regions is None:
        return Drafts()
    found: Drafts = here.regions.shared.setdefault("drafts", Drafts())
    return found


def allowed(here: Mounted, tr: Translator) -> str:
    """Why nothing can be read into this region here; empty where it can."""
    if here.regions is None:
        return tr("This app was started without a folder: there is nothing data could be read into.")
    if here.regions.imports == "off" or (here.regions.imports == "here" and not _at_this_machine()):
        return tr(
            "This server answers other machines, too, so nothing can be read in. Start it with --allow-import to allow "
            "it to everybody who reaches it, or on this machine alone."
        )
    why = why_read_only(here.regions.folder(here.key))
    return {
        "": "",
        "none": tr("This app was started without a folder: there is nothing data could be read into."),
        "shipped": tr(
            "This region came with the package and stays as it is. Copy its folder, for instance with “ecosystem "
            "import … --to ./my-region”, and start the app on the copy."
        ),
        "rights": tr(
            "The folder of this region cannot be written; give this program the right to, or copy the folder."
        ),
    }[why]


def _at_this_machine() -> bool:
    """A name that leads here by a trick of another site's is none of this machine's."""
    return not flask.has_request_context() or loopback(flask.request.host)


def kind_names(tr: Translator) -> dict[str, tuple[str, str]]:
    """What can be read in, with what it is."""
    return {
        "operations": (
            tr("List of operations"),
            tr("EFRE, ESF+, JTF, Kohesio or Förderkatalog as XLSX, ODS or CSV: beneficiaries and projects"),
        ),
        "cordis": (tr("CORDIS"), tr("project and organization of a framework programme, CSV, JSON or the zip file")),
        "ror": (tr("ROR"), tr("research organisations, JSON or CSV")),
        "table": (tr("Table of organisations"), tr("XLSX, ODS or CSV with a column of names")),
        "graph": (tr("Graph"), tr("GEXF, GraphML, or two tables from Gephi or Kumu as CSV")),
        "workbook": (tr("Filled workbook"), tr("made with “ecosystem template”")),
    }


def target_names(tr: Translator) -> dict[str, str]:
    """What a column can give, the frequent ones; others are called by their name in the mapping file."""
    return {
        "name": tr("Name of the organisation"),
        "actor_id": tr("Id of the organisation"),
        "postcode": tr("Postcode"),
        "municipality": tr("Municipality"),
        "district": tr("District"),
        "nuts": tr("NUTS code"),
        "country": tr("Country"),
        "project_id": tr("Id of the project"),
        "title": tr("Title of the project"),
        "summary": tr("Summary"),
        "programme": tr("Programme"),
        "call": tr("Call"),
        "fund": tr("Fund"),
        "intervention": tr("Field of intervention"),
        "start": tr("Start"),
        "end": tr("End"),
        "total_eur": tr("Total cost (€)"),
        "funding_eur": tr("Funding (€)"),
        "url": tr("Website"),
        "kind": tr("Kind of organisation"),
        "legal_form": tr("Legal form"),
        "sector": tr("Sector"),
    }


def fate_names(tr: Translator) -> dict[str, str]:
    """What became of a row."""
    return {
        "new": tr("new"),
        "known": tr("known already"),
        "joined": tr("one with another row"),
        "person": tr("natural person, left out"),
        "outside": tr("outside the region"),
        "rejected": tr("rejected"),
    }


def row_names(tr: Translator) -> dict[str, str]:
    """Kinds of rows, and the tables they go to."""
    return {
        "actors": tr("Actors"),
        "projects": tr("Projects"),
        "participations": tr("Participations"),
        "ties": tr("Ties"),
        "actor_fields": tr("Fields of actors"),
        "sources": tr("Sources"),
        "places": tr("Municipalities"),
        "city_fields": tr("Fields of cities"),
        "flows": tr("Commuters"),
        "rows": tr("Rows"),
    }
