"""The review page in Chromium: every action by keyboard, on the page, on the server, on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.client.pages import confirmed, go_to, opened, press, row, shown, typed, version_of
from tests.client.reviews import Server, kinds
from tests.unit.review import samples


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    pytest.importorskip("uvicorn", reason="the extra [review] is not installed")
    path = samples.write(samples.small(), tmp_path_factory.mktemp("review") / "x.alignment.json")
    with Server.running(path, "--no-prepare", "--no-check") as server:
        yield server


@pytest.fixture(scope="module")
def page(browser: Any, server: Server) -> Iterator[Any]:
    page = opened(browser, server.url)
    yield page
    page.close()


BASE = ["1-1", "1-1", "1-1", "1-0", "1-1"]
MERGED = ["2-2", "1-1", "1-0", "1-1"]
APART = ["1-1", "1-0", "0-1", "1-1", "1-0", "1-1"]


def _merged(page: Any) -> None:
    go_to(page, 0)
    press(page, "m")


def _apart(page: Any) -> None:
    """The second bead as two nulls, the first of them chosen to be linked."""
    go_to(page, 1)
    press(page, "0")
    page.keyboard.press("x")


def _linked(page: Any) -> None:
    _apart(page)
    go_to(page, 2)
    press(page, "x")


# name, what comes before, bead to go to, keys, the beads then, what a row says then (bead, words)
ACTIONS = [
    ("accept", (), 0, typed("a"), BASE, (0, "accepted")),
    ("merge next", (), 0, typed("m"), MERGED, (0, "edited")),
    ("merge before", (), 1, typed("M"), MERGED, (0, "El perro duerme.")),
    ("move up", (), 3, typed("u"), ["1-1", "1-1", "2-1", "1-1"], (2, "Nadie vino.")),
    (
        "move down",
        (),
        2,
        typed("ArrowRight", "d"),
        ["1-1", "1-1", "1-0", "1-1", "1-1"],
        (3, "rains"),
    ),
    ("null", (), 1, typed("0"), APART, (1, "no counterpart")),
    ("pin", (), 4, typed("i"), BASE, (4, "pinned")),
    (
        "edit text",
        (),
        0,
        typed("e", "Control+a", "text:La torre.", "Enter"),
        BASE,
        (0, "La torre."),
    ),
    (
        "split text",
        (),
        0,
        typed("t", "Home", *["ArrowRight"] * 7, "Enter"),
        ["2-1", "1-1", "1-1", "1-0", "1-1"],
        (0, "es azul."),
    ),
    ("join", (), 0, typed("J"), ["1-1", "0-1", "1-1", "1-0", "1-1"], (0, "azul. El perro")),
    ("label", (), 1, typed("l", "text:modulation", "Enter"), BASE, (1, "modulation")),
    ("comment", (), 2, typed("c", "text:look again", "Control+Enter"), BASE, (2, "look again")),
    ("bulk", (), 0, typed("b", "text:0.95", "Enter"), BASE, (4, "accepted")),
    ("split", (_merged,), 0, typed(".", "s"), BASE, (1, "The dog sleeps.")),
    ("link", (_apart,), 2, typed("x"), APART, (1, "crosses bead 3")),
    ("unlink", (_linked,), 1, typed("X"), APART, (1, "no counterpart")),
]


@pytest.mark.parametrize(
    ("name", "first", "bead", "keys", "after", "says"), ACTIONS, ids=lambda v: str(v)[:12]
)
def test_actions_by_keyboard(
    page: Any,
    server: Server,
    name: str,
    first: Any,
    bead: int,
    keys: Any,
    after: list[str],
    says: Any,
) -> None:
    """Do it, undo it, do it again, reload, undo it: page, server and file agree each time."""
    start = server.review()
    for step in first:
        step(page)
    before, seen = server.review(), shown(page)
    go_to(page, bead)
    keys(page)
    done = server.review()
    assert kinds(done) == shown(page) == after
    assert says[1] in row(page, says[0])
    page.keyboard.press("z")
    confirmed(page, done["version"] + 1)
    for part in ("texts", "pairs"):
        assert server.review()[part] == before[part]
    assert shown(page) == seen
    page.keyboard.press("Z")
    confirmed(page, done["version"] + 2)
    assert shown(page) == after
    page.reload()
    page.wait_for_selector("[data-ready=yes]")
    assert shown(page) == after
    assert says[1] in row(page, says[0])
    page.keyboard.press("Control+s")
    page.wait_for_function(
        "() => document.getElementById('status').textContent.includes('written')"
    )
    beads = json.loads(server.path.read_bytes())["alignments"][0]["beads"]
    written = [
        f"{b['source'][1] - b['source'][0]}-{b['target'][1] - b['target'][0]}" for b in beads
    ]
    assert written == after
    page.keyboard.press("z")
    confirmed(page, done["version"] + 3)
    assert server.review()["pairs"] == before["pairs"]
    for _ in range(before["version"] - start["version"]):
        press(page, "z")
    assert server.review()["pairs"] == start["pairs"]


def test_split_and_the_segment_chosen(page: Any, server: Server) -> None:
    go_to(page, 0)
    press(page, "m")
    press(page, "m")
    assert shown(page) == ["3-3", "1-0", "1-1"]
    press(page, ".", ".", "s")  # before the third source segment
    assert shown(page) == ["2-2", "1-1", "1-0", "1-1"]
    for _ in range(3):
        press(page, "z")
    assert shown(page) == BASE


def test_crossings_are_linked_drawn_and_unlinked(page: Any, server: Server) -> None:
    go_to(page, 1)
    press(page, "0")
    page.keyboard.press("x")
    go_to(page, 2)
    press(page, "x")
    assert server.review()["pairs"][0]["crossings"] == [[1, 2, 1, 2, 1.0]]
    assert page.locator("#links path").count() == 1
    assert "crosses bead 3" in row(page, 1)
    page.click("#bead-1 .jump")
    page.wait_for_selector("#bead-2[aria-selected=true]")
    press(page, "X")
    assert page.locator("#links path").count() == 0
    for _ in range(3):
        press(page, "z")
    assert shown(page) == BASE


def test_mouse(page: Any, server: Server) -> None:
    page.click("#bead-2 .target .words")
    page.wait_for_selector("#bead-2 .target .segment.cursor")
    before = version_of(page)
    page.click("#do-move-down")
    confirmed(page, before + 1)
    assert shown(page) == ["1-1", "1-1", "1-0", "1-1", "1-1"]
    page.click("#do-undo")
    confirmed(page, before + 2)
    assert shown(page) == BASE
    page.click("#do-redo")
    confirmed(page, before + 3)
    assert shown(page) == ["1-1", "1-1", "1-0", "1-1", "1-1"]
    page.click("#do-undo")
    confirmed(page, before + 4)
    page.dblclick("#bead-0 .source .words")
    page.fill("#words", "Otra casa.")
    page.click("#words-save")
    confirmed(page, before + 5)
    assert "first wording: La casa es azul." in page.get_attribute("#bead-0 .edited-text", "title")
    page.dblclick("#bead-0 .source .words")
    page.click("#words-restore")
    confirmed(page, before + 6)
    assert "La casa es azul." in row(page, 0)
    for step in (7, 8):
        page.click("#do-undo")
        confirmed(page, before + step)


def test_what_was_typed_stays_when_it_is_refused(page: Any) -> None:
    go_to(page, 0)
    page.keyboard.press("e")
    page.fill("#words", " ")
    page.keyboard.press("Enter")
    page.wait_for_selector("#words-dialog .error:not(:empty)")
    assert "cannot be empty" in page.inner_text("#words-dialog .error")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.keyboard.insert_text("no typing here")
    assert page.input_value("#words") == "La casa es azul."
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.activeElement.id === 'grid'")


def test_search_filter_and_going_about(page: Any) -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text("DOG")
    page.keyboard.press("Enter")
    page.wait_for_selector("#bead-1[aria-selected=true] mark")
    assert page.inner_text("#bead-1 mark") == "dog"
    page.check("#regex")
    page.fill("#search", "^la (casa|mesa)")
    assert "1 of 1" not in page.inner_text("#matches") or page.locator("mark").count() == 1
    page.fill("#search", "(")
    assert page.inner_text("#matches") == "this is no regular expression"
    page.uncheck("#regex")
    page.keyboard.press("Escape")
    page.select_option("#filter", "null")
    assert shown(page) == ["1-0"]
    page.select_option("#filter", "uncertain")
    assert page.locator(".bead").count() == 2
    page.select_option("#filter", "comment")
    page.wait_for_selector("#empty:not([hidden])")
    page.keyboard.press("Escape")
    assert shown(page) == BASE
    # least certain first, round the end, then in reading order
    go_to(page, 0)
    for bead in (1, 3, 1):
        page.keyboard.press("n")
        page.wait_for_selector(f"#bead-{bead}[aria-selected=true]")
    page.keyboard.press("p")
    page.wait_for_selector("#bead-3[aria-selected=true]")
    page.keyboard.press("o")
    page.keyboard.press("p")
    page.wait_for_selector("#bead-1[aria-selected=true]")
    page.keyboard.press("o")
    page.keyboard.press("g")
    page.keyboard.insert_text("t4")
    page.keyboard.press("Enter")
    page.wait_for_selector("#bead-4[aria-selected=true]")
    page.keyboard.press("g")
    page.fill("#goto", "99")
    page.keyboard.press("Enter")
    page.wait_for_selector("#goto-dialog .error:not(:empty)")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#keys tr").count() > 30
    page.keyboard.press("Escape")


def test_two_windows_do_not_overwrite_each_other(browser: Any, page: Any, server: Server) -> None:
    other = opened(browser, server.url)
    # the window does not hear of the change, as when both act in the same moment
    other.evaluate("() => { Object.defineProperty(document, 'hidden', { get: () => true }); }")
    before = version_of(page)
    go_to(page, 0)
    press(page, "m")
    go_to(other, 4)
    other.keyboard.press("i")
    other.wait_for_selector("#alarm:not([hidden])")
    assert "changed in another window" in other.inner_text("#alarm")
    review = server.review()
    assert review["version"] == before + 1
    assert not any(item.get("pinned") for item in review["pairs"][0]["items"])
    # it shows the present state, as soon as it has it
    other.wait_for_function("() => document.querySelectorAll('.bead').length === 4")
    assert shown(other) == ["2-2", "1-1", "1-0", "1-1"]
    press(other, "z")
    other.close()
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    confirmed(page, before + 2)
    assert shown(page) == BASE


def test_without_a_server_nothing_is_said_to_be_done(browser: Any, tmp_path: Path) -> None:
    path = samples.write(samples.small(), tmp_path / "x.alignment.json")
    server = Server(path, "--no-prepare", "--no-check")
    page = opened(browser, server.url)
    server.kill()
    go_to(page, 0)
    page.keyboard.press("m")
    page.wait_for_selector("#alarm:not([hidden])")
    assert "was not done" in page.inner_text("#alarm")
    assert shown(page) == BASE
    page.close()


def test_export_from_the_page(page: Any) -> None:
    page.keyboard.press("E")
    with page.expect_download() as waiting:
        page.click("#formats button:has-text('tmx')")
    assert waiting.value.suggested_filename.endswith(".tmx")
    assert "tmx" in page.inner_text("#losses")
    with page.expect_download() as waiting:
        page.click("#formats button:text-is('moses')")
    assert waiting.value.suggested_filename.endswith(".zip")
    page.keyboard.press("Escape")
