"""Several regions behind one address, over HTTP: which app answers what, and what is said when none can."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from conftest_regions import Held
from werkzeug.test import Client

from dashboards import server, switch
from dashboards.app import create_app
from dashboards.regions import Regions
from dashboards.switch import Switch
from ecosystem import atlas as atlases
from ecosystem.regions import locate, shipped_data

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

    from ecosystem.atlas import Atlas

BROWSER = {"Accept-Language": "de"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory of region folders: one whole, one with faults."""
    root = tmp_path_factory.mktemp("regions")
    shutil.copytree(shipped_data() / "toy", root / "zweite")
    (root / "zweite" / "region.toml").write_text(
        (root / "zweite" / "region.toml").read_text(encoding="utf-8").replace("Dreistadt", "Zweitland"),
        encoding="utf-8",
    )
    shutil.copytree(shipped_data() / "toy", root / "broken")
    (root / "broken" / "places.csv").write_text("nothing\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def held(root: Path) -> Held:
    return Held(root)


@pytest.fixture(scope="module")
def app(toy: Atlas, held: Held) -> Switch:
    return Switch(Regions(toy, switch._app, folder=locate("toy"), find=held.find, load=held.load))


@pytest.fixture
def client(app: Switch, held: Held, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    held.free.set()
    monkeypatch.setattr(switch, "AT_ONCE", 60.0)
    yield Client(app)
    held.free.set()


def page(client: Client, path: str, **headers: str) -> TestResponse:
    found = client.get(path, headers=BROWSER | headers)
    assert found.status_code == 200
    return found


def posted(client: Client, below: str, output: str, values: dict[str, Any]) -> dict[str, Any]:
    """What a callback answers, posted as the browser does."""
    told = client.get(f"{below}/_dash-dependencies").get_json()
    (one,) = (one for one in told if one["output"] == output)

    def named(parts: list[dict[str, str]]) -> list[dict[str, Any]]:
        return [part | {"value": values[f"{part['id']}.{part['property']}"]} for part in parts]

    found = client.post(
        f"{below}/_dash-update-component",
        json={
            "output": output,
            "outputs": {"id": output.split(".", maxsplit=1)[0], "property": output.split(".")[1]},
            "inputs": named(one["inputs"]),
            "state": named(one["state"]),
            "changedPropIds": [f"{part['id']}.{part['property']}" for part in one["inputs"]],
        },
    )
    assert found.status_code == 200, found.text
    assert "sideUpdate" not in found.get_json()
    answer: dict[str, Any] = found.get_json()["response"]
    return answer


def screen(client: Client, below: str, search: str, path: str = "/", language: str = "de") -> str:
    values = {"path.data": path, "language.data": language, "url.search": search, "query.data": f"lang={language}"}
    values |= {"selected.data": "", "focus.data": "", "arrangement.data": "network"}
    return json.dumps(posted(client, below, "screen.children", values), ensure_ascii=False)


def test_without_a_region_the_server_s_own_answers(client: Client) -> None:
    found = page(client, "/netz").text
    assert 'data-prefix=""' in found
    assert "<title>Dreistadt</title>" in found
    assert r'"requests_pathname_prefix":"\u002f"' in found


def test_a_link_says_its_region_and_the_rest_of_it_stays(client: Client) -> None:
    found = page(client, "/netz?rg=zweite&mix=0").text
    assert 'data-prefix="/r/zweite"' in found
    assert "<title>Zweitland</title>" in found
    assert r'"requests_pathname_prefix":"\u002fr\u002fzweite\u002f"' in found
    # what is the same for every region is fetched once
    assert '"/r/zweite/_dash-component-suites' not in found
    assert '"/r/zweite/assets' not in found
    for path in (part.split('"')[0] for part in found.split('<script src="')[1:]):
        script = client.get(path)
        assert script.status_code == 200, path
        # a streamed file stays open until somebody closes it
        script.close()


def test_the_server_s_own_region_may_be_named_too(client: Client) -> None:
    assert 'data-prefix=""' in page(client, "/?rg=toy").text


def test_callbacks_and_files_are_the_region_s(client: Client) -> None:
    told = screen(client, "/r/zweite", "?rg=zweite")
    assert "Zweitland" in told
    assert "/r/zweite/export/" in told
    own = screen(client, "", "")
    assert "Zweitland" in own  # in the choice of regions
    assert '"/export/' in own
    assert "/r/zweite/export" not in own
    for path in (
        "/r/zweite/export/overview/units.csv?lang=en&rg=zweite",
        "/r/zweite/download/actors.csv",
        "/r/zweite/export/caption/overview.json?rg=zweite",
        "/r/zweite/export/notes.html",
        "/r/zweite/export/graph.gexf?rg=zweite",
    ):
        found = client.get(path)
        assert found.status_code in {200, 404}, path
        if "units" not in path:
            assert found.status_code == 200, path


def test_a_caption_links_back_to_the_region(client: Client) -> None:
    lines = client.get("/r/zweite/export/caption/overview.json?rg=zweite&lang=en").get_json()["lines"]
    assert any(line.startswith("http://localhost/?lang=en&rg=zweite&") for line in lines), lines


def test_an_unknown_region_gets_a_hint_and_the_own_one(client: Client) -> None:
    assert 'data-prefix=""' in page(client, "/netz?rg=atlantis").text
    told = screen(client, "", "?rg=atlantis")
    assert "keine Region dieses Namens gibt: atlantis" in told
    assert "no region of this name here: atlantis" in screen(client, "", "?rg=atlantis", language="en")
    assert "keine Region dieses Namens" not in screen(client, "", "?rg=toy")
    assert "keine Region dieses Namens" not in screen(client, "/r/zweite", "?rg=zweite")


def test_a_region_with_faults_is_listed_with_them_and_breaks_nothing(client: Client, app: Switch) -> None:
    assert 'data-prefix=""' in page(client, "/?rg=broken").text
    assert app.regions.ask("broken", 30.0) is None
    assert 'data-prefix=""' in page(client, "/?rg=broken").text
    told = screen(client, "", "?rg=broken")
    assert "lässt sich nicht öffnen; gezeigt wird eine andere" in told
    assert "places.csv" in told
    # and in the menu, without a link
    assert "lässt sich nicht öffnen" in screen(client, "", "")
    found = client.get("/r/broken/_dash-layout")
    assert found.status_code == 404
    assert found.text.startswith("places.csv")


@pytest.mark.parametrize("path", ["/r/atlantis/x", "/r//x", "/r/..%2Ftoy/x", "/r/%00/x", "/r/", "/r/toy%2F..%2Fx/y"])
def test_what_is_below_no_region_is_not_found(client: Client, path: str) -> None:
    found = client.get(path)
    # an empty name is the server's own region, which has no such file
    assert found.status_code in {200, 404}
    assert "Traceback" not in found.text
    assert client.get("/r/atlantis/state.json").get_json()["kind"] == "unknown"


@pytest.mark.parametrize(("language", "told"), [("de", "Dritte wird geladen"), ("en", "Third is being loaded")])
def test_who_asks_for_a_region_that_is_not_there_yet_sees_how_far_it_is(
    toy: Atlas, root: Path, held: Held, monkeypatch: pytest.MonkeyPatch, language: str, told: str
) -> None:
    monkeypatch.setattr(switch, "AT_ONCE", 0.05)
    folder = root / f"third-{language}"
    shutil.copytree(shipped_data() / "toy", folder)
    text = (folder / "region.toml").read_text(encoding="utf-8")
    (folder / "region.toml").write_text(
        text.replace("Dreistadt", "Dritte").replace("Threetown", "Third"), encoding="utf-8"
    )
    waiting = Client(Switch(Regions(toy, switch._app, folder=locate("toy"), find=held.find, load=held.load)))
    held.free.clear()
    try:
        found = page(waiting, f"/netz?rg={folder.name}&lang={language}")
        assert f'<html lang="{language}"' in found.text
        assert told in found.text
        assert "[[" not in found.text
        assert found.headers["Cache-Control"] == "no-store"
        assert waiting.get(f"/r/{folder.name}/state.json").get_json()["kind"] == "loading"
        # the others are there meanwhile
        assert 'data-prefix=""' in page(waiting, "/").text
        monkeypatch.setattr(switch, "PATIENT", 0.05)
        late = waiting.get(f"/r/{folder.name}/_dash-layout")
        assert (late.status_code, late.headers["Retry-After"]) == (503, "5")
    finally:
        held.free.set()
    monkeypatch.setattr(switch, "PATIENT", 60.0)
    assert waiting.get(f"/r/{folder.name}/_dash-layout").status_code == 200
    assert waiting.get(f"/r/{folder.name}/state.json").get_json()["kind"] == "ready"
    assert f'data-prefix="/r/{folder.name}"' in page(waiting, f"/netz?rg={folder.name}").text
    shutil.rmtree(folder)


def test_names_are_text_on_the_waiting_page(
    toy: Atlas, root: Path, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(switch, "AT_ONCE", 0.0)
    folder = root / "scripted"
    shutil.copytree(shipped_data() / "toy", folder)
    text = (folder / "region.toml").read_text(encoding="utf-8")
    (folder / "region.toml").write_text(text.replace("Dreistadt", "<script>alert(1)</script>"), encoding="utf-8")
    waiting = Client(Switch(Regions(toy, switch._app, folder=locate("toy"), find=held.find, load=held.load)))
    held.free.clear()
    try:
        found = page(waiting, "/?rg=scripted").text
    finally:
        held.free.set()
    shutil.rmtree(folder)
    assert "<script>alert" not in found
    assert "&lt;script&gt;alert" in found


def test_with_one_region_there_is_no_choice(toy: Atlas) -> None:
    alone = Client(Switch(Regions(toy, switch._app, folder=locate("toy"), find=dict)))
    told = screen(alone, "", "")
    assert "Region, jetzt" not in told
    assert "Regionen vergleichen" not in told


def test_an_app_without_a_server_of_regions_knows_only_itself(toy: Atlas) -> None:
    client = Client(create_app(toy).server)
    assert 'data-prefix=""' in page(client, "/?rg=zweite").text
    assert "keine Region dieses Namens gibt: zweite" in screen(client, "", "?rg=zweite")


def test_the_server_s_application_offers_the_shipped_regions() -> None:
    found = server.application("toy")
    assert [one.key for one in found.regions.entries()] == ["", "ruhr"]
    assert 'data-prefix=""' in page(Client(found), "/").text


def test_a_callback_waits_for_a_region_that_had_to_make_room(app: Switch, client: Client) -> None:
    assert app.regions.ask("zweite", 30.0)
    with app.regions._lock:
        del app.regions._shelf["zweite"]
    assert "Zweitland" in screen(client, "/r/zweite", "?rg=zweite")


def test_the_app_is_made_of_the_atlas_that_was_loaded(app: Switch) -> None:
    shown = app.regions.ask("zweite", 30.0)
    assert shown is not None
    assert shown.atlas.region.name.de == "Zweitland"
    assert isinstance(shown.atlas, atlases.Atlas)
