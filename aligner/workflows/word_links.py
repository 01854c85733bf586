"""Word links of an alignment, on demand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aligner.model import Alignment, Segment, UsageError, WordLink

if TYPE_CHECKING:
    from aligner.corpus.wordlinks import WordPair
    from aligner.documents.filling import Link

__all__ = ["link_texts", "with_word_links", "word_linker"]

_BEADS = 64  # beads a pass of the encoder
Span = tuple[int, int]


def with_word_links(
    alignment: Alignment,
    encoder: str = "auto",
    progress: Callable[[int, int], None] | None = None,
) -> Alignment:
    """The same alignment with `words`: links inside every bead that has both sides.

    Words are those of `text.words`, punctuation included. Raises UsageError for an encoder
    without vectors of tokens.
    """
    from aligner.corpus.wordlinks import chance_right
    from aligner.text.words import tokens

    pairs = [(source, target) for bead, source, target in alignment.pairs() if not bead.is_null]
    links: list[WordLink] = []
    name = _chosen(encoder, (alignment.source.lang, alignment.target.lang))
    for start in range(0, len(pairs), _BEADS):
        part = pairs[start : start + _BEADS]
        sides = [[_laid(pair[side], tokens) for pair in part] for side in (0, 1)]
        linked = link_texts(
            name,
            [[text for text, _, _ in side] for side in sides],
            [[spans for _, spans, _ in side] for side in sides],
        )
        for number, bead in enumerate(linked):
            places = [sides[side][number][2] for side in (0, 1)]
            links += [
                WordLink(places[0][i], places[1][j], round(cosine, 3), chance_right(name, share))
                for i, j, cosine, share in bead
            ]
        if progress:
            progress(min(start + _BEADS, len(pairs)), len(pairs))
    return replace(alignment, words=tuple(links))


def link_texts(
    encoder: str, texts: Sequence[Sequence[str]], words: Sequence[Sequence[Sequence[Span]]]
) -> list[list[WordPair]]:
    """Links of parallel texts: `texts[0][k]` with `texts[1][k]`; `words[side][k]` are the spans of
    their words. A list of links for each pair.
    """
    from aligner.corpus.wordlinks import link_words, pooled
    from aligner.engine import embedding

    model: Any = embedding.load_encoder(encoder)
    if not hasattr(model, "tokens"):
        raise UsageError(
            f"the encoder {encoder!r} has no vectors of words", hint="use --encoder embedded or e5"
        )
    sides = [
        [
            pooled(spans, made.spans, made.vectors)
            for spans, made in zip(words[side], model.tokens(texts[side]), strict=True)
        ]
        for side in (0, 1)
    ]
    return [link_words(source, target) for source, target in zip(*sides, strict=True)]


def word_linker(langs: tuple[str, str]) -> Link:
    """Links of the words of one text and its translation, by the encoder for these languages, which
    is loaded when the first text comes. Texts that come again are linked once.
    """
    known: dict[tuple[str, str], list[tuple[Span, Span]]] = {}
    chosen: list[str] = []

    def link(source: str, target: str) -> list[tuple[Span, Span]]:
        from aligner.text.words import tokens

        if (source, target) not in known:
            if not chosen:
                chosen.append(_chosen("auto", langs))
            spans = [[[(t.start, t.end) for t in tokens(text)]] for text in (source, target)]
            (links,) = link_texts(chosen[0], [[source], [target]], spans)
            known[source, target] = [(spans[0][0][i], spans[1][0][j]) for i, j, *_ in links]
        return known[source, target]

    return link


def _chosen(encoder: str, langs: tuple[str, str]) -> str:
    from aligner.engine import embedding

    return embedding.choose(encoder, langs)[0]


def _laid(
    segments: Sequence[Segment], tokens: Callable[[str], Any]
) -> tuple[str, list[Span], list[tuple[int, int, int]]]:
    """One side of a bead as a text, the spans of its words there, and their places in segments."""
    text, spans, places = "", [], []
    for segment in segments:
        offset = len(text) + 1 if text else 0
        text = f"{text} {segment.text}" if text else segment.text
        for token in tokens(segment.text):
            spans.append((token.start + offset, token.end + offset))
            places.append((segment.index, token.start, token.end))
    return text, spans, places
