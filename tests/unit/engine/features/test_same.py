"""Lines that stand alike on both sides hold each other, once or often; a part of the score."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.engine.features import evidence_of, same
from aligner.model import Document, ReadOptions
from aligner.workflows import aligning
from tests.unit.engine.features.explained import Explained

CODE = [
    "boats <- read_harbour('boats.csv') %>%",
    "group_by(pier) %>% count() %>%",
    "left_join(names, by = 'pier') %>%",
    "collect() %>% show_table()",
]
ES = "Primero contamos los barcos.|Luego los del muelle norte.|Al final, los que no volvieron."
EN = "First we count the boats.|Then those of the north pier.|Last, those that never came back."


def document(folder: Path, lang: str, lines: list[str]) -> Document:
    path = folder / f"{lang}.txt"
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    source = aligning.read_source(str(path))
    return aligning.open_document(source, lang, read_options=ReadOptions(segmented=True))


def pair(folder: Path) -> list[Document]:
    return [
        document(folder, lang, [line for said in text.split("|") for line in (said, *CODE)])
        for lang, text in (("es", ES), ("en", EN))
    ]


def test_code_is_aligned_line_by_line(tmp_path: Path) -> None:
    heard = Explained()
    documents = pair(tmp_path)
    made = aligning.align_documents(documents[0], documents[1], settings=heard.settings())
    assert [bead.kind for bead in made.beads] == ["1-1"] * 3 * (len(CODE) + 1)
    assert heard.names.count(same.NAME) == 3 * len(CODE)
    assert all(score == pytest.approx(total, abs=1e-3) for score, total in heard.scored)


@pytest.mark.parametrize(
    ("ours", "theirs", "pairs"),
    [
        (["Uno", "x = 1"], ["One", "x =  1"], [(1, 1)]),
        (["12.500", "a b"], ["12,500", "c d"], [(0, 0)]),
        (["go()", "Uno", "go()"], ["go()", "go()", "One"], [(0, 0), (2, 1)]),
        (["go()", "go()"], ["go()", "One"], []),  # not as often
        (["}", "a"], ["}", "a"], []),  # too little to be known by
        (["Uno aquí"], ["One here"], []),
    ],
    ids=str,
)
def test_which_pairs(
    tmp_path: Path, ours: list[str], theirs: list[str], pairs: list[tuple[int, int]]
) -> None:
    source, target = document(tmp_path, "es", ours), document(tmp_path, "en", theirs)
    assert list(same.same_texts(evidence_of(source), evidence_of(target))) == pairs
