"""fastText classifiers in their compressed form (.ftz), read and applied with numpy.

A text is the mean of the vectors of its words and of their character n-grams; a Huffman tree of
logistic regressions over the mean gives the probability of each label (Joulin et al. 2016, "Bag of
tricks", and "FastText.zip" for the compression). The vectors are stored by product quantisation:
each pair of numbers is one of 256 centroids, each length another. N-grams have no names, only
hashes (FNV-1a over their bytes, 32 bits, bytes taken as signed), and most of those were pruned.

What is read is version 12 of the format, a supervised model with hierarchical softmax and without
word n-grams: all that language identification needs. The probabilities are those of the original
to some 1e-6.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["Classifier"]

Floats: TypeAlias = "npt.NDArray[np.float32]"
Integers: TypeAlias = "npt.NDArray[np.int64]"

_MAGIC, _VERSION = 793712314, 12
_HIERARCHICAL, _SUPERVISED = 1, 3
_LABEL = "__label__"
_END = b"</s>"  # behind every line
_CENTROIDS = 256
_FNV_START, _FNV_PRIME = np.uint32(2166136261), np.uint32(16777619)
_LEAST = 1e-5  # what the original adds before it takes a logarithm
_ENTRY = re.compile(rb"([^\0]*)\0(.{8}).", re.DOTALL)  # name, count, kind
_NOTHING = 10**15  # count of an inner node that is not made yet


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the header says: sizes, and which n-grams there are."""

    dim: int
    buckets: int
    shortest: int
    longest: int
    words: int


class Classifier:
    """A model of `data`, the bytes of an .ftz file. Raises ValueError where they are none."""

    def __init__(self, data: bytes) -> None:
        try:
            self._read(_Cursor(data))
        except (struct.error, IndexError, UnicodeDecodeError) as error:
            raise ValueError(f"the file is cut or damaged: {error}") from error

    def _read(self, cursor: _Cursor) -> None:
        magic, version = cursor.values("ii")
        if (magic, version) != (_MAGIC, _VERSION):
            raise ValueError("this is no fastText model of version 12")
        dim, _, _, _, _, grams, loss, kind, buckets, shortest, longest, _ = cursor.values("12i")
        cursor.values("d")
        if (loss, kind, grams) != (_HIERARCHICAL, _SUPERVISED, 1):
            raise ValueError("this is no classifier with hierarchical softmax over words")
        entries, words, labels = cursor.values("3i")
        _, pruned = cursor.values("2q")
        names, counts = cursor.entries(entries)
        if words + labels != entries or pruned < 0:
            raise ValueError("a dictionary that is not pruned")
        self._shape = _Shape(dim, buckets, shortest, longest, words)
        self._words = {name: number for number, name in enumerate(names[:words])}
        self.labels = [name.decode().removeprefix(_LABEL) for name in names[words:]]
        kept = cursor.array(np.int32, 2 * pruned).reshape(-1, 2).astype(np.int64)
        order = np.argsort(kept[:, 0])
        self._hashes, self._rows = kept[order, 0], kept[order, 1]
        self._vectors = _Vectors(cursor, dim)
        if cursor.values("?")[0]:
            raise ValueError("a quantised output")
        rows, columns = cursor.values("2q")
        output = cursor.array(np.float32, rows * columns).reshape(rows, columns)
        if (rows, columns) != (labels, dim):
            raise ValueError("an output of another shape")
        # in double precision once: a text would cost half as much again to bring them there
        self._output = output[:-1].astype(np.float64)
        self._right, self._left = (
            side.astype(np.float64)
            for side in _tree(
                [int.from_bytes(count, "little", signed=True) for count in counts[words:]]
            )
        )

    def predict(self, text: str) -> tuple[str, float]:
        """The likeliest label of a text (without half characters) and its probability, 0-1."""
        return self.predict_many([text])[0]

    def predict_many(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        """The same for several short texts, at half the cost."""
        words = [text.encode().replace(b"\0", b" ").split() for text in texts]
        inputs = list(self._inputs(words))
        if not inputs:
            return []
        vectors = self._vectors.of(np.concatenate(inputs))
        stops = np.cumsum([len(one) for one in inputs])
        return [self._label(one) for one in np.split(vectors, stops[:-1])]

    def _label(self, vectors: Floats) -> tuple[str, float]:
        """The label of a text by the vectors of its inputs [inputs, dim]."""
        if not len(vectors):
            return "", 0.0
        mean = vectors.sum(axis=0, dtype=np.float64) / len(vectors)
        yes = 1.0 / (1.0 + np.exp(-(self._output @ mean)))
        scores = self._right @ np.log(yes + _LEAST) + self._left @ np.log(1.0 - yes + _LEAST)
        best = int(scores.argmax())
        return self.labels[best], float(np.exp(scores[best]))

    def _inputs(self, texts: Sequence[Sequence[bytes]]) -> Iterator[Integers]:
        """For each text the rows of the vectors of all words, of the end of the line and of all
        n-grams [inputs].
        """
        known, parts, owners = [], [], []
        for number, line in enumerate(texts):
            # the original reads no further than the end of the line
            words = line[: line.index(_END)] if _END in line else line
            known.append(
                [row for one in (*words, _END) if (row := self._words.get(one)) is not None]
            )
            # a word that looks like a label is none of the text
            mine = [
                one for one in words if one in self._words or not one.startswith(_LABEL.encode())
            ]
            parts += mine
            owners += [number] * len(mine)
        grams = list(self._grams(parts))
        hashes = np.concatenate([*(one for one, _ in grams), np.empty(0, np.uint32)])
        of_word = np.concatenate([*(one for _, one in grams), np.empty(0, np.int64)])
        wanted = hashes.astype(np.int64) % self._shape.buckets
        places = np.searchsorted(self._hashes, wanted)
        places[places == len(self._hashes)] = 0
        kept = self._hashes[places] == wanted
        rows = self._rows[places[kept]] + self._shape.words
        owner = np.array(owners, np.int64)[of_word[kept]]
        order = np.argsort(owner, kind="stable")
        bounds = np.searchsorted(owner[order], np.arange(len(texts) + 1))
        rows = rows[order]
        for number, whole in enumerate(known):
            grams_of = rows[bounds[number] : bounds[number + 1]]
            yield np.concatenate([np.array(whole, np.int64), grams_of])

    def _grams(self, words: Sequence[bytes]) -> Iterator[tuple[npt.NDArray[np.uint32], Integers]]:
        """Hashes of the n-grams of `<word>`, in characters, and the number of the word; of all words
        at the same time.
        """
        if not words:
            return
        shape = self._shape
        text = np.frombuffer(b"".join(b"<%b>" % word for word in words), np.uint8)
        stops = np.cumsum([len(word) + 2 for word in words])
        begins = np.flatnonzero((text & 0xC0) != 0x80)  # bytes that begin a character
        # byte by byte, for every character that an n-gram can begin with
        word = np.searchsorted(stops, begins, side="right")
        stop = stops[word]
        is_first = np.zeros(len(text), bool)
        is_first[0] = is_first[stops[:-1]] = True
        first = is_first[begins]
        at, length = begins.copy(), np.zeros(len(begins), np.int64)
        hashes = np.full(len(begins), _FNV_START, np.uint32)
        signed = text.view(np.int8).astype(np.int32).view(np.uint32)
        is_begin = np.zeros(len(text) + 1, bool)
        is_begin[begins] = is_begin[stops] = True
        while len(at):
            hashes = (hashes ^ signed[at]) * _FNV_PRIME
            at = at + 1
            whole = is_begin[at]
            length = length + whole
            # `<` and `>` by themselves say nothing
            lone = (length == 1) & (first | (at == stop))
            wanted = whole & (length >= shape.shortest) & ~lone
            yield hashes[wanted], word[wanted]
            on = (at < stop) & (length < shape.longest)
            at, stop, first = at[on], stop[on], first[on]
            length, hashes, word = length[on], hashes[on], word[on]


class _Cursor:
    """A place in bytes."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def values(self, form: str) -> tuple[int, ...]:
        """Numbers, little-endian and without gaps."""
        made = struct.unpack_from(f"<{form}", self._data, self._at)
        self._at += struct.calcsize(f"<{form}")
        return made

    def entries(self, number: int) -> tuple[list[bytes], list[bytes]]:
        """So many entries of the dictionary: names, and the eight bytes of their counts."""
        names, counts = [], []
        for entry in islice(_ENTRY.finditer(self._data, self._at), number):
            names.append(entry[1])
            counts.append(entry[2])
            self._at = entry.end()
        if len(names) < number:
            raise IndexError("a name without end")
        return names, counts

    def array(self, kind: type[np.generic], count: int) -> npt.NDArray[np.generic]:
        """So many numbers of a kind."""
        size = np.dtype(kind).itemsize * count
        part = self._data[self._at : self._at + size]
        if count < 0 or len(part) < size:
            raise IndexError("an array without end")
        self._at += size
        return np.frombuffer(part, np.dtype(kind).newbyteorder("<"))


class _Vectors:
    """The input vectors by their codes; those that a text has are made when it is seen."""

    def __init__(self, cursor: _Cursor, dim: int) -> None:
        if not cursor.values("?")[0]:
            raise ValueError("vectors that are not quantised")
        has_norms = cursor.values("?")[0]
        rows, columns = cursor.values("2q")
        (size,) = cursor.values("i")
        self._codes = cursor.array(np.uint8, size).reshape(rows, -1)
        parts = self._codes.shape[1]
        if columns != dim or parts * rows != size:
            raise ValueError("vectors of another shape")
        self._parts = _centroids(cursor, dim, parts)
        self._norms = None
        if has_norms:
            self._norms = cursor.array(np.uint8, rows)
            self._lengths = _centroids(cursor, 1, 1)[0]

    def of(self, numbers: Integers) -> Floats:
        """The vectors of these rows [rows, dim]."""
        codes = self._codes[numbers]
        vectors = np.concatenate(
            [centroids[codes[:, part]] for part, centroids in enumerate(self._parts)], axis=1
        )
        if self._norms is not None:
            vectors = vectors * self._lengths[self._norms[numbers]]
        return vectors.astype(np.float32)


def _centroids(cursor: _Cursor, dim: int, parts: int) -> list[Floats]:
    """[256, width] for each part of a vector; the last part may be narrower."""
    *_, width, last = cursor.values("4i")
    widths = [width] * (parts - 1) + [last]
    if sum(widths) != dim:
        raise ValueError("centroids of another shape")
    return [
        cursor.array(np.float32, _CENTROIDS * width).reshape(_CENTROIDS, width)  # type: ignore[misc]
        for width in widths
    ]


def _tree(counts: Sequence[int]) -> tuple[Floats, Floats]:
    """[labels, inner nodes] each: 1 where the way to a label turns right (left) at a node.

    A Huffman tree of the labels, which are ordered by falling counts, as the original builds it.
    """
    leaves = len(counts)
    nodes = [*counts, *[_NOTHING] * (leaves - 1)]
    leaf, inner = leaves - 1, leaves
    above: dict[int, tuple[int, bool]] = {}
    for node in range(leaves, 2 * leaves - 1):
        total = 0
        for is_right in (False, True):
            if leaf >= 0 and nodes[leaf] < nodes[inner]:
                below, leaf = leaf, leaf - 1
            else:
                below, inner = inner, inner + 1
            above[below] = (node, is_right)
            total += nodes[below]
        nodes[node] = total
    right, left = np.zeros((2, leaves, leaves - 1), np.float32)
    for label in range(leaves):
        node = label
        while node in above:
            node, is_right = above[node]
            (right if is_right else left)[label, node - leaves] = 1
    return right, left
