"""No text lost: every visible character of txt, md, srt, po and tsv is in a segment (or the printed
label before one) or in a part that is listed as dropped; and prose is never in the second list.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.model import AlignerError, ReadOptions, Source
from aligner.segmenting import segment
from aligner.workflows.reading import read, trace
from tests.property.test_reading import MARKUP, PIECES, TEXT

FORMATS = ("txt", "md", "srt", "po", "tsv")
UNHURRIED = settings(deadline=None)
SUBTITLES = st.sampled_from(
    ["1\n", "00:00:01,000 --> 00:00:02,000\n", "<i>", "</i>", "{\\an8}", "- ", "NOTE\n", "\n\n"]
)
CATALOGUE = st.sampled_from(
    ['msgid "', 'msgstr "', '"\n', "# ", "#~ ", 'msgctxt "', '\\"', "\\n", '"a"\n', "#, fuzzy\n"]
)
CHUNKS = st.lists(PIECES | TEXT | MARKUP | SUBTITLES | CATALOGUE, max_size=60).map("".join)


def visible(text: str) -> Counter[str]:
    """Characters that are seen, decomposed: composed and decomposed letters are the same."""
    return Counter("".join(unicodedata.normalize("NFD", text).split()))


def accounts(source: Source, options: ReadOptions) -> tuple[str, str, str, str]:
    """(the file, its segments, printed labels, what is listed as dropped)."""
    document = read(source, options)
    found = trace(source, document, options)
    assert found is not None
    done = segment(document.with_lang("es"))
    labels = "".join(p.text[slice(*p.label)] for p in document.paragraphs if p.label)
    dropped = "\n".join(part.text for part in (*document.dropped, *found.left))
    return found.text, "\n".join(s.text for s in done.segments), labels, dropped


@pytest.mark.parametrize("name", FORMATS)
@UNHURRIED
@given(CHUNKS, st.booleans())
def test_every_character_is_somewhere(name: str, text: str, segmented: bool) -> None:
    options = ReadOptions(segmented=segmented and name in ("txt", "po", "tsv"))
    try:
        whole, kept, labels, dropped = accounts(Source(f"a.{name}", text.encode()), options)
    except AlignerError:
        return
    assert visible(whole) <= visible(kept) + visible(labels) + visible(dropped)


class Maker:
    """Texts whose words say where they belong: `dentro12` in a segment, `fuera13` outside."""

    def __init__(self) -> None:
        self._number = count()

    def prose(self, size: int = 3) -> str:
        return " ".join(f"dentro{next(self._number)}" for _ in range(size)).capitalize() + "."

    def apart(self) -> str:
        return f"fuera{next(self._number)}"


def md_blocks(make: Maker) -> dict[str, str]:
    """A block of each construct, made anew at every call."""
    return {
        "heading": f"## {make.prose()}",
        "bold": f"**{make.prose()}** {make.prose()} *{make.prose()}*",
        "inside": f"A**b{make.prose()}**c {make.prose()}",
        "link": f"{make.prose()} [{make.prose()}](https://x.org/{make.apart()} 'fin') {make.prose()}",
        "bare link": f"{make.prose()} <https://x.org/dentro1> {make.prose()}",
        "reference": f"[{make.prose()}][{(key := make.apart())}]\n\n[{key}]: https://x.org/{make.apart()}",
        "list": f"- {make.prose()}\n- {make.prose()}\n  - {make.prose()}",
        "quote": f"> {make.prose()}\n> {make.prose()}",
        "code": f"```r\n{make.apart()} <- {make.apart()}\n```",
        "span": f"{make.prose()} `dentro0` {make.prose()}",
        "comment": f"<!-- {make.apart()} -->",
        "html": f'<div class="{make.apart()}"><p>{make.prose()}</p></div>',
        "tag": f"{make.prose()} <b>{make.prose()}</b><br>{make.prose()}",
        "note": f"{make.prose()}[^{(note := make.apart())}]\n\n[^{note}]: {make.prose()}",
        "table": f"| {make.prose()} | {make.prose()} |\n|---|:--|\n| {make.prose()} | {make.prose()} |",
        "figure": f'{{{{< figure src="{make.apart()}.png" caption="{make.prose()}" >}}}}',
        "shortcode": f"{{{{< vimeo id={make.apart()} >}}}}",
        "entity": f"{make.prose()} &amp; {make.prose()} &copy;",
        "image": f"![{make.apart()}](/img/{make.apart()}.png)",
        "rule": "* * *",
        "setext": f"{make.prose()}\n=====",
    }


def words(text: str, kind: str) -> Counter[str]:
    return Counter(word.lower() for word in re.findall(rf"(?i){kind}\d+", text))


def assert_apart(source: Source) -> None:
    whole, kept, _, dropped = accounts(source, ReadOptions())
    assert words(kept, "dentro") == words(whole, "dentro")
    assert not words(kept, "fuera")
    assert words(dropped, "fuera") == words(whole, "fuera")
    assert not words(dropped, "dentro")


@UNHURRIED
@given(
    st.lists(st.sampled_from(sorted(md_blocks(Maker()))), min_size=1, max_size=12), st.booleans()
)
def test_prose_of_markdown_is_in_segments(names: list[str], front: bool) -> None:
    make = Maker()
    blocks = [md_blocks(make)[name] for name in names]
    head = f"---\ntitle: {make.apart()}\ntags: [{make.apart()}]\n---\n\n" if front else ""
    text = head + "\n\n".join([make.prose(), *blocks]) + "\n"
    assert_apart(Source("a.md", text.encode()))


@UNHURRIED
@given(st.lists(st.integers(0, 3), min_size=1, max_size=10))
def test_prose_of_subtitles_is_in_segments(kinds: list[int]) -> None:
    make = Maker()
    cues = []
    for number, kind in enumerate(kinds, start=1):
        times = f"00:{number:02}:00,000 --> 00:{number:02}:02,500"
        text = (
            make.prose(),
            f"<i>{make.prose()}</i>\n{make.prose()}",
            f"- {make.prose()}\n- {make.prose()}",
            f'{{\\an8{make.apart()}}}<font color="{make.apart()}">{make.prose()}</font>',
        )[kind]
        cues.append(f"{number}\n{times}\n{text}\n")
    assert_apart(Source("a.srt", "\n".join(cues).encode()))


@UNHURRIED
@given(st.lists(st.integers(0, 2), min_size=1, max_size=10))
def test_prose_of_catalogues_is_in_segments(kinds: list[int]) -> None:
    make = Maker()
    entries = [f'msgid ""\nmsgstr "Language: en\\nX-A: {make.apart()}\\n"\n']
    entries += [
        (
            f'# {make.apart()}\nmsgid "{make.prose()}"\nmsgstr "{make.apart()}"\n',
            f'msgid ""\n"{make.prose()}\\n"\n"{make.prose()}"\nmsgstr "{make.apart()}"\n',
            f'#: {make.apart()}.c:12\n#~ msgid "{make.apart()}"\n',
        )[kind]
        for kind in kinds
    ]
    entries.append(f'msgid "{make.prose()}"\nmsgstr ""\n')
    assert_apart(Source("a.po", "\n".join(entries).encode()))


@UNHURRIED
@given(st.integers(1, 8), st.booleans())
def test_prose_of_tables_is_in_segments(rows: int, header: bool) -> None:
    make = Maker()
    lines = ["es\ten\tnote"] if header else []
    lines += [f"{make.prose()}\t{make.apart()} x\t{make.apart()}" for _ in range(rows)]
    assert_apart(Source("a.tsv", "\n".join(lines).encode()))


@UNHURRIED
@given(st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_prose_of_plain_text_is_in_segments(kinds: list[int]) -> None:
    make = Maker()
    parts = [
        (
            make.prose(),
            f"- {make.prose()}\n- {make.prose()}",
            f"P: {make.prose()}\n\nR: {make.prose()}",
            make.prose(9).replace(" ", "\n", 1),
        )[kind]
        for kind in kinds
    ]
    assert_apart(Source("a.txt", "\n\n".join(parts).encode()))
