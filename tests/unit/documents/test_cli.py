"""`aligner read` as a user calls it, and the names that every command takes for a text."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from lxml import html
from typer.testing import CliRunner, Result

from aligner.cli import app
from aligner.model import AlignerError, Malformed, ReadError, UnknownFormat, UsageError

MARKDOWN = """---
title: La casa
author: Autora de Prueba
---

# La casa

P: ¿Vive **aquí**?

R: Sí, con [mi gato](https://example.org/gato).[^1]

P: ¿Y él?

R: También.

[^1]: Se llama *Uno*.
"""


def run(*arguments: str, data: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["read", *arguments], input=data)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "casa.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    return path


def test_text(text: Path) -> None:
    done = run(str(text), "-s", "es")
    assert done.exit_code == 0
    assert done.stdout.split("\n")[:-1] == [
        "# language: es",
        "# title: La casa",
        "# author: Autora de Prueba",
        "",
        "p1\theading1\tLa casa",
        "p2\tturn [P, interviewer]\tP: ¿Vive aquí?",
        "p3\tturn [R, interviewee]\tR: Sí, con mi gato.",
        "p4\tturn [P, interviewer]\tP: ¿Y él?",
        "p5\tturn [R, interviewee]\tR: También.",
        "p6\tnote\tSe llama Uno.",
    ]
    assert "parts were left out; --dropped lists them" in done.stderr


def test_dropped_parts_are_listed(text: Path) -> None:
    lines = run(str(text), "-s", "es", "--dropped").stdout.split("\n")
    assert "- line 1: front matter: --- title: La casa author: Autora de Prueba ---" in lines
    assert any("](https://example.org/gato)" in line for line in lines)


def test_native(text: Path) -> None:
    document = json.loads(run(str(text), "-s", "es", "--to", "native").stdout)
    assert document["title"] == "La casa"
    assert document["metadata"] == {"author": ["Autora de Prueba"]}
    assert document["paragraphs"][2] == {
        "id": "p3",
        "kind": "turn",
        "text": "R: Sí, con mi gato.",
        "speaker": "R",
        "role": "interviewee",
        "label": [0, 2],
        "spans": [
            {"start": 11, "end": 18, "kind": "link", "value": "https://example.org/gato"},
            {"start": 19, "end": 19, "kind": "note", "value": "1"},
        ],
    }
    assert document["dropped"][0]["reason"] == "front matter"


def test_html_is_a_whole_page_with_every_paragraph(text: Path) -> None:
    page = html.fromstring(run(str(text), "-s", "es", "--to", "html").stdout)
    assert page.get("lang") == "es"
    shown = [(e.get("id"), e.get("data-kind")) for e in page.findall(".//main/*")]
    assert shown[:2] == [("p1", "heading"), ("p2", "turn P")]
    assert page.xpath("string(//*[@id='p3'])") == "R: Sí, con mi gato.[1]"
    assert page.xpath("//*[@id='p3']/a/@href") == ["https://example.org/gato"]
    assert page.xpath("string(//*[@id='p6']//i)") == "Uno"
    assert not page.xpath("//script | //link | //img")


def test_html_shows_what_a_text_says_and_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Uno <script>alert(1)</script> & dos.\n", encoding="utf-8")
    page = html.fromstring(run(str(path), "-s", "es", "--to", "html").stdout)
    assert not page.xpath("//script")
    assert page.xpath("string(//main/p)") == "Uno <script>alert(1)</script> & dos."


def test_standard_input_gzip_and_members_of_archives(text: Path, tmp_path: Path) -> None:
    expected = run(str(text), "-s", "es").stdout
    assert run("-", "-s", "es", "--from", "md", data=MARKDOWN.encode()).stdout == expected
    packed = tmp_path / "casa.md.gz"
    packed.write_bytes(gzip.compress(MARKDOWN.encode()))
    assert run(str(packed), "-s", "es").stdout == expected
    book = tmp_path / "book.zip"
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("dir/casa.md", MARKDOWN)
        archive.writestr("dir/otra.txt", "Otra cosa.")
    assert run(f"{book}:dir/casa.md", "-s", "es").stdout == expected
    assert "Otra cosa." in run(f"{book}:dir/otra.txt", "-s", "es").stdout
    done = run(str(book))
    assert isinstance(done.exception, ReadError)
    assert f"{book}:dir/casa.md" in str(done.exception)


def test_mojibake_is_named_and_repaired_on_request(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("El niÃ±o comiÃ³ una manzana.\n", encoding="utf-8")
    done = run(str(path), "-s", "es")
    assert "niÃ±o" in done.stdout
    assert "mojibake" in done.stderr
    assert "--fix-mojibake repairs it" in done.stderr
    done = run(str(path), "-s", "es", "--fix-mojibake")
    assert "El niño comió una manzana." in done.stdout
    assert "mojibake" not in done.stderr


def test_encoding_of_the_user_wins(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Žluťoučký kůň.".encode("cp1250"))
    assert "Žluťoučký kůň." in run(str(path), "-s", "cs", "--encoding", "cp1250").stdout


def test_body_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><nav>Menú</nav><div class='x'><p>Uno.</p></div><p>Dos.</p></body>")
    chosen = run(str(path), "-s", "es", "--html-body", "div.x")
    assert "p1\tpara\tUno.\n" in chosen.stdout
    assert "Dos." not in chosen.stdout
    assert "Menú" in run(str(path), "-s", "es", "--html-body", "full").stdout


def test_metadata_of_the_user_wins(text: Path, tmp_path: Path) -> None:
    meta = tmp_path / "m.toml"
    meta.write_text(
        '[text.es]\nauthors = ["Otra"]\nrelation = "abridged"\n[text.en]\ntitle = "H"\n'
    )
    lines = run(str(text), "-s", "es", "--meta", str(meta)).stdout.split("\n")
    assert "# author: Otra" in lines
    assert "# relation: abridged" in lines


def test_the_example_of_a_metadata_file_is_read() -> None:
    folder = Path(__file__).resolve().parents[3] / "corpora" / "interview"
    lines = run(str(folder / "en.html"), "--meta", str(folder / "meta.toml")).stdout.split("\n")
    assert "# translator: Judith Amory" in lines
    assert "# interviewee: Ofelia Marroquín" in lines
    assert "# lawyer: Carolina Rivas" in lines


def test_every_reader_says_why_it_declines(tmp_path: Path) -> None:
    path = tmp_path / "a.xyz"
    path.write_text("Uno.")
    done = run(str(path))
    assert isinstance(done.exception, UnknownFormat)
    assert "name what it is with --from" in str(done.exception)
    for name in (
        "html",
        "md",
        "txt",
        "docx",
        "odt",
        "rtf",
        "epub",
        "pdf",
        "srt",
        "tmx",
        "po",
        "tsv",
    ):
        assert done.exception.reasons[name]
    assert "p1\tpara\tUno." in run(str(path), "-s", "es", "--from", "txt").stdout


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["none.md"], ReadError),
        (["{text}", "--to", "xml"], UsageError),
        (["{text}", "-s", "es mx"], UsageError),
        (["{text}", "--from", "docx"], UsageError),
        (["{text}", "--side", "a", "--side", "b"], UsageError),
        (["{text}", "--meta", "{text}"], Malformed),
        (["{text}", "--encoding", "klingon"], UsageError),
    ],
)
def test_errors(text: Path, arguments: list[str], error: type[AlignerError]) -> None:
    done = run(*(part.format(text=text) for part in arguments))
    assert isinstance(done.exception, error)
    assert done.stdout == ""
