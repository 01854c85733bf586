"""The server: who gets an answer, and what may be in it."""

from __future__ import annotations

import contextlib
import io
import json
import queue
import select
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette.testclient", reason="the extra [review] is not installed")

from starlette.testclient import TestClient

from aligner.review.server import application
from aligner.review.serving import serve_session
from aligner.review.session import Remark, Session
from aligner.serving import HEADER, LARGEST_BODY
from tests.unit.review import samples

TOKEN = "t0ken-of-this-test"
HOST = "127.0.0.1:8123"
POST = {HEADER: "1", "content-type": "application/json"}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    alignment = samples.small()
    (tmp_path / "secret.txt").write_text("not yours")
    path = samples.write(alignment, tmp_path / "x.alignment.json")

    def check(_: object) -> list[Remark]:
        return [Remark("number", "7 is missing", "major", (1,), (1,))]

    session = Session(path, samples.tools(check=check, losses=lambda _, name: [f"no {name}"]))
    yield session
    session.close()


@pytest.fixture
def client(session: Session) -> Iterator[TestClient]:
    app = application(session, TOKEN, frozenset({HOST, "localhost:8123"}))
    with TestClient(app, base_url=f"http://{HOST}") as client:
        yield client


def _do(client: TestClient, version: int, action: str, **values: object):  # type: ignore[no-untyped-def]
    body = {"version": version, "action": action, "pair": 0, **values}
    return client.post(f"/{TOKEN}/api/do", headers=POST, content=json.dumps(body))


def test_the_page_and_its_files(client: TestClient) -> None:
    page = client.get(f"/{TOKEN}/")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    for name in ("review.js", "review.css", "grid.js"):
        answer = client.get(f"/{TOKEN}/page/{name}")
        assert answer.status_code == 200
        assert answer.headers["x-content-type-options"] == "nosniff"
    # nothing of the page comes from elsewhere, and nothing is inline
    assert "http:" not in page.text.replace("http://www.w3.org", "")
    assert "https:" not in page.text
    assert "<script>" not in page.text
    assert "style=" not in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/wrong/",
        f"/{TOKEN}x/",
        f"/{TOKEN[:-1]}/",
        "/page/review.js",
        "/api/review",
        "//api/review",
        "/é/api/review",
    ],
)
def test_without_the_token_there_is_nothing(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 403
    assert "casa" not in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8123", "127.0.0.1", "127.0.0.1:81", "", "[::1]:8123"]
)
def test_other_hosts_get_nothing(client: TestClient, host: str) -> None:
    """DNS rebinding: the browser sends the name it was told."""
    assert client.get(f"/{TOKEN}/", headers={"host": host}).status_code == 403
    body = json.dumps({"version": 0, "action": "accept", "pair": 0, "bead": 0})
    answer = client.post(f"/{TOKEN}/api/do", headers={**POST, "host": host}, content=body)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {**POST, "origin": "http://evil.example"},
        {**POST, "origin": "null"},
        {**POST, "origin": f"https://{HOST}"},
        {**POST, "origin": "http://127.0.0.1:9"},
        {**POST, "sec-fetch-site": "cross-site"},
        {**POST, "sec-fetch-site": "same-site"},
        {"content-type": "application/json"},
        {HEADER: "1", "content-type": "text/plain"},
        {HEADER: "1", "content-type": "application/x-www-form-urlencoded"},
    ],
)
def test_posts_of_other_pages_are_refused(
    client: TestClient, session: Session, headers: dict[str, str]
) -> None:
    body = json.dumps({"version": 0, "action": "accept", "pair": 0, "bead": 0})
    answer = client.post(f"/{TOKEN}/api/do", headers=headers, content=body)
    assert answer.status_code == 403
    assert session.version == 0


def test_own_pages_may(client: TestClient, session: Session) -> None:
    body = json.dumps({"version": 0, "action": "accept", "pair": 0, "bead": 0})
    headers = {**POST, "origin": f"http://{HOST}", "sec-fetch-site": "same-origin"}
    assert client.post(f"/{TOKEN}/api/do", headers=headers, content=body).status_code == 200
    assert session.version == 1


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2fserver.py",
        "%2e%2e/server.py",
        "../server.py",
        "....//server.py",
        "%2fetc%2fpasswd",
        "..%5c..%5cserver.py",
        "index.html%00.js",
        "secret.txt",
        "",
    ],
)
def test_no_path_comes_from_a_request(client: TestClient, name: str) -> None:
    for address in (f"/{TOKEN}/page/{name}", f"/{TOKEN}/{name}", f"/{TOKEN}/api/export/{name}"):
        answer = client.get(address)
        assert "not yours" not in answer.text
        assert "import" not in answer.text
        assert answer.status_code in (400, 403, 404) or "<!doctype html>" in answer.text


def test_methods_and_sizes(client: TestClient, session: Session) -> None:
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
        assert client.request(method, f"/{TOKEN}/api/review").status_code == 405
    assert client.get(f"/{TOKEN}/api/do").status_code == 405
    large = b'{"x": "' + b"x" * LARGEST_BODY + b'"}'
    assert client.post(f"/{TOKEN}/api/do", headers=POST, content=large).status_code == 413
    # the same in pieces, its length not told, or told wrongly
    pieces = (b"x" * 65_536 for _ in range(LARGEST_BODY // 65_536 + 2))
    assert client.post(f"/{TOKEN}/api/do", headers=POST, content=pieces).status_code == 413
    for length in ("99999999999999999999", "²", "-1", "1e3"):
        told = {**POST, "content-length": length.encode("latin-1")}
        assert client.post(f"/{TOKEN}/api/do", headers=told, content=b"{}").status_code == 413
    for broken in (b"", b"[]", b"{", b'{"version": "0"}', b"[" * 5000, b"\xff"):
        answer = client.post(f"/{TOKEN}/api/do", headers=POST, content=broken)
        assert answer.status_code == 400
        assert answer.json()["error"]
    assert session.version == 0


def test_actions_answer_with_what_changed(client: TestClient) -> None:
    answer = _do(client, 0, "merge", bead=1, step=1)
    assert answer.status_code == 200
    (splice,) = answer.json()["changes"]
    assert (splice["start"], splice["removed"], splice["items"]) == (
        1,
        2,
        [{"sizes": [2, 2], "status": "edited"}],
    )
    assert answer.json()["undo"] == "merge"
    refused = _do(client, 1, "merge", bead=0, step=-1)
    assert refused.status_code == 400
    assert refused.json()["error"] == "there is no bead before this one"
    stale = _do(client, 0, "accept", bead=0)
    assert stale.status_code == 409
    assert stale.json()["version"] == 1
    undone = _do(client, 1, "undo").json()
    assert undone["changes"][0]["items"][0]["confidence"] == 0.4
    assert undone["redo"] == "merge"


def test_the_review_says_what_the_page_needs(client: TestClient) -> None:
    review = client.get(f"/{TOKEN}/api/review").json()
    assert [text["dir"] for text in review["texts"]] == ["ltr", "ltr"]
    assert review["texts"][0]["passages"][0]["pieces"][0] == ["La casa es azul."]
    assert review["pairs"][0]["items"][3] == {"sizes": [1, 0], "score": 1.5, "confidence": 0.6}
    assert client.get(f"/{TOKEN}/api/version").json() == {
        "version": 0,
        "unsaved": False,
        "undo": "",
        "redo": "",
        "notice": "",
        "differs": False,
    }
    (finding,) = client.get(f"/{TOKEN}/api/findings").json()["findings"]
    assert (finding["code"], finding["pair"], finding["source"]) == ("number", 0, [1])
    assert client.get(f"/{TOKEN}/api/losses/tmx").json() == {"losses": ["no tmx"]}


def test_every_format_can_be_exported(client: TestClient, session: Session) -> None:
    _do(client, 0, "merge", bead=1, step=1)
    names = session.tools.formats(session.snapshot()[1].alignment())
    assert {"tmx", "xliff", "po"} <= set(names)
    for name in names:
        answer = client.get(f"/{TOKEN}/api/export/{name}")
        assert answer.status_code == 200, name
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.content
        if answer.headers["content-disposition"].endswith(".zip"):
            assert len(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) > 1
    refused = client.get(f"/{TOKEN}/api/export/srt")  # these texts have no times
    assert (refused.status_code, "srt" in refused.json()["error"]) == (400, True)
    assert "[1, 2]:[1, 2]" in client.get(f"/{TOKEN}/api/export/beads").text.replace(
        "[1,2]", "[1, 2]"
    )


def test_saving_writes_the_file(client: TestClient, session: Session) -> None:
    _do(client, 0, "pin", bead=1)
    answer = client.post(f"/{TOKEN}/api/save", headers=POST, content="{}")
    assert (answer.json()["version"], answer.json()["unsaved"]) == (1, False)
    assert json.loads(session.path.read_bytes())["alignments"][0]["pins"] == ["[1]:[1]"]


def test_a_body_in_pieces_that_does_not_end_is_refused_on_the_wire(session: Session) -> None:
    """By the real server: it answers before the body ends, and lets go of the connection."""
    address: queue.SimpleQueue[str] = queue.SimpleQueue()
    server = threading.Thread(
        target=serve_session,
        args=(session,),
        kwargs={"token": TOKEN, "ready": address.put},
        daemon=True,
    )
    server.start()
    host, _, port = address.get(timeout=60).split("/")[2].partition(":")
    with socket.create_connection((host, int(port)), timeout=60) as wire:
        head = f"POST /{TOKEN}/api/do HTTP/1.1\r\nHost: {host}:{port}\r\n{HEADER}: 1\r\n"
        wire.sendall(f"{head}Content-Type: application/json\r\n".encode())
        wire.sendall(b"Transfer-Encoding: chunked\r\n\r\n")
        piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        sent = 0
        with contextlib.suppress(ConnectionError):
            while sent < 20 * LARGEST_BODY and not select.select([wire], [], [], 0)[0]:
                wire.sendall(piece)
                sent += len(piece)
        assert wire.recv(12) == b"HTTP/1.1 413"
    assert sent < 20 * LARGEST_BODY
