"""Messages in Spanish: found again by their templates, said on the terminal, never in files."""

from __future__ import annotations

import ast
import json
import random
import re
import time
from pathlib import Path
from string import Formatter

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.cli import ui
from aligner.model import Malformed, UsageError
from aligner.text.catalogue import Catalogue
from tests.conftest import ROOT, load_script
from tests.unit.cli.run import run

make_catalogue = load_script("make_catalogue")

SOURCE = (
    "Vinieron 20 personas a la reunión.\nEl alcalde no quiso hablar.\nDespués se fueron todos.\n"
)
TARGET = "30 people came to the meeting.\nThe mayor did not want to speak.\nThen everybody left.\n"


@pytest.fixture(scope="module")
def spanish() -> Catalogue:
    """The compiled catalogue."""
    return Catalogue.of("es")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two texts that differ in a number, and their alignment."""
    folder = tmp_path_factory.mktemp("texts")
    (folder / "es.txt").write_text(SOURCE, encoding="utf-8")
    (folder / "en.txt").write_text(TARGET, encoding="utf-8")
    done = run("align", folder / "es.txt", folder / "en.txt", "-o", folder / "a.alignment.json")
    assert done.code == 0
    return folder


# --- from a message to its template


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("there is no such file", "no existe tal archivo"),
        ("3 findings in 2 rows", "3 hallazgos en 2 filas"),
        ("1 finding in 1 row", "1 hallazgo en 1 fila"),
        # what is the person's own stays: quoted, or a name
        (
            "“the source is not translated” is not translated",
            "“the source is not translated” no está traducido",
        ),
        ("there is no format 'the source'", "no existe el formato 'the source'"),
        ("the root element is <x>, not <TEI>", "el elemento raíz es <x>, no <TEI>"),
        # messages in messages
        (
            "this is no alignment: there is no cue in it; the file is empty",
            "esto no es una alineación: no contiene ningún subtítulo; el archivo está vacío",
        ),
        (
            "not taken over from a.tmx: inline code (2 times)",
            "no se tomó de a.tmx: código en línea (2 veces)",
        ),
        (
            "s1 to s3, 3 segments: all of the source has no counterpart: “a; the file is empty”",
            "s1 a s3, 3 segmentos: la totalidad del original no tiene contraparte: “a; the file is empty”",
        ),
        # an excerpt behind a message
        (
            "target segment 7 does not exist: there are 2: «[1]:[7]»",
            "el segmento 7 de destino no existe: hay 2: «[1]:[7]»",
        ),
        # nothing that anybody said
        ("qwerty uiop", "qwerty uiop"),
        ("", ""),
        ("12.5", "12.5"),
        ("/tmp/the file.txt", "/tmp/the file.txt"),
    ],
)
def test_a_message_is_found_by_its_template(
    spanish: Catalogue, message: str, expected: str
) -> None:
    assert spanish.message(message) == expected


def test_the_parts_of_an_error_are_translated_each(spanish: Catalogue) -> None:
    error = UsageError("there is no such file", context="the file.txt", hint="check the path")
    assert spanish.told(error) == "the file.txt: no existe tal archivo (compruebe la ruta)"
    placed = Malformed("this is not a bead", context="a.beads", line=3, column=2, excerpt="x")
    assert spanish.told(placed) == "a.beads, línea 3, columna 2: esto no es un bloque: «x»"


def _filled(template: str) -> str:
    """The template with values that no other template is about."""
    made = ""
    for literal, name, _, how in Formatter().parse(template):
        made += literal
        if name is not None:
            value = f"'Q{name}'" if how == "r" else f"Q{name}"
            made += "7" if name.startswith("count") else value
    return made


def test_every_template_is_found_again() -> None:
    """Filled with values, each text comes out as its own translation filled with them; but for
    templates of one word, which need a value that is known ("3 rows").
    """
    spanish = Catalogue.of("es")
    wrong = []
    for entry in polib.pofile(str(make_catalogue.PO)):
        literal = "".join(text for text, *_ in Formatter().parse(entry.msgid))
        help_text = not entry.comment.startswith("aligner/")
        if entry.msgctxt or help_text or len(re.findall(r"[^\W\d_]+", literal)) < 2:
            continue
        message = spanish.message(_filled(entry.msgid))
        if message != _filled(entry.msgstr):
            wrong.append((entry.msgid, message))
    assert wrong == []


@given(st.text(max_size=60))
def test_any_text_can_be_asked_for(text: str) -> None:
    spanish = Catalogue.of("es")
    spanish.message(text)
    quoted = text.replace("”", "").replace("“", "")
    if quoted.isprintable():
        assert f"“{quoted}”" in spanish.message(f"the translation seems to add “{quoted}”")


def test_a_long_message_takes_no_time() -> None:
    """Every mark at which a message may be taken apart, many times: the parts are looked for once."""
    spanish = Catalogue.of("es")
    words = [
        "the",
        "source",
        "is",
        "not",
        "in",
        "of",
        "a:",
        "b;",
        "c,",
        "d",
        "(e)",
        "f",
        "and",
        "or",
        "there",
        "is",
        "no",
        "line",
        "3",
        "has",
    ]
    draw = random.Random(1)
    began = time.monotonic()
    for _ in range(5):
        spanish.message(" ".join(draw.choice(words) for _ in range(90)))
    assert time.monotonic() - began < 20  # 0.5 s; without the memory of parts minutes


# --- on the terminal


def test_an_error_with_its_hint() -> None:
    done = run("--ui", "es", "align", "nada.txt", "nichts.txt", "-o", "out.tmx")
    assert done.code == 2
    assert done.err == "aligner: nada.txt: no existe tal archivo (compruebe la ruta)\n"


def test_a_notice_and_a_summary(texts: Path, tmp_path: Path) -> None:
    done = run("--ui", "es", "convert", texts / "a.alignment.json", tmp_path / "out.beads")
    assert "out.beads no guarda: los textos: los segmentos son solo números" in done.err
    done = run("--ui", "es", "validate", texts / "a.alignment.json")
    assert done.out.decode() == "1 archivo, no se encontró nada\n"


def test_findings_are_spanish_on_the_terminal_and_english_for_machines(
    texts: Path, tmp_path: Path
) -> None:
    path = texts / "a.alignment.json"
    english = run("check", path)
    done = run("--ui", "es", "check", path, "--sarif", tmp_path / "es.sarif")
    assert done.code == english.code == 1
    assert "“20” pasó a ser “30”" in done.out.decode()
    assert "hallazgo" in done.err
    assert "“20” became “30”" in english.out.decode()
    # ids, severities and codes are what options take
    first = [line.split()[:3] for line in english.out.decode().splitlines()]
    assert [line.split()[:3] for line in done.out.decode().splitlines()] == first
    run("check", path, "--sarif", tmp_path / "en.sarif")
    assert (tmp_path / "es.sarif").read_bytes() == (tmp_path / "en.sarif").read_bytes()
    assert run("--ui", "es", "check", path, "--json").out == run("check", path, "--json").out


def test_a_table_of_pairs(tmp_path: Path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text("id\tsource\ttarget\n1\tVinieron 20.\t30 came.\n", encoding="utf-8")
    done = run("--ui", "es", "check", table, "--pairs", "-s", "es", "-t", "en")
    assert "pasó a ser" in done.out.decode()
    assert done.err.startswith("1 fila, 1 hallazgo en 1 fila")


@pytest.mark.parametrize("suffix", [".tmx", ".tei.xml", ".xlf", ".tsv", ".html", ".jsonl"])
def test_files_are_the_same_in_both_languages(texts: Path, tmp_path: Path, suffix: str) -> None:
    made = []
    for language in ("en", "es"):
        folder = tmp_path / language
        folder.mkdir()
        done = run("--ui", language, "convert", texts / "a.alignment.json", folder / f"o{suffix}")
        assert done.code == 0
        made.append((folder / f"o{suffix}").read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize("command", ["formats", "languages"])
def test_tables_are_spanish_and_json_is_not(command: str) -> None:
    done = run("--ui", "es", command)
    assert done.out != run(command).out
    assert json.loads(run("--ui", "es", command, "--json").out) == json.loads(
        run(command, "--json").out
    )


# --- there is one way to a person


def test_english_is_said_as_it_is() -> None:
    ui.speak("en")
    text = "there is no such file"
    assert ui.translated(text) is text


def test_only_ui_prints_to_stderr() -> None:
    """Whatever goes to stderr is for people, so it goes through `tell`; but for the line of
    progress, which is translated there, the texts of the person that a review shows, and JSON.
    """
    known = {"common/progress.py", "review.py"}
    folder = ROOT / "aligner" / "cli"
    other = [
        f"{path.relative_to(folder).as_posix()}:{node.lineno}"
        for path in sorted(folder.rglob("*.py"))
        if "ui" not in path.parts and path.relative_to(folder).as_posix() not in known
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "print"
        and not ast.unparse(node.args[0]).startswith("json.dumps(")
        and any(ast.unparse(word) == "file=sys.stderr" for word in node.keywords)
    ]
    assert other == []
