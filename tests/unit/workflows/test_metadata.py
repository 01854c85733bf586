"""What a user says about texts as TOML: every key is used, every mistake is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from aligner.files.xml_file import XML_ID as ID
from aligner.formats.tei.read_texts import metadata_of
from aligner.model import Document, Malformed, Paragraph, Source
from aligner.workflows.aligning import open_document
from aligner.workflows.metadata import apply_metadata, described, parse_metadata
from tests.conftest import CORPORA
from tests.unit.formats.samples import export, one_to_one

SAID = """
[text.es]
relation = "original"
title = "La casa vacía"
authors = ["Una Autora", "Otro Autor"]
date = 2024-06-09
url = "https://example.org/casa"

[text.en]
relation = "translation"
translator = "Some Translator"

[[speakers]]
name = "La Periodista"
role = "interviewer"
labels = ["P", "Q"]

[[speakers]]
name = "La Capitana"
role = "interviewee"
labels = ["R"]

[[speakers]]
name = "Un Vecino"
"""


def page(lang: str) -> Document:
    paragraphs = (
        Paragraph(0, "turn", "¿Quién?", speaker="P"),
        Paragraph(1, "turn", "Yo.", speaker="R"),
        Paragraph(2, "turn", "Y yo.", speaker="Z"),
        Paragraph(3, "para", "Fin."),
    )
    found = {"author": ("Found In The File",), "outlet": ("El Diario",)}
    return Document("a", lang, "a.html", "Inicio", "", paragraphs, metadata=found)


def test_what_is_said_goes_over_what_was_found() -> None:
    said = parse_metadata(SAID, "meta.toml")
    found = apply_metadata(page("es-SV"), said)
    assert found.title == "La casa vacía"
    assert found.metadata["author"] == ("Una Autora", "Otro Autor")
    assert found.metadata["date"] == ("2024-06-09",)
    assert found.metadata["outlet"] == ("El Diario",)
    assert found.metadata["relation"] == ("original",)
    assert found.metadata["interviewer"] == ("La Periodista",)
    assert found.metadata["interviewee"] == ("La Capitana",)
    speakers = [paragraph.speaker for paragraph in found.paragraphs]
    assert speakers == ["La Periodista", "La Capitana", "Z", None]
    english = apply_metadata(page("en"), said)
    assert english.title == "Inicio"
    assert english.metadata["translator"] == ("Some Translator",)
    other = apply_metadata(page("fr"), said)
    assert other.metadata["author"] == ("Found In The File",)
    assert "relation" not in other.metadata


def test_nothing_said_changes_nothing() -> None:
    assert apply_metadata(page("es"), parse_metadata("", "meta.toml")) == page("es")


def test_a_region_of_its_own_goes_first() -> None:
    said = parse_metadata('[text.pt]\ntitle = "A"\n[text."pt-BR"]\ntitle = "B"\n', "m")
    assert apply_metadata(page("pt-BR"), said).title == "B"
    assert apply_metadata(page("pt-PT"), said).title == "A"


def test_the_sample_is_read() -> None:
    path = CORPORA / "interview" / "meta.toml"
    said = parse_metadata(path.read_text(encoding="utf-8"), str(path))
    assert set(said.texts) == {"es", "en"}
    assert said.speakers


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[text.es]\ntitle = \n", "m, line 2, column"),
        ("[text.es]\n\ncolour = 1\n", "m, line 3: unknown key 'colour' in [text.es]; known: "),
        ("[texts.es]\n", "m, line 1: unknown key 'texts'; known: text, speakers"),
        ("text = 3\n", "m, line 1: text must be a table"),
        ("[text]\nes = 3\n", "m, line 2: text.es must be a table"),
        ("[text.es]\ntitle = 3\n", "m, line 2: title must be text"),
        ("[text.es]\nauthors = ['a', 3]\n", "m, line 2: authors must be text"),
        ("[text.es]\nrelation = 'copy'\n", "m, line 2: relation is one of original"),
        ("speakers = 'me'\n", "m, line 1: write [[speakers]]"),
        ("[[speakers]]\nrole = 'x'\n", "m, line 1: every speaker has a name"),
        ("[[speakers]]\nname = 'x'\nlabel = 'y'\n", "m, line 3: unknown key 'label' in [speakers]"),
    ],
)
def test_mistakes_are_told_with_their_line(text: str, message: str) -> None:
    with pytest.raises(Malformed) as caught:
        parse_metadata(text, "m")
    assert str(caught.value).startswith(message)


def test_a_publisher_of_one_text(tmp_path: Path) -> None:
    """Said of one text it goes to the description of that text's source, in its imprint."""
    said = SAID.replace("date = 2024-06-09", 'outlet = "Hojas"\npublisher = "Prensa del Puerto"')
    found = apply_metadata(page("es"), parse_metadata(said, "meta.toml"))
    assert found.metadata["publisher"] == ("Prensa del Puerto",)
    other = apply_metadata(page("en"), parse_metadata(said, "meta.toml"))
    tree = etree.fromstring(export(one_to_one(found, other), "tei", tmp_path)["out.tei.xml"])
    publishers = {
        bibl.get(ID): [e.text for e in bibl.iterfind("{*}monogr/{*}imprint/{*}publisher")]
        for bibl in tree.iter("{*}biblStruct")
    }
    assert publishers["es.source"] == ["Prensa del Puerto"]
    assert publishers["en.source"] == ["El Diario"]
    (text,) = (e for e in tree.iter("{*}TEI") if e.get(ID) == "es")
    read = metadata_of(text.find("{*}teiHeader"))
    assert (read["outlet"], read["publisher"]) == (("Hojas",), ("Prensa del Puerto",))


def test_the_label_of_somebody_whom_the_user_names(tmp_path: Path) -> None:
    """A whole name that opens one turn alone is a label where the metadata know the person."""
    lines = [
        *("Rita Sanz: ¿Quién cavó el pozo?", "Un vecino.", "LA TORRE: ¿Y hay agua?"),
        *("Gil: No.", "LA TORRE: ¿Y habrá?", "Gil: En abril."),
    ]
    source = Source("a.txt", "\n\n".join(["El pozo", *lines]).encode())
    meta = tmp_path / "meta.toml"
    meta.write_text('[[speakers]]\nname = "Rita Sanz"\nrole = "interviewer"\n', encoding="utf-8")
    opened = open_document(source, "es")
    assert opened.paragraphs[1].speaker is None
    (found,) = described([opened], meta)
    turn = found.paragraphs[1]
    assert (turn.kind, turn.speaker, turn.text[slice(*turn.label or ())]) == (
        *("turn", "Rita Sanz", "Rita Sanz:"),
    )
    assert [s.text for s in turn.segments] == ["¿Quién cavó el pozo?"]
    assert [s.index for s in found.segments] == list(range(len(opened.segments)))
    # segments of an alignment stay as they are
    assert described([opened], meta, aligned=True)[0].segments == opened.segments
