"""A scholar's own labels on beads: the taxonomy file, and the labels put on an alignment.

A taxonomy is TOML:

    name = "Vinay and Darbelnet"
    [[label]]
    id = "modulation"                 letters, digits, ".", "-", "_"
    name = "Modulation"
    help = "The same situation, seen from another side."

The labels of an alignment are TSV with a header: `source` and `target` (segments separated by spaces,
"-" for none), `label`, and if wanted `comment`. Segments are named as reports name them, `s3` and `t3`,
counting from 1, or by their plain numbers, counting from 0. A bead may carry several labels. Two
taxonomies are shipped as examples, in our own words: `vinay-darbelnet` (1958) and
`leuven-zwart` (1989).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from aligner.files.shipped import shipped_text
from aligner.model import Alignment, Malformed, UsageError
from aligner.text.notation import toml_of

__all__ = ["SHIPPED", "Label", "Taxonomy", "label_beads", "parse_taxonomy", "shipped"]

SHIPPED = ("leuven-zwart", "vinay-darbelnet")
_SEGMENT = re.compile(r"(?P<letter>[st]?)(?P<number>[0-9]{1,9})")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Label:
    """One category."""

    id: str
    name: str
    help: str


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Categories by id."""

    name: str
    labels: Mapping[str, Label]


def parse_taxonomy(content: str, name: str) -> Taxonomy:
    """A taxonomy file. Raises Malformed where it is no TOML, or a label lacks id or name."""
    raw = toml_of(content, name)
    labels: dict[str, Label] = {}
    rows = raw.get("label", [])
    if not (isinstance(rows, list) and all(isinstance(row, dict) for row in rows)):
        raise Malformed("labels are [[label]] tables", context=name)
    for number, row in enumerate(rows, start=1):
        identity = str(row.get("id", ""))
        if not _ID.fullmatch(identity):
            raise Malformed(
                f"label {number} has no id of letters, digits, '.', '-' and '_'",
                context=name,
                excerpt=identity,
            )
        if identity in labels:
            raise Malformed(f"the label {identity!r} stands twice", context=name)
        labels[identity] = Label(identity, str(row.get("name", identity)), str(row.get("help", "")))
    if not labels:
        raise Malformed("there is no [[label]] in it", context=name)
    return Taxonomy(str(raw.get("name", name)), labels)


def shipped(name: str) -> Taxonomy:
    """A taxonomy that comes with the program. Raises UsageError for another name."""
    if name not in SHIPPED:
        raise UsageError(
            f"there is no taxonomy {name!r}", hint=f"known: {', '.join(SHIPPED)}, or a file"
        )
    return parse_taxonomy(shipped_text("aligner.checks", f"taxonomy-{name}.toml"), name)


def label_beads(alignment: Alignment, taxonomy: Taxonomy, content: str, name: str) -> Alignment:
    """The alignment with the labels of a file on its beads.

    Raises Malformed for a label that the taxonomy lacks, or segments that no bead has exactly.
    """
    lines = content.lstrip("\ufeff").splitlines()
    header = lines[0].split("\t") if lines else []
    if not {"source", "target", "label"} <= set(header):
        raise Malformed(
            "labels need the columns source, target and label",
            context=name,
            line=1,
            hint="source and target are segments separated by spaces (s3, t3; plain numbers count from 0), - for none",
        )
    where = {(tuple(bead.source), tuple(bead.target)): k for k, bead in enumerate(alignment.beads)}
    beads = list(alignment.beads)
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = dict(zip(header, line.split("\t"), strict=False))
        key = (
            _numbers(cells.get("source", ""), "s", name, number),
            _numbers(cells.get("target", ""), "t", name, number),
        )
        label = cells.get("label", "").strip()
        if label not in taxonomy.labels:
            raise Malformed(
                f"{taxonomy.name} has no label {label!r}",
                context=name,
                line=number,
                hint=f"known: {', '.join(taxonomy.labels)}",
            )
        place = where.get(key)
        if place is None:
            raise Malformed(
                f"no bead has source {_shown('s', key[0])} and target {_shown('t', key[1])}",
                context=name,
                line=number,
                hint="name the segments of one whole bead: s3, t3 count from 1, plain numbers from 0",
            )
        bead = beads[place]
        comment = cells.get("comment", "").strip()
        if label not in bead.labels:
            bead = replace(bead, labels=(*bead.labels, label))
        if comment and comment not in bead.comment:
            bead = replace(bead, comment="; ".join(filter(None, (bead.comment, comment))))
        beads[place] = bead
    return replace(alignment, beads=tuple(beads))


def _shown(letter: str, numbers: Iterable[int]) -> str:
    return " ".join(f"{letter}{number + 1}" for number in numbers) or "-"


def _numbers(cell: str, letter: str, name: str, line: int) -> tuple[int, ...]:
    cell = cell.strip()
    if cell in ("", "-"):
        return ()
    matches = [_SEGMENT.fullmatch(part) for part in cell.split()]
    letters = {match["letter"] for match in matches if match}
    numbers = [int(match["number"]) - bool(match["letter"]) for match in matches if match]
    if None in matches or min(numbers) < 0 or not letters <= {letter, ""} or len(letters) > 1:
        raise Malformed(
            f"segments are {letter}1, {letter}2 ..., or plain numbers from 0, separated by spaces",
            context=name,
            line=line,
            excerpt=cell[:40],
        )
    return tuple(numbers)
