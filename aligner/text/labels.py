"""Printed labels of speakers: which paragraphs open with one, and which of them are evidence."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from aligner.text.rich import CJK, Draft
from aligner.text.speaker_names import is_part
from aligner.text.speakers import QUESTION_AND_ANSWER, WORDED_LABELS, name_of

__all__ = [
    "DASH",
    "LABELLED_KINDS",
    "TurnLabels",
    "accepted_labels",
    "asks",
    "bold_questions",
    "label_at",
    "looks_like_label",
    "name_at",
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
_BOLD_NAME = re.compile(rf"(?P<name>{_WORD}(?:\s(?:{_PARTICLE}\s)?{_WORD}){{0,4}})[.,]?")
# what a colon quotes is told, and nobody's turn: 子曰：“...”, 他说：「...」
_TOLD = re.compile(rf"[{CJK}·]+\s?[:：]\s?[“「『\"《〈]")
DASH = re.compile(r"[—–―]\s?(?=\S)|-(?=[^\W\d_]|[¿¡«“\"])")
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
LABELLED_KINDS = ("para", "turn", "item", "heading")
_END_QUOTES = "\"'”’»)] *_"
_ASKS = ("?", "？", "؟")
_MAX_NAME = 40
_MOST = 0.6  # share of paragraphs that open with names in bold, from the first of them to the last
_MANY = 100  # names; more do not speak with one another
_RARE = 0.01  # share of paragraphs with labels that shows no dialogue


def asks(text: str) -> bool:
    """True where the text ends with a question mark (also Arabic, full-width)."""
    return text.rstrip(_END_QUOTES).endswith(_ASKS)


@dataclass(frozen=True, slots=True)
class TurnLabels:
    """The labels of a document that are evidence: `printed`, with what parts them from the speech, and
    `bold`, names that nothing but their type parts from it.
    """

    printed: frozenset[str]
    bold: frozenset[str]


def label_at(draft: Draft, accepted: TurnLabels) -> tuple[str, int] | None:
    """(speaker as printed, end of the label in the text) where an accepted label opens it."""
    text = draft.text
    short = _SHORT.match(text)
    if short and _short_key(short) in accepted.printed:
        return short["name"], short.end("sep")
    worded = _WORDED.match(text)
    if worded and worded["name"].casefold() in accepted.printed:
        return worded["name"], worded.end("sep")
    named = name_at(text)
    if named and named[0] in accepted.printed:
        return named
    bold = _bold_name(draft) if accepted.bold else None
    return bold if bold and bold[0] in accepted.bold else None


def looks_like_label(text: str) -> bool:
    """True where a line opens as one with a label may. Not yet evidence."""
    return any(p.match(text) for p in (_SHORT, _WORDED)) or name_at(text) is not None


def _short_key(match: re.Match[str]) -> str:
    return f"{match['name']}{match['sep'].strip()}"


def name_at(text: str) -> tuple[str, int] | None:
    """(name, end of what parts it from the speech) where a name and a colon or dash open the text."""
    match = _NAME.match(text, 0, 2 * _MAX_NAME)
    if match is None or len(match["name"]) > _MAX_NAME or _TOLD.match(text):
        return None
    if not _is_name(match["name"]) or text[match.end() :] == "":
        return None
    if match["sep"].strip() in (":", "：") and text[match.end("sep") :].startswith("//"):
        return None
    return match["name"], match.end("sep")


def _is_name(name: str) -> bool:
    words = [word for word in name.split() if not re.fullmatch(_PARTICLE, word)]
    if not words or any(word[0].islower() for word in words):
        return False
    return name.lower() not in _NOT_NAMES and words[0].lower() not in _NOT_NAMES


def accepted_labels(drafts: list[Draft]) -> TurnLabels:
    """What opens turns in these paragraphs."""
    return TurnLabels(_short_labels(drafts) | _names(drafts), _bold_names(drafts))


def _short_labels(drafts: list[Draft]) -> frozenset[str]:
    seen = {
        _short_key(match)
        for draft in drafts
        if draft.kind in LABELLED_KINDS and (match := _SHORT.match(draft.text))
    }
    accepted: set[str] = set()
    for question, answer in QUESTION_AND_ANSWER:
        for sep in {key[1:] for key in seen}:
            if {question + sep, answer + sep} <= seen:
                accepted |= {question + sep, answer + sep}
    written = {
        match["name"].casefold()
        for draft in drafts
        if draft.kind in LABELLED_KINDS and (match := _WORDED.match(draft.text))
    }
    for pair in WORDED_LABELS:
        words = {word.casefold() for word in pair}
        accepted |= words if words <= written else set()
    return frozenset(accepted)


def _names(drafts: list[Draft]) -> frozenset[str]:
    labels = [name_at(d.text) if d.kind in LABELLED_KINDS else None for d in drafts]
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
    others = bold_questions(drafts) or sum(1 for d in drafts if DASH.match(d.text)) >= 2
    if len(names) < 2 and not (again and others):
        return frozenset()
    # the whole name is often printed once, its part or initials after that
    sure = frozenset(names)
    if len(sure) > _MANY:
        return sure
    return sure | {name for name in counts if any(_is_same(name, other) for other in sure)}


def _is_same(name: str, other: str) -> bool:
    one, two = name_of(name), name_of(other)
    return is_part(one, two) or is_part(two, one)


def _bold_names(drafts: list[Draft]) -> frozenset[str]:
    """Names in bold before plain speech, with nothing else between: at least two, each twice, and most
    paragraphs from the first to the last open with one.
    """
    places = {
        number: opening[0]
        for number, draft in enumerate(drafts)
        if draft.kind == "para" and (opening := _bold_name(draft))
    }
    counts = Counter(places.values())
    names = frozenset(name for name, count in counts.items() if count > 1)
    opened = [number for number, name in places.items() if name in names]
    if len(names) < 2:
        return frozenset()
    between = [d for d in drafts[opened[0] : opened[-1] + 1] if d.kind == "para"]
    return names if len(opened) >= _MOST * len(between) else frozenset()


def _bold_name(draft: Draft) -> tuple[str, int] | None:
    """(name, where it ends) of a paragraph that opens with a name in bold and goes on plainly."""
    end = max((s.end for s in draft.spans if s.kind == "bold" and s.start == 0), default=0)
    match = _BOLD_NAME.match(draft.text[: end + 1]) if 0 < end <= _MAX_NAME else None
    if match is None or not end <= match.end() <= end + 1 or not _is_name(match["name"]):
        return None
    after = draft.text[match.end() :]
    speech = after.lstrip()
    if speech == after or not speech or speech[0].islower():
        return None  # the name is a part of the sentence
    return name_of(match["name"]), match.end()


def _is_bold_label(draft: Draft, end: int) -> bool:
    """True where bold covers the label and ends with it (the colon in or out)."""
    bold = (span for span in draft.spans if span.kind == "bold" and span.start == 0)
    return any(end - 2 <= span.end <= end + 1 for span in bold)


def bold_questions(drafts: list[Draft]) -> bool:
    """True where whole-bold paragraphs are the questions of an interview."""
    bold = [draft for draft in drafts if draft.kind == "para" and draft.covered("bold")]
    plain = sum(1 for draft in drafts if draft.kind in ("para", "turn")) - len(bold)
    asking = sum(1 for draft in bold if asks(draft.text))
    return asking >= 2 and 2 * asking >= len(bold) and plain >= asking
