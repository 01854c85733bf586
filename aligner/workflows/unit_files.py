"""Any file that holds units, opened the same way for corpora, memories and converting.

A format that is read unit by unit (`Format.stream`) is, whatever the size of the file and whether it
is packed (.gz); of the others the alignment is read that the file holds, or that it links (Moses
text, XCES, InterText: texts beside it), and gives its units.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from aligner.files.opening import open_stream
from aligner.formats import FORMATS
from aligner.formats.common.to_units import stream_of
from aligner.model import Declined, ReadOptions, Source, UnitStream, UsageError, as_set
from aligner.registry import imported
from aligner.text.decoding import is_zip
from aligner.workflows.alignment_files import named_format, open_alignment
from aligner.workflows.sniffing import likeliest

__all__ = ["open_units", "unit_format"]

_HEAD = 1 << 16


@contextlib.contextmanager
def open_units(
    name: str,
    from_format: str | None = None,
    options: ReadOptions | None = None,
    langs: Sequence[str] = (),
) -> Iterator[UnitStream]:
    """The units in the file `name`, which is open inside the block; `from_format` overrules its
    suffix and its first bytes. `langs`: the languages of Moses text, source first; other files say
    theirs.

    Raises UnknownFormat or UsageError for a file or a format that nobody reads; ReadError and
    Malformed, while units are taken too, for what cannot be read.
    """
    options = options or ReadOptions()
    form = from_format or unit_format(name)
    known = FORMATS.get(form)
    if known is None or known.stream is None:
        named = langs if form == "moses" else ()
        yield _of_alignment(name, from_format, options, named)
        return
    reader = imported(known.stream, f"input format {form!r}", known.extra)
    with open_stream(name, again=True) as file:
        try:
            stream = reader(file, name, options)
        except Declined as reason:
            if from_format is not None:
                raise UsageError(
                    f"the {form} reader does not take this file: {reason.message}", context=name
                ) from None
            stream = _of_alignment(name, None, options)
        yield stream


def unit_format(name: str) -> str:
    """The format that a file most likely is, by its first bytes and its name. Raises ReadError where
    it cannot be opened.
    """
    if named := named_format(name):
        return named
    with open_stream(name) as file:
        head = file.peek(_HEAD)[:_HEAD]
        # what a package is, its end says
        return likeliest(Source(name, file.read() if is_zip(head) else file.read(_HEAD)))


def _of_alignment(
    name: str, form: str | None, options: ReadOptions, langs: Sequence[str] = ()
) -> UnitStream:
    alignment = open_alignment(name, langs=langs, from_format=form, read_options=options)
    documents = as_set(alignment).documents
    dropped = Counter(part.reason for part in dict.fromkeys(chain(*(d.dropped for d in documents))))
    stream = stream_of(alignment)
    # of Moses text and links this is that of all files; it costs nothing for the rest
    digest = hashlib.sha256("".join(document.digest for document in documents).encode()).hexdigest()
    return UnitStream(stream, stream.header, dropped, digest)
