"""Nothing is lost unnamed: the words of a file are the words of its document and those that `--dropped`
lists, each as often, by an extractor that is not ours.

What is told elsewhere than in paragraphs counts as told: the speaker and the key of a paragraph, the
title, metadata. What is no word of a file, by format:

- rtf: the half of `\\upr` that is not Unicode repeats the other half;
- web pages and books: scripts, style sheets, tooltips (`title`, `aria-label`), the head of a page, the
  package document and the navigation of a book;
- Word, OpenDocument: `docProps`, `meta.xml`, building blocks (`glossary`), names of styles and fields.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import openpyxl
import polib
import pysubs2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from aligner.model import AlignerError, ReadOptions, Source
from aligner.workflows.reading import READERS, read, trace
from tests.property.worded import MAKERS, Words, words_in

SUFFIXES = {"tei": "xml", "xliff": "xlf", "xliff2": "xlf"}
ATTRIBUTES = ("descr", "title", "alt", "string")
# subtitles whose every time is damaged, a table without a column of words
REFUSED = ("there is no cue", "its subtitles are images", "no column holds text")
EXAMPLES = settings(max_examples=60, deadline=None)


def by_lxml(data: bytes) -> str:
    """Every text of a file of XML, and what describes its images."""
    root = etree.fromstring(data)
    said = (v for e in root.iter() for k, v in e.attrib.items() if str(k) in ATTRIBUTES)
    return " ".join(map(str, [*root.itertext(), *said]))


def by_parts(data: bytes) -> str:
    """The same of every part of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = (n for n in package.namelist() if n.endswith(("xml", ".xhtml")))
        return " ".join(by_lxml(package.read(name)) for name in names)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [value or "" for name, value in attrs if name in ("alt", "label")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def by_html(data: bytes) -> str:
    page = _Page()
    page.feed(data.decode())
    page.close()
    return " ".join(page.words)


def by_rtf(data: bytes) -> str:
    """Codes of characters resolved; a word that is there twice (`\\upr`) once."""
    text = data.decode("ascii")
    text = re.sub(r"\\u(\d+)(?:\?|\\'80\\'81)?", lambda m: chr(int(m[1])), text)
    text = re.sub(r"\\'(..)", lambda m: chr(int(m[1], 16)), text)
    return " ".join(words_in(text))


def by_polib(data: bytes) -> str:
    def texts() -> Iterator[str]:
        catalogue = polib.pofile(data.decode())
        yield from catalogue.metadata.values()
        for entry in catalogue:
            yield from (entry.msgid, entry.msgstr, entry.msgid_plural, entry.msgctxt or "")
            yield from (entry.comment, entry.tcomment, entry.previous_msgid or "")
            yield from entry.msgstr_plural.values()
            yield from (place for place, _ in entry.occurrences)

    return " ".join(texts())


def by_csv(data: bytes) -> str:
    text = data.decode()
    rows = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=text.splitlines()[0].count))
    return " ".join(cell for row in rows for cell in row)


def by_openpyxl(data: bytes) -> str:
    sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    return " ".join(str(c.value) for sheet in sheets for row in sheet.rows for c in row if c.value)


def by_json(data: bytes) -> str:
    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, dict | list):
            for one in value.values() if isinstance(value, dict) else value:
                yield from texts(one)
        else:
            yield str(value)

    return " ".join(t for line in data.decode().splitlines() for t in texts(json.loads(line)))


EXTRACTORS: dict[str, Callable[[bytes], str]] = {
    **dict.fromkeys(("docx", "odt"), by_parts),
    "epub": by_parts,
    "html": by_html,
    "rtf": by_rtf,
    "po": by_polib,
    **dict.fromkeys(("tsv", "csv"), by_csv),
    "xlsx": by_openpyxl,
    "jsonl": by_json,
    **dict.fromkeys(("tei", "tmx", "xliff", "xliff2", "ttml"), by_lxml),
    # plain text with marks in it: what is no mark is a word
    **dict.fromkeys(("srt", "vtt", "ass", "txt", "md"), bytes.decode),
}


def told(source: Source, options: ReadOptions) -> Counter[str]:
    """All words that `aligner read --dropped` tells of a file."""
    document = read(source, options)
    traced = trace(source, document, options)
    left = (*document.dropped, *(traced.left if traced else ()))
    texts = [p.text for p in document.paragraphs] + [part.text for part in left]
    words = sum(map(words_in, texts), Counter[str]())
    beside = [document.title, *(value for values in document.metadata.values() for value in values)]
    beside += [text for p in document.paragraphs for text in (p.key, p.speaker or "")]
    return words | Counter(set(words_in(" ".join(beside))))


@pytest.mark.parametrize("name", MAKERS)
@EXAMPLES
@given(st.randoms(use_true_random=True))
def test_every_word_is_told_once(name: str, chance: random.Random) -> None:
    data = MAKERS[name](Words(chance))
    expected = words_in(EXTRACTORS[name](data))
    assert expected
    for body in ("full", "article") if name == "html" else ("article",):
        source = Source(f"a.{SUFFIXES.get(name, name)}", data)
        try:
            words = told(source, ReadOptions(html_body=body))
        except AlignerError as error:
            refused = str(error)
        else:
            refused = ""
            assert words == expected
        assert not refused or any(why in refused for why in REFUSED)


@EXAMPLES
@given(st.randoms(use_true_random=True))
def test_texts_of_both_sides_are_those_of_the_file(chance: random.Random) -> None:
    """A side that is not asked for is listed, and asked for it is the text."""
    data = MAKERS["tmx"](Words(chance))
    source = Source("a.tmx", data)
    words = [told(source, ReadOptions(side=side)) for side in ("source", "target")]
    assert words[0] == words[1] == words_in(by_lxml(data))


@EXAMPLES
@given(st.randoms(use_true_random=True))
def test_what_players_show_is_in_cues(chance: random.Random) -> None:
    data = MAKERS["ass"](Words(chance))
    events = [e for e in pysubs2.SSAFile.from_string(data.decode()) if not e.is_comment]
    shown = words_in(" ".join(e.plaintext for e in events if not e.is_drawing))
    document = read(Source("a.ass", data))
    kept = sum((words_in(p.text) for p in document.paragraphs), Counter[str]())
    # of a line that draws, pysubs2 takes the words behind the drawing for a part of it
    assert shown <= kept <= words_in(" ".join(e.text for e in events))


def test_every_format_has_its_extractor() -> None:
    assert set(EXTRACTORS) == set(MAKERS)
    # read back what we wrote; by `scripts/bench pdf`; DOCX that LibreOffice made
    elsewhere = {"json", "pdf", "doc"}
    assert set(MAKERS) | elsewhere == set(READERS.entries) | {"xliff2"}
