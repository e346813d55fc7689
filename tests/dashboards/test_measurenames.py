"""The measures have names in both languages, and in English those of the registry."""

from __future__ import annotations

import pytest

from dashboards.components.measurenames import measure_names
from dashboards.language import translator
from ecosystem.findings.registry import MEASURES


def test_every_measure_is_called_in_english_what_the_registry_calls_it():
    names = measure_names(translator("en"))
    assert [(name, told.title, told.question) for name, told in names.items()] == [
        (one.name, one.title, one.question) for one in MEASURES
    ]


@pytest.mark.parametrize("part", ["title", "question"])
def test_german_names_are_all_there_and_all_different(part):
    english, german = measure_names(translator("en")), measure_names(translator("de"))
    told = [getattr(german[one.name], part) for one in MEASURES]
    assert len(set(told)) == len(MEASURES)
    assert not [one.name for one in MEASURES if getattr(german[one.name], part) == getattr(english[one.name], part)]
