"""OmegaT's texts and tags by its rules; the client tests hold them to OmegaT itself."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from aligner.documents.omegat import (
    OmegatText,
    TextsOf,
    TextTag,
    carried,
    dressed,
    found,
    omegat_texts,
    unfolded,
)
from aligner.formats.tmx.stream import stream
from aligner.model import Document, Paragraph, Segment, Source, Span
from tests.unit.cli.run import run
from tests.unit.documents.packages import docx, odt


def shown(one: OmegatText) -> str:
    pieces, at = [], 0
    for tag in one.tags:
        pieces += [one.text[at : tag.place], tag.markup]
        at = tag.place
    return "".join([*pieces, one.text[at:]])


def page(body: str) -> list[str]:
    data = f"<html><body>{body}</body></html>".encode()
    return [shown(one) for one in omegat_texts(Source("a.html", data))]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<p>It is <b>very <i>big</i></b>.</p>", ["It is <b0>very <i1>big</i1></b0>."]),
        # what surrounds the whole text is no part of it, but a pair that closes within it
        ("<p><b>All of it</b></p>", ["All of it"]),
        ("<p><b>Some</b> of it</p>", ["<b0>Some</b0> of it"]),
        ("<p>Some <i>of it</i> <br></p>", ["Some <i0>of it</i0>"]),
        ("<p>a<br>b<br/>c</p>", ["a<br0>b<br1/>c"]),
        # an end without a beginning has a number of its own
        ("<p>a</b> b <b>c</b> d</p>", ["a</b0> b <b1>c</b1> d"]),
        ("<p>two  lines\n here</p><div>b &amp; c&apos;s</div>", ["two lines here", "b & c&apos;s"]),
        ("<p>a <!-- x --> b <script>var c;</script> d</p>", ["a", "b", "d"]),
        ("<pre>a\n  <b>b</b> c</pre>", ["a\n  <b0>b</b0> c"]),
    ],
)
def test_a_page_is_parted_as_omegat_parts_it(body: str, texts: list[str]) -> None:
    assert page(body) == texts


def test_word_joins_neighbouring_tags_and_breaks_at_tabs(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>One </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t></w:r>"
        "<w:r><w:t>  word</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>left</w:t><w:tab/><w:t>right</w:t><w:br/><w:t>below</w:t></w:r></w:p>"
    )
    texts = omegat_texts(Source("a.docx", docx(body)))
    assert list(map(shown, texts)) == ["One <t0/>bold<t1/>  word", "left", "right", "below"]


def test_odt_has_letters_of_its_own_and_notes_aside() -> None:
    body = (
        '<text:p>One <text:span text:style-name="B">bold</text:span><text:s/> word'
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>A note</text:p></text:note-body></text:note> more</text:p>"
    )
    texts = list(map(shown, omegat_texts(Source("a.odt", odt(body)))))
    assert texts == ["A note", "One <f0>bold</f0><s1/> word<t2/> more"]


def document(text: str, *segments: str, spans: tuple[Span, ...] = ()) -> Document:
    made, at = [], 0
    for number, one in enumerate(segments or (text,)):
        start = text.index(one, at)
        at = start + len(one)
        made.append(Segment(number, 0, start, at, one))
    paragraph = Paragraph(0, "para", text, tuple(made), spans=spans)
    return Document("d", "en", "d.txt", "", "", (paragraph,))


@pytest.mark.parametrize(
    ("shown_text", "sentences", "wanted"),
    [
        ("One. <b0>Two</b0> x.", ("One.", "Two x."), ["One.", "<b0>Two</b0> x."]),
        # no break where a tag or a quotation mark stands behind the stop
        ("<b0>One.</b0> Two.", ("One.", "Two."), ["<b0>One.</b0> Two."]),
        (
            "He <b0>said</b0> “one.” Two.",
            ("He said “one.”", "Two."),
            ["He <b0>said</b0> “one.” Two."],
        ),
        ("One <i0>x</i0>.<br1>Two.", ("One x.", "Two."), ["One <i0>x</i0>.<br1>", "Two."]),
        ("一<b0>。</b0>二。", ("一。", "二。"), ["一<b0>。", "</b0>二。"]),
        # a note's number is a tag with its link
        ("One.<a0><s1>3</s1></a0> Two.", ("One.", "Two."), ["One.<a0><s1>3</s1></a0> Two."]),
    ],
)
def test_segments_are_cut_as_omegat_cuts_them(
    shown_text: str, sentences: tuple[str, ...], wanted: list[str]
) -> None:
    made = OmegatText(*_parts(shown_text))
    text = " ".join(sentences) if "一" not in shown_text else "".join(sentences)
    segments = found(document(text, *sentences), [made])
    assert [shown(unfolded(s.text, s.tags)) for s in segments] == wanted


def _parts(text: str) -> tuple[str, tuple[TextTag, ...]]:
    plain, tags, at = "", [], 0
    for match in re.finditer(r"<(/?)[a-z]+\d+(/?)>", text):
        plain += text[at : match.start()]
        at = match.end()
        role = "end" if match[1] else "alone" if match[2] else "begin"
        tags.append(TextTag(len(plain), match[0], role))
    return plain + text[at:], tuple(tags)


def carry(source: str, target: str, own: str = "", **looks: tuple[str, str]) -> str | None:
    """`looks`: words of the source and of the target that look so."""
    text, tags = _parts(source)
    spans = [
        tuple(
            Span(one.index(words[side]), one.index(words[side]) + len(words[side]), kind)
            for kind, words in looks.items()
            if words[side]
        )
        for side, one in enumerate((text, target))
    ]
    documents = [document(text, spans=spans[0]), document(target, spans=spans[1])]
    worded = [dressed(one, one.segments) for one in documents]
    theirs = None
    if own:
        theirs = TextsOf(documents[1], [OmegatText(*_parts(own))]).tags(documents[1].segments)
    made = carried(text, tags, worded[0], target, worded[1], theirs)
    return None if made is None else shown(OmegatText(target, made))


def test_tags_stand_where_the_translation_has_the_same() -> None:
    own = "Un <b0>gran</b0> perro y <i1>gato</i1>"
    assert carry("A <b0>big</b0> dog and <i1>cat</i1>", "Un gran perro y gato", own) == own
    # another order of the same tags: each kind in its order
    own = "El <i0>gato</i0> y un <b1>gran</b1> perro"
    made = carry("A <b0>big</b0> dog and <i1>cat</i1>", "El gato y un gran perro", own)
    assert made == "El <i1>gato</i1> y un <b0>gran</b0> perro"


def test_tags_stand_where_words_look_the_same() -> None:
    made = carry("A <t0/>big<t1/> dog", "Un perro grande", bold=("big", "grande"))
    assert made == "Un perro <t0/>grande<t1/>"


def test_tags_around_a_name_stand_around_it() -> None:
    assert carry("See <c0>main.py</c0> here", "Ver aquí main.py") == "Ver aquí <c0>main.py</c0>"


def test_tags_that_have_no_sure_place_are_not_placed() -> None:
    assert carry("A <b0>big</b0> dog", "Un perro grande") is None
    assert carry("A <b0>big</b0> dog", "Un perro grande", bold=("big", "")) is None


def test_tags_of_word_that_show_nothing_stand_between_words() -> None:
    assert carry("One two <t0/>three four", "Uno dos tres cuatro") == "Uno dos <t0/>tres cuatro"


PAGES = {
    "en": "<html><body><p>The dog is <b>very</b> big today. It barks.</p><p>One more text.</p></body></html>",
    "es": "<html><body><p>El perro es <b>muy</b> grande hoy. Ladra.</p><p>Otro texto más.</p></body></html>",
}
TAGGED = "<seg>El perro es &lt;b0&gt;muy&lt;/b0&gt; grande hoy.</seg>"


def test_a_memory_with_tags_is_read_back_and_written_as_it_was(tmp_path: Path) -> None:
    for lang, text in PAGES.items():
        (tmp_path / f"{lang}.html").write_text(text, encoding="utf-8")
    texts = (
        tmp_path / "en.html",
        tmp_path / "es.html",
        "-s",
        "en",
        "-t",
        "es",
        "--html-body",
        "full",
    )
    done = run("align", *texts, "-o", tmp_path / "m.tmx", "--flavour", "omegat")
    assert "OmegaT puts tags into 1 source segment; in the TMX with them: 1" in done.err
    written = (tmp_path / "m.tmx").read_text(encoding="utf-8")
    assert TAGGED in written
    units = list(stream(io.BytesIO(written.encode()), "m.tmx").units)
    assert units[0].variants[1].text == "El perro es muy grande hoy."
    assert [code.markup for code in units[0].variants[1].codes] == ["<b0>", "</b0>"]
    assert run("convert", tmp_path / "m.tmx", tmp_path / "n.tmx").code == 0
    assert TAGGED in (tmp_path / "n.tmx").read_text(encoding="utf-8")
    done = run("align", *texts, "-o", tmp_path / "p.tmx", "--flavour", "omegat", "--no-inline")
    assert "&lt;" not in (tmp_path / "p.tmx").read_text(encoding="utf-8")
    assert "Remove Tags" in done.err


def test_a_reviewed_alignment_has_tags_while_its_files_are_there(tmp_path: Path) -> None:
    for lang, text in PAGES.items():
        (tmp_path / f"{lang}.html").write_text(text, encoding="utf-8")
    texts = (
        tmp_path / "en.html",
        tmp_path / "es.html",
        "-s",
        "en",
        "-t",
        "es",
        "--html-body",
        "full",
    )
    made = tmp_path / "a.alignment.json"
    assert run("align", *texts, "-o", made).code == 0
    out = tmp_path / "m.tmx"
    done = run("convert", made, out, "--flavour", "omegat")
    assert TAGGED in out.read_text(encoding="utf-8"), done.err
    (tmp_path / "en.html").unlink()
    done = run("convert", made, out, "--flavour", "omegat")
    assert "&lt;" not in out.read_text(encoding="utf-8")
    assert "1 source segment with formatting" in done.err
