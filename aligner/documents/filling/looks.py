"""How text looks in each format, as far as a translation must keep it, and what parts it.

Two stretches look the same where nothing that a reader of the file can see differs: the languages of
runs, marks of the spelling checker and of revisions do not count. What is neither text nor look (a
note's number, a picture, a tab, a field, a tracked change) parts the stretches around it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from aligner.documents.filling.marked import MarkedPart
from aligner.documents.filling.regions import Edit
from aligner.documents.html.tags import INLINE_TAGS
from aligner.files.xml import attribute, local

__all__ = ["LOOKS", "Looks", "edited"]

_TAG = re.compile(r"<(?P<end>/?)(?:[\w.-]+:)?(?P<name>[\w.-]+)")
# of a run of Word: what nobody sees
_UNSEEN = frozenset(("lang", "noProof", "rPrChange", "specVanish"))
_WORD_FREE = frozenset(
    [
        *("r", "t", "rPr", "bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak"),
        *("hyperlink", "smartTag", "smartTagPr", "customXml", "sdt", "sdtContent", "sdtPr"),
        *("commentRangeStart", "commentRangeEnd", "commentReference", "permStart", "permEnd"),
        *("softHyphen", "sdtEndPr", "bdo", "dir"),
    ]
)
_WORD_AROUND = frozenset(
    ("hyperlink", "fldSimple", "sdt", "smartTag", "customXml", "ins", "moveTo")
)
_WORD_PROPERTIES = re.compile(
    r"<(?P<tag>(?:[\w.-]+:)?(?:rPr|sdtPr|sdtEndPr|smartTagPr))\b(?:[^>]*/>|.*?</(?P=tag)\s*>)",
    re.DOTALL,
)
_ODF_FREE = frozenset(
    [
        *(
            "span",
            "a",
            "bookmark",
            "bookmark-start",
            "bookmark-end",
            "soft-page-break",
            "s",
            "meta",
        ),
        *("reference-mark", "reference-mark-start", "reference-mark-end"),
    ]
)
_ODF_SPACES = re.compile(r"<(?:[\w.-]+:)?s\b[^<>]*?(?:/>|>\s*</(?:[\w.-]+:)?s\s*>)")
_HTML_FREE = frozenset((*INLINE_TAGS, "span", "font", "wbr", "abbr", "bdi", "bdo", "time", "data"))
_HTML_POINTS = frozenset(("br", "img"))


class Looks(Protocol):
    """What one format says of looks."""

    def of(self, origin: tuple[Any, bool]) -> Hashable:
        """How the text of an element, or behind it, looks."""
        ...

    def parts(self, between: str) -> bool:
        """Whether more than looks stands between two stretches."""
        ...

    def spaces(self, between: str) -> Iterator[re.Match[str]]:
        """White space between two stretches that is written as elements."""
        ...

    def finished(self, marked: MarkedPart, edits: Sequence[Edit]) -> str:
        """The part with its edits."""
        ...


def edited(raw: str, edits: Sequence[Edit]) -> str:
    """The text with its edits, none of which meets another."""
    pieces, at = [], 0
    for edit in sorted(set(edits)):
        if edit.start < at:
            continue
        pieces += [raw[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, raw[at:]])


def _names(between: str) -> Iterator[str]:
    return (match["name"] for match in _TAG.finditer(between))


class _Word:
    """WordprocessingML."""

    def of(self, origin: tuple[Any, bool]) -> Hashable:
        """See `Looks`."""
        run = origin[0].getparent()
        properties = next((child for child in run if local(child) == "rPr"), ())
        seen = tuple(
            sorted(_described(child) for child in properties if local(child) not in _UNSEEN)
        )
        around = tuple(e for e in run.iterancestors() if local(e) in _WORD_AROUND)
        return seen, around

    def parts(self, between: str) -> bool:
        """See `Looks`."""
        bare = _WORD_PROPERTIES.sub("", between)
        return any(name not in _WORD_FREE for name in _names(bare))

    def spaces(self, between: str) -> Iterator[re.Match[str]]:
        """See `Looks`; none."""
        del between
        yield from ()

    def finished(self, marked: MarkedPart, edits: Sequence[Edit]) -> str:
        """See `Looks`. A `w:t` that begins or ends with a space must say that it counts."""
        more: list[Edit] = []
        for edit in edits:
            start, end = marked.nodes[marked.node_at(edit.start)]
            outer = (edit.start == start and edit.text[:1] == " ") or (
                edit.end == end and edit.text[-1:] == " "
            )
            tag = marked.raw.rfind("<", 0, start)
            if outer and "space=" not in marked.raw[tag:start]:
                more.append(Edit(start - 1, start - 1, ' xml:space="preserve"'))
        return edited(marked.raw, [*edits, *more])


def _described(element: Any) -> str:
    values = sorted(f"{name}={value}" for name, value in element.attrib.items())
    inner = sorted(map(_described, element))
    return f"{element.tag} {' '.join(values)} {' '.join(inner)}"


class _Odf:
    """OpenDocument. Styles made by the program for a stretch of text count by what they say."""

    def of(self, origin: tuple[Any, bool]) -> Hashable:
        """See `Looks`."""
        element = origin[0].getparent() if origin[1] else origin[0]
        look: list[Hashable] = []
        while element is not None and local(element) in ("span", "a", "meta"):
            if local(element) == "span":
                look += filter(None, [self._style(element)])
            else:
                look.append(element)
            element = element.getparent()
        return tuple(look)

    def parts(self, between: str) -> bool:
        """See `Looks`."""
        return any(name not in _ODF_FREE for name in _names(between))

    def spaces(self, between: str) -> Iterator[re.Match[str]]:
        """See `Looks`."""
        return _ODF_SPACES.finditer(between)

    def finished(self, marked: MarkedPart, edits: Sequence[Edit]) -> str:
        """See `Looks`."""
        return edited(marked.raw, edits)

    def _style(self, span: Any) -> str:
        """What a style that the program made says, as a text; the name of another."""
        name = attribute(span, "style-name")
        root = span.getroottree().getroot()
        for styles in root.iterchildren("{*}automatic-styles"):
            for style in styles.iterchildren("{*}style"):
                if attribute(style, "name") != name:
                    continue
                told = [
                    f"{key}={value}"
                    for part in style
                    for key, value in sorted(part.attrib.items())
                    if not re.search(r"rsid|\}(?:language|country|script)(?:-|$)", key)
                ]
                parent = attribute(style, "parent-style-name")
                return " ".join([parent, *told] if told or parent else [])
        return name


class _Html:
    """Web pages and the pages of books: an inline element is a look of its own."""

    def of(self, origin: tuple[Any, bool]) -> Hashable:
        """See `Looks`."""
        element: Any = origin[0].getparent() if origin[1] else origin[0]
        while element is not None and local(element) in ("span", "font") and not element.keys():
            element = element.getparent()
        return (element,)

    def parts(self, between: str) -> bool:
        """See `Looks`."""
        names = [name.lower() for name in _names(between)]
        return any(name not in _HTML_FREE or name in _HTML_POINTS for name in names)

    def spaces(self, between: str) -> Iterator[re.Match[str]]:
        """See `Looks`; none."""
        del between
        yield from ()

    def finished(self, marked: MarkedPart, edits: Sequence[Edit]) -> str:
        """See `Looks`."""
        return edited(marked.raw, edits)


LOOKS: Mapping[str, Looks] = {"docx": _Word(), "odt": _Odf(), "html": _Html()}
