"""Properties of reading: no text lost, offsets hold, nothing but our own errors."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.model import AlignerError, Document, ReadOptions, Source
from aligner.text.rich import Rich, clean, dropped_parts
from aligner.workflows.reading import read
from tests.contract.test_readers import check

UNHURRIED = settings(deadline=None)  # the first html page imports an extractor
PIECES = st.sampled_from(
    [
        "a",
        "É",
        "é",
        " ",
        "\n",
        "\n\n",
        "\t",
        ".",
        "?",
        "¿",
        "—",
        "- ",
        "P: ",
        "R: ",
        "Ana: ",
        "1. ",
        "汉",
        "。",
        "\xa0",
        "\xad",
        "\u200b",
        "[",
        "]",
        "(..)",
        "ñ",
        "\u3000",
        "ع",
        "\x0c",
        "Palabra ",
        "ͅ",
    ]
)
# a file with a zero byte is binary or UTF-16, not this test's matter
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=5)
MARKUP = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<i>",
        "</div>",
        "<div class='share'>",
        "<br>",
        "<li>",
        "<td>",
        "<table>",
        "<h1>",
        "</h1>",
        "<a href='#fn1'>",
        "<sup>",
        "</sup>",
        "<article>",
        "<!--",
        "-->",
        "&amp;",
        "&#0;",
        "<",
        "<script>",
        "</script>",
        "**",
        "_",
        "`",
        "```\n",
        "> ",
        "- ",
        "# ",
        "|",
        "\n|-|\n",
        "[",
        "](x)",
        "[^1]",
        "\n[^1]: ",
        "^[",
        '{{< figure caption="Pie" >}}',
        "{{<",
        ">}}",
        "{% x %}",
        "---\n",
        "\n",
        "\n\n",
        "    ",
        "Una frase con sentido, larga y clara. ",
        "¿Y?",
        "\\",
    ]
)


def bare(text: str) -> str:
    """Visible characters only, composed: what a reader must not lose."""
    for start, part in reversed(dropped_parts(text)):
        text = text[:start] + text[start + len(part) :]
    return unicodedata.normalize("NFC", "".join(text.split()))


def bare_of(document: Document) -> str:
    return unicodedata.normalize(
        "NFC", "".join("".join(p.text.split()) for p in document.paragraphs)
    )


@UNHURRIED
@given(st.lists(PIECES | TEXT, max_size=60).map("".join))
def test_txt_loses_nothing(text: str) -> None:
    for options in (ReadOptions(), ReadOptions(segmented=True)):
        data = text.encode("utf-8", errors="ignore")
        kept = bare(data.decode("utf-8").replace("\ufeff", ""))
        try:
            document = read(Source("t.txt", data), options)
        except AlignerError:
            assert not kept
        else:
            assert bare_of(document) == kept


@UNHURRIED
@given(st.lists(PIECES, min_size=1, max_size=60).map("".join))
def test_segmented_lines_are_the_segments(text: str) -> None:
    lines = [line for line in map(clean, text.replace("\x0c", "\n").split("\n")) if line]
    try:
        document = read(Source("t.txt", text.encode()), ReadOptions(segmented=True))
    except AlignerError:
        assert not lines
    else:
        assert [segment.text for segment in document.segments] == lines


@UNHURRIED
@given(st.binary(max_size=300), st.sampled_from(["txt", "md", "html", "xyz"]))
def test_random_bytes(data: bytes, suffix: str) -> None:
    try:
        check(read(Source(f"t.{suffix}", data)))
    except AlignerError:
        return


@UNHURRIED
@given(st.lists(MARKUP, max_size=40).map("".join), st.sampled_from(["article", "full", "p"]))
def test_broken_markup(markup: str, body: str) -> None:
    for source in (Source("t.md", markup.encode()), Source("t.html", f"<html>{markup}".encode())):
        try:
            document = read(source, ReadOptions(html_body=body))
        except AlignerError:
            continue
        check(document)
        assert document == read(source, ReadOptions(html_body=body))


STEPS = st.lists(
    PIECES.map(lambda text: ("add", text))
    | st.sampled_from(
        [("open", "bold"), ("close", "bold"), ("open", "link"), ("close", "link"), ("mark", "note")]
    ),
    max_size=30,
)


@UNHURRIED
@given(STEPS)
def test_formatting_never_changes_the_text(steps: list[tuple[str, str]]) -> None:
    rich = Rich()
    for step, value in steps:
        getattr(rich, step)(value)
    text, spans = rich.build()
    assert bare("".join(value for step, value in steps if step == "add")) == "".join(text.split())
    assert unicodedata.is_normalized("NFC", text)
    for span in spans:
        assert 0 <= span.start <= span.end <= len(text)
        assert (
            span.kind == "note"
            or text[span.start : span.end].strip() == text[span.start : span.end] != ""
        )
