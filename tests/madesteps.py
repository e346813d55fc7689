"""Steps at random on the toy region: fit and unfit ones, of every action."""

from __future__ import annotations

from hypothesis import strategies as st

from ecosystem import atlas
from ecosystem.scenario import Action, Step

TOY = atlas.load("toy", cache=False).tables
ACTORS = sorted(TOY.actors["actor_id"])
PLACES, FIELDS = sorted(TOY.places["place_id"]), list(TOY.region.field_ids)
RELATIONS = ["member_of", "funds", "cooperates_with", "hosts"]
actors = st.sampled_from([*ACTORS, "new-1", "new-2", "gone"])


def ties(source: st.SearchStrategy[str] = actors, target: st.SearchStrategy[str] = actors) -> st.SearchStrategy[Step]:
    cells = st.fixed_dictionaries(
        {"source_actor_id": source, "relation": st.sampled_from(RELATIONS), "target_actor_id": target}
    )
    return cells.map(lambda told: Step(Action.ADD, "ties", cells=told))


STEPS = st.one_of(
    ties(),
    st.tuples(st.sampled_from(["new-1", "new-2"]), st.sampled_from(PLACES), st.sampled_from(["industry", "press"])).map(
        lambda told: Step(Action.ADD, "actors", told[0], {"name": told[0], "place_id": told[1], "sector": told[2]})
    ),
    actors.map(lambda actor: Step(Action.REMOVE, "actors", actor)),
    st.sampled_from(sorted(TOY.ties["tie_id"])).map(lambda key: Step(Action.REMOVE, "ties", key)),
    st.sampled_from(sorted(TOY.projects["project_id"])).map(lambda key: Step(Action.REMOVE, "projects", key)),
    st.tuples(actors, st.sampled_from([*PLACES, "mars"])).map(
        lambda told: Step(Action.MOVE, key=told[0], cells={"place_id": told[1]})
    ),
    st.tuples(actors, actors).map(lambda told: Step(Action.MERGE, key=told[0], cells={"others": told[1]})),
    st.tuples(actors, st.sampled_from([*FIELDS, "mining"])).map(
        lambda told: Step(Action.ADD, "actor_fields", cells={"actor_id": told[0], "field_id": told[1]})
    ),
    st.tuples(st.sampled_from(FIELDS), st.lists(actors, min_size=1, max_size=3), st.integers(1, 3)).map(
        lambda told: Step(
            Action.FUND,
            cells={"title": "x", "fields": told[0], "partners": "|".join(told[1]), "projects": str(told[2])},
        )
    ),
)
LISTS = st.lists(STEPS, max_size=8)
