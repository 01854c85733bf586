"""Files in which segments are replaced: everything else is as it was, byte for byte."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aligner.documents.filling import open_file
from aligner.memory import Memory, load_units
from aligner.model import Code, ReadOptions, Source, Unit, Variant, text_key
from aligner.workflows.memory.filling import fill_document
from tests.unit.documents.packages import docx, epub, odt, word_p

PAIRS = [
    ("The cat sleeps.", "El gato duerme."),
    ("The dog is very big.", "El perro es muy grande."),
    ("It reads & writes.", "Lee y <escribe>."),
    ("I live in Paris now.", "Ahora vivo en Paris."),
    ("Yes.", "Sí."),
    ("A note here.", "Aquí una nota."),
    ("See the manual.", "Vea el manual."),
    ("Close.", "Cierra."),
    ("Close.", "Cerca."),
]


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    store = Memory(tmp_path / "m.db", write=True)
    units = [Unit.of("en", "es", a, b, "d", n) for n, (a, b) in enumerate(PAIRS, start=1)]
    coded = [Code(4, "open", kind="bold"), Code(7, "close", kind="bold")]
    there = [Code(0, "open", kind="bold"), Code(4, "close", kind="bold")]
    bold = Unit.of("en", "es", "Our old town.", "Nuestro pueblo viejo.", "d", 20)
    units.append(
        bold._replace(
            variants=(
                Variant("en", "Our old town.", tuple(coded)),
                Variant(
                    "es",
                    "Nuestro pueblo viejo.",
                    (Code(15, "open", kind="bold"), Code(20, "close", kind="bold")),
                ),
            )
        )
    )
    turned = Unit.of("en", "es", "The red one.", "Rojo el uno.", "d", 21)
    units.append(
        turned._replace(
            variants=(
                Variant("en", "The red one.", tuple(coded)),
                Variant("es", "Rojo el uno.", tuple(there)),
            )
        )
    )
    load_units(store, units, "a", "a")
    return store


def filled(
    memory: Memory, name: str, data: bytes
) -> tuple[bytes, list[tuple[str, str]], list[int]]:
    made, done = fill_document(memory, Source(name, data), ("en", "es"), 100)
    return made, [(text, reason) for _, text, reason in done.rest], done.linked


def member(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def run(text: str, properties: str = "") -> str:
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def word(body: str, **parts: str) -> bytes:
    return docx(f"<w:p>{body}</w:p>", **parts)


def text_of(data: bytes, body: str) -> None:
    assert body in member(data, "word/document.xml")


def test_runs_that_look_the_same_are_one(memory: Memory) -> None:
    """What nobody sees parts a sentence into runs: its language, a spelling mark, a bookmark."""
    body = (
        '<w:r w:rsidR="1"><w:t>It rea</w:t></w:r><w:proofErr w:type="x"/><w:bookmarkStart w:id="1"/>'
        '<w:r w:rsidR="2"><w:rPr><w:lang w:val="en"/></w:rPr><w:t>ds &amp; writes.</w:t></w:r>'
    )
    made, rest, _ = filled(memory, "a.docx", word(body))
    assert rest == []
    text_of(made, "<w:t>Lee y &lt;escribe&gt;.</w:t>")
    text_of(made, "<w:t></w:t>")


def test_looks_by_words_that_stay(memory: Memory) -> None:
    body = run("I live in ") + run("Paris", "<w:i/>") + run(" now.")
    made, rest, linked = filled(memory, "a.docx", word(body))
    assert (rest, linked) == ([], [])
    text_of(made, run("Ahora vivo en ") + run("Paris", "<w:i/>") + run("."))


def test_looks_by_the_codes_of_the_memory(memory: Memory) -> None:
    body = run("Our ") + run("old", "<w:b/>") + run(" town.")
    made, rest, linked = filled(memory, "a.docx", word(body))
    assert (rest, linked) == ([], [])
    text_of(made, run("Nuestro pueblo ") + run("viejo", "<w:b/>") + run("."))
    # what is bold comes first in the translation: the first run stays, without words
    body = run("The ") + run("red", "<w:b/>") + run(" one.")
    made, rest, linked = filled(memory, "a.docx", word(body))
    text_of(made, run("") + run("Rojo", "<w:b/>") + run(" el uno."))


def test_looks_by_linked_words_are_told(memory: Memory) -> None:
    body = run("The dog is ") + run("very", '<w:color w:val="FF0000"/>') + run(" big.")
    made, rest, linked = filled(memory, "a.docx", word(body))
    assert (rest, linked) == ([], [1])
    text_of(made, run("muy", '<w:color w:val="FF0000"/>'))


@pytest.mark.parametrize(
    "inner",
    [
        "<w:r><w:tab/></w:r>",
        "<w:r><w:br/></w:r>",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        "<w:r><w:drawing/></w:r>",
        '<w:del w:id="1"><w:r><w:delText>well </w:delText></w:r></w:del>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>",
    ],
)
def test_what_is_no_text_inside_a_segment_leaves_it(memory: Memory, inner: str) -> None:
    note = '<w:footnote w:id="2"><w:p>' + run("Unknown.") + "</w:p></w:footnote>"
    data = word(run("The cat ") + inner + run("sleeps.") + run(" Yes."), footnotes=note)
    made, rest, _ = filled(memory, "a.docx", data)
    assert ("The cat sleeps.", NO_LOOK) in rest
    text_of(made, inner)
    text_of(made, run(" Sí."))


NO_LOOK = "it is not clear which words of the translation take its formatting, notes or breaks"


def test_a_note_before_the_stop_keeps_its_place(memory: Memory) -> None:
    note = '<w:footnote w:id="2"><w:p>' + run("A note here.") + "</w:p></w:footnote>"
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    made, rest, _ = filled(
        memory, "a.docx", word(run("The cat sleeps") + mark + run(". Yes."), footnotes=note)
    )
    assert rest == []
    text_of(made, run("El gato duerme") + mark + run(". Sí."))
    assert "Aquí una nota." in member(made, "word/footnotes.xml")


def test_a_space_at_the_end_of_a_run_counts(memory: Memory) -> None:
    body = "<w:r><w:t>I live in</w:t></w:r>" + run(" Paris", "<w:b/>") + run(" now.")
    made, rest, _ = filled(memory, "a.docx", word(body))
    assert rest == []
    text_of(made, '<w:t xml:space="preserve">Ahora vivo en </w:t>')


def test_several_translations_and_none(memory: Memory) -> None:
    made, rest, _ = filled(memory, "a.docx", docx(word_p("Close.") + word_p("Unknown.")))
    assert [reason.split(",")[0] for _, reason in rest] == ["several translations", "no match"]
    assert made == docx(word_p("Close.") + word_p("Unknown."))


def test_members_that_hold_nothing_stay(memory: Memory) -> None:
    data = word(run("Yes."), header1="<w:p/>")
    made, _, _ = filled(memory, "a.docx", data)
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(made)) as after:
        assert before.namelist() == after.namelist()
        changed = [n for n in before.namelist() if before.read(n) != after.read(n)]
        times = [(i.date_time, i.compress_type) for i in after.infolist()]
        assert times == [(i.date_time, i.compress_type) for i in before.infolist()]
    assert changed == ["word/document.xml"]


def test_opendocument(memory: Memory) -> None:
    styles = (
        '<style:style style:name="T1" style:family="text"><style:text-properties'
        ' xmlns:o="http://openoffice.org/2009/office" o:rsid="1"/></style:style>'
        '<style:style style:name="B" style:family="text">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
    )
    body = (
        '<text:p>The <text:s/>dog <text:span text:style-name="T1">is very </text:span>big. I live in'
        ' <text:span text:style-name="B">Paris</text:span> now.</text:p>'
        "<text:p>The cat<text:tab/>sleeps.</text:p>"
    )
    made, rest, _ = filled(memory, "a.odt", odt(body, styles))
    assert rest == [("The cat sleeps.", NO_LOOK)]
    content = member(made, "content.xml")
    assert '<text:p>El perro es muy grande.<text:span text:style-name="T1"></text:span> ' in content
    assert 'vivo en <text:span text:style-name="B">Paris</text:span>.</text:p>' in content


def test_a_page_of_loose_html(memory: Memory) -> None:
    page = (
        "<!DOCTYPE html>\r\n<html lang=en><head><title>The cat sleeps.</title>"
        '<script>if (a<b) {x("The cat sleeps.")}</script></head>\r\n<body><nav><a href=x>Yes.</a></nav>'
        "<h1>The cat<!-- c --> sleeps.</h1>\r\n<p title='a>b'>It reads &amp; writes. <p>I live in\r\n"
        ' <a href="u">Paris</a> now.<ul><li hidden>Yes.</ul><table><tr><td>Yes.<td>See <em>the</em> moon'
        "</table></body></html>"
    )
    made, rest, _ = filled(memory, "a.html", page.encode("latin-1"))
    wanted = page.replace("<h1>The cat<!-- c --> sleeps.", "<h1>El gato duerme.<!-- c -->")
    wanted = wanted.replace("It reads &amp; writes.", "Lee y &lt;escribe&gt;.")
    wanted = wanted.replace("I live in\r\n <a", "Ahora vivo en <a").replace(
        "Paris</a> now.", "Paris</a>."
    )
    wanted = wanted.replace("x>Yes.", "x>Sí.").replace("<td>Yes.", "<td>Sí.")
    assert made.decode() == wanted
    assert rest == [("See the moon", "no match")]


def test_a_page_in_an_encoding_without_the_characters(memory: Memory) -> None:
    page = '<html><head><meta charset="koi8-r"></head><body><p>Да.</p><p>Yes.</p></body></html>'
    made, _, _ = filled(memory, "a.html", page.encode("koi8-r"))
    assert made == page.replace("Yes.", "S&#237;.").encode("koi8-r")


def test_a_book(memory: Memory) -> None:
    data = epub("<h1>The cat sleeps.</h1><p>I live in <em>Paris</em> now.</p>", "<p>Yes.</p>")
    made, rest, _ = filled(memory, "a.epub", data)
    assert rest == []
    assert "<p>Ahora vivo en <em>Paris</em>.</p>" in member(made, "OPS/text/p 0.xhtml")
    assert "<p>Sí.</p>" in member(made, "OPS/text/p 1.xhtml")
    assert zipfile.ZipFile(io.BytesIO(made)).namelist()[0] == "mimetype"


def test_markdown(memory: Memory) -> None:
    text = (
        "---\ntitle: x\n---\n# The cat sleeps.\r\n\r\nIt reads\r\n& writes. I live in *Paris* now.\r\n"
        "\r\n> The\r\n> cat sleeps.\r\n\r\n* Yes.\r\n\r\n| a | b |\r\n|--|--|\r\n| Yes. | c |\r\n\r\n"
        "[See the manual.]\r\n\r\n[See the manual.][] Yes.\r\n\r\n[See the manual.]: http://x.y\r\n"
    )
    made, rest, _ = filled(memory, "a.md", text.encode())
    assert [one for one, _ in rest] == ["a", "b", "c"]
    assert made.decode() == (
        "---\ntitle: x\n---\n# El gato duerme.\r\n\r\nLee y \\<escribe>. Ahora vivo en *Paris*.\r\n"
        "\r\n> El gato duerme.\r\n\r\n* Sí.\r\n\r\n| a | b |\r\n|--|--|\r\n| Sí. | c |\r\n\r\n"
        "[Vea el manual.][See the manual.]\r\n\r\n[Vea el manual.][See the manual.] Sí.\r\n\r\n"
        "[See the manual.]: http://x.y\r\n"
    )


def test_subtitles_keep_their_lines(memory: Memory) -> None:
    text = (
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nThe dog is\r\nvery big.\r\n\r\n2\r\n"
        "00:00:03,000 --> 00:00:04,000\r\n- Yes.\r\n- I live in <i>Paris</i> now.\r\n"
    )
    made, rest, _ = filled(memory, "a.srt", text.encode())
    assert rest == []
    wanted = text.replace("The dog is\r\nvery big.", "El perro es\r\nmuy grande.")
    wanted = (
        wanted.replace("- Yes.", "- Sí.").replace("I live in", "Ahora vivo en").replace(" now", "")
    )
    assert made.decode() == wanted
    text = "WEBVTT\n\n00:01.000 --> 00:02.000 line:0\nIt reads &amp; writes.\n"
    made, rest, _ = filled(memory, "a.vtt", text.encode())
    assert made.decode() == text.replace("It reads &amp; writes.", "Lee y &lt;escribe&gt;.")


def test_a_letter_whose_accent_looks_different_is_not_filled(memory: Memory) -> None:
    """The two are one character of the text and stand in two elements; nothing is written over one of them."""
    page = "<p>The dog is very big.</p><p><b>Ye</b><i>\u0301</i>s.</p>"
    made, rest, _ = filled(memory, "a.html", page.encode())
    assert "<p>El perro es muy grande.</p>" in made.decode()
    assert "<p><b>Ye</b><i>\u0301</i>s.</p>" in made.decode()
    assert len(rest) == 1


TEXT = st.text(st.sampled_from("ab cé\u0301&<>*_[]|#.\u00ad\u00a0日 "), min_size=1, max_size=14)


@given(st.lists(st.lists(TEXT, min_size=1, max_size=3), min_size=1, max_size=4), st.booleans())
@example([["a", "\u0301"]], False)
@example([["a", "\u0301"]], True)
def test_every_place_is_the_character_that_is_read(
    paragraphs: list[list[str]], is_word: bool
) -> None:
    """A region's words, as they lie in the file, are those of the document."""
    from html import escape, unescape

    if not any(text_key(text).strip("\u00ad") for runs in paragraphs for text in runs):
        return
    if is_word:
        body = "".join(f"<w:p>{''.join(run(escape(t)) for t in runs)}</w:p>" for runs in paragraphs)
        source = Source("a.docx", docx(body))
    else:
        rows = ("".join(f"<b>{escape(t)}</b>" for t in runs) for runs in paragraphs)
        page = "".join(f"<p>{row}</p>" for row in rows)
        source = Source("a.html", f"<html><body>{page}</body></html>".encode())
    file = open_file(source, ReadOptions(html_body="full"))
    raw = member(source.data, "word/document.xml") if is_word else source.data.decode()
    for paragraph in file.document.paragraphs:
        region = file.region(paragraph.index, 0, len(paragraph.text))
        if region is None:
            continue
        parts = [raw[s.start : s.end] for g in region.groups for s in g.stretches]
        import unicodedata

        there = unicodedata.normalize("NFC", unescape("".join(parts)).replace("\u00ad", ""))
        assert text_key(there) == text_key(paragraph.text)


README = """\
# Formats

It converts from:

- `haddock` ([Haddock markup](https://www.x.org/haddock/doc/html/ch03s08.html))
- `html` ([HTML](https://www.w3.org/html/))
- `creole` ([Creole 1.0](http://www.wikicreole.org/wiki/Creole1.0))
- `ris` ([RIS bibliography](https://en.x.org/wiki/RIS_(format)))

<p>See <b>html</b> below.</p>

The end of `html`.
"""


def test_words_of_markdown_are_not_those_of_its_addresses(tmp_path: Path) -> None:
    """One address with the words of the next item, and nothing behind it was found any more."""
    texts = {
        "Formats": "Formatos",
        "It converts from:": "Convierte de:",
        "haddock (Haddock markup)": "haddock (Haddock markup, sí)",
        "html (HTML)": "html (HTML, sí)",
        "creole (Creole 1.0)": "creole (Creole 1.0, sí)",
        "ris (RIS bibliography)": "ris (RIS bibliography, sí)",
        "See html below.": "Vea html abajo.",
        "The end of html.": "El final de html.",
    }
    with Memory(tmp_path / "m.db", write=True) as store:
        units = [Unit.of("en", "es", a, b, "d", n) for n, (a, b) in enumerate(texts.items(), 1)]
        load_units(store, units, "a", "a")
        data, filled = fill_document(store, Source("a.md", README.encode()), ("en", "es"), 100)
    assert (filled.segments, filled.exact) == (8, 8), filled.rest
    wanted = README.replace("# Formats", "# Formatos").replace("It converts from", "Convierte de")
    wanted = wanted.replace("))\n", "), sí)\n").replace("RIS_(format), sí)", "RIS_(format)), sí)")
    wanted = wanted.replace("See <b>html</b> below", "Vea <b>html</b> abajo")
    assert data.decode() == wanted.replace("The end of", "El final de")
