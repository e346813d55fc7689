"""The indices of polycentricity in words: names, meanings with their range, what they are computed on, reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.reasons import reason
from dashboards.views.poleindices import NO_FLOWS, NO_INNER, NO_POPULATION, VALIDATED

if TYPE_CHECKING:
    from dashboards.language import Translator


def index_names(tr: Translator) -> dict[str, str]:
    """What every index is called."""
    return {
        "effective_centres": tr("Effective centres"),
        "gini": tr("Gini"),
        "primacy_share": tr("Primacy: share of the largest"),
        "primacy_ratio": tr("Primacy: first ÷ second"),
        "primacy_four": tr("Primacy: first ÷ (second to fourth)"),
        "slope_top2": tr("Rank-size slope, top 2"),
        "slope_top3": tr("Rank-size slope, top 3"),
        "slope_top4": tr("Rank-size slope, top 4"),
        "slope_mean": tr("Rank-size slope, mean of top 2 to 4"),
        "slope_all": tr("Rank-size slope, all centres"),
        "zipf": tr("Zipf exponent (Gabaix–Ibragimov)"),
        "p": tr("Green's polycentricity P"),
        "delta": tr("Density Δ"),
        "p_sf": tr("Special functional polycentricity P_SF"),
        "p_gf": tr("General functional polycentricity P_GF"),
        "freeman": tr("Freeman centralisation"),
        "intercity_share": tr("Share of ties between places"),
        "entropy_index": tr("Entropy index EI"),
        "slope_strength": tr("Slope of tie strength, top 2 to 4"),
        "dominance": tr("Highest dominance (DIT)"),
        "links_present": tr("Pairs of places with a tie"),
        "flow": tr("Ties counted"),
    }


def index_meanings(tr: Translator) -> dict[str, tuple[str, str]]:
    """One line on what it says, and its range with the side that is polycentric."""
    return {
        "effective_centres": (
            tr("How many centres of equal size would be as spread out."),
            tr("1 to the number of centres; more = more polycentric"),
        ),
        "gini": (tr("How unequal the centres are in size."), tr("0 to 1; 0 = all equal")),
        "primacy_share": (
            tr("What part of everything the largest centre holds."),
            tr("0 to 100%; small = polycentric"),
        ),
        "primacy_ratio": (tr("How much larger the first centre is than the second."), tr("from 1; 1 = equal")),
        "primacy_four": (
            tr("The first centre against the next three together."),
            tr("above 0; ⅓ = four equal centres"),
        ),
        "slope_top2": (tr("How steeply sizes fall with rank."), tr("0 or less; nearer 0 = more polycentric")),
        "slope_top3": (tr("How steeply sizes fall with rank."), tr("0 or less; nearer 0 = more polycentric")),
        "slope_top4": (tr("How steeply sizes fall with rank."), tr("0 or less; nearer 0 = more polycentric")),
        "slope_mean": (
            tr("How steeply sizes fall with rank, averaged over the largest centres (Burger and Meijers)."),
            tr("0 or less; nearer 0 = more polycentric"),
        ),
        "slope_all": (
            tr("How steeply sizes fall with rank over all centres."),
            tr("0 or less; nearer 0 = more polycentric"),
        ),
        "zipf": (tr("Power-law exponent of sizes, with its standard error."), tr("above 0; 1 = Zipf's rule")),
        "p": (
            tr("How evenly the ties are spread over the centres; a star is not 0, so read Freeman beside it."),
            tr("0 to 1; 1 = even"),
        ),
        "delta": (tr("Share of all pairs of places that have any tie."), tr("0 to 1; 1 = all with all")),
        "p_sf": (tr("Evenness times density: P × Δ."), tr("0 to 1; 1 = even and all with all")),
        "p_gf": (tr("Mean of P_SF over the fields that have ties."), tr("0 to 1")),
        "freeman": (tr("How much the network of places looks like a star."), tr("0 to 1; 1 = star, one centre")),
        "intercity_share": (tr("What part of all ties joins two places."), tr("0 to 100%; 100% = all between places")),
        "entropy_index": (
            tr("How evenly the ties are spread over all possible pairs of places."),
            tr("0 to 1; 1 = even"),
        ),
        "slope_strength": (
            tr("How steeply the ties of a place (commuters: those coming in) fall with rank."),
            tr("0 or less; nearer 0 = more polycentric"),
        ),
        "dominance": (
            tr("Ties of the strongest place ÷ mean of the others."),
            tr("from 1; 1 = no place stands out"),
        ),
        "links_present": (tr("How many pairs have at least one tie; what the indices rest on."), ""),
        "flow": (tr("Sum of what joins places; what the indices rest on."), ""),
    }


def basis_names(tr: Translator, year: str = "") -> dict[str, str]:
    """What an index is computed on."""
    return {
        "actors": tr("Actors"),
        "population": tr("Population"),
        "direct": tr("Recorded ties"),
        "projects": tr("Joint projects"),
        "both": tr("Both together"),
        VALIDATED: tr("Projects beyond chance"),
        "commuters": tr("Commuters {year}", year=year).strip(),
    }


def panel_reason(text: str, tr: Translator) -> str:
    """Reasons of this measure that no other has, and those all share."""
    own = {
        NO_INNER: tr("flows inside a place are not recorded"),
        NO_POPULATION: tr("population not stated for every place"),
        NO_FLOWS: tr("no flows"),
    }
    return own.get(text) or reason(text, tr) or tr("undefined")
