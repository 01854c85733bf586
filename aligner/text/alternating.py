"""An interview whose page marks nobody: questions and answers by turns, where it is known who asks and
who answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from aligner.model import Document, Paragraph
from aligner.text.labels import asks
from aligner.text.speakers import ANSWERER, ASKER

__all__ = ["with_alternating_turns"]

_QUESTIONS = 3  # fewer show nothing


def with_alternating_turns(documents: Sequence[Document]) -> list[Document]:
    """The documents (of one source) with turns where paragraphs are questions and answers by turns, all of
    them; as they are where the metadata do not name one person who asks and one who answers.
    """
    for role in (ASKER, ANSWERER):
        names = {name for one in documents for name in one.metadata.get(role, ()) if name != role}
        if len(names) != 1:
            return list(documents)
    return [_with_turns(document) for document in documents]


def _with_turns(document: Document) -> Document:
    """Every question is one paragraph, and one paragraph answers it; nothing but headings stands between
    two pairs. The answer to the last question ends it: what follows may be anybody's.
    """
    pairs = [
        (question, answer)
        for question, answer in pairwise(document.paragraphs)
        if question.kind == answer.kind == "para" and _is_question(question)
    ]
    questions = [p for p in document.paragraphs if p.kind in ("para", "item") and _is_question(p)]
    if len(pairs) < _QUESTIONS or [question for question, _ in pairs] != questions:
        return document
    turns = {one.index for pair in pairs for one in pair}
    first, last = pairs[0][0].index, pairs[-1][1].index
    between = document.paragraphs[first : last + 1]
    if len(turns) < 2 * len(pairs) or any(
        p.index not in turns and p.kind not in ("heading", "caption", "note") for p in between
    ):
        return document
    return replace(
        document,
        paragraphs=tuple(
            replace(p, kind="turn") if p.index in turns else p for p in document.paragraphs
        ),
    )


def _is_question(paragraph: Paragraph) -> bool:
    return asks(paragraph.text)
