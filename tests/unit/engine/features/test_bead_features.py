"""Every feature of every bead of two small texts, one bead at a time and from the definitions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import pytest

from aligner.engine.features import MATCH_FEATURES, NULL_FEATURES, Blocks, evidence_of
from aligner.engine.features.evidence import COLON, EXCLAMATION, NO_MARK, QUESTION, Evidence
from aligner.model import Document, Paragraph, Segment
from tests.unit.engine.features.synthetic import SummedOverlaps, blurred, meanings

Vector = npt.NDArray[np.float64]
NOTHING = -2.0  # likeness of a bead that leaves its text
FAR = 1.6  # the largest distance

SOURCE = [
    ["Capítulo 1"],
    ["Ana llegó en 1984.", "¿Quién la esperaba?", "«Nadie», dijo Marta Gómez!"],
    ["- Trae 3 cartas:", "una de Londres", "Las cartas eran largas."],
    ["Luego Ana y Marta Gómez fueron a Londres con 12 libros y 7 mapas, sin prisa.", "Fin."],
]
TARGET = [
    ["Chapter 1", "Ana arrived in 1984."],
    ["Who waited for her?", '"Nobody", said Marta Gomez!', "She had 3 letters:"],
    [
        "- One was from London",
        "Then Ana went with Marta Gomez to London. With 12 books",
        "The end!",
    ],
]
KINDS = (("heading", "para", "para", "para"), ("para", "para", "item"))


def document(lang: str, paragraphs: list[list[str]], kinds: tuple[str, ...]) -> Document:
    made, number = [], 0
    for index, texts in enumerate(paragraphs):
        offset, segments = 0, []
        for text in texts:
            segments.append(Segment(number, index, offset, offset + len(text), text))
            offset, number = offset + len(text) + 1, number + 1
        made.append(Paragraph(index, kinds[index], " ".join(texts), tuple(segments)))
    return Document(lang, lang, lang, "", lang, tuple(made))


@dataclass(frozen=True)
class Side:
    """One text: vectors of its segments, evidence, and the other text."""

    rows: Vector
    evidence: Evidence

    @property
    def count(self) -> int:
        return len(self.rows)

    def centred(self, vector: Vector) -> Vector:
        # a text's own mean is weighed against 20 segments of none
        out = vector - self.rows.sum(axis=0) / (self.count + 20)
        return np.asarray(out / np.linalg.norm(out))

    def run(self, first: int, width: int) -> Vector | None:
        if first < 0 or first + width > self.count:
            return None
        total = self.rows[first : first + width].sum(axis=0)
        return self.centred(total / np.linalg.norm(total))

    @cached_property
    def singles(self) -> Vector:
        return np.array([self.centred(row) for row in self.rows])


class Texts:
    """Likeness, background and distance of any bead, by where it begins and its size."""

    def __init__(self, sides: tuple[Side, Side]) -> None:
        self.sides = sides
        self.likeness = lru_cache(None)(self._likeness)
        self.level = lru_cache(None)(self._level)

    def _likeness(self, i: int, j: int, a: int, b: int) -> float:
        one, other = self.sides[0].run(i, a), self.sides[1].run(j, b)
        return NOTHING if one is None or other is None else float(one @ other)

    def _level(self, i: int, j: int, a: int, b: int) -> float:
        levels = []
        for side, first, width in ((0, i, a), (1, j, b)):
            vector = self.sides[side].run(first, width)
            assert vector is not None
            alike = self.sides[1 - side].singles @ vector
            levels.append(alike.mean() + 2 * alike.std())
        return float(sum(levels) / 2)

    def distance(self, i: int, j: int, a: int = 1, b: int = 1) -> float:
        raw = self.likeness(i, j, a, b)
        if raw == NOTHING:
            return FAR
        return float(np.clip((1 - raw) / (1 - self.level(i, j, a, b)), 0, FAR))


# a long segment beside many short ones: beads of up to 1-16
LONG = [
    [
        "Ana llegó en 1984 y preguntó a todos por Marta Gómez, que no estaba; esperó hasta la noche, sola.",
        "Luego se fue a Londres con 12 libros y 7 mapas, y nadie supo más de ella en todos esos años.",
    ],
    [
        "¿Volvió alguna vez a la casa del puerto, donde su madre, ya muy anciana, la esperaba todavía?"
    ],
]
SHORT = [
    [
        "Ana arrived",
        "in 1984",
        "and asked",
        "for Marta Gomez.",
        "Not there.",
        "She waited.",
        "Alone.",
    ],
    ["Then", "she went", "to London", "with 12 books", "and 7 maps.", "Nobody knew", "more."],
    [
        "Did she",
        "ever return",
        "to the house",
        "at the harbour",
        "where, very old,",
        "her mother",
        "waited?",
    ],
]


@pytest.fixture(scope="module", params=["ordinary", "uneven"])
def made(request: pytest.FixtureRequest) -> tuple[Blocks, Texts]:
    uneven = request.param == "uneven"
    if uneven:
        documents = (
            document("es", LONG, ("para", "quote")),
            document("en", SHORT, ("para", "para", "para")),
        )
        parts = meanings(21, 41)
        rows = parts.reshape(3, 7, -1).sum(axis=1)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        vectors = rows, blurred(parts, 42, 0.3)
    else:
        documents = (document("es", SOURCE, KINDS[0]), document("en", TARGET, KINDS[1]))
        rows = meanings(9, 31)
        # the last two segments of the source are one and a half of the target; one of it is missing
        target = np.stack([*rows[:5], rows[6], rows[7] + rows[8], rows[8]])
        vectors = rows, blurred(target, 32, 0.5)
    evidence = tuple(evidence_of(one) for one in documents)
    overlaps = SummedOverlaps(vectors[0]), SummedOverlaps(vectors[1])
    made = Blocks(evidence[0], evidence[1], overlaps, large=uneven)
    assert made.uneven == uneven
    sides = tuple(Side(v.astype(float), e) for v, e in zip(vectors, evidence, strict=True))
    return made, Texts((sides[0], sides[1]))


def median(margins: npt.NDArray[np.float32]) -> float:
    """0 where there are no anchors."""
    return float(np.median(margins)) if len(margins) else 0.0


def clip(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def match_features(
    blocks: Blocks, texts: Texts, i: int, j: int, a: int, b: int
) -> dict[str, float]:
    """Those of the bead of `a` segments from i and `b` from j; what is 0 may be missing."""
    source, target = (side.evidence for side in texts.sides)
    raw, level, distance = (
        texts.likeness(i, j, a, b),
        texts.level(i, j, a, b),
        texts.distance(i, j, a, b),
    )
    margin = clip(raw - level, -0.5, 1)
    beyond, smaller = a + b - 2, min(a, b) - 1
    whole = math.log(target.chars_N.sum() / source.chars_N.sum())
    chain = blocks.chain
    ratios = np.log(target.chars_N[chain.target_K] / source.chars_N[chain.source_K])
    weight = len(ratios) / (len(ratios) + 20)
    middle = float(np.median(ratios)) if len(ratios) else 0.0
    ratio = math.exp(weight * middle + (1 - weight) * whole)
    chars = float(source.chars_N[i : i + a].sum()), float(target.chars_N[j : j + b].sum())
    log_length = math.log((chars[0] + chars[1] / ratio) / 200 + 0.05)

    sizes = set(blocks.sizes)
    rivals = [
        clip(raw - max(others), -0.6, 0.6)
        for others in (
            [texts.likeness(i, k, a, b) for k in range(-1, texts.sides[1].count + 1) if k != j],
            [texts.likeness(k, j, a, b) for k in range(-1, texts.sides[0].count + 1) if k != i],
        )
    ]
    out = {
        f"is {min(a, b)}-{max(a, b)}": 1.0,
        "segments beyond two": beyond,
        "segments of the smaller side beyond one": smaller,
        "distance": distance,
        "distance squared": distance**2,
        "distance x segments beyond two": distance * beyond,
        "distance x log length": distance * log_length,
        "distance above the document's": distance - (1 - median(chain.margin_K)),
        "distance x smaller side beyond one": distance * smaller,
        "margin": margin,
        "margin x segments beyond two": margin * beyond,
        "margin x smaller side beyond one": margin * smaller,
        "margin squared": margin * abs(margin),
        "rival in the row": min(rivals),
        "rival in the column": max(rivals),
        "no rival": min(rivals) > 0,
        "log length": log_length,
    }
    out |= economy(texts, sizes, i, j, a, b)
    expected = chars[0] * ratio
    delta = clip(abs(chars[1] - expected) / math.sqrt((expected + chars[1]) / 2 * 6.8), 0, 6)
    out |= {
        "length": delta,
        "length squared": delta**2 / 6,
        "log length ratio": clip(abs(math.log((chars[1] + 3) / (expected + 3))), 0, 3),
        "length x segments beyond two": delta * beyond,
    }
    out |= lexical(source, target, range(i, i + a), range(j, j + b))
    out |= marks(source, target, range(i, i + a), range(j, j + b))
    return out


def economy(
    texts: Texts, sizes: set[tuple[int, int]], i: int, j: int, a: int, b: int
) -> dict[str, float]:
    def at(down: int, right: int, n: int, m: int) -> float | None:
        return texts.likeness(i + down, j + right, n, m) if (n, m) in sizes else None

    def some(*values: float | None) -> list[float]:
        return [value for value in values if value is not None]

    raw = texts.likeness(i, j, a, b)
    out: dict[str, float] = {}
    parts = some(at(0, 0, a - 1, b), at(1, 0, a - 1, b), at(0, 0, a, b - 1), at(0, 1, a, b - 1))
    if parts:
        gains = [raw - part for part in parts]
        out["least gain of an outer segment"] = clip(min(gains), -0.5, 0.5)
        out["mean gain of an outer segment"] = clip(sum(gains) / len(gains), -0.5, 0.5)
        out["least gain below nothing"] = clip(min(gains), -0.5, 0)
        out["least gain x segments beyond two"] = clip(min(gains), -0.5, 0.5) * (a + b - 2)
    wholes = some(at(0, 0, a + 1, b), at(-1, 0, a + 1, b), at(0, 0, a, b + 1), at(0, -1, a, b + 1))
    if wholes:
        out["gain of one more"] = clip(max(wholes) - raw, -0.5, 0.5)
        out["gain of one more above nothing"] = clip(max(wholes) - raw, 0, 0.5)
        if (a, b) == (1, 1):
            out["gain of one more in a 1-1"] = out["gain of one more"]
    best: tuple[float, float] | None = None
    for n in range(1, a):
        for m in range(1, b):
            left, right = at(0, 0, n, m), at(n, m, a - n, b - m)
            if left is None or right is None:
                continue
            share = (n + m) / (a + b)
            # what a segment at the cut would add to the part that lacks it
            both = [
                0.0,
                *(one - left for one in some(at(0, 0, n, m + 1), at(0, 0, n + 1, m))),
                *(
                    one - right
                    for one in some(at(n, m - 1, a - n, b - m + 1), at(n - 1, m, a - n + 1, b - m))
                ),
            ]
            value = share * left + (1 - share) * right, max(both)
            if best is None or value[0] > best[0]:
                best = value
    if best is not None:
        out["gain over a cut"] = clip(raw - best[0], -0.5, 0.5)
        out["gain over a cut below nothing"] = clip(raw - best[0], -0.5, 0)
        out["shared across the cut"] = clip(best[1], 0, 0.5)
    return out


def lexical(source: Evidence, target: Evidence, ours: range, theirs: range) -> dict[str, float]:
    both, total = [], []
    for k in range(3):
        cells = {
            (i, j): min(weight_s, weight_t)
            for i, key_s, weight_s in zip(*source.items[k], strict=True)
            for j, key_t, weight_t in zip(*target.items[k], strict=True)
            if key_s == key_t and i in ours and j in theirs
        }
        counted = sum(
            min(weight_s, weight_t)
            for i, key_s, weight_s in zip(*source.items[k], strict=True)
            for j, key_t, weight_t in zip(*target.items[k], strict=True)
            if key_s == key_t and i in ours and j in theirs
        )
        assert bool(cells) == bool(counted)
        of = [
            float(side.total_KN[k, place.start : place.stop].sum())
            for side, place in ((source, ours), (target, theirs))
        ]
        both.append(min(float(counted), *of))
        total.append(sum(of))
    only = [max(0.0, t - 2 * s) for s, t in zip(both, total, strict=True)]
    return {
        "shared numbers": math.log1p(both[0]),
        "numbers of one side": math.log1p(only[0]),
        "numbers differ": only[0] > 0.5,
        "shared names": math.log1p(both[1]),
        "names of one side": math.log1p(only[1]),
        "shared words": math.log1p(both[2]),
        "shared words share": 2 * both[2] / (total[2] + 1),
    }


def marks(source: Evidence, target: Evidence, ours: range, theirs: range) -> dict[str, float]:
    ends = int(source.end_N[ours[-1]]), int(target.end_N[theirs[-1]])

    def one_side(mark: int) -> bool:
        return (ends[0] == mark) != (ends[1] == mark)

    starts = [
        [bool(side.start_N[k]) for k in place] for side, place in ((source, ours), (target, theirs))
    ]
    inner = [sum(one[1:]) for one in starts]
    stops = [
        place.stop == side.count or bool(side.start_N[place.stop])
        for side, place in ((source, ours), (target, theirs))
    ]
    return {
        "question on both sides": ends == (QUESTION, QUESTION),
        "question on one side": one_side(QUESTION),
        "exclamation on one side": one_side(EXCLAMATION),
        "colon on one side": one_side(COLON),
        "no end mark on one side": one_side(NO_MARK),
        "no end mark on both sides": ends == (NO_MARK, NO_MARK),
        "quotation mark on one side": source.quote_N[ours].any() != target.quote_N[theirs].any(),
        "dash on one side": source.dash_N[ours[0]] != target.dash_N[theirs[0]],
        "paragraph boundary inside one side": abs(inner[0] - inner[1]),
        "paragraph boundaries inside both sides": min(inner),
        "both begin a paragraph": starts[0][0] and starts[1][0],
        "one begins a paragraph": starts[0][0] != starts[1][0],
        "both end a paragraph": all(stops),
        "one ends a paragraph": stops[0] != stops[1],
        "kinds of paragraph differ": source.kind_N[ours[0]] != target.kind_N[theirs[0]],
    }


# a feature's slope above each knot, for 1-1 and for larger beads
KNOTS = {
    "distance": ("distance", (0.35, 0.5, 0.65, 0.8), ("1-1", "larger")),
    "least gain": ("least gain of an outer segment", (0.03, 0.08, 0.16), ("larger",)),
    "gain of one more": ("gain of one more", (0.04, 0.1), ("1-1", "larger")),
    "gain over a cut": ("gain over a cut", (0.05, 0.12), ("larger",)),
    "rival": ("rival in the row", (0.0, 0.12), ("1-1", "larger")),
    "length": ("length", (1.0, 2.5), ("1-1", "larger")),
    "log length ratio": ("log length ratio", (0.4, 0.9), ("1-1", "larger")),
}


def with_knots(plain: dict[str, float], one_to_one: bool) -> dict[str, float]:
    out = dict(plain)
    form = "1-1" if one_to_one else "larger"
    for name, (of, knots, forms) in KNOTS.items():
        if form in forms:
            for knot in knots:
                value = max(plain.get(of, 0.0) - knot, 0.0)
                out[f"{name} above {knot:g} in a {form} bead"] = value
    return out


def wrong(
    names: tuple[str, ...], found: npt.NDArray[np.float32], expected: dict[str, float]
) -> list[tuple[str, float, float]]:
    """Name, value and right value of the features that are not right; 0 where none is expected."""
    right = np.array([float(expected.get(name, 0.0)) for name in names])
    places = np.flatnonzero(np.abs(found - right) > 2e-4)
    return [(names[k], float(found[k]), float(right[k])) for k in places]


def test_match_beads(made: tuple[Blocks, Texts]) -> None:
    blocks, texts = made
    (block,) = list(blocks)
    n, m = (side.count for side in texts.sides)
    assert block.shape == (n + 1, m + 1)
    known = set(MATCH_FEATURES)
    seen = 0
    for kind, (a, b) in enumerate(blocks.sizes):
        for i in range(n + 1):
            for j in range(m + 1):
                assert block.possible_TRB[kind, i, j] == (i >= a and j >= b)
                expected: dict[str, float] = {}
                if i >= a and j >= b:
                    plain = match_features(blocks, texts, i - a, j - b, a, b)
                    expected = with_knots(plain, (a, b) == (1, 1))
                    seen += 1
                found = block.match_TFRB[kind, :, i, j]
                assert wrong(MATCH_FEATURES, found, expected) == [], (i, j, a, b)
                if f"is {min(a, b)}-{max(a, b)}" not in known:
                    assert max(a, b) > 3  # the largest beads have no flag of their own
                    expected.pop(f"is {min(a, b)}-{max(a, b)}", None)
                assert set(expected) <= known
    assert seen > 200


def null_features(
    blocks: Blocks, texts: Texts, side: int, place: int, beside: int, *, opens: bool
) -> dict[str, float]:
    """Those of the null segment `place` of a side where the other stands before segment `beside`."""
    evidence = texts.sides[side].evidence
    counts = [one.count for one in texts.sides]

    def near(one: int, other: int, *size: int) -> float:
        return texts.distance(*((one, other) if side == 0 else (other, one)), *size)

    def like(one: int, other: int, a: int, b: int) -> float:
        return texts.likeness(*((one, other, a, b) if side == 0 else (other, one, b, a)))

    most = max(map(max, blocks.sizes)) if blocks.uneven else 1
    fine = int(counts[1] > counts[0])
    nearest = [
        [
            min(
                texts.distance(*((k, j, 1, b) if one == 0 else (j, k, b, 1)))
                for j in range(counts[1 - one])
                # what a long segment is near to are several short ones together
                for b in range(1, (most if one != fine else 1) + 1)
            )
            for k in range(counts[one])
        ]
        for one in (0, 1)
    ]
    best, every = nearest[side], [*nearest[0], *nearest[1]]
    mean, share = sum(every) / len(every), sum(value > 0.8 for value in every) / len(every)
    surplus = clip(math.log(counts[side] / counts[1 - side]), -1.5, 1.5)
    around = (best[max(place - 1, 0)] + best[min(place + 1, len(best) - 1)]) / 2
    start = evidence.start_N
    paragraph = np.cumsum(start)
    mine = [value for value, of in zip(best, paragraph, strict=True) if of == paragraph[place]]

    gain = -0.5
    shapes = [(2, 1), (2, 2), *((n, 1) for n in range(3, (most if side == fine else 1) + 1))]
    for j in range(counts[1 - side]):
        for n, b in shapes:
            # the segment is the first or the last of a bead
            for first, rest in ((place, place + 1), (place - n + 1, place - n + 1)):
                whole = like(first, j, n, b)
                if whole == NOTHING:
                    continue
                cell = (first, j, n, b) if side == 0 else (j, first, b, n)
                if 1 - whole < 0.75 * (1 - texts.level(*cell)):
                    gain = max(gain, whole - like(rest, j, n - 1, b))
    joined = -0.3
    for first, other, rest in ((place - 1, beside - 1, place - 1), (place, beside, place + 1)):
        whole = like(first, other, 2, 1)
        if whole != NOTHING:
            joined = max(joined, whole - like(rest, other, 1, 1))
    chain = blocks.chain
    on = (chain.source_K, chain.target_K)[side]
    apart = median(chain.margin_K) * min(1.0, len(on) / min(counts))
    unlike = max(0.0, 1 - apart / 0.08)
    distance, begins = best[place], float(start[place])
    out = {
        "null": 1.0,
        "best distance": distance,
        "best distance squared": distance**2,
        "best gain in a larger bead": clip(gain, -0.1, 0.5),
        "distance to the segments beside it": min(near(place, beside - 1), near(place, beside)),
        "gain in the bead before or after": clip(joined, -0.3, 0.5),
        "gain in the bead before or after above nothing": clip(joined, 0, 0.5),
        "neighbours' best distance": around,
        "paragraph's best distance": sum(mine) / len(mine),
        "document's mean best distance": mean,
        "document's share of far segments": share,
        "best distance x document's mean": distance * mean,
        "best distance x document's share": distance * share,
        "surplus of this side": surplus,
        "surplus x best distance": surplus * distance,
        "off the first chain": float(place not in on),
        "log length": math.log(evidence.chars_N[place] / 100 + 0.05),
        "very short": float(evidence.chars_N[place] < 15),
        "no end mark": float(evidence.end_N[place] == NO_MARK),
        "not running text": float(evidence.kind_N[place]),
        "unlike texts": unlike,
        "unlike texts x best distance": unlike * distance,
    }
    if opens:
        return out | {
            "opens a run": 1.0,
            "opens a run x begins a paragraph": begins,
            "opens a run x best distance": distance,
            "opens a run x document's mean": mean,
            "opens a run x surplus": surplus,
            "opens a run x unlike texts": unlike,
        }
    return out | {
        "extends a run x begins a paragraph": begins,
        "run inside one paragraph": 1 - begins,
        "extends a run x best distance": distance,
        "extends a run x surplus": surplus,
        "extends a run x best distance squared": distance**2,
        "extends a run x document's mean": mean,
        "extends a run x neighbours' best distance": around,
    }


def test_null_beads(made: tuple[Blocks, Texts]) -> None:
    blocks, texts = made
    (block,) = list(blocks)
    n, m = (side.count for side in texts.sides)
    for kind, (side, opens) in enumerate(((0, True), (0, False), (1, True), (1, False))):
        for i in range(1 - side, n + 1):
            for j in range(side, m + 1):
                place, beside = ((i, j), (j, i))[side]
                expected = null_features(blocks, texts, side, place - 1, beside, opens=opens)
                assert set(expected) <= set(NULL_FEATURES)
                found = block.null_TGRB[kind, :, i, j]
                assert wrong(NULL_FEATURES, found, expected) == [], (side, opens, i, j)


def test_the_texts_try_what_they_are_to_try(made: tuple[Blocks, Texts]) -> None:
    """In the ordinary texts each feature differs between some beads, and so is tested."""
    blocks, _ = made
    if blocks.uneven:
        assert max(map(max, blocks.sizes)) == 16
        return
    (block,) = list(blocks)
    for names, values in (
        (MATCH_FEATURES, block.match_TFRB[:, :, 1:, 1:]),
        (NULL_FEATURES, block.null_TGRB[:, :, 1:, 1:]),
    ):
        spread = np.ptp(np.moveaxis(values, 1, 0).reshape(len(names), -1), axis=1)
        assert {name for name, one in zip(names, spread, strict=True) if one == 0} <= {
            "null",
            "document's mean best distance",
            "document's share of far segments",
            "unlike texts",
            "unlike texts x best distance",
            "opens a run x unlike texts",
        }
