"""All checks that need nothing but one pair of texts and what the whole file taught.

`Checker` learns from all pairs of a file or article (labels of speakers, names that go together),
then `hits` yields what is wrong with one of them. Vectors come batch by batch, so that a file of
any length fits in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from aligner.checks.common import (
    Hit,
    PairVectors,
    SideTokens,
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
    check_dashes,
    check_links,
    check_question,
    check_quotation,
)
from aligner.checks.names import (
    ACRONYM_FEATURES,
    CAPITAL_NOUNS,
    NAME_FEATURES,
    ORDINARY,
    NamePartners,
    Support,
    acronym_features,
    acronyms_of,
    capitalised_words,
    how_ordinary,
    may_be_wrong,
    name_features,
    whole_name,
)
from aligner.checks.negation import (
    NEGATION_FEATURES,
    may_differ,
    negation_features,
    negations,
)
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
        hits = [hit for check in _PLAIN for hit in check(*texts, *langs)]
        hits += check_brackets(*texts, *langs, vectors.gain)
        hits += left_alone
        hits += check_speaker(*texts, self.labels)
        order = list(check_order(*texts, self.sums_of))
        order += check_turn_count(*texts, self.sums_of)
        hits += order
        hits += self._names(texts, langs, vectors)
        hits += self._acronyms(texts, langs, vectors)
        hits += self._negation(texts, langs, vectors, nots)
        if not left_alone and not order:
            hits += self._coverage(texts, langs, vectors, hits)
            dashes = check_dashes(*texts, vectors.gain)
            hits += [hit for hit in dashes if not _known(hit, hits)]
        if self.also:
            hits += check_shifts(*texts, *langs, vectors.gain, self.also)
        return with_partners(hits, vectors)

    def _names(
        self, texts: tuple[str, str], langs: tuple[str, str], vectors: PairVectors
    ) -> Iterator[Hit]:
        if not may_be_wrong(*texts, langs, self.memories[0]):
            return
        values, b, a = name_features(*texts, langs, (vectors.source, vectors.target), self.memories)
        model = trained_model("name", NAME_FEATURES)
        score = model.score(values)
        if b is None or not model.passes(score, langs[0]) or (a is None and _spelled_out(b, texts)):
            return
        common = self.memories[1].ordinary if a is not None else self.memories[0].ordinary
        # a common word with a capital: a title, a heading, the begin of a quotation; "Project Manager" and
        # "Directora Técnica". In tables of pairs such words are names often enough
        plain = (a or b).name.key in common or (
            values["t_all_ordinary"] > ORDINARY
            and (not values["s_lost"] or values["s_all_ordinary"] > ORDINARY)
        )
        there = whole_name(texts[1], b.name, langs[1])
        # a name of the source that the translation has too became nothing else
        here = whole_name(texts[0], a.name, langs[0]) if a and a.is_suspect else None
        shown = f"“{texts[1][slice(*there)]}” has no counterpart in the source"
        if here is not None:
            shown = f"“{texts[0][slice(*here)]}” seems to have become “{texts[1][slice(*there)]}”"
        nouns = base(langs[1]) in CAPITAL_NOUNS
        yield Hit(
            "name",
            "note" if nouns else "major",
            model.probability(score),
            shown,
            (here,) if here else (),
            (there,),
            f"{a.name.key if a else ''} / {b.name.key}",
            1.0 if plain else how_ordinary(capitalised_words(texts[1], b.name, langs[1]), langs[1]),
        )

    def _acronyms(
        self, texts: tuple[str, str], langs: tuple[str, str], vectors: PairVectors
    ) -> Iterator[Hit]:
        if not acronyms_of(texts[1], langs[1]):
            return
        values, b, a = acronym_features(
            *texts, langs, (vectors.source, vectors.target), self.memories
        )
        model = trained_model("acronym", ACRONYM_FEATURES)
        score = model.score(values)
        if b is None or not model.passes(score, langs[0]):
            return
        written = texts[1][b.acronym.start : b.acronym.end]
        shown = f"“{written}” stands for nothing in the source"
        if a is not None and a.best < 1:
            other = texts[0][a.acronym.start : a.acronym.end]
            shown = f"“{other}” seems to have become “{written}”"
        yield Hit(
            "acronym",
            "major",
            model.probability(score),
            shown,
            ((a.acronym.start, a.acronym.end),) if a else (),
            ((b.acronym.start, b.acronym.end),),
            f"{a.acronym.letters if a else ''} / {b.acronym.letters}",
            0.0 if a else 1.0,  # a name said in full there may be an acronym here
        )

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
            if not _known(hit, others):
                sides = (vectors.source, vectors.target)
                whole = with_lone_words(one, sides[side], sides[1 - side], texts[side], langs[side])
                # the cause, by which a baseline knows the finding, stays that of the decision
                quoted = _uncovered(name, whole, sure, texts)
                yield replace(quoted, cause=hit.cause, doubt=hit.doubt)


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


def _spelled_out(b: Support, texts: tuple[str, str]) -> bool:
    """An acronym given in full: "FGR" and "the Attorney General's Office"."""
    if not re.search(r"\b[A-Z\u0410-\u042f]{3,}\b", texts[0]):
        return False
    near = texts[1][max(0, b.name.start - 25) : b.name.end + 25]
    return len(re.findall(r"\b[^\W\d_a-z]\w{2,}", near)) >= 2


def _known(hit: Hit, others: Sequence[Hit]) -> bool:
    """Whether another check says already what the evidence of a coverage finding is."""
    for one in others:
        if one.severity == "note":
            continue
        for mine, theirs in ((hit.source, one.source), (hit.target, one.target)):
            for start, end in mine:
                inside = sum(max(0, min(end, b) - max(start, a)) for a, b in theirs)
                if one.code not in ("question", "quotation") and inside >= 0.5 * (end - start):
                    return True
    return False
