"""The texts in corpora/: pages, segments, gold and differences fit each other."""

from __future__ import annotations

import ast
import csv
import json
import tomllib
import unicodedata
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
from lxml import etree, html

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
INTERVIEW = CORPORA / "interview"

Bead = tuple[list[int], list[int]]

CASES = [
    ("interview", "es", "en", "gold.beads"),
    ("trilingual", "es", "en", "es-en.beads"),
    ("trilingual", "es", "fr", "es-fr.beads"),
    ("trilingual", "en", "fr", "en-fr.beads"),
    ("distant", "en", "zh", "gold.beads"),
]
TEXTS = list(dict.fromkeys((folder, lang) for folder, *langs, _ in CASES for lang in langs))

BOILERPLATE = {
    "es": [
        "Usamos cookies propias",
        "Aceptar todas",
        "Saltar al contenido",
        "Hacete socio",
        "Domingo 9 de junio de 2024",
        "9 de junio de 2024",
        "Lectura: 9 minutos",
        "Compartir en redes",
        "Enviar por WhatsApp",
        "Compartí esta nota",
        "Lea también",
        "La grúa número siete nunca existió",
        "Publicidad",
        "El periodismo independiente necesita lectores",
        "Apoyá a La Bitácora",
        "¿Viste un error en esta nota?",
        "Recibí nuestro boletín",
        "Lo más leído",
        "Comentarios (2)",
        "Dejá tu comentario",
        "¿Y para cuándo la segunda parte?",
        "Política de privacidad",
        "Todos los derechos reservados",
        "son ficticios",
    ],
    "en": [
        "This site stores cookies",
        "Accept all",
        "Skip to main content",
        "Sign in",
        "June 21, 2024",
        "10 min read",
        "Share this story",
        "Copy link",
        "Get the Reader in your inbox",
        "Sign up for our weekly newsletter",
        "Also read:",
        "Crane No. 7 Was Never There",
        "two free articles left",
        "Read this story in Spanish",
        "Topics:",
        "Join the conversation",
        "Great translation, thank you",
        "Most Read",
        "Advertisement",
        "Privacy Policy",
        "All rights reserved",
        "are fictional",
    ],
}
LABELS = {
    "es": ["Carolina Rivas:", "Ofelia Marroquín:", "—"],
    "en": ["La Bitácora:", "Marroquín:", "Rivas:", "Q:", "A:"],
}
# the codes of `check` that a difference may name, and those that must occur as findings
FINDINGS = {
    "omitted-segment",
    "added-segment",
    "omitted-clause",
    "added-clause",
    "number",
    "number-word",
    "date",
    "percentage",
    "currency",
    "unit",
    "name",
    "acronym",
    "negation",
    "question",
    "quotation",
    "speaker",
    "untranslated",
    "brackets",
}
CODES = FINDINGS | {"time"}


def normal(text: str) -> str:
    return " ".join(text.split())


def segments(folder: str, lang: str) -> list[str]:
    lines = (CORPORA / folder / f"{lang}.segments.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line]


def beads(folder: str, name: str) -> list[Bead]:
    found: list[Bead] = []
    for line in (CORPORA / folder / name).read_text(encoding="utf-8").splitlines():
        source, target = line.split(":")
        found.append((ast.literal_eval(source), ast.literal_eval(target)))
    return found


def kinds(found: list[Bead]) -> Counter[str]:
    return Counter(f"{len(source)}-{len(target)}" for source, target in found)


def page_text(lang: str) -> str:
    page = html.fromstring((INTERVIEW / f"{lang}.html").read_bytes())
    body = page.find("body")
    assert body is not None
    etree.strip_elements(body, "script", "style", with_tail=False)
    return normal("".join(str(text) for text in body.itertext()))


def differences() -> list[dict[str, str]]:
    with (INTERVIEW / "differences.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def numbers(cell: str) -> list[int]:
    return [] if cell == "-" else [int(number) for number in cell.split()]


@pytest.mark.parametrize(("folder", "source", "target", "name"), CASES)
def test_gold_tiles_both_sides_in_order(folder: str, source: str, target: str, name: str) -> None:
    found = beads(folder, name)
    assert list(chain.from_iterable(a for a, _ in found)) == list(
        range(len(segments(folder, source)))
    )
    assert list(chain.from_iterable(b for _, b in found)) == list(
        range(len(segments(folder, target)))
    )
    assert all(a or b for a, b in found)


@pytest.mark.parametrize(("folder", "source", "target", "name"), CASES)
def test_null_runs_are_single_and_source_first(
    folder: str, source: str, target: str, name: str
) -> None:
    found = beads(folder, name)
    assert all(len(a) + len(b) == 1 for a, b in found if not a or not b)
    shapes = ["+" if a and b else "s" if a else "t" for a, b in found]
    assert "ts" not in "".join(shapes)


@pytest.mark.parametrize(("folder", "lang"), TEXTS)
def test_segments_are_clean_lines(folder: str, lang: str) -> None:
    text = (CORPORA / folder / f"{lang}.segments.txt").read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert text.endswith("\n")
    assert "\n\n\n" not in text
    assert all(line == normal(line) for line in text.splitlines())


@pytest.mark.parametrize(("folder", "lang"), [case for case in TEXTS if case[0] != "interview"])
def test_segments_rebuild_the_plain_text(folder: str, lang: str) -> None:
    text = (CORPORA / folder / f"{lang}.txt").read_text(encoding="utf-8")
    cut = (CORPORA / folder / f"{lang}.segments.txt").read_text(encoding="utf-8")
    joint = "" if lang == "zh" else " "
    rebuilt = [joint.join(paragraph.split("\n")) for paragraph in cut.strip().split("\n\n")]
    assert [normal(paragraph) for paragraph in text.strip().split("\n\n")] == rebuilt


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_segment_stands_in_the_page_in_order(lang: str) -> None:
    page, place = page_text(lang), 0
    for segment in segments("interview", lang):
        found = page.find(normal(segment), place)
        assert found >= 0, segment
        place = found + len(segment)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_boilerplate_is_in_the_page_and_not_in_the_segments(lang: str) -> None:
    page, body = page_text(lang), "\n".join(segments("interview", lang))
    for text in BOILERPLATE[lang]:
        assert text in page, text
        assert text not in body, text


@pytest.mark.parametrize("lang", ["es", "en"])
def test_labels_are_in_the_page_and_begin_no_segment(lang: str) -> None:
    page = page_text(lang)
    for label in LABELS[lang]:
        assert label in page
        assert not any(segment.startswith(label) for segment in segments("interview", lang))


@pytest.mark.parametrize("lang", ["es", "en"])
def test_headline_occurs_once_and_metadata_is_complete(lang: str) -> None:
    page = html.fromstring((INTERVIEW / f"{lang}.html").read_bytes())
    (headline,) = page.findall(".//h1")
    assert (
        normal("".join(str(text) for text in headline.itertext())) == segments("interview", lang)[0]
    )
    assert page.get("lang", "").startswith(lang)
    properties = {tag.get("property") or tag.get("name") for tag in page.findall(".//meta")}
    wanted = {"author", "og:title", "og:site_name", "og:url", "article:published_time"}
    assert wanted <= properties


def test_interview_has_the_sizes_and_beads_it_promises() -> None:
    assert 70 <= len(segments("interview", "es")) <= 100
    assert 70 <= len(segments("interview", "en")) <= 100
    found = kinds(beads("interview", "gold.beads"))
    least = {"1-1": 60, "1-2": 3, "2-1": 3, "2-2": 2, "1-3": 1, "1-0": 5, "0-1": 4}
    assert all(found[kind] >= count for kind, count in least.items()), found


@pytest.mark.parametrize(("folder", "source", "target", "name"), CASES)
def test_meta_counts_what_is_there(folder: str, source: str, target: str, name: str) -> None:
    meta = json.loads((CORPORA / folder / "META.json").read_text(encoding="utf-8"))
    part = meta["pairs"][f"{source}-{target}"] if "pairs" in meta else meta
    found = beads(folder, name)
    assert meta["name"] == folder
    assert part["n_src"] == len(segments(folder, source))
    assert part["n_tgt"] == len(segments(folder, target))
    assert part["n_beads"] == len(found)
    assert part["bead_histogram"] == dict(kinds(found))


def test_short_cases_have_splits_merges_and_nulls() -> None:
    for folder, _, _, name in CASES[1:]:
        found = kinds(beads(folder, name))
        assert found["1-2"], name
        assert found["2-1"], name
        assert found["1-0"] + found["0-1"], name
    assert all(25 <= len(segments("trilingual", lang)) <= 35 for lang in ("es", "en", "fr"))
    assert all(25 <= len(segments("distant", lang)) <= 40 for lang in ("en", "zh"))


def test_three_languages_agree_by_composition() -> None:
    english = {es: b for a, b in beads("trilingual", "es-en.beads") for es in a}
    french = {en: b for a, b in beads("trilingual", "en-fr.beads") for en in a}
    for source, target in beads("trilingual", "es-fr.beads"):
        for es in source:
            through = {fr for en in english[es] for fr in french[en]}
            assert not through or set(target) <= through


def test_differences_refer_to_segments_of_one_bead_or_run() -> None:
    rows = differences()
    assert [row["id"] for row in rows] == [f"d{i:02}" for i in range(1, len(rows) + 1)]
    found = beads("interview", "gold.beads")
    for row in rows:
        source, target = numbers(row["source segments"]), numbers(row["target segments"])
        assert source or target, row
        touched = [
            bead for bead in found if set(bead[0]) & set(source) or set(bead[1]) & set(target)
        ]
        assert sorted(chain.from_iterable(a for a, _ in touched)) == source, row
        assert sorted(chain.from_iterable(b for _, b in touched)) == target, row
        assert row["type"] in CODES, row
        assert row["expected"] in {"finding", "none"}, row
        assert row["note"], row


def test_every_kind_of_difference_occurs() -> None:
    rows = differences()
    assert {row["type"] for row in rows if row["expected"] == "finding"} == FINDINGS
    assert {"number-word", "unit", "acronym", "currency", "date"} <= {
        row["type"] for row in rows if row["expected"] == "none"
    }


def test_omitted_and_added_segments_are_the_nulls_of_the_gold() -> None:
    rows = differences()
    omitted = [
        n
        for row in rows
        if row["type"] == "omitted-segment"
        for n in numbers(row["source segments"])
    ]
    added = [
        n for row in rows if row["type"] == "added-segment" for n in numbers(row["target segments"])
    ]
    found = beads("interview", "gold.beads")
    assert omitted == [a[0] for a, b in found if not b]
    assert added == [b[0] for a, b in found if not a]


def test_metadata_example_names_both_texts() -> None:
    meta = tomllib.loads((INTERVIEW / "meta.toml").read_text(encoding="utf-8"))
    assert meta["text"]["es"]["relation"] == "original"
    assert meta["text"]["en"]["relation"] == "translation"
    for lang in ("es", "en"):
        assert meta["text"][lang]["title"] == segments("interview", lang)[0]
    assert {speaker["role"] for speaker in meta["speakers"]} == {
        "interviewer",
        "interviewee",
        "lawyer",
    }
