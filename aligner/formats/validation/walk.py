"""XML read once from start to end, with lines, by expat: memory stays small whatever the size.

Nothing is loaded from outside and no entity is expanded: a declaration of one is a finding and ends
the check. Characters that XML 1.0 forbids are findings too, and are replaced on the way to the
parser, so that the rest of the file is checked all the same.

Rules see local names; elements of a namespace that is not theirs are passed over with all they
hold. Attributes come by local name, those of the XML namespace as `xml:lang`, `xml:id`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, ClassVar
from xml.parsers import expat

from aligner.formats.validation.fault import Fault
from aligner.languages.tags import wrong_tag

__all__ = ["Rules", "walk"]

_XML = "http://www.w3.org/XML/1998/namespace"
_BLOCK = 1 << 16
_DEEPEST = 256
# production 2 of XML 1.0 turned round, for any encoding that holds ASCII; and references to them
_FORBIDDEN = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]"
    rb"|&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|x0*(?:[0-8bceBCEfF]|1[0-9a-fA-F]));"
)
_LONGEST_REFERENCE = 24


class _Stop(Exception):
    """The check ends here; the finding is made."""


class Rules:
    """What a format allows. Subclasses fill the tables and add methods `start_x`, `end_x`.

    `CONTENT` names the children of each element (elements not in it may hold anything); `TEXT` the
    elements that may hold text; `REQUIRED` the attributes of each element.
    """

    LETTER = "X"
    NAMESPACES: frozenset[str] = frozenset({""})
    CONTENT: ClassVar[Mapping[str, frozenset[str]]] = {}
    TEXT: frozenset[str] | None = None
    REQUIRED: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self.stack: list[str] = []
        self.line = 0
        self.unit = ""
        self._starts = self._methods("start_")
        self._ends = self._methods("end_")

    def _methods(self, prefix: str) -> dict[str, Any]:
        return {
            name.removeprefix(prefix).replace("_", "-"): getattr(self, name)
            for name in dir(self)
            if name.startswith(prefix)
        }

    def add(self, number: int, reason: str, mend: str, *, line: int = 0, unit: str = "") -> None:
        """Make a finding, here unless said otherwise."""
        code = f"{self.LETTER}{number:03}"
        self.found.append(Fault(code, line or self.line, unit or self.unit, reason, mend))

    def language(self, number: int, tag: str) -> bool:
        """True where `tag` is a language code; else a finding is made."""
        wrong = wrong_tag(tag)
        if wrong is not None:
            self.add(number, *wrong)
        return wrong is None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens; it is on the stack when `start_x` runs."""
        if self.stack:
            parent = self.stack[-1]
            allowed = self.CONTENT.get(parent)
            if allowed is not None and name not in allowed:
                names = ", ".join(sorted(allowed)) or "no elements"
                self.add(10, f"<{name}> does not belong in <{parent}>", f"there may be: {names}")
        self.stack.append(name)
        method = self._starts.get(name)
        if method is not None:
            method(attributes)
        for wanted in self.REQUIRED.get(name, ()):
            if wanted not in attributes:
                self.add(11, f"<{name}> has no attribute {wanted!r}", f"add {wanted}")

    def end(self, name: str) -> None:
        """An element closes."""
        method = self._ends.get(name)
        if method is not None:
            method()
        self.stack.pop()

    def text(self, data: str) -> None:
        """Character data, in pieces."""
        if self.TEXT is not None and self.stack[-1] not in self.TEXT and not data.isspace():
            shown = " ".join(data.split())[:30]
            self.add(
                12,
                f"text in <{self.stack[-1]}>, where none belongs: {shown!r}",
                "move it into the element that holds text, or remove it",
            )

    def finish(self) -> None:
        """The file is read to its end and is well formed."""


def walk(stream: BinaryIO, rules: Rules) -> Iterator[Fault]:
    """All findings in the order in which they become known. Reads `stream` once."""
    parser = _Parser(rules)
    try:
        for block in _blocks(stream):
            parser.feed(block)
            yield from rules.found
            rules.found.clear()
        parser.close()
    except _Stop:
        pass
    except expat.ExpatError as error:
        rules.found.append(_malformed(error, rules))
    except UnicodeDecodeError as error:
        reason = f"byte {error.start} of a block is no {error.encoding}"
        rules.found.append(Fault("X001", rules.line, rules.unit, reason, "save it as UTF-8"))
    yield from rules.found
    rules.found.clear()


def _malformed(error: expat.ExpatError, rules: Rules) -> Fault:
    words = expat.errors.messages.get(error.code, str(error))
    reason = f"not well-formed XML: {words} (column {error.offset + 1})"
    mends = {
        expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]: "close the elements in the order"
        " in which they were opened",
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]: "the file is empty or cut off",
        expat.errors.codes[expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE]: "keep one of the two",
        expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: "write the character itself",
    }
    mend = mends.get(error.code, "write & as &amp; and < as &lt;, and close every element")
    return Fault("X001", error.lineno, rules.unit, reason, f"{mend}; nothing after it is checked")


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes in pieces that cut no character reference in two; UTF-16 as UTF-8."""
    first = stream.read(_BLOCK)
    if first[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        pieces = _transcoded(first, stream)
    else:
        pieces = _chain(first.removeprefix(codecs.BOM_UTF8), stream)
    kept = b""
    for piece in pieces:
        block = kept + piece
        cut = max(block.rfind(b"&", -_LONGEST_REFERENCE), block.rfind(b"\xef", -3))
        kept, block = (block[cut:], block[:cut]) if cut >= 0 else (b"", block)
        yield block
    yield kept


def _chain(first: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield first
    while block := stream.read(_BLOCK):
        yield block


def _transcoded(first: bytes, stream: BinaryIO) -> Iterator[bytes]:
    decode = codecs.getincrementaldecoder("utf-16")()
    head = True
    for block in _chain(first, stream):
        text = decode.decode(block)
        if head and text:
            # the declaration names the encoding of the bytes, which these are no more
            text = re.sub(r"^(<\?xml[^>]*?)\s+encoding=[\"'][^\"']*[\"']", r"\1", text)
            head = False
        yield text.encode("utf-8", "surrogatepass")
    yield decode.decode(b"", final=True).encode()


class _Parser:
    """expat with the handlers of some rules."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._skipped = 0
        self._line = 1
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._expat = parser

    def feed(self, block: bytes) -> None:
        """Parse a piece; what XML forbids is reported and replaced."""
        cursor = 0
        for bad in _FORBIDDEN.finditer(block):
            self._parse(block[cursor : bad.start()])
            cursor = bad.end()
            self._rules.found.append(
                Fault(
                    "X002",
                    self._line,
                    self._rules.unit,
                    f"the character U+{_number(bad[0]):04X}, which XML forbids",
                    "remove it; no tool loads a file that holds it",
                )
            )
            self._parse(b"?")
        self._parse(block[cursor:])

    def _parse(self, piece: bytes) -> None:
        self._expat.Parse(piece, False)
        # expat's own line is that of its last token, which may have begun long before
        self._line += piece.count(b"\n")

    def close(self) -> None:
        """The end of the file."""
        self._expat.Parse(b"", True)
        self._rules.line = self._expat.CurrentLineNumber
        self._rules.finish()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        rules = self._rules
        rules.line = self._expat.CurrentLineNumber
        if self._skipped:
            self._skipped += 1
            return
        space, _, name = tag.rpartition(" ")
        if space not in rules.NAMESPACES and rules.stack:
            self._skipped = 1
            return
        if len(rules.stack) >= _DEEPEST:
            rules.add(0, f"elements are nested deeper than {_DEEPEST}", "flatten the file")
            raise _Stop
        if any(" " in key for key in attributes):
            attributes = {_attribute(key): value for key, value in attributes.items()}
        rules.start(name, attributes)

    def _end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        self._rules.line = self._expat.CurrentLineNumber
        self._rules.end(tag.rpartition(" ")[2])

    def _text(self, data: str) -> None:
        if not self._skipped:
            # text comes when what follows it is read: count back to its first word
            lead = len(data) - len(data.lstrip())
            self._rules.line = self._expat.CurrentLineNumber - data.count("\n", lead)
            self._rules.text(data)

    def _entity(self, name: str, *_: Any) -> None:
        self._rules.found.append(
            Fault(
                "X003",
                self._expat.CurrentLineNumber,
                "",
                f"the file declares an entity of its own, {name!r}, which is never expanded",
                "write its text out and remove the <!ENTITY> line; nothing after it is checked",
            )
        )
        raise _Stop


def _number(bad: bytes) -> int:
    """The code point of a character or of a reference to one."""
    if not bad.startswith(b"&"):
        return ord(bad.decode())
    digits = bad[2:-1]
    return int(digits[1:], 16) if digits[:1] == b"x" else int(digits)


def _attribute(key: str) -> str:
    space, _, name = key.rpartition(" ")
    if not space:
        return name
    return f"xml:{name}" if space == _XML else f"{space} {name}"
