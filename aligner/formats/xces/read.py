"""XCES alignments (`cesAlign`), as OPUS publishes them: links between sentence numbers of two texts.

`xtargets="1 2;1"` names sentences of `fromDoc`, then of `toDoc`; `certainty` from 0 to 1 becomes the
confidence. One `linkGrp` a pair of texts: several with the same source are a set, several with
different sources (a whole corpus) one text after the other. The texts lie beside the file under the
names it gives them, or are given by the user.
"""

from __future__ import annotations

import re
from typing import Any

from aligner.files.xml import attribute, local, parse_xml, root_of
from aligner.formats.common.links import Beside, Link, tile
from aligner.formats.common.sentences import Text, concatenated, read_sentences
from aligner.model import Alignment, AlignmentSet, Declined, Malformed, ReadOptions, Source

__all__ = ["numbered", "read_alignment"]


def read_alignment(
    source: Source, options: ReadOptions, beside: Beside
) -> Alignment | AlignmentSet:
    """The links in `source` and their texts; a set where one source has several targets.

    Raises Declined for what is no cesAlign, Malformed with its line for a link that cannot be read,
    ReadError where a text is not found.
    """
    if root_of(source.data) != "cesAlign":
        raise Declined("the root element is not <cesAlign>")
    root = parse_xml(source.data, source.name, options.encoding)
    groups = [group for group in root.iter("{*}linkGrp") if len(group)]
    if not groups:
        raise Malformed("it holds no links", context=source.name)
    files = [(attribute(group, "fromDoc"), attribute(group, "toDoc")) for group in groups]
    if len({one for one, _ in files}) == 1:
        text = read_sentences(beside.text(0, files[0][0], source.name))
        made = []
        for number, (group, (_, name)) in enumerate(zip(groups, files, strict=True), start=1):
            other = read_sentences(beside.text(number, name, source.name))
            links = [_link(link, (text[1], other[1]), source.name) for link in _links(group)]
            made.append(tile(text[0], other[0], links, "xces", source.name))
        return made[0] if len(made) == 1 else AlignmentSet(tuple(made))
    texts: tuple[list[Text], list[Text]] = ([], [])
    for number, pair in enumerate(files):
        for side, name in enumerate(pair):
            where = beside.text(2 * number + side, name, source.name)
            texts[side].append(read_sentences(where))
    one, ids = concatenated(texts[0])
    other_text, other_ids = concatenated(texts[1])
    links = [
        _link(link, (ids[number], other_ids[number]), source.name)
        for number, group in enumerate(groups)
        for link in _links(group)
    ]
    return tile(one, other_text, links, "xces", source.name)


def _links(group: Any) -> list[Any]:
    return [link for link in group if local(link) == "link"]


def _link(link: Any, ids: tuple[dict[str, int], dict[str, int]], name: str) -> Link:
    sides = numbered(link, ids, name)
    share = attribute(link, "certainty")
    known = re.fullmatch(r"[01](?:\.\d{1,9})?", share) and float(share) <= 1
    return Link(*sides, confidence=float(share) if known else None)


def numbered(
    link: Any, ids: tuple[dict[str, int], dict[str, int]], name: str
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The numbers behind `xtargets`, in its order of sides, each side increasing.

    Raises Malformed for another form or an id that no sentence has.
    """
    line = link.sourceline or 0
    targets = attribute(link, "xtargets")
    if targets.count(";") != 1:
        raise Malformed(
            f"xtargets {targets!r} is not two sides with a ; between", context=name, line=line
        )
    sides = []
    for part, known in zip(targets.split(";"), ids, strict=True):
        missing = [item for item in part.split() if item not in known]
        if missing:
            raise Malformed(f"no sentence has the id {missing[0]!r}", context=name, line=line)
        numbers = {known[item] for item in part.split()} - {-1}
        sides.append(tuple(sorted(numbers)))
    return sides[0], sides[1]
