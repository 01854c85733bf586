"""Parallel text in the shape of CoNLL-U (Universal Dependencies)."""

from __future__ import annotations

from aligner.formats.base import Format, Writer

__all__ = ["CONLLU"]


def _write() -> Writer:
    from aligner.formats.conllu.write import write

    return write


CONLLU = Format(
    name="conllu",
    title="tokens in the shape of CoNLL-U",
    suffixes=(".conllu",),
    holds=frozenset(
        ["texts", "segments", "languages", "nulls", "confidences", "kinds", "speakers"]
    ),
    write=_write,
)
