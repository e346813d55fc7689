"""CORDIS bulk downloads in every generation of the format."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import source_samples
from sources.conftest import complete

from ecosystem import sources
from ecosystem.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ecosystem.sources.record import Reading


def test_horizon_2020_as_published(sample: Callable[[str], Reading]) -> None:
    found = sample("h2020_zip")
    # projects 3, organizations 6, subjects 3, topics 1
    assert (found.rows_read, found.rows_taken) == (13, 9)
    assert (len(found.actors), len(found.projects), len(found.participations)) == (3, 2, 4)
    project = found.projects[0]
    assert project.summary == 'First line\nsecond; "quoted" line'
    assert (project.total_eur, project.funding_eur, project.programme) == (1234567.5, 999999.99, "H2020")
    assert ("euroscivoc", "/25/67/413") in project.topics
    assert ("topic", "SC5-13-2014") in project.topics
    assert (project.start, project.end, project.call) == ("2015-01-01", "2018-12-31", "H2020-SC5")


def test_an_organisation_is_its_pic(sample: Callable[[str], Reading]) -> None:
    university, steel, water = sample("h2020_zip").actors
    assert university.raw_id == "900000001"
    assert university.other_names == ("UMU", "Universität Musterstadt")
    assert university.ids == (("pic", "900000001"), ("vat", "DE000000001"))
    assert university.kinds == (("cordis", "HES"),)
    assert (university.lat, university.lon, university.nuts) == (51.4, 7.2, "DEA51")
    assert steel.kinds == (("cordis", "PRC"), ("sme", "true"))
    # the EU's own codes of two countries
    assert (steel.country, water.country) == ("GB", "GR")


def test_net_contributions_come_before_gross_ones(sample: Callable[[str], Reading]) -> None:
    found = sample("h2020_zip").participations
    assert [one.funding_eur for one in found] == [200000.25, 100000.5, 50000.0, None]
    assert [one.role for one in found] == ["coordinator", "participant", "participant", "participant"]


def test_what_is_not_taken_has_its_place(sample: Callable[[str], Reading]) -> None:
    found = sample("h2020_zip")
    assert [(one.origin.part, one.origin.row, one.column, one.reason) for one in found.rejects] == [
        ("csv/project.csv", 4, "id", "this project once more"),
        ("csv/organization.csv", 6, "projectID", "the project files have no such project"),
        ("csv/organization.csv", 7, "name", "an organisation without a name"),
        ("csv/euroSciVoc.csv", 4, "projectID", "no file has such a project"),
    ]
    assert [(one.column, one.value) for one in found.blanked] == [
        ("endDate", "2019-04-31"), ("geolocation", "somewhere"), ("ecContribution", "abc"),
    ]  # fmt: skip
    assert found.notes == ("cordis-h2020projects-csv.zip: legalBasis.csv is not used.",)


def test_fp7_with_its_old_columns(sample: Callable[[str], Reading]) -> None:
    found = sample("fp7_csv")
    assert (found.rows_read, found.rows_taken, len(found.actors), len(found.participations)) == (3, 3, 2, 2)
    assert (found.projects[0].start, found.projects[0].end) == ("2008-02-01", "2011-01-31")
    assert found.actors[0].ids == (("pic", "999000001"),)
    # no number: known by name and place
    assert found.actors[1].raw_id.startswith("cordis-")
    assert [one.funding_eur for one in found.participations] == [750000.25, None]
    assert found.provenance.title == "CORDIS, FP7"


def test_horizon_europe_as_json(sample: Callable[[str], Reading]) -> None:
    found = sample("horizon_json")
    assert (found.rows_read, found.rows_taken) == (3, 2)
    (actor,) = found.actors
    assert (actor.name, actor.url, actor.lat) == ("Hochschule Görlitz Beispiel", "https://www.beispiel.example", 51.15)
    assert found.participations[0].funding_eur == 1250000.0
    assert found.projects[0].topics == (("acronym", "NEWSUN"), ("label", "solar"), ("label", "roof"))
    assert str(found.rejects[0].origin) == "project.json, row 2"


def test_the_order_of_the_files_does_not_matter(tmp_path: Path) -> None:
    files = source_samples.fp7_csv(tmp_path)
    one, other = sources.read("cordis", files), sources.read("cordis", files[::-1])
    assert (one.actors, one.projects, one.participations) == (other.actors, other.projects, other.participations)


def test_without_projects_their_acronyms_stand_in(tmp_path: Path) -> None:
    found = complete(sources.read("cordis", source_samples.fp7_csv(tmp_path)[1:]))
    assert found.projects[0].title == "OLDNET"
    assert any("No project file" in note for note in found.notes)


def test_a_table_of_organisations_alone(given: Callable[[str, str | bytes], Path]) -> None:
    path = given("o.csv", '"activityType";"city";"country";"name";"orgId"\n"PRC";"";"DE";"BEISPIEL";"1"\n')
    found = complete(sources.read("cordis", [path]))
    assert (len(found.actors), found.projects, found.participations) == (1, (), ())
    assert found.notes == ("o.csv names no projects: organisations alone were read.",)


def test_what_is_no_download_is_refused(given: Callable[[str, str | bytes], Path]) -> None:
    with pytest.raises(SourceError, match="no file of a CORDIS download"):
        sources.read("cordis", [given("x.csv", "a;b\n1;2\n")])
    with pytest.raises(SourceError, match=r"x\.json, after record 1: the JSON is broken"):
        sources.read("cordis", [given("x.json", '[{"id": 1, "title": "a", "objective": "b"}, {"id": ')])


def test_an_address_that_is_none_is_left_blank(given: Callable[[str, str | bytes], Path]) -> None:
    path = given("o.csv", "activityType;name;orgId;organizationUrl\nPRC;Beispiel;1;javascript:alert(1)\n")
    found = sources.read("cordis", [path])
    assert (found.actors[0].url, found.blanked[0].value) == ("", "javascript:alert(1)")


def test_texts_decoded_twice_are_told_without_telling_whom(given: Callable[[str, str | bytes], Path]) -> None:
    path = given("o.csv", "activityType;name;orgId\nPRC;Erika M√∂llermann;1\n")
    (note, *_) = [one for one in sources.read("cordis", [path]).notes if "twice" in one]
    assert "1 lines" in note
    assert "Erika" not in note
    assert "llermann" not in note
