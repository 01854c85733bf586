"""Translation memories of any size, unit by unit: expat, a few kilobytes of memory.

For loading into a memory; `tmx.py` reads a file into an Alignment, with formatting. Codes inside
`seg` (bpt, ept, ph, it, ut) are left out, text of `hi` and `sub` stays. A unit with several targets
gives a pair for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from aligner.files.opening import open_stream
from aligner.files.xml_events import event_parser, events
from aligner.formats.tmx.read import OMEGAT_TAG
from aligner.model import Unit
from aligner.text.notation import escaped

__all__ = ["stream_tmx"]

_CODES = frozenset(("bpt", "ept", "ph", "it", "ut"))
_SCORES = frozenset(("x-score", "score", "x-score:singlestring", "x-confidence"))
_DOCUMENTS = frozenset(("x-document", "x-document:singlestring", "document"))
_KINDS = frozenset(("x-align-type", "x-align-type:singlestring", "type"))
_BEFORE, _AFTER = ("x-context-pre", "context_prev"), ("x-context-post", "context_next")
_CONTEXT = frozenset((*_BEFORE, *_AFTER))
_NUMBER = re.compile(r"[01](?:\.\d{1,9})?")
_EMPTY: Mapping[str, str] = {}


def stream_tmx(path: Path, source_lang: str = "", target_lang: str = "") -> Iterator[Unit]:
    """The units of a TMX, packed or not, in order; languages as asked for (es fits es-MX), else from
    the header's `srclang` into every other.

    Raises ReadError where the file cannot be read, Malformed, with its line, for broken XML or one
    that declares entities.
    """
    parser = _Parser(escaped(path.name.split(".")[0]), source_lang, target_lang)
    with open_stream(path) as file:
        for _ in events(file, str(path), parser.expat, parser.held):
            yield from parser.taken()


class _Parser:
    """Expat's events -> units."""

    def __init__(self, name: str, source_lang: str, target_lang: str) -> None:
        self._asked = (source_lang.lower(), target_lang.lower())
        self._name = name
        self._units: list[Unit] = []
        self._srclang = ""
        self._omegat = False
        self._number = 0
        self._tuvs: list[tuple[str, str]] = []
        self._said: dict[str, str] = {}
        self._labels: list[str] = []
        self._notes: list[str] = []
        self._lang = ""
        self._text: list[str] | None = None
        self._what = ""
        self._in_seg = False
        self._in_tuv = False
        self._skipping = 0
        self._tags: dict[str, str] = {}
        parser = event_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        self.expat = parser

    def held(self) -> int:
        """Characters of the unit under way."""
        return sum(map(len, self._text or ())) + sum(len(text) for _, text in self._tuvs)

    def taken(self) -> list[Unit]:
        units, self._units = self._units, []
        return units

    def _characters(self, text: str) -> None:
        if self._text is not None and not self._skipping:
            self._text.append(text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._in_seg:
            if tag in _CODES:
                self._skipping += 1
            elif tag == "sub" and self._text is not None:
                self._text.append(" ")
        elif tag == "seg":
            self._in_seg, self._text = True, []
        elif tag == "prop":
            what = attributes.get("type", "").lower()
            if not self._in_tuv or what in _CONTEXT:
                self._what, self._text = what, []
        elif tag == "tuv":
            self._lang = attributes.get("xml:lang") or attributes.get("lang", "")
            self._in_tuv = True
        elif tag == "tu":
            self._tuvs, self._said, self._labels, self._notes = [], {}, [], []
        elif tag == "note":
            self._text = []
        elif tag == "header":
            self._srclang = attributes.get("srclang", "")
            self._omegat = attributes.get("creationtool") == "OmegaT"

    def _end(self, tag: str) -> None:
        if self._in_seg:
            if tag == "seg":
                text = "".join(self._text or ())
                text = " ".join((OMEGAT_TAG.sub("", text) if self._omegat else text).split())
                self._tuvs.append((self._tag(self._lang), text))
                self._in_seg, self._text = False, None
            elif tag in _CODES:
                self._skipping -= 1
            return
        if tag == "prop":
            if self._text is not None:
                value = "".join(self._text).strip()
                self._said[self._what] = value
                if self._what.partition(":")[0] == "x-label" and value:
                    self._labels.append(value)
            self._text = None
        elif tag == "note":
            self._notes.append(" ".join("".join(self._text or ()).split()))
            self._text = None
        elif tag == "tuv":
            self._in_tuv = False
        elif tag == "tu":
            self._number += 1
            self._unit()

    def _tag(self, lang: str) -> str:
        found = self._tags.get(lang)
        if found is None:
            found = self._tags[lang] = lang.strip().replace("_", "-")
        return found

    def _unit(self) -> None:
        source = self._pick(self._asked[0] or self._srclang.lower().replace("_", "-"))
        if source is None:
            return
        said = self._said
        raw = next((said[name] for name in _SCORES if name in said), "")
        confidence = float(raw) if _NUMBER.fullmatch(raw) and float(raw) <= 1 else None
        approved = said.get("x-confirmationlevel") == "ApprovedTranslation"
        document = next((said[name] for name in _DOCUMENTS if name in said), self._name)
        kind = next((said[name].replace(":", "-") for name in _KINDS if name in said), "1-1")
        for number, (lang, text) in enumerate(self._tuvs):
            if number == source or not _fits(self._asked[1], lang.lower()):
                continue
            self._units.append(
                Unit.of(
                    self._tuvs[source][0],
                    lang,
                    self._tuvs[source][1],
                    text,
                    document,
                    self._number,
                    kind,
                    confidence,
                    "accepted" if approved else "auto",
                    tuple(self._labels),
                    " ".join(self._notes),
                    next((said[name] for name in _BEFORE if name in said), ""),
                    next((said[name] for name in _AFTER if name in said), ""),
                    _EMPTY,
                )
            )

    def _pick(self, asked: str) -> int | None:
        """Number of the source's variant: the language asked for, else the first."""
        if asked in ("", "*all*"):
            return 0 if self._tuvs else None
        for number, (lang, _) in enumerate(self._tuvs):
            if _fits(asked, lang.lower()):
                return number
        return None


def _fits(asked: str, there: str) -> bool:
    return not asked or asked == there or there.startswith(f"{asked}-")
