"""The page of consortia without a browser: what a link asks for, what is said, drawn and written to files."""

from __future__ import annotations

import csv
import io
import math
import re
from typing import TYPE_CHECKING, Any

import pytest
from dash import html

from dashboards.components.consortium import brings, chips, field_choice, member_list, told
from dashboards.components.consortium_panels import drawn, spoken
from dashboards.components.consortium_sheets import bridge_sheet, member_sheet, proposal_sheet, tie_sheet
from dashboards.components.consortium_words import finding, link_line, why
from dashboards.components.links import profile_path
from dashboards.figures.consortium import CLEAR, rows
from dashboards.language import translator
from dashboards.pages.consortium import PAGE
from dashboards.state import Selection
from dashboards.views.consortium import Lack, asked, consortium, workers
from ecosystem.consortium import propose
from ecosystem.model import LANGUAGES

if TYPE_CHECKING:
    from dashboards.views.consortium import ConsortiumView
    from ecosystem.atlas import Atlas

BOTH = pytest.mark.parametrize("language", LANGUAGES)
QUERY = "fd=energy&k=2&sz=4&ban=a-grid"


def of(query: str) -> Selection:
    return Selection.from_query(query)


def view(atlas: Atlas, query: str) -> ConsortiumView:
    found = consortium(atlas, of(query))
    assert found is not None
    return found


def test_a_link_asks_the_engine_the_same_question(toy: Atlas) -> None:
    found = view(toy, f"{QUERY}&pin=a-college&call=Bridges")
    same = propose(
        toy, field="energy", call="Bridges", cities=2, size=4, pinned=["a-college"], banned=["a-grid"], count=3
    )
    assert repr(found.found) == repr(same)
    assert found.one == found.found.proposals[0] or repr(found.one) == repr(found.found.proposals[0])


def test_filters_of_other_pages_do_not_count(toy: Atlas) -> None:
    assert view(toy, f"{QUERY}&s=politics&f=care&y=2020-2021").found is view(toy, QUERY).found
    assert asked(toy, of("f=care")) is None
    assert PAGE.counted(of("f=care&s=politics&fd=energy")) == of("fd=energy")


@pytest.mark.parametrize("query", ["", "fd=", "fd=mining", "fd=%00&pin=a&ban=b"])
def test_without_a_field_nothing_is_proposed_and_every_field_is_offered(toy: Atlas, query: str, parts: Any) -> None:
    assert consortium(toy, of(query)) is None
    assert finding(toy, None, translator("en")).startswith("Choose a field")
    offered = [part["props"].get("data-set") for part in parts(field_choice(toy, translator("en")))]
    assert [one for one in offered if one] == ["fd=energy", "fd=care"]
    stated = {field: set() for field in ("energy", "care")}
    for actor, field in zip(toy.tables.actor_fields["actor_id"], toy.tables.actor_fields["field_id"], strict=True):
        stated[field].add(actor)
    # some have a field through projects alone
    assert all(n >= len(stated[field]) for field, n in workers(toy).items())


def test_what_the_region_does_not_have_is_left_out_and_told(toy: Atlas) -> None:
    wish = asked(toy, of("fd=energy&pin=gone,a-works,a-town&ban=a-town,lost&call=Nowhere"))
    assert wish is not None
    assert (wish.pinned, wish.banned, wish.unknown) == (("a-works",), ("a-town",), ("lost", "gone"))
    assert (wish.call, wish.lost_call) == ("", "Nowhere")


def test_an_actor_outside_the_region_cannot_be_held(ruhr: Atlas) -> None:
    inside = ruhr.material.municipalities.inside
    actor = str(ruhr.positions.index[~inside][0])
    wish = asked(ruhr, of(f"fd=green&pin={actor}"))
    assert wish is not None
    assert (wish.pinned, wish.outside) == ((), (actor,))


def test_more_held_than_members_makes_room_for_them(toy: Atlas) -> None:
    held = "a-works,a-college,c-motors,a-town"
    found = view(toy, f"fd=energy&sz=2&pin={held}")
    assert found.asked.raised
    assert found.one is not None
    assert {member.actor_id for member in found.one.members} == set(held.split(","))


def test_the_number_of_a_proposal_that_is_not_there_shows_the_last(toy: Atlas) -> None:
    found = view(toy, f"{QUERY}&alt=9")
    assert found.number == len(found.found.proposals)


def test_what_is_lacking_and_why(toy: Atlas) -> None:
    # both councils left out: no politics; two members cannot be of three further sectors
    found = view(toy, "fd=care&ban=a-council,c-council&k=9")
    assert Lack("sector", "banned", sector="politics", banned=("a-council", "c-council")) in found.lacks
    assert Lack("cities", "found", have=3) in found.lacks
    small = view(toy, "fd=care&sz=2&k=3")
    assert {lack.cause for lack in small.lacks} == {"size"}
    assert [lack.what for lack in small.lacks].count("sector") == 3


@BOTH
def test_a_lack_comes_with_buttons_that_mend_it(toy: Atlas, parts: Any, language: str) -> None:
    query = "fd=care&ban=a-council,c-council&sz=2&k=3"
    for _ in range(4):
        selection = of(query)
        layout = html.Div(told(toy, view(toy, query), translator(language)))
        offered = [part["props"]["data-set"] for part in parts(layout) if part["props"].get("data-set")]
        lacking = view(toy, query).lacks
        if not lacking:
            break
        assert offered
        query = "&".join([selection.to_query(), offered[0]])
    assert view(toy, query).lacks == ()


@BOTH
def test_every_member_is_explained_in_sentences(ruhr: Atlas, language: str) -> None:
    tr = translator(language)
    for field in ruhr.region.field_ids:
        found = view(ruhr, f"fd={field}&k=4")
        assert found.one is not None
        for member in found.one.members:
            text = why(ruhr, found, member, tr)
            assert text.endswith(".")
            assert ".." not in text
            assert not re.search(r"None|nan|\{|\}", text)
            names = {one.actor_id: one.name for one in found.one.members}
            assert all(names[other] in text for other in member.tied_to)


def test_a_reason_by_hand(toy: Atlas) -> None:
    found = view(toy, QUERY)
    assert found.one is not None
    told_of = {member.actor_id: why(toy, found, member, translator("en")) for member in found.one.members}
    assert told_of["a-college"] == (
        "A source states that it works on Energy. The only one here of its sector. "
        "Tied to Stadt Ahausen and Ahauser Werke AG."
    )


def test_the_list_leads_to_profiles_and_sources_and_holds_or_leaves_out(toy: Atlas, parts: Any) -> None:
    found = view(toy, f"{QUERY}&pin=a-works")
    assert found.one is not None
    layout = parts(html.Div(member_list(toy, found, translator("en"))))
    links = {part["props"].get("href") for part in layout}
    assert {profile_path("actor", member.actor_id, "en") for member in found.one.members} <= links
    acts = {
        (part["props"]["data-act"], part["props"]["data-actor"]): part["props"]
        for part in layout
        if "data-act" in part["props"]
    }
    assert len(acts) == 2 * len(found.one.members)
    assert acts["hold", "a-works"]["data-set"] == "pin=&alt="
    assert acts["hold", "a-college"]["data-set"] == "pin=a-works,a-college&alt="
    assert acts["out", "a-works"]["data-set"] == "ban=a-grid,a-works&pin=&alt="
    # the name by which a button is called begins with what stands on it
    assert all(one["aria-label"].startswith(one["children"]) for one in acts.values())
    taken = [
        part["props"]["data-set"]
        for part in parts(html.Div(chips(toy, found.asked, translator("en"))))
        if "data-set" in part["props"]
    ]
    assert taken == ["pin=&alt=", "ban=&alt="]


@BOTH
def test_pairs_say_what_is_recorded(toy: Atlas, language: str) -> None:
    found = view(toy, QUERY)
    names = dict(zip(toy.tables.actors["actor_id"], toy.tables.actors["name"], strict=True))
    tied = [link for link in found.links if link.ties or link.projects]
    assert found.one is not None
    assert len(tied) == found.one.tied_pairs
    assert len(found.links) - len(tied) == len(found.one.bridges)
    for link in found.links:
        assert link.sources
        assert names[link.one] in link_line(link, names, translator(language))


def test_the_picture_has_every_member_once_and_a_line_for_every_pair(ruhr: Atlas) -> None:
    selection = of("fd=logistics&k=4&pin=universitaet-duisburg-essen&lang=en")
    found = view(ruhr, selection.to_query())
    figure = drawn(ruhr, selection, found, translator("en"))
    nodes = [trace["customdata"][0] for trace in figure["data"] if trace["mode"] == "markers+text"]
    assert found.one is not None
    assert sorted(nodes) == sorted(member.actor_id for member in found.one.members)
    lines = [trace for trace in figure["data"] if trace["mode"] == "lines"]
    assert len(lines) == len(found.links)
    dashes = {"solid": 0, "dash": 0, "dot": 0}
    for line in lines:
        dashes[line["line"]["dash"]] += 1
    assert dashes["solid"] == sum(bool(link.ties) for link in found.links)
    assert dashes["dot"] == sum(not (link.ties or link.projects) for link in found.links)
    held = [
        trace["marker"]["line"]["width"]
        for trace in figure["data"]
        if trace.get("customdata") == ["universitaet-duisburg-essen"]
    ]
    assert held == [4]
    assert rows(found) >= found.one.cities


def test_no_line_runs_through_a_third(ruhr: Atlas) -> None:
    for field in ruhr.region.field_ids:
        selection = of(f"fd={field}")
        found = view(ruhr, selection.to_query())
        data = drawn(ruhr, selection, found, translator("en"))["data"]
        at = {
            trace["customdata"][0]: (trace["x"][0], trace["y"][0]) for trace in data if trace["mode"] == "markers+text"
        }
        for link, line in zip(found.links, (trace for trace in data if trace["mode"] == "lines"), strict=True):
            for actor in at.keys() - {link.one, link.other}:
                near = min(
                    math.hypot(2.5 * (x - at[actor][0]), y - at[actor][1])
                    for x, y in zip(line["x"], line["y"], strict=True)
                )
                assert near > CLEAR / 4, (field, link.one, link.other, actor)


def test_a_sector_without_a_member_says_so_in_its_column(toy: Atlas) -> None:
    selection = of("fd=care&ban=a-council,c-council")
    figure = drawn(toy, selection, view(toy, selection.to_query()), translator("en"))
    heads = figure["layout"]["xaxis"]["ticktext"]
    assert [head for head in heads if "no member" in head] == ["Politics<br><i>no member</i>"]


def test_colours_are_those_of_the_field_that_a_member_brings(toy: Atlas) -> None:
    found = view(toy, "fd=energy")
    assert found.one is not None
    brought = {member.actor_id: brings(found, member) for member in found.one.members}
    for member in found.one.members:
        expected = {"stated": "energy", "derived": "energy", "related": member.through, "none": ""}[member.basis]
        assert brought[member.actor_id] == expected


@BOTH
def test_tables_have_what_the_picture_shows_with_sources(ruhr: Atlas, language: str) -> None:
    selection, tr = of(f"fd=green&lang={language}"), translator(language)
    found = view(ruhr, selection.to_query())
    assert found.one is not None
    members, ties = member_sheet(ruhr, selection, tr), tie_sheet(ruhr, selection, tr)
    assert [row["id"] for row in members.rows] == [member.actor_id for member in found.one.members]
    assert len(ties.rows) == len(found.one.ties) + len(found.one.projects)
    assert len(bridge_sheet(ruhr, selection, tr).rows) == len(found.one.bridges)
    assert len(proposal_sheet(ruhr, selection, tr).rows) == len(found.found.proposals)
    known = set(ruhr.tables.sources["source_id"])
    for row in (*members.rows, *ties.rows):
        assert set(row["sources"].split("; ")) <= known
        assert row["addresses"].startswith("http")
    assert set(ties.sources) <= known
    assert any("not a ranking" in note or "keine Rangliste" in note for note in ties.notes)
    for sheet in (member_sheet, tie_sheet, bridge_sheet, proposal_sheet):
        assert sheet(ruhr, of(""), tr).rows == []
        assert sheet(ruhr, of(""), tr).notes


def test_a_file_says_what_was_asked_and_that_filters_do_not_count(ruhr: Atlas, browse: Any) -> None:
    client = browse(ruhr).client
    query = "lang=en&fd=green&k=4&f=logistics&ban=emschergenossenschaft"
    for name in ("members", "ties", "bridges", "proposals"):
        text = client.get(f"/export/consortium/{name}.csv?{query}").data.decode("utf-8-sig")
        table = list(csv.reader(io.StringIO(text)))
        assert len(table) > 1
        assert "No filter: the whole region." in table[1][-1]
        assert "Asked: Field Green tech; at least 4 cities" in table[1][-1]
        assert "left out: Emschergenossenschaft" in table[1][-1]
        assert client.get(f"/export/consortium/{name}.xlsx?{query}").status_code == 200


def test_a_change_is_spoken_in_sentences(toy: Atlas) -> None:
    tr, before = translator("en"), of("fd=energy&k=2&sz=4")
    said = spoken(toy, before, of(f"{QUERY}&pin=a-works"), tr)
    assert said.startswith("Held: Ahauser Werke AG. Left out: Netz Ahausen GmbH. Proposal 1. Energy: ")
    assert spoken(toy, of(f"{QUERY}&pin=a-works"), before, tr).startswith("Let go: Ahauser Werke AG. Allowed again: ")
    assert spoken(toy, before, before, tr) == ""
    assert spoken(toy, before, of(""), tr) == finding(toy, None, tr)


def test_nobody_at_all_is_said_with_a_way_on(toy: Atlas, words: Any, parts: Any) -> None:
    everyone = ",".join(toy.tables.actors["actor_id"])
    found = view(toy, f"fd=energy&ban={everyone}")
    assert found.one is None
    layout = html.Div(told(toy, found, translator("en")))
    assert "left out" in words(layout)
    assert "ban=" in [part["props"].get("data-set") for part in parts(layout)]
    assert finding(toy, found, translator("en")) == "Energy: no actor qualifies for a proposal."
