"""Pages as Chromium saves them: MHTML, with the text in a frame too, and a view of the source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aligner.model import Document, Source
from aligner.workflows.reading import read
from tests.conftest import load_script

MADE = load_script("make_documents")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("saved")
    (made / "page.html").write_text(MADE.PAGE, encoding="utf-8")
    (made / "frame.html").write_text('<iframe src="page.html"></iframe>', encoding="utf-8")
    return made


def _texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def _page(folder: Path) -> list[str]:
    return _texts(read(Source("page.html", (folder / "page.html").read_bytes())))


@pytest.mark.parametrize("name", ["page.html", "frame.html"])
def test_mhtml(browser: Any, folder: Path, name: str) -> None:
    page = browser.new_page()
    page.goto((folder / name).as_uri())
    saved = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})
    page.close()
    document = read(Source("page.mhtml", saved["data"].encode("latin-1")))
    assert _texts(document) == _page(folder)
    assert any("in a frame" in line for line in document.notices) == (name == "frame.html")


def test_view_source(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.goto(f"view-source:{(folder / 'page.html').as_uri()}")
    saved = page.content()
    page.close()
    document = read(Source("source.html", saved.encode()))
    assert _texts(document) == _page(folder)
    assert "view of a page's source" in document.notices[0]
