"""What translates what, apart from the texts: standOff, linkGrp, joinGrp (chapter 16).

A link has one pointer a side (`targFunc="source target"`); a side of several segments is a
`join`, since in a list of pointers nobody could tell where one side ends. Segments without a
counterpart have no link: the mark is on the segment itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aligner.files.xml_file import XML_ID
from aligner.formats.common.ids import segment_id
from aligner.formats.tei.markup import element
from aligner.formats.tei.view import View, label_category
from aligner.formats.tei.words import word_ids
from aligner.model import Alignment, AlignmentSet, Segment
from aligner.text.output import three_decimals

__all__ = [
    "bead_category",
    "bead_type",
    "bead_types",
    "has_links",
    "set_counterparts",
    "write_stand_off",
]


@dataclass(frozen=True, slots=True)
class _Link:
    """A bead or crossing on its way to the file."""

    name: str
    source: range
    target: range
    confidence: float | None
    status: str = "auto"
    labels: tuple[str, ...] = ()


def has_links(alignments: AlignmentSet, *, beads: bool = True, words: bool = False) -> bool:
    """False where TEI allows no standOff, since it would be empty; `beads=False`: of
    crossings; `words`: words are marked, so that links between them can be written.
    """
    return any(
        any(True for _ in _crossings(a))
        or (beads and any(True for _ in _beads(a)))
        or (words and a.words)
        for a in alignments.alignments
    )


def bead_type(source: range, target: range) -> str:
    """`2-1`, as the field writes it."""
    return f"{len(source)}-{len(target)}"


def bead_category(source: range, target: range) -> str:
    """Id of the category of the taxonomy that a link belongs to."""
    return f"bead.{bead_type(source, target)}"


def bead_types(alignments: AlignmentSet) -> list[tuple[int, int]]:
    """Numbers of segments (source, target) of all links, in order, each once."""
    return sorted(
        {
            (len(link.source), len(link.target))
            for alignment in alignments.alignments
            for link in (*_beads(alignment), *_crossings(alignment))
        }
    )


def write_stand_off(
    xml: Any, alignments: AlignmentSet, views: Sequence[View], *, beads: bool = True
) -> None:
    """The element `standOff` with the links of every target; nothing where there is no link.

    `beads=False`: crossings only, where `corresp` says the rest.
    """
    if not has_links(alignments, beads=beads, words=views[0].words):
        return
    with xml.element("standOff"):
        xml.write("\n")
        for alignment, target in zip(alignments.alignments, views[1:], strict=True):
            linked = list(_beads(alignment)) if beads else []
            _joins(xml, [*linked, *_crossings(alignment)], views[0], target)
            _group(xml, "alignment", iter(linked), views[0], target)
            _group(xml, "crossing", _crossings(alignment), views[0], target)
            _word_links(xml, alignment, views[0], target)
    xml.write("\n")


def set_counterparts(alignments: AlignmentSet, views: Sequence[View]) -> None:
    """Note on every view which segments of the others translate each of its own, and how people
    labelled that: there is no link to say it.
    """
    pointers: list[dict[int, list[str]]] = [{} for _ in views]
    labels: list[dict[int, list[str]]] = [{} for _ in views]
    for number, alignment in enumerate(alignments.alignments, start=1):
        for link in _beads(alignment):
            sides = ((0, link.source, number, link.target), (number, link.target, 0, link.source))
            for here, mine, there, others in sides:
                for segment in mine:
                    known = pointers[here].setdefault(segment, [])
                    known += (views[there].segment(other) for other in others)
                    labels[here].setdefault(segment, []).extend(map(label_category, link.labels))
    for view, counterparts, named in zip(views, pointers, labels, strict=True):
        view.counterparts.update({i: tuple(several) for i, several in counterparts.items()})
        view.labels.update({i: tuple(dict.fromkeys(several)) for i, several in named.items()})


def _beads(alignment: Alignment) -> Iterator[_Link]:
    for number, bead in enumerate(alignment.beads, start=1):
        if not bead.is_null:
            yield _Link(
                f"b{number}",
                bead.source,
                bead.target,
                bead.confidence,
                bead.status,
                bead.labels,
            )


def _crossings(alignment: Alignment) -> Iterator[_Link]:
    for number, crossing in enumerate(alignment.crossings, start=1):
        if crossing.source and crossing.target:
            yield _Link(f"c{number}", crossing.source, crossing.target, crossing.confidence)


def _joins(xml: Any, linked: Sequence[_Link], source: View, target: View) -> None:
    """Sides of several segments; the group is opened only when there is one."""
    links = [
        (link, side, view, indexes)
        for link in linked
        for side, view, indexes in (
            ("source", source, link.source),
            ("target", target, link.target),
        )
        if len(indexes) > 1
    ]
    if not links:
        return
    with xml.element("joinGrp"):
        xml.write("\n")
        for link, side, view, indexes in links:
            pointers = " ".join(view.segment(index) for index in indexes)
            name = _join_id(link, side, source, target)
            xml.write(element("join", {XML_ID: name, "target": pointers}))
            xml.write("\n")
    xml.write("\n")


def _group(xml: Any, kind: str, links: Iterator[_Link], source: View, target: View) -> None:
    first = next(links, None)
    if first is None:
        return
    attributes = {
        "type": kind,
        "targFunc": "source target",
        "corresp": f"{source.href}#{source.prefix}.text {target.href}#{target.prefix}.text",
    }
    with xml.element("linkGrp", attributes):
        xml.write("\n")
        for link in (first, *links):
            xml.write(_link(link, source, target))
            xml.write("\n")
    xml.write("\n")


def _link(link: _Link, source: View, target: View) -> Any:
    confidence = link.confidence
    return element(
        "link",
        {
            XML_ID: f"{_pair(source, target)}.{link.name}",
            "type": bead_type(link.source, link.target),
            "subtype": "" if link.status == "auto" else link.status,
            "ana": " ".join(
                f"{source.home}#{name}"
                for name in (
                    bead_category(link.source, link.target),
                    *map(label_category, link.labels),
                )
            ),
            "cert": "" if confidence is None else three_decimals(confidence),
            "target": " ".join(
                view.segment(indexes[0])
                if len(indexes) == 1
                else f"#{_join_id(link, side, source, target)}"
                for side, view, indexes in (
                    ("source", source, link.source),
                    ("target", target, link.target),
                )
            ),
        },
    )


def _word_links(xml: Any, alignment: Alignment, source: View, target: View) -> None:
    """Links between words, where words are marked and so have ids."""
    if not alignment.words or not source.words:
        return
    with xml.element("linkGrp", {"type": "words", "targFunc": "source target"}):
        xml.write("\n")
        segments = {view.prefix: view.document.segments for view in (source, target)}
        ids: dict[tuple[str, int], list[tuple[int, int, str]]] = {}
        for word in alignment.words:
            sides = []
            for view, (segment, start, end) in ((source, word.source), (target, word.target)):
                known = ids.get((view.prefix, segment))
                if known is None:
                    known = ids[view.prefix, segment] = _tokens(
                        view, segments[view.prefix][segment]
                    )
                sides.append([f"{view.href}#{i}" for a, b, i in known if start < b and a < end])
            if all(sides):
                # a word that a link in the text cuts is two tokens: the first stands for it
                cert = "" if word.confidence is None else three_decimals(word.confidence)
                ends = " ".join(side[0] for side in sides)
                xml.write(element("link", {"cert": cert, "target": ends}))
                xml.write("\n")
    xml.write("\n")


def _tokens(view: View, segment: Segment) -> list[tuple[int, int, str]]:
    paragraph = view.document.paragraphs[segment.paragraph]
    name = segment_id(view.prefix, segment.index)
    return word_ids(paragraph.text, segment.start, segment.end, paragraph.spans, name)


def _pair(source: View, target: View) -> str:
    return f"{source.prefix}_{target.prefix}"


def _join_id(link: _Link, side: str, source: View, target: View) -> str:
    return f"{_pair(source, target)}.{link.name}.{side}"
