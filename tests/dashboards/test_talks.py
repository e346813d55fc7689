"""Slides opened again, what is sent refused where it must be, the talk in figures of the data."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Inches

from dashboards import slides, slidetable, talks
from dashboards.language import translator
from dashboards.pages import story as page
from dashboards.pages.story import chosen
from dashboards.sitemap import page_at
from dashboards.state import Selection
from dashboards.views.sheet import Column, Sheet
from dashboards.views.talk import missing, step_figures, steps
from ecosystem import story
from ecosystem.model import LANGUAGES, Label
from ecosystem.story import Step, Story

if TYPE_CHECKING:
    from pathlib import Path

    from ecosystem.atlas import Atlas

OWN = {
    "title": {"de": "Eigene", "en": "Own"},
    "steps": [
        {
            "title": {"de": "Eins: {actors}", "en": "One: {actors}"},
            "text": "x",
            "state": "/netz?f=care&lang=en&theme=dark",
        },
        {"title": "Zwei", "state": "/nirgends?zz=1&r=XX111,XX999", "notes": "Merken"},
    ],
}


def png(width: int = 320, height: int = 180) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#1B4F91").save(buffer, "PNG")
    return buffer.getvalue()


def post(client: Any, told: Any, pictures: dict[str, bytes] | None = None, **headers: str) -> Any:
    data: dict[str, Any] = {"told": told if isinstance(told, str) else json.dumps(told)}
    data |= {name: (io.BytesIO(content), f"{name}.png") for name, content in (pictures or {}).items()}
    return client.post("/export/slides.pptx", data=data, headers=headers)


def words(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_a_story_has_a_slide_per_step_with_native_text_picture_and_notes(toy: Atlas, browse: Any) -> None:
    answer = post(browse(toy).client, {"kind": "story", "language": "de", "story": OWN}, {"picture-1": png()})
    assert answer.status_code == 200
    deck = Presentation(io.BytesIO(answer.data))
    assert (deck.slide_width, deck.slide_height) == (Inches(13.333), Inches(7.5))
    title, first, second, basis = deck.slides
    assert title.shapes.title.text == "Eigene"
    assert first.shapes.title.text == "Eins: 5"
    (picture,) = [shape for shape in first.shapes if shape.shape_type == 13]
    assert picture.width / picture.height == pytest.approx(320 / 180, rel=0.01)
    assert picture._element.nvPicPr.cNvPr.get("descr")
    for told in (words(first), first.notes_slide.notes_text_frame.text):
        assert toy.version in told
        assert "Filter: Themenfeld: " in told
        assert "5 Akteure" in told
    assert "http://localhost/netz?lang=de&f=care" in first.notes_slide.notes_text_frame.text
    assert second.notes_slide.notes_text_frame.text.startswith("Merken")
    assert basis.shapes.title.text == "Worauf das beruht"
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height + 10


def test_a_view_is_one_slide(toy: Atlas, browse: Any) -> None:
    told = {"kind": "view", "language": "en", "state": "/netz?s=science", "title": "Network", "text": "12 actors."}
    deck = Presentation(io.BytesIO(post(browse(toy).client, told, {"picture-1": png(400, 100)}).data))
    (slide,) = deck.slides
    assert slide.shapes.title.text == "Network"
    assert "12 actors." in words(slide)
    assert "Sector: Research" in words(slide)


def test_where_no_picture_can_be_had_the_rows_stand_on_the_slide(toy: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"id": str(i), "name": f"Stadt {i}", "part": i / 20 if i else float("nan")} for i in range(14)]
    sheet = Sheet("Rows", (Column("name", "City"), Column("part", "Share", "share")), rows)
    monkeypatch.setattr(page, "SHEETS", {"rows": lambda *_: sheet})
    talk = Story(Label("A", "A"), "", (Step(Label("B", "B"), Label("C", "C"), "/story", Label("", "")),))
    deck = Presentation(io.BytesIO(slides.file(toy, talk, "en")))
    (table,) = [shape.table for shape in deck.slides[1].shapes if shape.has_table]
    assert [[cell.text for cell in row.cells] for row in table.rows][:3] == [
        ["City", "Share"], ["Stadt 0", "–"], ["Stadt 1", "5%"],
    ]  # fmt: skip
    assert len(table.rows) == slidetable.MOST_ROWS + 1
    assert "The first 10 of 14 rows." in words(deck.slides[1])


@pytest.mark.parametrize(
    ("told", "pictures", "headers", "status"),
    [
        ("{", {}, {}, 400),
        ("[]", {}, {}, 400),
        ({"kind": "story", "story": {"title": "x"}}, {}, {}, 400),
        ({"kind": "story", "story": OWN}, {"picture-1": b"GIF89a"}, {}, 415),
        ({"kind": "story", "story": OWN}, {"picture-1": png()[:60]}, {}, 415),
        ({"kind": "story", "story": OWN}, {"picture-1": png(6001, 1)}, {}, 413),
        ({"kind": "story", "story": OWN}, {"picture-x": png()}, {}, 400),
        ({"kind": "story", "story": OWN}, {f"picture-{n}": png() for n in range(13)}, {}, 413),
        ({"kind": "story", "story": OWN}, {"picture-1": png() + b"\0" * 50_000}, {}, 413),
        ({"kind": "story", "story": OWN}, {}, {"Origin": "http://elsewhere.example"}, 403),
        ({"kind": "story", "story": OWN}, {}, {"Origin": "null"}, 403),
        ({"kind": "story", "story": OWN}, {}, {"Sec-Fetch-Site": "cross-site"}, 403),
        ({"kind": "story", "story": OWN}, {}, {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 200),
        # this region has no talk of its own
        ({"kind": "story"}, {}, {}, 404),
    ],
)
def test_what_is_sent_is_looked_at_first(
    toy: Atlas,
    browse: Any,
    monkeypatch: pytest.MonkeyPatch,
    told: Any,
    pictures: dict[str, bytes],
    headers: dict[str, str],
    status: int,
) -> None:
    # of a size that the test's client keeps in memory
    monkeypatch.setattr(talks, "MOST_BYTES", 40_000)
    assert post(browse(toy).client, told, pictures, **headers).status_code == status


def test_a_story_goes_to_a_file_and_comes_back(toy: Atlas, ruhr: Atlas, browse: Any) -> None:
    answer = browse(toy).client.post("/export/story.yaml", json={"story": OWN})
    found, faults = story.parse(answer.data)
    assert faults == ()
    assert found == story.read(OWN)[0]
    assert (
        browse(toy)
        .client.post("/export/story.yaml", json={"story": OWN}, headers={"Origin": "http://x.example"})
        .status_code
        == 403
    )
    assert browse(toy).client.get("/export/story.json").get_json() is None
    assert story.read(browse(ruhr).client.get("/export/story.json").get_json())[0] == ruhr.tables.talk


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_window_of_notes_asks_nobody(toy: Atlas, browse: Any, language: str) -> None:
    text = browse(toy).client.get(f"/export/notes.html?lang={language}").text
    assert f'<html lang="{language}">' in text
    assert "[[" not in text
    assert "http" not in text


def test_figures_are_counted_under_the_filters_of_the_step(toy: Atlas) -> None:
    tr = translator("en")
    assert step_figures(toy, Selection.from_query("f=care"), tr)["actors"] == "5"
    whole = step_figures(toy, Selection(), tr)
    assert {name: whole[name] for name in ("actors", "municipalities", "fields", "projects", "clusters")} == {
        "actors": "12", "municipalities": "3", "fields": "2", "projects": "5", "clusters": "2",
    }  # fmt: skip
    assert set(whole) == set(story.FIGURES)
    assert step_figures(toy, Selection.from_query("f="), tr)["intercity"] == "–"


def test_a_step_leaves_to_the_reader_what_is_the_reader_s(toy: Atlas) -> None:
    found, _ = story.read(OWN)
    assert found is not None
    first, second = steps(toy, found, translator("en"))
    assert (first.title, first.path, first.query, first.step_link) == (
        "One: 5",
        "/netz",
        "f=care",
        "/netz?f=care&step=1",
    )
    assert (second.missing, second.selection.places) == (("XX999", "zz"), ("XX111", "XX999"))


@pytest.mark.parametrize(
    ("query", "lost"),
    [
        ("f=care,mining&s=army&cl=c99&r=XX111", ("mining", "army", "c99")),
        ("sel=place:gone&focus=actor:gone", ("place:gone", "actor:gone")),
        ("fd=mining&pl=XX111", ("mining",)),
        ("f=care,-&s=science&sel=place:XX111&focus=actor:a-town", ()),
    ],
)
def test_what_a_view_names_and_the_data_lack_is_told(toy: Atlas, query: str, lost: tuple[str, ...]) -> None:
    assert missing(toy, Selection.from_query(query)) == lost


@pytest.mark.parametrize("own", [None, "", "{", "7", '"x"', json.dumps({"title": "x", "steps": []}), 7, ["x"]])
def test_what_a_browser_kept_and_nobody_can_read_is_the_region_s_story(ruhr: Atlas, own: Any) -> None:
    assert chosen(ruhr, own) == ruhr.tables.talk
    assert chosen(ruhr, json.dumps(OWN)) != ruhr.tables.talk


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_the_ruhr_opens_a_page_and_misses_nothing(ruhr: Atlas, language: str) -> None:
    assert ruhr.tables.talk is not None
    for step in steps(ruhr, ruhr.tables.talk, translator(language)):
        assert page_at(step.path) is not None, step.path
        assert step.missing == (), step.number
        assert "{" not in step.title + step.text + step.notes
        assert "–" not in step.text


def test_what_the_ruhr_s_talk_says_is_what_the_data_say(ruhr: Atlas) -> None:
    cells = ruhr.specialisation(level="district").frame(None)
    supported = {(row.place_name, row.field) for row in cells[cells["state"] == "specialised, supported"].itertuples()}
    assert {
        ("Duisburg", "logistics"), ("Kreis Wesel", "logistics"), ("Bochum", "health"), ("Gelsenkirchen", "urban"),
        ("Mülheim an der Ruhr", "industry"), ("Ennepe-Ruhr-Kreis", "industry"), ("Essen", "green"),
        ("Kreis Recklinghausen", "green"),
    } <= supported  # fmt: skip
    assert {place for place, field in supported if field == "digital"} == {"Bochum", "Dortmund"}
    pairs = ruhr.coordination(level="district").frames["pairs"]
    (pair,) = pairs[
        (pairs["layer"] == "direct") & (pairs["place"] == "05112") & (pairs["partner"] == "05913")
    ].itertuples()
    assert pair.quadrant == "similar and untied"
    assert pair.ties < pair.expected
    tr = translator("en")
    share = {
        field: float(step_figures(ruhr, Selection(fields=(field,)), tr)["intercity"].rstrip("%"))
        for field in ("logistics", "industry")
    }
    assert share["logistics"] < 50 < share["industry"]
    assert ruhr.tables.projects["year"].max() == 2015
    central = ruhr.brokerage().frame(None).nlargest(5, "betweenness")["actor"].tolist()
    assert {"universitaet-duisburg-essen", "ruhr-universitaet-bochum", "h2-netzwerk-ruhr-e-v"} <= set(central)


def test_the_ruhr_s_talk_opens_in_libreoffice(ruhr: Atlas, tmp_path: Path) -> None:
    office, counter = shutil.which("soffice"), shutil.which("pdfinfo")
    if not office or not counter:
        pytest.skip("no LibreOffice or poppler: apt-get install libreoffice-impress poppler-utils")
    assert ruhr.tables.talk is not None
    pictures = {one.number: png(1600, 900) for one in steps(ruhr, ruhr.tables.talk, translator("de"))}
    (tmp_path / "talk.pptx").write_bytes(slides.talk(ruhr, ruhr.tables.talk, translator("de"), pictures))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    order = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "talk.pptx"),
    ]
    subprocess.run(order, check=True, capture_output=True, timeout=180)
    told = subprocess.run([counter, str(tmp_path / "talk.pdf")], check=True, capture_output=True, text=True).stdout
    assert "Pages:           10" in told


def test_a_region_without_a_talk_says_how_to_begin_one(toy: Atlas, browse: Any, parts: Any) -> None:
    browser = browse(toy)
    (output,) = [name for name in browser.callbacks if "story-cards" in name]
    found = browser.answer(output, {"story-own.data": None, "language.data": "en"})
    assert found["story-cards"]["children"] == []
    assert "no story yet" in found["story-finding"]["children"]
    found = browser.answer(output, {"story-own.data": json.dumps(OWN), "language.data": "en"})
    assert len([part for part in parts(found["story-cards"]["children"]) if part["type"] == "H3"]) == 2


def test_a_talk_of_other_data_is_shown_with_what_is_left(ruhr: Atlas) -> None:
    assert ruhr.tables.talk is not None
    gone = replace(ruhr.tables.talk.steps[0], state="/netz?f=mining,logistics")
    (step,) = steps(ruhr, replace(ruhr.tables.talk, steps=(gone,)), translator("de"))
    assert step.missing == ("mining",)
    assert step.selection.fields == ("mining", "logistics")


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_table_reaches_over_the_foot_of_its_slide(ruhr: Atlas, language: str) -> None:
    assert ruhr.tables.talk is not None
    deck = Presentation(io.BytesIO(slides.file(ruhr, ruhr.tables.talk, language)))
    tables = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert len(tables) == len(ruhr.tables.talk.steps)
    for shape in tables:
        assert shape.top + sum(row.height for row in shape.table.rows) <= Inches(slides.FOOT)
        assert (
            shape.left + sum(column.width for column in shape.table.columns) <= Inches(slides.WIDTH - slides.MARGIN) + 9
        )
        assert len(shape.table.rows) > 4


def test_a_table_without_room_loses_columns_and_rows_but_never_all() -> None:
    columns = (Column("a", "Explanation of everything"), Column("b", "Akteurskonstellationen", "number"))
    sheet = Sheet("Rows", columns, [{"a": "so many words that two lines cannot hold them " * 4, "b": 1.0}] * 30)
    found = slidetable.fitted(sheet, lambda value, _: str(value), 2.0, 1.0)
    assert [column.key for column in found.columns] == ["a"]
    assert found.rows == 1
    assert found.lines[1][0].endswith("…")
