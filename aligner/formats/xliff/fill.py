"""Empty targets of an XLIFF filled in, unit by unit or segment by segment; everything else of the file
stays element for element.

Marks of segments (`mrk`) stay, `translate="no"` is left alone. A match whose translation cannot take
the codes of the source is proposed beside the text: `alt-trans` in 1.x, a match of the translation
candidates module in 2.x.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from aligner.files.xml import attribute, local, parse_xml
from aligner.files.xml_text import attribute as escaped
from aligner.files.xml_text import content
from aligner.formats.common.filling import NO_PLACE, DraftText, Filled, Finder, Query, drafted
from aligner.formats.xliff.inline import InlineContent, is_segment
from aligner.formats.xliff.inline_write import InlineWriter, inline_1, inline_2, well_nested
from aligner.formats.xliff.markup import Markup
from aligner.formats.xliff.states import target_marks
from aligner.formats.xliff.stream import language
from aligner.model import Source, UsageError, Variant

__all__ = ["fill"]

_MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"


def fill(source: Source, finder: Finder) -> tuple[bytes, Filled]:
    """The file with what the memory knows, and what was filled.

    Raises Malformed for broken XML, UsageError for what is no XLIFF.
    """
    from lxml import etree

    root = parse_xml(source.data, source.name, whole=True)
    if local(root) != "xliff":
        raise UsageError(f"the root element is <{local(root)}>, not <xliff>", context=source.name)
    filling = _Filling(root, source, finder)
    filling.run()
    data: bytes = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
    return data, filling.filled


class _Filling:
    """One file while it is filled."""

    def __init__(self, root: Any, source: Source, finder: Finder) -> None:
        self._root, self._finder = root, finder
        self._markup = Markup(root, source.data)
        self._second = bool(attribute(root, "srcLang")) or attribute(root, "version").startswith(
            "2"
        )
        declared = "".join(f' {name}="{escaped(uri)}"' for name, uri in self._markup.declarations())
        self._open = f"<content{declared}>"
        self.filled = Filled()

    def run(self) -> None:
        """Fill every file of it, each in its languages."""
        files = list(self._root.iter(f"{self._space()}file")) or [self._root]
        for file in files:
            declaring, names = file, ("source-language", "target-language")
            if self._second:
                declaring, names = self._root, ("srcLang", "trgLang")
            langs = [language(attribute(declaring, name)) for name in names]
            suggest = self._finder(langs[0], langs[1])
            places = [place for unit in self._units(file) for place in self._places(unit)]
            texts = [self._variant(source) for _, source, _, _ in places]
            for index, (unit, _, mid, is_open) in enumerate(places):
                self.filled.segments += 1
                if not is_open or not texts[index].text.strip():
                    continue
                query = Query(
                    texts[index],
                    texts[index - 1].text if index else "",
                    texts[index + 1].text if index + 1 < len(texts) else "",
                )
                suggestions = suggest(query)
                draft = drafted(query, suggestions)
                if draft is not None and well_nested(draft.target.codes):
                    self._fill(unit, mid, draft)
                    self.filled.count(draft.is_exact)
                elif suggestions:
                    self._propose(unit, mid, suggestions)

    def _space(self) -> str:
        return f"{{{self._markup.core}}}" if self._markup.core else ""

    def _units(self, file: Any) -> list[Any]:
        return list(file.iter(f"{self._space()}{'unit' if self._second else 'trans-unit'}"))

    def _child(self, element: Any, name: str) -> Any:
        return element.find(f"{self._space()}{name}")

    def _places(self, unit: Any) -> list[tuple[Any, Any, str, bool]]:
        """What there is to translate in a unit: it or its segment, the source, the mark's name,
        and whether it may be filled.
        """
        fixed = _is_fixed(unit)
        if self._second:
            return [
                (segment, source, "", not fixed and not self._done(self._child(segment, "target")))
                for segment in unit.iter(f"{self._space()}segment")
                if (source := self._child(segment, "source")) is not None
            ]
        source, target = self._child(unit, "source"), self._child(unit, "target")
        parted = self._child(unit, "seg-source")
        marks = [mark for mark in parted.iter() if is_segment(mark)] if parted is not None else []
        there = _marks(target)
        if source is None:
            return []
        if not marks or (self._done(target) and not there):
            return [(unit, source, "", not fixed and not self._done(target))]
        return [
            (unit, mark, mid, not fixed and not self._done(there.get(mid)))
            for mark in marks
            if (mid := mark.get("mid", ""))
        ]

    def _done(self, target: Any) -> bool:
        return target is not None and bool("".join(target.itertext()).strip())

    def _variant(self, element: Any) -> Variant:
        data = {
            one.get("id", ""): "".join(one.itertext())
            for one in element.xpath("ancestor::*[local-name()='unit'][1]/*/*[local-name()='data']")
        }
        text, codes, _ = InlineContent(self._markup, data).read(element, preserve=False)
        return Variant("", text, codes)

    def _fill(self, unit: Any, mid: str, draft: DraftText) -> None:
        target = self._target(unit)
        place = _marks(target).get(mid) if mid else target
        if place is None:
            place = self._marked(unit, target, mid)
        self._put(place, draft.target)
        if self._second:
            unit.set("state", "translated" if draft.is_exact else "initial")
            return
        defined = _defined(unit, mid)
        if defined is not None:
            defined.set("conf", "Translated" if draft.is_exact else "Draft")
            defined.set("origin", "tm")
            defined.set("percent", f"{min(draft.suggestion.score, 100.0):.0f}")
            return
        wanted = target_marks(exact=draft.is_exact)
        if mid and target.get("state") == target_marks(exact=False)["state"]:
            return  # another segment of it is not finished
        for name, value in wanted.items():
            target.set(name, value)

    def _target(self, unit: Any) -> Any:
        """The target of a unit, made where there is none."""
        from lxml import etree

        target = self._child(unit, "target")
        if target is None:
            target = etree.Element(f"{self._space()}target")
            before = self._child(unit, "seg-source")
            before = before if before is not None else self._child(unit, "source")
            target.tail = before.tail
            before.addnext(target)
        return target

    def _marked(self, unit: Any, target: Any, mid: str) -> Any:
        """The mark of a segment in a target that has none yet: those of the source, empty."""
        from lxml import etree

        there = _marks(target)
        if there:
            last = list(there.values())[-1]
            mark = etree.Element(last.tag, {"mtype": "seg", "mid": mid})
            mark.tail, last.tail = last.tail, " "
            last.addnext(mark)
            return mark
        whole = copy.deepcopy(self._child(unit, "seg-source"))
        for mark in [one for one in whole.iter() if is_segment(one)]:
            for child in list(mark):
                mark.remove(child)
            mark.text = None
        target.text = whole.text
        for child in list(whole):
            target.append(child)
        return _marks(target)[mid]

    def _put(self, element: Any, variant: Variant) -> None:
        """A text with codes as the content of an element."""
        from lxml import etree

        render = inline_2({}, "") if self._second else inline_1
        inside = InlineWriter(render, own=True, known=None).write(variant)
        made = etree.fromstring(f"{self._open}{inside}</content>")
        for child in list(element):
            element.remove(child)
        element.text = made.text
        for child in list(made):
            element.append(child)

    def _propose(self, unit: Any, mid: str, suggestions: Sequence[Any]) -> None:
        """The best match beside the text."""
        from lxml import etree

        best = suggestions[0]
        source, target = (content(variant.text) for variant in best.unit.variants[:2])
        quality = f"{min(best.score, 100.0):.0f}"
        self.filled.left[NO_PLACE] += 1
        self.filled.proposed += 1
        if not self._second:
            proposal = etree.SubElement(unit, f"{self._space()}alt-trans")
            proposal.set("match-quality", f"{quality}%")
            if mid:
                proposal.set("mid", mid)
            etree.SubElement(proposal, f"{self._space()}source").text = best.unit.source
            etree.SubElement(proposal, f"{self._space()}target").text = best.unit.target
            return
        whole = unit.getparent()
        name = unit.get("id")
        if not name:
            taken = {one.get("id") for one in whole.iter() if isinstance(one.tag, str)}
            number = 1
            while f"s{number}" in taken:
                number += 1
            name = f"s{number}"
            unit.set("id", name)
        matches = whole.find(f"{{{_MATCHES}}}matches")
        if matches is None:
            matches = etree.Element(f"{{{_MATCHES}}}matches", nsmap={"mtc": _MATCHES})
            whole.insert(0, matches)
        core = escaped(self._markup.core)
        matches.append(
            etree.fromstring(
                f'<mtc:match xmlns:mtc="{_MATCHES}" xmlns="{core}" ref="#{escaped(name)}"'
                f' matchQuality="{quality}"><source>{source}</source><target>{target}</target>'
                "</mtc:match>"
            )
        )


def _is_fixed(unit: Any) -> bool:
    """Whether a unit, or a group around it, is not to be translated."""
    while unit is not None:
        asked = unit.get("translate")
        if asked is not None:
            return bool(asked == "no")
        unit = unit.getparent()
    return False


def _marks(target: Any) -> dict[str, Any]:
    """The marks of the segments of a target by their names."""
    if target is None:
        return {}
    return {mark.get("mid", ""): mark for mark in target.iter() if is_segment(mark)}


def _defined(unit: Any, mid: str) -> Any:
    """Studio's definition of a segment."""
    for definitions in unit:
        if local(definitions) == "seg-defs":
            for one in definitions:
                if isinstance(one.tag, str) and one.get("id") == mid:
                    return one
    return None
