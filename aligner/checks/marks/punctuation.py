"""The checks of what punctuation says: questions, quotations, links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from aligner.checks.common import Hit, Spans
from aligner.text.wording import numbered

__all__ = ["check_links", "check_question", "check_quotation", "has_quotation"]

_QUESTION = re.compile(r"[?？؟;](?!\w)")
_ENDED = re.compile(r"[.!…:;,。！：)\]»”\"’']\s*$")
_EXCLAMATION = re.compile(r"[!！]")
_DOUBLE = re.compile('["“”„‟«»「」『』＂〝〞]')
# a single quotation mark: no letter on its outer side, so no apostrophe
_OPENING = re.compile(r"(?<![\w’'])[‘'‚‹](?=\w)")
_CLOSING = re.compile(r"(?<=[\w.,!?…])[’'›](?!\w)")
_DIALOGUE = re.compile(r"(?:^|¶\s*|\n)\s*[—–]\s*\S")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]«»“”\"，。]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w{3,}",
    re.ASCII,
)
_GREEK = frozenset(("el",))
_SAID = re.compile(r"[:,，：]\s*$")
_SENTENCE = re.compile(r"[.!?…,。！？，]\s*$")
_MARK_WORDS = 3  # a quotation of fewer words may be a title in italics


def check_question(source: str, target: str, source_lang: str, target_lang: str) -> Iterator[Hit]:
    """A question became a statement, or a statement a question; the same for exclamations."""
    left, right = _questions(source, source_lang), _questions(target, target_lang)
    if left and not right:
        # a heading may do without its mark
        ended = bool(_ENDED.search(target))
        yield Hit(
            "question",
            "major" if ended else "note",
            0.8 if ended else 0.3,
            f"{numbered(len(left), 'question')} in the source, none in the translation",
            left,
            _end(target),
            f"? {len(left)}:0",
        )
    elif len(left) > len(right):
        yield Hit(
            "question",
            "note",
            0.4,
            f"{len(left)} questions in the source, {len(right)} in the translation",
            left,
            right,
            f"? {len(left)}:{len(right)}",
        )
    elif right and not left:
        yield Hit(
            "question",
            "minor",
            0.6,
            f"a statement in the source, {numbered(len(right), 'question')} in the translation",
            _end(source),
            right,
            f"? 0:{len(right)}",
        )
    shouts = [tuple(m.span() for m in _EXCLAMATION.finditer(text)) for text in (source, target)]
    if bool(shouts[0]) != bool(shouts[1]):
        yield Hit(
            "question",
            "note",
            0.4,
            "an exclamation mark stands on one side only",
            shouts[0],
            shouts[1],
            f"! {len(shouts[0])}:{len(shouts[1])}",
        )


def _questions(text: str, lang: str) -> Spans:
    greek = lang.split("-", maxsplit=1)[0] in _GREEK
    return tuple(m.span() for m in _QUESTION.finditer(text) if m.group() != ";" or greek)


def _end(text: str) -> Spans:
    return ((max(0, len(text) - 1), len(text)),) if text else ()


def check_quotation(source: str, target: str, source_lang: str, target_lang: str) -> Iterator[Hit]:
    """Quotation marks, and with them quoted speech, stand on one side only."""
    del source_lang, target_lang
    left, right = _quotes(source), _quotes(target)
    if bool(left) == bool(right) or _DIALOGUE.search(source) or _DIALOGUE.search(target):
        return
    bare = target if left else source
    if _OPENING.search(bare) or _CLOSING.search(bare):
        return  # a quotation that goes on in the next segment, or an apostrophe
    text, marks = (source, left) if left else (target, right)
    words = _longest(text, marks)
    where = "source" if left else "translation"
    speech = words > _MARK_WORDS
    severity = "major" if speech and left else "minor"
    if len(marks) == 1 or (right and not speech):
        severity = "note"  # a term, scare quotes, or a stray mark
    yield Hit(
        "quotation",
        severity,
        0.7 if speech else 0.5,
        f"quotation marks stand only in the {where}",
        left,
        right,
        f"quotes {bool(left):d}:{bool(right):d}",
        doubt=0.0 if _is_speech(text, marks) else 1.0,
    )


def _is_speech(text: str, marks: Spans) -> bool:
    """Whether a quotation is what somebody says: it comes after a colon or a comma, or has a mark of its
    own at its end; terms, titles and scare quotes have neither.
    """
    return any(
        len(text[a[1] : b[0]].split()) > _MARK_WORDS
        and (_SAID.search(text[: a[0]]) or _SENTENCE.search(text[a[1] : b[0]]))
        for a, b in zip(marks[::2], marks[1::2], strict=False)
    )


def has_quotation(text: str) -> bool:
    """Whether a text has quotation marks."""
    return bool(_quotes(text))


def _longest(text: str, marks: Spans) -> int:
    """Words of the longest quotation: from one mark to the next, each second stretch lies outside."""
    inside = zip(marks[::2], marks[1::2], strict=False)
    return max((len(text[a[1] : b[0]].split()) for a, b in inside), default=0)


def _quotes(text: str) -> Spans:
    """Double marks; single ones only where one opens and one closes."""
    marks = [m.span() for m in _DOUBLE.finditer(text)]
    opened = [m.span() for m in _OPENING.finditer(text)]
    closed = [m.span() for m in _CLOSING.finditer(text)]
    if opened and any(one[0] > opened[0][1] for one in closed):
        marks += [*opened, *closed]
    return tuple(sorted(marks))


def check_links(source: str, target: str, source_lang: str, target_lang: str) -> Iterator[Hit]:
    """An address of a page or of e-mail is missing or differs."""
    del source_lang, target_lang
    left, right = list(_LINK.finditer(source)), list(_LINK.finditer(target))
    counts = Counter(_address(m.group()) for m in left), Counter(_address(m.group()) for m in right)
    lost, new = counts[0] - counts[1], counts[1] - counts[0]
    if lost:
        spans = tuple(m.span() for m in left if _address(m.group()) in lost)
        others = tuple(m.span() for m in right if _address(m.group()) in new)
        yield Hit(
            "link",
            "minor",
            0.8,
            f"{', '.join(sorted(lost))} is not in the translation",
            spans,
            others,
            " ".join(sorted(lost)),
        )
    elif new:
        spans = tuple(m.span() for m in right if _address(m.group()) in new)
        yield Hit(
            "link",
            "note",
            0.5,
            f"{', '.join(sorted(new))} is not in the source",
            (),
            spans,
            " ".join(sorted(new)),
        )


def _address(text: str) -> str:
    """Host and path without what differs between editions of a page."""
    return re.sub(r"^https?://(?:www\.)?|^www\.", "", text.rstrip(".,;:!?'")).rstrip("/").lower()
