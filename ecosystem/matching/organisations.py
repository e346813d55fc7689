"""Which raw rows are an actor the region has, or each other: proposals with score, reasons and verdict.

Ids of registers (ROR, VAT, PIC …) decide where both sides have them: equal ones are the same organisation, two of a
scheme that gives one each (ROR, VAT, LEI) are two. Otherwise names are compared (:mod:`ecosystem.matching.scoring`).
Verdicts: ``same`` is taken unless a reviewer objects, ``ask`` waits for one; precision goes before recall, so that a
row with nothing but a likeness becomes an actor of its own. A raw row is proposed for at most one actor; several that
are equally good in all their words are asked about together, several that are merely alike are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from ecosystem.matching import records, scoring
from ecosystem.matching.blocking import Index
from ecosystem.matching.pairing import Weights
from ecosystem.matching.places import Gazetteer
from ecosystem.matching.text import fold
from ecosystem.tables import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ecosystem.matching.records import Record
    from ecosystem.matching.scoring import Ground, Score
    from ecosystem.sources.record import RawActor
    from ecosystem.tables import Tables

T = TypeVar("T")
Progress = Callable[[str, int, int | None], None]
SAME, ASK = "same", "ask"
MERGE, APART, LATER = "merge", "apart", "later"
"""Verdicts of a reviewer, as :data:`Decisions` holds them."""
SAME_FROM, ASK_FROM = 0.93, 0.7
"""Scores from which a pair counts as the same, and from which a reviewer is asked."""
_TIE, _LOOSE_TIE = 0.004, 0.015
_MOST_TIED = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """That a raw row is an actor of the region, or (``within``) another row of the same reading.

    Attributes:
        raw_id: the row.
        actor_id: the actor, or the raw_id of the other row where ``within``.
        score: between 0 and 1.
        reasons: what speaks for it and against it, a phrase each.
        verdict: ``same`` or ``ask``.
        within: whether both are rows of the reading.
        keys: the pair as :data:`Decisions` knows it, which survives another import.
    """

    raw_id: str
    actor_id: str
    score: float
    reasons: tuple[str, ...]
    verdict: str
    within: bool = False
    keys: tuple[str, str] = ("", "")


def key(raw: RawActor) -> str:
    """What a raw row is known by in decisions: its strongest id, else its folded name with where it says to sit.

    The same row of a later edition has the same key, wherever it stands in the file.

    >>> from ecosystem.sources.record import Origin, RawActor
    >>> key(RawActor("7", "Beispiel GmbH", Origin("a.csv"), municipality="Mülheim"))
    'name:beispiel gmbh@mulheim'
    """
    ids = records.deciding_ids(raw)
    if ids:
        return f"{ids[0][0]}:{ids[0][1]}"
    return f"name:{fold(raw.name)}@{fold(raw.municipality) or raw.postcode or raw.country.lower()}"


def propose(
    raws: Sequence[RawActor],
    known: Tables,
    decisions: Mapping[tuple[str, str], str] | None = None,
    gazetteer: Gazetteer | None = None,
    progress: Progress | None = None,
) -> tuple[Proposal, ...]:
    """Proposals for raw rows, by raw_id; a row without one is an organisation of its own.

    ``decisions`` maps pairs of keys, (:func:`key` of a row, actor_id) or two keys of rows in alphabetical order, to
    ``merge``, ``apart`` or ``later``; they override every score. ``gazetteer`` is made from the tables where none is
    given. The result depends neither on the order of the rows nor on chance.
    """
    places = gazetteer or Gazetteer.of(known).learn(raws)
    ordered = sorted(raws, key=lambda raw: raw.raw_id)
    meant = records.short_names(known.actors)
    mine = [records.of_raw(raw, records.place_key(raw, places.place(raw)), meant) for raw in ordered]
    theirs = list(records.of_actors(known.actors, split))
    ground = _ground([*mine, *theirs], places)
    matcher = _Matcher(ordered, mine, theirs, ground, dict(decisions or {}))
    found = tuple(matcher.to_actors(progress))
    settled = {one.raw_id for one in found if one.verdict == SAME}
    return (*found, *matcher.to_rows(settled, progress))


@dataclass(frozen=True)
class _Matcher:
    raws: Sequence[RawActor]
    mine: Sequence[Record]
    theirs: Sequence[Record]
    ground: Ground
    decisions: Mapping[tuple[str, str], str]

    def to_actors(self, progress: Progress | None) -> Iterator[Proposal]:
        """Proposals of rows for actors of the region."""
        index = Index.of(self.theirs, self.ground.weights)
        at = {record.key: record for record in self.theirs}
        merged = _merged(self.decisions)
        for done, (raw, record) in enumerate(zip(self.raws, self.mine, strict=True)):
            _tell(progress, "actors", done, len(self.mine))
            mark = key(raw)
            decided = next((at[actor] for actor in merged.get(mark, ()) if actor in at), None)
            if decided is not None:
                yield _proposal(record, decided, scoring.DECIDED, (mark, decided.key), within=False, later=False)
                continue
            near = [self.theirs[place] for place in index.candidates(record, self.ground.weights)]
            near = [other for other in near if self.decisions.get((mark, other.key)) != APART]
            scored = [(other, other, scoring.compare(record, other, self.ground)) for other in near]
            for other, score in _best(scored):
                later = self.decisions.get((mark, other.key)) == LATER
                yield _proposal(record, other, score, (mark, other.key), within=False, later=later)

    def to_rows(self, settled: set[str], progress: Progress | None) -> Iterator[Proposal]:
        """Proposals between rows; rows that are an actor beyond doubt are not compared with each other."""
        index = Index.of(self.mine, self.ground.weights)
        marks = [key(raw) for raw in self.raws]
        compared: dict[tuple[int, int], Score] = {}
        pairs = dict.fromkeys(self._merged_rows(marks), scoring.DECIDED)
        for at, record in enumerate(self.mine):
            _tell(progress, "rows", at, len(self.mine))
            scores = {}
            for place in index.candidates(record, self.ground.weights):
                pair = (min(at, place), max(at, place))
                known = record.key in settled and self.mine[place].key in settled
                if place == at or known or self._decision(marks, pair) == APART:
                    continue
                if pair not in compared:
                    compared[pair] = scoring.compare(record, self.mine[place], self.ground)
                scores[place] = compared[pair]
            for place, score in _best([(self.mine[place], place, score) for place, score in scores.items()]):
                pairs.setdefault((min(at, place), max(at, place)), score)
        for (one, other), score in sorted(pairs.items()):
            first, second = sorted((marks[one], marks[other]))
            later = self._decision(marks, (one, other)) == LATER
            yield _proposal(self.mine[one], self.mine[other], score, (first, second), within=True, later=later)

    def _merged_rows(self, marks: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Pairs of rows that a reviewer has merged."""
        by_mark: dict[str, list[int]] = {}
        for place, mark in enumerate(marks):
            by_mark.setdefault(mark, []).append(place)
        for (one, other), verdict in self.decisions.items():
            if verdict == MERGE:
                yield from (
                    (min(a, b), max(a, b)) for a in by_mark.get(one, ()) for b in by_mark.get(other, ()) if a != b
                )

    def _decision(self, marks: Sequence[str], pair: tuple[int, int]) -> str | None:
        first, second = sorted((marks[pair[0]], marks[pair[1]]))
        return self.decisions.get((first, second))


def _merged(decisions: Mapping[tuple[str, str], str]) -> dict[str, list[str]]:
    """What each key was decided to be, in alphabetical order."""
    found: dict[str, list[str]] = {}
    for (one, other), verdict in sorted(decisions.items()):
        if verdict == MERGE:
            found.setdefault(one, []).append(other)
    return found


def _best(scored: Iterable[tuple[Record, T, Score]]) -> list[tuple[T, Score]]:
    """The best of some records, or those that are equally good (asked about); none below the threshold."""
    ranked = sorted((one for one in scored if one[2].value >= ASK_FROM), key=lambda one: (-one[2].value, one[0].key))
    if not ranked:
        return []
    first = ranked[0][2]
    top = [one for one in ranked if one[2].value >= first.value - (_TIE if first.exact else _LOOSE_TIE)]
    if len(top) == 1 or first.decides:
        return [(item, score) for _, item, score in top if score.decides == first.decides]
    if len(top) > _MOST_TIED or not all(score.exact for _, _, score in top):
        return []  # several that are merely alike: asking would be guessing
    return [(item, scoring.tied(score, len(top))) for _, item, score in top]


def _proposal(
    one: Record, other: Record, score: Score, keys: tuple[str, str], *, within: bool, later: bool
) -> Proposal:
    verdict = SAME if score.value >= SAME_FROM and not later else ASK
    reasons = (*score.reasons, "put off by a reviewer") if later else score.reasons
    return Proposal(one.key, other.key, round(score.value, 3), reasons, verdict, within, keys)


def _ground(found: Sequence[Record], places: Gazetteer) -> Ground:
    counts = Counter(word for record in found for word in {w for v in record.variants for w in v.name.words})
    words = places.towns.words()
    home = {place: frozenset(one) for place, one in words.items()}
    for record in found:
        if record.place and record.place not in home:
            home[record.place] = frozenset(record.place.split(":", 1)[-1].split())
    town = {word: min(one) for one in words.values() for word in one}
    return scoring.Ground(Weights(counts, len(found), town), home)


def _tell(progress: Progress | None, what: str, done: int, total: int) -> None:
    if progress is not None and done % 500 == 0:
        progress(what, done, total)
