"""Commands given as a person gives them, and a small list of operations to import."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from ecosystem import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIST = """Liste der Vorhaben;;;;;;
Name des Begünstigten;Bezeichnung des Vorhabens;Zusammenfassung;Beginn;Förderung in EUR;PLZ;Ort
Wärmepumpen Bestadt GmbH;Wärmepumpe im Quartier;Heizen;01.03.2022;1.000,50;;Bestadt
Ahauser Werke AG;Neue Pflege;Pflegebett;01.04.2022;2.500,00;;AHAUSEN
Erika Mustermann;Beratung;;01.05.2022;100,00;;Cedorf
Fernwerk GmbH;Fernes;;01.05.2022;100,00;99999;Ferndorf
;Ohne Namen;;01.05.2022;100,00;;Cedorf
Cedorfer Motoren AG;Wärmepumpe mit Motor;;01.05.2022;7,00;;Cedorf
"""


@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Runs commands inside this process, on a wide terminal."""
    monkeypatch.setenv("COLUMNS", "250")
    monkeypatch.setenv("TERMINAL_WIDTH", "250")

    def started(*arguments: str | Path) -> Answer:
        monkeypatch.setattr(sys, "argv", ["ecosystem", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return Answer(int(ended.value.code or 0), told.out, told.err)

    return started
