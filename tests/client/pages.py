"""The review page in a browser: open it, press keys, and read what it shows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import ROOT

__all__ = [
    "LAG",
    "axe_script",
    "confirmed",
    "go_to",
    "keep",
    "no_violations",
    "opened",
    "press",
    "row",
    "shown",
    "typed",
    "version_of",
]

ARTEFACTS = ROOT / "artefacts"
LAG = 60_000  # ms; machines that test are busy


def opened(browser: Any, url: str, **more: Any) -> Any:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, **more)
    page = context.new_page()
    page.set_default_timeout(LAG)
    page.on("pageerror", lambda error: pytest.fail(f"the page failed: {error}"))
    page.goto(url)
    page.wait_for_selector("[data-ready=yes]")
    return page


def version_of(page: Any) -> int:
    return int(page.inner_text("#saved").split()[1].rstrip(","))


def press(page: Any, *keys: str) -> None:
    """Press keys; the last one is an action: wait until it is confirmed."""
    before = version_of(page)
    for key in keys:
        page.keyboard.press(key)
    confirmed(page, before + 1)


def confirmed(page: Any, version: int) -> None:
    page.wait_for_function(
        "v => document.getElementById('saved').textContent.startsWith(`version ${v},`)", arg=version
    )


def shown(page: Any) -> list[str]:
    """Beads as the page shows them."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('.bead')]
            .sort((a, b) => a.dataset.bead - b.dataset.bead)
            .map((row) => row.querySelector('.type').textContent)"""
    )
    return found


def row(page: Any, bead: int) -> str:
    text: str = page.inner_text(f"#bead-{bead}")
    return text


def go_to(page: Any, bead: int) -> None:
    page.keyboard.press("Home")
    for _ in range(bead):
        page.keyboard.press("ArrowDown")
    page.wait_for_selector(f"#bead-{bead}[aria-selected=true]")


def typed(*keys: str) -> Any:
    """Keys of an action; `"text:..."` is typed."""

    def run(page: Any) -> None:
        before = version_of(page)
        for key in keys:
            if key.startswith("text:"):
                page.keyboard.insert_text(key[5:])
            else:
                page.keyboard.press(key)
        confirmed(page, before + 1)

    return run


def keep(page: Any, name: str, *, whole: bool = False) -> None:
    """A picture of the page, or of all that can be scrolled to, for somebody to look at."""
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=whole)


def axe_script() -> str | None:
    """axe-core, where scripts/fetch_clients has put it."""
    found = ROOT / "build" / "clients" / "axe.min.js"
    return found.read_text(encoding="utf-8") if found.is_file() else None


def no_violations(page: Any, axe: str) -> None:
    """Nothing that axe calls serious or critical."""
    # evaluated by the driver: the page's own policy allows no such script
    page.evaluate(axe)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    serious = [
        (one["id"], one["nodes"][0]["html"], one["nodes"][0]["failureSummary"])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
