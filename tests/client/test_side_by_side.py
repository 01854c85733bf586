"""The side-by-side HTML view in Chromium: without script, dark, narrow, printed, right to left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aligner.model import Alignment
from tests.client.pages import LAG, keep
from tests.unit.formats.samples import export, flat, interview, one_to_one

BARE = 'a[href]:not([href^="#"]), img, link, script'  # nothing here asks a network


def view(browser: Any, alignment: Alignment, folder: Path, **options: Any) -> Any:
    """The page, in a browser that runs no script of its own."""
    export(alignment, "html", folder)
    page = browser.new_context(java_script_enabled=False, **options).new_page()
    page.set_default_timeout(LAG)
    page.goto((folder / "out.html").as_uri())
    return page


def box(page: Any, selector: str) -> dict[str, float]:
    found: dict[str, float] = page.locator(selector).first.bounding_box()
    return found


def background(page: Any) -> str:
    found: str = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_segment_is_there_beside_its_translation(
    browser: Any, tmp_path: Path, scheme: str
) -> None:
    alignment = interview()
    page = view(browser, alignment, tmp_path, color_scheme=scheme)
    words = " ".join(page.inner_text("tbody").split())
    for document in (alignment.source, alignment.target):
        for segment in document.segments:
            assert " ".join(segment.text.split()) in words
    assert page.locator(BARE).count() == 0
    first, second = (box(page, f"tbody tr >> nth=4 >> td >> nth={n}") for n in (0, 1))
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] <= second["x"]
    assert (background(page) == "rgb(23, 22, 20)") == (scheme == "dark")
    keep(page, f"side-by-side-{scheme}", whole=True)
    page.close()


def test_on_a_narrow_screen_the_translation_stands_below(browser: Any, tmp_path: Path) -> None:
    page = view(browser, interview(), tmp_path, viewport={"width": 360, "height": 640})
    first, second = (box(page, f"tbody tr >> nth=4 >> td >> nth={n}") for n in (0, 1))
    assert second["y"] >= first["y"] + first["height"]
    assert first["x"] + first["width"] <= 360
    assert page.locator("html").evaluate("e => e.scrollWidth") <= 360  # nothing to the side
    keep(page, "side-by-side-narrow", whole=True)
    page.close()


def test_on_paper(browser: Any, tmp_path: Path) -> None:
    """Black on white whatever the screen, no navigation, no row torn over two pages."""
    page = view(browser, interview(), tmp_path, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator("nav").first.is_hidden()
    assert background(page) == "rgb(255, 255, 255)"
    null = page.locator("tr.null, td.null").first.evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )
    assert null == "rgb(243, 239, 230)"
    assert (
        page.locator("tbody tr").first.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    )
    keep(page, "side-by-side-print", whole=True)
    sheets = page.pdf(format="A4")
    assert sheets.startswith(b"%PDF")
    page.close()


def test_from_right_to_left(browser: Any, tmp_path: Path) -> None:
    alignment = one_to_one(
        flat("ar", ["البيت أزرق.", "ينام الكلب."]), flat("en", ["The house is blue."])
    )
    page = view(browser, alignment, tmp_path)
    cells = page.locator("tbody tr >> nth=0 >> td")
    assert cells.nth(0).get_attribute("dir") == "rtl"
    assert cells.nth(1).get_attribute("dir") in (None, "ltr")
    assert cells.nth(0).evaluate("e => getComputedStyle(e).direction") == "rtl"
    keep(page, "side-by-side-rtl", whole=True)
    page.close()
