"""The Research Organization Registry in both schemas and as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ecosystem import sources
from ecosystem.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ecosystem.sources.record import Reading

UNIVERSITY, INSTITUTE = "https://ror.org/012345601", "https://ror.org/012345602"


def test_schema_1(sample: Callable[[str], Reading]) -> None:
    found = sample("ror_1")
    assert (found.rows_read, found.rows_taken) == (5, 2)
    university, institute = found.actors
    assert university.name == "Example University"
    assert university.other_names == ("Beispiel-Universität", "UniBsp", "EU")
    assert university.ids == (("ror", UNIVERSITY), ("grid", "grid.1.2"), ("isni", "0000000123456789"))
    assert (university.kinds, university.country) == ((("ror", "education"),), "DE")
    assert (university.municipality, university.lat, university.lon) == ("Essen", 51.45, 7.01)
    assert institute.kinds == (("ror", "facility"), ("ror_status", "inactive"))
    assert [one.reason for one in found.rejects] == [
        "a record the registry withdrew", "this record once more", "no id of the registry (https://ror.org/0…)",
    ]  # fmt: skip


def test_schema_2_is_taken_from_an_archive_that_has_both(sample: Callable[[str], Reading]) -> None:
    found = sample("ror_2")
    assert (found.rows_read, found.rows_taken) == (2, 2)
    assert found.actors[0].origin.part == "v1.50-ror-data_schema_v2.json"
    # the name the registry shows comes first, acronyms last
    assert (found.actors[0].name, found.actors[0].other_names) == ("Example University", ("Beispiel-Universität", "EU"))
    assert found.actors[0].kinds == (("ror", "education"), ("ror", "funder"))
    assert found.actors[0].url == "https://uni.example"
    assert found.actors[0].ids == (("ror", UNIVERSITY), ("wikidata", "Q1"))


def test_csv_says_the_same(sample: Callable[[str], Reading]) -> None:
    found = sample("ror_csv")
    assert (found.actors[0].name, found.actors[0].other_names) == ("Example University", ("Beispiel-Universität", "EU"))
    assert found.actors[0].ids == (("ror", UNIVERSITY), ("grid", "grid.1.2"), ("wikidata", "Q1"))
    assert (found.actors[0].lat, found.actors[1].lat) == (51.45, None)


@pytest.mark.parametrize("name", ["ror_1", "ror_2", "ror_csv"])
def test_a_relation_is_one_tie_whoever_states_it(sample: Callable[[str], Reading], name: str) -> None:
    found = sample(name)
    assert [(one.a, one.b, one.relation) for one in found.ties] == [(INSTITUTE, UNIVERSITY, "parent")]
    assert [actor.parent for actor in found.actors] == ["", UNIVERSITY]


def test_relations_out_of_the_files_are_counted(sample: Callable[[str], Reading]) -> None:
    assert sample("ror_1").notes == ("1 relations lead to organisations that are not in the files.",)


@pytest.mark.parametrize("content", ['[{"a": 1}]', "[1, null]", '{"items": []}', "[]"])
def test_another_json_is_refused(given: Callable[[str, str | bytes], Path], content: str) -> None:
    with pytest.raises(SourceError, match="records is one of the registry"):
        sources.read("ror", [given("x.json", content)])
    with pytest.raises(SourceError, match="no column “id”"):
        sources.read("ror", [given("x.csv", "a,b\n1,2\n")])
