"""Whatever order things come in: the room's scenario is what was accepted, it fits, and every voice counts once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecosystem import workshop
from ecosystem.scenario import check
from ecosystem.workshop import Refused, Status, new_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecosystem.atlas import Atlas

NAMES = st.sampled_from(["Lab", "lab", "Works", "Hall", "Ring"])
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("lab"), NAMES),
        st.tuples(st.just("tie"), NAMES, NAMES),
        st.tuples(st.just("accept"), st.integers(1, 12)),
        st.tuples(st.just("reject"), st.integers(1, 12)),
        st.tuples(st.just("withdraw"), st.integers(1, 12)),
    ),
    max_size=25,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(moves=MOVES)
def test_any_order_of_moves_leaves_a_scenario_that_fits(make: Callable[..., Any], toy: Atlas, moves: Any) -> None:
    hall = make()
    phone = hall.sit()
    expected: dict[int, Status] = {}
    for move, *rest in moves:
        try:
            if move == "lab":
                expected[hall.lab(phone, rest[0])] = Status.WAITING
            elif move == "tie":
                told = {"source": rest[0], "relation": "cooperates_with", "target": rest[1]}
                expected[hall.propose(phone, "tie", **told)] = Status.WAITING
            elif move == "accept":
                hall.accept(rest[0])
                expected[rest[0]] = Status.ACCEPTED
            elif move == "reject":
                hall.reject(rest[0])
                expected[rest[0]] = Status.REJECTED
            else:
                workshop.withdraw(hall.database, hall.ground, hall.code, hall.operator, new_token(), rest[0])
                expected[rest[0]] = Status.WITHDRAWN
        except Refused:
            pass
    at = hall.at()
    assert {one.number: one.status for one in at.proposals} == expected
    assert check(toy.tables, at.scenario.steps) == ()
    assert len([one for one in at.proposals if one.steps and one.status is Status.ACCEPTED]) == len(
        at.having(Status.ACCEPTED)
    )


def test_who_comes_at_the_same_time_is_neither_lost_nor_counted_twice(hall: Any) -> None:
    phones = [hall.sit(number % 5 + 1) for number in range(12)]

    def plays(number: int) -> list[int]:
        return [hall.lab(phones[number], f"Lab {number} {turn}") for turn in range(5)]

    with ThreadPoolExecutor(12) as pool:
        numbers = [one for several in pool.map(plays, range(12)) for one in several]
    assert sorted(numbers) == list(range(1, 61))

    def accepts(number: int) -> bool:
        try:
            hall.accept(number)
        except Refused:
            return False
        return True

    # two operators' clicks on the same proposal: one of them counts
    with ThreadPoolExecutor(4) as pool:
        outcomes = Counter(zip([*range(1, 9)] * 2, pool.map(accepts, [*range(1, 9)] * 2), strict=True))
    accepted = {number for (number, done), count in outcomes.items() if done and count == 1}
    assert accepted == {one.number for one in hall.at().having(Status.ACCEPTED)}
    assert len(accepted) >= 4
    hall.go("decide")
    first = min(accepted)

    def votes(phone: str) -> None:
        for weight in (1, -1, 1):
            workshop.vote(hall.database, hall.code, phone, new_token(), first, weight)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(votes, phones))
    assert hall.at().votes[first] == (12, 0)
    events = workshop.events(hall.database, hall.code)
    assert [one.seq for one in events] == list(range(1, len(events) + 1))
