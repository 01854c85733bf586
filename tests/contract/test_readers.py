"""What every reader promises, whatever its format; a new one joins by a line in SAMPLES."""

from __future__ import annotations

import json
import unicodedata
from html import escape

import pytest

from aligner.model import AlignerError, Document, ReadOptions, Source, UsageError
from aligner.workflows.reading import READERS, read
from tests.unit.documents.packages import docx, epub, odt, rtf, word_p, xlsx

SENTENCE = "La sen\u0303ora (..) subió la torre\u00ad y, [se ríe] dijo: «Está\u00a0bien, H2O»."
Q, A = "P: ¿Uno?", f"R: {SENTENCE}"
_ROWS = [("Título", "Title"), (Q, "Q: One?"), (A, "A: Yes."), (SENTENCE, "Well.")]


def _texts() -> dict[str, str | bytes]:
    """A text of each format: a title, a question, an answer and the sentence once more."""
    rows = "".join(
        f'<tu><tuv xml:lang="es"><seg>{escape(s)}</seg></tuv><tuv xml:lang="en"><seg>{t}</seg></tuv></tu>'
        for s, t in _ROWS
    )
    units = "".join(
        f'<trans-unit id="{n}"><source>{escape(s)}</source><target>{t}</target></trans-unit>'
        for n, (s, t) in enumerate(_ROWS)
    )
    messages = "".join(
        f'msgid {json.dumps(s, ensure_ascii=False)}\nmsgstr "{t}"\n\n' for s, t in _ROWS
    )
    times = ["00:00:01,000 --> 00:00:01,900", "00:00:02,000 --> 00:00:02,900"] * 2
    srt = "\n\n".join(
        f"{n}\n{time}\n{s}" for n, (time, (s, _)) in enumerate(zip(times, _ROWS, strict=True))
    )
    dialogue = "".join(f"Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{s}\n" for s, _ in _ROWS)
    word = word_p("Título", "Title") + "".join(word_p(s) for s, _ in _ROWS[1:])
    text = "".join(f"<text:p>{escape(s)}</text:p>" for s, _ in _ROWS)
    page = "<h1>Uno</h1>" + "".join(f"<p>{escape(s)}</p>" for s, _ in _ROWS[1:])
    rich = "".join(f"{rtf(s)}\\par\n" for s, _ in _ROWS)
    tei = "<head>Uno</head>" + "".join(f"<p>{escape(s)}</p>" for s, _ in _ROWS[1:])
    lines = "\n".join(json.dumps({"es": s, "en": t}, ensure_ascii=False) for s, t in _ROWS)
    cells = "".join(
        f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>{2 * n}</v></c>'
        f'<c r="B{n + 1}" t="s"><v>{2 * n + 1}</v></c></row>'
        for n in range(len(_ROWS) + 1)
    )
    timed = "".join(f'<p begin="{n}s" dur="1s">{escape(s)}</p>' for n, (s, _) in enumerate(_ROWS))
    return {
        "txt": f"Título de la página\n\n{Q}\n\n{A}\n\n{SENTENCE}\n",
        "md": f"---\ntitle: T\n---\n# Uno\n\nP: ¿*Uno*?\n\n{A}\n\n- {SENTENCE}\n",
        "html": f"<html lang='es'><body><h1>Uno</h1><p>P: ¿<i>Uno</i>?</p><p>{A}</p><p>{SENTENCE}</p></body></html>",
        "docx": docx(word),
        "odt": odt(text),
        "epub": epub(page),
        "rtf": "{\\rtf1\\ansi\\ansicpg1252\\uc1 " + rich + "}",
        "srt": srt,
        "vtt": "WEBVTT\n\n" + srt.replace(",000", ".000").replace(",900", ".900"),
        "ass": "[Script Info]\nTitle: T\n\n[Events]\n" + dialogue,
        "ttml": f'<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="es"><body><div>{timed}</div></body></tt>',
        "tmx": f'<tmx version="1.4"><header srclang="es"/><body>{rows}</body></tmx>',
        "xliff": f'<xliff version="1.2"><file source-language="es" target-language="en"><body>{units}</body></file></xliff>',
        "po": 'msgid ""\nmsgstr "Language: en\\n"\n\n' + messages,
        "tei": f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text xml:lang="es"><body>{tei}</body></text></TEI>',
        "tsv": "es\ten\n" + "".join(f"{s}\t{t}\n" for s, t in _ROWS),
        "csv": "es;en\n" + "".join(f'"{s}";"{t}"\n' for s, t in _ROWS),
        "jsonl": lines,
        "xlsx": xlsx(cells, "es", "en", *(text for row in _ROWS for text in row)),
    }


SAMPLES = {
    name: text if isinstance(text, bytes) else text.encode() for name, text in _texts().items()
}
UNTURNED = ("srt", "vtt", "ass", "ttml")  # a cue is a cue, whoever speaks
ELSEWHERE = ("json", "pdf", "doc")  # read back what we wrote; real producers in tests/client
JUNK = {
    "zeros": b"\0" * 50,
    "every byte": bytes(range(256)) * 4,
    "bad utf-8": b"hola \xc3\x28 \xff\xfe\xfa mundo " * 5,
    "half utf-16": b"\xff\xfea\0b",
    "open braces": b"{{< <![CDATA[ <!-- {% [[[ ``` |||" * 20,
    "controls": b"\x01\x02\x1b[31mrojo\x1b[0m " * 10,
    "long line": b"una palabra tras otra " * 20_000,
}


def sample(name: str) -> Source:
    return Source(f"sample.{name}", SAMPLES[name])


def check(document: Document) -> None:
    """The promises that the model itself does not check."""
    assert document.paragraphs
    assert document.segments == ()
    for paragraph in document.paragraphs:
        text = paragraph.text
        assert text
        assert text == text.strip()
        assert not any(c.isspace() and c not in " \u00a0\u202f" for c in text)
        assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in text)
        assert unicodedata.is_normalized("NFC", text)
        for span in paragraph.spans:
            assert 0 <= span.start <= span.end <= len(text)
        if paragraph.label:
            start, end = paragraph.label
            assert start == 0 < end < len(text)
            if paragraph.speaker and paragraph.kind == "turn":
                assert text.startswith(paragraph.speaker)
        assert (paragraph.level > 0) == (paragraph.kind == "heading")


def test_every_reader_of_ours_is_tried() -> None:
    assert {*SAMPLES, *ELSEWHERE} == set(READERS.entries)


@pytest.mark.parametrize("name", SAMPLES)
def test_sample(name: str) -> None:
    document = read(sample(name))
    check(document)
    kept = unicodedata.normalize("NFC", SENTENCE).replace("\u00ad", "")
    assert sum(kept in paragraph.text for paragraph in document.paragraphs) == 2
    speakers = [p.speaker for p in document.paragraphs if p.kind == "turn"]
    assert speakers == ([] if name in UNTURNED else ["P", "R"])
    assert document.origin == f"sample.{name}"


@pytest.mark.parametrize("name", SAMPLES)
def test_twice_the_same(name: str) -> None:
    assert read(sample(name)) == read(sample(name))


@pytest.mark.parametrize("name", SAMPLES)
def test_format_by_name_takes_any_suffix(name: str) -> None:
    found = read(Source("sample.xyz", SAMPLES[name]), format=name)
    assert found.paragraphs == read(sample(name)).paragraphs


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("name", SAMPLES)
def test_junk_is_a_document_or_one_error_of_ours(name: str, junk: str) -> None:
    for options in (ReadOptions(), ReadOptions(html_body="full"), ReadOptions(encoding="latin-1")):
        said = f"junk.{name}"
        try:
            check(read(Source(f"junk.{name}", JUNK[junk]), options))
        except AlignerError as error:
            said = str(error)
        assert f"junk.{name}" in said
        assert "\n" not in said


@pytest.mark.parametrize("name", SAMPLES)
def test_empty_file(name: str) -> None:
    with pytest.raises(AlignerError, match=rf"empty\.{name}: the file is empty"):
        read(Source(f"empty.{name}", b""))


def test_unknown_format_lists_the_known() -> None:
    with pytest.raises(UsageError, match=r"no input format 'wps'.*known: .*html.*md.*txt"):
        read(Source("a.txt", b"Hola."), format="wps")
