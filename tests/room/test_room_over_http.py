"""The room over HTTP: what phones, operator and projector get, in both languages, and what a closed house offers."""

from __future__ import annotations

import csv
import io
import json
import re
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dashboards.app import create_app
from dashboards.language import translator
from dashboards.room import sentences
from ecosystem import workshop
from ecosystem.model import LANGUAGES
from ecosystem.scenario.files import loads
from ecosystem.workshop import SENTENCES, Kind, Outcome, Phase, Status, Why, new_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecosystem.atlas import Atlas

STATIC = Path(sentences.__file__).parent / "static"
BOTH = pytest.mark.parametrize("language", LANGUAGES)


def test_the_public_dashboard_has_no_write_path(toy: Atlas) -> None:
    server = create_app(toy).server
    assert [rule.rule for rule in server.url_map.iter_rules() if rule.rule.startswith("/r/")] == []
    client = server.test_client()
    for path in ("/r/TOYROOM/join", "/r/TOYROOM/propose", "/r/TOYROOM/operator/accept", "/r/TOYROOM/operator/login"):
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(path, data={"secret": "x"}).status_code in {404, 405}
    # what may be posted to it gives something back and keeps nothing
    writing = {
        rule.rule
        for rule in server.url_map.iter_rules()
        if (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}
    }
    assert writing == {"/_dash-update-component", "/export/slides.pptx", "/export/story.yaml"}


@BOTH
def test_a_proposal_goes_from_phone_to_projector(house: Any, language: str) -> None:
    phone, operator = house.phone(), house.operator()
    answer = house.lab(phone, name="Köln & <Söhne>", reason='"why" <b>not</b>')
    assert answer.status_code == 200
    assert "1" in answer.get_json()["said"]
    queue = operator.client.get(f"{house.base}/operator/state?lang={language}").get_json()["parts"]["queue"]
    assert "Köln &amp; &lt;Söhne&gt;" in queue
    assert "<b>not</b>" not in queue
    tag = house.visitor("/screen")
    before = tag.look().get_json()["parts"]
    assert tag.look().status_code == 304
    assert operator.send("accept", number=1).status_code == 200
    began = time.monotonic()
    after = tag.look().get_json()["parts"]
    assert time.monotonic() - began < 2
    assert "Köln &amp; &lt;Söhne&gt;" not in before["picture"]
    for part in ("picture", "board"):
        assert "Köln &amp; &lt;Söhne&gt;" in after[part], part
    assert "#7B4F00" in after["picture"]  # the colour of table 3
    mine = phone.look().get_json()["parts"]["mine"]
    assert 'class="accepted"' in mine


def test_phones_hear_nothing_of_what_waits_and_of_others_own_proposals(house: Any) -> None:
    one, other = house.phone(1), house.phone(2)
    assert other.look().status_code == 200
    house.lab(one, name="Secret until accepted")
    assert other.look().status_code == 304
    assert "Secret until accepted" in one.look().get_json()["parts"]["mine"]
    assert "Secret until accepted" not in house.visitor("/screen").open().text


def test_rejected_with_a_word_and_taken_back_again(house: Any) -> None:
    phone, operator = house.phone(), house.operator()
    house.lab(phone, name="One")
    house.lab(phone, name="Two")
    assert operator.send("reject", number=1, note="known under another name").status_code == 200
    assert operator.send("accept", number=2).status_code == 200
    assert "known under another name" in phone.look().get_json()["parts"]["mine"]
    assert operator.send("withdraw", number=2).status_code == 200
    assert [one.status for one in house.at().proposals] == [Status.REJECTED, Status.WITHDRAWN]
    assert operator.send("theme", number=1, theme="Labs").status_code == 200


def test_a_workshop_from_join_to_record(house: Any, toy: Atlas) -> None:
    phones, operator = [house.phone(table) for table in (1, 2, 3)], house.operator()
    house.lab(phones[0], field=["energy"])
    operator.send("accept", number=1)
    known = str(toy.tables.actors["name"].iloc[0])
    tie = {"kind": "tie", "source": "New lab", "relation": "cooperates_with", "target": known}
    assert phones[1].send("propose", **tie, reason="=HYPERLINK(1)").status_code == 200
    operator.send("accept", number=2)
    operator.send("phase", phase="weigh")
    fields = toy.region.field_ids
    for phone in phones:
        dots = {f"dots-{field}": 0 for field in fields} | {"dots-energy": 4}
        assert phone.send("dots", **dots).status_code == 200
    operator.send("phase", phase="decide")
    for phone, weight in zip(phones, (1, 1, -1), strict=True):
        assert phone.send("vote", number=1, weight=weight).status_code == 200
    assert operator.send("decide", number=1, outcome="taken", text="in spring").status_code == 200
    parts = house.visitor("/screen").look().get_json()["parts"]
    assert "in spring" in parts["log"]
    assert 'value="12"' in parts["counts"]
    pack = zipfile.ZipFile(io.BytesIO(operator.client.get(f"{house.base}/operator/record.zip?lang=en").data))
    scenario = loads(pack.read("scenario.json").decode())
    assert scenario == house.at().scenario
    assert scenario.base == toy.version

    def table(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(pack.read(name).decode("utf-8-sig"))))

    assert [(row["No."], row["Status"], row["For"], row["Against"]) for row in table("proposals.csv")] == [
        ("1", "accepted", "2", "1"), ("2", "accepted", "0", "0"),
    ]  # fmt: skip
    # what a spreadsheet would run is text
    assert table("proposals.csv")[1]["Reason"] == "'=HYPERLINK(1)"
    assert [row["Dots"] for row in table("votes.csv") if row["Dots"]] == [
        "12" if one == "energy" else "0" for one in fields
    ]
    assert [(row["Decision"], row["Note"]) for row in table("decisions.csv")] == [("taken up", "in spring")]
    changed = {(row["Of"], row["Measure"]): row["Change"] for row in table("comparison.csv")}
    assert changed["Region", "Actors"] == "1"
    assert changed["Region", "Direct ties"] == "1"
    assert "recorded facts" in pack.read("README.txt").decode()
    assert [row["What happened"] for row in table("events.csv")][-1] == "decided"


def texts(pptx: bytes) -> str:
    from pptx import Presentation

    found = []
    for slide in Presentation(io.BytesIO(pptx)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            elif shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


@BOTH
def test_slides_and_pages_say_what_was_accepted_and_what_it_rests_on(house: Any, toy: Atlas, language: str) -> None:
    phone, operator = house.phone(), house.operator()
    # markup of the page writer, and a sign its font lacks
    for name in ("Lab <b>&</b> Co", "Łab", "Rejected <para>"):
        assert house.lab(phone, name=name, reason="x" * 400).status_code == 200
    for number in (1, 2):
        operator.send("accept", number=number)
    operator.send("reject", number=3)
    slides = texts(operator.client.get(f"{house.base}/operator/record.pptx?lang={language}").data)
    tr = translator(language)
    for told in ("Lab <b>&</b> Co", "Łab", toy.version, tr("Scenario, not recorded facts."), tr("What this rests on")):
        assert told in slides
    assert "Rejected" not in slides
    pages = operator.client.get(f"{house.base}/operator/record.pdf?lang={language}")
    assert pages.data.startswith(b"%PDF-")
    assert pages.mimetype == "application/pdf"
    assert json.loads(operator.client.get(f"{house.base}/operator/record.json").data)["schema"] == 1


def test_an_empty_room_has_a_record_too(house: Any) -> None:
    operator = house.operator()
    for ending in ("zip", "pptx", "pdf", "csv", "json"):
        assert operator.client.get(f"{house.base}/operator/record.{ending}").status_code == 200
    assert operator.client.get(f"{house.base}/operator/record.exe").status_code == 400


def test_only_the_operator_gets_the_queue_and_the_record(house: Any) -> None:
    phone = house.phone()
    house.lab(phone)
    for path in ("operator/state", "operator/record.zip"):
        assert phone.client.get(f"{house.base}/{path}").status_code == 403
    page = phone.client.get(f"{house.base}/operator").text
    assert "New lab" not in page
    assert house.visitor().client.get(f"{house.base}/state").status_code == 403
    assert house.visitor().client.get(f"{house.base}/actors?q=town").status_code == 403


def test_signing_in_gives_a_new_token_and_signing_out_ends_it(house: Any) -> None:
    operator = house.visitor("/operator")
    before = operator.client.get_cookie("operator", path=f"{house.base}/operator")
    assert operator.send("login", secret="a secret of the tests").status_code == 200
    after = operator.client.get_cookie("operator", path=f"{house.base}/operator")
    assert before
    assert after
    assert before.value != after.value
    operator.open()
    assert operator.look().status_code == 200
    assert operator.send("logout").status_code == 200
    assert operator.client.get(f"{house.base}/operator/state").status_code == 403


@BOTH
def test_pages_are_light_and_keep_to_the_policy(house: Any, language: str) -> None:
    phone, operator = house.phone(), house.operator()
    for number in range(1, 16):
        house.lab(phone, name=f"Laboratory of the tests number {number}", reason="because it is missing")
        operator.send("accept", number=number)
    pages = {
        "join": house.visitor().open(f"?lang={language}"),
        "phone": phone.open(f"?lang={language}"),
        "login": house.visitor("/operator").open(f"?lang={language}"),
        "operator": operator.open(f"?lang={language}"),
        "screen": house.visitor("/screen").open(f"?lang={language}"),
    }
    for name, page in pages.items():
        assert page.status_code == 200, name
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        for header, value in {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cache-Control": "no-store",
        }.items():
            assert page.headers[header] == value
        assert not re.search(
            r"<script(?! src=)|<style|\sstyle=|\son\w+=|javascript:|https?://(?!127\.0\.0\.1)", page.text
        ), name
        assert f'<html lang="{language}"' in page.text
        cookies = page.headers.getlist("Set-Cookie")
        assert all("HttpOnly" in one and "SameSite=Lax" in one and f"Path={house.base}" in one for one in cookies)
    weight = len(pages["phone"].data) + sum((STATIC / name).stat().st_size for name in ("room.css", "room.js"))
    assert weight <= 100_000


@BOTH
def test_no_page_mixes_languages(house: Any, language: str) -> None:
    phone, operator = house.phone(), house.operator()
    house.lab(phone)
    operator.send("accept", number=1)
    other = {"de": ("Accept", "Table", "Propose", "Agenda"), "en": ("Annehmen", "Tisch", "Vorschlagen", "Ablauf")}[
        language
    ]
    for page in (phone.open(f"?lang={language}"), operator.open(f"?lang={language}")):
        shown = re.sub(r"<[^>]*>", " ", page.text)
        for word in other:
            if language == "de" and word == "Agenda":
                continue
            assert not re.search(rf"\b{word}\b", shown), word


def test_a_phone_weighs_little_in_the_default_region_too(ruhr: Atlas, tmp_path: Path) -> None:
    from dashboards.room.hall import Hall
    from dashboards.room.serve import register

    database = workshop.Database.open(f"sqlite:///{tmp_path / 'ruhr.sqlite'}")
    workshop.open_room(
        database, region="ruhr", base=ruhr.version, title="", secret="long enough", host="", port=1, address="http://a",
        code="RUHR",
    )  # fmt: skip
    server = create_app(ruhr).server
    hall = Hall(database, ruhr, "RUHR")
    register(server, hall)
    client, token = server.test_client(), new_token()
    workshop.join(database, "RUHR", token, new_token(), table=1, role="science")
    client.set_cookie("room", token, path="/r/RUHR")
    page = client.get("/r/RUHR?lang=de")
    assert "Platz nehmen" not in page.text
    assert len(page.data) + sum((STATIC / name).stat().st_size for name in ("room.css", "room.js")) <= 100_000
    found = client.get("/r/RUHR/actors?q=ruhr+uni+bochum").get_json()
    assert "Ruhr-Universität Bochum" in found
    assert client.get("/r/RUHR/actors?q=%20").get_json() == []
    ground = client.get("/r/RUHR/ground.svg")
    assert ground.mimetype == "image/svg+xml"
    assert len(ground.data) < 400_000
    hall.lookout.stop()
    database.close()


def test_the_numbers_follow_what_was_accepted(house: Any) -> None:
    phone, operator = house.phone(), house.operator()
    house.lab(phone)
    operator.send("accept", number=1)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        parts = operator.client.get(f"{house.base}/operator/state?lang=en").get_json()["parts"]
        if "+1" in parts["deltas"]:
            break
        time.sleep(0.2)
    assert re.search(r"Actors.*\+1", parts["deltas"], flags=re.DOTALL)


def test_a_closed_workshop_can_be_read_and_its_record_taken(house: Any) -> None:
    phone, operator = house.phone(), house.operator()
    house.lab(phone)
    assert operator.send("close", sure="no").status_code == 422
    assert operator.send("close", sure="TOYROOM").status_code == 200
    for answer in (
        house.lab(phone, name="Late"),
        operator.send("accept", number=1),
        operator.send("close", sure="TOYROOM"),
    ):
        assert answer.status_code == 410
        assert answer.get_json()["said"]
    assert operator.client.get(f"{house.base}/operator/record.zip").status_code == 200
    assert house.phone  # a page of a closed room still opens
    assert phone.open().status_code == 200


def test_every_sentence_and_name_is_told_in_both_languages() -> None:
    for language in LANGUAGES:
        tr = translator(language)
        told = sentences.refusals(tr)
        assert set(told) == set(Why) == set(SENTENCES)
        if language == "en":
            assert told == SENTENCES
        else:
            assert all(told[why] != SENTENCES[why] for why in Why)
        for names, every in (
            (sentences.phase_names(tr), Phase), (sentences.phase_tasks(tr), Phase), (sentences.kind_names(tr), Kind),
            (sentences.status_names(tr), Status), (sentences.outcome_names(tr), Outcome),
        ):  # fmt: skip
            assert set(names) == set(every)


def test_every_event_has_a_name_for_the_record(house: Any, toy: Atlas) -> None:
    phone, operator = house.phone(), house.operator()
    house.lab(phone)
    operator.send("accept", number=1)
    operator.send("theme", number=1, theme="x")
    operator.send("minutes", phase="weigh", minutes=3)
    operator.send("phase", phase="weigh")
    phone.send("dots", **{f"dots-{field}": 0 for field in toy.region.field_ids})
    operator.send("phase", phase="decide")
    phone.send("vote", number=1, weight=1)
    operator.send("decide", number=1, outcome="dropped")
    operator.send("withdraw", number=1)
    house.lab(phone, name="Another")
    operator.send("close", sure="TOYROOM")
    kinds = {one.kind for one in workshop.events(house.database, house.hall.code)}
    assert kinds | {"rejected"} == set(sentences.event_names(translator("en")))


def test_too_quick_is_told_with_the_seconds_to_wait(opened: Callable[..., Any]) -> None:
    house = opened("QUICK", patient=False)
    phone = house.phone()
    answers = [house.lab(phone, name=f"Lab {number}") for number in range(40)]
    last = answers[-1]
    assert last.status_code == 429
    assert int(last.headers["Retry-After"]) >= 1
    assert str(last.headers["Retry-After"]) in last.get_json()["said"]
    assert len(house.at().proposals) == sum(one.status_code == 200 for one in answers) < 40
    # one hasty phone does not shut out the others
    assert house.lab(house.phone(), name="Patient lab").status_code == 200


def test_neither_secret_nor_code_can_be_tried_without_end(opened: Callable[..., Any]) -> None:
    house = opened("GUESS", patient=False)
    operator = house.visitor("/operator")
    codes = [operator.send("login", secret=f"guess number {number}").status_code for number in range(20)]
    assert codes[0] == 403
    assert codes[-1] == 429
    assert operator.send("login", secret="a secret of the tests").status_code == 429
    client = house.server.test_client()
    found = [client.get(f"/r/ROOM{number}").status_code for number in range(60)]
    assert found[0] == 404
    assert found[-1] == 429
