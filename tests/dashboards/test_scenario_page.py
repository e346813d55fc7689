"""The page of scenarios without a browser: what a link holds, what a form makes, what is said, drawn and exported."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from dash import html

from dashboards.app import create_app
from dashboards.components import scenario as parts_of
from dashboards.components import scenario_words as words_of
from dashboards.components.scenario_forms import SENT, kinds
from dashboards.components.scenario_panels import done, drawn, shown, spoken
from dashboards.components.scenario_sheets import difference_sheet, local_sheet, step_sheet
from dashboards.language import translator
from dashboards.state import Selection
from dashboards.views.scenario import MOST_IN_LINK, STORED, begun, held, names, stored, token, what
from dashboards.views.scenariodrawn import pairs_of, sides
from dashboards.views.scenarioedit import edited
from dashboards.views.scenarioforms import BOXES, COMMON, FORMS, MAKERS, Lack, steps_of
from dashboards.views.scenariomeasures import SHORT
from dashboards.views.scenarioquestions import answer, examples
from ecosystem.model import LANGUAGES
from ecosystem.scenario import Action, Scenario, Step, apply, best_ties, compare, dumps, leaving, pack, unpack

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

BOTH = pytest.mark.parametrize("language", LANGUAGES)
TIE = {"what": "form", "kind": "tie", "values": {"one": "a-works", "other": "c-council", "relation": "cooperates_with"}}
NONSENSE: list[Any] = [
    None, "/", 7, [], {}, {"what": "burn"}, {"what": "drop"}, {"what": "drop", "n": "1"}, {"what": "drop", "n": 99},
    {"what": "form"}, {"what": "form", "kind": "tie", "values": "x"}, {"what": "form", "kind": 3, "values": {}},
    {"what": "take"}, {"what": "take", "token": "1AAAA"}, {"what": "load"}, {"what": "load", "text": "{}"},
    {"what": "join", "text": "[" * 9000}, {"what": "undo"}, {"what": "redo"}, {"what": "reset"},
    {"what": "words", "title": 3, "assumptions": None},
]  # fmt: skip


def link(atlas: Atlas, *asked: dict[str, Any], start: str = "") -> str:
    now = start
    for one in asked:
        found = edited(atlas, now, None, one)
        assert found.scenario is not None, found
        now = token(found.scenario)[0]
    return now


def of(atlas: Atlas, *asked: dict[str, Any], **more: Any) -> Selection:
    return replace(Selection(**more), scenario=link(atlas, *asked))


def form(kind: str, **values: Any) -> dict[str, Any]:
    return {"what": "form", "kind": kind, "values": values}


MADE = {
    "tie": form("tie", one="a-works", other="c-council", relation="funds"),
    "project": form("project", title="Pilot", fields=["care"], many=["a-works", "b-labs"], year=2027, money="1000"),
    "actor": form("actor", name="Neues Labor Ä", sector="science", place="XX112", fields=["care", "energy"]),
    "call": form("call", title="Call", fields=["care"], many=["a-works"], number=2),
    "untie": form("untie", one="c-motors", other="a-works"),
    "leave": form("leave", one="b-clinic"),
    "move": form("move", one="a-works", place="XX112"),
    "merge": form("merge", one="a-works", many=["c-motors"]),
}


def test_every_form_has_boxes_a_maker_and_a_name() -> None:
    assert set(FORMS) == set(MAKERS) == set(kinds(translator("de")))
    assert {name for parts in FORMS.values() for part in parts for name in part} == set(BOXES)
    assert [str(one) for one in SENT] == [f"scen-{name}" for name in (*BOXES, *COMMON)]


@pytest.mark.parametrize("kind", [*MADE, "end"])
def test_a_form_makes_steps_that_fit_and_are_told_in_words(toy: Atlas, kind: str) -> None:
    project = str(toy.tables.projects["project_id"].iloc[0])
    selection = of(toy, MADE.get(kind, form("end", project=project)))
    found = what(toy, selection)
    assert found is not None
    assert found.opened.unfit == ()
    assert found.after.version != toy.version
    for language in LANGUAGES:
        tr = translator(language)
        for step in found.opened.scenario.steps:
            said = words_of.step_sentence(toy, step, names(toy, found.opened.scenario), tr)
            assert said != step.sentence()
            assert not re.search(r"None|nan|[{}]|a-works|XX112|b-clinic", said)


def test_a_new_actor_has_a_readable_id_and_its_fields(toy: Atlas) -> None:
    found = steps_of(toy, "actor", {"name": "Stadt Ahausen", "sector": "science", "place": "XX111", "fields": ["care"]})
    assert isinstance(found, tuple)
    assert [(step.table, step.key) for step in found] == [("actors", "stadt-ahausen"), ("actor_fields", "")]
    taken = steps_of(toy, "actor", {"name": "A-Works", "sector": "science", "place": "XX111"})
    assert isinstance(taken, tuple)
    assert taken[0].key == "a-works-2"
    plain = steps_of(toy, "actor", {"name": "日本|x", "sector": "science", "place": "XX111"})
    assert isinstance(plain, tuple)
    assert apply(toy.tables, plain).actors["name"].isin(["日本/x"]).any()


@pytest.mark.parametrize(
    ("asked", "lack"),
    [
        (form("tie", one="a-works"), Lack(("other", "relation"))),
        (form("project", title="x", fields=["care"], many=["a-works"]), Lack(what="alone")),
        (form("call", title="x", fields=["care"], many=["a-works"], number="many"), Lack(what="number")),
        (form("call", title="x", fields=["care"], many=["a-works"], number=2, year="soon"), Lack(what="year")),
        (form("untie", one="a-works", other="b-clinic"), Lack(what="untied")),
        (form("move", one="a-works", place="XX111"), Lack(what="there")),
        (form("burn"), Lack(what="kind")),
    ],
)
@BOTH
def test_what_a_form_lacks_is_said_and_nothing_changes(toy: Atlas, asked: Any, lack: Lack, language: str) -> None:
    found = edited(toy, "", None, asked)
    assert (found.scenario, found.lack and set(found.lack.boxes)) == (None, set(lack.boxes))
    assert found.lack is not None
    assert found.lack.what == lack.what
    said = words_of.lack_sentence(found.lack, translator(language))
    assert said.endswith(".")
    assert "{" not in said


@pytest.mark.parametrize(
    "asked",
    [
        form("tie", one="a-works", other="a-works", relation="funds"),
        form("tie", one="a-works", other="c-motors", relation="cooperates_with"),
        form("tie", one="a-works", other="gone", relation="funds"),
        form("leave", one="gone"),
        form("move", one="a-works", place="mars"),
        form("call", title="x", fields=["mining"], many=["a-works"], number=2),
        form("call", title="x", fields=["care"], many=["a-works"], number=99),
        form("actor", name="x", sector="press", place="XX111"),
    ],
)
@BOTH
def test_a_step_that_does_not_fit_is_said_in_plain_words(toy: Atlas, words: Any, asked: Any, language: str) -> None:
    found = edited(toy, "", None, asked)
    assert found.scenario is None
    assert found.unfit
    said = words(html.Div(parts_of.outcome(toy, found, translator(language))))
    assert len(said) > 20
    assert not re.search(r"None|_id|[{}]|expected|csv", said)


@pytest.mark.parametrize("asked", NONSENSE, ids=str)
@BOTH
def test_whatever_the_browser_sends_nothing_breaks(toy: Atlas, asked: Any, language: str) -> None:
    selection = Selection(language=language)
    own, did, said, wrong = done(toy, selection, asked, asked)
    assert json.loads(json.dumps([own, did, said]))
    if not did["ok"]:
        assert did["token"] is None
        assert own["last"] == ""
    assert isinstance(wrong, list)


def test_one_change_starts_from_the_one_before_and_keeps_what_is_typed(toy: Atlas) -> None:
    first = link(toy, TIE)
    typed = {"title": "Bridges", "assumptions": "one\n\n two "}
    found = edited(toy, "", None, MADE["leave"] | typed | {"on": first})
    assert found.scenario is not None
    assert len(found.scenario.steps) == 2
    assert (found.scenario.title, found.scenario.assumptions) == ("Bridges", ("one", "two"))
    text = dumps(Scenario("toy", toy.version, "Its own"))
    loaded = edited(toy, first, None, {"what": "load", "text": text} | typed)
    assert loaded.scenario is not None
    assert loaded.scenario.title == "Its own"


def test_undo_redo_reset_and_drop(toy: Atlas) -> None:
    both = link(toy, TIE, MADE["leave"])
    assert len(unpack(both).steps) == 2
    undone = link(toy, {"what": "undo"}, start=both)
    assert (len(unpack(undone).steps), len(unpack(undone).undone)) == (1, 1)
    assert unpack(link(toy, {"what": "redo"}, start=undone)) == unpack(both)
    back = unpack(link(toy, {"what": "reset"}, start=both))
    assert (back.steps, len(back.undone)) == ((), 2)
    assert back.redoing().redoing().steps == unpack(both).steps
    dropped = unpack(link(toy, {"what": "drop", "n": 1}, start=both))
    assert [step.action for step in dropped.steps] == [Action.REMOVE]
    assert edited(toy, "", None, {"what": "undo"}).scenario is None


def test_what_cannot_be_undone_or_redone_is_told_to_the_buttons(toy: Atlas) -> None:
    def idle(start: str) -> tuple[str, ...]:
        return shown(toy, Selection(scenario=start), None, translator("de"))[-3:]

    one = link(toy, TIE)
    assert idle("") == ("true", "true", "true")
    assert idle(one) == ("false", "true", "false")
    assert idle(link(toy, {"what": "undo"}, start=one)) == ("true", "false", "true")


def test_steps_are_taken_over_once(toy: Atlas) -> None:
    given = pack(replace(begun(toy), steps=unpack(link(toy, TIE)).steps))
    first = link(toy, MADE["leave"], {"what": "take", "token": given})
    assert len(unpack(first).steps) == 2
    again = edited(toy, first, None, {"what": "take", "token": given})
    assert (again.scenario, again.n) == (unpack(first), 0)


def test_a_file_is_loaded_joined_or_refused(toy: Atlas) -> None:
    now = link(toy, form("move", one="a-works", place="XX112"))
    mine = unpack(now)
    other = replace(mine, steps=(Step(Action.MOVE, key="a-works", cells={"place_id": "XX113"}),), title="b")
    joined = edited(toy, now, None, {"what": "join", "text": dumps(other)})
    assert len(joined.conflicts) == 1
    assert joined.scenario is not None
    assert joined.scenario.steps == mine.steps
    said = [one.to_plotly_json()["props"]["children"] for one in parts_of.outcome(toy, joined, translator("en"))]
    assert "contradicts" in said[0]
    loaded = edited(toy, now, None, {"what": "load", "text": dumps(other)})
    assert loaded.scenario == other
    strange = Scenario("ruhr", "x", steps=other.steps)
    for deed in ("load", "join"):
        refused = edited(toy, now, None, {"what": deed, "text": dumps(strange)})
        assert refused.scenario is None
        assert refused.error


@BOTH
def test_on_newer_data_unfit_steps_are_listed_and_the_others_applied(toy: Atlas, words: Any, language: str) -> None:
    old = Scenario("toy", "older", steps=(Step(Action.REMOVE, "actors", "gone"), *unpack(link(toy, TIE)).steps))
    selection = Selection(language=language, scenario=token(old)[0])
    told = shown(toy, selection, None, translator(language))
    said = words(html.Div([html.Div(told[1]), html.Div(told[4])]))
    assert "gone" in said
    assert "older" in said
    found = what(toy, selection)
    assert found is not None
    assert len(found.opened.fit) == 1
    assert len(step_sheet(toy, selection, translator(language)).rows) == 2


@pytest.mark.parametrize("told", ["1AAAA", "x", "~0123", pack(Scenario("other", "v")), "1" + "A" * 9000])
@BOTH
def test_a_link_without_a_scenario_says_so_and_how_to_begin(toy: Atlas, words: Any, told: str, language: str) -> None:
    selection = Selection(language=language, scenario=told)
    assert held(toy, told).fault
    found = shown(toy, selection, None, translator(language))
    assert found[3] is True
    assert len(words(html.Div(found[1]))) > 30
    assert words(html.Div(found[2]))
    assert step_sheet(toy, selection, translator(language)).notes
    figure, legend = drawn(toy, selection, None, translator(language))
    assert figure["layout"]
    assert legend == []


def test_what_is_too_long_for_a_link_is_kept_by_the_browser(ruhr: Atlas) -> None:
    steps = tuple(
        Step(Action.REMOVE, "ties", str(tie), reason=f"{number**9}")
        for number, tie in enumerate(ruhr.tables.ties["tie_id"].head(499))
    )
    text = dumps(Scenario("ruhr", ruhr.version, steps=steps))
    own, did, _, _ = done(ruhr, Selection(), None, {"what": "load", "text": text})
    name = did["token"]
    assert name.startswith(STORED)
    assert len(stored(own)[name]) > MOST_IN_LINK
    assert held(ruhr, name).fault == "gone"
    again = held(ruhr, name, json.loads(json.dumps(own))).scenario
    assert again is not None
    assert again.steps == steps
    assert edited(ruhr, name, own, TIE | {"values": {}}).scenario is None


@BOTH
def test_three_examples_fit_and_one_click_applies_each(ruhr: Atlas, parts: Any, language: str) -> None:
    found = examples(ruhr)
    assert [one.kind for one in found] == ["tie", "project", "leave"]
    offered = [part["props"]["data-token"] for part in parts(parts_of.started(ruhr, translator(language)))
               if part["props"].get("data-token")]  # fmt: skip
    assert len(offered) == 3
    for one in offered:
        assert len(unpack(link(ruhr, {"what": "take", "token": one})).steps) == 1
    best = best_ties(ruhr, field=found[0].field)
    assert found[0].steps[0].cells["source_actor_id"] == best["actor"][0]
    assert found[2].steps[0].key == leaving(ruhr)["actor"][0]


def test_before_and_after_stand_on_the_same_positions_and_scale(ruhr: Atlas) -> None:
    ends = {"one": "stadt-essen", "other": "ruhr-universitaet-bochum", "relation": "cooperates_with"}
    selection = of(ruhr, form("tie", **ends), form("leave", one="duisburger-hafen-ag"))
    found = what(ruhr, selection)
    assert found is not None
    view = sides(found, on_map=False, near=False)
    shared = view.before.ids.intersection(view.after.ids)
    rows = [half.ids.get_indexer(shared) for half in (view.before, view.after)]
    assert np.array_equal(view.before.points[rows[0]], view.after.points[rows[1]])
    assert view.after.own == (("ruhr-universitaet-bochum", "stadt-essen"),)
    lost = {pair for pair in pairs_of(ruhr.tables) if "duisburger-hafen-ag" in pair}
    assert set(view.before.own) == lost
    assert set(view.before.ids[view.before.named]) == {
        "stadt-essen", "ruhr-universitaet-bochum", "duisburger-hafen-ag",
    }  # fmt: skip
    figure, _ = drawn(ruhr, selection, None, translator("de"))
    layout = figure["layout"]
    assert (layout["xaxis2"]["matches"], layout["yaxis2"]["matches"]) == ("x", "y")
    own = [trace for trace in figure["data"] if trace["name"] == "own"]
    assert [trace["line"]["dash"] for trace in own] == ["dash", "dash"]
    assert {trace["xaxis"] for trace in figure["data"]} == {"x", "x2"}
    near = sides(found, on_map=True, near=True)
    whole = sides(found, on_map=True, near=False)
    assert near.extent[1] - near.extent[0] < whole.extent[1] - whole.extent[0]


@BOTH
def test_differences_are_those_of_the_engine_largest_first(ruhr: Atlas, language: str) -> None:
    ends = {"one": "stadt-essen", "other": "ruhr-universitaet-bochum", "relation": "cooperates_with"}
    tr = translator(language)
    selection = of(ruhr, form("tie", **ends), unit="municipality")
    found = what(ruhr, selection)
    assert found is not None
    rows = {row["key"]: row for row in difference_sheet(ruhr, selection, tr).rows}
    same = compare(ruhr, found.after).headline
    for measure, value in zip(same["measure"], same["change"], strict=True):
        if value:
            assert rows[SHORT[measure]]["change"] == pytest.approx(value)
        else:
            assert SHORT[measure] not in rows
    assert rows["ties"]["reading"] == tr("counted")
    local = local_sheet(ruhr, selection, tr).rows
    assert {"Essen", "Bochum"} <= {row["where"] for row in local}
    sizes = [abs(row["change"]) / max(abs(row["before"]), abs(row["after"])) for row in local]
    assert sizes == sorted(sizes, reverse=True)
    assert tr.number(1) in words_of.finding(found, tr)


@pytest.mark.parametrize("kind", ["ties", "projects"])
def test_a_question_asked_part_by_part_finds_the_best(ruhr: Atlas, kind: str) -> None:
    asked: dict[str, Any] = {"kind": kind, "subject": "health", "at": 0, "rows": []}
    parts = 0
    while asked["at"] >= 0:
        found = answer(ruhr, Selection(), None, json.loads(json.dumps(asked)))
        assert found is not None
        asked |= {"at": found.then, "rows": list(found.rows)}
        parts += 1
    assert parts > 1
    whole = best_ties(ruhr, field="health", layer="projects" if kind == "projects" else "both")
    assert found.of == found.tried == whole.attrs["pairs"]
    assert [row["change"] for row in found.rows] == pytest.approx(whole["change"].head(len(found.rows)).tolist())


def test_who_leaves_is_ranked_as_the_engine_does(ruhr: Atlas) -> None:
    asked: dict[str, Any] = {"kind": "leaving", "subject": "", "at": 0, "rows": []}
    while asked["at"] >= 0:
        found = answer(ruhr, Selection(), None, asked)
        assert found is not None
        asked |= {"at": found.then, "rows": list(found.rows)}
    assert found.of == 40
    same = leaving(ruhr).head(8)
    assert [row["cut_off"] for row in found.rows] == same["cut_off"].tolist()
    (one,) = (answer(ruhr, Selection(), None, asked | {"at": 0, "rows": [], "subject": "stadt-essen"}),)
    assert one is not None
    assert (one.of, one.then) == (1, -1)


NO_QUESTIONS: list[Any] = [
    None, "/", {}, {"kind": "ties"}, {"kind": "ties", "at": -3}, {"kind": "war", "at": 0},
    {"kind": "ties", "at": 0, "subject": "mining"}, {"kind": "leaving", "at": 0, "subject": "x"},
    {"kind": "ties", "at": 0, "subject": 7}, {"kind": "ties", "at": 0, "rows": [3, {}]},
]  # fmt: skip


@pytest.mark.parametrize("asked", NO_QUESTIONS, ids=str)
@BOTH
def test_questions_that_are_none_are_not_answered(toy: Atlas, asked: Any, language: str) -> None:
    tr = translator(language)
    found = answer(toy, Selection(), None, asked)
    json.dumps(parts_of.progress(found, tr))
    assert isinstance(parts_of.answered(toy, found, tr), list)


def test_facts_and_their_files_know_nothing_of_a_scenario_unless_asked(toy: Atlas) -> None:
    client = (
        create_app(toy).test_client()
        if hasattr(create_app(toy), "test_client")
        else create_app(toy).server.test_client()
    )
    steps = link(toy, MADE["actor"])
    for path in ("/export/graph.json", "/download/toy.json", "/export/data/ties.csv"):
        got = client.get(f"{path}?sc={steps}")
        assert "neues-labor" not in got.get_data(as_text=True)
    asked = client.get(f"/export/graph.json?with=scenario&sc={steps}&lang=en")
    told = asked.get_data(as_text=True)
    assert "neues-labor-a" in told
    assert "assumed steps" in told
    assert client.get("/export/graph.json?with=scenario&sc=~gone").status_code == 404
    assert client.get("/export/graph.json?with=scenario").status_code == 404
    rows = list(
        csv.reader(
            io.StringIO(client.get(f"/export/scenario/steps.csv?lang=en&sc={steps}").get_data().decode("utf-8-sig"))
        )
    )
    assert len(rows) == 4
    assert "nothing of it is recorded" in rows[1][-1]


@BOTH
def test_a_change_is_said_aloud(toy: Atlas, language: str) -> None:
    tr = translator(language)
    before, now = Selection(language=language), replace(of(toy, TIE), language=language)
    assert spoken(toy, before, before, tr) == ""
    said = spoken(toy, before, now, tr)
    assert tr.number(1) in said
    assert said.endswith(".")
    assert spoken(toy, now, replace(now, scenario="~gone"), tr)


def test_a_bare_region_can_be_changed_too(bare: Atlas) -> None:
    tr = translator("de")
    assert [one.kind for one in examples(bare)] == ["project"]
    assert parts_of.started(bare, tr)
    actors = bare.tables.actors["actor_id"].tolist()
    asked = form("tie", one=actors[0], other=actors[1], relation="funds")
    selection = of(bare, asked)
    told = shown(bare, selection, None, tr)
    assert told[3] is False
    assert drawn(bare, selection, None, tr)[0]["data"]
    assert drawn(bare, replace(selection, ground="map", viewport="near"), None, tr)[0]["data"]
    for kind in ("ties", "leaving"):
        found = answer(bare, selection, None, {"kind": kind, "subject": "", "at": 0, "rows": []})
        assert found is not None
        assert found.then == -1
