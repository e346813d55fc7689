"""Functional polycentricity: how evenly the ties between a region's centres are spread.

Ties are cities × cities and symmetric; flows origin × destination. Every place given counts, tied or not: density,
Green's P, dominance and the entropy index all depend on the number of centres, so show them as a stepwise curve.
Flows inside a city (the diagonal) enter the inter-city share and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import xlogy

from ecosystem.errors import MeasureError
from ecosystem.measures._inputs import choice, flows_frame, ties_frame
from ecosystem.measures._reasons import NetworkReason
from ecosystem.measures._results import Result
from ecosystem.measures.morphology import mean_slope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

DENSITIES = ("binary", "weighted", "intercity")
DIRECTED = "directed"


@dataclass(frozen=True, kw_only=True, eq=False)
class GreenResult(Result):
    """Green's functional polycentricity of ``n`` cities, and what has to stand beside it.

    ``p`` ordinary polycentricity, ``delta`` the density chosen (``variant``), ``p_sf`` = p·delta, ``freeman``
    degree centralisation (1 = star); ``density_binary``, ``density_weighted`` and ``intercity_share`` are the three
    readings of delta. All 0..1. ``reason`` says why numbers are NaN; empty where none is.
    """

    p: float
    delta: float
    p_sf: float
    freeman: float
    density_binary: float
    density_weighted: float
    intercity_share: float
    reason: str


@dataclass(frozen=True, kw_only=True, eq=False)
class GeneralFunctional(Result):
    """Green's general functional polycentricity over ``n`` functions that have ties.

    ``p_gf`` is the mean of their ``p_sf``; ``functions`` has one row per function, those without ties included.
    """

    p_gf: float
    functions: pd.DataFrame


@dataclass(frozen=True, kw_only=True, eq=False)
class FunctionalPanel(Result):
    """Limtanakool's indices of ``n`` cities (``cities``), of their links (``links``) and of the ``region``.

    The two tables are made when they are first read: a curve over the number of centres asks for the region alone.
    """

    ties: pd.DataFrame
    region: pd.Series[float]

    @cached_property
    def cities(self) -> pd.DataFrame:
        """One row per city."""
        return _cities(self.ties.to_numpy(), self.ties.index, directed=self.variant == DIRECTED)

    @cached_property
    def links(self) -> pd.DataFrame:
        """One row per ordered pair of cities, per pair where ties have no direction."""
        return _links(self.ties.to_numpy(), self.ties.index, directed=self.variant == DIRECTED)


def green_polycentricity(ties: pd.DataFrame, density: str = "binary") -> GreenResult:
    """Green's ordinary (P) and special functional (P_SF) polycentricity.

    P = 1 − sd(s)/sd(0, s_max) = 1 − 2·sd(s)/s_max with s the summed ties of each city to others and sd the
    population standard deviation; P_SF = P·Δ. P of a star is not 0 (.4227 for four cities): show ``freeman``,
    Σ(d_max − d_i)/((n−1)(n−2)) over binary degrees d, beside it. Three readings of Δ:

    - ``binary`` (default): pairs tied / all pairs;
    - ``weighted``: mean tie over all pairs / largest tie;
    - ``intercity``: ties between cities / all ties, those inside cities (the diagonal) included.

    Args:
        ties: cities × cities, symmetric, >= 0. On the diagonal a tie inside a city counts twice, as it does in
            ``flows + flows.T`` and in any sum over a symmetric table of actors.
        density: which Δ enters P_SF.

    Undefined: NaN where no city is tied to another (P, P_SF), with fewer than 2 cities (densities) or fewer than 3
    (Freeman); ``reason`` says which.

    Raises:
        MeasureError: ties that are not symmetric or not finite numbers >= 0, or an unknown density.

    >>> triangle = pd.DataFrame([[0, 4, 2], [4, 0, 2], [2, 2, 0]])
    >>> found = green_polycentricity(triangle)
    >>> round(found.p, 4), found.delta, found.freeman
    (0.6857, 1.0, 0.0)

    Sources: Green (2007), doi 10.1080/00420980701518941; Freeman (1978), doi 10.1016/0378-8733(78)90021-7.
    """
    choice(density, DENSITIES, name="density")
    whole = ties_frame(ties, keep_diagonal=True).to_numpy()
    between = whole - np.diag(np.diag(whole))
    n, strength = len(whole), between.sum(axis=1)
    largest = float(strength.max(initial=0.0))
    # Popoviciu's bound holds exactly; only rounding could take P below 0
    p = max(0.0, 1 - 2 * float(strength.std()) / largest) if largest > 0 else float("nan")
    binary, weighted, share = _densities(whole, between)
    delta = {"binary": binary, "weighted": weighted, "intercity": share}[density]
    return GreenResult(
        variant=density,
        n=n,
        p=p,
        delta=delta,
        p_sf=p * delta,
        freeman=_freeman(between > 0),
        density_binary=binary,
        density_weighted=weighted,
        intercity_share=share,
        reason=_green_reason(n, largest),
    )


def general_functional(ties_by_function: Mapping[str, pd.DataFrame], density: str = "binary") -> GeneralFunctional:
    """Green's general functional polycentricity: the mean of P_SF over functions (here: fields), 0..1.

    Args:
        ties_by_function: for each function its symmetric ties, cities × cities.
        density: as in ``green_polycentricity``.

    Undefined: a function without ties between cities has no P_SF; it is left out of the mean and named in
    ``warnings``. NaN where no function has ties.

    Raises:
        MeasureError: no function at all, or ties ``green_polycentricity`` refuses.

    >>> pair = pd.DataFrame([[0, 1], [1, 0]])
    >>> general_functional({"energy": pair, "health": pair * 0}).p_gf
    1.0

    Source: Green (2007), doi 10.1080/00420980701518941.
    """
    if not ties_by_function:
        raise MeasureError("ties_by_function: is empty; give the ties of at least one function.")
    results = {name: green_polycentricity(ties, density) for name, ties in ties_by_function.items()}
    columns = ("p", "delta", "p_sf", "freeman", "intercity_share", "reason")
    table = pd.DataFrame({column: {name: getattr(r, column) for name, r in results.items()} for column in columns})
    counted = table["p_sf"].notna()
    mean = float(table.loc[counted, "p_sf"].mean()) if counted.any() else float("nan")
    left_out = tuple(f"{name}: {table.loc[name, 'reason']}, left out of the mean" for name in table.index[~counted])
    return GeneralFunctional(variant=density, n=int(counted.sum()), warnings=left_out, p_gf=mean, functions=table)


def functional_panel(flows: pd.DataFrame, directed: bool) -> FunctionalPanel:
    """Limtanakool's indices of structure, dominance, strength and symmetry, plus the slope on centrality.

    With t_ij = F_ij off the diagonal, I_i and O_i the in- and outflow, T_i = I_i + O_i:

    - ``cities``: ``inflow``, ``outflow``, ``total`` T_i (unit of the flows); ``dominance`` DIT = T_i/mean_{j≠i} T_j,
      >= 0; ``relative_strength`` T_i/ΣT, 0..1; ``node_symmetry`` (I_i − O_i)/(I_i + O_i), −1..1; ``reason``;
    - ``links``: one row per ordered pair: ``origin``, ``destination``, ``flow``, ``relative_strength`` t_ij/Σt,
      ``link_symmetry`` −[f log2 f + (1−f) log2(1−f)] with f = t_ij/(t_ij + t_ji), 0..1; ``reason``;
    - ``region``: ``cities``, ``flow`` Σt, ``links_present``, ``links_possible`` L = n(n−1),
      ``entropy_index_links`` −Σ Z ln Z/ln L with Z = t_ij/Σt over **all possible** links, 0..1;
      ``slope_inflow``, the mean rank-size slope (top 2, 3, 4) of inflow instead of size, <= 0.

    Undirected ties carry no direction. Then ``links`` has each pair once, L = n(n−1)/2, the entropy index is called
    ``entropy_index_pairs`` (a different number), the slope ``slope_strength``; inflow = outflow = total = the ties
    of a city, and both symmetries are NaN.

    Args:
        flows: origin × destination, >= 0 (symmetric when undirected); the diagonal is left out.
        directed: whether flow from row to column differs from flow back.

    Undefined: NaN where nothing flows (dominance when all others have none; symmetry of a city or link without
    flow), or with fewer than 2 links possible (entropy) or 4 tied cities (slope); ``reason`` columns and
    ``region.attrs["reasons"]`` say why.

    Raises:
        MeasureError: differing labels, numbers that are not finite and >= 0, or undirected ties not symmetric.

    >>> od = pd.DataFrame([[0, 30, 0], [10, 0, 20], [0, 20, 0]], index=list("ABC"), columns=list("ABC"))
    >>> panel = functional_panel(od, directed=True)
    >>> panel.cities["node_symmetry"].tolist(), round(float(panel.region["entropy_index_links"]), 4)
    ([-0.5, 0.25, 0.0], 0.7372)

    Source: Limtanakool, Dijst and Schwanen (2007), Urban Studies 44(11).
    """
    checked = flows_frame(flows) if directed else ties_frame(flows, name="flows")
    t = checked.to_numpy() * (1 - np.eye(len(checked)))
    names = checked.index
    hints = () if directed else ("ties have no direction: symmetry of cities and links says nothing",)
    return FunctionalPanel(
        variant=DIRECTED if directed else "undirected",
        n=len(names),
        warnings=hints,
        ties=pd.DataFrame(t, index=names, columns=names),
        region=_region(t, names, directed=directed),
    )


def _densities(whole: NDArray[np.float64], between: NDArray[np.float64]) -> tuple[float, float, float]:
    """The three readings of Green's Δ."""
    n, total = len(whole), float(whole.sum())
    share = float(between.sum()) / total if total > 0 else float("nan")
    if n < 2:
        return float("nan"), float("nan"), share
    pairs, largest = n * (n - 1), float(between.max())
    weighted = float(between.sum()) / pairs / largest if largest > 0 else float("nan")
    return float((between > 0).sum()) / pairs, weighted, share


def _freeman(tied: NDArray[np.bool_]) -> float:
    """Degree centralisation of a binary network."""
    n, degree = len(tied), tied.sum(axis=1)
    return float((degree.max() - degree).sum()) / ((n - 1) * (n - 2)) if n >= 3 else float("nan")


def _green_reason(n: int, largest: float) -> str:
    """Why something in Green's result is NaN."""
    if n < 2:
        return NetworkReason.FEW_CITIES
    if largest == 0:
        return NetworkReason.NO_TIES
    return NetworkReason.FEW_CITIES if n < 3 else ""


def _share(part: NDArray[np.float64], whole: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """part/whole, NaN where whole is 0."""
    total = np.broadcast_to(np.asarray(whole, dtype=np.float64), part.shape)
    share: NDArray[np.float64] = np.full(part.shape, np.nan)
    np.divide(part, total, out=share, where=total > 0)
    return share


def _cities(t: NDArray[np.float64], names: pd.Index, *, directed: bool) -> pd.DataFrame:
    """The table of cities."""
    inflow, outflow = t.sum(axis=0), t.sum(axis=1)
    total = inflow + outflow if directed else outflow
    others = (total.sum() - total) / max(len(total) - 1, 1)
    symmetry = _share(inflow - outflow, inflow + outflow) if directed else np.full(len(total), np.nan)
    undirected = "" if directed else NetworkReason.NO_DIRECTION
    reason = np.where(others == 0, NetworkReason.NO_TIES_ELSEWHERE, undirected)
    return pd.DataFrame(
        {
            "inflow": inflow,
            "outflow": outflow,
            "total": total,
            "dominance": _share(total, others),
            "relative_strength": _share(total, float(total.sum())),
            "node_symmetry": symmetry,
            "reason": np.where(total == 0, NetworkReason.NO_TIES, reason),
        },
        index=names,
    )


def _links(t: NDArray[np.float64], names: pd.Index, *, directed: bool) -> pd.DataFrame:
    """The table of links: ordered pairs when directed, else each pair once."""
    i, j = np.nonzero(~np.eye(len(t), dtype=bool)) if directed else np.triu_indices(len(t), k=1)
    flow, back = t[i, j], t[j, i]
    f = _share(flow, flow + back)
    symmetry = np.abs(xlogy(f, f) + xlogy(1 - f, 1 - f)) / np.log(2) if directed else np.full(len(i), np.nan)
    reason = np.where(flow + back == 0, NetworkReason.NO_TIES, "" if directed else NetworkReason.NO_DIRECTION)
    return pd.DataFrame(
        {
            "origin": names[i],
            "destination": names[j],
            "flow": flow,
            "relative_strength": _share(flow, float(flow.sum())),
            "link_symmetry": symmetry,
            "reason": reason,
        }
    )


def _region(t: NDArray[np.float64], names: pd.Index, *, directed: bool) -> pd.Series[float]:
    """The indices of the whole region, each NaN with its reason in ``attrs``."""
    flow = t.ravel() if directed else t[np.triu_indices(len(t), k=1)]
    possible = len(t) * (len(t) - 1) // (1 if directed else 2)
    total = float(flow.sum())
    entropy, slope = ("entropy_index_links", "slope_inflow") if directed else ("entropy_index_pairs", "slope_strength")
    z = flow / total if total > 0 else flow
    defined = total > 0 and possible > 1
    region = pd.Series(
        {
            "cities": float(len(t)),
            "flow": total,
            "links_present": float((flow > 0).sum()),
            "links_possible": float(possible),
            entropy: float(np.abs(xlogy(z, z).sum())) / float(np.log(possible)) if defined else float("nan"),
            slope: mean_slope(pd.Series(t.sum(axis=0), index=names)),
        }
    )
    reasons = {
        entropy: NetworkReason.NO_TIES if total == 0 else NetworkReason.FEW_CITIES,
        slope: NetworkReason.FEW_CENTRES,
    }
    region.attrs["reasons"] = {key: reasons[key] for key in (entropy, slope) if np.isnan(region[key])}
    return region
