"""Units as a gettext catalogue. Units of a catalogue are written as they were: comments, places,
flags, contexts, plural forms, header; obsolete entries stand at the end.

Units of another format: the context is `msgctxt`, notes are comments of the programmer, the comment
one of the translator. A translation that nobody decided on (of an aligner, or with the label `fuzzy`)
is flagged `fuzzy`. Native codes are written as text (`<b>`, `%d`): a catalogue has no others. An entry
is what its source and context say, so a second translation of both gets its number as context. A text
without a source, for which there is no entry, stands in a comment. A further language is a file of its
own. Always UTF-8.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from aligner.files import Sink
from aligner.files.xml_text import TextStream
from aligner.formats.common.pair_files import write_pairs
from aligner.formats.options import WriteOptions
from aligner.formats.po.entries import escaped, string_lines
from aligner.formats.po.forms import PLURAL, SINGULAR
from aligner.formats.po.stream import FORM, FUZZY, KEPT
from aligner.model import Header, Unit, UnitStream, Variant
from aligner.text.output import bcp47, one_line
from aligner.text.rich import clean
from aligner.text.wording import Forms

__all__ = ["write_units"]

_CHARSET = re.compile(r"charset=[\w.:-]+")
SOURCELESS = (
    "text without a source, which stands in a comment",
    "texts without a source, which stand in comments",
)
AGAIN = (
    "unit of a source and context that stood there before: a number is behind its context",
    "units of a source and context that stood there before: a number is behind their context",
)
_UTF8 = "text/plain; charset=UTF-8"


def write_units(stream: UnitStream, sink: Sink, options: WriteOptions) -> int:
    """Write the units (`formats.base.UnitWriter`). Returns how many there were.

    Raises ExportError where the sink cannot hold several files.
    """
    header = stream.header if stream.header.form == FORM else None
    made = partial(_Writer, header=header, options=options, altered=stream.altered)
    count = write_pairs(stream, sink, ".po", made)
    if header is not None:  # they are in the file again
        for reason in KEPT:
            stream.dropped.pop(reason, None)
    return count


class _Writer:
    """One catalogue."""

    def __init__(
        self,
        out: TextStream,
        header: Header | None,
        options: WriteOptions,
        altered: Counter[Forms],
    ) -> None:
        self._out, self._header, self._options, self._altered = out, header, options, altered
        self._begun = False
        self._group: list[Unit] = []
        self._known: dict[tuple[str, str], int] = {}

    def add(self, unit: Unit) -> None:
        """The next unit; those of one entry are written when they are all there."""
        if self._group and not _same_entry(self._group[-1], unit):
            self._flush()
        self._group.append(unit)

    def end(self) -> None:
        """Write what waits, and obsolete entries."""
        self._flush()
        self._begin(("", ""))
        for name, block in self._header.properties if self._header else ():
            if name in KEPT.values():
                self._out.write(f"\n{block}\n")

    def _begin(self, langs: tuple[str, str]) -> None:
        if self._begun:
            return
        self._begun = True
        if self._header and not (self._header.attributes or self._header.properties):
            return  # a catalogue without a header
        comments, text = self._kept(self._header) if self._header else ([], self._made(langs))
        lines = [*comments, 'msgid ""', 'msgstr ""']
        lines += [f'"{escaped(line)}"' for line in text.splitlines(keepends=True)]
        self._out.write("\n".join([*lines, ""]))

    def _made(self, langs: tuple[str, str]) -> str:
        """A new header."""
        moment = self._options.moment()
        values = {
            "PO-Revision-Date": f"{moment:%Y-%m-%d %H:%M}+0000" if moment else "",
            "Language": _locale(langs[1]),
            "MIME-Version": "1.0",
            "Content-Type": _UTF8,
            "Content-Transfer-Encoding": "8bit",
            "X-Generator": f"{self._options.tool} {self._options.version}",
            "X-Source-Language": _locale(langs[0]),
        }
        return "".join(f"{name}: {value}\n" for name, value in values.items() if value)

    @staticmethod
    def _kept(header: Header) -> tuple[list[str], str]:
        """The comments and the text of a header as it was; its charset is that of the new file."""
        comments = [f"{name}{text}" for name, text in header.properties if name.startswith("#")]
        text = next((value for name, value in header.properties if name == "msgstr"), "")
        text = text or "".join(f"{name}: {value}\n" for name, value in header.attributes)
        return comments, _CHARSET.sub("charset=UTF-8", text)

    def _flush(self) -> None:
        units, self._group = self._group, []
        if not units:
            return
        unit = units[0]
        self._begin((unit.source_lang, unit.target_lang))
        self._out.write("\n" + "".join(f"{line}\n" for line in self._entry(units)))

    def _entry(self, units: Sequence[Unit]) -> Iterator[str]:
        unit = units[0]
        own = unit.form == FORM
        sources = _sources(units)
        if not sources[SINGULAR]:
            self._altered[SOURCELESS] += 1
            yield from _comment("#", f"without a source: {one_line(unit.target)}")
            return
        context = unit.context
        if not own:
            key = (context, sources[SINGULAR])
            times = self._known[key] = self._known.get(key, 0) + 1
            if times > 1:
                self._altered[AGAIN] += 1
                context = f"{context} {times}".strip()
        yield from _before(units, own=own)
        if context:
            yield from string_lines("msgctxt", context)
        yield from string_lines(SINGULAR, sources[SINGULAR])
        if PLURAL not in sources:
            yield from string_lines("msgstr", _raw(unit.variants[1]))
            return
        yield from string_lines(PLURAL, sources[PLURAL])
        forms = dict(_numbered(units))
        for number in range(max(_count(units[0]), len(forms))):
            yield from string_lines(f"msgstr[{number}]", forms.get(number, ""))


def _same_entry(before: Unit, unit: Unit) -> bool:
    """Whether a unit is a further form of the entry of the one before it."""
    if before.form != FORM or unit.form != FORM or before.context != unit.context:
        return False
    if not (_said(before, "plural") and _said(unit, "plural")) or _sources([before]) != _sources(
        [unit]
    ):
        return False
    # one with lines before it is an entry of its own
    return not any(name.startswith("#") for name, _ in unit.properties)


def _said(unit: Unit, name: str) -> str:
    return next((value for key, value in unit.properties if key == name), "")


def _sources(units: Sequence[Unit]) -> dict[str, str]:
    """The source texts of an entry, each under its keyword."""
    unit = units[0]
    raw = _raw(unit.variants[0])
    if unit.form == FORM and any(name == PLURAL for name, _ in unit.properties):
        return {SINGULAR: raw, PLURAL: _said(unit, PLURAL)}
    if unit.form == FORM and any(name == SINGULAR for name, _ in unit.properties):
        return {SINGULAR: _said(unit, SINGULAR), PLURAL: raw}
    return {SINGULAR: raw}


def _numbered(units: Sequence[Unit]) -> Iterator[tuple[int, str]]:
    """Translations by their numbers; of one that is told twice the one with text."""
    done: dict[int, str] = {}
    for unit in units:
        number = int(_said(unit, "plural").partition("/")[0] or 0)
        done[number] = done.get(number) or _raw(unit.variants[1])
    yield from done.items()


def _count(unit: Unit) -> int:
    """How many translations the entry had."""
    return int(_said(unit, "plural").partition("/")[2] or 0)


def _raw(variant: Variant) -> str:
    """The string as it was, where the text is still the same; native codes as text."""
    raw = next((value for name, value in variant.properties if name == "raw"), None)
    if raw is not None and clean(raw) == variant.text:
        return raw
    pieces, at = [], 0
    for code in variant.codes:
        pieces += [variant.text[at : code.place], code.markup]
        at = code.place
    return "".join([*pieces, variant.text[at:]])


def _before(units: Sequence[Unit], *, own: bool) -> Iterator[str]:
    """The lines before an entry."""
    unit = units[0]
    fuzzy = any(FUZZY in one.labels for one in units)
    if not own:
        undecided = unit.status == "auto" and not unit.form and unit.confidence is not None
        if unit.comment:
            yield from _comment("#", unit.comment)
        for note in (*unit.notes, *(note for variant in unit.variants for note in variant.notes)):
            yield from _comment("#.", note)
        if fuzzy or (undecided and unit.target):
            yield "#, fuzzy"
        return
    lines = [(name, text) for name, text in unit.properties if name.startswith("#")]
    comment = " ".join(filter(None, (text.strip() for name, text in lines if name == "#")))
    if comment != unit.comment:
        yield from _comment("#", unit.comment)
        lines = [(name, text) for name, text in lines if name != "#"]
    flagged = False
    changed = fuzzy is not any(
        FUZZY in map(str.strip, text.split(",")) for name, text in lines if name == "#,"
    )
    for name, text in lines:
        if name == "#,":
            flags = [flag.strip() for flag in text.split(",")]
            if changed and (fuzzy is not flagged or FUZZY in flags):
                flags = [flag for flag in flags if flag and flag != FUZZY]
                flags = [*([FUZZY] if fuzzy else []), *flags]
                text = " " + ", ".join(flags)  # noqa: PLW2901 - the line as it is now
                if not flags:
                    continue
            flagged = True
        elif name == "#|" and changed and fuzzy and not flagged:
            flagged = True
            yield "#, fuzzy"
        yield f"{name}{text}"
    if changed and fuzzy and not flagged:
        yield "#, fuzzy"


def _comment(marker: str, text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.strip():
            yield f"{marker} {one_line(line)}"


def _locale(tag: str) -> str:
    """A language as gettext writes it: `pt_BR`; "" for none."""
    code = bcp47(tag) if tag else ""
    return "" if code == "und" else code.replace("-", "_")
