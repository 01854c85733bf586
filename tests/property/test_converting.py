"""What a format holds comes back from it: equal beads, texts, confidences, review marks."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aligner.formats import WRITERS, losses
from aligner.formats.options import WriteOptions
from aligner.model import (
    STATUSES,
    Alignment,
    AlignmentSet,
    Bead,
    Document,
    ReadOptions,
    Segment,
    as_set,
    rows_of,
)
from aligner.text.rich import clean
from aligner.workflows.alignment_files import open_alignment
from tests.contract.test_writers import PACKED, TIMED, roots
from tests.unit.formats.samples import SUFFIX, document, export, interview, trilingual

# any character, with more of those that formats trip over
characters = st.one_of(
    st.characters(exclude_categories=["Cs"]), st.sampled_from(" \u00a0'\"=+-@;,|\\t<&]>%_x0041[")
)
texts = st.text(characters, min_size=1, max_size=20).map(clean).filter(lambda t: t and t.strip())
KINDS = ("para", "title", "heading", "turn", "item", "caption", "cell")
# formats that hold whole units, with the lengths of their segments
UNITS = ("tmx", "tsv", "csv", "xlsx", "jsonl", "xliff", "xliff2")
# formats that hold numbered segments, the texts beside them
LINKS = ("xces", "intertext")
CONFIDENT = {*UNITS, "xces", "beads", "ladder"}
MARKED = {*UNITS}
_SEGMENTED = ReadOptions(segmented=True)


@st.composite
def sides(draw: Any, lang: str, counts: list[int]) -> Document:
    """A text of so many segments a bead; paragraphs part it anywhere between beads."""
    rows: list[Any] = []
    for count in counts:
        segments = draw(st.lists(texts, min_size=count, max_size=count))
        if not rows or draw(st.booleans()):
            kind = draw(st.sampled_from(KINDS))
            rows.append((kind, [], {"level": 2 if kind == "heading" else 0}))
        rows[-1][1].extend(segments)
    return document(lang, rows)


@st.composite
def alignments(draw: Any, nulls: bool = True) -> Alignment:
    """Beads of all types in order; single nulls, those of the source first."""
    pair = st.tuples(st.integers(1, 3), st.integers(1, 3))
    null = st.sampled_from([(1, 0), (0, 1)])
    shapes = draw(st.lists(pair | null if nulls else pair, max_size=5))
    # a file with one language only is no alignment
    shapes.insert(draw(st.integers(0, len(shapes))), draw(pair))
    ordered: list[tuple[int, int]] = []
    for shape in shapes:
        at = len(ordered)
        while shape == (1, 0) and at and not ordered[at - 1][0]:
            at -= 1
        ordered.insert(at, shape)
    source = draw(sides("es", [a for a, _ in ordered]))
    target = draw(sides("en-GB", [b for _, b in ordered]))
    beads = []
    i = j = 0
    for a, b in ordered:
        beads.append(
            Bead(
                range(i, i + a),
                range(j, j + b),
                confidence=draw(st.none() | st.integers(0, 1000).map(lambda k: k / 1000)),
                status=draw(st.sampled_from(STATUSES)) if a and b else "auto",
                labels=tuple(draw(st.lists(st.sampled_from(["free", "a b"]), unique=True))),
                comment=draw(st.sampled_from(["", 'doubt <x> & "y"'])),
            )
        )
        i, j = i + a, j + b
    return Alignment(source, target, tuple(beads))


def round_trip(alignment: Any, fmt: str, **options: Any) -> tuple[Any, list[str]]:
    """The alignment as it comes back, and the names of the files it was in."""
    with tempfile.TemporaryDirectory() as folder:
        files = export(alignment, fmt, Path(folder), **options)
        name = str(Path(folder) / f"out{SUFFIX[fmt]}")
        if fmt == "moses":
            langs = [n.rpartition(".")[2] for n in files]
            return open_alignment(name, langs=langs), list(files)
        more: dict[str, Any] = {}
        if fmt in ("beads", "ladder"):
            more = {"texts": _lines(alignment, Path(folder)), "langs": ["es", "en-GB"]}
            more["read_options"] = _SEGMENTED
        return open_alignment(name, **more), list(files)


def _lines(alignment: Alignment, folder: Path) -> list[str]:
    names = []
    for side, one in (("es", alignment.source), ("en", alignment.target)):
        path = folder / f"{side}.txt"
        path.write_text("".join(f"{s.text}\n" for s in one.segments), encoding="utf-8")
        names.append(str(path))
    return names


def said(alignment: Alignment, fmt: str) -> list[Any]:
    """What the format promises to hold of each bead."""
    found = []
    for bead, source, target in alignment.pairs():
        row: list[Any] = [_texts(source), _texts(target)]
        if fmt in CONFIDENT:
            row.append(bead.confidence)
        if fmt in MARKED:
            row += [bead.status, bead.labels, bead.comment]
        if fmt == "intertext":
            row.append(bead.status != "auto")
        found.append(row)
    return found


@pytest.mark.parametrize("source", ["json", "tmx", "tei", "xliff2", "xlsx", "jsonl", "xces"])
def test_any_format_to_any_other(source: str, tmp_path: Path) -> None:
    """Texts of every unit arrive, whatever the way."""
    export(_unbroken(interview()), source, tmp_path, nulls="keep")
    alignment = open_alignment(str(tmp_path / f"out{SUFFIX[source]}"))
    joined = [
        [" ".join(_texts(side)) for side in unit.sides] for unit in rows_of(as_set(alignment))
    ]
    assert len(joined) == len(interview().beads)
    for target in WRITERS.entries:
        if target in TIMED:  # a writer of texts with times, which these have not
            continue
        if target in ("html", "vertical", "conllu"):  # to look at, or to compile: not read back
            (first, *_) = export(alignment, target, tmp_path).values()
            assert "Empecé".encode() in first
            continue
        if target in PACKED:
            (data,) = export(alignment, target, tmp_path).values()
            shown = "".join("".join(root.itertext()) for root in roots(data).values())
            assert "Empecé" in shown
            continue
        back, _ = round_trip(alignment, target, nulls="keep")
        found = [[" ".join(_texts(side)) for side in unit.sides] for unit in rows_of(as_set(back))]
        wanted = joined
        if target == "po":  # an entry is found by its source: a text without one is told
            wanted = [sides for sides in joined if sides[0]]
            lost = len(joined) - len(wanted)
            assert any("without a source" in line for line in losses(alignment, "po")) == bool(lost)
            # codes are text of a message, and told as lost
            found = [
                [re.sub(r"</?[a-z]+[^<>]*>", "", t) for t in sides] for sides in found if sides[0]
            ]
        assert sorted(found) == sorted(wanted), target


def _texts(side: tuple[Segment, ...]) -> list[str]:
    return [segment.text for segment in side]


def langs(alignment: Alignment) -> tuple[str, str]:
    return alignment.source.lang, alignment.target.lang


@pytest.mark.parametrize("fmt", [*UNITS, *LINKS])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_beads_and_texts_come_back(fmt: str, data: Any) -> None:
    alignment = data.draw(alignments())
    back, _ = round_trip(alignment, fmt, nulls="keep")
    assert said(back, fmt) == said(alignment, fmt)
    assert langs(back) == langs(alignment)


@pytest.mark.parametrize("fmt", ["beads", "ladder"])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_numbers_come_back_with_their_texts(fmt: str, data: Any) -> None:
    alignment = data.draw(alignments())
    if not alignment.source.segments or not alignment.target.segments:
        return
    back, _ = round_trip(alignment, fmt)
    assert said(back, fmt) == said(alignment, fmt)


@settings(max_examples=25, deadline=None)
@given(alignments())
def test_moses_gives_the_texts_back(alignment: Alignment) -> None:
    back, names = round_trip(alignment, "moses", nulls="keep")
    assert names == ["out.es", "out.en-GB"]
    joined = [[" ".join(_texts(side)) for side in pair] for _, *pair in alignment.pairs()]
    assert [["".join(_texts(side)) for side in pair] for _, *pair in back.pairs()] == joined
    assert langs(back) == ("es", "en-GB")


@settings(max_examples=25, deadline=None)
@given(alignments())
def test_conversion_in_a_chain_keeps_all(alignment: Alignment) -> None:
    """Any of these to any other, one after the other: nothing wears off."""
    start = said(alignment, "tmx")
    for fmt in ("tmx", "xliff", "csv", "xlsx", "jsonl", "xliff2", "tsv", "json"):
        alignment, _ = round_trip(alignment, fmt, nulls="keep")
    assert said(alignment, "tmx") == start


@pytest.mark.parametrize("fmt", ["tmx", "tsv", "csv", "xlsx", "jsonl", "xces"])
def test_three_languages_come_back(fmt: str) -> None:
    several = trilingual()
    back, _ = round_trip(several, fmt, nulls="keep")
    assert isinstance(back, AlignmentSet)
    if fmt == "xces":
        assert [said(one, fmt) for one in back.alignments] == [
            said(one, fmt) for one in several.alignments
        ]
    found, wanted = (
        sorted([[_texts(side) for side in unit.sides] for unit in rows_of(as_set(one))])
        for one in (back, several)
    )
    assert found == wanted


@pytest.mark.parametrize("fmt", ["tmx", "xliff", "xliff2", "xces", "tsv", "csv", "xlsx", "jsonl"])
def test_the_interview_comes_back(fmt: str) -> None:
    """Every kind of bead and paragraph; scores, crossings and pins are said to be lost."""
    alignment = _unbroken(interview())
    back, _ = round_trip(alignment, fmt, nulls="keep", inline=fmt in ("tmx", "xliff", "xliff2"))
    assert said(back, fmt) == said(_singles(alignment), fmt)
    lost = " ".join(losses(alignment, fmt, WriteOptions(nulls="keep")))
    for word in ("crossings", "pins", "scores"):
        assert word in lost


def _unbroken(alignment: Alignment) -> Alignment:
    """Without the line break inside a word, which a reader takes for a space."""
    paragraphs = tuple(
        replace(p, spans=tuple(s for s in p.spans if s.kind != "break"))
        for p in alignment.source.paragraphs
    )
    return replace(alignment, source=replace(alignment.source, paragraphs=paragraphs))


def _singles(alignment: Alignment) -> Alignment:
    return replace(
        alignment,
        beads=tuple(unit.beads[0] for unit in rows_of(as_set(alignment))),
    )


@example("'=x")
@example("''=x")
@example("' =x")
@example('=HYPERLINK("a")')
@example("_x0041_ \t")
@settings(max_examples=40, deadline=None)
@given(texts)
def test_tables_disarm_and_give_back(text: str) -> None:
    text = clean(text)
    alignment = Alignment(
        document("es", [("para", [text])]),
        document("en", [("para", ["x"])]),
        (Bead(range(1), range(1)),),
    )
    for fmt in ("csv", "xlsx"):
        back, _ = round_trip(alignment, fmt)
        assert back.source.segments[0].text == text
