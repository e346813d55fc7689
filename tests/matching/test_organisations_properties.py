import random
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ecosystem.matching import organisations, records, scoring
from ecosystem.matching.pairing import Weights
from ecosystem.matching.text import fold
from ecosystem.sources.record import Origin, RawActor

ORIGIN = Origin("list.csv")
WORDS = [
    "Muster",
    "Beispiel",
    "Probe",
    "Institut",
    "Stadt",
    "Essen",
    "Logistik",
    "GmbH",
    "e.V.",
    "für",
    "(MBP)",
    "MBP",
    "–",
]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
GROUND = scoring.Ground(
    Weights({"stadt": 40, "institut": 20}, 100, {"essen": "essen"}), {"p": frozenset({"essen", "essener"})}
)


def record(key, name, place):
    return records.of_raw(RawActor(key, name, ORIGIN), place)


@given(NAMES, NAMES, st.sampled_from(["p", ""]), st.sampled_from(["p", "q", ""]))
@settings(max_examples=300, deadline=None)
def test_a_comparison_is_the_same_either_way_round(one, other, here, there):
    a, b = record("a", one, here), record("b", other, there)
    forth, back = scoring.compare(a, b, GROUND), scoring.compare(b, a, GROUND)
    assert forth == back
    assert 0 <= forth.value <= 1


@given(NAMES)
@settings(max_examples=100, deadline=None)
def test_nothing_beats_the_name_itself(name):
    assume(fold(name))
    assert scoring.compare(record("a", name, "p"), record("b", name, "p"), GROUND).value >= organisations.SAME_FROM


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_a_name(text):
    scoring.compare(record("a", text, ""), record("b", text[::-1], ""), GROUND)
    assert fold(fold(text)) == fold(text) or "ue" in fold(text) or "ae" in fold(text) or "oe" in fold(text)


def test_proposals_depend_on_no_order(ruhr):
    names = dict(zip(ruhr.places["place_id"], ruhr.places["name"], strict=True))
    some = ruhr.actors.head(150)
    raws = [
        RawActor(row.actor_id, row.name.upper(), ORIGIN, municipality=names[row.place_id]) for row in some.itertuples()
    ]
    shuffled = random.Random(3).sample(raws, len(raws))
    known = replace(ruhr, actors=ruhr.actors.sample(frac=1, random_state=1).reset_index(drop=True))
    assert organisations.propose(raws, ruhr) == organisations.propose(shuffled, known)
