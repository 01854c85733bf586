"""What a segment's text says by itself: length, end mark, numbers, names, words, its paragraph.

All of it is cheap (one pass of two regular expressions) and none of it needs to know the
language. Numbers are compared by their digits, whatever the separators; words by their first five
letters without accents, the classical cognate test (Simard, Foster & Isabelle 1992); names are
capitalised words that do not begin the segment.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.model import Document

__all__ = [
    "CLASSES",
    "COLON",
    "EXCLAMATION",
    "NO_MARK",
    "QUESTION",
    "Evidence",
    "folded",
    "of_document",
    "shared_cells",
]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

_TOKEN = re.compile(r"\d+(?:[.,'’\u00a0\u202f ]\d{3})*(?:[.,]\d+)?|[^\W\d_]{3,}")
_SEPARATORS = re.compile(r"\D")
_TWO = re.compile(r"[^\W_].*?[^\W_]")  # letters or digits
_BETWEEN = re.compile(r"\s+|(?<=\d)[.,'’](?=\d)")
# the mark that ends a segment, behind closing quotes and brackets
_CLOSERS = "\"'”’»“)]}」』）】*_ \u00a0"
# codes of the mark that ends a segment
NO_MARK, FULL_STOP, QUESTION, EXCLAMATION, COLON, ELLIPSIS = range(6)
_END_MARKS = {
    FULL_STOP: ".。．।॥։۔",
    QUESTION: "?？؟⸮՞",
    EXCLAMATION: "!！¡",
    COLON: ":：",
    ELLIPSIS: "…⋯",
}
_END = {mark: code for code, marks in _END_MARKS.items() for mark in marks}
_QUOTES = frozenset('"“”„«»「」『』‹›＂')
_DASHES = "-–—―"
CLASSES = ("number", "name", "word")
_PREFIX = 5
_TEXTUAL = frozenset(("para", "turn", "quote", "item"))


_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Arrays over the N segments of one document.

    `chars_N` code points without white space, `length` all of them in letters, of which an ideograph
    is worth three; `end_N` code of the end mark (`NO_MARK`,
    `FULL_STOP` ... `ELLIPSIS`); `quote_N`, `dash_N` whether it holds a quotation mark, begins with a
    dash; `start_N` whether it begins a paragraph, `kind_N` 1 where the paragraph is not running text
    (heading, caption, cell ...);
    `table_N` the number of the table (1 ...) whose cell it is in, 0 elsewhere;
    `times_N2` when the paragraph is on screen, start and end in ms, NaN where it has no times;
    `text_N` a hash of its text without white space and separators of numbers, 0 for hardly any;
    `total_KN` how much it holds of each class of `CLASSES` (idf-weighted for words);
    `items` for each class the (segment, hash, weight) rows, sorted by segment.
    `structured` says whether the document has paragraphs at all.
    """

    chars_N: Ints
    length: float
    end_N: Ints
    quote_N: npt.NDArray[np.bool_]
    dash_N: npt.NDArray[np.bool_]
    start_N: npt.NDArray[np.bool_]
    kind_N: Ints
    table_N: Ints
    times_N2: npt.NDArray[np.float64]
    text_N: Ints
    total_KN: Floats
    items: tuple[tuple[Ints, Ints, Floats], ...]
    structured: bool

    @property
    def count(self) -> int:
        """N."""
        return len(self.chars_N)


def of_document(document: Document) -> Evidence:
    """The evidence of every segment of a document."""
    segments = document.segments
    texts = [segment.text for segment in segments]
    paragraph = np.array([segment.paragraph for segment in segments], np.int64)
    start = np.ones(len(segments), bool)
    start[1:] = paragraph[1:] != paragraph[:-1]
    kind = np.array([document.paragraphs[p].kind not in _TEXTUAL for p in paragraph], np.int64)
    rows = [_tokens(text) for text in texts]
    items, totals = [], []
    for name in CLASSES:
        segment, key, weight = _collect([row[name] for row in rows], idf=name != "number")
        items.append((segment, key, weight))
        totals.append(np.bincount(segment, weight, len(texts)).astype(np.float32))
    return Evidence(
        chars_N=np.array([max(1, len("".join(text.split()))) for text in texts], np.int64),
        length=sum(
            len("".join(text.split())) + 2.0 * len(_IDEOGRAPH.findall(text)) for text in texts
        ),
        end_N=np.array([_end_mark(text) for text in texts], np.int64),
        quote_N=np.array([not _QUOTES.isdisjoint(text) for text in texts], bool),
        dash_N=np.array([text[:1] in _DASHES for text in texts], bool),
        start_N=start,
        kind_N=kind,
        table_N=_tables(document)[paragraph],
        times_N2=_times(document)[paragraph],
        text_N=np.array([_text_key(text) for text in texts], np.int64),
        total_KN=np.array(totals, np.float32).reshape(len(CLASSES), len(texts)),
        items=tuple(items),
        structured=_is_structured(start),
    )


def _times(document: Document) -> npt.NDArray[np.float64]:
    """[P, 2] of the paragraphs."""
    none = (np.nan, np.nan)
    rows = [p.times if p.times is not None else none for p in document.paragraphs]
    return np.array(rows, np.float64).reshape(-1, 2)


def _text_key(text: str) -> int:
    key = _BETWEEN.sub("", text)
    if not _TWO.search(key):
        return 0
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=7).digest()
    return int.from_bytes(digest, "big")


def _tables(document: Document) -> Ints:
    """For each paragraph the number of its table: a run of cells with nothing between them."""
    cell = np.array([p.kind == "cell" for p in document.paragraphs], bool)
    first = cell & ~np.concatenate(([False], cell[:-1]))
    return np.asarray(np.where(cell, first.cumsum(), 0), np.int64)


def _is_structured(start: npt.NDArray[np.bool_]) -> bool:
    """One paragraph for all, or one for each segment, says nothing about the text's structure."""
    return len(start) > 2 and 2 <= int(start.sum()) < 0.95 * len(start)


def _end_mark(text: str) -> int:
    bare = text.rstrip(_CLOSERS)
    if bare.endswith("..."):
        return ELLIPSIS
    return _END.get(bare[-1:], NO_MARK)


def _tokens(text: str) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {name: [] for name in CLASSES}
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token[0].isdigit():
            out["number"].append(_SEPARATORS.sub("", token).translate(_DIGITS).lstrip("0") or "0")
            continue
        if token.islower():
            if len(token) >= _PREFIX - 1:
                out["word"].append(folded(token))
        elif match.start() > 0:
            out["name"].append(folded(token))
        else:
            out["word"].append(folded(token))
    return out


_DIGITS = {
    ord(char): str(unicodedata.decimal(char))
    for block in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10)
    for char in map(chr, range(block, block + 10))
}


def folded(token: str) -> str:
    """The first five letters, without accents and case."""
    decomposed = unicodedata.normalize("NFKD", token.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))[:_PREFIX]


def _collect(rows: Sequence[Iterable[str]], *, idf: bool) -> tuple[Ints, Ints, Floats]:
    segment, key = [], []
    for index, row in enumerate(rows):
        for token in sorted(set(row)):
            segment.append(index)
            key.append(_stable_hash(token))
    keys = np.array(key, np.int64)
    weight = np.ones(len(keys), np.float32)
    if idf and len(keys):
        _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
        weight = np.log((len(rows) + 1) / counts[inverse]).astype(np.float32)
        weight /= np.float32(max(1.0, np.log(len(rows) + 1)))
    return np.array(segment, np.int64), keys, weight


def _stable_hash(token: str) -> int:
    # Python's own hash differs between runs; results must not
    value = 1469598103934665603
    for byte in token.encode():
        value = ((value ^ byte) * 1099511628211) & 0x7FFFFFFFFFFF
    return value


def shared_cells(
    source: tuple[Ints, Ints, Floats],
    target: tuple[Ints, Ints, Floats],
    low_N: Ints,
    high_N: Ints,
) -> tuple[Ints, Ints, Floats]:
    """Cells (i, j, weight) where source segment i and target segment j share an item.

    Only columns low_N[i] <= j < high_N[i] are looked at; the weight of a cell is the smaller of
    the two weights. Rows come sorted by i. Linear in the number of items and of hits.
    """
    i, key_s, weight_s = source
    j, key_t, weight_t = target
    if not len(i) or not len(j):
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32)
    span = int(j.max()) + 2
    common = np.unique(np.concatenate((key_s, key_t)))
    rank_s = np.searchsorted(common, key_s)
    composite = np.searchsorted(common, key_t) * span + j
    order = np.argsort(composite, kind="stable")
    composite = composite[order]
    first = np.searchsorted(composite, rank_s * span + low_N[i])
    last = np.searchsorted(composite, rank_s * span + np.minimum(high_N[i], span - 1))
    hits = np.maximum(last - first, 0)
    row = np.repeat(np.arange(len(i)), hits)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(hits) - hits, hits)
    column = order[np.repeat(first, hits) + offset]
    return i[row], j[column], np.minimum(weight_s[row], weight_t[column])
