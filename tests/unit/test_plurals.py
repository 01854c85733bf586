"""A number and its words agree, in English and in Spanish: `1 unit`, never `1 units`."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

import aligner
from aligner.model import Alignment
from aligner.text import speaking
from aligner.text.wording import numbered
from tests.conftest import ROOT
from tests.unit.cli.run import run
from tests.unit.review import samples

PO = ROOT / "aligner" / "locale" / "es" / "LC_MESSAGES" / "aligner.po"
NOUNS = [
    "segments",
    "units",
    "beads",
    "files",
    "pairs",
    "parts",
    "texts",
    "rows",
    "words",
    "lines",
    "findings",
    "sides",
    "languages",
    "options",
    "columns",
    "vectors",
    "documents",
    "items",
    "alignments",
    "crossings",
    "nulls",
    "sentences",
    "pieces",
    "cases",
    "records",
    "entries",
    "pages",
    "bytes",
    "letters",
    "characters",
    "places",
    "links",
    "terms",
    "steps",
    "paragraphs",
    "codes",
    "tags",
    "notes",
    "cells",
    "members",
    "pins",
    "cuts",
    "tokens",
    "targets",
    "ids",
    "mistakes",
    "failures",
    "errors",
    "variants",
    "questions",
    "leaks",
]
_COUNTED = re.compile(
    r"\{([a-z_0-9]+)(?:![rs])?\} ((?:[a-z-]+ ){0,2}?)(" + "|".join(NOUNS) + r")\b"
)
# templates with a number that cannot be one, or one that is put in front of more than one number
MANY = (
    "would be usual",  # letters of an unusual length
    "segments: {where} was left",  # a run of two or more
    "segments: {named}",
    "rows: {where} has no counterpart",
    "of the words of",
    "for {count} texts",  # an alignment has two or more
    "The shipped weights were trained on",
    "{count2} sources, {alone} of {count3} targets",
    "segments/s",
    "pages, and at most",
    "the cut leaves the texts of",
    "segments of a pinned bead",
    "and {target} segments",
    "{path} holds {count} cases",
    "all {documents} documents",
    "of the characters; cuts lost",
    "a zip package of",
    "entities that grow",
    "an archive of",
    "a web archive of",
    "at most {max_columns} columns",
    "the bead {what} {side} segments",
    "{side} segments {start}-{stop}",
    "a row of {count} cells",
    "are read as one",
    "{count} targets for {sides}",
    "longer than {limit} characters",
    "longer than {cell} characters",
    "is longer than {longest} characters",
    "the words of {count} {side} segments",
    "there is no pair",
    "the beads hold",
    "the beads cover",
    "{count} bytes are",  # `1 byte is` stands beside it
    "{count} paragraphs are",
    "a line of more than",
    "segments, the gold",
    "(in {count} places)",
    "has no vectors of words",
    "million characters",
    "so in {count} of {quoted} places",  # a habit
)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [e.msgid for e in polib.pofile(str(PO)) if e.msgctxt is None]


def test_a_message_for_many_has_one_for_one(texts: list[str]) -> None:
    singular = {text for text in texts if text.startswith("{count} ")}
    wrong = []
    for text in texts:
        match = _COUNTED.search(text)
        if match is None or any(one in text for one in MANY):
            continue
        noun = match[3].removesuffix("s") if match[3] != "entries" else "entry"
        head = f"{{count}} {match[2]}{noun}"
        if not any(re.match(re.escape(head) + r"\b", one) for one in singular):
            wrong.append(text)
    assert wrong == [], "write numbered(count, 'unit deleted', 'units deleted')"


def test_exceptions_are_messages(texts: list[str]) -> None:
    assert [one for one in MANY if not any(one in text for text in texts)] == []


def test_in_spanish_one_is_one(texts: list[str]) -> None:
    """Each pair of forms has two translations, where the words differ at all."""
    known = {e.msgid: e.msgstr for e in polib.pofile(str(PO)) if e.msgctxt is None}
    same = []
    for text in texts:
        match = re.fullmatch(r"\{count\} (\w+)s((?: .*)?)", text)
        if match and f"{{count}} {match[1]}{match[2]}" in known:
            one = f"{{count}} {match[1]}{match[2]}"
            if known[one] == known[text]:
                same.append(text)
    assert same == []


def test_numbers_with_their_words() -> None:
    assert numbered(1, "unit deleted", "units deleted") == "1 unit deleted"
    assert numbered(0, "file") == "0 files"
    speaking.speak("es")
    try:
        for count, told in ((1, "1 unidad borrada"), (2, "2 unidades borradas")):
            message = numbered(count, "unit deleted", "units deleted")
            assert speaking.translated(message) == told
        counted = numbered(1, "segment without a counterpart (--nulls keep or separate writes it)")
        assert speaking.translated(f"x.tmx leaves out {counted}") == (
            "x.tmx deja fuera 1 segmento sin contraparte (--nulls keep o separate lo escribe)"
        )
    finally:
        speaking.speak("en")


def test_commands_say_one_as_one(tmp_path: Path) -> None:
    alignment = Alignment(
        samples.document("es", [["La puerta estaba abierta.", "Nadie la oyó."]]),
        samples.document("en", [["The door was open."]]),
        samples.tiled([(1, 1), (1, 0)]),
    )
    path = tmp_path / "a.alignment.json"
    aligner.export(alignment, "json", path)
    for lang, told, units in (
        ("en", "1 segment without a counterpart", "1 new unit"),
        ("es", "1 segmento sin contraparte", "1 unidad nueva"),
    ):
        done = run("--ui", lang, "convert", path, tmp_path / f"{lang}.tmx")
        assert told in done.err, done.err
        memory = tmp_path / f"{lang}.db"
        assert units in run("--ui", lang, "memory", "import", path, "-m", memory).err
        deleted = run("--ui", lang, "memory", "delete", "1", "-m", memory).err
        assert ("1 unit deleted" if lang == "en" else "1 unidad borrada") in deleted
