"""``ecosystem template`` and ``ecosystem fetch`` as people call them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from typer.testing import CliRunner

from ecosystem import cli
from ecosystem.errors import SourceError
from ecosystem.sources.mapping import Mapping

README = Path(__file__).parents[2] / "README.md"


def test_template(tmp_path: Path) -> None:
    for arguments in ([], ["toy"]):
        path = tmp_path / f"t{len(arguments)}.xlsx"
        answer = CliRunner().invoke(cli.app, ["template", *arguments, "--to", str(path)])
        assert answer.exit_code == 0, answer.output
        assert answer.output.startswith(f"{path}: ")
        assert "places" in openpyxl.load_workbook(path).sheetnames


def test_wrong_calls_are_explained(tmp_path: Path) -> None:
    answer = CliRunner().invoke(cli.app, ["template", "--to", str(tmp_path / "t.ods")])
    assert isinstance(answer.exception, SourceError)
    answer = CliRunner().invoke(cli.app, ["fetch", "cordis", "--programme", "FP9", "--to", str(tmp_path)])
    assert answer.exit_code == 2
    call = ["fetch", "cordis", "--programme", "FP7", "--to", str(tmp_path), "--base-url", "file:///etc/"]
    assert "no address of the web" in str(CliRunner().invoke(cli.app, call).exception)


def test_the_mapping_of_the_readme_is_one() -> None:
    text = README.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]
    held = Mapping.parse(text, "README.md")
    assert held.header("total_eur") == "Kosten"
    assert (held.sheet, held.header_row, held.decimal) == ("Vorhaben", 5, ",")
