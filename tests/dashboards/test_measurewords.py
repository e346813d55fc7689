"""What measures say beside their numbers has its German, whatever measure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboards.components.measurewords import counted_words, parameter_names, said, table_names
from dashboards.language import translator
from ecosystem.findings.registry import MEASURES

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

GERMAN = translator("de")


@pytest.mark.parametrize("name", [one.name for one in MEASURES])
def test_everything_a_finding_of_the_toy_says_is_known(toy: Atlas, name: str) -> None:
    finding = toy.finding(name)
    told = (*finding.reasons, *finding.warnings, *finding.notes)
    assert [one for one in told if said(one, GERMAN) == one] == []
    assert finding.counted in counted_words(GERMAN)
    assert set(finding.read) <= set(table_names(GERMAN))
    assert set(finding.parameters) <= set(parameter_names(GERMAN))


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("The second period starts in 2021.", "Der zweite Zeitraum beginnt 2021."),
        (
            "modules depend on the seed: mean agreement between runs 0.83",
            "Die Module hängen vom Startwert ab: mittlere Übereinstimmung zwischen Läufen 0,83.",
        ),
        (
            "99 draws: no p below 0.010; of 105 pairs none can pass alone below 2099 draws",
            (
                "99 Ziehungen: kein p unter 0,010; von 105 Paaren kann keines allein bestehen, "
                "solange es weniger als 2099 Ziehungen sind"
            ),
        ),
        ("curve: too few centres", "curve: zu wenige Zentren"),
        ("nobody foresaw this", "nobody foresaw this"),
    ],
)
def test_sentences_with_numbers(english: str, german: str) -> None:
    assert said(english, GERMAN) == german
    assert said(english, translator("en")) == english
