"""What the points to check are called, what they mean and what can be done about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboards.views import quality

if TYPE_CHECKING:
    from dashboards.language import Translator


@dataclass(frozen=True, slots=True)
class FlagWords:
    """Name, meaning and cure of a point to check."""

    name: str
    meaning: str
    cure: str


def flag_words(tr: Translator) -> dict[str, FlagWords]:
    """Every point to check."""
    return {flag: FlagWords(*told) for flag, *told in (*_actors(tr), *_ties(tr), *_others(tr))}


def _actors(tr: Translator) -> tuple[tuple[str, str, str, str], ...]:
    return (
        (
            quality.WARNING,
            tr("Warnings of the check of the tables"),
            tr("The check on loading found something unusual that does not stop the app."),
            tr("Follow the cure named with each; “ecosystem check FOLDER” repeats the check."),
        ),
        (
            quality.NO_FIELD,
            tr("Actors without a field"),
            tr("Neither a source nor a project tells a field: they count in no specialisation."),
            tr("Add a row to actor_fields.csv with the source that names the field."),
        ),
        (
            quality.NO_TIE,
            tr("Actors without a tie or joint project"),
            tr("They stand alone in the network; that does not mean that they have no ties."),
            tr("Add ties with their source to ties.csv."),
        ),
        (
            quality.NO_SOURCE,
            tr("Actors of the region without a source"),
            tr("Nobody can check the entry."),
            tr("Name a source in actors.csv, or take the entry out."),
        ),
        (
            quality.DOUBTFUL,
            tr("Doubtful seat"),
            tr("Where the actor sits is doubtful or not stated."),
            tr("Look up the seat and correct place_id and place_evidence in actors.csv."),
        ),
        (
            quality.KNOWLEDGE,
            tr("Seat from general knowledge"),
            tr("The seat is generally known but was not looked up: weak confidence."),
            tr("Look it up once and set place_evidence in actors.csv to page or table."),
        ),
        (
            quality.NO_WEBSITE,
            tr("Actors without a website"),
            tr("No number depends on it; readers have one way less to check."),
            tr("Add the address to actors.csv."),
        ),
        (
            quality.NAMES,
            tr("Likely the same actor twice"),
            tr("Names or other spellings are equal apart from the legal form and small words."),
            tr("Look at both; if they are one, merge them and keep the other spelling as an alias."),
        ),
    )


def _ties(tr: Translator) -> tuple[tuple[str, str, str, str], ...]:
    return (
        (
            quality.TWICE,
            tr("Pairs with more than one tie"),
            tr("Perhaps one relation that two pages put in different words. Measures on pairs count a pair once."),
            tr("Compare the evidence; keep the relation that the better source supports."),
        ),
        (
            quality.TIE_YEAR,
            tr("Ties without a year"),
            tr("A filter on years keeps them as long as undated ties are included."),
            tr("Add since_year to ties.csv where the source states it."),
        ),
        (
            quality.TIE_WEAK,
            tr("Ties of weak or no confidence"),
            tr("No source of at least medium strength stands behind them."),
            tr("Find a page or register that states the tie."),
        ),
    )


def _others(tr: Translator) -> tuple[tuple[str, str, str, str], ...]:
    return (
        (
            quality.PROJECT_YEAR,
            tr("Projects without a year"),
            tr("They are left out where periods are compared."),
            tr("Add the year to projects.csv."),
        ),
        (
            quality.PROJECT_CALL,
            tr("Projects without a call"),
            tr("They cannot take part in a comparison of calls."),
            tr("Add the call to projects.csv where the list names it."),
        ),
        (
            quality.PROJECT_FIELD,
            tr("Projects without a field"),
            tr("They tie actors but tell no field."),
            tr("Set the fields in projects.csv if title or call tell them."),
        ),
        (
            quality.NO_SUM,
            tr("Participations without a sum"),
            tr("The list names the beneficiary with no amount; it counts as a participation."),
            tr("Leave as it is unless another list states the sum."),
        ),
        (
            quality.UNPUBLISHED,
            tr("Sources without a date of publication"),
            tr("How old the statement is cannot be seen; the date it was read is known."),
            tr("Add the date to sources.csv where the page states it."),
        ),
        (
            quality.POPULATION,
            tr("Population of unknown year"),
            tr("Rates per inhabitant rest on a figure whose year is not known."),
            tr("Enter population and population_year from the official statistics in places.csv."),
        ),
        (
            quality.THIN,
            tr("Municipalities with fewer than five actors"),
            tr("Hardly more than the statutory bodies were found: shares and quotients say nothing here."),
            tr("Collect more actors before reading their profile."),
        ),
    )
