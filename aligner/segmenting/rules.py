"""SRX 2.0 files as data: rules, the maps that give them to languages, and the cascade.

SRX (Segmentation Rules eXchange 2.0, LISA/GALA) holds named lists of rules and maps from language
codes to lists. A rule says "break" or "no break" at a place where the text before matches
`beforebreak` and the text after matches `afterbreak`. Of the rules that match at a place the first
decides. With cascade="yes" a language has the rules of all its maps, in the order of the maps.
"""

from __future__ import annotations

import xml.parsers.expat
from collections.abc import Iterable
from dataclasses import dataclass, field

from aligner.files.xml_encoding import utf8_xml
from aligner.model import SegmentError

__all__ = ["LanguageMap", "Rule", "RuleSet", "parse"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `origin` is the file and line that messages show."""

    breaks: bool
    before: str
    after: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class LanguageMap:
    """`pattern` (a regular expression over whole language codes) gives the list `name`."""

    pattern: str
    name: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One SRX file."""

    maps: tuple[LanguageMap, ...]
    lists: dict[str, tuple[Rule, ...]]
    cascade: bool

    def names(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The lists for a language, in the order of the maps; `codes` are spellings of its code."""
        import regex

        spellings = tuple(codes)
        names: list[str] = []
        for entry in self.maps:
            pattern = regex.compile(entry.pattern, regex.V1)
            if any(pattern.fullmatch(code) for code in spellings):
                names.append(entry.name)
                if not self.cascade:
                    break
        return tuple(names)

    def rules(self, codes: Iterable[str]) -> tuple[Rule, ...]:
        """The rules for a language, in the order in which they are tried."""
        return tuple(rule for name in self.names(codes) for rule in self.lists[name])


@dataclass(slots=True)
class _Reader:
    """Collects what expat reports. Names come without their namespace."""

    name: str
    parser: xml.parsers.expat.XMLParserType
    maps: list[tuple[LanguageMap, int]] = field(default_factory=list)
    lists: dict[str, list[Rule]] = field(default_factory=dict)
    cascade: bool = True
    seen_root: bool = False
    current: list[Rule] | None = None
    rule: tuple[bool, int] | None = None
    texts: dict[str, str] = field(default_factory=dict)
    inside: str = ""

    def fail(self, message: str, line: int = 0) -> SegmentError:
        return SegmentError(
            message,
            context=f"{self.name}, line {line or self.parser.CurrentLineNumber}",
            hint="the file must be SRX 2.0",
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        element = tag.rpartition("|")[2]
        if not self.seen_root:
            if element != "srx":
                raise self.fail(f"the root element is <{element}> and not <srx>")
            self.seen_root = True
        elif element == "header":
            self.cascade = attributes.get("cascade", "yes") == "yes"
        elif element == "languagerule":
            self.current = self.lists.setdefault(self.need(attributes, "languagerulename"), [])
        elif element == "languagemap":
            entry = LanguageMap(
                self.need(attributes, "languagepattern"), self.need(attributes, "languagerulename")
            )
            self.maps.append((entry, self.parser.CurrentLineNumber))
        elif element == "rule":
            wants = attributes.get("break", "yes")
            if wants not in ("yes", "no"):
                raise self.fail(f'break="{wants}" is neither yes nor no')
            self.rule = (wants == "yes", self.parser.CurrentLineNumber)
            self.texts = {}
        elif element in ("beforebreak", "afterbreak"):
            self.inside = element

    def need(self, attributes: dict[str, str], name: str) -> str:
        if name not in attributes:
            raise self.fail(f"the attribute {name} is missing")
        return attributes[name]

    def text(self, data: str) -> None:
        if self.inside:
            self.texts[self.inside] = self.texts.get(self.inside, "") + data

    def end(self, tag: str) -> None:
        element = tag.rpartition("|")[2]
        if element == "rule" and self.rule is not None:
            if self.current is None:
                raise self.fail("a <rule> stands outside a <languagerule>")
            breaks, line = self.rule
            before, after = self.texts.get("beforebreak", ""), self.texts.get("afterbreak", "")
            self.current.append(Rule(breaks, before, after, f"{self.name}, line {line}"))
            self.rule = None
        elif element == "languagerule":
            self.current = None
        elif element in ("beforebreak", "afterbreak"):
            self.inside = ""

    def entity(self, name: str, *_rest: object) -> None:
        raise self.fail(f"the entity declaration {name} is not allowed")


def parse(data: bytes, name: str) -> RuleSet:
    """The rules of an SRX 2.0 file. `name` is what messages call it.

    Raises SegmentError with the line for XML that is not well formed, a root that is not <srx>, a
    map to a list that is not there, a pattern that is no regular expression, a file without maps;
    Malformed for an encoding that nobody knows.
    """
    parser = xml.parsers.expat.ParserCreate("utf-8", namespace_separator="|")
    parser.buffer_text = True
    reader = _Reader(name, parser)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = reader.entity
    try:
        parser.Parse(utf8_xml(data, name), True)
    except xml.parsers.expat.ExpatError as error:
        reason = xml.parsers.expat.ErrorString(error.code)
        raise reader.fail(f"not well-formed XML: {reason}", error.lineno) from error
    _check_maps(reader)
    lists = {key: tuple(rules) for key, rules in reader.lists.items()}
    return RuleSet(tuple(entry for entry, _ in reader.maps), lists, reader.cascade)


def _check_maps(reader: _Reader) -> None:
    import regex

    if not reader.maps:
        raise reader.fail("no <languagemap> says which rules a language has")
    for entry, line in reader.maps:
        if entry.name not in reader.lists:
            raise reader.fail(f"a map names the list {entry.name!r}, which is not there", line)
        try:
            regex.compile(entry.pattern, regex.V1)
        except regex.error as error:
            raise reader.fail(
                f"languagepattern {entry.pattern!r} is no regular expression: {error}", line
            ) from error
