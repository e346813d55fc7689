"""What a comparison calls its measures, under short names; which of them are counts, and their decimals."""

from __future__ import annotations

SHORT = {
    "actors": "actors",
    "direct ties": "ties",
    "projects": "projects",
    "linked pairs": "pairs",
    "inter-city share": "share",
    "polycentricity P": "p",
    "polycentricity P_SF": "p_sf",
    "Freeman centralisation": "freeman",
    "clusters": "clusters",
    "modularity": "modularity",
    "effective cities of a cluster": "cities",
    "effective places": "places",
    "ties to other places": "outward",
    "partner places": "partners",
    "location quotient": "lq",
}
COUNTS = frozenset({"actors", "ties", "projects", "pairs", "clusters", "outward", "partners"})
SHARE = "share"
FINE = frozenset({"p", "p_sf", "modularity"})


def digits(measure: str) -> int:
    """Decimals a measure (by its short name) is shown with.

    >>> digits("actors"), digits("p_sf"), digits("lq")
    (0, 4, 3)
    """
    return 0 if measure in COUNTS else 4 if measure in FINE else 3
