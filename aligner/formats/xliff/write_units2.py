"""Units as XLIFF 2.1 (OASIS 2018). Units that came from 2.x are written as they were: version and
namespaces, files, groups, units with all their modules, segments, ignorable stretches and codes.

Units of another format: a `unit` of one segment each, with `notes`; confidence, labels, lengths of
segments and the kind of the paragraph are in the metadata module, as `write2` has them; the name of
the unit is its context. A unit of three languages and more goes to one file a target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from aligner.files import Sink
from aligner.files.xml_text import TextStream, attribute, content
from aligner.formats.common.altered import APART, RENAMED, Counts
from aligner.formats.common.pair_files import write_pairs
from aligner.formats.options import WriteOptions
from aligner.formats.xliff.inline_write import InlineWriter, inline_2
from aligner.formats.xliff.raw import Raw
from aligner.formats.xliff.roots import Frame, attributes_of, first
from aligner.formats.xliff.states import UNSURE, judged, marks_2
from aligner.formats.xliff.stream import CONTINUED, GROUPS
from aligner.formats.xliff.stream2 import OF_TARGET, OWN
from aligner.formats.xliff.write_units import counts, same_unit
from aligner.model import Header, Unit, UnitStream, Variant
from aligner.text.output import bcp47, one_line, three_decimals, xml_safe

__all__ = ["write_units"]

_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_META = "urn:oasis:names:tc:xliff:metadata:2.0"
_FORM = "xliff2"
_PLACED = {
    *("segment", "ignorable", "gap", "tail", "file", "unit", "inside"),
    *GROUPS,
    *(f"{name}{CONTINUED}" for name in GROUPS),
}
_DATA = "originalData"
_TOKEN = re.compile(r"[\w.:-]+")  # NMTOKEN
_DATA_IDS = re.compile(r'<data\b[^>]*?\sid="([^"]*)"')


def write_units(stream: UnitStream, sink: Sink, options: WriteOptions) -> int:
    """Write the units (`formats.base.UnitWriter`); a further target goes to a file of its language.

    Returns how many units there were. Raises ExportError where the sink cannot hold several files.
    """
    del options
    header = stream.header if stream.header.form == _FORM else None
    made = partial(_Writer, header=header, altered=stream.altered)
    return write_pairs(stream, sink, ".xliff2", made)


class _Writer:
    """One file; its root waits for the first unit, which says the languages."""

    def __init__(self, out: TextStream, header: Header | None, altered: Counts) -> None:
        self._out, self._header, self._altered = out, header, altered
        self._frame: Frame | None = None
        self._raw = Raw(())
        self._group: list[Unit] = []
        self._number = self._files = 0
        self._ids: set[str] = set()

    def add(self, unit: Unit) -> None:
        """The next segment: its unit is written when it is whole."""
        if self._group and not same_unit(self._group[-1], unit, _FORM):
            self._altered[APART] += unit.joins and unit.form == self._group[-1].form == "xliff"
            self._flush()
        self._group.append(unit)

    def end(self) -> None:
        """Write what waits, and close the file."""
        self._flush()
        self._opened(("und", "und")).end()

    def _opened(self, langs: tuple[str, str]) -> Frame:
        if self._frame is None:
            root = (
                ("xmlns", _CORE),
                ("xmlns:mda", _META),
                ("version", "2.1"),
                ("srcLang", bcp47(langs[0])),
                ("trgLang", bcp47(langs[1])),
            )
            self._frame = Frame(self._out, self._header, root, self._file)
            self._raw = Raw(self._header.attributes if self._header else root)
        return self._frame

    def _file(self, unit: Unit) -> str:
        self._files += 1
        about = (("id", f"f{self._files}"), ("original", unit.document))
        return f"<file{attributes_of(tuple(pair for pair in about if pair[1]))}>"

    def _flush(self) -> None:
        units, self._group = self._group, []
        if not units:
            return
        unit = units[0]
        frame = self._opened((unit.source_lang, unit.target_lang))
        frame.place(unit, own=unit.form == _FORM)
        for name, xml in unit.properties:
            if name == "unit" and frame.is_own:
                self._out.write(f"{xml}\n")
        self._out.write(self._unit(units, frame))

    def _unit(self, units: Sequence[Unit], frame: Frame) -> str:
        unit = units[0]
        own = unit.form == _FORM
        data: dict[str, str] = {}
        write = InlineWriter(inline_2(data, ""), own=own, known=frame.prefixes)
        segments = [self._segment(one, frame, write, own=own) for one in units]
        kept = [(name, xml) for name, xml in unit.properties if own and frame.is_known(xml)]
        pieces = [f"<unit{self._attributes(unit, frame, own=own)}>"]
        pieces += self._metadata(unit, frame)
        notes = "".join(_notes(unit, kept))
        original = "".join(_original(units, kept, data))
        there = {name for name, _ in kept}
        # the order of the schema where nothing is kept: metadata, notes, original data
        pieces += [notes if "notes" not in there else "", original if _DATA not in there else ""]
        for name, xml in kept:
            if name == "notes":
                pieces.append(notes)
            elif name == _DATA:
                pieces.append(original)
            elif name not in _PLACED:
                pieces.append(xml)
        return "".join([*pieces, *segments, "</unit>\n"])

    def _attributes(self, unit: Unit, frame: Frame, *, own: bool) -> str:
        self._number += 1
        name = unit.id
        if not (own and frame.is_own):
            name = name if _TOKEN.fullmatch(name) else f"u{self._number}"
            while name in self._ids:
                name = f"{name}-{self._number}"
            self._altered[RENAMED] += bool(unit.id) and name != unit.id
        self._ids.add(name)
        pairs = frame.attributes(unit.attributes) if own else {}
        if not own and any(counts(variant.text) for variant in unit.variants):
            pairs["xml:space"] = "preserve"
        if not own and unit.context:
            pairs["name"] = one_line(unit.context)
        return attributes_of((*((("id", name),) if name else ()), *pairs.items()))

    def _metadata(self, unit: Unit, frame: Frame) -> Iterator[str]:
        """What 2.x has no place of its own for."""
        labels = [label for label in unit.labels if label != UNSURE or not _implied(unit)]
        shares = (("confidence", unit.confidence), ("quality", unit.quality))
        values = [(name, "" if one is None else three_decimals(one)) for name, one in shares]
        values += [("label", one_line(label)) for label in labels]
        values += [
            (f"{name}-lengths", " ".join(map(str, variant.lengths)))
            for name, variant in zip(("source", "target"), unit.variants, strict=True)
        ]
        values += [("kind", unit.role if unit.role != "para" else "")]
        metas = "".join(
            f'<mda:meta type="{name}">{content(value)}</mda:meta>'
            for name, value in values
            if value
        )
        if not metas:
            return
        space = "" if "mda" in frame.known else f' xmlns:mda="{_META}"'
        group = f'<mda:metaGroup category="{OWN}">{metas}</mda:metaGroup>'
        yield f"<mda:metadata{space}>{group}</mda:metadata>"

    def _segment(self, unit: Unit, frame: Frame, write: InlineWriter, *, own: bool) -> str:
        source, target = unit.variants
        declared = frame.attributes(target.attributes) if own else {}
        of_target = {name: value for name, value in declared.items() if name in OF_TARGET}
        of_segment = {name: value for name, value in declared.items() if name not in OF_TARGET}
        name, number = next(
            (pair for pair in unit.properties if pair[0] in ("segment", "ignorable")),
            ("segment", ""),
        )
        if name == "segment":
            of_segment |= _state(unit, of_segment, own=own)
        pieces = [first(unit.properties, "gap"), f"<{name}"]
        pieces.append(
            attributes_of(tuple((n, v) for n, v in (("id", number), *of_segment.items()) if v))
        )
        of_source = frame.attributes(source.attributes) if own else {}
        pieces.append(f"><source{attributes_of(tuple(of_source.items()))}>")
        pieces += [self._content(source, frame, write), "</source>"]
        inside = self._content(target, frame, write)
        if inside or of_target:
            pieces.append(f"<target{attributes_of(tuple(of_target.items()))}>{inside}</target>")
        pieces += [xml for key, xml in unit.properties if key == "inside" and frame.is_own]
        return "".join([*pieces, f"</{name}>", first(unit.properties, "tail")])

    def _content(self, variant: Variant, frame: Frame, write: InlineWriter) -> str:
        raw = self._raw.of(variant) if frame.is_own else None
        return write.write(variant) if raw is None else raw


def _implied(unit: Unit) -> bool:
    """Whether the state of a segment says that it is not sure."""
    return bool(unit.target) and unit.status == "auto"


def _state(unit: Unit, words: dict[str, str], *, own: bool) -> dict[str, str]:
    """State and substate, where what is decided is not what they say."""
    judgement = judged(words)
    unsure = UNSURE in unit.labels
    if own and (not unit.target or (judgement.status, judgement.unsure) == (unit.status, unsure)):
        return {}
    words_now = marks_2(unit.status, has_target=bool(unit.target), unsure=unsure)
    return {"subState": ""} | words_now


def _notes(unit: Unit, kept: Sequence[tuple[str, str]]) -> Iterator[str]:
    whole = "".join(xml for name, xml in kept if name == "notes") if unit.notes else ""
    texts = [] if whole else list(unit.notes)
    inside = sum(xml.count("<note>") + xml.count("<note ") for n, xml in kept if n == "inside")
    texts = texts[: len(texts) - inside] if texts else texts
    if unit.comment:
        texts.append(one_line(unit.comment))
    made = [f"<note>{content(xml_safe(text))}</note>" for text in texts]
    if unit.form != _FORM:
        made += [
            f'<note appliesTo="{side}">{content(xml_safe(note))}</note>'
            for side, variant in zip(("source", "target"), unit.variants, strict=True)
            for note in variant.notes
        ]
    if whole:  # a unit has one element of notes
        yield whole.replace("</notes>", f"{''.join(made)}</notes>")
    elif made:
        yield f"<notes>{''.join(made)}</notes>"


def _original(
    units: Sequence[Unit], kept: Sequence[tuple[str, str]], data: dict[str, str]
) -> Iterator[str]:
    """The native codes: as they were, or those that the codes stand for."""
    whole = "".join(xml for name, xml in kept if name == _DATA)
    wanted = dict(_references(units)) if units[0].form == _FORM else {}
    wanted |= {name: text for text, name in data.items()}
    if whole:
        there = set(_DATA_IDS.findall(whole))
        # a code may name data that its unit does not have: there is nothing to say of it
        wanted = {name: text for name, text in wanted.items() if name not in there and text}
        if not wanted:
            yield whole
            return
    made = [
        f'<data id="{attribute(name)}">{content(xml_safe(text))}</data>'
        for name, text in wanted.items()
    ]
    if whole:
        yield whole.replace("</originalData>", f"{''.join(made)}</originalData>")
    elif made:
        yield f"<originalData>{''.join(made)}</originalData>"


def _references(units: Sequence[Unit]) -> Iterator[tuple[str, str]]:
    """Ids of original data that the codes of units name, and what they stand for."""
    for unit in units:
        for variant in unit.variants:
            codes = variant.codes
            for number, code in enumerate(codes):
                for name, value in code.attributes:
                    if name in ("dataRef", "dataRefStart"):
                        yield value, code.markup
                    elif name == "dataRefEnd":
                        closing = (
                            c for c in codes[number:] if (c.role, c.id) == ("close", code.id)
                        )
                        yield value, next((c.markup for c in closing), "")
