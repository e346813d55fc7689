"""What would change, computed in a process of its own: the same numbers, and no room that ends with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from dashboards.room.outlook import Apart, look
from ecosystem.scenario import Action, Step
from ecosystem.workshop import Ground

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecosystem.atlas import Atlas


@pytest.fixture
def apart(toy: Atlas) -> Iterator[Apart]:
    found = Apart(toy, toy.version)
    yield found
    found.stop()
    assert not found._process.is_alive()


LAB = Step(Action.ADD, "actors", "lab", {"name": "Lab", "sector": "science", "place_id": "XX111"})
HOUSE = Step(Action.ADD, "actors", "house", {"name": "House", "sector": "industry", "place_id": "XX111"})


def test_the_same_as_here(apart: Apart, toy: Atlas) -> None:
    steps = (LAB, HOUSE)
    there, here = apart(steps), look(toy, Ground(toy.tables), steps, base=toy.version)
    assert there.steps == here.steps
    assert there.comparison is not None
    assert here.comparison is not None
    for name in ("headline", "places", "fields", "clusters"):
        pd.testing.assert_frame_equal(getattr(there.comparison, name), getattr(here.comparison, name))


def test_a_process_that_died_is_replaced(apart: Apart) -> None:
    apart._process.kill()
    apart._process.join()
    assert apart((LAB,)).comparison is not None


def test_what_fails_there_is_told_here(apart: Apart) -> None:
    with pytest.raises(RuntimeError, match="AttributeError"):
        apart(("no step",))  # type: ignore[arg-type]
    assert apart(()).comparison is None


def test_who_asks_for_the_moment_before_is_not_made_to_wait(toy: Atlas) -> None:
    ground = Ground(toy.tables)
    before, now = ground.after((LAB,)), ground.after((LAB, HOUSE))
    assert "house" in now.called
    assert "house" not in before.called
    assert ground.after((LAB,)) is before
    assert ground.after((LAB, HOUSE)) is now
    assert set(ground.after((HOUSE,)).called) == set(now.called) - {"lab"}
