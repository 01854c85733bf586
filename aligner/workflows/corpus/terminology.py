"""Corpora -> candidates of terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.files.output_places import check_places, not_stdout
from aligner.model import AlignerError, Unit, UsageError
from aligner.workflows.corpus.units import corpus_units
from aligner.workflows.word_links import link_texts

if TYPE_CHECKING:
    from aligner.corpus.terms import Candidate, LinkedUnit

__all__ = ["extract_terms", "terms_of"]

_PASS = 64  # units a pass of the encoder


def extract_terms(
    units: Iterable[Unit], encoder: str = "auto", least: int = 3, limit: int = 500
) -> tuple[list[Candidate], tuple[str, str]]:
    """Candidates of the units that have both sides, and the pair of languages.

    Raises UsageError where units are of several pairs, or of none.
    """
    from aligner.corpus.terms import extract_candidates
    from aligner.engine import embedding

    stream = (unit for unit in units if not unit.is_null)
    first = next(stream, None)
    if first is None:
        raise UsageError("there is no unit with both sides")
    langs = (first.source_lang, first.target_lang)
    chosen, _ = embedding.choose(encoder, langs)
    general = embedding.unigram_model()
    made = extract_candidates(
        _linked(first, stream, langs, chosen),
        (general, general),
        least,
        limit,
    )
    return made, langs


def terms_of(
    corpora: Sequence[Path],
    outputs: Sequence[Path] = (),
    to: str | None = None,
    encoder: str = "auto",
    least: int = 3,
    limit: int = 500,
    refused: Callable[[AlignerError], None] | None = None,
) -> list[Candidate]:
    """Candidates of corpora, written to glossaries, their format by `to` or their suffixes. Raises as
    `extract_terms`, UsageError for an output, ExportError.
    """
    from aligner.corpus.terms import glossary_entries
    from aligner.formats.glossaries import glossary_format, write_glossary

    check_places(outputs, corpora)
    formats = []
    for path in outputs:
        not_stdout(path, "terms in a file's format")
        formats.append(glossary_format(path, to))
    if to and not outputs:
        raise UsageError(
            "--to names the format of an output, and none is named", hint="give -o FILE"
        )
    candidates, langs = extract_terms(corpus_units(corpora, refused), encoder, least, limit)
    title = ", ".join(corpus.name for corpus in corpora)
    for path, name in zip(outputs, formats, strict=True):
        write_glossary(glossary_entries(candidates), path, name, langs, title)
    return candidates


def _linked(
    first: Unit, stream: Iterator[Unit], langs: tuple[str, str], encoder: str
) -> Iterator[LinkedUnit]:
    from aligner.corpus.terms import LinkedUnit
    from aligner.text.words import tokens

    batch = [first, *islice(stream, _PASS - 1)]
    while batch:
        for unit in batch:
            if (unit.source_lang, unit.target_lang) != langs:
                raise UsageError(
                    f"units of {unit.source_lang}-{unit.target_lang} among {'-'.join(langs)}",
                    hint="extract the terms of each pair of languages by itself",
                )
        texts = [[unit.source for unit in batch], [unit.target for unit in batch]]
        spans = [[[(t.start, t.end) for t in tokens(text)] for text in side] for side in texts]
        for k, links in enumerate(link_texts(encoder, texts, spans)):
            words = [
                tuple(texts[side][k][start:end] for start, end in spans[side][k]) for side in (0, 1)
            ]
            yield LinkedUnit(
                words[0],
                words[1],
                tuple((i, j) for i, j, *_ in links),
                (texts[0][k], texts[1][k]),
                batch[k].document,
            )
        batch = list(islice(stream, _PASS))
