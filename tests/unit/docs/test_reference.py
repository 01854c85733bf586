"""Everything that a user can type or read is documented, in every language of the site."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

import aligner
from aligner.checks import CHECK_CODES
from aligner.formats.validation.codes import codes_of
from aligner.workflows.describing import described
from tests.conftest import ROOT, load_script

WORDS = load_script("_docs.words")
SITE = load_script("_docs.site")
COMMANDS = load_script("_docs.commands")
LANGS = list(WORDS.LANGUAGES)


@cache
def made(lang: str) -> tuple[Any, dict[str, str]]:
    words = WORDS.Words(lang)
    return words, SITE.pages(words)


def page(lang: str, name: str) -> str:
    return made(lang)[1][f"{name}.md"]


def lines_of(text: str, start: str) -> list[str]:
    """Rows of tables that open with this cell; an empty second cell is no documentation."""
    return [line for line in text.split("\n") if re.match(rf"\| {re.escape(start)}", line)]


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_left_untranslated(lang: str) -> None:
    words, pages = made(lang)
    assert SITE.sections(pages, words)  # their titles, too
    assert list(words.missing) == [], f"scripts/docs --missing {lang} makes entries to fill in"
    assert words.idle() == []


def test_the_languages_have_the_same_pages() -> None:
    assert all(made(lang)[1].keys() == made("en")[1].keys() for lang in LANGS)


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_is_in_a_section(lang: str) -> None:
    words, pages = made(lang)
    listed = [one for inside in SITE.sections(pages, words).values() for one in inside]
    assert sorted([*listed, "index"]) == sorted(name.removesuffix(".md") for name in pages)


@pytest.mark.parametrize("lang", LANGS)
def test_every_command_and_option(lang: str) -> None:
    known = COMMANDS.commands()
    own = COMMANDS.options(COMMANDS.program())
    assert {"--version", "--ui"} <= set(own)
    for spelling in own:
        assert f"`{spelling}`" in page(lang, "reference/commands/index")
    assert {"align", "check", "corpus build", "memory pretranslate"} <= known.keys()
    for name, command in known.items():
        group = name.split(" ")[0]
        text = page(lang, f"reference/commands/{group}")
        section = re.split(rf"^#+ aligner {name}$", text, flags=re.MULTILINE)[1]
        section = re.split(r"^#+ aligner ", section, flags=re.MULTILINE)[0]
        assert f"[`aligner {name}`]" in page(lang, "reference/commands/index")
        for spelling in COMMANDS.options(command):
            rows = [line for line in section.split("\n") if f"`{spelling}`" in line]
            assert rows, (name, spelling)
            assert all(len(row.split(" | ")[-1].strip(" |")) > 3 for row in rows), (name, spelling)


@pytest.mark.parametrize("lang", LANGS)
def test_every_format(lang: str) -> None:
    text = page(lang, "reference/formats")
    for name in described():
        assert lines_of(text, f"`{name}` | "), name


@pytest.mark.parametrize("lang", LANGS)
def test_every_code(lang: str) -> None:
    for code in CHECK_CODES:
        assert lines_of(page(lang, "reference/findings"), f"`{code}` | "), code
    for code in codes_of(""):
        assert lines_of(page(lang, "reference/validation"), f"{code} | "), code
    errors = load_script("_docs.tables").error_codes()
    assert {"usage", "read", "machine"} <= errors.keys()
    for code in errors:
        assert lines_of(page(lang, "reference/errors"), f"`{code}` | "), code


@pytest.mark.parametrize("lang", LANGS)
def test_every_public_name(lang: str) -> None:
    text = page(lang, "reference/python")
    members = load_script("_docs.public").members
    for name in aligner.__all__:
        assert re.search(rf"^##+ `?{name}`?$", text, re.MULTILINE), name
        for member in members(getattr(aligner, name)):
            assert re.search(rf"^`{member}\b.*\n:   \S", text, re.MULTILINE), (name, member)


@pytest.mark.parametrize("lang", LANGS)
def test_every_schema(lang: str) -> None:
    files = page(lang, "reference/files")
    for path in (ROOT / "docs" / "schemas").glob("*.json"):
        assert f"`{path.name}`" in files


@pytest.mark.parametrize("lang", LANGS)
def test_the_glossary_has_the_words_that_nobody_knows(lang: str) -> None:
    words = {
        "en": "bead null pin cut strict lax gold band crossing shift confidence",
        "es": "bloque nulo anclaje corte estricto laxo referencia banda cruce desplazamiento confianza",
    }
    text = page(lang, "glossary")
    for word in words[lang].split():
        assert re.search(rf"^[^:\n]*\b{word}\b[^\n]*\n:   \S", text, re.MULTILINE), word


def test_links_between_pages_lead_somewhere() -> None:
    """Without building the site: every relative link names a page of the same tree."""
    for lang in LANGS:
        pages = made(lang)[1]
        for name, text in pages.items():
            folder = name.rpartition("/")[0]
            for target in re.findall(r"\]\(([^)#:]+\.(?:md|png|json))", text):
                parts = [part for part in f"{folder}/{target}".split("/") if part]
                while ".." in parts:
                    at = parts.index("..")
                    del parts[at - 1 : at + 1]
                path = "/".join(parts)
                assert path in pages or (ROOT / "docs" / path).is_file(), (lang, name, target)


@pytest.mark.parametrize("lang", LANGS)
def test_every_variable_of_the_environment(lang: str) -> None:
    named = {"SOURCE_DATE_EPOCH", "NO_COLOR", "LANGUAGE"}
    for path in (ROOT / "aligner").rglob("*.py"):
        named |= set(re.findall(r"\bALIGNER_[A-Z]+\b", path.read_text("utf-8")))
    assert len(named) > 5
    for name in named:
        assert f"`{name}`" in page(lang, "reference/environment"), name


WRITTEN = sorted(
    path.relative_to(ROOT / "docs" / "en").as_posix()
    for path in (ROOT / "docs" / "en").rglob("*.md")
)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_page_says_the_same_in_both_languages(name: str) -> None:
    """As far as its shape tells: sections, commands, pictures, links, rows of tables."""

    def shape(lang: str) -> list[str]:
        text = (ROOT / "docs" / lang / name).read_text("utf-8")
        marks = r"^#+ |^\$ \S+ \S+|^<!-- made.*|^```\w+|^\| --- .*|!\[|\]\([^)#]+"
        found = re.findall(marks, text, re.MULTILINE)
        return [one.strip() for one in found if not one.startswith("$ echo")]

    english, spanish = shape("en"), shape("es")
    assert len(english) > 0
    if not name.startswith("measured/"):
        assert sorted(english) == sorted(spanish)


@pytest.mark.parametrize(
    ("label", "english", "spanish"),
    [
        ("clause_omitted", "a clause left out", "una parte de la oración omitida"),
        ("negation_dropped", "a negation dropped", "una negación perdida"),
        ("num_word", "numbers in words", "números en letra"),
        ("name_swapped", "names, speakers", "nombres, hablantes"),
    ],
)
def test_figures_of_the_checks_are_those_that_were_measured(
    label: str, english: str, spanish: str
) -> None:
    """docs/fidelity.md has them as the measurement printed them; es-en is its first table."""
    measured = (ROOT / "docs" / "fidelity.md").read_text("utf-8")
    (found,) = re.findall(
        rf"^{label} +\d+ +([\d.]+)", measured.partition("fr-en, ")[0], re.MULTILINE
    )
    figure = f"{float(found):.2f}"
    for lang, words in (("en", english), ("es", spanish)):
        (row,) = lines_of(page(lang, "explanation/checks"), words)
        assert float(row.split("|")[2].replace(",", ".")) == float(figure), row
