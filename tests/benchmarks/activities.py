"""Cases on regions × activities: relatedness, density and complexity, from long rows and from a table of 0 and 1."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import made
import numpy as np
from given import Case

if TYPE_CHECKING:
    import pandas as pd
    from given import Given


def _rows() -> pd.DataFrame:
    held = made.activities()
    return held.reset_index(names="region").melt("region", var_name="activity", value_name="value").assign(year=2025)


def _told_eci(eci: np.ndarray) -> dict[str, Any]:
    """Free of scale, because one divides by another standard deviation than the others."""
    return {"ECI": round(float((eci[1] - eci[2]) / (eci[3] - eci[4])), 6)}


def both_ours(_: Given) -> Case:
    from ecosystem.measures.complexity import complexity
    from ecosystem.measures.relatedness import relatedness

    held = made.activities()

    def work() -> Any:
        relatedness(held, "min_conditional")
        return complexity(held)

    return Case(work, lambda found: _told_eci(found.eci.to_numpy()))


def both_econcomplex(_: Given) -> Case:
    import econcomplex

    held = made.activities()

    def work() -> Any:
        econcomplex.proximity(held, use_rca=False)
        return econcomplex.eci_pci(held, use_rca=False)[0]

    return Case(work, lambda eci: _told_eci(eci.to_numpy()))


def rows_ours(_: Given) -> Case:
    from ecosystem.measures.complexity import complexity
    from ecosystem.measures.relatedness import relatedness, relatedness_density

    rows = _rows()

    def work() -> np.ndarray:
        held = rows.pivot(index="region", columns="activity", values="value")  # noqa: PD010 - every cell once
        phi = relatedness(held, "min_conditional")
        relatedness_density(held, phi)
        return complexity(held).eci.to_numpy()

    return Case(work, _told_eci)


def rows_ecomplexity(_: Given) -> Case:
    from ecomplexity import ecomplexity

    rows, names = _rows(), {"time": "year", "loc": "region", "prod": "activity", "val": "value"}
    options = {"presence_test": "manual", "check_logsupermodularity": False, "verbose": False}
    work = partial(ecomplexity, rows, names, **options)
    return Case(work, lambda found: _told_eci(found.groupby("region")["eci"].first().to_numpy()))


def rows_econcomplex(_: Given) -> Case:
    import econcomplex

    rows = _rows()

    def work() -> np.ndarray:
        held = econcomplex.pivot_to_matrix(rows, "region", "activity", "value")
        econcomplex.relatedness_density(held, use_rca=False)
        return econcomplex.eci_pci(held, use_rca=False)[0].to_numpy()

    return Case(work, _told_eci)


def eci_ours(_: Given) -> Case:
    from ecosystem.measures.complexity import complexity

    held = made.activities()
    return Case(lambda: complexity(held), lambda found: _told_eci(found.eci.to_numpy()))


def eci_ecomplexity(_: Given) -> Case:
    from types import SimpleNamespace

    from ecomplexity.ecomplexity import calc_eci_pci

    held = made.activities().to_numpy()
    table = SimpleNamespace(mcp_t=held, diversity_t=held.sum(axis=1), ubiquity_t=held.sum(axis=0), t=2025)
    return Case(lambda: calc_eci_pci(table)[0], _told_eci)


def eci_econcomplex(_: Given) -> Case:
    import econcomplex

    held = made.activities()
    work = partial(econcomplex.eci_pci, held, use_rca=False)
    return Case(work, lambda found: _told_eci(found[0].to_numpy()))


def proximity_ours(_: Given) -> Case:
    from ecosystem.measures.relatedness import relatedness

    held = made.activities()
    return Case(
        lambda: relatedness(held, "min_conditional"), lambda phi: {"sum": round(float(phi.to_numpy().sum()), 3)}
    )


def proximity_ecomplexity(_: Given) -> Case:
    from ecomplexity.calc_proximity import calc_discrete_proximity

    held = made.activities().to_numpy()
    work = partial(calc_discrete_proximity, held, held.sum(axis=0))
    return Case(work, lambda phi: {"sum": round(float(phi.sum() - np.trace(phi)), 3)})
