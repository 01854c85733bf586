"""TEI P5 (.xml, .tei): the texts of a file as a document.

A file may hold several texts (`teiCorpus`, `group`): those in one language are read as one document,
part by part; `options.side` picks a language, a text by its number or id, or source and target.
`head`, `p`, `l`, `item`, `cell`, `quote`, `note`, `sp`, `u`, `stage`, captions of figures keep their
kinds; each `seg` of an utterance is a paragraph; notes in running text come last with an anchor. Of
`choice` the regular, of `app` the lemma is text; deletions, other readings, descriptions of events
and images, examples of markup, the header and the texts that are not chosen are listed in
`Document.dropped`.

A wrong or missing namespace is told, and the text is read all the same. The links between texts are
read by `read_alignment`.
"""

from __future__ import annotations

from aligner.files.xml import root_of
from aligner.formats.tei.read_texts import (
    ROOTS,
    beside,
    body_of,
    choose,
    metadata_of,
    namespace_notice,
    root_element,
    segmented,
    texts_in,
    unmarked,
    without_marks,
)
from aligner.model import Declined, Document, ReadOptions, Source
from aligner.text.drafts import DEFAULTS, make_document, suffix_of

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".tei", ".teip5")


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """The text of `source` as a document; under `segmented` its `s` are the segments.

    Raises Declined for what is no TEI, Malformed for broken XML, UsageError for a side that is
    not in it, ReadError for one without text.
    """
    root = root_of(source.data)
    if root not in ROOTS and (root or suffix_of(source.name) not in SUFFIXES):
        raise Declined(f"the root element is {f'<{root}>' if root else 'missing'}, not <TEI>")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    root = root_element(source, options)
    texts, told = choose(root, texts_in(root, source.name), options.side, source.name)
    notices = [*namespace_notice(root, source.name), *told]
    if options.segmented:
        document = segmented(source, texts, notices)[0]
        if not document.segments:
            raise unmarked(source)
        return document
    body = body_of(texts)
    known = metadata_of(texts[0].header)
    title = known.pop("title", ("",))[0]
    if any(draft.kind == "title" for draft in body.drafts):
        title = ""
    elif len(texts) > 1:
        title = metadata_of(root.find("{*}teiHeader")).get("title", (title,))[0]
    return make_document(
        source,
        [without_marks(draft) for draft in body.all()],
        title=title,
        lang=texts[0].lang,
        metadata=known,
        dropped=(*body.dropped, *beside(root, texts)),
        notices=notices,
    )
