"""The server of a memory's page: who gets an answer, what a change may do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette.testclient", reason="the extra [review] is not installed")

from starlette.testclient import TestClient

from aligner.languages.scripts import is_right_to_left
from aligner.memory import (
    Filter,
    Memory,
    PageTools,
    edit_unit,
    listed_units,
    load_units,
    prepare_page,
)
from aligner.memory.page_server import memory_application
from aligner.model import Code, Unit
from aligner.serving import HEADER
from aligner.workflows.memory.storing import chosen_units

TOKEN = "t0ken-of-this-test"
HOST = "127.0.0.1:8123"
POST = {HEADER: "1", "content-type": "application/json"}
TOOLS = PageTools(is_right_to_left, chosen_units)


def rows() -> list[Unit]:
    made = [
        Unit.of("en", "es", f"the ship {n}", f"el barco {n}", f"d{n // 10}", n)
        for n in range(1, 61)
    ]
    text = "Turn the key ."
    coded = Unit.of("en", "ar", text, "أدر المفتاح", "keys", 1)
    codes = (Code(9, "open", "1", "italic", "<i>"), Code(12, "close", "1", "italic", "</i>"))
    source = coded.variants[0]._replace(codes=codes)
    people = (("creationid", "a"), ("creationdate", "20260102T000000Z"))
    return [*made, coded._replace(variants=(source, coded.variants[1]), attributes=people)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "m.db"
    with Memory(path, write=True) as memory:
        load_units(memory, rows(), "a", "a")
        prepare_page(memory)
    return path


@pytest.fixture
def client(path: Path) -> Iterator[TestClient]:
    app = memory_application(path, TOOLS, TOKEN, frozenset({HOST}))
    with TestClient(app, base_url=f"http://{HOST}/{TOKEN}/") as client:
        yield client


def post(client: TestClient, name: str, **values: Any) -> Any:
    return client.post(f"api/{name}", headers=POST, content=json.dumps(values))


def seen(unit: dict[str, Any]) -> list[str]:
    return [*(side["text"] for side in unit["sides"]), unit["status"]]


def unit(client: TestClient, number: int) -> dict[str, Any]:
    found_there: dict[str, Any] = client.get(f"api/unit?id={number}").json()
    return found_there


def test_the_page_and_its_files(client: TestClient) -> None:
    page = client.get("")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for name in ("memory.js", "memory.css", "common.css", "api.js", "words.js", "icon.svg"):
        assert client.get(f"page/{name}").status_code == 200
    for name in ("review.js", "..%2fstore.py", "store.py", "m.db"):
        assert client.get(f"page/{name}").status_code in (403, 404)
    assert "https:" not in page.text
    assert "<script>" not in page.text
    assert "style=" not in page.text


@pytest.mark.parametrize(
    "headers",
    [
        {**POST, "host": "evil.example"},
        {**POST, "host": "127.0.0.1:9"},
        {**POST, "origin": "http://evil.example"},
        {**POST, "sec-fetch-site": "cross-site"},
        {"content-type": "application/json"},
        {HEADER: "1", "content-type": "text/plain"},
    ],
)
def test_others_change_nothing(client: TestClient, path: Path, headers: dict[str, str]) -> None:
    body = json.dumps({"id": 1, "seen": seen(unit(client, 1)), "target": "theirs"})
    assert client.post("api/edit", headers=headers, content=body).status_code == 403
    assert client.get(f"http://{HOST}/wrong/api/units").status_code == 403
    with Memory(path) as memory:
        assert next(listed_units(memory, Filter()))[1].target == "el barco 1"


def test_pages_on_and_back(client: TestClient) -> None:
    first = client.get("api/units", params={"limit": 25}).json()
    assert [one["id"] for one in first["units"]] == list(range(1, 26))
    assert first["full"]
    second = client.get("api/units", params={"limit": 25, "after": first["place"]}).json()
    assert second["units"][0]["id"] == 26
    back = client.get("api/units", params={"limit": 25, "before": 26}).json()
    assert back["units"] == first["units"]
    last = client.get("api/units", params={"limit": 25, "before": 999_999_999}).json()
    assert [one["id"] for one in last["units"]] == list(range(37, 62))


def test_search_and_filter(client: TestClient) -> None:
    asked = {"q": "ship 7", "document": "d0", "status": "auto"}
    (one,) = client.get("api/units", params=asked).json()["units"]
    assert (
        one["sides"][0]["pieces"] == [["ship 7", "match"]]
        or ["ship 7", "match"] in one["sides"][0]["pieces"]
    )
    assert client.get("api/count", params=asked).json() == {"count": 1, "all": True}
    (coded,) = client.get("api/units", params={"user": "a", "since": "2026"}).json()["units"]
    assert coded["sides"][0]["marked"] == "Turn the <1>key</1> ."
    assert [side["dir"] for side in coded["sides"]] == ["ltr", "rtl"]
    about = client.get("api/memory").json()
    assert (about["units"], about["users"]) == (61, ["a"])
    assert about["languages"] == [["en", "es"], ["en", "ar"]]


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "(", "mode": "regex"},
        {"mode": "fuzzy"},
        {"q": "x", "side": "left"},
        {"status": "good"},
        {"since": "yesterday"},
        {"after": "x"},
        {"after": "9" * 30},
        {"source_lang": "xx"},
        {"limit": "-1"},
    ],
)
def test_a_wrong_question_gets_a_sentence(client: TestClient, asked: dict[str, str]) -> None:
    answer = client.get("api/units", params=asked)
    assert answer.status_code in (400, 500)
    assert answer.json()["error"]
    assert "Traceback" not in answer.text


def test_a_correction_and_its_undoing(client: TestClient) -> None:
    before = unit(client, 3)
    done = post(client, "edit", id=3, seen=seen(before), target="la nave 3").json()
    assert (done["changed"], done["codes"], done["undo"]) == (True, 0, ["edit", 3])
    assert done["unit"]["status"] == "edited"
    assert client.get("api/count", params={"q": "nave"}).json()["count"] == 1
    assert post(client, "delete", id=3, seen=seen(done["unit"])).json()["unit"] is None
    assert client.get("api/unit?id=3").status_code == 409
    assert post(client, "undo").json()["name"] == "delete"
    assert post(client, "undo").json()["unit"] == before
    assert client.get("api/count", params={"q": "nave"}).json()["count"] == 0
    assert post(client, "undo").status_code == 400
    assert post(client, "redo").json()["unit"]["sides"][1]["text"] == "la nave 3"


def test_a_change_of_somebody_else_is_not_overwritten(client: TestClient, path: Path) -> None:
    before = unit(client, 4)
    with Memory(path, write=True) as memory:
        edit_unit(memory, 4, target="theirs")
    for name, more in (
        ("edit", {"target": "mine"}),
        ("delete", {}),
        ("edit", {"status": "accepted"}),
    ):
        answer = post(client, name, id=4, seen=seen(before), **more)
        assert answer.status_code == 409
        assert "meanwhile" in answer.json()["error"]
    assert unit(client, 4)["sides"][1]["text"] == "theirs"


def test_a_correction_keeps_codes_or_is_refused(client: TestClient) -> None:
    before = unit(client, 61)
    answer = post(client, "edit", id=61, seen=seen(before), source="Turn the key.")
    assert answer.status_code == 400
    assert "<1>, </1>" in answer.json()["error"]
    assert unit(client, 61) == before
    kept = post(client, "edit", id=61, seen=seen(before), source="The <1>key</1>!").json()
    assert kept["unit"]["sides"][0]["marked"] == "The <1>key</1>!"
    gone = post(client, "edit", id=61, seen=seen(kept["unit"]), source="The key!", drop=True).json()
    assert gone["codes"] == 2


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"id": "3", "seen": ["a", "b", "auto"]},
        {"id": True, "seen": ["a", "b", "auto"]},
        {"id": 3, "seen": ["a", "b"]},
        {"id": 3, "seen": ["the ship 3", "el barco 3", "auto"], "target": 5},
        {"id": 3, "seen": ["the ship 3", "el barco 3", "auto"], "target": "x" * 100_001},
        {"id": 3, "seen": ["the ship 3", "el barco 3", "auto"], "target": " "},
        {"id": 3, "seen": ["the ship 3", "el barco 3", "auto"], "target": "a\ud800"},
        {"id": 3, "seen": ["the ship 3", "el barco 3", "auto"], "status": "good"},
        {"id": 3, "seen": ["the ship 3", "el barco 3", "auto"], "status": 7},
        {"id": 10**30, "seen": ["a", "b", "auto"]},
    ],
)
def test_a_broken_change_changes_nothing(client: TestClient, body: dict[str, Any]) -> None:
    before = unit(client, 3)
    answer = client.post("api/edit", headers=POST, content=json.dumps(body))
    assert answer.status_code in (400, 409)
    assert answer.json()["error"]
    assert unit(client, 3) == before
