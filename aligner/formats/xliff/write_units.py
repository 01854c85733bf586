"""Units as XLIFF 1.2 (OASIS 2008). Units that came from 1.x are written as they were: ids, groups,
segments, codes, states, and all elements beside the texts; their version and their namespaces too.

Units of another format: the id is theirs where they have one, notes are `note`s, the context is a
`context` of the type that po2xliff writes. Confidence, labels and lengths of segments are in
`extradata` (`name=value; ...`), as `write` has them. A unit of three languages and more goes to one
file a target.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from aligner.files import Sink
from aligner.files.xml_text import TextStream, attribute, content
from aligner.formats.common.altered import RENAMED
from aligner.formats.common.pair_files import write_pairs
from aligner.formats.options import WriteOptions
from aligner.formats.xliff.inline_write import InlineWriter, inline_1
from aligner.formats.xliff.raw import Raw
from aligner.formats.xliff.roots import Frame, attributes_of, first
from aligner.formats.xliff.states import UNSURE, judged, marks, updated
from aligner.formats.xliff.stream import CONTINUED, GROUPS
from aligner.model import Header, Unit, UnitStream, Variant
from aligner.text.output import bcp47, one_line, three_decimals, xml_safe

__all__ = ["counts", "same_unit", "write_units"]

_CORE = "urn:oasis:names:tc:xliff:document:1.2"
_FORM = "xliff"
_XLIFF = (_FORM, "xliff2")
_RESTYPES = {"heading": "heading", "item": "listitem", "cell": "cell", "caption": "caption"}
# properties that are written elsewhere than among the elements beside the texts
_PLACED = frozenset(
    ["segment", "place", "side", "file", "note", "source", "seg-source", "catalogue", *GROUPS]
    + [f"{name}{CONTINUED}" for name in GROUPS]
)
_CONTEXT = (
    '<context-group purpose="match"><context context-type="x-po-msgctxt">{}</context>'
    "</context-group>"
)
_DEFINED = re.compile(r"<[\w.-]+:seg[\s/>]")
_FOREIGN = re.compile(r"<[\w.-]+:")
_CONF = re.compile(r' conf="[^"]*"')
_ATTRIBUTE = re.compile(r'\s([\w.:-]+)="([^"]*)"')
_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = str.maketrans({"%": "%25", ";": "%3B"})
_SPACES = re.compile(r"^\s|\s$|[ \t\n\r]{2}|[\t\n\r]")
_MARK = '<mrk mtype="seg" mid="{}">'


def write_units(stream: UnitStream, sink: Sink, options: WriteOptions) -> int:
    """Write the units (`formats.base.UnitWriter`); a further target goes to a file of its language.

    Returns how many units there were. Raises ExportError where the sink cannot hold several files.
    """
    header = stream.header if stream.header.form == _FORM else None
    made = partial(_Writer, header=header, options=options, altered=stream.altered)
    return write_pairs(stream, sink, ".xlf", made, mixed=True)


class _Writer:
    """One file."""

    def __init__(
        self,
        out: TextStream,
        header: Header | None,
        options: WriteOptions,
        altered: Counter[tuple[str, str]],
    ) -> None:
        self._out, self._options, self._altered = out, options, altered
        root = (("xmlns", _CORE), ("version", "1.2"))
        self._frame = Frame(out, header, root, self._file, "body")
        self._raw = Raw(header.attributes if header else root)
        self._group: list[Unit] = []
        self._number = 0
        self._ids: set[str] = set()

    def add(self, unit: Unit) -> None:
        """The next unit: written when it is whole."""
        if self._group and not same_unit(self._group[-1], unit, _FORM):
            self._flush()
        self._group.append(unit)

    def end(self) -> None:
        """Write what waits, and close the file."""
        self._flush()
        self._frame.end()

    def _file(self, unit: Unit) -> str:
        moment = self._options.moment()
        about = attributes_of(
            (
                ("original", unit.document or "text"),
                ("source-language", bcp47(unit.source_lang)),
                ("target-language", bcp47(unit.target_lang)),
                ("datatype", "plaintext"),
                *((("date", f"{moment:%Y-%m-%dT%H:%M:%SZ}"),) if moment else ()),
            )
        )
        tool = attributes_of(
            (
                ("tool-id", "aligner"),
                ("tool-name", self._options.tool),
                ("tool-version", self._options.version),
            )
        )
        return f"<file{about}>\n<header><tool{tool}/></header>"

    def _flush(self) -> None:
        units, self._group = self._group, []
        if not units:
            return
        self._frame.place(units[0], own=units[0].form == _FORM)
        self._out.write(self._unit(units))

    def _unit(self, units: Sequence[Unit]) -> str:
        unit = units[0]
        own = unit.form == _FORM
        ours = 'tool-id="aligner"' in self._frame.start
        write = InlineWriter(inline_1, own=own, known=self._frame.prefixes)
        changed = self._said(units, own=own, ours=ours)
        kept = [pair for pair in unit.properties if own and self._frame.is_known(pair[1])]
        pieces = [xml for name, xml in kept if name == "catalogue"]
        pieces.append(f"<trans-unit{self._attributes(unit, changed)}>")
        if own and _is_segmented(units):
            pieces += self._segmented(units, changed, write)
        else:
            source, target = unit.variants
            pieces.append(
                f"<source{self._own(source, own=own)}>{self._content(source, write)}</source>"
            )
            pieces += [xml for name, xml in kept if name == "seg-source"]
            pieces += self._target(target, self._content(target, write), changed, own=own)
        pieces += self._beside(units, kept, own=own)
        return "".join([*pieces, "</trans-unit>\n"])

    def _attributes(self, unit: Unit, changed: dict[str, str]) -> str:
        self._number += 1
        own = unit.form == _FORM
        name = unit.id
        if not (own and self._frame.is_own):
            name = name or str(self._number)
            while name in self._ids:
                name = f"{name}-{self._number}"
            self._altered[RENAMED] += bool(unit.id) and name != unit.id
        self._ids.add(name)
        pairs = self._frame.attributes(unit.attributes) if own else {}
        if not own and any(counts(variant.text) for variant in unit.variants):
            pairs["xml:space"] = "preserve"
        if not own and unit.role != "para":
            pairs["restype"] = _RESTYPES.get(unit.role, f"x-{unit.role}")
        of_unit = ("approved", "extradata", "mq:status", "m:confirmed")
        pairs = _with(pairs, changed, of_unit)
        return attributes_of((*((("id", name),) if name else ()), *pairs.items()))

    def _own(self, variant: Variant, *, own: bool) -> str:
        return (
            attributes_of(tuple(self._frame.attributes(variant.attributes).items())) if own else ""
        )

    def _content(self, variant: Variant, write: InlineWriter) -> str:
        raw = self._raw.of(variant) if self._frame.is_own else None
        return write.write(variant) if raw is None else raw

    def _target(
        self, target: Variant, inside: str, changed: dict[str, str], *, own: bool
    ) -> Iterator[str]:
        pairs = self._frame.attributes(target.attributes) if own else {}
        of_target = ("state", "state-qualifier")
        pairs = _with(pairs, changed, of_target)
        if inside or pairs:
            yield f"<target{attributes_of(tuple(pairs.items()))}>{inside}</target>"

    def _said(self, units: Sequence[Unit], *, own: bool, ours: bool) -> dict[str, str]:
        """Words of the unit that say what is decided of it, where they have changed."""
        unit = units[0]
        decided = [one for one in units if one.target]
        if not decided:
            extra = _extradata(units, "", False)
            return {"extradata": extra} if extra else {}
        status = next((one.status for one in decided if one.status == "auto"), decided[0].status)
        unsure = any(UNSURE in one.labels for one in decided)
        by_segment = own and any("conf" in words_of(one) for one in units)
        if not own:
            machine = not unit.form and unit.confidence is not None
            changed = marks(status, unsure=unsure, machine=machine)
            judgement = judged(changed, ours=ours)
        else:
            words = words_of(unit)
            judgement = judged(words, ours=ours)
            changed = {}
            if not by_segment and (judgement.status, judgement.unsure) != (
                "accepted" if status == "edited" and not ours else status,
                unsure and not ours,
            ):
                changed = updated(words, status, unsure=unsure)
                judgement = judged(words | changed, ours=ours)
        implied = judgement.unsure or by_segment
        extra = _extradata(units, status if judgement.status != status else "", implied)
        return changed | ({"extradata": extra} if extra else {})

    def _segmented(
        self, units: Sequence[Unit], changed: dict[str, str], write: InlineWriter
    ) -> Iterator[str]:
        start = first(units[0].properties, "seg-source") or "<seg-source>"
        unlike = first(units[0].properties, "source")  # where it is not what its segments are
        first_target = units[0].variants[1]
        sides = [first(unit.properties, "side") for unit in units]
        targets = sorted(
            (u for u, side in zip(units, sides, strict=True) if side != "source" or u.target),
            key=_place,
        )
        units = [u for u, side in zip(units, sides, strict=True) if side != "target"]
        sources = [unit.variants[0] for unit in units]
        bare = [self._content(one, write) for one in sources]
        marked = [self._marked(unit, 0, write) for unit in units]
        around = [_around(one) for one in sources]
        whole = "".join(
            f"{gap}{text}{tail}" for (gap, tail), text in zip(around, bare, strict=True)
        )
        of_source = self._own(sources[0], own=True) if sources else ""
        yield f"<source{of_source}>{unlike or whole}</source>"
        yield f"{start}{''.join(marked)}</seg-source>"
        there = any(v.text or v.codes or v.properties for v in (u.variants[1] for u in targets))
        inside = "".join(self._marked(unit, 1, write) for unit in targets) if there else ""
        yield from self._target(first_target, inside, changed, own=True)

    def _marked(self, unit: Unit, side: int, write: InlineWriter) -> str:
        """A segment of one side in its mark, with what stands around it."""
        variant = unit.variants[side]
        gap, tail = _around(variant)
        inside = self._content(variant, write)
        start = first(variant.properties, "mrk")
        if not start:
            start = _MARK.format(attribute(first(unit.properties, "segment")))
        return f"{gap}{start}{inside}</mrk>{tail}"

    def _beside(
        self, units: Sequence[Unit], kept: Sequence[tuple[str, str]], *, own: bool
    ) -> Iterator[str]:
        """What stands behind the texts: notes, contexts, proposals, elements of the tools."""
        unit = units[0]
        defined = [self._defined(one) for one in units if own]
        beside = [x for name, x in kept if name not in _PLACED and not _DEFINED.match(x)]
        yield from (xml for xml in beside if not _FOREIGN.match(xml))
        if not own and unit.context:
            yield _CONTEXT.format(content(one_line(unit.context)))
        written = [xml for name, xml in kept if name == "note"]
        for note in unit.notes:
            if written and _text_of(written[0]) == content(note):
                yield written.pop(0)
            else:
                yield f"<note>{content(xml_safe(note))}</note>"
        if not own:
            for side, variant in zip(("source", "target"), unit.variants, strict=True):
                for note in variant.notes:
                    yield f'<note annotates="{side}">{content(xml_safe(note))}</note>'
        if unit.comment:
            yield f"<note>{content(one_line(unit.comment))}</note>"
        # the schema has them last
        yield from (xml for xml in beside if _FOREIGN.match(xml))
        if any(defined):
            prefix = next(filter(None, defined)).partition(":")[0].removeprefix("<")
            yield f"<{prefix}:seg-defs>{''.join(defined)}</{prefix}:seg-defs>"

    def _defined(self, unit: Unit) -> str:
        """Studio's definition of a segment, with what was decided since."""
        xml = next((xml for _, xml in unit.properties if _DEFINED.match(xml)), "")
        if not xml or not self._frame.is_known(xml):
            return ""
        words = words_of(unit)
        judgement = judged(words)
        status = "accepted" if unit.status == "edited" else unit.status
        unsure = UNSURE in unit.labels
        if (
            unit.target
            and (judgement.status, judgement.unsure) != (status, unsure)
            and "conf" in words
        ):
            conf = updated(words, status, unsure=unsure)["conf"]
            xml = _CONF.sub(f' conf="{conf}"', xml, count=1)
        return xml


def counts(text: str) -> bool:
    """Whether a text has white space that is more than single spaces between words."""
    return _SPACES.search(text) is not None


def same_unit(before: Unit, unit: Unit, form: str) -> bool:
    """Whether a unit is a further segment of the one before it: in a file of this `form`, or of the
    other XLIFF where nothing is said of the segment alone.
    """
    if not unit.joins or unit.form not in _XLIFF:
        return False
    if (before.form, before.id, before.document) != (unit.form, unit.id, unit.document):
        return False
    alone = (
        unit.notes or unit.comment or unit.labels or (unit.confidence, unit.quality) != (None, None)
    )
    return unit.form == form or (form == _XLIFF[1] and not alone)


def _with(pairs: dict[str, str], words: dict[str, str], names: Sequence[str]) -> dict[str, str]:
    """Attributes with those words of `names` that have changed; one that became "" is gone."""
    changed = {name: value for name, value in words.items() if name in names}
    return {
        name: value for name, value in (pairs | changed).items() if value or name not in changed
    }


def _is_segmented(units: Sequence[Unit]) -> bool:
    return any(name == "segment" for name, _ in units[0].properties)


def _around(variant: Variant) -> tuple[str, str]:
    return first(variant.properties, "gap"), first(variant.properties, "tail")


def _place(unit: Unit) -> int:
    """Where the target of a segment stands; in the order of the sources where nothing is said."""
    return int(first(unit.properties, "place") or 0)


def words_of(unit: Unit) -> dict[str, str]:
    """All that a 1.x unit says of its translation."""
    words = dict(unit.attributes) | dict(unit.variants[1].attributes)
    for _, xml in unit.properties:
        if _DEFINED.match(xml):
            words |= dict(_ATTRIBUTE.findall(xml[: xml.index(">")]))
    return words


def _text_of(xml: str) -> str:
    """The text of a note as it stands in the XML, white space single spaces."""
    return " ".join(_TAG.sub("", xml).replace("&#13;", " ").split())


def _extradata(units: Sequence[Unit], status: str, implied: bool) -> str:
    """What 1.2 has no place of its own for, `name=value; ...`; `status` "" where the state says it;
    `implied`: the state says that the translation is not sure.
    """
    unit = units[0]
    labels = dict.fromkeys(label for one in units for label in one.labels)
    values = [] if unit.confidence is None else [("confidence", three_decimals(unit.confidence))]
    values += [] if unit.quality is None else [("quality", three_decimals(unit.quality))]
    values += [("status", status)] if status else []
    values += [("label", one_line(label)) for label in labels if not (implied and label == UNSURE)]
    values += [
        (f"{name}-lengths", " ".join(map(str, variant.lengths)))
        for name, variant in zip(("source", "target"), unit.variants, strict=True)
    ]
    return "; ".join(f"{name}={value.translate(_ESCAPED)}" for name, value in values if value)
