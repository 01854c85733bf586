"""Who speaks: turns of an interview, found alike in txt, md and html; never guessed.

Evidence that a paragraph is a turn, strongest first:

- a printed label: `P:` `R.` `Q:` `Respuesta.` `问：` from a known pair of which both are used in the document;
  `EL FARO:`, `Name:`, `Name —` where at least two different names open paragraphs; a name counts
  if it does so again, or stands next to one that does, or is in capitals or bold beside those, or is
  the whole name of one that does; a name in bold before plain speech, where two names open most paragraphs;
- a paragraph bold as a whole and asking (at least two such; then every bold paragraph is a turn), or
  italic as a whole, asking and answered plainly (at least three such);
- a dash at the start (at least two such paragraphs);
- a class that says question or answer (html).

`speaker` is set only from a printed label; a dash is a label that names nobody. A paragraph that is nothing but a bracketed remark is
`stage`, but only in a document with turns. A notice of the editor or translator is `note`.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from aligner.model import Span
from aligner.text.labels import (
    DASH,
    LABELLED_KINDS,
    TurnLabels,
    accepted_labels,
    asks,
    bold_questions,
    label_at,
    looks_like_label,
)
from aligner.text.rich import Draft

__all__ = [
    "asks",
    "cut_at",
    "find_turns",
    "is_notice",
    "looks_like_turn",
    "notice_by",
    "notices_in",
    "split_at_breaks",
    "translator_of",
]

_BRACKETED = re.compile(r"^(\[[^\[\]]*\]|\([^()]*\)|（[^（）]*）|【[^【】]*】)$")
_NOTICE = re.compile(
    r"^[\[(*_\s]*("
    r"nota (del|de la|de los|de) (editor|editora|editores|redacción|redactor|traductor|traductora)\b"
    r"|n\. ?(del|de la) ?[etr]\."
    r"|(editor|translator)(’s|'s|s’|s')? note\b|note (from|by) the (editor|translator)"
    r"|note de (la rédaction|l’éditeur|l'éditeur|la traductrice|l’éditrice)|note du traducteur"
    r"|ndlr\b|ndt\b|anm(erkung|\.)? (d(er|\.) red|des übersetzers)|nota (da redação|do editor)"
    r"|n\. ?d\. ?[etr]\.|n\. ?del? ?[etr]\.|anm\. ?d\. ?(ü|red|hg|hrsg)"
    r"|编者按|编者注|译者注|編者按|編集部注|ملاحظة (المحرر|المترجم)|от редакции|примечание редакции"
    r")",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|（[^（）]*）|【[^【】]*】")
_BY_TRANSLATOR = re.compile(
    r"tra[dn]|übersetz|译|譯|訳|المترجم|перевод|n\. ?(del|de la) ?t|ndt", re.IGNORECASE
)
_TRANSLATOR = re.compile(
    r"^[\[(—–\s]*(?:traducción(?: del? [^:]{2,20}?)?(?: de|:| por)|traducido (?:del? \w+ )?por"
    r"|translated (?:from (?:the )?[A-Z]\w+ )?by|translation(?: by|:)"
    r"|traduit (?:de l[’']\w+ |du \w+ )?par|traduction(?: de| :|:)|übersetz(?:t von|ung:|ung von)"
    r"|tradução(?: de|:)|traduzione di|译者[：:]|翻译[：:]|ترجمة[ :]|перевод(?:\s*:| с))\s*"
    r"(?P<who>[^\W\d_][^,;:|()\[\]]{2,60}?)[\s.\])]*$",
    re.IGNORECASE,
)
_FROM_LANGUAGE = re.compile(
    r"^(?:l[’']|del |du |from |the )?(?:español|inglés|francés|english|spanish|french|anglais"
    r"|espagnol|français)\b",
    re.IGNORECASE,
)
_SLANTED = 3  # italics are used for other things too
_MAX_STAGE = 60


def is_notice(text: str) -> bool:
    """True for a notice of the editor or the translator in the middle of a text."""
    return _NOTICE.match(text) is not None


def notice_by(text: str) -> str:
    """Who says a notice, translator or editor; "" for what is none."""
    opening = _NOTICE.match(text)
    if opening is None:
        return ""
    return "translator" if _BY_TRANSLATOR.search(opening[0]) else "editor"


def notices_in(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, who) of the notices in brackets inside a text: `[Translator's note: ...]`."""
    for bracket in _BRACKETS.finditer(text):
        who = notice_by(bracket[0])
        if who:
            yield bracket.start(), bracket.end(), who


def translator_of(text: str) -> str:
    """The name in "Translated by NAME", "Traducción de NAME" and the like, or ""."""
    match = _TRANSLATOR.match(text) if len(text) <= 2 * _MAX_STAGE else None
    if match is None or _FROM_LANGUAGE.match(match["who"]):
        return ""
    who = match["who"].strip()
    return who if who[:1].isupper() or not who[:1].islower() else ""


def looks_like_turn(text: str) -> bool:
    """True where a line opens as a turn may: a label or a dash. Not yet evidence."""
    return DASH.match(text) is not None or looks_like_label(text)


def split_at_breaks(draft: Draft) -> Iterator[Draft]:
    """A paragraph whose line breaks part question from answer, as one paragraph a turn.

    A break parts where the line before it is bold as a whole (and the paragraph is not), or where
    both lines around it open with a label or a dash.
    """
    cuts = sorted({span.start for span in draft.spans if span.kind == "break"})
    if not cuts or draft.kind not in ("para", "turn"):
        yield draft
        return
    lines = list(cut_at(draft, cuts))
    bold = [line.covered("bold") for line in lines]
    opens = [looks_like_turn(line.text) for line in lines]
    chosen = [0]
    for number in range(1, len(lines)):
        after = len(chosen) > 1
        if bold[number - 1] != bold[number] or (opens[number] and (opens[number - 1] or after)):
            chosen.append(number)
    if len(chosen) == 1:
        yield draft
    else:
        yield from cut_at(draft, [cuts[number - 1] for number in chosen[1:]])


def cut_at(draft: Draft, cuts: list[int]) -> Iterator[Draft]:
    """The parts of a paragraph between `cuts`, in one walk over its spans."""
    waiting = deque(sorted(draft.spans, key=lambda span: span.start))
    around: list[Span] = []  # spans that began before this part and may reach into it
    for start, end in zip([0, *cuts], [*cuts, len(draft.text)], strict=True):
        while waiting and waiting[0].start <= end:
            around.append(waiting.popleft())
        yield _part(draft, start, end, around)
        around = [span for span in around if span.end >= end]


def _part(draft: Draft, start: int, end: int, around: list[Span]) -> Draft:
    text = draft.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    end = start + len(text)
    spans = tuple(
        Span(max(s.start, start) - start, min(s.end, end) - start, s.kind, s.value)
        for s in around
        if (s.start < end and s.end > start)
        or (s.start == s.end and (start < s.start < end or (s.kind == "note" and s.start == end)))
    )
    return replace(draft, text=text, spans=spans)


def find_turns(drafts: list[Draft]) -> list[Draft]:
    """The same paragraphs in order, with kinds turn, stage and note and with speakers found.

    Texts and spans stay as they are; `label` gives the printed label inside the text.
    """
    accepted = accepted_labels(drafts)
    dashes = sum(1 for draft in drafts if draft.kind == "para" and DASH.match(draft.text)) >= 2
    questions = bold_questions(drafts)
    slanted = {id(draft) for draft in _italic_questions(drafts)}
    result = [
        _as_turn(draft, accepted, dashes=dashes, bold=questions or id(draft) in slanted)
        for draft in drafts
    ]
    if any(draft.kind == "turn" for draft in result):
        result = [_as_stage(draft) for draft in result]
    return result


def _as_turn(draft: Draft, accepted: TurnLabels, *, dashes: bool, bold: bool) -> Draft:
    if draft.kind in ("para", "quote", "box", "heading") and is_notice(draft.text):
        return replace(draft, kind="note", level=0)
    if draft.kind not in LABELLED_KINDS:
        return draft
    label = label_at(draft, accepted)
    if label is not None:
        name, end = label
        # a label alone in its paragraph is all the text there is: it stays a segment
        place = (0, end) if end < len(draft.text) else None
        return replace(draft, kind="turn", speaker=name, label=place, level=0)
    if draft.kind != "para":
        return draft
    dash = DASH.match(draft.text) if dashes else None
    if dash:
        return replace(draft, kind="turn", label=(0, dash.end()))
    apart = bold and (draft.covered("bold") or (draft.covered("italic") and asks(draft.text)))
    return replace(draft, kind="turn") if apart or draft.hint else draft


def _as_stage(draft: Draft) -> Draft:
    text = draft.text
    bracketed = len(text) <= _MAX_STAGE and _BRACKETED.match(text) is not None
    if draft.kind == "para" and bracketed and any(c.isalpha() for c in text):
        return replace(draft, kind="stage")
    return draft


def _italic_questions(drafts: list[Draft]) -> list[Draft]:
    """Paragraphs that are italic as a whole, ask and are followed by a plain one; [] for few."""
    made = [
        draft
        for draft, after in pairwise(drafts)
        if draft.kind == after.kind == "para"
        and draft.covered("italic")
        and asks(draft.text)
        and not after.covered("italic")
    ]
    return made if len(made) >= _SLANTED else []
