"""Editions of real pages: valid by tei_all, by the project's ODD and its rules, in every layout; whose
each speech is leads to a person.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import aligner
from aligner.formats import WriteOptions
from aligner.model import Alignment, AlignmentSet, Document, Source
from aligner.workflows import aligning
from aligner.workflows.metadata import apply_metadata, parse_metadata
from tests.client.odd import Compiled, compiled
from tests.client.test_editions import LAYOUTS, jing
from tests.conftest import CORPORA

T = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
RAW = ("interview-2", "interview-4", "translation-faq")


@pytest.fixture(scope="module")
def odd(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    return compiled(shared / "schemas" / "tei_all.rng", tmp_path_factory.mktemp("odd"))


@cache
def interview_edition() -> Alignment:
    """The interview of corpora/, with what its metadata say."""
    folder = CORPORA / "interview"
    about = parse_metadata((folder / "meta.toml").read_text(encoding="utf-8"), "meta.toml")
    opened = [
        aligning.open_document(aligning.read_source(str(folder / f"{lang}.html")), lang)
        for lang in ("es", "en")
    ]
    return aligning.align_documents(*(apply_metadata(one, about) for one in opened))


@cache
def raw_edition(folder: Path) -> Alignment | AlignmentSet:
    """The English page and its translations."""
    source, *targets = sorted(folder.glob("*.md"))
    assert source.name == "en.md"
    return aligning.one_or_set([aligner.align(source, target) for target in targets])


def _written(
    alignment: Alignment | AlignmentSet, layout: str, folder: Path, **options: Any
) -> list[Path]:
    folder.mkdir(exist_ok=True)
    made = WriteOptions(layout=layout, **options)
    files = aligning.export(alignment, "tei", folder / "out.tei.xml", made)  # type: ignore[arg-type]
    return list(files)


def _checked(files: list[Path], shared: Path, odd: Compiled) -> dict[str, Any]:
    """The files as trees by name, when no schema and no rule finds anything."""
    assert jing(files, shared) == []
    assert jing(files, shared, odd.schema) == []
    for file in files:
        assert odd.failures(file) == []
    trees = {file.name: etree.parse(str(file)).getroot() for file in files}
    ids = {name: {e.get(ID): e for e in tree.iter() if e.get(ID)} for name, tree in trees.items()}
    for name, tree in trees.items():
        for speech in tree.iter(f"{T}sp"):
            for pointer in speech.get("who", "").split():
                where, _, person = pointer.partition("#")
                assert ids[where or name][person].tag == f"{T}person", pointer
        assert all(ref.get("target") for ref in tree.iter(f"{T}ref"))
    return trees


@pytest.mark.parametrize("words", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_interview(
    layout: str, words: bool, odd: Compiled, shared: Path, tmp_path: Path
) -> None:
    files = _written(interview_edition(), layout, tmp_path / layout, words=words, stamp=words)
    trees = _checked(files, shared, odd)
    everybody = [p for tree in trees.values() for p in tree.iter(f"{T}person")]
    assert [(p.get("role"), "".join(p.itertext()).strip()) for p in everybody] == [
        ("interviewer", "La Bitácora del Istmo"),
        ("interviewee", "Ofelia Marroquín"),
        ("lawyer", "Carolina Rivas"),
    ]
    # every turn of both pages has its speaker: the counts are those of the pages
    for lang, turns in (("es", 32), ("en", 30)):
        (text,) = (
            e
            for tree in trees.values()
            for e in tree.iter(f"{T}text")
            if e.get(ID) == f"{lang}.text"
        )
        speeches = [sp for sp in text.iter(f"{T}sp") if not sp.get("prev")]
        assert len(speeches) == turns
        assert all(sp.get("who") for sp in text.iter(f"{T}sp"))
        assert all(any(map(str.isalpha, "".join(s.itertext()))) for s in text.iter(f"{T}speaker"))
    dashes = [
        pc for tree in trees.values() for pc in tree.iter(f"{T}pc") if pc.get("unit") == "turn"
    ]
    assert ["".join(pc.itertext()) for pc in dashes] == ["—", "—"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", RAW)
def test_pages_of_others(
    name: str, layout: str, odd: Compiled, shared: Path, tmp_path: Path
) -> None:
    made = raw_edition(shared / "raw" / name)
    _checked(_written(made, layout, tmp_path / layout), shared, odd)


LINKED = {
    "es": (
        '<p>El pozo de la plaza se secó en 1987.<sup><a href="#n1" id="r1">1</a></sup> Más sobre '
        '<a href="#aguas">las aguas</a> y <a href="#menu">el pueblo</a>.</p>'
        '<p>Nadie recuerda quién lo cavó.<sup><a href="#n2" id="r2">2</a></sup></p>'
        '<h2 id="aguas">Las aguas</h2><p>Bajan de la sierra en abril.</p>'
        '<div class="footnotes"><p id="n1"><a href="#r1">1</a> El brocal es de 1870.</p></div>'
        '<h2>Notas</h2><ol><li id="n2">El alcalde no quiso hablar. <a href="#r2">volver</a></li></ol>'
    ),
    "en": (
        '<p>The well in the square went dry in 1987.<sup><a href="#n1" id="r1">1</a></sup> More on '
        '<a href="#waters">the waters</a> and <a href="#menu">the village</a>.</p>'
        '<p>Nobody remembers who dug it.<a href="#n2">[2]</a></p>'
        '<h2 id="waters">The waters</h2><p>They come down from the hills in April.</p>'
        '<p id="n1">The curb is from 1870.</p><p><a name="n2"></a>The mayor would not speak.</p>'
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_link_inside_a_page_has_its_place(
    layout: str, odd: Compiled, shared: Path, tmp_path: Path
) -> None:
    """Notes and headings are pointed to; a place that is not in the article gives no pointer."""
    opened = [page_of(lang, body) for lang, body in LINKED.items()]
    files = _written(aligning.align_documents(*opened), layout, tmp_path / layout)
    trees = _checked(files, shared, odd)
    assert not [fault for file in files for fault in aligner.validate(file)]
    for lang in LINKED:
        text = next(
            e
            for tree in trees.values()
            for e in tree.iter(f"{T}text")
            if e.get(ID) == f"{lang}.text"
        )
        known = {f"#{e.get(ID)}": e for e in text.iter() if e.get(ID)}
        assert [(r.get("type"), known[r.get("target")].tag) for r in text.iter(f"{T}ref")] == [
            ("note", f"{T}note"),
            (None, f"{T}head"),
            ("note", f"{T}note"),
        ]
        assert [note.get("place") for note in text.iter(f"{T}note")] == ["bottom", "bottom"]
        assert [hi.get("n") for hi in text.iter(f"{T}hi")] == ["#menu"]


SPOKEN = {
    "es": (
        "<p>Rita Sanz fue al pozo en abril.</p>"
        "<p>SANZ — ¿Quién lo cavó?</p><p>GIL — Un vecino [N. del E.: Blas Mora] lo cavó solo.</p>"
        "<p>SANZ — ¿Y hay agua?</p><p>GIL — No la hay. [Nota del traductor: en abril sí. Es de nieve.]</p>"
        "<p>SANZ — ¿Y entonces?</p><p>GIL — Esperamos. [Se ríe.]</p>"
    ),
    "en": (
        "<p>Rita Sanz went to the well in April.</p>"
        "<p><b>Sanz</b> Who dug it?</p>"
        "<p><b>Gil</b> A neighbour [Editor's note: Blas Mora] dug it alone.</p>"
        "<p><b>Sanz</b> And is there water?</p>"
        "<p><b>Gil</b> There is none. [Translator's note: there is in April. It is snow.]</p>"
        "<p><b>Sanz</b> And then?</p><p><b>Gil</b> We wait. [Laughs.]</p>"
    ),
}


@pytest.mark.parametrize("words", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_names_dashes_and_notices(
    layout: str, words: bool, odd: Compiled, shared: Path, tmp_path: Path
) -> None:
    """A dash after a name is no part of it; a notice inside a turn is a note of whose it is."""
    opened = [page_of(lang, body) for lang, body in SPOKEN.items()]
    made = aligning.align_documents(*opened)
    files = _written(made, layout, tmp_path / layout, words=words)
    trees = _checked(files, shared, odd)
    assert not [fault for file in files for fault in aligner.validate(file)]
    texts = [e for tree in trees.values() for e in tree.iter(f"{T}text") if e.get(ID)]
    for text, names, dashes in zip(texts, (["SANZ", "GIL"], ["Sanz", "Gil"]), (6, 0), strict=True):
        assert ["".join(s.itertext()) for s in text.iter(f"{T}speaker")] == names * 3
        marks = [pc.text for pc in text.iter(f"{T}pc") if pc.get("unit") == "turn"]
        assert marks == ["—"] * dashes
        notes = [(note.get("place"), note.get("type")) for note in text.iter(f"{T}note")]
        assert notes == [("inline", "editor"), ("inline", "translator")]
        assert len(list(text.iter(f"{T}stage"))) == 1
    # what is written is read as it was
    for text, opened_one in zip(texts, opened, strict=True):
        for paragraph in opened_one.paragraphs:
            number = f"{text.get(ID).removesuffix('.text')}.p{paragraph.index + 1}"
            (element,) = (e for e in text.iter() if e.get(ID) == number)
            assert "".join(element.itertext()) == paragraph.text


def test_a_dialogue_in_a_story_is_nobodys_speech(
    odd: Compiled, shared: Path, tmp_path: Path
) -> None:
    story = (
        "<p>El viejo se sentó a la popa.</p><p>—No va a llover —dijo, mirando al norte—. Hoy no.</p>"
        "<p>—Usted dijo eso ayer —contestó el muchacho.</p><p>Rieron los dos.</p>"
    )
    told = (
        "<p>The old man sat in the stern.</p><p>“It will not rain,” he said, looking north. “Not today.”</p>"
        "<p>“You said so yesterday,” the boy answered.</p><p>They both laughed.</p>"
    )
    made = aligning.align_documents(page_of("es", story), page_of("en", told))
    files = _written(made, "corpus", tmp_path / "corpus")
    (tree,) = _checked(files, shared, odd).values()
    assert not list(tree.iter(f"{T}sp"))
    again = aligning.open_document(aligning.read_source(str(files[0])), "es")
    assert [(p.kind, p.text) for p in again.paragraphs] == [
        (p.kind, p.text) for p in made.source.paragraphs
    ]


def page_of(lang: str, body: str) -> Document:
    """A web page without anything around its article."""
    html = f'<html lang="{lang}"><head><title>T</title></head><body><h1>T</h1>{body}</body></html>'
    return aligning.open_document(Source(f"{lang}.html", html.encode()), lang)
