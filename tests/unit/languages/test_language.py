"""Language detection: offline, quiet, cheap to import."""

from __future__ import annotations

import subprocess
import sys

import pytest

from aligner.languages.names import language_of
from aligner.text.claimed import known_tag
from aligner.workflows.reading import detect_language, is_detectable

TEXTS = {
    "es": "El faro se apagó en mayo y nadie del pueblo ha vuelto a subir los escalones.",
    "en": "The lighthouse went dark in May and nobody from the village has climbed the steps.",
    "fr": "Le phare s’est éteint en mai et personne du village n’a remonté les marches.",
    "de": "Der Leuchtturm erlosch im Mai, und niemand aus dem Dorf stieg die Stufen hinauf.",
    "it": "Il faro si è spento a maggio e nessuno del paese è più salito per le scale.",
    "pt": "O farol apagou-se em maio e ninguém da aldeia voltou a subir os degraus.",
    "zh": "灯塔在五月熄灭了，村里再也没有人爬上那些台阶。",
    "ja": "灯台は五月に消え、村の誰もあの階段を上らなくなった。",
    "ru": "Маяк погас в мае, и никто из деревни больше не поднимался по ступеням.",
    "ar": "انطفأت المنارة في مايو، ولم يصعد أحد من القرية الدرجات بعد ذلك.",
}


@pytest.mark.parametrize("lang", TEXTS)
def test_languages(lang: str, capfd: pytest.CaptureFixture[str]) -> None:
    found, probability = detect_language(TEXTS[lang])
    assert found == lang
    assert 0.5 < probability <= 1.0
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("text", ["", " \n", "123 — 456", "…"])
def test_no_letters_no_language(text: str) -> None:
    assert detect_language(text) == ("", 0.0)


@pytest.mark.parametrize(
    ("lang", "known"), [("es-MX", True), ("nb", True), ("quc", False), ("miq", False)]
)
def test_languages_that_cannot_be_found(lang: str, known: bool) -> None:
    """K'iche' and Miskito: what is said of them is wrong."""
    assert is_detectable(lang) is known


def test_lines_and_odd_characters_are_no_trouble() -> None:
    assert detect_language("\n".join([TEXTS["es"]] * 500) + "\ud800\x00")[0] == "es"


def test_nothing_that_downloads_is_imported() -> None:
    code = (
        "import sys; from aligner.workflows.reading import detect_language; detect_language('Hola, buenos días');"
        "assert not {'requests', 'lxml', 'markdown_it', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        ("es", "es"),
        ("pt_BR", "pt-BR"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("C", ""),
        ("POSIX", ""),
        ("und", ""),
        ("mul-Latn", ""),
        ("Spanish; Castilian", ""),
    ],
)
def test_what_files_declare_is_a_tag_or_nothing(declared: str, tag: str) -> None:
    assert known_tag(declared) == tag


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("es", "es"),
        ("es_MX", "es-MX"),
        ("Spanish", "es"),
        ("Español", "es"),
        ("中文", "zh"),
        ("me", ""),
    ],
)
def test_languages_over_columns(name: str, tag: str) -> None:
    assert language_of(name) == tag
