"""Reading data in over HTTP: who may, what is refused, what is previewed, accepted, taken back and taken along."""

from __future__ import annotations

import io
import json
import shutil
import time
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from conftest_regions import Held
from plotly.io.json import to_json_plotly
from werkzeug.test import Client

from dashboards import drafts as module
from dashboards import imports, server, switch
from dashboards.components.importwizard import steps
from dashboards.drafts import Drafts, corrected, why_read_only
from dashboards.language import translator
from dashboards.regions import Regions
from dashboards.switch import Switch
from ecosystem import atlas as atlases
from ecosystem import intake, tables
from ecosystem.errors import IntakeError
from ecosystem.regions import locate, shipped_data
from ecosystem.sources import apart

if TYPE_CHECKING:
    from pathlib import Path

    from werkzeug.test import TestResponse

    from dashboards.drafts import Draft
    from dashboards.preparation import Attended

LONG = 60.0
HOST = "http://127.0.0.1:8050"
LIST = (
    "Begünstigte;Vorhaben;Ort;Gesamtkosten;Beginn\n"
    "Neue Werke GmbH;Bessere Pumpen;Ahausen;12.000,50;01.02.2021\n"
    "Klinikverein Bestadt e.V.;Pflege zuhause;Bestadt;9.000;01.03.2022\n"
    "Erika Mustermann;Ein Laden;Cedorf;100;2020\n"
    "Fern AG;Weit weg;Hamburg;5;2020\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(shipped_data() / "toy", tmp_path / "regions" / "mine")
    return tmp_path / "regions" / "mine"


@pytest.fixture
def app(folder: Path) -> Switch:
    held = Held(folder.parent)
    found = Switch(Regions(atlases.load(folder), switch._app, folder=folder, find=held.find, load=held.load))
    found.regions.imports = "here"
    return found


@pytest.fixture
def client(app: Switch) -> Client:
    return Client(app)


def shown(parts: Any) -> Any:
    return json.loads(to_json_plotly(parts))


def sent(client: Client, path: str, told: Any = None, **more: Any) -> TestResponse:
    return client.post(f"/intake/{path}", base_url=HOST, data=json.dumps(told or {}), **more)


def uploaded(
    client: Client, name: str = "list.csv", content: str | bytes = LIST, kind: str = "operations", **more: Any
) -> TestResponse:
    data = content.encode() if isinstance(content, str) else content
    form = {"kind": kind, "outside": "drop", "files": (io.BytesIO(data), name)}
    return client.post("/intake/upload?lang=de", base_url=HOST, data=form, **more)


def drafts(app: Switch) -> Drafts:
    found: Drafts = app.regions.shared["drafts"]
    return found


def settled(app: Switch, token: str) -> Draft:
    found = drafts(app).settled(token, LONG)
    assert found is not None
    return found


def planned(app: Switch, client: Client) -> str:
    token = str(uploaded(client).get_json()["token"])
    assert settled(app, token).stage == "mapping"
    assert sent(client, f"{token}/map").status_code == 200
    draft = settled(app, token)
    assert draft.stage == "planned", draft.fault
    return token


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_from_the_upload_to_the_tables_and_back(app: Switch, client: Client, folder: Path) -> None:
    before = contents(folder)
    token = planned(app, client)
    plan = settled(app, token).plan
    assert plan is not None
    assert {row["kind"]: (row["read"], row["new"], row["person"], row["outside"]) for row in plan.tally.rows()}[
        "actors"
    ] == (4, 1, 1, 1)
    # nothing is written before it is accepted
    assert contents(folder) == before
    answer = sent(client, f"{token}/accept?lang=en")
    assert answer.get_json()["told"] == "Accepted as import 1."
    assert "Neue Werke GmbH" in set(tables.read(folder).actors["name"])
    assert [one.number for one in intake.log(folder)] == [1]
    for _ in range(600):
        shown = app.regions.ask("")
        if shown is not None and "Neue Werke GmbH" in set(shown.atlas.tables.actors["name"]):
            break
        time.sleep(0.05)
    assert shown is not None
    assert "Neue Werke GmbH" in set(shown.atlas.tables.actors["name"])
    # its files are gone, and it cannot be accepted twice
    assert drafts(app).get(token, "") is None
    assert "not there any more" in sent(client, f"{token}/accept?lang=en").get_json()["error"]
    assert sent(client, "undo?lang=de").get_json()["told"] == "Import 1 wurde zurückgenommen."
    assert contents(folder) == before
    assert "no import to undo" in sent(client, "undo?lang=en").get_json()["error"]
    assert "keinen Import, der sich zurücknehmen ließe" in sent(client, "undo?lang=de").get_json()["error"]


def test_columns_are_a_person_s_to_correct(app: Switch, client: Client) -> None:
    token = str(uploaded(client, content=LIST.replace("Vorhaben", "Irgendwas")).get_json()["token"])
    assert settled(app, token).stage in {"mapping", "failed"}
    token = str(uploaded(client, content=LIST.replace("Beginn", "Irgendwann")).get_json()["token"])
    draft = settled(app, token)
    assert draft.headed is not None
    assert draft.headed.mapping.header("start") == ""
    assert sent(client, f"{token}/map", {"Irgendwann": "start", "Gesamtkosten": "-"}).status_code == 200
    plan = settled(app, token).plan
    assert plan is not None
    shares = plan.tables.participations
    new = shares[~shares["source_id"].str.startswith("toy")]
    assert set(new["year"].dropna()) == {2021, 2022}
    assert new["funding_eur"].isna().all()


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"Nirgends": "name"}, "no column “Nirgends”"),
        ({"Ort": "magic"}, "“magic” is nothing a column can give"),
        ({"Ort": "name", "Begünstigte": "name"}, "give the same (name)"),
    ],
)
def test_columns_that_cannot_be_are_refused(app: Switch, client: Client, columns: dict[str, str], told: str) -> None:
    token = str(uploaded(client).get_json()["token"])
    settled(app, token)
    answer = sent(client, f"{token}/map?lang=en", columns)
    assert answer.status_code == 400
    assert told in answer.get_json()["error"]
    german = sent(client, f"{token}/map?lang=de", columns).get_json()
    assert "lang" not in german
    assert told not in german["error"]


def test_corrected_columns_leave_the_others(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    headed = apart.headed("operations", path)
    swapped = corrected(headed, {"Begünstigte": "title", "Vorhaben": "name"})
    assert (swapped.header("name"), swapped.header("title")) == ("Vorhaben", "Begünstigte")
    assert swapped.header("municipality") == "Ort"
    assert corrected(headed, {header: target for target, header in headed.mapping.columns}) == headed.mapping


def test_matches_are_decided_before_anything_is_written(app: Switch, client: Client, folder: Path) -> None:
    text = LIST.replace("Neue Werke GmbH", "Ahauser Werke GmbH")
    token = str(uploaded(client, content=text).get_json()["token"])
    settled(app, token)
    sent(client, f"{token}/map")
    draft = settled(app, token)
    assert draft.plan is not None
    (question,) = draft.plan.questions
    assert (question.name, question.other_name) == ("Ahauser Werke GmbH", "Ahauser Werke AG")
    before = contents(folder)
    assert sent(client, f"{token}/decide", {"key": question.key, "verdict": "merge"}).status_code == 200
    merged = settled(app, token).plan
    assert merged is not None
    assert len(merged.tables.actors) == len(draft.plan.tables.actors) - 1
    assert contents(folder) == before
    assert sent(client, f"{token}/decide", {"key": question.key, "verdict": "perhaps"}).status_code == 400
    assert sent(client, f"{token}/decide", {"key": "q-none", "verdict": "merge"}).status_code == 400
    sent(client, f"{token}/accept")
    assert (folder / "decisions.csv").read_text(encoding="utf-8").count("merge") == 1


@pytest.mark.parametrize(
    ("name", "content", "kind", "told"),
    [
        ("list.csv", b"", "operations", "the file is empty"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "operations", "old Excel workbook"),
        ("report.pdf", b"%PDF-1.7 " + b"0" * 600, "operations", "a PDF document"),
        ("bomb.graphml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><graphml>&a;</graphml>", "graph", ""),
        ("words.txt", b"just some words", "operations", ""),
        ("tool", b"\x7fELF" + b"0" * 600, "ror", "a program"),
    ],
)
def test_harmful_files_are_refused_with_a_sentence(
    app: Switch, client: Client, folder: Path, name: str, content: bytes, kind: str, told: str
) -> None:
    before = contents(folder)
    draft = settled(app, str(uploaded(client, name, content, kind).get_json()["token"]))
    assert draft.stage == "failed"
    assert told in draft.fault
    assert "Traceback" not in draft.fault
    assert str(draft.directory) not in draft.fault
    assert contents(folder) == before


def test_a_zip_bomb_is_refused(app: Switch, client: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.csv", b"0" * 40_000_000)
    draft = settled(app, str(uploaded(client, "bomb.zip", packed.getvalue(), "cordis").get_json()["token"]))
    assert draft.stage == "failed"
    assert draft.fault


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\windows\\x.csv", "<b>x</b>.csv", ".hidden", "a/b/c.csv", "CON"]
)
def test_names_of_files_lead_nowhere(app: Switch, client: Client, name: str) -> None:
    token = str(uploaded(client, name).get_json()["token"])
    draft = settled(app, token)
    (path,) = draft.files
    assert path.resolve().is_relative_to(draft.directory.resolve())
    assert not {"<", ">", "/", "\\"} & set(path.name)


def test_what_is_too_large_is_refused_before_it_is_read(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "MOST_BODY", 100)
    answer = uploaded(client)
    assert answer.status_code == 413
    assert "größer als die 100 MB" in answer.get_json()["error"]


def test_a_file_that_grows_past_the_limit_leaves_nothing(
    app: Switch, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ecosystem.sources.safety import Limits

    monkeypatch.setattr(module, "UPLOAD", Limits(file=50))
    answer = uploaded(client)
    assert answer.status_code == 400
    assert "größer als" in answer.get_json()["error"]
    assert "lang" not in answer.get_json()
    assert drafts(app)._held == {}


@pytest.mark.parametrize("path", ["upload", "undo", "token/accept", "token/map", "token/decide", "token/discard"])
def test_pages_of_other_sites_are_refused(client: Client, path: str) -> None:
    for headers in ({"Origin": "https://example.org"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert sent(client, path, headers=headers).status_code == 403


@pytest.mark.parametrize("path", ["upload", "undo", "token/accept", "token/map"])
def test_who_may_not_is_told_why(app: Switch, client: Client, folder: Path, path: str) -> None:
    app.regions.imports = "off"
    answer = sent(client, f"{path}?lang=en")
    assert answer.status_code == 403
    assert "--allow-import" in answer.get_json()["error"]
    # a name of another site's that leads to this machine
    app.regions.imports = "here"
    answer = client.post(f"/intake/{path}?lang=en", base_url="http://example.org:8050", data="{}")
    assert answer.status_code == 403
    assert "--allow-import" in answer.get_json()["error"]
    app.regions.imports = "all"
    answer = client.post(f"/intake/{path}?lang=en", base_url="http://example.org:8050", data="{}")
    assert answer.status_code == 400
    assert [one.number for one in intake.log(folder)] == []


def test_what_came_with_the_package_stays_as_it_is() -> None:
    found = Switch(Regions(atlases.load("toy"), switch._app, folder=locate("toy"), find=dict))
    found.regions.imports = "all"
    answer = sent(Client(found), "upload?lang=en")
    assert answer.status_code == 403
    assert "came with the package" in answer.get_json()["error"]
    assert why_read_only(locate("toy")) == "shipped"
    assert why_read_only(None) == "none"


def test_an_app_alone_has_nothing_to_read_into(toy: atlases.Atlas) -> None:
    from dashboards.app import create_app

    assert sent(Client(create_app(toy).server), "upload?lang=en").status_code == 405


@pytest.mark.parametrize(
    ("host", "allow", "expected"),
    [("127.0.0.1", False, "here"), ("0.0.0.0", False, "off"), ("0.0.0.0", True, "all")],  # noqa: S104
)
def test_a_server_lets_in_who_sits_at_it(
    toy: atlases.Atlas, host: str, allow: bool, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[Attended, dict[str, Any]]] = []
    monkeypatch.setattr(server, "create_server", lambda app, **named: made.append((app, named)))
    server.bind(toy, host, 8050, locate("toy"), allow_import=allow)
    ((found, named),) = made
    assert isinstance(found.application, Switch)
    assert found.application.regions.imports == expected
    assert named["max_request_body_size"] == imports.MOST_BODY


def test_rejects_and_the_folder_can_be_taken_along(app: Switch, client: Client, folder: Path) -> None:
    token = planned(app, client)
    text = client.get(f"/intake/{token}/rejects.csv", base_url=HOST).get_data(as_text=True)
    assert "Fern AG" in text
    assert "Mustermann" not in text
    packed = client.get("/intake/region.zip", base_url=HOST)
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        names = set(archive.namelist())
        assert {"mine/actors.csv", "mine/region.toml", "mine/boundaries.geojson"} <= names
        assert archive.read("mine/actors.csv") == (folder / "actors.csv").read_bytes()
    assert client.get("/intake/nothing/rejects.csv", base_url=HOST).status_code == 404


def test_what_a_plan_tells_is_in_the_language_of_the_reader(app: Switch, client: Client) -> None:
    # a slip of the pen gives a note, a date that is none a cell left blank, a likeness a question
    text = LIST.replace("01.02.2021", "31.02.2021").replace("Klinikverein", "Ahauser Werke").replace("Fern AG", "")
    token = str(uploaded(client, content=text).get_json()["token"])
    settled(app, token)
    sent(client, f"{token}/map")
    draft = settled(app, token)
    assert draft.plan is not None
    german, english = (json.dumps(shown(steps(draft, translator(one)))) for one in ("de", "en"))
    for told in ("Fill in the name, or leave the row out.", "a natural person", "1 cell(s) could not be read", "row 5"):
        assert told in english
        assert told not in german
    for told in ("Den Namen ergänzen oder die Zeile weglassen.", "eine natürliche Person", "Zellen: 1;", "Zeile 5"):
        assert json.dumps(told)[1:-1] in german
    assert '"lang"' not in german + english


def test_what_nobody_translated_is_marked_on_its_own(app: Switch, client: Client) -> None:
    draft = settled(app, planned(app, client))
    assert draft.plan is not None
    left = tuple(replace(one, reason="an odd thing") for one in draft.plan.left[:1])
    told = json.dumps(shown(steps(replace(draft, plan=replace(draft.plan, left=left)), translator("de"))))
    assert told.count('"lang": "en"') == 1
    assert '"children": "an odd thing", "lang": "en"' in told
    failed = replace(draft, stage="failed", fault="list.csv: the file is empty. Download or export it again.")
    told = json.dumps(shown(steps(failed, translator("de"))), ensure_ascii=False)
    assert "list.csv: die Datei ist leer. Erneut herunterladen oder exportieren." in told
    assert '"lang"' not in told
    failed = replace(failed, fault="OSError: out of paper")
    assert '"lang": "en"' in json.dumps(shown(steps(failed, translator("de"))))


def test_discarding_removes_the_files(app: Switch, client: Client) -> None:
    token = planned(app, client)
    directory = settled(app, token).directory
    assert directory.is_dir()
    assert sent(client, f"{token}/discard?lang=de").get_json()["told"] == "Verworfen; nichts wurde geändert."
    assert not directory.exists()
    # a draft of one region is none of another's
    token = planned(app, client)
    assert drafts(app).get(token, "other") is None


def test_old_drafts_make_room(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Drafts(tmp_path)
    held = [found.begin("", folder, "ror") for _ in range(module.MOST + 2)]
    assert [found.get(one.token, "") is None for one in held] == [True, True] + [False] * module.MOST
    assert len(list(tmp_path.glob("ecosystem-import-*"))) == module.MOST
    monkeypatch.setattr(module, "SECONDS", -1.0)
    last = found.begin("", folder, "ror")
    assert list(found._held) == [last.token]
    with pytest.raises(IntakeError, match="nothing that can be read in"):
        found.begin("", folder, "magic")
    with pytest.raises(IntakeError, match="came with the package"):
        found.begin("", locate("toy"), "ror")


def test_a_folder_that_changed_meanwhile_is_not_overwritten(app: Switch, client: Client, folder: Path) -> None:
    token = planned(app, client)
    text = (folder / "actors.csv").read_text(encoding="utf-8")
    (folder / "actors.csv").write_text(text.replace("Ahauser Werke AG", "Ahauser Werke SE"), encoding="utf-8")
    answer = sent(client, f"{token}/accept")
    assert answer.status_code == 400
    assert "changed" in answer.get_json()["error"]
    assert "Neue Werke" not in (folder / "actors.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("body", ["[", "[1]", "null", "[" * 100_000])
def test_what_is_no_request_is_refused(app: Switch, client: Client, body: str) -> None:
    token = str(uploaded(client).get_json()["token"])
    settled(app, token)
    answer = client.post(f"/intake/{token}/map", base_url=HOST, data=body)
    assert answer.status_code == 400
    assert answer.get_json()["error"]
    assert sent(client, f"{token}/magic").status_code == 404
