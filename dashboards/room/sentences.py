"""The room's words in the reader's language: what is refused, what phases, proposals and measures are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.words import relation_phrase, sector_names
from ecosystem.cells import split
from ecosystem.model import Relation, Sector
from ecosystem.workshop import Kind, Outcome, Phase, Status, Why

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dashboards.language import Translator
    from ecosystem.workshop import Proposal, Refused


def refusals(tr: Translator) -> dict[Why, str]:
    """The sentence of every reason, with its placeholders."""
    return {
        Why.NO_ROOM: tr("There is no open room “{code}”. Check the code on the screen."),
        Why.CLOSED: tr("The workshop is over; nothing can be added any more."),
        Why.NOT_JOINED: tr("Choose a table and a role first."),
        Why.NOT_OPERATOR: tr("Only the operator can do this. Sign in with the operator's secret."),
        Why.WRONG_SECRET: tr("This is not the operator's secret."),
        Why.STALE: tr("This page is out of date. Reload it and try again."),
        Why.FOREIGN: tr("This was sent from another website. Open the room's own page."),
        Why.REPLAYED: tr("This was received already."),
        Why.TOO_OFTEN: tr("That was too quick. Try again in {seconds} seconds."),
        Why.TOO_LARGE: tr("That is too large. Shorten the text."),
        Why.NOT_UNDERSTOOD: tr("This was not understood. Reload the page and try again."),
        Why.NOT_NOW: tr("It is not the time for this: the agenda stands at “{phase}”."),
        Why.MISSING: tr("“{field}” is missing. Fill it in."),
        Why.TOO_LONG: tr("“{field}” may have at most {most} characters."),
        Why.TOO_MANY: tr("“{field}”: choose at most {most}."),
        Why.SIGNS: tr("“{field}” has signs that cannot be read. Write plain text."),
        Why.UNKNOWN: tr("“{value}” is not known as “{field}”. Choose from the list."),
        Why.SAME: tr("Name two different actors."),
        Why.KNOWN_TIE: tr("This tie is recorded already."),
        Why.KNOWN_ACTOR: tr("“{name}” is recorded already."),
        Why.PARTNERS: tr("A joint project needs 2 to {most} different partners."),
        Why.FULL: tr("The room takes no more of this."),
        Why.DOTS: tr("There are {most} dots to give, not {given}."),
        Why.SETTLED: tr("This was decided already."),
        Why.UNFIT: tr("This does not fit the data: {reason}"),
        Why.NEEDED: tr("Other accepted proposals need this one. Take those back first."),
        Why.BUSY: tr("The room's memory does not answer; nothing was saved. Try again in a moment."),
    }


def refusal(error: Refused, tr: Translator) -> str:
    """Why something was refused; names of fields and phases in words."""
    values = dict(error.values)
    if "field" in values:
        values["field"] = field_names(tr).get(str(values["field"]), str(values["field"]))
    if "phase" in values:
        values["phase"] = phase_names(tr)[Phase(str(values["phase"]))]
    return refusals(tr)[error.why].format(**values)


def field_names(tr: Translator) -> dict[str, str]:
    """What the parts of a form are called."""
    return {
        "name": tr("Name"),
        "sector": tr("Sector"),
        "place": tr("City"),
        "field": tr("Field"),
        "source": tr("Actor"),
        "relation": tr("Kind of tie"),
        "target": tr("Other actor"),
        "title": tr("Title"),
        "partner": tr("Partner"),
        "reason": tr("Reason"),
        "note": tr("Reason"),
        "text": tr("Note"),
        "theme": tr("Theme"),
        "table": tr("Table number"),
        "role": tr("Role"),
        "minutes": tr("Minutes"),
        "proposal": tr("Proposal"),
        "kind": tr("Kind of proposal"),
    }


def phase_names(tr: Translator) -> dict[Phase, str]:
    """The four phases of the agenda."""
    return {
        Phase.COLLECT: tr("Collect"),
        Phase.CLUSTER: tr("Sort"),
        Phase.WEIGH: tr("Weigh"),
        Phase.DECIDE: tr("Decide"),
    }


def phase_tasks(tr: Translator) -> dict[Phase, str]:
    """What the room does in a phase, in a sentence."""
    return {
        Phase.COLLECT: tr("What is missing? Every table proposes actors, ties and joint projects."),
        Phase.CLUSTER: tr("What belongs together? Proposals are put under themes."),
        Phase.WEIGH: tr("Which fields matter most? Everybody spreads dots."),
        Phase.DECIDE: tr("What is taken up? Everybody votes on the accepted proposals."),
    }


def kind_names(tr: Translator) -> dict[Kind, str]:
    """What can be proposed."""
    return {Kind.ACTOR: tr("Missing actor"), Kind.TIE: tr("Existing tie"), Kind.PROJECT: tr("New joint project")}


def status_names(tr: Translator) -> dict[Status, str]:
    """Where a proposal stands."""
    return {
        Status.WAITING: tr("is being looked at"),
        Status.ACCEPTED: tr("accepted"),
        Status.REJECTED: tr("not accepted"),
        Status.WITHDRAWN: tr("taken back"),
    }


def outcome_names(tr: Translator) -> dict[Outcome, str]:
    """What can be decided."""
    return {Outcome.TAKEN: tr("taken up"), Outcome.POSTPONED: tr("postponed"), Outcome.DROPPED: tr("not taken up")}


def table_name(table: int, role: str, tr: Translator) -> str:
    """Who: "Tisch 3 · Wirtschaft"."""
    return " · ".join((tr("Table {n}", n=table), sector_names(tr)[Sector(role)]))


def told(one: Proposal, called: Callable[[str], str], places: Mapping[str, str], fields: Mapping[str, str],
         tr: Translator) -> str:  # fmt: skip
    """A proposal in one sentence; ``called`` gives an actor's name."""
    cells = one.cells
    if one.kind is Kind.ACTOR:
        place, sector = places.get(cells["place_id"], cells["place_id"]), sector_names(tr)[Sector(cells["sector"])]
        return f"{cells['name']} ({place}, {sector})"
    if one.kind is Kind.TIE:
        relation = Relation(cells["relation"])
        phrase = relation_phrase(relation, True if relation.directed else None, tr)
        return f"{called(cells['source_actor_id'])} – {phrase} – {called(cells['target_actor_id'])}"
    partners = tr.joined(called(actor) for actor in split(cells["partners"]))
    about = tr.joined(fields.get(one_field, one_field) for one_field in split(cells["fields"]))
    return f"{cells['title']} ({about}): {partners}"


def measure_names(tr: Translator) -> dict[str, str]:
    """The measures a comparison may name."""
    return {
        "actors": tr("Actors"),
        "direct ties": tr("Direct ties"),
        "projects": tr("Joint projects"),
        "linked pairs": tr("Linked pairs"),
        "inter-city share": tr("Share of ties between cities"),
        "polycentricity P": tr("Polycentricity P"),
        "polycentricity P_SF": tr("Polycentricity P_SF"),
        "Freeman centralisation": tr("Centralisation (Freeman)"),
        "clusters": tr("Clusters"),
        "modularity": tr("Modularity"),
        "effective cities of a cluster": tr("Effective cities of a cluster"),
        "ties to other places": tr("Ties to other cities"),
        "partner places": tr("Partner cities"),
        "effective places": tr("Effective cities"),
        "location quotient": tr("Location quotient"),
    }


def event_names(tr: Translator) -> dict[str, str]:
    """What happened, for the record."""
    return {
        "joined": tr("joined"),
        "proposed": tr("proposed"),
        "accepted": tr("accepted"),
        "rejected": tr("not accepted"),
        "withdrawn": tr("taken back"),
        "sorted": tr("put under a theme"),
        "dots": tr("dots given"),
        "vote": tr("vote given"),
        "decided": tr("decided"),
        "phase": tr("phase begun"),
        "minutes": tr("time changed"),
        "closed": tr("workshop closed"),
    }
