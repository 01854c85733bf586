"""A user's dictionary as evidence: what is found, what it is worth, and what it decides."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aligner.engine.features.coarse import Band
from aligner.engine.features.dictionary import WeighedPairs, found_entries, in_band
from aligner.formats.glossaries import Dictionary, parse_dictionary
from aligner.model import Document, Malformed
from aligner.workflows.aligning import Settings, align_documents
from tests.unit.engine.features.explained import Explained
from tests.unit.review.samples import document

# made-up words, so that no encoder knows them; names and numbers say nothing
ONE = [
    "Brelo vastim kordu.",
    "Hune palisk dremo tav.",
    "Sirpal omdrek.",
    "Tolvi banuk greshti.",
    "Palisk komru feld.",
    "Nostri velukam.",
]
OTHER = [
    "Zuthka merrin bola.",
    "Queth larro fimsu dag.",
    "Wexil paddoc.",
    "Jurro heskin moltab.",
    "Larro ticeb vorm.",
    "Gaspel unnith.",
]
WORDS = [
    ("vastim", "merrin"),
    ("hune", "queth"),
    ("palisk", "larro"),
    ("omdrek", "paddoc"),
    ("tolvi banuk", "jurro heskin"),
    ("velukam", "unnith"),
]


def read_dictionary(path: Path, langs: tuple[str, str]) -> Dictionary:
    return parse_dictionary(path.read_bytes(), str(path), langs)


def sides() -> tuple[Document, Document]:
    return document("xa", [ONE]), document("xb", [OTHER])


def test_entries_are_found_whatever_the_ending_and_phrases_word_by_word() -> None:
    source, target = (
        document("xa", [["Vastimor kor.", "Tolvi x banuk."]]),
        document("xb", [["Merrins!", "Jurro heskin."]]),
    )
    found = found_entries(source, target, WORDS)
    assert [(i.tolist(), j.tolist()) for i, j in found] == [([0], [0])]


def test_scripts_without_spaces_are_searched_letter_by_letter() -> None:
    source, target = document("en", [["The ship left."]]), document("zh", [["那艘船离开了。"]])
    found = found_entries(source, target, [("ship", "船"), ("left", "离 开"), ("sea", "海")])
    assert [(i.tolist(), j.tolist()) for i, j in found] == [([0], [0]), ([0], [0])]


def test_an_entry_is_shared_out_among_its_places_in_the_band() -> None:
    band = Band(np.zeros(5, np.int64), np.full(5, 5))
    narrow = Band(np.array([0, 0, 2, 2, 2]), np.array([2, 2, 2, 5, 5]))
    found = [(np.array([0, 3]), np.array([1, 3])), (np.array([0]), np.array([1]))]
    whole = in_band(found, band)
    assert whole is not None
    pairs = list(zip(whole.row_K.tolist(), whole.column_K.tolist(), strict=True))
    assert dict(zip(pairs, whole.weight_K.tolist(), strict=True)) == {
        (0, 1): 1.5,
        (0, 3): 0.5,
        (3, 1): 0.5,
        (3, 3): 0.5,
    }
    part = in_band(found, narrow)
    assert part is not None
    assert part.weight_K.tolist() == [2.0, 1.0]
    assert in_band([], band) is None


def test_a_bead_holds_the_pairs_inside_it() -> None:
    rng = np.random.default_rng(4)
    rows, columns = np.sort(rng.integers(0, 9, 12)), rng.integers(0, 9, 12)
    pairs = WeighedPairs(rows, columns, rng.random(12).astype(np.float32))
    for a, b in ((1, 1), (2, 1), (3, 2)):
        got = pairs.shares(range(2, 8), range(1, 9), a, b)
        for i in range(2, 8):
            for j in range(1, 9):
                inside = (rows >= i - a) & (rows < i) & (columns >= j - b) & (columns < j)
                assert got[i - 2, j - 1] == pytest.approx(pairs.weight_K[inside].sum(), abs=1e-5)


def test_it_decides_where_no_encoder_knows_the_words_and_explain_says_so(tmp_path: Path) -> None:
    file = tmp_path / "words.dic"
    file.write_text("".join(f"{t} @ {s}\n" for s, t in WORDS), encoding="utf-8")
    source, target = sides()
    known = read_dictionary(file, ("xa", "xb"))
    heard = Explained()
    settings = heard.settings()
    made = align_documents(
        source, target, settings=Settings(dictionary=known, explain=settings.explain)
    )
    plain = align_documents(source, target, settings=Settings())
    right = {(range(k, k + 1), range(k, k + 1)) for k in range(6)}

    def hits(alignment: object) -> int:
        return len(right & {(b.source, b.target) for b in alignment.beads})  # type: ignore[attr-defined]

    assert hits(made) == 6
    assert "entries of the dictionary" in heard.names
    for score, total in heard.scored:
        assert score == pytest.approx(total, abs=1e-2)
    sure = [bead.confidence or 0.0 for bead in made.beads]
    unsure = [bead.confidence or 0.0 for bead in plain.beads]
    assert sum(sure) > sum(unsure) or hits(plain) < 6
    assert ("dict", known.digest) in made.signature.parts
    assert made == align_documents(source, target, settings=Settings(dictionary=known))


@pytest.mark.parametrize(
    ("name", "text", "entries"),
    [
        (
            "a.tsv",
            "casa\thouse\nperro|can\tdog\n",
            [("casa", "house"), ("perro", "dog"), ("can", "dog")],
        ),
        ("b.tsv", "target\tsource\nhouse\tcasa\n", [("casa", "house")]),
        ("c.dic", "house @ casa\nlook up @ buscar\n", [("casa", "house"), ("buscar", "look up")]),
        (
            "d.tbx",
            (
                '<martif><text><body><termEntry><langSet xml:lang="es"><tig><term>casa</term></tig>'
                '</langSet><langSet xml:lang="en"><tig><term>house</term></tig></langSet></termEntry>'
                "</body></text></martif>"
            ),
            [("casa", "house")],
        ),
    ],
)
def test_formats(name: str, text: str, entries: list[tuple[str, str]], tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert list(read_dictionary(tmp_path / name, ("es", "en")).entries) == entries


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "this glossary has no terms"),
        (b"# nothing\n\n", "this glossary has no terms"),
        (b"casa house\n", "line 1"),
        (b"casa\thouse\nperro\t\n", "line 2"),
        (b"casa\t\xff\n", "not UTF-8"),
        (b"<martif><text>", "damaged XML"),
    ],
)
def test_what_is_wrong_is_said(data: bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / "words.tsv"
    file.write_bytes(data)
    with pytest.raises(Malformed) as caught:
        read_dictionary(file, ("es", "en"))
    assert message in str(caught.value)
    assert "words.tsv" in str(caught.value)
