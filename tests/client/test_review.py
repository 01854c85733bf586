"""The review page in Chromium: every action by keyboard, on the page, on the server, on disk."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aligner.model import Alignment
from tests.client.reviews import Server, kinds
from tests.conftest import CORPORA, ROOT, missing_client, require_program
from tests.unit.reviewing import samples

ARTEFACTS = ROOT / "artefacts"
LAG = 60_000  # ms; machines that test are busy


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing_client("playwright is not installed: pip install 'aligner[dev]'")
    program = require_program("chromium", "chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    pytest.importorskip("uvicorn", reason="the extra [review] is not installed")
    path = samples.write(samples.small(), tmp_path_factory.mktemp("review") / "x.alignment.json")
    with Server.running(path, "--no-prepare", "--no-check") as server:
        yield server


@pytest.fixture(scope="module")
def page(browser: Any, server: Server) -> Iterator[Any]:
    page = _page(browser, server.url)
    yield page
    page.close()


def _page(browser: Any, url: str, **more: Any) -> Any:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, **more)
    page = context.new_page()
    page.set_default_timeout(LAG)
    page.on("pageerror", lambda error: pytest.fail(f"the page failed: {error}"))
    page.goto(url)
    page.wait_for_selector("[data-ready=yes]")
    return page


def _version(page: Any) -> int:
    return int(page.inner_text("#saved").split()[1].rstrip(","))


def _press(page: Any, *keys: str) -> None:
    """Press keys; the last one is an action: wait until it is confirmed."""
    before = _version(page)
    for key in keys:
        page.keyboard.press(key)
    _confirmed(page, before + 1)


def _confirmed(page: Any, version: int) -> None:
    page.wait_for_function(
        "v => document.getElementById('saved').textContent.startsWith(`version ${v},`)", arg=version
    )


def _shown(page: Any) -> list[str]:
    """Beads as the page shows them."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('.bead')]
            .sort((a, b) => a.dataset.bead - b.dataset.bead)
            .map((row) => row.querySelector('.type').textContent)"""
    )
    return found


def _row(page: Any, bead: int) -> str:
    text: str = page.inner_text(f"#bead-{bead}")
    return text


def _go(page: Any, bead: int) -> None:
    page.keyboard.press("Home")
    for _ in range(bead):
        page.keyboard.press("ArrowDown")
    page.wait_for_selector(f"#bead-{bead}[aria-selected=true]")


def _type(*keys: str) -> Any:
    """Keys of an action; `"text:..."` is typed."""

    def run(page: Any) -> None:
        before = _version(page)
        for key in keys:
            if key.startswith("text:"):
                page.keyboard.insert_text(key[5:])
            else:
                page.keyboard.press(key)
        _confirmed(page, before + 1)

    return run


BASE = ["1-1", "1-1", "1-1", "1-0", "1-1"]
# name, bead to go to, keys, the beads then, what its row says then (bead, words)
ACTIONS = [
    ("accept", 0, _type("a"), BASE, (0, "accepted")),
    ("merge next", 0, _type("m"), ["2-2", "1-1", "1-0", "1-1"], (0, "edited")),
    ("merge before", 1, _type("M"), ["2-2", "1-1", "1-0", "1-1"], (0, "El perro duerme.")),
    ("move up", 3, _type("u"), ["1-1", "1-1", "2-1", "1-1"], (2, "Nadie vino.")),
    ("move down", 2, _type("ArrowRight", "d"), ["1-1", "1-1", "1-0", "1-1", "1-1"], (3, "rains")),
    ("null", 1, _type("0"), ["1-1", "1-0", "0-1", "1-1", "1-0", "1-1"], (1, "no counterpart")),
    ("pin", 4, _type("i"), BASE, (4, "pinned")),
    ("edit text", 0, _type("e", "Control+a", "text:La torre.", "Enter"), BASE, (0, "La torre.")),
    (
        "split text",
        0,
        _type("t", "Home", *["ArrowRight"] * 7, "Enter"),
        ["2-1", "1-1", "1-1", "1-0", "1-1"],
        (0, "es azul."),
    ),
    ("join", 0, _type("J"), ["1-1", "0-1", "1-1", "1-0", "1-1"], (0, "azul. El perro")),
    ("label", 1, _type("l", "text:modulation", "Enter"), BASE, (1, "modulation")),
    ("comment", 2, _type("c", "text:look again", "Control+Enter"), BASE, (2, "look again")),
    ("bulk", 0, _type("b", "text:0.95", "Enter"), BASE, (4, "accepted")),
]


@pytest.mark.parametrize(
    ("name", "bead", "keys", "after", "says"), ACTIONS, ids=lambda v: str(v)[:12]
)
def test_actions_by_keyboard(
    page: Any, server: Server, name: str, bead: int, keys: Any, after: list[str], says: Any
) -> None:
    """Do it, undo it, do it again, reload, undo it: page, server and file agree each time."""
    before = server.review()
    _go(page, bead)
    keys(page)
    done = server.review()
    assert kinds(done) == _shown(page) == after
    assert says[1] in _row(page, says[0])
    page.keyboard.press("z")
    _confirmed(page, done["version"] + 1)
    for part in ("texts", "pairs"):
        assert server.review()[part] == before[part]
    assert _shown(page) == BASE
    page.keyboard.press("Z")
    _confirmed(page, done["version"] + 2)
    assert _shown(page) == after
    page.reload()
    page.wait_for_selector("[data-ready=yes]")
    assert _shown(page) == after
    assert says[1] in _row(page, says[0])
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
    _confirmed(page, done["version"] + 3)
    assert server.review()["pairs"] == before["pairs"]


def test_split_and_the_segment_chosen(page: Any, server: Server) -> None:
    _go(page, 0)
    _press(page, "m")
    _press(page, "m")
    assert _shown(page) == ["3-3", "1-0", "1-1"]
    _press(page, ".", ".", "s")  # before the third source segment
    assert _shown(page) == ["2-2", "1-1", "1-0", "1-1"]
    for _ in range(3):
        _press(page, "z")
    assert _shown(page) == BASE


def test_crossings_are_linked_drawn_and_unlinked(page: Any, server: Server) -> None:
    _go(page, 1)
    _press(page, "0")
    page.keyboard.press("x")
    _go(page, 2)
    _press(page, "x")
    assert server.review()["pairs"][0]["crossings"] == [[1, 2, 1, 2, 1.0]]
    assert page.locator("#links path").count() == 1
    assert "crosses bead 3" in _row(page, 1)
    page.click("#bead-1 .jump")
    page.wait_for_selector("#bead-2[aria-selected=true]")
    _press(page, "X")
    assert page.locator("#links path").count() == 0
    for _ in range(3):
        _press(page, "z")
    assert _shown(page) == BASE


def test_mouse(page: Any, server: Server) -> None:
    page.click("#bead-2 .target .words")
    page.wait_for_selector("#bead-2 .target .segment.cursor")
    before = _version(page)
    page.click("#do-move-down")
    _confirmed(page, before + 1)
    assert _shown(page) == ["1-1", "1-1", "1-0", "1-1", "1-1"]
    page.click("#do-undo")
    _confirmed(page, before + 2)
    page.dblclick("#bead-0 .source .words")
    page.fill("#words", "Otra casa.")
    page.click("#words-save")
    _confirmed(page, before + 3)
    assert "first wording: La casa es azul." in page.get_attribute("#bead-0 .edited-text", "title")
    page.dblclick("#bead-0 .source .words")
    page.click("#words-restore")
    _confirmed(page, before + 4)
    assert "La casa es azul." in _row(page, 0)
    for step in (5, 6):
        page.click("#do-undo")
        _confirmed(page, before + step)


def test_what_was_typed_stays_when_it_is_refused(page: Any) -> None:
    _go(page, 0)
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
    assert _shown(page) == ["1-0"]
    page.select_option("#filter", "uncertain")
    assert page.locator(".bead").count() == 2
    page.select_option("#filter", "comment")
    page.wait_for_selector("#empty:not([hidden])")
    page.keyboard.press("Escape")
    assert _shown(page) == BASE
    # least certain first, round the end, then in reading order
    _go(page, 0)
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
    other = _page(browser, server.url)
    # the window does not hear of the change, as when both act in the same moment
    other.evaluate("() => { Object.defineProperty(document, 'hidden', { get: () => true }); }")
    before = _version(page)
    _go(page, 0)
    _press(page, "m")
    _go(other, 4)
    other.keyboard.press("i")
    other.wait_for_selector("#alarm:not([hidden])")
    assert "changed in another window" in other.inner_text("#alarm")
    review = server.review()
    assert review["version"] == before + 1
    assert not any(item.get("pinned") for item in review["pairs"][0]["items"])
    # it shows the present state, as soon as it has it
    other.wait_for_function("() => document.querySelectorAll('.bead').length === 4")
    assert _shown(other) == ["2-2", "1-1", "1-0", "1-1"]
    _press(other, "z")
    other.close()
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    _confirmed(page, before + 2)
    assert _shown(page) == BASE


def test_without_a_server_nothing_is_said_to_be_done(browser: Any, tmp_path: Path) -> None:
    path = samples.write(samples.small(), tmp_path / "x.alignment.json")
    server = Server(path, "--no-prepare", "--no-check")
    page = _page(browser, server.url)
    server.kill()
    _go(page, 0)
    page.keyboard.press("m")
    page.wait_for_selector("#alarm:not([hidden])")
    assert "was not done" in page.inner_text("#alarm")
    assert _shown(page) == BASE
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


def test_markup_in_texts_stays_text(browser: Any, tmp_path: Path) -> None:
    bad = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'
    alignment = Alignment(
        samples.document("es", [[bad]]),
        samples.document("en", [["</textarea><script>window.hit=1</script> & more"]]),
        samples.tiled([(1, 1)]),
    )
    path = samples.write(alignment, tmp_path / "x.alignment.json")
    with Server.running(path, "--no-prepare", "--no-check") as server:
        page = _page(browser, server.url)
        _press(page, "c", *"<b>x</b>", "Control+Enter")
        page.fill("#search", "script")
        page.keyboard.press("Escape")
        assert bad in page.inner_text("#bead-0 .source")
        assert "<b>x</b>" in page.inner_text("#bead-0 .notes")
        assert page.locator("#bead-0 img, #bead-0 script, #bead-0 b").count() == 0
        page.keyboard.press("e")
        assert page.input_value("#words") == bad
        assert page.evaluate("window.hit") is None
        # and the policy would stop a script even so
        page.evaluate(
            """() => { const s = document.createElement('script'); s.textContent = 'window.hit=2';
            document.body.append(s); }"""
        )
        assert page.evaluate("window.hit") is None
        page.close()


def test_texts_from_right_to_left_and_in_chinese(browser: Any, tmp_path: Path) -> None:
    alignment = Alignment(
        samples.document("ar", [["البيت أزرق.", "ينام الكلب."], ["تمطر اليوم."]]),
        samples.document("zh", [["房子是蓝色的。", "狗在睡觉。"], ["今天下雨。"]]),
        samples.tiled([(1, 1), (1, 1), (1, 1)], [0.9, 0.3, 0.99]),
    )
    path = samples.write(alignment, tmp_path / "rtl.alignment.json")
    with Server.running(path, "--no-prepare", "--no-check") as server:
        page = _page(browser, server.url)
        assert page.get_attribute("#bead-0 .source", "dir") == "rtl"
        assert page.get_attribute("#bead-0 .target", "lang") == "zh"
        _keep(page, "rtl")
        # the caret counts code units, the server code points
        _go(page, 1)
        _type("ArrowRight", "e", "Control+a", "text:𠀀好𠀀", "Enter")(page)
        _press(page, "t", "Home", "ArrowRight", "Enter")
        assert server.review()["texts"][1]["passages"][0]["pieces"][1][0] == "𠀀"
        page.close()


def test_three_texts(browser: Any, tmp_path: Path) -> None:
    path = samples.write(samples.three(), tmp_path / "set.alignment.json")
    with Server.running(path, "--no-prepare", "--no-check") as server:
        page = _page(browser, server.url)
        assert "La maison est bleue." in page.inner_text("#bead-0 .context")
        page.select_option("#pair", "1")
        page.wait_for_function("() => document.querySelectorAll('.bead').length === 3")
        assert _shown(page) == ["1-1", "1-1", "3-1"]
        page.focus("#grid")
        _go(page, 0)
        _press(page, "m")
        assert kinds(server.review(), 1) == ["2-2", "3-1"]
        assert kinds(server.review(), 0) == BASE
        page.close()


def test_findings_stand_beside_their_beads(browser: Any, tmp_path: Path) -> None:
    """The page with findings of a check, served in this process."""
    from aligner.reviewing.session import Finding, Session
    from tests.client.reviews import in_thread

    path = samples.write(samples.small(), tmp_path / "x.alignment.json")

    def check(alignment: Any) -> list[Finding]:
        return [
            Finding("number", f"{len(alignment.beads)} beads <i>", "major", (2,), (2,)),
            Finding("omission", "nothing faces it", "minor", (), (3,)),
        ]

    with in_thread(Session(path, samples.tools(check=check))) as url:
        page = _page(browser, url)
        page.wait_for_selector("#bead-2 .finding")
        assert "number 5 beads <i>" in _row(page, 2)
        assert "omission" in _row(page, 4)
        page.select_option("#filter", "findings")
        assert _shown(page) == ["1-1", "1-1"]
        page.close()


def test_accessibility_and_looks(browser: Any, tmp_path: Path) -> None:
    """axe-core on the main views, and pictures of them."""
    path = samples.write(_interview(), tmp_path / "sample.alignment.json")
    axe = _axe()
    with Server.running(path, "--no-prepare", "--no-check") as server:
        for name, more in (
            ("light", {"color_scheme": "light"}),
            ("dark", {"color_scheme": "dark"}),
            ("zoom-200", {"color_scheme": "light", "device_scale_factor": 2}),
        ):
            page = _page(browser, server.url, **more)
            if name == "zoom-200":
                page.set_viewport_size({"width": 640, "height": 400})
                page.wait_for_timeout(200)
                # every part can be reached, and a bead can be read whole
                assert page.evaluate("document.documentElement.scrollWidth") <= 640
            page.keyboard.press("Home")
            page.wait_for_selector("#bead-0[aria-selected=true]")
            _keep(page, name)
            if axe is not None:
                _no_violations(page, axe)
                for key in ("?", "c", "e", "E", "b", "l", "g"):
                    page.keyboard.press(key)
                    page.wait_for_selector("dialog[open]")
                    _no_violations(page, axe)
                    page.keyboard.press("Escape")
            page.close()
    if axe is None:
        missing_client("axe-core is not there: run scripts/fetch_clients")


def _interview() -> Any:
    """The interview of corpora/ with its gold beads, some marks and confidences of our making."""
    from aligner import pipeline
    from aligner.model import Bead, Crossing

    folder = CORPORA / "interview"
    sides = [
        pipeline.open_document(pipeline.read_source(str(folder / f"{lang}.html")), lang)
        for lang in ("es", "en")
    ]
    beads: list[Bead] = []
    ends = [0, 0]
    for line in (folder / "gold.beads").read_text(encoding="utf-8").splitlines():
        if not line.startswith("["):
            continue
        sizes = [len(json.loads(part)) for part in line.split(":", 1)]
        source, target = (range(at, at + size) for at, size in zip(ends, sizes, strict=True))
        confidence = (37 * len(beads) % 100) / 100
        beads.append(Bead(source, target, 0.0, max(confidence, 0.3)))
        ends = [at + size for at, size in zip(ends, sizes, strict=True)]
    nulls = [[b for b in beads if not b.target], [b for b in beads if not b.source]]
    crossing = Crossing(nulls[0][0].source, nulls[1][0].target, 0.9)
    beads[1] = replace(beads[1], status="accepted")
    beads[2] = replace(beads[2], labels=("modulation",), comment="Compare the title.")
    return Alignment(sides[0], sides[1], tuple(beads), crossings=(crossing,))


def _axe() -> str | None:
    found = ROOT / "build" / "clients" / "axe.min.js"
    return found.read_text(encoding="utf-8") if found.is_file() else None


def _no_violations(page: Any, axe: str) -> None:
    # evaluated by the driver: the page's own policy allows no such script
    page.evaluate(axe)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    serious = [
        (one["id"], one["nodes"][0]["html"], one["nodes"][0]["failureSummary"])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []


def _keep(page: Any, name: str) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"review-{name}.png")


def test_a_long_text(browser: Any, tmp_path: Path) -> None:
    """Ten thousand beads: few rows in the document, any place at once, the action seen at once."""
    path = samples.write(samples.long(10_000), tmp_path / "long.alignment.json")
    with Server.running(path, "--no-prepare", "--no-check") as server:
        page = _page(browser, server.url)
        assert page.locator(".bead").count() < 120
        page.keyboard.press("End")
        page.wait_for_selector("#bead-9999[aria-selected=true]")
        _press(page, "M")
        page.wait_for_selector("#bead-9998[aria-selected=true]")
        assert len(server.review()["pairs"][0]["items"]) == 9999
        page.mouse.move(600, 400)
        for _ in range(10):
            page.mouse.wheel(0, -3000)
            time.sleep(0.02)
        page.wait_for_function(
            """() => { const grid = document.getElementById('grid').getBoundingClientRect();
            return document.elementFromPoint(grid.x + 300, grid.y + grid.height / 2)
                .closest('.bead') !== null; }"""
        )
        page.close()


def test_align_again_around_what_is_fixed(browser: Any, tmp_path: Path) -> None:
    """Wrong beads are put right around an accepted one; what changed is marked; undo takes it back."""
    from tests.unit.test_realigning import EN, ES

    alignment = Alignment(
        samples.document("es", [ES]),
        samples.document("en", [EN]),
        samples.tiled([(1, 1), (2, 1), (1, 1), (1, 1), (1, 1)], [0.99, 0.5, 0.5, 0.5, 0.9]),
    )
    path = samples.write(alignment, tmp_path / "x.alignment.json")
    weights = samples.plain_weights(tmp_path / "weights.json")
    with Server.running(path, "--no-check", "--weights", str(weights)) as server:
        page = _page(browser, server.url)
        _go(page, 4)
        _press(page, "a")
        _press(page, "r")
        assert _shown(page) == ["1-1", "1-1", "2-1", "1-1", "1-1"]
        assert page.locator(".bead.changed").count() >= 2
        assert page.locator("#bead-0.changed").count() == 0
        assert "changed" in _row(page, 2)
        assert server.review()["pairs"][0]["items"][4]["status"] == "accepted"
        page.select_option("#filter", "changed")
        assert "1-1" in _shown(page)
        page.keyboard.press("Escape")
        _keep(page, "realigned")
        _press(page, "z")
        assert _shown(page) == ["1-1", "2-1", "1-1", "1-1", "1-1"]
        page.keyboard.press("r")
        page.wait_for_function("() => document.querySelectorAll('.bead.changed').length >= 2")
        page.close()
