"""Text as formats can carry it: legal characters, language tags, the words of several segments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aligner.languages.tags import canonical
from aligner.model import Document, Segment

__all__ = [
    "bcp47",
    "joined",
    "lengths",
    "one_line",
    "pieces",
    "places",
    "three_decimals",
    "xml_safe",
]

# XML 1.0 (5th edition) production 2, Char, turned round; lone surrogates cannot be encoded at all
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = "\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029"
_BREAK_RUN = re.compile(f" *[{_BREAKS}][ {_BREAKS}]*")
_CLEANED = re.compile(f"({_BREAK_RUN.pattern})|{_ILLEGAL.pattern}")
# xsd:language, which TEI and XLIFF check
_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
# languages written without spaces between sentences
_UNSPACED = frozenset({"zh", "ja", "yue", "wuu", "lzh", "th", "lo", "km", "my", "bo", "dz"})


def xml_safe(text: str) -> str:
    """The text without characters that XML 1.0 forbids even as references."""
    # a printable text has no controls, surrogates or non-characters: most texts, checked in C
    return text if text.isprintable() else _ILLEGAL.sub("", text)


def one_line(text: str) -> str:
    """Text for a memory: legal, on one line, no white space at the ends.

    Translation tools compare whole segments; a tab from a page's source or a break inside would
    stop every match, and OmegaT finds nothing for a segment with a space at its end.
    """
    if not text.isprintable():
        text = _ILLEGAL.sub("", _BREAK_RUN.sub(" ", text))
    return text.strip()


def places(text: str) -> Sequence[int]:
    """Where each place of `text` (0 to its length) comes to be in `one_line(text)`."""
    cleaned = one_line(text)
    if cleaned == text:
        return range(len(text) + 1)
    offsets: list[int] = []
    length = 0
    for match in _CLEANED.finditer(text):
        offsets += range(length, length + match.start() - len(offsets) + 1)
        length = offsets[-1] + (match[1] is not None)
        # places inside a run lie before the space that stands for it; the next starts after it
        offsets += [offsets[-1]] * (match.end() - match.start() - 1)
    offsets += range(length, length + len(text) - len(offsets) + 1)
    whole = _ILLEGAL.sub("", _BREAK_RUN.sub(" ", text))
    lead = len(whole) - len(whole.lstrip())
    return [min(max(place - lead, 0), len(cleaned)) for place in offsets]


def bcp47(tag: str) -> str:
    """A language tag as BCP 47 writes it: hyphens, `es-MX`, `zh-Hant`; `und` for none.

    Underscores (`es_MX`) make OmegaT pass over every unit without a word.
    """
    tag = tag.strip().replace("_", "-")
    return canonical(tag) if _TAG.fullmatch(tag) else "und"


def joined(document: Document, segments: Sequence[Segment]) -> str:
    """The segments of one side as one text, with the white space that stood between them.

    Across paragraphs, and where other text stands between, a space; none in Chinese, Japanese
    and other scripts that do not write it.
    """
    return segments[0].text if len(segments) == 1 else "".join(pieces(document, segments))


def pieces(document: Document, segments: Sequence[Segment]) -> list[str]:
    """The parts of `joined`: text, what stands between, text ..."""
    space = "" if document.lang.partition("-")[0].lower() in _UNSPACED else " "
    made: list[str] = []
    for position, segment in enumerate(segments):
        if position:
            made.append(_gap(document, segments[position - 1], segment, space))
        made.append(segment.text)
    return made


def _gap(document: Document, before: Segment, after: Segment, space: str) -> str:
    if before.paragraph == after.paragraph:
        between = document.paragraphs[before.paragraph].text[before.end : after.start]
        if not between.strip():
            return between
    return space


def lengths(segments: Sequence[Segment]) -> str:
    """Code points of each segment of a side, `24 18`, so that a reader can part their text again;
    "" for one segment, which is its own text.
    """
    if len(segments) < 2:
        return ""
    return " ".join([str(len(one_line(segment.text))) for segment in segments])


def three_decimals(confidence: float) -> str:
    """A confidence as every text format of ours writes it."""
    return f"{confidence:.3f}"
