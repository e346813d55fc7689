"""The region at a glance: every headline number can be counted again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboards.state import Selection
from dashboards.views.overview import LARGEST, overview

if TYPE_CHECKING:
    from dashboards.views.overview import FieldCard, Overview
    from ecosystem.atlas import Atlas


def seen(atlas: Atlas, query: str = "") -> Overview:
    return overview(atlas, Selection.from_query(query))


def test_headline_numbers_by_hand(toy: Atlas) -> None:
    top = seen(toy).headline
    assert (top.actors, top.outside, top.pairs, top.direct_ties, top.joint_projects) == (12, 0, 16, 8, 12)
    assert top.intercity_share == pytest.approx(4 / 16)
    assert (top.clusters, top.sources, top.funding_eur) == (2, 2, 810_000)
    assert (top.municipalities, top.covered) == (3, 3)


def test_headline_numbers_after_a_filter(toy: Atlas) -> None:
    top = seen(toy, "f=care&t=funds,hosts,spin_off_of,member_of").headline
    assert (top.actors, top.pairs, top.direct_ties, top.joint_projects) == (5, 3, 3, 0)
    assert top.intercity_share == pytest.approx(1 / 3)
    # a-college 210, b-clinic 40, b-institute 180, b-labs 80, c-citizens 10 thousand
    assert top.funding_eur == 520_000
    assert (top.clusters, top.covered) == (1, 3)


def test_cards_by_hand(toy: Atlas) -> None:
    energy, care = seen(toy).cards
    assert (energy.field_id, energy.colour, energy.actors, energy.stated, energy.projects) == ("energy", 0, 6, 4, 3)
    assert energy.leading == (("XX111", "Ahausen", 4), ("XX112", "Bestadt", 1), ("XX113", "Cedorf", 1))
    assert energy.sectors == (3, 2, 0, 1, 0)
    # 4, 1 and 1 of six actors
    assert energy.effective_units == pytest.approx(np.exp(-(2 / 3 * np.log(2 / 3) + 1 / 3 * np.log(1 / 6))))
    assert (care.actors, care.stated, care.projects, care.sectors) == (5, 4, 2, (1, 2, 0, 0, 2))


def test_cards_follow_the_filters(toy: Atlas) -> None:
    energy, care = seen(toy, "r=XX112").cards
    assert (energy.actors, energy.stated, energy.leading) == (1, 0, (("XX112", "Bestadt", 1),))
    assert (care.actors, care.effective_units) == (3, pytest.approx(1))


@pytest.mark.parametrize("query", ["f=", "r=nowhere", "s=politics&f=care"])
def test_nothing_left_is_zero_and_its_share_undefined(toy: Atlas, query: str) -> None:
    view = seen(toy, query)
    top = view.headline
    assert (top.actors, top.outside, top.pairs, top.clusters, top.covered, top.funding_eur) == (0, 0, 0, 0, 0, 0)
    assert np.isnan(top.intercity_share)
    assert [(card.actors, card.leading, sum(card.sectors)) for card in view.cards] == [(0, (), 0)] * 2
    assert view.sizes == (0, 0, 0)


def test_a_region_of_which_little_is_known(bare: Atlas) -> None:
    view = seen(bare)
    assert (view.headline.actors, view.headline.pairs, view.headline.clusters) == (2, 0, 0)
    assert np.isnan(view.headline.intercity_share)
    assert [(card.actors, card.projects) for card in view.cards] == [(0, 0)] * 2
    assert view.clusters == ()


def card(view: Overview, field: str) -> FieldCard:
    return next(one for one in view.cards if one.field_id == field)


def test_the_default_region_is_its_tables(ruhr: Atlas) -> None:
    view, tables = seen(ruhr), ruhr.tables
    top = view.headline
    assert top.actors == len(tables.actors)
    assert top.direct_ties == len(tables.ties)
    assert top.sources == len(tables.sources)
    assert top.funding_eur == pytest.approx(tables.participations["funding_eur"].sum())
    assert top.municipalities == int(tables.places["in_region"].sum())
    assert sum(view.sizes) == top.actors - top.outside
    assert top.clusters == len(ruhr.clusters.items)
    for field in ruhr.region.field_ids:
        one = card(view, field)
        assert one.stated == int((tables.actor_fields["field_id"] == field).sum())
        assert one.projects == sum(field in cell.split("|") for cell in tables.projects["fields"])
        assert sum(one.sectors) == one.actors >= one.stated


def test_the_largest_clusters_are_shown(ruhr: Atlas) -> None:
    shown = seen(ruhr).clusters
    sizes = [row.actors for row in shown]
    assert len(shown) == LARGEST
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == max(item.size for item in ruhr.clusters.items)


def test_the_intercity_share_leaves_partners_outside_out(ruhr: Atlas) -> None:
    tables = ruhr.tables
    at = dict(zip(tables.actors["actor_id"], tables.actors["place_id"], strict=True))
    inside = set(tables.places.loc[tables.places["in_region"], "place_id"])
    pairs = {
        frozenset(pair)
        for pair in zip(tables.ties["source_actor_id"], tables.ties["target_actor_id"], strict=True)
        if all(at[actor] in inside for actor in pair)
    }
    joins = [len({at[actor] for actor in pair}) == 2 for pair in pairs]
    kinds = ",".join(sorted(set(tables.ties["relation"])))
    assert seen(ruhr, f"t={kinds}").headline.intercity_share == pytest.approx(np.mean(joins))
