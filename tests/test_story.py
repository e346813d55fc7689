"""The talk of a region: read at the border with every fault named, written in one form, no part of the data version."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem import story, tables
from ecosystem.errors import Severity, StoryError, TablesError
from ecosystem.model import Label
from ecosystem.regions import locate
from ecosystem.story import Step, Story

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
title: {de: Zwei Felder, en: Two fields}
steps:
  - title: {de: Anfang, en: Beginning}
    text: {de: "{actors} Akteure", en: "{actors} actors"}
    state: "http://127.0.0.1:8050/netz?f=care&lang=en"
  - title: Ende
    state: /daten
    notes: {de: Danke, en: Thanks}
"""
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
LABELS = st.builds(Label, WORDS.filter(str.strip), WORDS.filter(str.strip))
STATES = st.sampled_from(["/", "/netz?f=care", "/polyzentrik?ms=lq&sel=cell:XX111.care"])
STORIES = st.builds(
    Story, LABELS, WORDS, st.lists(st.builds(Step, LABELS, LABELS, STATES, LABELS), min_size=1, max_size=4).map(tuple)
)


def faults(text: str) -> list[tuple[str, str, Severity]]:
    return [(one.column, one.cure, one.severity) for one in story.parse(text.encode())[1]]


def test_a_talk_is_read_in_both_languages_and_without_the_host_it_was_copied_at() -> None:
    found, told = story.parse(GOOD.encode())
    assert told == ()
    assert found == Story(
        Label("Zwei Felder", "Two fields"),
        "",
        (
            Step(
                Label("Anfang", "Beginning"), Label("{actors} Akteure", "{actors} actors"), "/netz?f=care&lang=en",
                Label("", ""),
            ),
            Step(Label("Ende", "Ende"), Label("", ""), "/daten", Label("Danke", "Thanks")),
        ),
    )  # fmt: skip


@given(STORIES)
def test_what_is_written_is_read_again(told: Story) -> None:
    assert story.parse(story.text(told).encode()) == (told, ())
    assert story.read(story.record(told)) == (told, ())


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_file_is_answered_with_a_story_or_with_faults(content: bytes) -> None:
    found, told = story.parse(content)
    assert found is not None or [one for one in told if one.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("before", "after", "where", "cure"),
    [
        ("title: Ende", "titel: Ende", "steps[2].title", "Write title"),
        ("title: Ende", "title: [1, 2]", "steps[2].title.de", "Put it in quotes"),
        ("state: /daten", "state: daten", "steps[2].state", "Copy it with"),
        ("state: /daten", "state: 7", "steps[2].state", "Copy it with"),
        ("state: /daten", "state: //elsewhere.example/x", "steps[2].state", "Copy it with"),
        ("state: /daten", "state: 'http://['", "steps[2].state", "Copy it with"),
        ("notes: {de: Danke, en: Thanks}", f"notes: {'x' * 7000}", "steps[2].notes.de", "Shorten it"),
        ("title: {de: Zwei Felder, en: Two fields}", "data_version: 2026.11", "title", "Write title"),
        ("steps:", "step:", "steps", "Add “- title"),
    ],
)
def test_an_error_names_step_and_cure(before: str, after: str, where: str, cure: str) -> None:
    assert before in GOOD
    changed = GOOD.replace(before, after)
    assert story.parse(changed.encode())[0] is None
    assert [one for one in faults(changed) if one[0] == where and cure in one[1] and one[2] is Severity.ERROR]


def test_what_does_no_harm_is_a_warning() -> None:
    text = GOOD.replace("{de: Danke, en: Thanks}", "{de: Danke}").replace("state: /daten", "stat: x\n    state: /daten")
    found, told = story.parse(text.encode())
    assert found is not None
    assert found.steps[1].notes == Label("Danke", "Danke")
    assert {(one.column, one.severity) for one in told} == {
        ("steps[2].notes.en", Severity.WARNING), ("steps[2].stat", Severity.WARNING),
    }  # fmt: skip
    assert "Did you mean state?" in {one.cure for one in told}


def test_a_file_that_would_fill_the_memory_is_refused() -> None:
    bomb = "a: &a [x]\nb: &b [*a, *a]\ntitle: *b\nsteps: []"
    assert "aliases" in faults(bomb)[0][1].lower()
    assert story.parse(b"#" * (story.MOST_BYTES + 1))[0] is None
    assert story.parse(b"[" * 5000)[0] is None
    assert story.parse(b"title: !!python/object/apply:os.getcwd []\nsteps: []")[0] is None
    many = "title: x\nsteps:\n" + "- {title: a, state: /}\n" * (story.MOST_STEPS + 1)
    assert ("steps", Severity.ERROR) in {(one[0], one[2]) for one in faults(many)}


def test_a_line_of_broken_yaml_is_named() -> None:
    (fault,) = story.parse(b"title: a: b\nsteps: []")[1]
    assert (fault.file, fault.row, fault.expected) == ("story.yaml", 1, "valid YAML")


def test_the_ruhr_s_talk_has_eight_steps_in_both_languages_and_its_one_form() -> None:
    path = locate("ruhr") / story.FILE
    found = story.load(path)
    assert len(found.steps) == 8
    assert path.read_bytes() == story.text(found).encode()
    for one in found.steps:
        for label in (one.title, one.text, one.notes):
            assert label.de != label.en
            assert label.de
            assert label.en
        assert "Frage an die Runde" in one.notes.de
        named = {part.split("}")[0] for part in one.text.de.split("{")[1:]}
        assert named <= set(story.FIGURES)
        assert named == {part.split("}")[0] for part in one.text.en.split("{")[1:]}


def test_a_talk_is_no_part_of_the_data_version(tmp_path: Path) -> None:
    folder = tmp_path / "toy"
    shutil.copytree(locate("toy"), folder)
    without = tables.read(folder)
    (folder / story.FILE).write_text(GOOD, encoding="utf-8")
    with_talk = tables.read(folder)
    assert without.talk is None
    assert with_talk.talk is not None
    assert with_talk.digest == without.digest
    copy = tmp_path / "copy"
    tables.write(with_talk, copy)
    assert tables.read(copy).talk == with_talk.talk
    tables.write(without, copy)
    assert not (copy / story.FILE).exists()


def test_a_broken_talk_is_reported_with_the_tables(tmp_path: Path) -> None:
    folder = tmp_path / "toy"
    shutil.copytree(locate("toy"), folder)
    (folder / story.FILE).write_text("title: x\nsteps: [7]", encoding="utf-8")
    assert [(one.file, one.column) for one in tables.inspect(folder)] == [("story.yaml", "steps[1]")]
    with pytest.raises(TablesError, match=r"story\.yaml"):
        tables.read(folder)
    with pytest.raises(StoryError, match=r"steps\[1\]"):
        story.load(folder / story.FILE)
    with pytest.raises(StoryError, match="cannot be read"):
        story.load(folder / "gone.yaml")
