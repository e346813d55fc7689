"""How the measures of the network are explained, and what is the same for all: counting, confidence, drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.method import Method
from dashboards.components.methods_region import coordination_page

if TYPE_CHECKING:
    from dashboards.language import Translator

Way = tuple[tuple[str, str], ...]


def network_page(tr: Translator) -> Way:
    """Where actors and ties are shown."""
    return (("/netz" if tr.language == "de" else "/network", tr("Network")),)


def data_page(tr: Translator) -> Way:
    """Where records and their sources are shown."""
    return (("/daten" if tr.language == "de" else "/data", tr("Data and sources")),)


def communities(tr: Translator) -> Method:
    """How communities is explained."""
    return Method(
        formulas=(
            (
                r"Q = \sum{c} (\frac{W_c}{2m} − (\frac{K_c}{2m})^2)",
                tr("Modularity: ties inside the communities, less those that random ends would put there."),
            ),
            (
                r"AMI = \frac{MI − E(MI)}{mean(H) − E(MI)}",
                tr("Agreement of two divisions beyond chance: 1 for the same, 0 for as good as random."),
            ),
            (
                r"S_i = \frac{1}{n_c − 1} \sum{j} D_{ij}",
                tr("Stability of an actor: how often it was together with the others of its community, over all runs."),
            ),
        ),
        symbols=tr(
            "W: weight of the ties inside a community, K: weight at its members, 2m: all weight "
            "counted from both ends; D: "
            "share of runs in which two actors are together."
        ),
        defined=tr(
            "Q from −½ to 1, stability from 0 to 1. No number without ties; an actor without ties has no community."
        ),
        limits=(
            tr(
                "Every run starts from another seed. Below a mean agreement of 0.8 the division "
                "depends on it: read stability."
            ),
            tr("Q is compared with random networks that keep every actor's ties; a high Q alone proves nothing."),
            tr("A community is a way to read the network, not an organisation and not a policy cluster."),
        ),
        sources=("newman2004", "traag", "vinh", "lancichinetti"),
        shown=network_page(tr),
    )


def clusters(tr: Translator) -> Method:
    """How clusters is explained."""
    return Method(
        formulas=(
            (r"w_{ij} = a_{ij} + \sum{p} \frac{1}{k_p − 1}", tr(
                "Weight of a tie: recorded ties, plus a share of each joint project."
            )),
            (r"N_{eff} = exp(− \sum{r} p_r ln p_r)", tr(
                "Effective cities: 1 where one city holds the cluster, n where n share it."
            )),
        ),
        symbols=tr(
            "a: recorded ties of two actors; k: partners of project p; p with r: share of city r in the "
            "actors."
        ),
        defined=tr("A community of fewer than five actors is no cluster. Actors without ties belong to none."),
        limits=(
            tr("Clusters are found by Leiden in several seeded runs, the best division counts; names are made of the "
               "leading fields and cities."),
            tr("Projects with more than 200 partners are left out: they would tie everybody to everybody."),
        ),
        sources=("traag", "newman2001", "hill"),
        shown=network_page(tr),
    )  # fmt: skip


def modules(tr: Translator) -> Method:
    """How modules is explained."""
    return Method(
        formulas=(
            (
                r"Q = \frac{1}{m} \sum{ij} (B_{ij} − \frac{k_i d_j}{m}) [g_i = h_j]",
                tr("Barber's modularity of a two-mode network: rows and columns in the same module, less chance."),
            ),
        ),
        symbols=tr(
            "B: which place takes part in which project; k and d: its sums; m: all of them; g and h: the modules."
        ),
        defined=tr("At most 1, 0 for one module. No number without entries."),
        limits=(
            tr("The best of many searches is a lower bound, never proven the maximum."),
            tr("It is compared with random tables of the same margins; without that, Q says little."),
        ),
        sources=("barber", "beckett", "traag"),
        shown=network_page(tr),
    )


def brokerage(tr: Translator) -> Method:
    """How brokerage is explained."""
    return Method(
        formulas=(
            (
                r"c_i = \sum{j} (p_{ij} + \sum{q} p_{iq} p_{qj})^2",
                tr("Burt's constraint: how far the partners of an actor are tied to each other. Low: it spans a gap."),
            ),
            (
                r"b_i = \sum{s, t} \frac{σ_{st}(i)}{σ_{st}}",
                tr("Betweenness: the share of shortest paths between two others that pass the actor."),
            ),
            (
                r"z = \frac{n − E_0(n)}{sd_0(n)}",
                tr("Roles after Gould and Fernandez: open pairs an actor stands between, by the cities (or sectors) "
                   "of the "
                   "three, against shuffled groups."),
            ),
            (
                r"R = \frac{1}{N} \sum{q} S(q)",
                tr("Robustness: share of the largest connected part after taking out the best tied actors one by one."),
            ),
        ),
        symbols=tr(
            "p: share of an actor's ties that go to a partner; σ: number of shortest paths; S: share "
            "still connected."
        ),
        defined=tr("Constraint from above 0, it may exceed 1; R from 0 to ½. No constraint for an actor without ties."),
        limits=(
            tr("“Broker” is said only where z > 2 and at least five open pairs are counted."),
            tr("The removal curve means something only beside random removal."),
            tr("Whoever is well recorded has more ties: not all kinds of actors are recorded equally well."),
        ),
        sources=("burt", "freeman1977", "brandes", "gould", "schneider", "colizza"),
        shown=network_page(tr),
    )  # fmt: skip


def network(tr: Translator) -> Method:
    """How network is explained."""
    return Method(
        formulas=(),
        symbols=tr(
            "A node is an actor or a group of actors, a line recorded ties or joint projects. "
            "Positions start from the map "
            "and are moved by springs along ties, by a pull to the own city and the own cluster, and "
            "by repulsion between "
            "neighbours. The slider runs from the map to the network."
        ),
        defined=tr("The same data give the same picture: there is no random number in it."),
        limits=(
            tr("Distances in the network are no kilometres and no measure; only ties are."),
            tr("Actors without a recorded tie stand in a band of their own. That does not mean that they have none."),
            tr("Groups carry the number of actors and ties they stand for; opened, they show the actors."),
        ),
        sources=("fruchterman",),
        shown=network_page(tr),
    )


def counting(tr: Translator) -> Method:
    """How counting is explained."""
    return Method(
        formulas=(
            (r"n_{full} = \sum{a} 1", tr("Memberships: an actor with two fields counts in both, each time as 1.")),
            (r"n_{fractional} = \sum{a} \frac{1}{f_a}", tr("Actors: an actor with f fields counts 1/f in each.")),
        ),
        symbols=tr(
            "Measures count memberships (whole numbers, so that chance can be computed); maps and "
            "cards count actors. A "
            "pair of actors is one linked pair however many ties it has."
        ),
        defined=tr("“0” is a true zero, “–” is undefined with a reason. The two are never mixed."),
        limits=(
            tr("A field is stated by a source, or derived from the projects of an actor where none states it."),
            tr("Filters on fields and cities choose what is shown; the reference of a location quotient stays. "
               "Filters on "
               "sector, years, kind of tie and confidence change what is counted and the reference alike."),
            tr("A tie counts once, without direction. Undated records stay unless the filter leaves them out."),
        ),
        sources=(),
        shown=data_page(tr),
    )  # fmt: skip


def confidence(tr: Translator) -> Method:
    """How confidence is explained."""
    return Method(
        formulas=(),
        symbols=tr(
            "Strong: a register, statute, statistics or a funding list. Medium: a public page says so. Weak: general "
            "knowledge, not re-checked. None: doubtful or not told. A record with several sources has the best of them."
        ),
        defined=tr("For every actor (how its seat is known) and for every recorded tie (its sources)."),
        limits=(
            tr("It tells how well a record is documented, not how important it is."),
            tr(
                "A page that was right when it was read may have changed: the date of reading stands with every source."
            ),
        ),
        sources=(),
        shown=data_page(tr),
    )


def consortium(tr: Translator) -> Method:
    """How consortium is explained."""
    return Method(
        formulas=(
            (
                r"score = \frac{\sum{k} w_k s_k}{\sum{k} w_k}",
                tr("Weighted mean of the parts; a part that is undefined does not count."),
            ),
            (
                r"s_{field} = \frac{1}{n} \sum{a} max(w_{aj} r_j)",
                tr("Fit: the best field j of each member; r is 1 for the field itself, φ/(1 + φ) for related ones."),
            ),
            (
                r"s_{trust} = \frac{2}{n (n − 1)} \sum{ab} t_{ab}",
                tr("Existing ties over all pairs: t is 1 with a tie or joint project, ½ with a common third, else 0."),
            ),
            (
                r"s_{spread} = min(1, \frac{exp(H)}{cities})",
                tr("Spread: effective number of cities of the members, over the number wanted."),
            ),
        ),
        symbols=tr(
            "Parts, each from 0 to 1: field (how far the members work on the field or on related "
            "ones), complementarity "
            "(required sectors and related fields that have a member), trust (pairs with a recorded "
            "tie 1, with a common "
            "third ½), spread (cities), and call (members with a project in it)."
        ),
        defined=tr("Trust is undefined for one member; the call counts only where one is given."),
        limits=(
            tr("A proposal to talk, not a ranking of organisations: what is not recorded does not count here."),
            tr("Found by a heuristic (add, swap or remove until nothing helps): good, not provably the best."),
            tr("Parties and parliamentary groups are never chosen between; whoever wants one pins it."),
        ),
        sources=("hill", "eck"),
        shown=(("/konsortium" if tr.language == "de" else "/consortium", tr("Consortium")), *coordination_page(tr)),
    )
