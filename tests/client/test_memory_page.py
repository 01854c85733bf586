"""The page of a memory in Chromium: keys, search, corrections, other programs, phones, languages."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from aligner.memory import Filter, Memory, edit_unit, listed_units, load_units
from aligner.model import Code, Unit
from tests.client.pages import axe_script, keep, no_violations, opened
from tests.conftest import missing_client

_COMMAND = [sys.executable, "-c", "from aligner.cli import main; main()"]
_PATIENCE = 60.0
CODES = (Code(9, "open", "1", "italic", "<i>"), Code(12, "close", "1", "italic", "</i>"))
BAD = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'


def rows() -> list[Unit]:
    made = [
        Unit.of("en", "es", f"the ship {n} of bombs", f"el barco {n} de bombas", f"d{n // 60}", n)
        for n in range(1, 121)
    ]
    coded = Unit.of("en", "ar", "Turn the key now.", "أدر المفتاح الآن.", "keys", 1)
    source = coded.variants[0]._replace(codes=CODES)
    people = (("creationid", "a"), ("creationdate", "20260102T000000Z"))
    coded = coded._replace(variants=(source, coded.variants[1]), attributes=people)
    return [*made, coded, Unit.of("en", "es", BAD, "x", "bad", 1)]


@contextlib.contextmanager
def served(path: Path, *options: str) -> Iterator[str]:
    """`aligner memory review` in a process of its own; its address."""
    if not path.exists():
        with Memory(path, write=True) as memory:
            load_units(memory, rows(), "a", "a")
    command = [*_COMMAND, *options, "memory", "review", "-m", str(path), "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    if not url:
        raise AssertionError(process.communicate()[1])
    try:
        yield url
    finally:
        process.terminate()
        _, told = process.communicate(timeout=_PATIENCE)
    assert process.returncode == 0, told


def texts(path: Path) -> dict[int, tuple[str, str]]:
    with Memory(path) as memory:
        return {n: (unit.source, unit.target) for n, unit in listed_units(memory, Filter(), 1000)}


def ids(page: Any) -> list[int]:
    shown: list[int] = page.evaluate(
        "() => [...document.querySelectorAll('.unit')].map((row) => Number(row.dataset.id))"
    )
    return shown


def counted(page: Any, text: str) -> None:
    page.wait_for_function("t => document.getElementById('count').textContent === t", arg=text)


def told(page: Any, part: str) -> None:
    page.wait_for_function(
        "t => document.getElementById('status').textContent.includes(t)", arg=part
    )


def chosen(page: Any) -> int:
    number: int = page.evaluate(
        "() => Number(document.querySelector('[aria-selected=true]').dataset.id)"
    )
    return number


def search(page: Any, text: str, count: str) -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")
    counted(page, count)


def test_a_memory_is_corrected_by_keys_alone(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    with served(path) as url:
        page = opened(browser, url)
        counted(page, "122 units")
        assert ids(page) == list(range(1, 51))
        keep(page, "memory")
        for _ in range(3):
            page.keyboard.press("j")
        page.keyboard.press("k")
        assert chosen(page) == 3
        page.keyboard.press("n")
        page.wait_for_selector("#unit-51")
        page.keyboard.press("k")  # above the first of a page is the last of the one before
        page.wait_for_selector("#unit-50[aria-selected=true]")
        page.keyboard.press("G")
        page.wait_for_selector("#unit-122[aria-selected=true]")
        page.keyboard.press("g")
        page.wait_for_selector("#unit-1[aria-selected=true]")
        search(page, "barco 1*", "32 units")
        assert page.inner_text("#unit-10 .side >> nth=1 >> mark") == "barco 10"
        page.keyboard.press("e")
        page.fill("#edit-target", "la nave 1")
        page.keyboard.press("Enter")
        told(page, "unit 1 is changed")
        assert texts(path)[1] == ("the ship 1 of bombs", "la nave 1")
        assert "edited" in page.inner_text("#unit-1 .meta")
        page.keyboard.press("j")
        page.keyboard.press("d")
        told(page, "unit 10 is deleted")
        assert 10 not in texts(path)
        counted(page, "31 units")
        page.keyboard.press("a")
        told(page, "unit 11 is changed")
        for number in (11, 10, 1):
            page.keyboard.press("u")
            told(page, f"of unit {number}: undone")
        page.keyboard.press("u")
        page.wait_for_selector("#alarm:not([hidden])")
        assert "nothing to undo" in page.inner_text("#alarm")
        assert texts(path) == {n: (u.source, u.target) for n, u in enumerate(rows(), 1)}
        page.keyboard.press("U")
        told(page, "of unit 1: done again")
        assert texts(path)[1][1] == "la nave 1"
        # what is looked for is in the address: loading again shows the same
        page.reload()
        page.wait_for_selector("[data-ready=yes]")
        counted(page, "31 units")
        page.keyboard.press("c")
        counted(page, "122 units")
        page.close()


def test_filters(browser: Any, tmp_path: Path) -> None:
    with served(tmp_path / "m.db") as url:
        page = opened(browser, url)
        page.select_option("#languages", "en ar")
        counted(page, "1 unit")
        assert page.get_attribute("#unit-121 .side >> nth=1", "dir") == "rtl"
        page.click("#clear")
        page.fill("#document", "d1")
        counted(page, "60 units")
        page.fill("#document", "")
        page.fill("#since", "2026")
        page.fill("#user", "a")
        counted(page, "1 unit")
        page.fill("#since", "yesterday")
        page.wait_for_selector("#alarm:not([hidden])")
        assert "no date" in page.inner_text("#alarm")
        page.fill("#since", "2027")
        counted(page, "0 units")
        assert page.is_visible("#empty")
        page.close()


def test_nothing_typed_is_lost_and_nothing_of_others_overwritten(
    browser: Any, tmp_path: Path
) -> None:
    path = tmp_path / "m.db"
    with served(path) as url:
        page = opened(browser, url)
        page.keyboard.press("e")
        page.fill("#edit-target", "mine")
        with Memory(path, write=True) as memory:
            edit_unit(memory, 1, target="theirs")
        page.keyboard.press("Enter")
        page.wait_for_selector("#edit-target-now:not([hidden])")
        assert page.input_value("#edit-target") == "mine"
        assert page.inner_text("#edit-target-now") == "theirs"
        assert texts(path)[1][1] == "theirs"
        page.keyboard.press("Enter")
        told(page, "unit 1 is changed")
        assert texts(path)[1][1] == "mine"
        page.keyboard.press("u")
        told(page, "undone")
        assert texts(path)[1][1] == "theirs"
        page.close()


def test_codes_and_markup(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    with served(path) as url:
        page = opened(browser, url)
        search(page, "key", "1 unit")
        page.keyboard.press("e")
        page.fill("#edit-source", "Turn the key.")
        page.keyboard.press("Enter")
        page.wait_for_function(
            "() => document.getElementById('edit-error').textContent.includes('<1>, </1>')"
        )
        keep(page, "memory-codes")
        page.fill("#edit-source", "Turn the <1>small key</1>.")
        page.keyboard.press("Enter")
        told(page, "unit 121 is changed")
        with Memory(path) as memory:
            (row,) = [unit for n, unit in listed_units(memory, Filter(), 1000) if n == 121]
        assert [(code.place, code.markup) for code in row.variants[0].codes] == [
            (9, "<i>"),
            (18, "</i>"),
        ]
        search(page, "onerror", "1 unit")
        assert BAD in page.inner_text("#unit-122")
        assert page.locator("#unit-122 img, #unit-122 script").count() == 0
        assert page.evaluate("window.hit") is None
        page.close()


def test_spanish_phone_and_accessibility(browser: Any, tmp_path: Path) -> None:
    with served(tmp_path / "m.db", "--ui", "es") as url:
        page = opened(browser, url)
        counted(page, "122 unidades")
        assert page.get_attribute("html", "lang") == "es"
        axe = axe_script()
        if axe is None:
            missing_client("axe-core is absent: run scripts/fetch_clients")
        no_violations(page, axe or "")
        for keys, selector in (("e", "#edit-dialog[open]"), ("?", "#help-dialog[open]")):
            page.keyboard.press(keys)
            page.wait_for_selector(selector)
            no_violations(page, axe or "")
            keep(page, f"memory-{selector[1:5]}")
            page.keyboard.press("Escape")
        page.set_viewport_size({"width": 390, "height": 844})
        page.reload()
        page.wait_for_selector("[data-ready=yes]")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
        no_violations(page, axe or "")
        keep(page, "memory-phone")
        page.keyboard.press("e")
        page.fill("#edit-target", " ")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.getElementById('edit-error').textContent !== ''")
        assert "necesita" in page.inner_text("#edit-error")
        page.close()


def test_answers_do_not_wait_for_acknowledgements(tmp_path: Path) -> None:
    """Nagle's algorithm holds the second part of an answer until the first is acknowledged, 40 ms later."""
    with served(tmp_path / "m.db") as url, httpx.Client(base_url=url, trust_env=False) as client:
        times = []
        for _ in range(20):
            began = time.perf_counter()
            client.get("api/unit?id=1").raise_for_status()
            times.append(time.perf_counter() - began)
        assert min(times[1:]) < 0.03
