"""Gettext catalogues (.po, .pot) as a stream of units.

`msgctxt` is the context, a translator's comment the comment, comments of the programmer are notes,
and all lines before an entry are properties by their markers, so that they come back as they were.
The flag `fuzzy` is a label: the translation is not finished. Placeholders (`%s`, `{name}`) are part
of the text.

An entry with plural forms is a unit for each (`forms`), with the properties `plural` (its number and
how many there are, 1/3) and the other source text. `raw` of a variant is its string, where it is
another one than the text: line breaks, white space at the ends, characters that are not seen.

Obsolete entries are no units, as msgfmt and Poedit have it; they are listed, and a catalogue that is
written again has them at its end.

Own reader: `polib`, the library for it, opens a file of this machine where a catalogue's text
happens to be a path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from aligner.formats.common.bilingual import Contents
from aligner.formats.po.entries import Entry, charset_of, entries
from aligner.formats.po.forms import PLURAL, SINGULAR, Form, Forms
from aligner.languages.tags import canonical
from aligner.model import Declined, Dropped, Header, ReadOptions, Source, Unit, UnitStream, Variant
from aligner.text.claimed import known_tag
from aligner.text.decoding import decode
from aligner.text.drafts import suffix_of
from aligner.text.rich import clean

__all__ = ["FORM", "FUZZY", "KEPT", "SUFFIXES", "contents", "fields", "language", "stream"]

FORM = "po"
FUZZY = "fuzzy"
SUFFIXES = (".po", ".pot")
# what is no unit -> the property of the header that keeps it for a catalogue
KEPT = {
    "obsolete entry": "obsolete",
    "entry without a source": "sourceless",
    "comment at the end": "ending",
}
_FIELD = re.compile(r"([A-Za-z][\w-]*):[^\S\n]*(.*)")
_OPENS = re.compile(rb'^\s*msgid\s+"', re.MULTILINE)
# modifiers of locales (sr@latin) that BCP 47 writes as scripts
_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva"}


def stream(file: BinaryIO, name: str, options: ReadOptions) -> UnitStream:
    """The units of a file (`formats.base.UnitReader`).

    Raises Declined for what is no catalogue, Malformed, with its line, for a broken one, at once.
    """
    return contents(Source(name, file.read()), options).stream()


def contents(source: Source, options: ReadOptions, *, whatever: bool = False) -> Contents:
    """The same with the texts that are no unit's; `whatever` the file is called. Raises as `stream`."""
    data = source.data
    if not (whatever or suffix_of(source.name) in SUFFIXES or _OPENS.search(data[:20_000])):
        raise Declined(f"the suffix is not one of {', '.join(SUFFIXES)} and no line opens msgid")
    text = decode(data, source.name, encoding=options.encoding, declared=charset_of(data))
    lines = text.split("\n")
    every = list(entries(lines, source.name))
    header = next((entry for entry in every if entry.is_header), None)
    reader = _Reader(header)
    made = Contents(reader.header(every, lines), iter(()), reader.dropped, reader.beside)
    made.units = reader.units([entry for entry in every if entry is not header])
    return made


def language(declared: str) -> str:
    """A locale (`es_MX`, `sr@latin`) as a language tag; "" for what says none."""
    name, _, modifier = declared.strip().partition("@")
    tag = known_tag(name.partition(".")[0])
    if not tag or not modifier:
        return canonical(tag)
    first, *rest = tag.split("-")
    script = _SCRIPTS.get(modifier.lower())
    if script:
        return canonical("-".join([first, script, *rest]))
    return canonical(f"{tag}-{modifier}") if modifier == "valencia" else canonical(tag)


def fields(header: str) -> dict[str, str]:
    """Names and values of a catalogue's header."""
    lines = (_FIELD.match(line) for line in header.split("\n"))
    return {match[1]: match[2].strip() for match in lines if match}


class _Reader:
    """Entries to units."""

    def __init__(self, header: Entry | None) -> None:
        self._entry = header
        self._text = header.texts.get("msgstr", "") if header else ""
        declared = fields(self._text)
        self.langs = (
            language(declared.get("X-Source-Language", "")),
            language(declared.get("Language", "")),
        )
        self._forms = Forms(declared.get("Plural-Forms", ""))
        self.dropped: list[Dropped] = []
        self.beside: list[Dropped] = []
        self._number = 0

    def header(self, every: Sequence[Entry], lines: Sequence[str]) -> Header:
        """Fields as attributes, lines before it and obsolete entries as properties."""
        properties: list[tuple[str, str]] = []
        if self._entry is not None:
            properties += _comments(self._entry)
            self.beside += _listed(self._entry)
            words = self._text.strip()
            self.beside.append(Dropped("header of the catalogue", words, self._entry.line))
        for entry in every:
            reason = _unread(entry)
            if reason and entry is not self._entry:
                block, line = _block(entry, lines)
                properties.append((KEPT[reason], block))
                self.dropped.append(Dropped(reason, block, line))
        attributes = tuple(fields(self._text).items())
        if "".join(f"{name}: {value}\n" for name, value in attributes) != self._text:
            properties.append(("msgstr", self._text))
        return Header(FORM, self.langs[0], attributes, tuple(properties))

    def units(self, every: Sequence[Entry]) -> Iterator[Unit]:
        """The units of all live entries, in order."""
        for entry in every:
            if _unread(entry):
                continue
            self.beside += _listed(entry)
            yield from self._entry_units(entry)

    def _entry_units(self, entry: Entry) -> Iterator[Unit]:
        comments = _comments(entry)
        base = Unit(
            (),
            labels=(FUZZY,) if FUZZY in entry.flags else (),
            comment=_joined(entry, "#"),
            context=entry.texts.get("msgctxt", ""),
            properties=comments,
            notes=tuple(filter(None, [_joined(entry, "#.")])),
            form=FORM,
        )
        words = entry.forms
        forms = self._forms.of(len(words)) if entry.is_plural else []
        count = max(len(words), *(form.number + 1 for form in forms)) if forms else 0
        if not entry.is_plural:
            target = entry.texts[words[0]] if words else ""
            yield self._unit(base, entry.texts[SINGULAR], target)
            for word in words[1:]:
                if entry.texts[word].strip():
                    reason = f"translation {word} of an entry without a plural"
                    self.dropped.append(Dropped(reason, entry.texts[word], entry.line))
            return
        for place, form in enumerate(forms):
            target = entry.texts[words[form.number]] if form.number < len(words) else ""
            unit = base
            if place:
                unit = base._replace(properties=(), notes=(), comment="")
            yield self._plural(unit, entry, form, count, target)

    def _plural(self, unit: Unit, entry: Entry, form: Form, count: int, target: str) -> Unit:
        other = PLURAL if form.source == SINGULAR else SINGULAR
        plural = (("plural", f"{form.number}/{count}"), (other, entry.texts.get(other, "")))
        source = entry.texts.get(form.source, "")
        return self._unit(unit._replace(properties=(*unit.properties, *plural)), source, target)

    def _unit(self, unit: Unit, source: str, target: str) -> Unit:
        self._number += 1
        variants = tuple(
            _variant(lang, raw) for lang, raw in zip(self.langs, (source, target), strict=True)
        )
        kind = f"{int(bool(variants[0].text))}-{int(bool(variants[1].text))}"
        return unit._replace(variants=variants, number=self._number, kind=kind)


def _unread(entry: Entry) -> str:
    """Why an entry is no unit; "" for one that is."""
    if entry.obsolete:
        return "obsolete entry"
    if not entry.texts:
        return "comment at the end"
    return "" if entry.texts.get(SINGULAR) else "entry without a source"


def _variant(lang: str, raw: str) -> Variant:
    text = clean(raw)
    return Variant(lang, text, properties=(("raw", raw),) if raw != text else ())


def _comments(entry: Entry) -> tuple[tuple[str, str], ...]:
    """The lines before an entry, by their markers."""
    return tuple((comment.marker, comment.text) for comment in entry.comments)


def _joined(entry: Entry, marker: str) -> str:
    """The comments of one kind as one text."""
    texts = (comment.text.strip() for comment in entry.comments if comment.marker == marker)
    return " ".join(filter(None, texts))


def _listed(entry: Entry) -> Iterator[Dropped]:
    for comment in entry.comments:
        yield Dropped("comment", f"{comment.marker}{comment.text}", comment.line + 1)


def _block(entry: Entry, lines: Sequence[str]) -> tuple[str, int]:
    """The lines of an entry as the file has them, and where they begin, counted from 1."""
    numbers = [comment.line for comment in entry.comments]
    for start, stop in entry.lines.values():
        numbers += range(start, stop)
    numbers.sort()
    return "\n".join(lines[number].strip() for number in numbers), numbers[0] + 1
