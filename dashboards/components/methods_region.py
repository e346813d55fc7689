"""How the measures of the region are explained: poles, sectors, coordination, ties that stand out from chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.method import Method
from dashboards.components.methods_profiles import specialisation_page

if TYPE_CHECKING:
    from dashboards.language import Translator

Way = tuple[tuple[str, str], ...]


def polycentric_page(tr: Translator) -> Way:
    """Where poles are shown."""
    return (("/polyzentrik" if tr.language == "de" else "/polycentricity", tr("Polycentric view")),)


def coordination_page(tr: Translator) -> Way:
    """Where pairs of places are shown."""
    return (("/abstimmung" if tr.language == "de" else "/coordination", tr("Coordination")),)


def polycentricity(tr: Translator) -> Method:
    """How polycentricity is explained."""
    return Method(
        formulas=(
            (
                r"ln x_{(k)} = c + β ln k",
                tr(
                    "Rank-size slope β over the largest centres (mean of the first 2, 3 and 4): the "
                    "nearer to 0, the more even."
                ),
            ),
            (
                r"P = 1 − \frac{2 sd(s)}{s_{max}}",
                tr("Green's ordinary polycentricity of ties: 1 where all places are tied equally strongly."),
            ),
            (
                r"P_{SF} = P · Δ, Δ = \frac{L}{L_{max}}",
                tr("Special functional polycentricity: P times the density of the network between places."),
            ),
            (
                r"F = \frac{\sum{i} (d_{max} − d_i)}{(n − 1)(n − 2)}",
                tr("Freeman's centralisation: 1 for a star. To be read beside P, which is not 0 for a star."),
            ),
            (
                r"EI = − \sum{ij} \frac{Z_{ij} ln Z_{ij}}{ln L_{max}}",
                tr("Entropy index: 1 where all possible links carry the same share Z of the ties."),
            ),
        ),
        symbols=tr(
            "x: actors (or inhabitants) of the k-th largest place; s: ties of a place to other "
            "places, sd their standard "
            "deviation over all n places; L: linked pairs of places; d: number of partners."
        ),
        defined=tr(
            "P, Δ, F and EI from 0 to 1, β at most 0. No number without ties, below three places for F, and below two "
            "centres for β."
        ),
        limits=(
            tr("A panel, never one score: published measures disagree about the same region."),
            tr("Everything depends on the number of centres. What changes along the stepwise curve is no finding."),
            tr("Ties by joint projects are derived: large places meet by chance, so the validated ties are shown too."),
            tr("Recorded ties have no direction here; symmetry is computed for commuters only."),
        ),
        sources=("green", "burger", "limtanakool", "freeman1978", "gabaix", "zhang", "bartosiewicz"),
        shown=polycentric_page(tr),
    )


def helix(tr: Translator) -> Method:
    """How helix is explained."""
    return Method(
        formulas=(
            (r"E = \frac{H(p)}{log_2 5}", tr("Evenness of the five sectors: 1 where all are equally frequent.")),
            (
                r"D = \sum{s} p_s log_2 \frac{p_s}{q_s}",
                tr("Distance of the mix of a place from that of the region, in bits (Kullback and Leibler)."),
            ),
        ),
        symbols=tr("p: shares of the sectors in the place, q: in the region; H: entropy in bits."),
        defined=tr("E from 0 to 1, D from 0. No number for a place without actors."),
        limits=(
            tr("Few actors make a mix look extreme: below ten, counts per sector are shown and no index."),
            tr(
                "Bodies that exist by law are recorded completely, others are not: politics and "
                "administration look larger."
            ),
        ),
        sources=("carayannis", "pielou", "kullback"),
        shown=specialisation_page(tr),
    )  # fmt: skip


def synergy(tr: Translator) -> Method:
    """How synergy is explained."""
    return Method(
        formulas=(
            (
                r"T = H_x + H_y + H_z − H_{xy} − H_{xz} − H_{yz} + H_{xyz}",
                tr("Mutual information of place, field and sector in bits; below 0 is called synergy."),
            ),
            (r"T − E_0(T)", tr("What is shown: T less its mean under chance, with the share of draws beyond it.")),
        ),
        symbols=tr(
            "H: entropies of place x, field y, sector z and of their combinations; E: mean over shuffled tables."
        ),
        defined=tr("No number below two categories in any of the three."),
        limits=(
            tr(
                "T alone is mostly bias: with few actors it is below 0 without any connection. Read "
                "the difference only."
            ),
            tr("Below chance means that the three go together more than chance makes them; it names no cause."),
        ),
        sources=("mcgill", "leydesdorff2003", "leydesdorff2006"),
        shown=specialisation_page(tr),
    )


def coordination(tr: Translator) -> Method:
    """How coordination is explained."""
    return Method(
        formulas=(
            (
                r"O_{rs} = 1 − \frac{1}{2} \sum{i} |P_{ri} − P_{si}|",
                tr("Profile overlap (Finger and Kreinin): 1 for the same shares of fields, 0 for none in common."),
            ),
            (
                r"t_{rs} − E_0(t_{rs})",
                tr(
                    "Ties less those expected when every place keeps its number of ties and only the "
                    "partners are redrawn."
                ),
            ),
        ),
        symbols=tr("P: share of field i in the memberships of places r and s; t: ties between their actors."),
        defined=tr(
            "Overlap from 0 to 1; none with an empty place. The quadrants divide at the median "
            "overlap and at 0 extra ties."
        ),
        limits=(
            tr("“Similar and untied” may be competition, duplication or ignorance: the data cannot tell. "
               "It is a point to "
               "check."),
            tr("Pairs with fewer than ten actors on one side are greyed."),
            tr("That no tie is recorded does not mean that there is none."),
        ),
        sources=("finger", "lin", "benjamini", "phipson"),
        shown=coordination_page(tr),
    )  # fmt: skip


def complementarity(tr: Translator) -> Method:
    """How complementarity is explained."""
    return Method(
        formulas=(
            (
                r"A_{rsi} = 100 · \frac{\sum{j ≠ i} φ_{ij} M_{sj} (1 − M_{rj})}{\sum{j ≠ i} φ_{ij}}",
                tr("Added density: what partner s holds near the missing field i that place r does not hold itself."),
            ),
            (r"C_{ri} = \sum{s} t_{rs} A_{rsi}", tr("All partners together, each with its ties.")),
        ),
        symbols=tr("φ: relatedness of fields; M: specialised (1) or not (0); t: ties between the places."),
        defined=tr("Only for fields the place lacks. A from 0 to 100%, C from 0 without an upper limit."),
        limits=(
            tr("C grows with the number of ties: read the ties and the two best partners with it."),
            tr("What two places could add to each other is no statement that they should."),
        ),
        sources=("balland2021",),
        shown=coordination_page(tr),
    )


def validated_ties(tr: Translator) -> Method:
    """How validated ties is explained."""
    return Method(
        formulas=(
            (
                r"p = \frac{1 + b}{1 + B}",
                tr("Joint projects: in b of B random tables with the same margins two places share at least as many."),
            ),
            (
                r"α_{ij} = (1 − \frac{w_{ij}}{s_i})^{k_i − 1}",
                tr("Direct ties, disparity filter: how rarely one of k partners holds so much of a place's ties."),
            ),
            (
                r"\frac{κ w − 1}{κ w + 1} > δ · sd, κ = \frac{N}{s_i s_j}",
                tr("Direct ties and commuters, noise-corrected: more than the sizes of the two ends let expect."),
            ),
        ),
        symbols=tr(
            "b: random tables with as much or more; w: ties of the pair; s: ties of a place; k: its "
            "partners; N: all ties; "
            "δ: 1.64 standard deviations."
        ),
        defined=tr(
            "p is never 0. A pair whose number is forced by the margins is not tested; a place with "
            "one partner gives no α."
        ),
        limits=(
            tr("Among some hundred pairs a few are rare by chance: read q, not p. With few draws none can pass alone."),
            tr("A tie that does not stand out exists all the same."),
        ),
        sources=("strona", "neal", "saracco", "serrano", "coscia", "benjamini"),
        shown=polycentric_page(tr),
    )
