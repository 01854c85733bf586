"""All checks that need nothing but one pair of texts and what the whole file taught.

`Checker` learns from all pairs of a file or article (labels of speakers, names that go together),
then `hits` yields what is wrong with one of them. Vectors come batch by batch, so that a file of
any length fits in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from aligner.checks.common import (
    FIGURES,
    Hit,
    PairVectors,
    SideTokens,
    Spans,
    Sums,
    SumsOf,
    base,
    length_ratio,
    shortened,
    trained_model,
    with_partners,
    word_table,
)
from aligner.checks.coverage import (
    COVERAGE_FEATURES,
    Uncovered,
    coverage_features,
    is_inclusive,
    with_lone_words,
)
from aligner.checks.language import check_untranslated, check_wrong_language
from aligner.checks.marks import (
    check_brackets,
    check_links,
    check_question,
    check_quotation,
)
from aligner.checks.names import NamePartners, acronym_hits, name_hits
from aligner.checks.negation import (
    NEGATION_FEATURES,
    may_differ,
    negation_features,
    negations,
)
from aligner.checks.once import blanked, lies_in
from aligner.checks.quantities import check_quantities
from aligner.checks.running import Neighbours
from aligner.checks.shifts import check_shifts
from aligner.checks.turns import (
    Labels,
    check_order,
    check_speaker,
    check_turn_count,
    turns_of,
)

__all__ = ["Checker", "TextPair"]

_BATCH = 256
_CLAUSE = 0.065  # rise of the similarity that by itself says that a clause has no counterpart
_BY_ITSELF = 0.25  # confidence in a clause that only this rise speaks for
_PLAIN = (
    check_quantities,
    check_question,
    check_quotation,
    check_links,
    check_wrong_language,
)


@dataclass(frozen=True, slots=True)
class TextPair:
    """Two texts that should say the same."""

    source: str
    target: str


@dataclass(slots=True)
class Checker:
    """See the module. `ratio` is the usual log of target by source length, None for the
    languages' own. `also`: checks that are off by themselves. `likeness` fills with the similarity of each pair that `hits` has passed, `neighbours` with
    that of sources that follow each other.
    """

    source_lang: str
    target_lang: str
    sums_of: SumsOf
    ratio: float | None = None
    also: frozenset[str] = frozenset()
    labels: Labels = field(default_factory=Labels)
    likeness: list[float] = field(default_factory=list)
    neighbours: Neighbours = field(default_factory=Neighbours)
    memories: tuple[NamePartners, NamePartners] = field(
        default_factory=lambda: (NamePartners(), NamePartners())
    )

    def learn(self, pairs: Sequence[TextPair]) -> None:
        """What the whole file teaches: speakers and names."""
        self.labels = Labels(source_lang=self.source_lang, target_lang=self.target_lang)
        for pair in pairs:
            left, right = turns_of(pair.source), turns_of(pair.target)
            if len(left) == len(right):
                self.labels.learn((a.label, b.label) for a, b in zip(left, right, strict=True))
        self.memories = NamePartners.learn(
            [(pair.source, pair.target) for pair in pairs], (self.source_lang, self.target_lang)
        )

    def hits(self, pairs: Sequence[TextPair]) -> Iterator[list[Hit]]:
        """For each pair what is wrong with it."""
        nots = tuple(
            self.sums_of(word_table("negation_core").get(base(lang), ["not"]))
            for lang in (self.source_lang, self.target_lang)
        )
        for first in range(0, len(pairs), _BATCH):
            part = pairs[first : first + _BATCH]
            sums = (
                self.sums_of([pair.source for pair in part]),
                self.sums_of([pair.target for pair in part]),
            )
            for row, pair in enumerate(part):
                vectors = PairVectors(SideTokens(sums[0], row), SideTokens(sums[1], row))
                self.likeness.append(float(vectors.source.vector() @ vectors.target.vector()))
                self.neighbours.add(vectors.source.vector())
                yield self._one(pair, vectors, (nots[0], nots[1]))

    def _one(self, pair: TextPair, vectors: PairVectors, nots: tuple[Sums, Sums]) -> list[Hit]:
        if not pair.source.strip() or not pair.target.strip():
            return list(_one_side(pair))
        texts, langs = (pair.source, pair.target), (self.source_lang, self.target_lang)
        left_alone = list(check_untranslated(*texts, *langs))
        if any(hit.severity == "critical" for hit in left_alone):
            return with_partners(left_alone, vectors)
        hits = list(check_brackets(*texts, *langs, vectors.gain))
        inserted = _spans(hits)
        for hit in (hit for check in _PLAIN for hit in check(*texts, *langs)):
            alone = bool(hit.source) != bool(hit.target)
            if not (hit.code in FIGURES and alone and _inside(hit, inserted)):
                hits.append(hit)
        hits += left_alone
        hits += check_speaker(*texts, self.labels)
        order = list(check_order(*texts, self.sums_of))
        order += check_turn_count(*texts, self.sums_of)
        hits += order
        hits += _outside(lambda own: name_hits(own, langs, vectors, self.memories), texts, inserted)
        hits += _outside(
            lambda own: acronym_hits(own, langs, vectors, self.memories), texts, inserted
        )
        hits += _outside(lambda own: self._negation(own, langs, vectors, nots), texts, inserted)
        if not left_alone and not order:
            others = [hit for hit in hits if not _between_dashes(hit, texts)]
            hits = _clauses_first(hits, list(self._coverage(texts, langs, vectors, others)), texts)
        if self.also:
            hits += check_shifts(*texts, *langs, vectors.gain, self.also)
        return with_partners(hits, vectors)

    def _negation(
        self,
        texts: tuple[str, str],
        langs: tuple[str, str],
        vectors: PairVectors,
        nots: tuple[Sums, Sums],
    ) -> Iterator[Hit]:
        if not may_differ(*texts, langs):
            return
        values = negation_features(vectors, *texts, langs, nots)
        name, word = (
            ("negation-dropped", "dropped") if values["dropped"] else ("negation-added", "put in")
        )
        model = trained_model(name, NEGATION_FEATURES)
        score = model.score(values)
        if values["difference"] > 0 and model.passes(score, langs[0]):
            spans = negations(texts[0], langs[0]), negations(texts[1], langs[1])
            yield Hit(
                "negation",
                "critical",
                model.probability(score),
                f"a negation seems to have been {word}",
                spans[0],
                spans[1],
                f"{len(spans[0])} / {len(spans[1])} {word}",
            )

    def _coverage(
        self,
        texts: tuple[str, str],
        langs: tuple[str, str],
        vectors: PairVectors,
        others: Sequence[Hit],
    ) -> Iterator[Hit]:
        ratio = self.ratio
        if ratio is None:
            ratio = length_ratio(*map(base, langs))
        both = coverage_features(vectors, *texts, *langs, ratio)
        scored = []
        for name, one in zip(("omission", "addition"), both, strict=True):
            model = trained_model(name, COVERAGE_FEATURES)
            score = model.score(one.values)
            if model.passes(score, langs[0]):
                scored.append((score - model.limit(langs[0]), name, one, model.probability(score)))
            elif one.clause_gain > _CLAUSE:
                scored.append((0.0, name, one.as_clause(), _BY_ITSELF))
        for _, name, one, sure in sorted(scored, reverse=True, key=lambda row: row[0])[:1]:
            hit = _uncovered(name, one, sure, texts)
            side = 0 if name == "omission" else 1
            sides_of = (texts[side], one.start, one.end, langs[side])
            if is_inclusive(*sides_of, texts[1 - side], langs[1 - side]):
                hit = replace(hit, doubt=1.0)
            around = (hit.target if side else hit.source)[0]
            if not _known(hit, others) and not _inserted_there(side, around, others, vectors):
                sides = (vectors.source, vectors.target)
                whole = with_lone_words(one, sides[side], sides[1 - side], texts[side], langs[side])
                # the cause, by which a baseline knows the finding, stays that of the decision
                quoted = _uncovered(name, whole, sure, texts)
                yield replace(quoted, cause=hit.cause, doubt=hit.doubt)


def _spans(hits: Sequence[Hit]) -> tuple[Spans, Spans]:
    return (
        tuple(span for hit in hits for span in hit.source),
        tuple(span for hit in hits for span in hit.target),
    )


def _inserted_there(
    side: int, around: tuple[int, int], others: Sequence[Hit], vectors: PairVectors
) -> bool:
    """Whether code points hold an insertion that is told, and beside it nothing that the other side
    lacks.
    """
    start, end = around
    for hit in others:
        for a, b in (hit.source, hit.target)[side] if hit.code == "brackets" else ():
            if lies_in(((a, b),), (around,)):
                rest = [span for span in ((start, a), (b, end)) if span[1] - span[0] > 1]
                return all(vectors.gain(side == 1, span) <= _CLAUSE for span in rest)
    return False


def _inside(hit: Hit, inserted: tuple[Spans, Spans]) -> bool:
    """Whether some of the evidence of a hit lies in an insertion that one side alone has."""
    return any(
        lies_in((span,), around)
        for own, around in zip((hit.source, hit.target), inserted, strict=True)
        for span in own
    )


def _outside(
    make: Callable[[tuple[str, str]], Iterator[Hit]],
    texts: tuple[str, str],
    inserted: tuple[Spans, Spans],
) -> list[Hit]:
    """The hits of a check; where one has its evidence in an insertion, those of the texts without the
    insertions.
    """
    hits = list(make(texts))
    if any(inserted) and any(_inside(hit, inserted) for hit in hits):
        return list(make((blanked(texts[0], inserted[0]), blanked(texts[1], inserted[1]))))
    return hits


def _one_side(pair: TextPair) -> Iterator[Hit]:
    """A row of a table whose other cell is empty."""
    text = pair.source.strip() or pair.target.strip()
    if not text:
        return
    omitted = bool(pair.source.strip())
    code = "omitted-segment" if omitted else "added-segment"
    message = f"“{shortened(text)}” is not {'translated' if omitted else 'in the source'}"
    span = ((0, len(pair.source if omitted else pair.target)),)
    yield Hit(
        code, "major", 0.95, message, span if omitted else (), () if omitted else span, text[:80]
    )


def _uncovered(name: str, one: Uncovered, sure: float, texts: tuple[str, str]) -> Hit:
    text = texts[0] if name == "omission" else texts[1]
    piece = text[one.start : one.end]
    share = one.values["span_width"]
    span = ((one.start, one.end),)
    if name == "omission":
        return Hit(
            "omitted-clause",
            "major" if share > 0.3 else "minor",
            sure,
            f"the translation seems to leave out “{shortened(piece)}”",
            span,
            (),
            shortened(piece),
        )
    return Hit(
        "added-clause",
        "major" if share > 0.3 else "minor",
        sure,
        f"the translation seems to add “{shortened(piece)}”",
        (),
        span,
        shortened(piece),
    )


def _known(hit: Hit, others: Sequence[Hit]) -> bool:
    """Whether another check says already what the evidence of a coverage finding is."""
    for one in others:
        if one.severity == "note" and one.code != "brackets":
            continue
        if one.code not in ("question", "quotation") and _overlaps(hit, one):
            return True
    return False


def _overlaps(hit: Hit, other: Hit) -> bool:
    """Whether half of some evidence of the hit is the other's."""
    return any(
        sum(max(0, min(end, b) - max(start, a)) for a, b in theirs) >= 0.5 * (end - start)
        for mine, theirs in ((hit.source, other.source), (hit.target, other.target))
        for start, end in mine
    )


def _between_dashes(hit: Hit, texts: tuple[str, str]) -> bool:
    if hit.code != "brackets":
        return False
    return any(
        text[a] in "-—–"
        for text, spans in zip(texts, (hit.source, hit.target), strict=True)
        for a, _ in spans
    )


def _clauses_first(hits: list[Hit], clauses: list[Hit], texts: tuple[str, str]) -> list[Hit]:
    """The hits with those of coverage; what stands between dashes and is a clause that the other side
    lacks is told as one, surer than a pair of dashes by itself.
    """
    kept = [
        hit
        for hit in hits
        if not (_between_dashes(hit, texts) and any(_overlaps(one, hit) for one in clauses))
    ]
    return kept + clauses
