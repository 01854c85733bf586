"""Plain text in parallel, as Moses and most trainers take it: `prefix.es` and `prefix.en`, line n
of one is the translation of line n of the other.

Units that a language lacks are left out, or under `nulls="keep"` written as an empty line there.
`options.tokenize` writes tokens as sacremoses makes them (Moses' tokenizer with its escapes) in
place of the text as printed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from aligner.files import Sink
from aligner.formats.common.ids import prefixes
from aligner.formats.options import WriteOptions
from aligner.model import Alignment, AlignmentSet, as_set, rows_of
from aligner.text.output import bcp47, joined, one_line
from aligner.text.wording import numbered

__all__ = ["left_out", "write"]


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write a file a language. Raises ExportError where the sink holds one file only."""
    alignments = as_set(alignment)
    documents = alignments.documents
    shape = [_shaper(document.lang, options) for document in documents]
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(sink.open(f".{name}")) for name in prefixes(documents)]
        for unit in rows_of(alignments):
            texts = [
                one_line(joined(document, side)) if side else ""
                for document, side in zip(documents, unit.sides, strict=True)
            ]
            if all(texts) or (options.nulls == "keep" and any(texts)):
                for out, text, shaped in zip(files, texts, shape, strict=True):
                    out.write(f"{shaped(text)}\n".encode("utf-8", "backslashreplace"))


def left_out(alignment: Alignment | AlignmentSet, options: WriteOptions) -> Iterator[str]:
    """Units that a language lacks, where they are left out."""
    if options.nulls == "keep":
        return
    lost = sum(1 for unit in rows_of(as_set(alignment)) if not all(unit.sides))
    if lost:
        yield numbered(
            lost,
            "unit that a language lacks (--nulls keep writes an empty line)",
            "units that a language lacks (--nulls keep writes empty lines)",
        )


def _shaper(lang: str, options: WriteOptions) -> Callable[[str], str]:
    if not options.tokenize:
        return str
    from sacremoses import MosesTokenizer

    tokenizer = MosesTokenizer(lang=bcp47(lang).partition("-")[0])
    return lambda text: str(tokenizer.tokenize(text, return_str=True)) if text else ""
