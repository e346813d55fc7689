"""How the measures of profiles are explained: fields of places, their relatedness, change and variety."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.method import Method

if TYPE_CHECKING:
    from dashboards.language import Translator

Way = tuple[tuple[str, str], ...]


def specialisation_page(tr: Translator) -> Way:
    """Where profiles are shown."""
    return (("/spezialisierung" if tr.language == "de" else "/specialisation", tr("Specialisation")),)


def specialisation(tr: Translator) -> Method:
    """How specialisation is explained."""
    return Method(
        formulas=(
            (
                r"LQ_{ri} = \frac{x_{ri} / n_r}{x_i / N}",
                tr("Location quotient: the share of field i in place r, over its share in the whole region."),
            ),
            (
                r"LQ = \frac{a N}{n_r a + m b}",
                tr(
                    "Interval: a and b are drawn from Beta distributions around the two shares (Jeffreys: half a "
                    "membership added to each side); 95 in 100 values lie between its limits. Computed exactly, "
                    "without drawing."
                ),
            ),
            (
                r"p = P(K ≥ x_{ri})",
                tr(
                    "Support: how often as many memberships meet here by chance, with the same totals of place and "
                    "field (Fisher's exact test, one-sided); q is p after Benjamini and Hochberg over all cells."
                ),
            ),
        ),
        symbols=tr(
            "x with r and i: memberships of place r in field i; n: all memberships of the place; x with i: all of the "
            "field; N: all of the region; m = N − n: the rest of the region. A membership is one actor on one field."
        ),
        defined=tr(
            "From 0 to N/n; 1 means as in the region. No number where a place has no membership or a field no actor. "
            "Specialised means LQ ≥ 1; supported means q ≤ 0.05 as well."
        ),
        limits=(
            tr("The region is the whole: a place is compared with this region, not with the country."),
            tr(
                "In a place of six actors every field that is present has an LQ of about 1 or more. "
                "Read the state and n."
            ),
            tr("Actors are collected, not sampled: “supported by n actors” is meant, not “significant”."),
            tr("An actor with two fields counts in both; the p value treats its memberships as independent."),
        ),
        sources=("balassa", "moineddin", "benjamini"),
        shown=(
            *specialisation_page(tr),
            ("/polyzentrik" if tr.language == "de" else "/polycentricity", tr("Polycentric view")),
        ),
    )


def concentration(tr: Translator) -> Method:
    """How concentration is explained."""
    return Method(
        formulas=(
            (
                r"HHI = \sum{i} P_{ri}^2",
                tr("Herfindahl–Hirschman index: 1 where one field holds everything, 1/k where k fields share evenly."),
            ),
            (
                r"HHI* = \frac{n_r · HHI − 1}{n_r − 1}",
                tr("The same without the bias of few memberships; the one to compare places with."),
            ),
            (
                r"H_r = − \sum{i} P_{ri} log_2 P_{ri}",
                tr("Entropy in bits; 2 to the power of H is the number of equally large fields that vary as much."),
            ),
            (
                r"K_r = \sum{i} |P_{ri} − Q_{ri}|",
                tr("Krugman index: how far the profile is from that of the rest of the region, Q."),
            ),
            (
                r"G_i = \frac{\sum{k} (2k − R − 1) x_{(k)}}{R · \sum{k} x_{(k)}}",
                tr("Gini of a field over all R places, sorted from the smallest: how unevenly it is spread."),
            ),
        ),
        symbols=tr("P: share of field i among the memberships of place r; Q: its share in all other places together."),
        defined=tr(
            "HHI and Gini from 0 to 1, Krugman from 0 to 2, entropy from 0 to the logarithm of the "
            "number of fields. No "
            "number for a place without memberships, for the unbiased HHI below two."
        ),
        limits=(
            tr(
                "With five memberships over six equal fields the plain HHI averages 0.33 instead of "
                "0.17: do not rank on it."
            ),
            tr("Rarefied richness tells how many fields a sample of the same size from every place would show."),
            tr("Places below ten memberships are shown with n and take no part in orders."),
        ),
        sources=("krugman", "hill", "hurlbert"),
        shown=specialisation_page(tr),
    )


def relatedness(tr: Translator) -> Method:
    """How relatedness is explained."""
    return Method(
        formulas=(
            (
                r"φ_{ij} = \frac{C_{ij} T}{S_i S_j}",
                tr("Association strength: actors on both fields, over what the sizes of the two fields let expect."),
            ),
            (
                r"p = \frac{1 + b}{1 + B}",
                tr(
                    "Chance: in b of B random tables with the same fields per actor and actors per field the two share "
                    "at least as many actors."
                ),
            ),
        ),
        symbols=tr(
            "C: number of actors that work on field i and on field j; S: sum of C over all partners "
            "of a field; T: sum of "
            "all S."
        ),
        defined=tr(
            "From 0; 1 is as expected, 2 twice as often. 0 where two fields never meet. No number "
            "for a field without any "
            "partner."
        ),
        limits=(
            tr("Only actors with two or more fields say anything; six fields give no more than 15 pairs."),
            tr("Below five common actors a relation is drawn dashed: one more actor would change it visibly."),
            tr("Related here means “worked on by the same actors”, not “technically alike”."),
        ),
        sources=("eck", "hidalgo2007", "strona", "phipson"),
        shown=specialisation_page(tr),
    )


def diversification(tr: Translator) -> Method:
    """How diversification is explained."""
    return Method(
        formulas=(
            (
                r"D_{ri} = 100 · \frac{\sum{j ≠ i} φ_{ij} M_{rj}}{\sum{j ≠ i} φ_{ij}}",
                tr("Relatedness density: the part of the fields related to i in which place r is specialised already."),
            ),
        ),
        symbols=tr("φ: relatedness of two fields; M: 1 where the place is specialised in the field (LQ ≥ 1), else 0."),
        defined=tr(
            "From 0 to 100%. 0 for a place without any specialisation; no number for a field that is related to none."
        ),
        limits=(
            tr("A field never counts in its own density; the number is meant for fields a place lacks."),
            tr(
                "A near field is an opening to look at, not a recommendation: cost, land and people "
                "are not in the data."
            ),
            tr("With six fields density takes few values. It is shown beside the size and the spread of the field."),
        ),
        sources=("hidalgo2007", "balland2019"),
        shown=specialisation_page(tr),
    )


def change(tr: Translator) -> Method:
    """How change is explained."""
    return Method(
        formulas=(
            (r"E_r = \frac{n_{entered}}{n_{missing}}", tr("Entry rate: fields taken up, of those missing before.")),
            (r"X_r = \frac{n_{left}}{n_{held}}", tr("Exit rate: fields given up, of those held before.")),
        ),
        symbols=tr(
            "A field is held in a period where LQ ≥ 1 among the projects of that period. The dated "
            "projects are split in "
            "two periods of about the same number."
        ),
        defined=tr("From 0 to 1. No entry rate where nothing was missing, no exit rate where nothing was held."),
        limits=(
            tr("An entry may be one actor that crosses LQ = 1: those supported by enough actors are counted apart."),
            tr("It follows funded projects, not everything a place does; undated records take no part."),
        ),
        sources=("boschma",),
        shown=specialisation_page(tr),
    )


def variety(tr: Translator) -> Method:
    """How variety is explained."""
    return Method(
        formulas=(
            (r"UV = − \sum{g} P_g log_2 P_g", tr("Unrelated variety: how evenly a place is spread over the fields.")),
            (
                r"RV = \sum{g} P_g H_g",
                tr("Related variety: how varied the activities inside the fields are, on average."),
            ),
        ),
        symbols=tr(
            "P: share of field g; H: entropy of the activities inside it; UV + RV is the entropy of all activities."
        ),
        defined=tr(
            "From 0 bits. No number for a place without memberships; no related variety without a second level."
        ),
        limits=(
            tr("The fields alone give unrelated variety only; their entropy must not be read as related variety."),
            tr("Both grow with the number of actors: compare places of about the same size."),
        ),
        sources=("frenken",),
        shown=specialisation_page(tr),
    )


def complexity(tr: Translator) -> Method:
    """How complexity is explained."""
    return Method(
        formulas=(
            (
                r"R = D^{−1} M U^{−1} M^T",
                tr("Places linked by common specialisations; the second eigenvector of R orders them (ECI)."),
            ),
            (r"PCI_i = \frac{1}{u_i λ} \sum{r} M_{ri} k_r", tr("The order of the fields that belongs to it.")),
        ),
        symbols=tr(
            "M: specialised or not; D and U: number of specialisations per place and per field; k "
            "and λ: the eigenvector "
            "and its eigenvalue. Both are told in standard deviations."
        ),
        defined=tr(
            "No number where the table falls into parts, where the second eigenvalue is not single, "
            "or where no sign can "
            "be given. All checks are told with the result."
        ),
        limits=(
            tr("It orders places with similar sets of fields. “Complex” says more than the number does."),
            tr(
                "Six fields allow no more than six values for the fields; small places would lead without a least size."
            ),
            tr("Off by default; nothing else in this atlas rests on it."),
        ),
        sources=("hidalgo2009", "mealy"),
        shown=specialisation_page(tr),
    )
