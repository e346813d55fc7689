"""What a comparison says is printed as it is written: the record's font has every sign of it."""

from __future__ import annotations

import pytest

from dashboards.language import translator
from dashboards.room.recordpdf import printable
from dashboards.room.sentences import measure_names


@pytest.mark.parametrize("language", ["de", "en"])
def test_words_of_a_change_are_printed_as_they_are(language: str) -> None:
    tr = translator(language)
    for word in (*measure_names(tr).values(), tr("{n} points", n=tr.number(1.5, 1)), "± 0,1"):
        assert printable(word) == word


def test_a_sign_the_font_lacks_would_be_noticed() -> None:
    assert printable("%\u2011Punkte") != "%\u2011Punkte"
