"""A text of OmegaT: characters, and the tags that stand between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

__all__ = [
    "FileTag",
    "OmegatText",
    "TextTag",
    "folded",
    "matching",
    "numbered",
    "text_of",
    "unfolded",
]

# what Java calls white space: no-break spaces are none
_SPACE = r"[^\S\u00a0\u2007\u202f\x85]"
_SPACES = re.compile(f"{_SPACE}+")
_LEADING = re.compile(f"^(?:{_SPACE}|\u00a0)+")
_TRAILING = re.compile(f"(?:{_SPACE}|\u00a0)+$")
# the number of a note, which is a link: <a2><s3>1</s3></a2>
_NOTE = re.compile(r"(?:<[as]\d+>)+[\[(]?(?:\d{1,3}|[*†‡↩↑^]\ufe0e?)[\])]?(?:</[as]\d+>)+")
_TAG = re.compile(r"<(?P<end>/?)[a-z]+\d+(?P<alone>/?)>")


class TextTag(NamedTuple):
    """A tag as it is shown (`<f0>`) before the character `place`. `role`: begin, end, alone."""

    place: int
    markup: str
    role: str


class OmegatText(NamedTuple):
    """A text without its tags, and these."""

    text: str
    tags: tuple[TextTag, ...]


class FileTag(NamedTuple):
    """A tag of the file: `letter` is what OmegaT shows of its name, `role` as in `TextTag`. `is_empty`:
    it is written as an empty element and counts as a begin all the same (pages).
    """

    name: str
    letter: str
    role: str
    is_empty: bool = False


def folded(one: OmegatText) -> OmegatText | None:
    """The text with each number of a note as one tag with its links; None where it has none."""
    shown = _shown(one)
    if _NOTE.search(shown) is None:
        return None
    return _parted(shown, re.compile(f"{_NOTE.pattern}|{_TAG.pattern}"))


def unfolded(text: str, tags: Sequence[TextTag]) -> OmegatText:
    """A text with all of its tags, and the numbers of notes in it."""
    if all(_TAG.fullmatch(tag.markup) for tag in tags):
        return OmegatText(text, tuple(tags))
    return _parted(_shown(OmegatText(text, tuple(tags))), _TAG)


def _shown(one: OmegatText) -> str:
    pieces, at = [], 0
    for tag in one.tags:
        pieces += [one.text[at : tag.place], tag.markup]
        at = tag.place
    return "".join([*pieces, one.text[at:]])


def _parted(shown: str, pattern: re.Pattern[str]) -> OmegatText:
    pieces: list[str] = []
    tags: list[TextTag] = []
    at = length = 0
    for match in pattern.finditer(shown):
        pieces.append(shown[at : match.start()])
        length += len(pieces[-1])
        at = match.end()
        single = _TAG.fullmatch(match[0])
        role = "end" if single and single["end"] else "begin"
        tags.append(TextTag(length, match[0], role if single and not single["alone"] else "alone"))
    return OmegatText("".join([*pieces, shown[at:]]), tuple(tags))


def matching(items: Sequence[str | FileTag], start: int, stop: int, step: int) -> int:
    """The place of the other half of the tag before `start`, looked for up to `stop`; -1 for none.

    Forwards an end tag closes, backwards any other one opens; tags of the same name nest.
    """
    own = items[start - step]
    depth = 1
    for place in range(start, stop, step):
        item = items[place]
        if not isinstance(item, FileTag) or not isinstance(own, FileTag) or item.name != own.name:
            continue
        if item.role == "alone":
            continue
        depth += -1 if (item.role == "end") == (step > 0) else 1
        if not depth:
            return place
    return -1


def numbered(items: Sequence[str | FileTag]) -> list[str | TextTag]:
    """The tags with the numbers that OmegaT gives them: a pair has one, an end without a begin its own."""
    made: list[str | TextTag] = []
    numbers: list[int] = []
    count = 0
    for place, item in enumerate(items):
        number = -1
        if isinstance(item, FileTag):
            other = matching(items, place - 1, -1, -1) if item.role == "end" else -1
            number = numbers[other] if other >= 0 else count
            count += other < 0
            role = "alone" if item.is_empty else item.role
            before, after = ("/" * (role == "end"), "/" * (role == "alone"))
            made.append(TextTag(0, f"<{before}{item.letter}{number}{after}>", role))
        else:
            made.append(item)
        numbers.append(number)
    return made


def text_of(items: Sequence[str | TextTag], *, compress: bool) -> OmegatText:
    """One text of its pieces. `compress`: white space becomes one space each, as in most formats."""
    pieces = [
        _SPACES.sub(" ", item) if compress and isinstance(item, str) else item for item in items
    ]
    if pieces and isinstance(pieces[0], str):
        pieces[0] = _LEADING.sub("", pieces[0])
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] = _TRAILING.sub("", pieces[-1])
    text: list[str] = []
    tags: list[TextTag] = []
    length = 0
    for piece in pieces:
        if isinstance(piece, str):
            made = unicodedata.normalize("NFC", piece)
            made = made.replace("\r\n", "\n").replace("\r", "\n")
            text.append(made)
            length += len(made)
        else:
            tags.append(piece._replace(place=length))
    return OmegatText("".join(text), tuple(tags))
