"""The review page in Chromium: texts of all kinds, findings, accessibility, aligning again."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from aligner.model import Alignment
from tests.client.pages import (
    axe_script,
    go_to,
    keep,
    no_violations,
    opened,
    press,
    row,
    shown,
    typed,
)
from tests.client.reviews import Server, kinds
from tests.client.test_review import BASE
from tests.conftest import CORPORA, missing_client
from tests.unit.review import samples


def test_markup_in_texts_stays_text(browser: Any, tmp_path: Path) -> None:
    bad = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'
    alignment = Alignment(
        samples.document("es", [[bad]]),
        samples.document("en", [["</textarea><script>window.hit=1</script> & more"]]),
        samples.tiled([(1, 1)]),
    )
    path = samples.write(alignment, tmp_path / "x.alignment.json")
    with Server.running(path, "--no-prepare", "--no-check") as server:
        page = opened(browser, server.url)
        press(page, "c", *"<b>x</b>", "Control+Enter")
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
        page = opened(browser, server.url)
        assert page.get_attribute("#bead-0 .source", "dir") == "rtl"
        assert page.get_attribute("#bead-0 .target", "lang") == "zh"
        keep(page, "review-rtl")
        # the caret counts code units, the server code points
        go_to(page, 1)
        typed("ArrowRight", "e", "Control+a", "text:𠀀好𠀀", "Enter")(page)
        press(page, "t", "Home", "ArrowRight", "Enter")
        assert server.review()["texts"][1]["passages"][0]["pieces"][1][0] == "𠀀"
        page.close()


def test_three_texts(browser: Any, tmp_path: Path) -> None:
    path = samples.write(samples.three(), tmp_path / "set.alignment.json")
    with Server.running(path, "--no-prepare", "--no-check") as server:
        page = opened(browser, server.url)
        assert "La maison est bleue." in page.inner_text("#bead-0 .context")
        page.select_option("#pair", "1")
        page.wait_for_function("() => document.querySelectorAll('.bead').length === 3")
        assert shown(page) == ["1-1", "1-1", "3-1"]
        page.focus("#grid")
        go_to(page, 0)
        press(page, "m")
        assert kinds(server.review(), 1) == ["2-2", "3-1"]
        assert kinds(server.review(), 0) == BASE
        page.close()


def test_findings_stand_beside_their_beads(browser: Any, tmp_path: Path) -> None:
    """The page with findings of a check, served in this process."""
    from aligner.review.session import Remark, Session
    from tests.client.reviews import in_thread

    path = samples.write(samples.small(), tmp_path / "x.alignment.json")

    go_on = threading.Event()

    def check(alignment: Any) -> list[Remark]:
        assert go_on.wait(60)
        return [
            Remark("number", f"{len(alignment.beads)} beads <i>", "major", (2,), (2,)),
            Remark("omission", "nothing faces it", "minor", (), (3,)),
        ]

    with in_thread(Session(path, samples.tools(check=check))) as url:
        page = opened(browser, url)
        assert page.inner_text("#checking") == "checks are running"
        go_on.set()
        page.wait_for_selector("#bead-2 .finding")
        assert page.is_hidden("#checking")
        assert "number 5 beads <i>" in row(page, 2)
        assert "omission" in row(page, 4)
        page.select_option("#filter", "findings")
        assert shown(page) == ["1-1", "1-1"]
        page.close()


def test_a_phone_shows_the_texts_under_each_other(browser: Any, tmp_path: Path) -> None:
    """390 pixels: nothing is cut off at the side, and the help says what the words mean."""
    path = samples.write(_interview(), tmp_path / "sample.alignment.json")
    axe = axe_script()
    with Server.running(path, "--no-prepare", "--no-check") as server:
        page = opened(browser, server.url)
        page.set_viewport_size({"width": 390, "height": 844})
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        source = page.locator("#bead-1 .source").bounding_box()
        target = page.locator("#bead-1 .target").bounding_box()
        assert source["width"] > 300
        assert target["y"] >= source["y"] + source["height"] - 1
        following = page.locator("#bead-2").bounding_box()
        assert following["y"] >= target["y"] + target["height"] - 1
        assert page.is_hidden("#checking")
        keep(page, "review-phone")
        page.keyboard.press("?")
        page.wait_for_selector("dialog[open]")
        terms = page.inner_text("dialog[open] .terms")
        assert page.evaluate("document.querySelector('#help-dialog').scrollTop") == 0
        for word in ("Bead", "Null", "Pin", "Confidence"):
            assert word in terms
        keep(page, "review-phone-help")
        if axe is not None:
            no_violations(page, axe)
        page.close()


def test_accessibility_and_looks(browser: Any, tmp_path: Path) -> None:
    """axe-core on the main views, and pictures of them."""
    path = samples.write(_interview(), tmp_path / "sample.alignment.json")
    axe = axe_script()
    with Server.running(path, "--no-prepare", "--no-check") as server:
        for name, more in (
            ("light", {"color_scheme": "light"}),
            ("dark", {"color_scheme": "dark"}),
            ("zoom-200", {"color_scheme": "light", "device_scale_factor": 2}),
        ):
            page = opened(browser, server.url, **more)
            if name == "zoom-200":
                page.set_viewport_size({"width": 640, "height": 400})
                page.wait_for_timeout(200)
                # every part can be reached, and a bead can be read whole
                assert page.evaluate("document.documentElement.scrollWidth") <= 640
            page.keyboard.press("Home")
            page.wait_for_selector("#bead-0[aria-selected=true]")
            keep(page, f"review-{name}")
            if axe is not None:
                no_violations(page, axe)
                for key in ("?", "c", "e", "E", "b", "l", "g"):
                    page.keyboard.press(key)
                    page.wait_for_selector("dialog[open]")
                    no_violations(page, axe)
                    page.keyboard.press("Escape")
            page.close()
    if axe is None:
        missing_client("axe-core is not there: run scripts/fetch_clients")


def _interview() -> Any:
    """The interview of corpora/ with its gold beads, some marks and confidences of our making."""
    from aligner.model import Bead, Crossing
    from aligner.workflows import aligning

    folder = CORPORA / "interview"
    sides = [
        aligning.open_document(aligning.read_source(str(folder / f"{lang}.html")), lang)
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


def test_a_long_text(browser: Any, tmp_path: Path) -> None:
    """Ten thousand beads: few rows in the document, any place at once, the action seen at once."""
    path = samples.write(samples.long(10_000), tmp_path / "long.alignment.json")
    with Server.running(path, "--no-prepare", "--no-check") as server:
        page = opened(browser, server.url)
        assert page.locator(".bead").count() < 120
        page.keyboard.press("End")
        page.wait_for_selector("#bead-9999[aria-selected=true]")
        press(page, "M")
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
    from tests.unit.workflows.test_realigning import EN, ES

    alignment = Alignment(
        samples.document("es", [ES]),
        samples.document("en", [EN]),
        samples.tiled([(1, 1), (2, 1), (1, 1), (1, 1), (1, 1)], [0.99, 0.5, 0.5, 0.5, 0.9]),
    )
    path = samples.write(alignment, tmp_path / "x.alignment.json")
    weights = samples.plain_weights(tmp_path / "weights.json")
    with Server.running(path, "--no-check", "--weights", str(weights)) as server:
        page = opened(browser, server.url)
        go_to(page, 4)
        press(page, "a")
        press(page, "r")
        assert shown(page) == ["1-1", "1-1", "2-1", "1-1", "1-1"]
        assert page.locator(".bead.changed").count() >= 2
        assert page.locator("#bead-0.changed").count() == 0
        assert "changed" in row(page, 2)
        assert server.review()["pairs"][0]["items"][4]["status"] == "accepted"
        page.select_option("#filter", "changed")
        assert "1-1" in shown(page)
        page.keyboard.press("Escape")
        keep(page, "review-realigned")
        press(page, "z")
        assert shown(page) == ["1-1", "2-1", "1-1", "1-1", "1-1"]
        press(page, "Z")
        assert shown(page) == ["1-1", "1-1", "2-1", "1-1", "1-1"]
        page.reload()
        page.wait_for_selector("[data-ready=yes]")
        assert shown(page) == ["1-1", "1-1", "2-1", "1-1", "1-1"]
        assert kinds(server.review()) == shown(page)
        press(page, "z")
        page.keyboard.press("r")
        page.wait_for_function("() => document.querySelectorAll('.bead.changed').length >= 2")
        page.close()
