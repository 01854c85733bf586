"""XML read once from start to end, with lines, by expat: memory stays small whatever the size.

Nothing is loaded from outside and no entity is expanded: a declaration of one is a finding and ends
the check.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.parsers import expat

from aligner.files.entities import Entities, EntityError
from aligner.formats.validation.codes import COMMON
from aligner.formats.validation.fault import Fault
from aligner.formats.validation.octets import clean_blocks
from aligner.formats.validation.rules import DEPTH, Rules

__all__ = ["walk"]

_XML = "http://www.w3.org/XML/1998/namespace"
_DEEPEST = 256


class _Stop(Exception):
    """The check ends here; the finding is made."""


def walk(stream: BinaryIO, rules: Rules) -> Iterator[Fault]:
    """All findings in the order in which they become known. Reads `stream` once."""
    parser = _Parser(rules)
    try:
        for block in clean_blocks(stream, parser.report):
            parser.feed(block)
            yield from rules.faults
            rules.faults.clear()
        parser.close()
    except _Stop:
        pass
    except expat.ExpatError as error:
        unbound = error.code == expat.errors.codes[expat.errors.XML_ERROR_UNBOUND_PREFIX]
        code = "X005" if unbound else "X001"
        parser.report(code, error.lineno, error.offset + 1, *_malformed(error))
    yield from rules.faults
    rules.faults.clear()


def _malformed(error: expat.ExpatError) -> tuple[str, str]:
    words = expat.errors.messages.get(error.code, str(error))
    known = expat.errors.codes
    advice = {
        known[expat.errors.XML_ERROR_TAG_MISMATCH]: "close the elements in the order in which they"
        " were opened",
        known[expat.errors.XML_ERROR_NO_ELEMENTS]: "the file is empty or cut off",
        known[expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE]: "keep one of the two",
        known[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: "write the character itself",
        known[expat.errors.XML_ERROR_UNBOUND_PREFIX]: "declare the prefix with xmlns:",
        known[expat.errors.XML_ERROR_MISPLACED_XML_PI]: "remove what stands before <?xml ...?>",
        known[
            expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT
        ]: "remove what follows the last end tag",
    }.get(error.code, "write & as &amp; and < as &lt;, and close every element")
    return (
        f"not well-formed XML: {words} (column {error.offset + 1})",
        f"{advice}; nothing after it is checked",
    )


# what no namespace can hold: expat refuses a file whose namespace holds its separator
_BETWEEN = "\x1f"


class _Parser:
    """expat with the handlers of some rules."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._skipped = 0
        self._entities = Entities()
        # the bytes are UTF-8 by now, whatever the declaration says
        parser = expat.ParserCreate("utf-8", namespace_separator=_BETWEEN)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._expat = parser

    def report(self, code: str, line: int, column: int, reason: str, advice: str) -> None:
        """A finding about the XML itself."""
        rules = self._rules
        severity = COMMON[code].severity
        rules.faults.append(Fault(code, line, rules.unit, reason, advice, severity, column))

    def feed(self, block: bytes) -> None:
        """Parse a piece."""
        self._expat.Parse(block, False)

    def close(self) -> None:
        """The end of the file."""
        self._expat.Parse(b"", True)
        self._rules.line = self._expat.CurrentLineNumber
        self._rules.finish()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        rules = self._rules
        rules.line = self._expat.CurrentLineNumber
        space, _, name = tag.rpartition(_BETWEEN)
        if self._skipped:
            rules.foreign(space, name, self._named(attributes), self._skipped)
            self._skipped += 1
            return
        if not rules.stack:
            attributes = self._named(attributes)
            rules.root(space, name, attributes)
            rules.start(name, attributes)
            return
        prefix = rules.namespaces.get(space)
        if prefix is None:
            rules.foreign(space, name, self._named(attributes), 0)
            self._skipped = 1
            return
        if len(rules.stack) >= _DEEPEST:
            rules.add(DEPTH, f"elements are nested deeper than {_DEEPEST}", "flatten the file")
            raise _Stop
        rules.start(f"{prefix}:{name}" if prefix else name, self._named(attributes))

    def _named(self, attributes: dict[str, str]) -> dict[str, str]:
        """Attributes of a known namespace by its prefix."""
        if not any(_BETWEEN in key for key in attributes):
            return attributes
        return {self._attribute(key): value for key, value in attributes.items()}

    def _attribute(self, key: str) -> str:
        space, _, name = key.rpartition(_BETWEEN)
        if not space:
            return name
        prefix = "xml" if space == _XML else self._rules.namespaces.get(space)
        return f"{prefix}:{name}" if prefix else f"{space} {name}"

    def _end(self, _: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        rules = self._rules
        rules.line = self._expat.CurrentLineNumber
        rules.end(rules.stack[-1])

    def _text(self, data: str) -> None:
        if not self._skipped:
            # text comes when what follows it is read: count back to its first word
            lead = len(data) - len(data.lstrip())
            self._rules.line = self._expat.CurrentLineNumber - data.count("\n", lead)
            self._rules.text(data)

    def _entity(self, *declared: Any) -> None:
        try:
            self._entities.declare(*declared)
        except EntityError as error:
            reason = str(error)
        else:
            return
        advice = "write its text out and remove the <!ENTITY> line; nothing after it is checked"
        self.report("X003", self._expat.CurrentLineNumber, 0, reason, advice)
        raise _Stop
