"""The command line in Spanish: asked for by `--ui es` or by the locale, complete, and never in files."""

from __future__ import annotations

import os
import subprocess
import sys

import polib
import pytest

from aligner.cli import ui
from tests.conftest import ROOT, load_script
from tests.unit.cli.run import run

catalogue = load_script("make_catalogue")


@pytest.fixture(scope="module")
def texts() -> polib.POFile:
    """The Spanish catalogue."""
    return polib.pofile(str(catalogue.PO))


# --- which language


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["align"], {}, "en"),
        (["--ui", "es", "align"], {}, "es"),
        (["--ui=es", "--help"], {}, "es"),
        (["--help", "--ui", "es"], {}, "es"),
        (["--ui", "en", "align"], {"LANG": "es_ES.UTF-8"}, "en"),
        # behind the command it is that command's own
        (["align", "--ui", "es"], {}, "en"),
        (["align"], {"LANG": "es_ES.UTF-8"}, "es"),
        (["align"], {"LANG": "es"}, "es"),
        (["align"], {"LANG": "es_MX.UTF-8@currency=peso"}, "es"),
        (["align"], {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "es_AR"}, "es"),
        (["align"], {"LANG": "es_ES", "LC_ALL": "C"}, "en"),
        (["align"], {"LANG": "es_ES", "LC_ALL": "C.UTF-8"}, "en"),
        (["align"], {"LANG": "es_ES", "LC_MESSAGES": "POSIX"}, "en"),
        (["align"], {"LANG": "es_ES", "LC_ALL": ""}, "es"),
        (["align"], {"LANG": "fr_FR.UTF-8"}, "en"),
        (["align"], {"LANG": "est_EE.UTF-8"}, "en"),
        # LANGUAGE is a list of wishes, and holds where there is a locale at all
        (["align"], {"LANG": "fr_FR.UTF-8", "LANGUAGE": "ca:es:en"}, "es"),
        (["align"], {"LANG": "es_ES.UTF-8", "LANGUAGE": "en"}, "en"),
        (["align"], {"LANGUAGE": "es"}, "en"),
        (["align"], {"LANG": "C", "LANGUAGE": "es"}, "en"),
    ],
)
def test_the_language_is_chosen(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert ui.chosen(arguments, environment) == language


def test_a_language_that_nobody_knows_is_an_error() -> None:
    done = run("--ui", "fr", "formats")
    assert (done.code, done.err) == (
        2,
        "aligner: the command line does not speak 'fr' (known: en, es)\n",
    )


def test_a_process_speaks_the_language_of_its_environment() -> None:
    environment = {**os.environ, "LANG": "es_ES.UTF-8", "PYTHONPATH": str(ROOT)}
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "aligner", "memory"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert "Uso: aligner memory [OPCIONES] ORDEN" in (done.stdout + done.stderr).decode()


def test_english_needs_no_catalogue() -> None:
    code = (
        "import sys; sys.argv = ['aligner', 'formats']\n"
        "from aligner.cli import main\n"
        "try: main()\n"
        "finally: assert 'aligner.text.catalogue' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


# --- help, and what typer says


def test_help_is_spanish() -> None:
    done = run("--ui", "es", "align", "--help")
    out = " ".join(done.out.decode().split())
    assert done.code == 0
    assert out.startswith("Uso: aligner align [OPCIONES] {ORIGEN DESTINO [MÁS ...]}...")
    assert "-s, --source-lang <texto> Idioma de origen (BCP 47)." in out
    assert "[por defecto: 0.0; x>=0]" in out
    assert "-h, --help Mostrar esta ayuda y salir." in out
    for word in ("Options", "Arguments", "Usage", "default", "required", "<str>", "<path>"):
        assert word not in out


def test_english_comes_back() -> None:
    before = run("align", "--help")
    run("--ui", "es", "align", "--help")
    assert run("align", "--help") == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("align", "--nothing"), "No existe la opción --nothing"),
        (("align", "--fro"), "(opciones posibles: --from"),
        (("align",), "Falta el argumento «ORIGEN DESTINO [MÁS ...]»."),
        (("train", "x"), "Falta la opción «"),
        (("memory", "nothing"), "No existe la orden «nothing»."),
        (("evaluate", "a", "--bootstrap", "x"), "«--bootstrap»: debe ser un número entero"),
        (("evaluate", "a", "--bootstrap", "-1"), "debe ser mayor o igual que 0"),
        (("align", "a", "--from"), "La opción «--from» necesita un valor."),
        (("align", "--quiet=1", "a"), "La opción «--quiet» no admite ningún valor."),
        (("languages", "a", "b"), "Sobran argumentos (a b)"),
    ],
)
def test_errors_of_the_command_line_are_spanish(arguments: tuple[str, ...], message: str) -> None:
    done = run("--ui", "es", *arguments)
    assert done.code == 2
    assert message in done.err
    assert "Error: " in done.err


# --- the catalogue is that of the code


def test_the_catalogue_is_in_step_with_the_code(texts: polib.POFile) -> None:
    """Every text has a translation, none is left of a text that is gone. If this fails:
    scripts/make_catalogue.py, translate what it names, and run it again.
    """
    made = catalogue.refreshed(texts)
    assert catalogue.untranslated(made) == []
    assert [entry.msgid for entry in texts] == [entry.msgid for entry in made]


def test_the_compiled_catalogue_is_that_of_its_source(texts: polib.POFile) -> None:
    assert texts.to_binary() == catalogue.MO.read_bytes()


def test_translations_have_the_places_of_their_texts(texts: polib.POFile) -> None:
    wrong = [
        entry.msgid
        for entry in texts
        if entry.msgctxt is None
        and catalogue.places_of(entry.msgid) != catalogue.places_of(entry.msgstr)
    ]
    assert wrong == []
