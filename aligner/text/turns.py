"""Who speaks: turns of an interview, found alike in txt, md and html; never guessed.

Evidence that a paragraph is a turn, strongest first:

- a printed label: `P:` `R.` `Q:` `Respuesta.` `问：` from a known pair of which both are used in the document;
  `EL FARO:`, `Name:`, `Name —` where at least two different names open paragraphs; a name counts
  if it does so again, or stands next to one that does, or is in capitals or bold beside those;
- a paragraph bold as a whole and asking (at least two such; then every bold paragraph is a turn), or
  italic as a whole, asking and answered plainly (at least three such);
- a dash at the start (at least two such paragraphs);
- a class that says question or answer (html).

`speaker` is set only from a printed label; a dash is a label that names nobody. A paragraph that is nothing but a bracketed remark is
`stage`, but only in a document with turns. A notice of the editor or translator is `note`.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from aligner.model import Span
from aligner.text.rich import CJK, Draft
from aligner.text.speakers import QUESTION_AND_ANSWER, WORDED_LABELS

__all__ = [
    "asks",
    "cut_at",
    "find_turns",
    "is_notice",
    "looks_like_turn",
    "split_at_breaks",
    "translator_of",
]

_SHORT = re.compile(r"(?P<name>[PRQAFDVВОЕА问答問سج])(?P<sep>\s?[:：]|\.\s?[-–—]|\.|\s[-–—])\s?")
_WORDED = re.compile(
    rf"(?P<name>{'|'.join(dict.fromkeys(word for pair in WORDED_LABELS for word in pair))})"
    r"(?P<sep>\s?[:：]|\.\s?[-–—]|\.|\s[-–—])\s?(?=\S)",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_][\w'’.·-]*"
_PARTICLE = r"(?:de|del|de la|da|do|dos|la|van|von|der|den|di|le|du|bin|ibn|al|el|y|e)"
_NAME = re.compile(
    rf"(?P<name>{_WORD}(?:\s(?:{_PARTICLE}\s)?{_WORD}){{0,4}}|(?:[{CJK}](?<=\w)|·){{1,12}}?)"
    r"(?P<sep>\s?[:：]|\s[—–]|\.\s?[—–])\s?(?=\S)"
)
# what a colon quotes is told, and nobody's turn: 子曰：“...”, 他说：「...」
_TOLD = re.compile(rf"[{CJK}·]+\s?[:：]\s?[“「『\"《〈]")
_DASH = re.compile(r"[—–―]\s?(?=\S)|-(?=[^\W\d_]|[¿¡«“\"])")
_NOT_NAMES = frozenset(
    [
        "nota",
        "note",
        "notas",
        "notes",
        "fuente",
        "source",
        "fuentes",
        "sources",
        "quelle",
        "foto",
        "fotos",
        "photo",
        "photos",
        "crédito",
        "credit",
        "importante",
        "important",
        "atención",
        "warning",
        "attention",
        "resumen",
        "summary",
        "ejemplo",
        "example",
        "exemple",
        "por",
        "by",
        "par",
        "texto",
        "text",
        "traducción",
        "translation",
        "traduction",
        "pd",
        "ps",
        "p.d",
        "p.s",
    ]
)
_BRACKETED = re.compile(r"^(\[[^\[\]]*\]|\([^()]*\)|（[^（）]*）|【[^【】]*】)$")
_NOTICE = re.compile(
    r"^[\[(*_\s]*("
    r"nota (del|de la|de) (editor|editora|editores|redacción|redactor|traductor|traductora)\b"
    r"|n\. ?(del|de la) ?[etr]\."
    r"|(editor|translator)(’s|'s|s’|s')? note\b|note (from|by) the (editor|translator)"
    r"|note de (la rédaction|l’éditeur|l'éditeur|la traductrice|l’éditrice)|note du traducteur"
    r"|ndlr\b|ndt\b|anm(erkung|\.)? (d(er|\.) red|des übersetzers)|nota (da redação|do editor)"
    r"|编者按|编者注|译者注|編者按|編集部注|ملاحظة (المحرر|المترجم)|от редакции|примечание редакции"
    r")",
    re.IGNORECASE,
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
_END_QUOTES = "\"'”’»)] *_"
_ASKS = ("?", "？", "؟")
_LABELLED_KINDS = ("para", "turn", "item", "heading")
_MAX_NAME = 40
_RARE = 0.01  # share of paragraphs with labels that shows no dialogue
_SLANTED = 3  # italics are used for other things too
_MAX_STAGE = 60


def asks(text: str) -> bool:
    """True where the text ends with a question mark (also Arabic, full-width)."""
    return text.rstrip(_END_QUOTES).endswith(_ASKS)


def is_notice(text: str) -> bool:
    """True for a notice of the editor or the translator in the middle of a text."""
    return _NOTICE.match(text) is not None


def translator_of(text: str) -> str:
    """The name in "Translated by NAME", "Traducción de NAME" and the like, or ""."""
    match = _TRANSLATOR.match(text) if len(text) <= 2 * _MAX_STAGE else None
    if match is None or _FROM_LANGUAGE.match(match["who"]):
        return ""
    who = match["who"].strip()
    return who if who[:1].isupper() or not who[:1].islower() else ""


def looks_like_turn(text: str) -> bool:
    """True where a line opens as a turn may: a label or a dash. Not yet evidence."""
    return (
        any(pattern.match(text) for pattern in (_SHORT, _WORDED, _DASH))
        or _name_at(text) is not None
    )


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
    accepted = _accepted_labels(drafts)
    dashes = sum(1 for draft in drafts if draft.kind == "para" and _DASH.match(draft.text)) >= 2
    questions = _bold_questions(drafts)
    slanted = {id(draft) for draft in _italic_questions(drafts)}
    result = [
        _as_turn(draft, accepted, dashes=dashes, bold=questions or id(draft) in slanted)
        for draft in drafts
    ]
    if any(draft.kind == "turn" for draft in result):
        result = [_as_stage(draft) for draft in result]
    return result


def _as_turn(draft: Draft, accepted: frozenset[str], *, dashes: bool, bold: bool) -> Draft:
    if draft.kind in ("para", "quote", "box", "heading") and is_notice(draft.text):
        return replace(draft, kind="note", level=0)
    if draft.kind not in _LABELLED_KINDS:
        return draft
    label = _label_at(draft.text, accepted)
    if label is not None:
        name, end = label
        # a label alone in its paragraph is all the text there is: it stays a segment
        place = (0, end) if end < len(draft.text) else None
        return replace(draft, kind="turn", speaker=name, label=place, level=0)
    if draft.kind != "para":
        return draft
    dash = _DASH.match(draft.text) if dashes else None
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


def _label_at(text: str, accepted: frozenset[str]) -> tuple[str, int] | None:
    """(speaker as printed, end of the label in the text) where an accepted label opens it."""
    short = _SHORT.match(text)
    if short and _short_key(short) in accepted:
        return short["name"], short.end("sep")
    worded = _WORDED.match(text)
    if worded and worded["name"].casefold() in accepted:
        return worded["name"], worded.end("sep")
    named = _name_at(text)
    if named and named[0] in accepted:
        return named
    return None


def _short_key(match: re.Match[str]) -> str:
    return f"{match['name']}{match['sep'].strip()}"


def _name_at(text: str) -> tuple[str, int] | None:
    match = _NAME.match(text, 0, 2 * _MAX_NAME)
    if match is None or len(match["name"]) > _MAX_NAME or _TOLD.match(text):
        return None
    name = match["name"]
    words = [word for word in name.split() if not re.fullmatch(_PARTICLE, word)]
    if not words or any(word[0].islower() for word in words):
        return None
    if name.lower() in _NOT_NAMES or words[0].lower() in _NOT_NAMES or text[match.end() :] == "":
        return None
    if match["sep"].strip() in (":", "：") and text[match.end("sep") :].startswith("//"):
        return None
    return name, match.end("sep")


def _accepted_labels(drafts: list[Draft]) -> frozenset[str]:
    return _short_labels(drafts) | _names(drafts)


def _short_labels(drafts: list[Draft]) -> frozenset[str]:
    seen = {
        _short_key(match)
        for draft in drafts
        if draft.kind in _LABELLED_KINDS and (match := _SHORT.match(draft.text))
    }
    accepted: set[str] = set()
    for question, answer in QUESTION_AND_ANSWER:
        for sep in {key[1:] for key in seen}:
            if {question + sep, answer + sep} <= seen:
                accepted |= {question + sep, answer + sep}
    written = {
        match["name"].casefold()
        for draft in drafts
        if draft.kind in _LABELLED_KINDS and (match := _WORDED.match(draft.text))
    }
    for pair in WORDED_LABELS:
        words = {word.casefold() for word in pair}
        accepted |= words if words <= written else set()
    return frozenset(accepted)


def _names(drafts: list[Draft]) -> frozenset[str]:
    labels = [_name_at(d.text) if d.kind in _LABELLED_KINDS else None for d in drafts]
    counts = Counter(label[0] for label in labels if label)
    again = {name for name, count in counts.items() if count >= 2}
    marked = {
        label[0]
        for draft, label in zip(drafts, labels, strict=True)
        if label and (_is_bold_label(draft, label[1]) or (label[0].isupper() and len(label[0]) > 1))
    }
    answered = {
        label[0]
        for i, label in enumerate(labels)
        if label and any(near and near[0] in again for near in labels[max(i - 1, 0) : i + 2])
    }
    names = again | answered | (marked if again or len(marked) >= 2 else set())
    if sum(1 for label in labels if label and label[0] in names) < _RARE * len(drafts):
        return frozenset()  # of a whole book: words before a colon
    # one name alone is a dialogue only if another's turns show in another way
    others = _bold_questions(drafts) or sum(1 for d in drafts if _DASH.match(d.text)) >= 2
    return frozenset(names) if len(names) >= 2 or (again and others) else frozenset()


def _is_bold_label(draft: Draft, end: int) -> bool:
    """True where bold covers the label and ends with it (the colon in or out)."""
    bold = (span for span in draft.spans if span.kind == "bold" and span.start == 0)
    return any(end - 2 <= span.end <= end + 1 for span in bold)


def _bold_questions(drafts: list[Draft]) -> bool:
    """True where whole-bold paragraphs are the questions of an interview."""
    bold = [draft for draft in drafts if draft.kind == "para" and draft.covered("bold")]
    plain = sum(1 for draft in drafts if draft.kind in ("para", "turn")) - len(bold)
    asking = sum(1 for draft in bold if asks(draft.text))
    return asking >= 2 and 2 * asking >= len(bold) and plain >= asking


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
