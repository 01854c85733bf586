"""The words of an element of WordprocessingML, also of what is left out of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from aligner.documents.office.symbols import symbol
from aligner.files.xml import attribute, local
from aligner.text.rich import Piece

__all__ = [
    "chosen_form",
    "described",
    "holds_paragraphs",
    "placed_words_of",
    "symbol_of",
    "text_boxes",
    "words_of",
    "words_within",
]

# where words of a package stand: text, deleted text, codes of fields, values in charts
_LEAVES = ("t", "delText", "instrText", "delInstrText", "v")
_SPACES = ("tab", "br", "cr", "p", "pt")
_BOXES = ("txbxContent", "txBody")
_IMAGE = "description of an image"
_SAID = {"descr": _IMAGE, "alt": _IMAGE, "title": _IMAGE, "string": "lettering (WordArt)"}


def words_within(element: Any) -> str:
    """All words in an element, or a list of elements: deleted or not, its symbols, what describes its images; of several
    forms of one thing those of the first.
    """
    return _joined(_pieces(element, inner=True))


def words_of(element: Any) -> Iterator[str]:
    """The words of every paragraph in an element, one inside another by itself, and those that
    stand in none.
    """
    yield from (words for words, _ in placed_words_of(element))


def placed_words_of(element: Any) -> Iterator[tuple[str, list[Piece]]]:
    """As `words_of`, and where they stand."""
    beside: list[Piece] = []
    for paragraph in _paragraphs(element, beside):
        pieces = list(_pieces(paragraph, inner=False))
        if words := _joined(pieces):
            yield words, pieces
    if words := _joined(beside):
        yield words, beside


def _joined(pieces: Iterable[Piece]) -> str:
    return " ".join("".join([text for _, text in pieces]).split())


def _paragraphs(element: Any, beside: list[Piece]) -> Iterator[Any]:
    for child in _children(element):
        tag = local(child)
        if tag == "p":
            yield child
            yield from _paragraphs(child, [])
        elif tag in _LEAVES and not len(child):
            beside += [((child, False), child.text or ""), (None, " ")]
        else:
            yield from _paragraphs(child, beside)


def _pieces(element: Any, *, inner: bool) -> Iterator[Piece]:
    """Text and white space in order; `inner`: of paragraphs inside too."""
    for child in _children(element):
        tag = local(child)
        if tag in _LEAVES and not len(child):  # diagrams have paragraphs in a `t`
            yield (child, False), child.text or ""
        elif tag == "sym":
            sign, name = symbol_of(child)
            yield None, sign or name
        elif tag != "p" or inner:
            yield None, " " if tag in _SPACES else ""
            yield from ((None, f" {words} ") for _, words in described(child, deep=False))
            yield from _pieces(child, inner=inner)


def _children(element: Any) -> Any:
    """What an element holds, of several forms of one thing one."""
    if isinstance(element, list) or local(element) != "AlternateContent":
        return element
    chosen = _form(element)
    return () if chosen is None else chosen


def described(element: Any, *, deep: bool = True) -> Iterator[tuple[str, str]]:
    """(what it is, words) for those who do not see an image, and lettering, each once; `deep`: of
    everything in the element, and else its own.
    """
    told: dict[str, str] = {}
    for one in element.iter() if deep else (element,):
        for name, reason in _SAID.items() if local(one) else ():
            if (name != "title" or local(one) == "docPr") and attribute(one, name).strip():
                told.setdefault(attribute(one, name), reason)
    yield from ((reason, words) for words, reason in told.items())


def chosen_form(element: Any) -> tuple[Any, list[str]]:
    """Of several forms of one thing (`AlternateContent`) the one to read, None for none, and what
    the others say else: the form that older programs show (an emoji is a character there), but the
    first with a text box or with paragraphs, since the older form of a box repeats its words.
    """
    chosen = _form(element)
    known = set(words_within(chosen).split()) if chosen is not None else set()
    others = (form for form in element if local(form) and form is not chosen)
    rest = (" ".join(e.text or "" for e in f.iter() if local(e) in _LEAVES) for f in others)
    return chosen, [words for words in rest if not known.issuperset(words.split())]


def _form(element: Any) -> Any:
    forms = [form for form in element if local(form)]
    chosen = next((f for f in forms if text_boxes(f) or holds_paragraphs(f)), None)
    if chosen is None:
        with_words = (f for f in reversed(forms) if any(local(e) in _LEAVES for e in f.iter()))
        chosen = next(with_words, forms[-1] if forms else None)
    return chosen


def holds_paragraphs(element: Any) -> bool:
    """True where paragraphs or tables stand in an element, and in no box inside it."""
    return any(
        local(child) in ("p", "tbl", "altChunk")
        or (local(child) not in _BOXES and holds_paragraphs(child))
        for child in element
    )


def text_boxes(element: Any) -> list[Any]:
    """The contents of text boxes and of shapes with text; of alternatives the first that holds one."""
    if local(element) == "AlternateContent":
        return next((boxes for boxes in map(text_boxes, element) if boxes), [])
    if local(element) in _BOXES:
        return [element]
    return [box for child in element for box in text_boxes(child)]


def symbol_of(element: Any) -> tuple[str, str]:
    """(character, "" where it is not known; the glyph's name) of a `w:sym`."""
    font, code = attribute(element, "font"), attribute(element, "char")
    try:
        return symbol(font, int(code, 16)), f"{font} U+{code}"
    except ValueError:
        return "", f"{font} U+{code}"
