"""How a scenario and its comparison with the facts are explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.method import Method

if TYPE_CHECKING:
    from dashboards.language import Translator


def scenario(tr: Translator) -> Method:
    """How scenario is explained."""
    return Method(
        formulas=(
            (r"Δ = after − before", tr("Change: the same measure on the data with and without the steps.")),
            (
                r"size = \frac{|Δ|}{max(|before|, |after|)}",
                tr("Size: what rows are ranked by, so that measures of different scales can be compared."),
            ),
            (
                r"± = sd(m_1 … m_{200})",
                tr("Spread: how much the measure varies if as many ties, but others of the same kind, were recorded."),
            ),
        ),
        symbols=tr(
            "A step adds, removes or changes rows of the tables and is checked like a row of a file. m: the measure "
            "after every tie was counted Poisson(1) times, in 200 seeded draws. Modularity: spread over the seeded "
            "searches; location quotients: half their interval."
        ),
        defined=tr("Counts have no spread. No number where the measure is undefined before or after."),
        limits=(
            tr("The spread is a lower bound: ties of one source or project come together in truth."),
            tr("A scenario says what the measures would be, not what people would do: nobody reacts in it."),
            tr(
                "Clusters are continued from the known ones, so that what differs is the scenario's doing and not "
                "another search's."
            ),
            tr("The best new tie is the best by one index; whether the two want to work together nobody has asked."),
        ),
        sources=("green", "newman2004"),
        shown=(("/szenario" if tr.language == "de" else "/scenario", tr("Scenario")),),
    )
