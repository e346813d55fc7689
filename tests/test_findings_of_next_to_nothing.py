"""Regions with hardly anything in them: every finding has NaN and a reason, none an error or a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ecosystem import tables
from ecosystem.findings.material import LEVELS, Material
from ecosystem.findings.modules import INCIDENCES
from ecosystem.findings.registry import MEASURES, find
from ecosystem.findings.ties import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ecosystem.findings.record import Finding

HEADS = {
    "places": "place_id,name,district_id,district,in_region",
    "actors": "actor_id,name,sector,place_id,source_ids",
    "actor_fields": "actor_id,field_id,evidence,source_id",
    "ties": "tie_id,source_actor_id,relation,target_actor_id,evidence,source_id",
    "projects": "project_id,title,year,fields,field_basis,source_id",
    "participations": "project_id,actor_id,unit,funding_eur,year,source_id",
    "sources": "source_id,title,url",
}
ONE = {"places": ["P1,One,D1,D,true"], "actors": ["a,A,industry,P1,s"], "sources": ["s,S,https://example.org"]}
TWO = {
    "places": ["P1,One,D1,D,true", "P2,Two,D2,E,true"],
    "actors": ["a,A,industry,P1,s", "b,B,science,P2,s"],
    "sources": ONE["sources"],
}
REGIONS = {
    "one actor without a field": ONE,
    "one actor with a field": ONE | {"actor_fields": ["a,f,x,s"]},
    "no actor": ONE | {"actors": []},
    "no district": ONE | {"places": ["P1,One,,,true", "P2,Two,,,true"]},
    "only outside actors": ONE | {"places": ["P1,One,D1,D,false", "P2,Two,D2,E,true"]},
    "two actors and nothing else": TWO,
    "one tie and one project": TWO
    | {
        "actor_fields": ["a,f,x,s"],
        "ties": ["t,a,cooperates_with,b,x,s"],
        "projects": ["p,P,2000,f,title,s"],
        "participations": ["p,a,,1,2000,s", "p,b,,1,2000,s"],
    },
    "one place with ties inside": ONE
    | {
        "actors": ["a,A,industry,P1,s", "b,B,science,P1,s", "c,C,science,P1,s"],
        "actor_fields": ["a,f,x,s", "b,f,x,s"],
        "ties": ["t,a,cooperates_with,b,x,s", "u,b,funds,c,x,s"],
    },
}


def _material(folder: Path, content: dict[str, list[str]]) -> Material:
    folder.mkdir()
    names = "\n".join(f'name_{language} = "R"' for language in ("de", "en"))
    (folder / "region.toml").write_text(f'id = "r"\n{names}\n\n[[fields]]\nid = "f"\n{names}\n', encoding="utf-8")
    for table, rows in content.items():
        (folder / f"{table}.csv").write_text("\n".join([HEADS[table], *rows]) + "\n", encoding="utf-8")
    return Material(tables.read(folder))


def _asked(options: dict[str, object]) -> Iterator[dict[str, object]]:
    few = {key: 5 for key in ("draws", "null_draws", "runs", "random_orders", "rich_club_draws") if key in options}
    for level in LEVELS if "level" in options else (None,):
        at = few if level is None else few | {"level": level}
        yield at
        if "field" in options:
            yield at | {"field": "f"}
    for option, choices in {"incidence": INCIDENCES, "layer": LAYERS}.items():
        if option in options:
            yield from (few | {option: choice} for choice in choices)


def _is_answered(finding: Finding) -> bool:
    """A number somewhere in the main table, or a reason for there being none."""
    main = finding.frame()
    reasoned = "reason" in main and (main["reason"] != "").any()
    return bool(finding.reasons) or bool(reasoned) or not main.empty


@pytest.mark.parametrize("case", REGIONS)
@pytest.mark.parametrize("name", [one.name for one in MEASURES])
def test_next_to_nothing_has_reasons(tmp_path: Path, name: str, case: str) -> None:
    at = _material(tmp_path / "r", REGIONS[case])
    one = next(one for one in MEASURES if one.name == name)
    for options in _asked(dict(one.options)):
        finding = find(at, name, **options)
        assert _is_answered(finding), options
        for table, frame in finding.frames.items():
            missing = frame.select_dtypes("number").isna().any(axis=1)
            assert not missing.any() or (frame.loc[missing, "reason"] != "").all(), (table, options)
