"""Whole documents: the corpora of this project and, where it is at hand, published markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.model import Document, Source
from aligner.workflows.reading import detect_language, read
from tests.conftest import CORPORA

PAGES = sorted(CORPORA.glob("*/*.html"))
# what stands on those pages and is not of the article
BOILERPLATE = (
    "cookie",
    "newsletter",
    "boletín",
    "suscrí",
    "subscri",
    "sin límites",
    "derechos reservados",
    "all rights reserved",
    "read also",
    "lea también",
    "comentarios",
)
# raw folder, language, gold case that holds the same text, gold sentences that lie elsewhere: the
# title (front matter), and words that the gold's own stripping of markdown changed
RAW = [
    ("interview-2", "en", "ros-stars2-en-es", 1),
    ("interview-2", "es", "ros-stars2-en-es", 2),
    ("interview-2", "fr", "ros-stars2-es-fr", 2),
    ("interview-4", "en", "ros-stars4-en-es", 1),
    ("interview-4", "es", "ros-stars4-en-es", 1),
    ("translation-faq", "en", "ros-faq-en-es", 2),
    ("translation-faq", "es", "ros-faq-en-es", 6),
]


def load(path: Path) -> Document:
    return read(Source(path.name, path.read_bytes()))


def key(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_corpora_pages(path: Path) -> None:
    document = load(path)
    text = "\n".join(key(paragraph.text) for paragraph in document.paragraphs)
    segments = path.with_name(f"{path.stem}.segments.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in segments if key(line) not in text] == []
    for paragraph in document.paragraphs:
        assert not any(word in paragraph.text.lower() for word in BOILERPLATE), paragraph.text


@pytest.mark.parametrize(("folder", "lang", "case", "elsewhere"), RAW)
def test_published_markdown(
    shared: Path, folder: str, lang: str, case: str, elsewhere: int
) -> None:
    document = load(shared / "raw" / folder / f"{lang}.md")
    gold = next((shared / "gold" / case).glob(f"*.{lang}.txt")).read_text(encoding="utf-8")
    text = "\n".join(key(paragraph.text) for paragraph in document.paragraphs)
    missing = [line for line in gold.splitlines() if line.strip() and key(line) not in text]
    assert len(missing) == elsewhere, missing
    plain = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert not any(
        sign in plain for sign in ("{{", "}}", "slug:", "doi:", "](", "[^", "**", "<br>")
    )
    assert document.title
    assert document.metadata["author"]
    assert detect_language(plain)[0] == lang
