"""TEI P5 as alignments use it: ids, pointers, links, languages, and where elements may stand.

The findings and their severity are in `validate_codes`.

Pointers into other files are followed where the file is beside this one (`out.en.xml#en.s1`);
nothing is ever fetched. Chapter 17 of the Guidelines; what the schema says beyond this, a schema
of the user's tells (`--schema tei_all.rng`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, NamedTuple

from aligner.formats.tei.validate_codes import CODES
from aligner.formats.tei.validate_tables import (
    ALIGNABLE,
    CERT,
    CORE_NAMES,
    GRAMMAR,
    HOLDERS,
    NAME,
    NAMESPACE,
    NO_TEXT,
    POINTERS,
    SCHEME,
    TEXTUAL,
    WHEN,
    XINCLUDE,
)
from aligner.formats.validation.fault import FaultCode
from aligner.formats.validation.grammar import Element
from aligner.formats.validation.rules import Position, Rules
from aligner.text.wording import numbered

__all__ = ["TeiRules"]


class Where(NamedTuple):
    """A place in the file."""

    line: int
    unit: str


class TeiRules(Rules):
    """The state of one pass. `ids_of(name)`: the ids of a file beside this one, None if none is."""

    LETTER = "E"
    NAMESPACES: ClassVar[Mapping[str, str]] = {NAMESPACE: "", XINCLUDE: "xi"}
    CODES: ClassVar[Mapping[str, FaultCode]] = CODES
    GRAMMAR: ClassVar[Mapping[str, Element]] = GRAMMAR
    PLACES: ClassVar[Mapping[tuple[str, str], Position]] = {
        ("fileDesc", "titleStmt"): Position(missing=104),
        ("fileDesc", "publicationStmt"): Position(missing=104),
        ("fileDesc", "sourceDesc"): Position(missing=104),
    }

    def __init__(self, ids_of: Callable[[str], Mapping[str, str] | None]) -> None:
        super().__init__()
        self._ids_of = ids_of
        self._ids: dict[str, str] = {}
        self._pointers: list[tuple[Where, str, str]] = []
        self._links: list[tuple[Where, int, list[str]]] = []
        self._joins: dict[str, list[str]] = {}
        self._group = 0
        self._is_alignment = False
        self._sides = 0
        self._unnamed: list[int] = []
        self._segments: list[tuple[str, int]] = []
        self._filled: list[bool] = []
        self._headers: list[dict[str, bool]] = []
        self._declared = 0
        self._langs: list[bool] = []
        self._told: set[str] = set()

    def root(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        """The root must be one of TEI, in its namespace; P4 (<TEI.2>) had none."""
        del attributes
        if name not in ("TEI", "teiCorpus", "TEI.2"):
            self.add(
                1, f"the root element is <{name}>", "the file starts with <TEI> or <teiCorpus>"
            )
        if namespace != NAMESPACE:
            # the rest is checked as if it were right
            self.namespaces = {**self.NAMESPACES, namespace: ""}
            if name != "TEI.2" or namespace:
                self._wrong_namespace(namespace)

    def foreign(self, namespace: str, name: str, attributes: dict[str, str], depth: int) -> None:
        """As the base; what was meant to be TEI is told."""
        super().foreign(namespace, name, attributes, depth)
        meant = namespace.rstrip("/").replace("https:", "http:").lower() == NAMESPACE
        lost = not namespace and name in CORE_NAMES and self.stack[-1] not in ("egXML", "xenoData")
        if not depth and (meant or lost) and namespace not in self._told:
            self._wrong_namespace(namespace, f"<{name}> and what it holds are")

    def _wrong_namespace(self, namespace: str, what: str = "") -> None:
        self._told.add(namespace)
        right = f"it should be {NAMESPACE!r}"
        if not namespace:
            reason = f"{what or 'the elements are'} in no namespace; {right}"
        else:
            there = repr(namespace)
            if namespace == f"{NAMESPACE}/":
                there = f"{namespace!r} with a slash at its end"
            known = f"{what} in {there}" if what else f"the namespace is {there}"
            reason = f"{known}; {right}"
        self.add(2, reason, f'write xmlns="{NAMESPACE}"')

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Ids, pointers and languages of any element; then its own rules."""
        parent = self.stack[-1] if self.stack else ""
        ident = attributes.get("xml:id")
        if ident is not None:
            self._identify(ident, name)
        lang = attributes.get("xml:lang")
        # "" says that nobody knows the language (XML 1.0, 2.12)
        if lang:
            self.language(103, lang)
        for key in POINTERS:
            for pointer in attributes.get(key, "").split():
                if "#" in pointer and not SCHEME.match(pointer):
                    self._pointers.append((Where(self.line, ident or self.unit), key, pointer))
        if not (CERT.fullmatch(attributes.get("cert", "1")) and attributes.get("cert", "1")):
            self.add(
                304,
                f"cert cannot be {attributes['cert']!r}",
                "a number from 0 to 1, or high, medium, low, unknown",
                unit=ident or "",
            )
        if name in ("date", "change") and not WHEN.fullmatch(attributes.get("when", "2000")):
            self.add(105, f"when={attributes['when']!r} is no date", "write YYYY-MM-DD")
        super().start(name, attributes)
        self._placed(name, parent)

    def _identify(self, ident: str, name: str) -> None:
        if NAME.fullmatch(ident) is None:
            self.add(203, f"xml:id {ident!r} is no XML name", "start it with a letter, no spaces")
        if ident in self._ids:
            self.add(
                202, f"the id {ident!r} is there twice", "give each element its own", unit=ident
            )
        self._ids.setdefault(ident, name)

    def _placed(self, name: str, parent: str) -> None:
        if name == "s" and parent in HOLDERS:
            self.add(
                402, f"<s> stands in <{parent}>", "put it into <p>, <head>, <item> or the like"
            )
        if name == "s" and parent == "s":
            self.add(403, "<s> stands in <s>", "use <seg> for the inner one")
        if name == "p" and parent in ("p", "s", "head", "hi", "ab", "l"):
            self.add(404, f"<p> stands in <{parent}>", "close the outer one first")

    def text(self, data: str) -> None:
        """Text makes a segment full."""
        if data.isspace():
            return
        super().text(data)
        if self.stack[-1] in NO_TEXT:
            shown = " ".join(data.split())[:30]
            self.add(
                12,
                f"text in <{self.stack[-1]}>, where none belongs: {shown!r}",
                "put it into <p>, or remove it",
            )
        if self._filled:
            self._filled = [True] * len(self._filled)

    # ------------------------------------------------------------- header and texts

    def start_TEI(self, attributes: dict[str, str]) -> None:
        """A text with its header."""
        self._langs.append("xml:lang" in attributes)
        self._headers.append({})

    def end_TEI(self) -> None:
        """What it must have."""
        self._langs.pop()
        seen = self._headers.pop()
        if "teiHeader" not in seen:
            self.add(101, "the text has no teiHeader", "add <teiHeader> before <text>")
        if not TEXTUAL & seen.keys():
            self.add(102, "there is neither text nor standOff", "add <text> or <standOff>")

    def start_teiCorpus(self, attributes: dict[str, str]) -> None:
        """A corpus with its header."""
        del attributes
        self._headers.append({})

    def end_teiCorpus(self) -> None:
        """Its header must be there."""
        if "teiHeader" not in self._headers.pop():
            self.add(101, "the corpus has no teiHeader", "add <teiHeader> before the texts")

    def _saw(self, name: str) -> None:
        if self._headers and self.stack[-2:-1] in (["TEI"], ["teiCorpus"]):
            self._headers[-1][name] = True

    def start_teiHeader(self, attributes: dict[str, str]) -> None:
        """It comes first."""
        del attributes
        if self._headers and self._headers[-1]:
            self.add(101, "the teiHeader comes after the text", "put it first")
        self._saw("teiHeader")
        self._declared = 0

    def start_standOff(self, attributes: dict[str, str]) -> None:
        """Links stand here."""
        del attributes
        self._saw("standOff")

    def start_language(self, attributes: dict[str, str]) -> None:
        """A language that the header declares."""
        self._declared += 1
        if "ident" in attributes:
            self.language(103, attributes["ident"])

    def start_text(self, attributes: dict[str, str]) -> None:
        """A text says its language, or what holds it does."""
        self._saw("text")
        self._langs.append("xml:lang" in attributes or any(self._langs))

    def end_text(self) -> None:
        """Out of it."""
        self._langs.pop()

    def start_body(self, attributes: dict[str, str]) -> None:
        """Here the language must be known."""
        if not any(self._langs) and "xml:lang" not in attributes and self._declared != 1:
            self.add(106, "nobody says in which language the text is", "add xml:lang to <text>")

    def start_xi__include(self, attributes: dict[str, str]) -> None:
        """A file of XInclude: it must be there."""
        name = attributes.get("href", "")
        self._saw("text")
        if name and not SCHEME.match(name) and self._ids_of(name) is None:
            self.add(205, f"the included file {name!r} is not there", "keep the files together")

    # ------------------------------------------------------------- segments and links

    def start_s(self, attributes: dict[str, str]) -> None:
        """A segment opens."""
        self.unit = attributes.get("xml:id", "")
        if not self.unit:
            self._unnamed.append(self.line)
        self._segments.append((self.unit, self.line))
        self._filled.append(False)

    def end_s(self) -> None:
        """It must hold something."""
        name, line = self._segments.pop()
        if not self._filled.pop():
            self.add(401, "the segment is empty", "remove it and its links", line=line, unit=name)
        self.unit = self._segments[-1][0] if self._segments else ""

    def start_linkGrp(self, attributes: dict[str, str]) -> None:
        """Links of one kind between two texts."""
        self._group += 1
        self._is_alignment = attributes.get("type", "alignment") == "alignment"
        self._sides = len(attributes.get("targFunc", "").split())

    def end_linkGrp(self) -> None:
        """Out of it."""
        self._is_alignment, self._sides = False, 0

    def start_link(self, attributes: dict[str, str]) -> None:
        """Two pointers, a side each."""
        name = attributes.get("xml:id", "")
        targets = attributes.get("target", "").split()
        if "target" in attributes and len(targets) < 2:
            self.add(
                301,
                f"the link has {'one target' if targets else 'no target'}",
                "a link joins two; mark a segment without a counterpart on the segment (ana)",
                unit=name,
            )
        if len(set(targets)) < len(targets):
            self.add(302, "the link points to the same place twice", "keep one", unit=name)
        if self._sides and len(targets) > max(self._sides, 1) and len(targets) > 1:
            self.add(
                303,
                f"{len(targets)} targets for {numbered(self._sides, 'side')}: nobody can tell which is which",
                "join the segments of a side (<join>) and point to the join",
                unit=name,
            )
        if self._is_alignment:
            self._links.append((Where(self.line, name), self._group, targets))

    def start_join(self, attributes: dict[str, str]) -> None:
        """Several segments of one side."""
        name = attributes.get("xml:id", "")
        targets = attributes.get("target", "").split()
        if "target" in attributes and len(targets) < 2:
            self.add(
                305, "the join has fewer than two targets", "link the segment itself", unit=name
            )
        self._joins[name] = targets

    def finish(self) -> None:
        """Pointers and links, now that every id is known."""
        if self._unnamed and "s" in self._ids.values():
            for line in self._unnamed:
                self.add(
                    201,
                    "the segment has no xml:id",
                    "give it one, or nothing can link it",
                    line=line,
                )
        for where, key, pointer in self._pointers:
            self._resolve(where, key, pointer)
        self._overlaps()
        self.faults.sort(key=lambda fault: fault.line)

    def _resolve(self, where: Where, key: str, pointer: str) -> None:
        file, _, anchor = pointer.partition("#")
        known = self._ids_of(file) if file else self._ids
        if known is None:
            self.add(
                205,
                f"{key} points into {file!r}, which is not there",
                "keep the files together",
                line=where.line,
                unit=where.unit,
            )
        elif anchor and "(" not in anchor and anchor not in known:
            # persons and categories may be in the header of the corpus that this is a part of
            self.add(
                206 if key in ("who", "ana") else 204,
                f"{key} points to {pointer!r}, which is nowhere",
                "correct the pointer or give the element this xml:id",
                line=where.line,
                unit=where.unit,
            )

    def _kind(self, pointer: str) -> str:
        file, _, anchor = pointer.partition("#")
        known = self._ids_of(file) if file else self._ids
        return (known or {}).get(anchor, "")

    def _overlaps(self) -> None:
        taken: dict[tuple[int, str], int] = {}
        for where, group, targets in self._links:
            for target in targets:
                kind = self._kind(target)
                if kind and kind not in ALIGNABLE:
                    self.add(
                        306,
                        f"the link points to {target!r}, a <{kind}>, which cannot be aligned",
                        "point to a segment",
                        line=where.line,
                        unit=where.unit,
                    )
            for name in self._members(targets):
                earlier = taken.setdefault((group, name), where.line)
                if earlier != where.line:
                    self.add(
                        307,
                        f"{name!r} is linked already (line {earlier})",
                        "a segment is in one link; join what belongs together",
                        line=where.line,
                        unit=where.unit,
                    )

    def _members(self, targets: list[str]) -> list[str]:
        members = []
        for target in targets:
            members += self._joins.get(target.rpartition("#")[2], [target])
        return members
