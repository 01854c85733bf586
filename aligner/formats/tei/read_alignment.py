"""The links of a TEI file between its texts as an alignment.

`linkGrp` of type alignment (sides of several segments through `join`), or `corresp` on the segments;
each text's segments are its outermost `s` (else `seg`). Links that cross the order of the others
become crossings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from aligner.files.xml import XML_ID, attribute
from aligner.formats.common.tiling import ladder
from aligner.formats.tei.read_texts import root_element, segmented, texts_in, unmarked
from aligner.model import (
    Alignment,
    AlignmentSet,
    Bead,
    Crossing,
    Document,
    Malformed,
    ReadError,
    ReadOptions,
    Signature,
    Source,
)
from aligner.text.drafts import DEFAULTS

__all__ = ["read_alignment"]

_CROSSING = "crossing"  # type of a linkGrp whose links are off the order of the others


def read_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """The texts of `source` and the links between them; a set where there are more than two.

    Raises as `read`; ReadError where there is one text only or no segment, Malformed for links
    to segments that are not in the file.
    """
    root = root_element(source, options)
    texts = texts_in(root, source.name)
    if len(texts) < 2:
        raise ReadError(
            "the file holds one text, not an alignment",
            context=source.name,
            hint="align it with its translation",
        )
    made = [segmented(source, [text]) for text in texts]
    if not any(document.segments for document, _ in made):
        raise unmarked(source)
    links = list(_links(root, [ids for _, ids in made], source.name))
    alignments = []
    for number in range(1, len(made)):
        pairs = [link for side, link in links if side == number]
        alignments.append(_alignment(made[0][0], made[number][0], pairs))
    return alignments[0] if len(alignments) == 1 else AlignmentSet(tuple(alignments))


_Link = tuple[list[int], list[int], float | None, str]


def _links(root: Any, ids: list[dict[str, int]], name: str) -> Iterator[tuple[int, _Link]]:
    """(number of the target text, link) for every link of the file."""
    joins = {
        element.get(XML_ID): attribute(element, "target").split()
        for element in root.iter("{*}join")
    }
    where = {key: (side, n) for side, known in enumerate(ids) for key, n in known.items()}
    empty = {element.get(XML_ID) for element in root.iter("{*}s", "{*}seg")} - where.keys()
    linked = False
    for group in root.iter("{*}linkGrp"):
        crossing = attribute(group, "type") == _CROSSING
        for link in group.iterfind("{*}link"):
            targets = attribute(link, "target").split()
            places: list[list[tuple[int, int]]] = []
            for target in targets:
                key = target.rpartition("#")[2]
                names = [t.rpartition("#")[2] for t in joins.get(key, [key])]
                known = [n for n in names if n in where]
                if not known and not all(n in empty for n in names):
                    raise Malformed(
                        f"a link to {target!r}, which is no segment of the file",
                        context=name,
                        line=link.sourceline or 0,
                    )
                places.append([where[n] for n in known])
            linked = linked or not crossing
            judged = _CROSSING if crossing else attribute(link, "subtype")
            yield from _between(places, attribute(link, "cert"), judged)
    if not linked:
        yield from _corresponding(root, where)


def _between(
    places: list[list[tuple[int, int]]], cert: str, subtype: str
) -> Iterator[tuple[int, _Link]]:
    source = sorted(n for place in places for side, n in place if side == 0)
    sides = {side for place in places for side, _ in place if side}
    confidence = (
        float(cert) if re.fullmatch(r"0?\.\d{1,9}|[01](?:\.0+)?|0\.\d{1,17}", cert) else None
    )
    for side in sorted(sides):
        target = sorted(n for place in places for other, n in place if other == side)
        if source and target:
            status = subtype if subtype in ("accepted", "edited", _CROSSING) else "auto"
            yield side, (source, target, confidence, status)


def _corresponding(root: Any, where: dict[str, tuple[int, int]]) -> Iterator[tuple[int, _Link]]:
    for element in root.iter("{*}s", "{*}seg", "{*}p", "{*}head", "{*}l"):
        own = where.get(element.get(XML_ID) or "")
        if own is None or own[0]:
            continue
        by_side: dict[int, list[int]] = {}
        for pointer in attribute(element, "corresp").split():
            other = where.get(pointer.rpartition("#")[2])
            if other and other[0]:
                by_side.setdefault(other[0], []).append(other[1])
        for side, numbers in by_side.items():
            yield side, ([own[1]], sorted(numbers), None, "auto")


def _alignment(source: Document, target: Document, links: list[_Link]) -> Alignment:
    beads, crossings = ladder(
        [(a, b, (sure, status)) for a, b, sure, status in links if status != _CROSSING],
        len(source.segments),
        len(target.segments),
    )
    return Alignment(
        source,
        target,
        tuple(
            Bead(a, b) if judged is None else Bead(a, b, confidence=judged[0], status=judged[1])
            for a, b, judged in beads
        ),
        Signature((("from", "tei"),)),
        crossings=(
            *(
                Crossing(a, b, judged[0] if judged and judged[0] is not None else 1.0)
                for a, b, judged in crossings
            ),
            *(
                Crossing(
                    range(a[0], a[-1] + 1), range(b[0], b[-1] + 1), 1.0 if sure is None else sure
                )
                for a, b, sure, status in links
                if status == _CROSSING
            ),
        ),
    )
