"""NetView: what is shipped, and what a person does with it in a browser.

The nodes of the browser tests stand on a grid, so that their place on the canvas follows from the camera's formula.
"""

import base64
import io
import json
import re
import struct
from pathlib import Path

import pytest
from dash import Dash, Input, Output, html

import dashboards.netview
from dashboards.netview import NetView

FOLDER = Path(dashboards.netview.__file__).parent
WIDTH, HEIGHT, PADDING = 1280, 800, 36
COLUMNS, ROWS = 20, 15
OUTPUTS = ("selected", "hovered", "clicked", "moved", "camera", "stats", "exported", "mode", "theme")
STRINGS = {
    "letters": ["W", "F", "P", "V", "Z"],
    "instructions": "arrows pan",
    "help_title": "Keys of the canvas",
    "help": [["n / p", "next and previous"]],
    "no_webgl": "This browser cannot draw the network.",
}


# --- what is shipped


@pytest.fixture(scope="module")
def bundle() -> str:
    return (FOLDER / "netview.min.js").read_text(encoding="utf-8")


def test_every_file_dash_is_told_of_exists():
    assert [(FOLDER / entry["relative_package_path"]).is_file() for entry in dashboards.netview._js_dist] == [True]


@pytest.mark.parametrize("name", ["sigma", "graphology", "graphology-utils", "events"])
def test_a_bundled_package_comes_with_its_licence(name):
    text = (FOLDER / "LICENSES" / f"{name}.txt").read_text(encoding="utf-8")
    assert "Permission is hereby granted" in text


def test_no_licence_without_a_bundled_package():
    assert {path.stem for path in (FOLDER / "LICENSES").iterdir()} == {
        "sigma",
        "graphology",
        "graphology-utils",
        "events",
    }


def test_the_class_has_the_props_of_the_metadata_and_describes_each():
    (component,) = json.loads((FOLDER / "metadata.json").read_text(encoding="utf-8")).values()
    props = set(component["props"]) - {"setProps"}
    assert set(NetView().available_properties) == props
    described = set(re.findall(r"^- (\w+) \(", NetView.__doc__, flags=re.MULTILINE))
    assert described == props - {"style"}  # the generator takes style for granted
    assert all(component["props"][name]["description"] for name in props)


def test_the_bundle_asks_for_nothing_and_names_no_source_map(bundle):
    assert not re.search(r"https?://(?!www\.w3\.org)", bundle)
    assert "sourceMappingURL" not in bundle


def test_the_bundle_uses_the_page_s_react(bundle):
    assert "window.React" in bundle
    assert "react.element" not in bundle
    assert "__SECRET_INTERNALS" not in bundle


def test_the_lock_file_names_no_download_host():
    lock = FOLDER / "package-lock.json"
    if not lock.exists():
        pytest.skip("installed without sources")
    assert '"resolved"' not in lock.read_text(encoding="utf-8")


def test_two_apps_of_one_process_both_serve_the_bundle():
    for app in (Dash("one"), Dash("two")):
        app.layout = NetView(id="net")
        client = app.server.test_client()
        (path,) = re.findall(r'src="([^"]*netview[^"]*)"', client.get("/").text)
        assert client.get(path).status_code == 200


# --- in a browser


def position(i):
    return float(i % COLUMNS), (i // COLUMNS) * (COLUMNS - 1) / 1.6 / (ROWS - 1)


def packed(values):
    return {"dtype": "f4", "bdata": base64.b64encode(struct.pack(f"<{len(values)}f", *values)).decode()}


def payload():
    n = COLUMNS * ROWS
    x, y = zip(*(position(i) for i in range(n)), strict=True)
    return {
        "id": [f"actor:{i}" for i in range(n)],
        "x": packed(x),
        "y": list(y),
        "mx": [x[-1] - value for value in x],
        "my": list(y),
        "size": [12.0 if i % 7 == 0 else 9.0 for i in range(n)],
        "c": [i % 3 - 1 for i in range(n)],
        "s": [i % 5 for i in range(n)],
        "label": [f"Stadtwerke {i} GmbH & Co. KG" for i in range(n)],
        "rank": list(range(n)),
        "flags": [i % 16 for i in range(n)],
        "a": list(range(n - 1)),
        "b": list(range(1, n)),
        "ek": [0] * (n - 1),
        "ew": [1 + i % 9 for i in range(n - 1)],
        "ef": [i % 3 for i in range(n - 1)],
        "palette": {"light": ["#0B0BE5", "#034C12"], "dark": ["#B2B2FF", "#1E8C0E"]},
        "captions": [{"text": "Kreis Recklinghausen", "x": 3.5, "y": 4.0, "mx": 15.5, "my": 4.0, "c": 0}],
    }


def make_app(**props):
    app = Dash(__name__)
    net = NetView(
        id="net",
        data=payload(),
        selected=[],
        mode="pan",
        mix=1,
        theme="light",
        strings=STRINGS,
        aria_label="Netz",
        **props,
    )
    app.layout = html.Div(
        [
            html.Div(net, id="place", style={"position": "fixed", "inset": 0}),
            html.Pre(id="out", style={"position": "absolute", "left": "-9999px"}),
        ]
    )
    names = json.dumps(OUTPUTS)
    app.clientside_callback(
        f"(...values) => JSON.stringify(Object.fromEntries({names}.map((name, k) => [name, values[k] ?? null])))",
        Output("out", "children"),
        *[Input("net", name) for name in OUTPUTS],
    )
    return app


class Person:
    """Somebody before the page: knows where nodes stand, reads what the component tells."""

    def __init__(self, page):
        self.page = page

    def place(self, i, mix=1):
        scale = HEIGHT - 2 * PADDING
        x, y = position(i)
        x = mix * x + (1 - mix) * (COLUMNS - 1 - x)
        high = (COLUMNS - 1) / 1.6
        return WIDTH / 2 + (x - (COLUMNS - 1) / 2) / high * scale, HEIGHT / 2 - (y - high / 2) / high * scale

    def tell(self):
        return json.loads(self.page.text_content("#out"))

    def wait(self, condition):
        self.page.wait_for_function(
            f"(() => {{ const o = JSON.parse(document.querySelector('#out').textContent); return {condition} }})()"
        )
        return self.tell()

    def set(self, **props):
        self.page.evaluate("props => dash_clientside.set_props('net', props)", props)

    def point(self, i, **where):
        self.page.mouse.move(*self.place(i, **where))
        self.wait(f"o.hovered === 'actor:{i}'")

    def click(self, i, *keys):
        for key in keys:
            self.page.keyboard.down(key)
        self.page.mouse.click(*self.place(i))
        for key in keys:
            self.page.keyboard.up(key)

    def drag(self, places):
        self.page.mouse.move(*places[0])
        self.page.mouse.down()
        for x, y in places[1:]:
            self.page.mouse.move(x, y, steps=4)
        self.page.mouse.up()

    def pixel(self, i):
        """The colour of the picture at a node's place."""
        x, y = self.place(i)
        shot = self.page.screenshot(clip={"x": x, "y": y, "width": 1, "height": 1})
        return self.page.evaluate(
            """async (png) => {
                const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + png)).blob());
                const context = new OffscreenCanvas(1, 1).getContext('2d');
                context.drawImage(image, 0, 0);
                return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
            }""",
            base64.b64encode(shot).decode(),
        )


@pytest.fixture(scope="module")
def address(serve):
    return serve(make_app())


@pytest.fixture
def watched(window):
    """A page that fails its test on any console message of weight, exception or request to another host."""
    page = window.new_page()
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    faults = []
    page.on("console", lambda message: message.type in {"error", "warning"} and faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda request: re.match(r"http://127\.0\.0\.1:|data:|blob:", request.url) or faults.append(request.url),
    )
    yield page
    page.close()
    # without a graphics card the driver complains of its own way to the screen
    assert [one for one in faults if "GL Driver Message (OpenGL, Performance" not in one] == []


@pytest.fixture
def person(watched, address):
    watched.goto(address)
    who = Person(watched)
    watched.wait_for_selector("#net canvas", state="attached")
    watched.wait_for_function("document.querySelector('#out')?.textContent.includes('build_draw_ms')")
    return who


@pytest.mark.browser
def test_stats_tell_what_was_drawn(person):
    stats = person.tell()["stats"]
    assert (stats["nodes"], stats["edges"]) == (COLUMNS * ROWS, COLUMNS * ROWS - 1)
    assert stats["build_draw_ms"] > 0
    assert "SwiftShader" in stats["renderer"]


@pytest.mark.browser
def test_hover_tells_the_node_under_the_pointer_and_dims_the_others(person):
    far = person.pixel(100)
    person.point(205)
    person.page.wait_for_timeout(300)
    assert person.pixel(100) != far
    person.page.mouse.move(3, 3)
    person.wait("o.hovered === null")


@pytest.mark.browser
@pytest.mark.parametrize(("i", "inside"), [(151, True), (152, False)])
def test_the_pointer_respects_the_shape(person, i, inside):
    """The corner of a square belongs to it; the same place beside a triangle's tip does not."""
    x, y = person.place(i)
    person.point(10)
    person.page.mouse.move(x + 9, y - 9)
    person.wait(f"o.hovered === {json.dumps(f'actor:{i}' if inside else None)}")


@pytest.mark.browser
def test_click_selects_shift_click_adds_and_takes_away_background_clears(person):
    person.click(42)
    told = person.wait("o.clicked?.id === 'actor:42'")
    assert told["selected"] == ["actor:42"]
    person.click(45, "Shift")
    assert set(person.wait("o.selected.length === 2")["selected"]) == {"actor:42", "actor:45"}
    person.click(42, "Shift")
    assert person.wait("o.selected.length === 1")["selected"] == ["actor:45"]
    person.page.wait_for_timeout(400)
    person.page.mouse.click(4, 4)
    assert person.wait("o.clicked.id === null")["selected"] == []


@pytest.mark.browser
def test_double_click_is_told_apart_and_does_not_zoom(person):
    person.page.mouse.dblclick(*person.place(42))
    person.wait("o.clicked?.how === 'double' && o.clicked.id === 'actor:42'")
    assert person.tell()["camera"] is None


@pytest.mark.browser
def test_the_lasso_selects_what_it_encloses_and_shift_adds(person):
    person.set(mode="lasso")
    person.wait("o.mode === 'lasso'")

    def around(first, last):
        (x0, y0), (x1, y1) = person.place(first), person.place(last)
        return [(x0 - 20, y0 + 20), (x1 + 20, y0 + 20), (x1 + 20, y1 - 20), (x0 - 20, y1 - 20)]

    person.drag(around(0, 22))
    told = person.wait("o.selected.length > 0")["selected"]
    assert set(told) == {f"actor:{i}" for i in (0, 1, 2, 20, 21, 22)}
    person.page.keyboard.down("Shift")
    person.drag(around(10, 11))
    person.page.keyboard.up("Shift")
    assert set(person.wait("o.selected.length > 6")["selected"]) == {*told, "actor:10", "actor:11"}
    assert person.tell()["camera"] is None


@pytest.mark.browser
def test_dragging_a_node_moves_it_and_selects_nothing(person):
    person.set(mode="drag")
    person.wait("o.mode === 'drag'")
    (x, y), (right, _) = person.place(150), person.place(151)
    person.drag([(x, y), (right, y)])
    moved = person.wait("o.moved")["moved"]
    assert moved["id"] == "actor:150"
    assert moved["x"] == pytest.approx(position(150)[0] + 1, abs=0.05)
    assert moved["y"] == pytest.approx(position(150)[1], abs=0.05)
    assert moved["mx"] == pytest.approx(COLUMNS - 1 - position(150)[0] + 1, abs=0.05)
    assert person.tell()["selected"] == []


@pytest.mark.browser
def test_dragging_the_background_pans_and_the_camera_is_told(person):
    person.drag([(3, 3), (103, 53)])
    camera = person.wait("o.camera")["camera"]
    assert camera["x"] < 0.5
    assert camera["y"] > 0.5


@pytest.mark.browser
def test_every_gesture_has_a_key(person):
    keyboard = person.page.keyboard
    person.page.focus("#net")
    keyboard.press("n")
    person.wait("o.hovered === 'actor:0'")
    keyboard.press("Space")
    person.wait("o.selected.join() === 'actor:0'")
    keyboard.press("Shift+N")
    person.wait("o.hovered === 'actor:1'")
    keyboard.press("Enter")
    person.wait("o.clicked?.id === 'actor:1' && o.clicked.how === 'enter'")
    keyboard.press("Alt+ArrowRight")
    person.wait("o.moved?.id === 'actor:1'")
    keyboard.press("+")
    person.wait("o.camera?.ratio < 0.7")
    keyboard.press("ArrowRight")
    person.wait("o.camera.x > 0.5")
    keyboard.press("0")
    person.wait("o.camera.x === 0.5 && o.camera.ratio === 1")
    keyboard.press("?")
    assert person.page.get_by_text("Keys of the canvas").is_visible()
    keyboard.press("Escape")
    assert not person.page.get_by_text("Keys of the canvas").is_visible()
    keyboard.press("Escape")
    person.wait("o.selected.length === 0")
    keyboard.press("Escape")
    assert person.page.evaluate("document.activeElement === document.body")


@pytest.mark.browser
def test_the_canvas_is_named_for_assistive_technology(person):
    net = person.page.locator("#net")
    assert net.get_attribute("role") == "application"
    assert net.get_attribute("aria-label") == "Netz"
    assert net.get_attribute("tabindex") == "0"
    note = net.get_attribute("aria-describedby")
    assert person.page.locator(f"#{note}").text_content() == "arrows pan"


@pytest.mark.browser
def test_themes_change_background_and_palette(person):
    light = person.pixel(7)
    person.set(theme="dark")
    person.wait("o.theme === 'dark'")
    person.page.wait_for_timeout(300)
    assert person.page.locator("#net").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(21, 24, 28)"
    assert person.pixel(7) != light
    person.set(theme="contrast")
    person.page.wait_for_timeout(300)
    assert person.page.locator("#net").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(0, 0, 0)"


@pytest.mark.browser
def test_the_mix_moves_nodes_between_network_and_map_and_back(person):
    person.set(mix=0)
    person.page.wait_for_timeout(1200)
    person.point(41, mix=0)
    person.set(mix=0.25)
    person.page.wait_for_timeout(1000)
    person.point(63, mix=0.25)
    person.set(mix=1)
    person.page.wait_for_timeout(1200)
    person.point(41)


@pytest.mark.browser
def test_selection_and_focus_can_be_given_from_outside(person):
    person.set(selected=["actor:3", "actor:filtered-out"])
    person.click(4, "Shift")
    assert set(person.wait("o.selected.length === 3")["selected"]) == {"actor:3", "actor:4", "actor:filtered-out"}
    person.set(focus="actor:200")
    camera = person.wait("o.camera")["camera"]
    x, y = position(200)
    assert camera["ratio"] == pytest.approx(0.4)
    assert camera["x"] == pytest.approx(0.5 + (x - 9.5) / 19, abs=0.01)
    assert camera["y"] == pytest.approx(0.5 + (y - 19 / 3.2) / 19, abs=0.01)


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["png", "svg"])
def test_an_export_holds_picture_labels_legend_and_caption(person, kind):
    request = {
        "format": kind,
        "ts": 1,
        "filename": f"netz.{kind}",
        "caption": ["300 Akteure, 299 Verbindungen", "Quelle: erfunden"],
        "legend": [{"text": "Logistik & KI", "color": "#0B0BE5", "shape": 1}],
    }
    with person.page.expect_download() as download:
        person.set(export_request=request)
    told = person.wait("o.exported")["exported"]
    content = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == f"netz.{kind}"
    assert told["bytes"] == len(content)
    assert told["height"] > HEIGHT
    if kind == "png":
        assert struct.unpack(">II", io.BytesIO(content[16:24]).read()) == (2 * WIDTH, 2 * told["height"])
    else:
        text = content.decode()
        for words in (
            "300 Akteure, 299 Verbindungen",
            "Quelle: erfunden",
            "Logistik &amp; KI",
            "Kreis Recklinghausen",
            "Stadtwerke 0 GmbH",
        ):
            assert words in text


@pytest.mark.browser
def test_a_view_mounted_hidden_draws_when_it_is_shown(watched, serve):
    app = make_app(style={"display": "none"})
    watched.goto(serve(app))
    watched.wait_for_selector("#net", state="attached")
    watched.wait_for_timeout(300)
    assert watched.locator("#net canvas").count() == 0
    watched.evaluate("dash_clientside.set_props('net', {style: {display: 'block'}})")
    watched.wait_for_function("document.querySelector('#out')?.textContent.includes('build_draw_ms')")
    Person(watched).point(42)


@pytest.mark.browser
def test_the_view_follows_its_container(person):
    person.page.evaluate("document.querySelector('#place').style.right = '640px'")
    person.page.wait_for_function("document.querySelector('#net .sigma-nodes').offsetWidth === 640")


@pytest.mark.browser
def test_taking_the_view_off_the_page_leaves_nothing_behind(person):
    person.point(42)
    person.page.evaluate("dash_clientside.set_props('place', {children: null})")
    person.page.wait_for_function("document.querySelectorAll('canvas').length === 0")
    person.page.mouse.move(300, 300)
    person.page.mouse.wheel(0, 100)
    person.page.set_viewport_size({"width": 900, "height": 600})
    person.page.wait_for_timeout(400)


@pytest.mark.browser
def test_the_picture_comes_back_after_the_graphics_card_forgot_it(chromium, address):
    page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.goto(address)
    page.wait_for_function("document.querySelector('#out')?.textContent.includes('build_draw_ms')")
    someone = Person(page)
    someone.click(42)
    page.mouse.move(3, 3)
    page.evaluate(
        """async () => {
            const old = document.querySelector('.sigma-nodes');
            const card = old.getContext('webgl2').getExtension('WEBGL_lose_context');
            card.loseContext();
            await new Promise((done) => setTimeout(done, 200));
            card.restoreContext();
            window.old = old;
        }"""
    )
    page.wait_for_function("document.querySelector('.sigma-nodes') !== window.old")
    someone.point(45)
    assert someone.tell()["selected"] == ["actor:42"]
    page.close()


@pytest.mark.browser
def test_without_webgl_a_sentence_stands_in_place_of_the_picture(watched, address):
    watched.add_init_script(
        """
        const getContext = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
            return kind.includes('webgl') ? null : getContext.call(this, kind, ...rest);
        };
        delete window.WebGL2RenderingContext;
        delete window.WebGLRenderingContext;
        """
    )
    watched.goto(address)
    watched.get_by_text(STRINGS["no_webgl"]).wait_for()
    assert Person(watched).wait("o.stats")["stats"]["renderer"] == "none"


@pytest.mark.browser
def test_an_unknown_column_type_is_named(chromium, address):
    page = chromium.new_page()
    errors = []
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.goto(address)
    page.wait_for_selector("#net canvas", state="attached")
    page.evaluate("dash_clientside.set_props('net', {data: {id: ['a'], x: {dtype: 'f16', bdata: ''}, y: [0]}})")
    page.wait_for_timeout(500)
    page.close()
    assert any("dtype f16" in text for text in errors)
