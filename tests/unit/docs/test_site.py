"""The site as Sphinx builds it: no complaint, both languages, nothing loaded from elsewhere."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import load_script, missing_client


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sphinx runs with -W: a link that leads nowhere fails."""
    if find_spec("furo") is None or find_spec("myst_parser") is None:
        missing_client("Sphinx with furo is not installed: pip install 'aligner[docs]'")
    folder = tmp_path_factory.mktemp("site")
    load_script("_docs.site").build(folder)
    return folder


def test_a_page_leads_to_itself_in_the_other_language(site: Path) -> None:
    pages = {path.relative_to(site / "en") for path in (site / "en").rglob("*.html")}
    assert len(pages) > 40
    for name in pages:
        text = (site / "en" / name).read_text("utf-8")
        (there,) = re.findall(r'hreflang="es" href="([^"]+)"', text)
        assert ((site / "en" / name).parent / there).resolve() == (site / "es" / name).resolve()
        assert (site / "es" / name).is_file()


def test_the_spanish_site_speaks_spanish(site: Path) -> None:
    text = (site / "es" / "tutorials" / "scholar.html").read_text("utf-8")
    assert '<html class="no-js" lang="es"' in text
    for word in ("Tutoriales", "Consulta", "Búsqueda"):
        assert word in text


def test_what_people_type_stands_as_it_is_typed(site: Path) -> None:
    """Typography makes a dash of two hyphens, and round quotation marks of straight ones."""
    text = (site / "es" / "reference" / "commands" / "check.html").read_text("utf-8")
    assert "con --pairs" in text


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loads = re.compile(
        r"<(?:script|img|iframe)[^>]*src=\"(?:https?:)?//|<link[^>]*href=\"https?://"
    )
    for path in site.rglob("*.html"):
        assert loads.search(path.read_text("utf-8")) is None, path.name
    for path in site.rglob("*.css"):
        assert "@import" not in path.read_text("utf-8")
        assert not re.search(r"url\(['\"]?https?:", path.read_text("utf-8")), path.name


def test_what_is_searched_is_the_language_of_the_pages(site: Path) -> None:
    index = (site / "es" / "searchindex.js").read_text("utf-8")
    assert "alineacion" in index or "alineación" in index
