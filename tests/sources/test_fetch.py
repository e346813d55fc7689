"""Downloads from a server on this machine: whole, resumed, changed in between, too large, not what was asked for."""

from __future__ import annotations

import hashlib
import http.server
import io
import json
import re
import threading
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from ecosystem import sources
from ecosystem.errors import SourceError
from ecosystem.sources import fetch, provenance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ecosystem.sources.fetch import Fetched

PATH = "/data/cordis-HORIZONprojects-csv.zip"


def archive(text: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("csv/project.csv", "id;title;startDate\n1;Plan;2022-01-01\n" + text)
        packed.writestr("csv/padding.txt", "x" * 300_000)
    return buffer.getvalue()


@dataclass
class Publisher:
    """What the server gives, and what it was asked."""

    base: str = ""
    content: bytes = field(default_factory=archive)
    tag: str = '"v1"'
    breaks_after: int = 0
    status: int = 0
    location: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)

    def get(self, to: Path, **options: object) -> Fetched:
        return fetch.cordis("HORIZON", to, base_url=f"{self.base}/data", **options)  # type: ignore[arg-type]


def handler(publisher: Publisher) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher.asked.append({name.lower(): value for name, value in self.headers.items()} | {"path": self.path})
            if publisher.location and self.path == PATH:
                self.send_response(302)
                self.send_header("Location", publisher.location)
                self.end_headers()
                return
            if publisher.status:
                self.send_error(publisher.status)
                return
            whole, start = publisher.content, 0
            wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            if wanted and self.headers.get("If-Range") == publisher.tag:
                start = int(wanted[1])
                if start >= len(whole):
                    self.send_error(416)
                    return
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {start}-{len(whole) - 1}/{len(whole)}")
            else:
                self.send_response(200)
            self.send_header("Content-Length", str(len(whole) - start))
            self.send_header("ETag", publisher.tag)
            self.send_header("Last-Modified", "Mon, 03 Jun 2024 10:00:00 GMT")
            self.end_headers()
            end = start + publisher.breaks_after if publisher.breaks_after else len(whole)
            self.wfile.write(whole[start:end])

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    told = Publisher()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(told))
    told.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield told
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_download_with_its_record(publisher: Publisher, tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    found = publisher.get(tmp_path / "new", progress=lambda *one: told.append(one))
    assert found.path.read_bytes() == publisher.content
    assert found.sha256 == hashlib.sha256(publisher.content).hexdigest()
    assert (found.size, found.resumed) == (len(publisher.content), 0)
    record = json.loads(provenance.beside(found.path).read_text(encoding="utf-8"))
    assert record["url"] == publisher.base + PATH
    assert record["checksum"] == f"sha256:{found.sha256}"
    assert record["published"] == "2024-06-03"
    assert "CC BY 4.0" in record["licence"]
    assert told[-1] == (found.path.name, found.size, found.size)
    assert sorted(path.name for path in found.path.parent.iterdir()) == [
        "cordis-HORIZONprojects-csv.zip", "cordis-HORIZONprojects-csv.zip.provenance.json",
    ]  # fmt: skip


def test_the_record_goes_with_the_reading(publisher: Publisher, tmp_path: Path) -> None:
    found = publisher.get(tmp_path)
    reading = sources.read("cordis", [found.path])
    assert reading.provenance == found.provenance
    assert (len(reading.projects), reading.rows_taken) == (1, 1)


def test_a_broken_connection_is_taken_up_again_at_once(publisher: Publisher, tmp_path: Path) -> None:
    publisher.breaks_after = 120_000
    found = fetch.fetch(publisher.base + PATH, tmp_path, fetch.Provenance("x"), pause=0)
    assert found.path.read_bytes() == publisher.content
    assert [one.get("range") for one in publisher.asked] == [None, "bytes=120000-", "bytes=240000-"]


def test_a_second_run_goes_on_where_the_first_broke_off(publisher: Publisher, tmp_path: Path) -> None:
    publisher.breaks_after = 100_000
    with pytest.raises(SourceError, match=r"broke off .* 100,000 bytes are kept"):
        fetch.fetch(publisher.base + PATH, tmp_path, fetch.Provenance("x"), attempts=1)
    publisher.breaks_after = 0
    found = publisher.get(tmp_path)
    assert found.resumed == 100_000
    assert found.path.read_bytes() == publisher.content
    assert publisher.asked[-1]["range"] == "bytes=100000-"


def test_a_file_that_changed_in_between_is_fetched_anew(publisher: Publisher, tmp_path: Path) -> None:
    publisher.breaks_after = 100_000
    with pytest.raises(SourceError, match="broke off"):
        fetch.fetch(publisher.base + PATH, tmp_path, fetch.Provenance("x"), attempts=1)
    publisher.breaks_after, publisher.tag, publisher.content = 0, '"v2"', archive("2;Other;2023-01-01\n")
    assert publisher.get(tmp_path).path.read_bytes() == publisher.content


def test_a_part_that_was_whole_is_fetched_anew(publisher: Publisher, tmp_path: Path) -> None:
    part = tmp_path / f"{PATH.rsplit('/', maxsplit=1)[-1]}.part"
    part.write_bytes(publisher.content)
    part.with_name(part.name + ".tag").write_text(publisher.tag, encoding="utf-8")
    assert publisher.get(tmp_path).path.read_bytes() == publisher.content


def test_more_than_is_wanted(publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"at most 0\.1 MB are fetched"):
        publisher.get(tmp_path, limit=100_000)
    assert list(tmp_path.iterdir()) == []


def test_a_checksum_that_is_not_the_one_given(publisher: Publisher, tmp_path: Path) -> None:
    good = hashlib.sha256(publisher.content).hexdigest()
    assert publisher.get(tmp_path, sha256=f"sha256:{good.upper()}").sha256 == good
    with pytest.raises(SourceError, match="not the one given"):
        publisher.get(tmp_path / "b", sha256="0" * 64)
    assert not (tmp_path / "b" / "cordis-HORIZONprojects-csv.zip").exists()


def test_a_page_instead_of_an_archive(publisher: Publisher, tmp_path: Path) -> None:
    publisher.content = b"<html>Sorry</html>"
    with pytest.raises(SourceError, match="what came is no archive"):
        publisher.get(tmp_path)


def test_what_is_not_there(publisher: Publisher, tmp_path: Path) -> None:
    publisher.status = 404
    with pytest.raises(SourceError, match="the publisher answers 404"):
        publisher.get(tmp_path)
    assert len(publisher.asked) == 1


def test_nobody_answers(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the connection broke off"):
        fetch.fetch("http://127.0.0.1:9/x", tmp_path, fetch.Provenance("x"), pause=0)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/plain,x"])
def test_redirects_stay_in_the_web(publisher: Publisher, tmp_path: Path, location: str) -> None:
    publisher.location = location
    with pytest.raises(SourceError, match=r"no address of the web|is not allowed"):
        publisher.get(tmp_path)


def test_redirects_within_the_web_are_followed(publisher: Publisher, tmp_path: Path) -> None:
    publisher.location = f"{publisher.base}/elsewhere.zip"
    assert publisher.get(tmp_path).path.name == "cordis-HORIZONprojects-csv.zip"
    assert publisher.asked[-1]["path"] == "/elsewhere.zip"


@pytest.mark.parametrize("base", ["file:///etc/", "ftp://x/", "javascript:", "/tmp/x", "http://"])  # noqa: S108
def test_other_addresses_are_refused(tmp_path: Path, base: str) -> None:
    with pytest.raises(SourceError, match="no address of the web"):
        fetch.cordis("HORIZON", tmp_path, base_url=base)


def test_other_programmes_and_formats(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="Use one of HORIZON, H2020, FP7"):
        fetch.cordis("FP9", tmp_path)
    with pytest.raises(SourceError, match="Use one of csv, json"):
        fetch.cordis("FP7", tmp_path, form="xlsx")


def test_a_broken_record_beside_a_file(publisher: Publisher, tmp_path: Path) -> None:
    found = publisher.get(tmp_path)
    for text in ("{", "[]", '{"title": 1}', '{"url": "x"}'):
        provenance.beside(found.path).write_text(text, encoding="utf-8")
        with pytest.raises(SourceError, match=r"provenance\.json"):
            sources.read("cordis", [found.path])


def test_the_command(publisher: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from typer.testing import CliRunner

    from ecosystem import cli

    call = ["fetch", "cordis", "--programme", "horizon", "--to", str(tmp_path), "--base-url", f"{publisher.base}/data"]
    answer = CliRunner().invoke(cli.app, call)
    assert answer.exit_code == 0, answer.output
    assert hashlib.sha256(publisher.content).hexdigest() in answer.output
    assert "CC BY 4.0" in answer.output
    assert capsys.readouterr().err == ""
