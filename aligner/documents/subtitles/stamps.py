"""Times as subtitles write them, and what is left of a damaged line of times."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Stamp", "milliseconds", "stamp_of"]

# 1:02:03,4  02:03.400  00:00:20  01:02:03:400, also with spaces in them, as scanned subtitles have
_TIME = (
    r"(?:(?P<h{0}>\d{{1,4}})\s?:\s?)?(?P<m{0}>\d{{1,3}})\s?:\s?(?P<s{0}>\d{{1,3}})"
    r"(?:\s?[.,:]\s?(?P<f{0}>\d{{1,6}}))?"
)
_ARROW = r"\s*(?:-{1,3}\s?>|[–—−]\s?>|→|=+>|>{2,3})\s*"
_ONE = re.compile(_TIME.format(1))
_LINE = re.compile(rf"\s*{_TIME.format(1)}{_ARROW}{_TIME.format(2)}(?P<settings>(?:\s.*)?)$")
_EXACT = re.compile(
    r"\d{1,4}\s?:\s?\d{1,2}\s?:\s?\d{1,2}(?:\s?[.,:]\s?\d{1,6})?|\d{1,3}:\d{2}[.,]\d{1,6}"
)
_ARROW_AT = re.compile(_ARROW)
_PART = re.compile(r"\d{1,3}\s?:\s?\d")
_MOST = 120  # characters of a damaged line


@dataclass(frozen=True, slots=True)
class Stamp:
    """A line of times: when its cue shows, in ms, None where that cannot be read; its settings."""

    times: tuple[int, int] | None
    settings: str = ""


def milliseconds(text: str) -> int | None:
    """One time, None for what is none."""
    match = _ONE.fullmatch(text.strip())
    return None if match is None else _value(match, 1)


def stamp_of(line: str, *, after_number: bool) -> Stamp | None:
    """What a line says of times, None for a line that is no such thing.

    `after_number`: a line that holds a number only stands above it, where a cue begins; then less
    is enough to know it for a damaged one.
    """
    if ":" not in line:
        return None
    match = _LINE.match(line)
    if match is not None and (after_number or "-->" in line or _is_exact(match)):
        start, end = _value(match, 1), _value(match, 2)
        return Stamp((start, max(start, end)), match["settings"].strip())
    return Stamp(None) if _is_damaged(line, after_number=after_number) else None


def _is_damaged(line: str, *, after_number: bool) -> bool:
    text = line.strip()
    if len(text) > _MOST or not _PART.search(text):
        return False
    arrow = _ARROW_AT.search(text)
    if arrow is None:
        digits = sum(map(str.isdigit, text))
        return after_number and len(_PART.findall(text)) > 1 and 2 * digits > len(text)
    sides = text[: arrow.start()], text[arrow.end() :]
    if after_number:
        return True
    return "-->" in text and any(_EXACT.fullmatch(side.strip()) for side in sides)


def _is_exact(match: re.Match[str]) -> bool:
    """Times that are no time of day: `10:00 -> 12:00` may be text."""
    return all((match[f"h{k}"] or match[f"f{k}"]) is not None for k in (1, 2))


def _value(match: re.Match[str], which: int) -> int:
    hours, minutes, seconds, part = (match[f"{unit}{which}"] for unit in "hmsf")
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((part or "").ljust(3, "0")[:3])
