"""The network on screen, counted by hand on the toy region and against the tables of the default one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboards.state import COLOURS, SIZES, Selection
from dashboards.views.network import BOTH, DIRECT, JOINT, SIZE_STEPS, main_fields, network
from ecosystem.model import Sector

if TYPE_CHECKING:
    from dashboards.views.network import Network
    from ecosystem.atlas import Atlas


def seen(atlas: Atlas, query: str = "") -> Network:
    return network(atlas, Selection.from_query(query))


def links(view: Network) -> dict[tuple[str, str], tuple[int, float]]:
    """Linked pairs → (kind, weight)."""
    ends = zip(view.links.a.tolist(), view.links.b.tolist(), strict=True)
    drawn = zip(view.links.kinds.tolist(), view.links.weights.tolist(), strict=True)
    return {(view.ids[a], view.ids[b]): told for (a, b), told in zip(ends, drawn, strict=True)}


def test_every_pair_once_with_its_kind_and_weight(toy: Atlas) -> None:
    view = seen(toy)
    assert (view.actors, view.pairs) == (12, 16)
    found = links(view)
    assert len(found) == 16
    assert found["a-grid", "a-works"] == (JOINT, 2)
    assert found["a-grid", "a-town"] == (BOTH, 2)
    assert found["a-works", "c-motors"] == (BOTH, 2)
    assert found["b-clinic", "b-town"] == (DIRECT, 1)
    assert [sum(kind == one for kind, _ in found.values()) for one in (DIRECT, JOINT, BOTH)] == [4, 8, 4]
    # a-college – b-institute, a-grid – c-motors, a-works – c-motors, b-clinic – c-citizens
    assert (view.inside_pairs, view.intercity) == (16, 4)


def test_filters_take_actors_and_their_ties_away(toy: Atlas) -> None:
    view = seen(toy, "f=care&t=funds,hosts,spin_off_of,member_of")
    assert view.ids == ["a-college", "b-clinic", "b-institute", "b-labs", "c-citizens"]
    assert set(links(view)) == {("b-clinic", "b-institute"), ("b-institute", "b-labs"), ("b-clinic", "c-citizens")}
    assert (view.inside_pairs, view.intercity) == (3, 1)
    assert view.culprit is None


def test_colours_by_field_take_the_heaviest_first_of_equals_in_the_regions_order(toy: Atlas) -> None:
    view = seen(toy)
    colour = dict(zip(view.ids, view.nodes.colours.tolist(), strict=True))
    assert colour == {
        "a-college": 0, "a-grid": 0, "a-town": 0, "a-works": 0, "c-motors": 0,
        "b-institute": 1, "b-clinic": 1, "b-labs": 1, "c-citizens": 1,
        "a-council": -1, "b-town": -1, "c-council": -1,
    }  # fmt: skip
    assert [(group.key, group.colour, group.actors) for group in view.groups] == [
        ("energy", 0, 5),
        ("care", 1, 4),
        ("", -1, 3),
    ]
    assert main_fields(toy).tolist()[:3] == ["energy", "", "energy"]


def test_a_field_keeps_its_colour_where_another_is_absent(toy: Atlas) -> None:
    view = seen(toy, "r=XX112")
    assert [(group.key, group.colour, group.actors) for group in view.groups] == [
        ("energy", 0, 0),
        ("care", 1, 3),
        ("", -1, 1),
    ]


def test_colours_by_city_and_cluster_start_with_the_largest(toy: Atlas) -> None:
    cities = seen(toy, "col=place").groups
    assert [(group.key, group.colour, group.actors) for group in cities] == [
        ("XX111", 0, 5),
        ("XX112", 1, 4),
        ("XX113", 2, 3),
    ]
    clusters = seen(toy, "col=cluster").groups
    assert [(group.key, group.actors) for group in clusters] == [("c01", 5), ("c02", 5), ("", 2)]


def test_more_than_six_groups_are_grey(ruhr: Atlas) -> None:
    view = seen(ruhr, "lvl=actor&col=place")
    assert [group.colour for group in view.groups] == [0, 1, 2, 3, 4, 5, -1]
    counts = [group.actors for group in view.groups[:-1]]
    assert counts == sorted(counts, reverse=True)
    assert set(view.nodes.colours.tolist()) == set(range(-1, 6))


def test_shapes_are_sectors(toy: Atlas, ruhr: Atlas) -> None:
    for atlas in (toy, ruhr):
        view = seen(atlas, "lvl=actor")
        shown = [list(Sector)[shape].value for shape in view.nodes.shapes.tolist()]
        assert shown == atlas.tables.actors["sector"].tolist()


def test_sizes_grow_with_the_square_root_of_what_they_stand_for(toy: Atlas) -> None:
    view = seen(toy, "size=ties")
    step = dict(zip(view.ids, view.nodes.size_steps.tolist(), strict=True))
    # linked with: a-college 5 (works, grid, town, institute, council), the most; c-council 1
    degree = np.bincount(np.concatenate([view.links.a, view.links.b]))
    assert degree.max() == degree[view.ids.index("a-college")] == 5
    assert step["a-college"] == SIZE_STEPS - 1
    assert step["c-council"] == round(np.sqrt(1 / 5) * (SIZE_STEPS - 1))
    money = dict(zip(view.ids, seen(toy, "size=funding").nodes.size_steps.tolist(), strict=True))
    assert money["a-college"] == SIZE_STEPS - 1  # 210,000 €
    assert money["b-institute"] == round(np.sqrt(180 / 210) * (SIZE_STEPS - 1))
    assert money["a-council"] == 0
    assert set(seen(toy, "size=same").nodes.size_steps.tolist()) == {1}


def test_rank_is_the_order_of_degree(toy: Atlas) -> None:
    view = seen(toy)
    degree = np.bincount(np.concatenate([view.links.a, view.links.b]))
    assert sorted(view.rank.tolist()) == list(range(12))
    assert (np.diff(degree[np.argsort(view.rank)]) <= 0).all()


def test_names_are_short_where_there_is_a_short_one(toy: Atlas) -> None:
    view = seen(toy)
    named = dict(zip(view.ids, view.nodes.names, strict=True))
    assert (named["a-college"], named["a-grid"]) == ("HSA", "Netz Ahausen GmbH")


def test_captions_name_clusters_and_cities_among_their_actors(toy: Atlas) -> None:
    view = seen(toy, "col=cluster&lang=en")
    assert [caption.text.split()[0] for caption in view.clusters] == ["Energy", "Care"]
    assert [caption.colour for caption in view.clusters] == [0, 1]
    assert [caption.text for caption in view.cities] == ["Ahausen", "Bestadt", "Cedorf"]
    east = [caption.on_map[0] for caption in view.cities]
    assert east == sorted(east)
    low, high = view.nodes.positions[:, 2:].min(axis=0), view.nodes.positions[:, 2:].max(axis=0)
    for caption in view.clusters:
        assert (low <= caption.network).all()
        assert (caption.network <= high).all()
    # with four of its five actors left a cluster is not named
    assert len(seen(toy, "col=cluster&s=industry,science,politics,civil_society").clusters) == 0


@pytest.mark.parametrize("query", ["f=", "r=nowhere", "s=politics&f=energy", "cl=c99"])
@pytest.mark.parametrize("more", ["", "&col=cluster&size=funding", "&col=place&size=same"])
def test_nothing_left_names_the_filter(toy: Atlas, query: str, more: str) -> None:
    view = seen(toy, query + more)
    assert (view.actors, view.pairs, view.inside_pairs, view.intercity) == (0, 0, 0, 0)
    assert view.culprit is not None
    assert not [group for group in view.groups if group.actors]


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("size", SIZES)
def test_columns_have_one_entry_per_actor_or_pair(ruhr: Atlas, toy: Atlas, bare: Atlas, colour: str, size: str) -> None:
    for atlas in (ruhr, toy, bare):
        view = seen(atlas, f"lvl=actor&col={colour}&size={size}")
        columns = (
            view.nodes.names,
            view.nodes.positions,
            view.nodes.colours,
            view.nodes.shapes,
            view.nodes.size_steps,
            view.rank,
        )
        assert {len(column) for column in columns} == {view.actors}
        assert {len(column) for column in (view.links.a, view.links.b, view.links.kinds, view.links.weights)} == {
            view.pairs
        }
        assert np.isfinite(view.nodes.positions).all()
        assert sum(group.actors for group in view.groups) == view.actors
        assert set(view.nodes.size_steps.tolist()) <= set(range(SIZE_STEPS))


def test_the_default_region_is_its_tables(ruhr: Atlas) -> None:
    view = seen(ruhr, "lvl=actor")
    ties = ruhr.tables.ties
    ends = ties[["source_actor_id", "target_actor_id"]].apply(lambda row: tuple(sorted(row)), axis=1)
    known = links(view)
    direct = {pair for pair, (kind, _) in known.items() if kind != JOINT}
    assert direct == set(ends)
    members = ruhr.tables.participations.groupby("project_id")["actor_id"].unique()
    together = {tuple(sorted((a, b))) for actors in members for a in actors for b in actors if a != b}
    assert {pair for pair, (kind, _) in known.items() if kind != DIRECT} == together
    places = ruhr.tables.places.set_index("place_id")["in_region"]
    at = dict(zip(ruhr.tables.actors["actor_id"], ruhr.tables.actors["place_id"], strict=True))
    inside = [(at[a], at[b]) for a, b in known if places[at[a]] and places[at[b]]]
    assert 0 < view.inside_pairs == len(inside) < view.pairs
    assert view.intercity == sum(a != b for a, b in inside)
