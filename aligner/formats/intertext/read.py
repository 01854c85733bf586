"""InterText alignments: a bare `linkGrp` between two texts, the ids of `toDoc` first.

Status `man` (a person was there) becomes accepted. The texts lie beside the file under the names it
gives them, or are given by the user (that of `fromDoc` first).
"""

from __future__ import annotations

from aligner.files.xml import attribute, local, parse_xml, root_of
from aligner.formats.common.links import Beside, Link, tile
from aligner.formats.common.sentences import read_sentences
from aligner.formats.xces.read import numbered
from aligner.model import Alignment, Declined, ReadOptions, Source

__all__ = ["read_alignment"]


def read_alignment(source: Source, options: ReadOptions, beside: Beside) -> Alignment:
    """The links in `source` and their texts.

    Raises Declined for another root element, Malformed with its line for a link that cannot be
    read, ReadError where a text is not found.
    """
    if root_of(source.data) != "linkGrp":
        raise Declined("the root element is not <linkGrp>")
    root = parse_xml(source.data, source.name, options.encoding)
    one, other = (
        read_sentences(beside.text(number, attribute(root, name), source.name))
        for number, name in enumerate(("fromDoc", "toDoc"))
    )
    links = []
    for link in root:
        if local(link) == "link":
            right, left = numbered(link, (other[1], one[1]), source.name)
            status = "accepted" if attribute(link, "status") == "man" else "auto"
            links.append(Link(left, right, status=status))
    return tile(one[0], other[0], links, "intertext", source.name)
