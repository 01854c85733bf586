"""A translation cut to the looks of the text that it replaces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from aligner.documents.filling.regions import LookGroup, TextRegion
from aligner.model import Unit, Variant, text_key

__all__ = ["CutText", "Link", "placed"]

_TAIL = re.compile(r"[^\w\s]*$")


# words of a text and of its translation that go together, as (start, end) in both
Link = Callable[[str, str], Sequence[tuple[tuple[int, int], tuple[int, int]]]]


class CutText(NamedTuple):
    """One text a group. `is_linked`: only links between words say where the looks belong."""

    texts: list[str]
    is_linked: bool = False


class _Worded(NamedTuple):
    """Words of a translation and the look that they want."""

    key: Hashable
    text: str


def placed(region: TextRegion, unit: Unit, link: Link | None = None) -> CutText | None:
    """The translation of a unit with the looks of the region; None where it is not clear which of its
    words go where. `link` is asked where nothing else tells.

    What stands in the text without being text (a note's number, a picture) has a place only before
    the stops at the end.
    """
    groups = region.groups
    target = " ".join(unit.variants[1].text.split())
    first = next((n for n, group in enumerate(groups) if group.point), 0)
    if first:
        if any(character.isalnum() for group in groups[first:] for character in group.text):
            return None
        stops = _TAIL.search(target)
        at = stops.start() if stops else len(target)
        variant = unit.variants[1]
        head = variant._replace(
            text=target[:at], codes=() if target != variant.text else variant.codes
        )
        before = _by_look(groups[:first], None, head, link)
        if before is None:
            return None
        rest = [target[at:], *[""] * (len(groups) - first - 1)]
        return before._replace(texts=[*before.texts, *rest])
    return _by_look(groups, unit.variants[0], unit.variants[1], link)


def _by_look(
    groups: Sequence[LookGroup], source: Variant | None, target: Variant, link: Link | None
) -> CutText | None:
    text = " ".join(target.text.split())
    if len(groups) == 1:
        return CutText([text])
    made = _by_codes(groups, source, target) if source is not None and source.codes else None
    for usual in () if made else _usual(groups):
        made = made or _by_words(groups, usual, text)
    if made is not None or link is None:
        return None if made is None else CutText(made)
    for usual in _usual(groups):
        made = made or _by_links(groups, usual, text, link)
    return None if made is None else CutText(made, is_linked=True)


def _by_codes(groups: Sequence[LookGroup], source: Variant, target: Variant) -> list[str] | None:
    """By the inline codes of the memory, where those of its source part the text as its looks do."""
    there = _coded(source)
    if [text_key(one.text) for one in there] != [text_key(group.text) for group in groups]:
        return None
    keys = [one.key for one in there]
    return _matched(keys, [bool(key) for key in keys], _coded(target))


def _coded(variant: Variant) -> list[_Worded]:
    """The text in pieces between its codes, each with the kinds of those around it."""
    pieces: list[_Worded] = []
    around: list[str] = []
    at = 0
    for code in variant.codes:
        kind = code.kind or re.sub(r"[\W\d]", "", code.markup)
        _append(pieces, _Worded(tuple(around), variant.text[at : code.place]))
        at = code.place
        if code.role in ("open", "begin"):
            around.append(kind)
        elif code.role in ("close", "end") and kind in around:
            around.remove(kind)
        elif code.role == "end":  # of what began in a text before
            pieces = [_Worded((kind, *one.key), one.text) for one in pieces]  # type: ignore[misc]
    _append(pieces, _Worded(tuple(around), variant.text[at:]))
    return pieces


def _append(pieces: list[_Worded], piece: _Worded) -> None:
    if not piece.text:
        return
    if pieces and (pieces[-1].key == piece.key or not piece.text.strip()):
        pieces[-1] = pieces[-1]._replace(text=pieces[-1].text + piece.text)
    else:
        pieces.append(piece)


def _usual(groups: Sequence[LookGroup]) -> list[Hashable]:
    """The looks that the rest of the text may have: none, and that of most of it."""
    sizes: Counter[Hashable] = Counter()
    for group in groups:
        sizes[group.look] += len(group.text)
    plain = [group.look for group in groups if not group.look]
    return list(dict.fromkeys([*plain, sizes.most_common(1)[0][0]]))


def _by_words(groups: Sequence[LookGroup], usual: Hashable, target: str) -> list[str] | None:
    """Names, numbers, addresses: where what looks apart stands once in the translation, as it is."""
    places: list[tuple[int, int] | None] = []
    for group in groups:
        words = group.text.strip()
        if group.look == usual or not any(map(str.isalnum, words)):
            places.append(None)
            continue
        stands = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", target)
        where = [match.span() for match in stands]
        if len(where) != 1:
            return None
        places.append(where[0])
    return _cut(groups, usual, target, places)


def _by_links(
    groups: Sequence[LookGroup], usual: Hashable, target: str, link: Link
) -> list[str] | None:
    """By the words of the translation that those which look apart are linked to, where these stand
    together and no other word is linked to them.
    """
    source = "".join(group.text for group in groups)
    links = link(source, target)
    places: list[tuple[int, int] | None] = []
    start = 0
    for group in groups:
        end = start + len(group.text)
        if group.look == usual or not any(map(str.isalnum, group.text)):
            places.append(None)
        else:
            inside = [b for a, b in links if start <= a[0] < end]
            if not inside:
                return None
            low, high = min(b[0] for b in inside), max(b[1] for b in inside)
            if any(low <= b[0] < high for a, b in links if not start <= a[0] < end):
                return None
            places.append((low, high))
        start = end
    return _cut(groups, usual, target, places)


def _cut(
    groups: Sequence[LookGroup],
    usual: Hashable,
    target: str,
    places: Sequence[tuple[int, int] | None],
) -> list[str] | None:
    """The translation in pieces, those at `places` for the groups that look apart."""
    keys: list[Hashable] = []
    pieces: list[_Worded] = []
    at = 0
    for number, (group, place) in enumerate(zip(groups, places, strict=True)):
        keys.append("" if group.look == usual else number)
        if place is None:
            continue
        if place[0] < at:
            return None
        _append(pieces, _Worded("", target[at : place[0]]))
        pieces.append(_Worded(number, target[place[0] : place[1]]))
        at = place[1]
    _append(pieces, _Worded("", target[at:]))
    return _matched(keys, [place is not None for place in places], pieces)


def _matched(
    keys: Sequence[Hashable], needed: Sequence[bool], pieces: Sequence[_Worded]
) -> list[str] | None:
    """The pieces at the keys in order, "" where one has none; None where one has no key, or a needed
    key no piece.
    """
    out = [""] * len(keys)
    place = 0
    for piece in pieces:
        while place < len(keys) and keys[place] != piece.key:
            if needed[place]:
                return None
            place += 1
        if place == len(keys):
            return None
        out[place] = piece.text
        place += 1
    return None if any(needed[place:]) else out
