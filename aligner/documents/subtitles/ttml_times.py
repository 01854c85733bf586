"""When an element of TTML shows: its time expressions and its place in the tree.

Standard: W3C TTML2, 12 (timing) and 6 (parameters): clock times with fractions or frames, offsets in
hours to ticks, `begin`, `dur` and `end` as seen from the parent, or from the element before in a
sequence; SMPTE labels with dropped frames (NTSC, PAL); discontinuous labels, which stand for
themselves. Times are exact fractions of a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from aligner.files.xml import attribute

__all__ = ["Shown", "TimeBase", "of_child", "of_content"]

_CLOCK = re.compile(
    r"(?P<h>\d{1,5}):(?P<m>\d{1,2}):(?P<s>\d{1,2})"
    r"(?:[.,](?P<part>\d{1,15})?|:(?P<frames>\d{1,6})(?:\.(?P<sub>\d{1,6}))?)?"
)
_OFFSET = re.compile(r"(?P<count>\d{1,15}(?:\.\d{1,15})?)(?P<unit>h|ms|m|s|f|t)")
_RATIO = re.compile(r"([1-9]\d{0,8})(?:[\s:/]+([1-9]\d{0,8}))?")
_SECONDS = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000)}


@dataclass(frozen=True, slots=True)
class Shown:
    """From when to when something shows, in seconds; `end` None where nothing says it;
    `timed` whether the element has times of its own; `damaged` the expressions that cannot be read;
    `open_ended` whether it says nothing of its end.
    """

    begin: Fraction = Fraction(0)
    end: Fraction | None = None
    timed: bool = False
    damaged: tuple[str, ...] = ()
    open_ended: bool = True

    def milliseconds(self) -> tuple[int, int | None]:
        """Begin and end, rounded."""
        return round(self.begin * 1000), None if self.end is None else round(self.end * 1000)


class TimeBase:
    """What the parameters of the root say of the file's time expressions."""

    def __init__(self, root: Any) -> None:
        rate = _ratio(attribute(root, "frameRate"), Fraction(30))
        self._labels = rate  # frames that are counted in a second
        self._rate = rate * _ratio(attribute(root, "frameRateMultiplier"), Fraction(1))
        self._sub = _ratio(attribute(root, "subFrameRate"), Fraction(1))
        named = attribute(root, "frameRate") != ""
        ticks = self._rate * self._sub if named else Fraction(1)
        self._ticks = _ratio(attribute(root, "tickRate"), ticks)
        self._smpte = attribute(root, "timeBase") == "smpte"
        self._drop = attribute(root, "dropMode")
        # labels that need not follow each other stand for themselves, wherever they are
        self.discontinuous = self._smpte and attribute(root, "markerMode") == "discontinuous"

    def seconds(self, expression: str) -> Fraction | None:
        """A time expression in seconds, None for what is none (or a wall clock's)."""
        text = expression.strip()
        offset = _OFFSET.fullmatch(text)
        if offset is not None:
            count, unit = Fraction(offset["count"]), offset["unit"]
            if unit == "f":
                return count / self._rate
            return count / self._ticks if unit == "t" else count * _SECONDS[unit]
        clock = _CLOCK.fullmatch(text)
        if clock is None:
            return None
        hours, minutes, seconds = (int(clock[unit]) for unit in "hms")
        whole = Fraction((hours * 60 + minutes) * 60 + seconds)
        if clock["part"]:
            return whole + Fraction(f"0.{clock['part']}")
        frames = int(clock["frames"] or 0) + int(clock["sub"] or 0) / self._sub
        if not self._smpte:
            return whole + frames / self._rate
        return (whole * self._labels + frames - self._dropped(hours, minutes)) / self._rate

    def _dropped(self, hours: int, minutes: int) -> int:
        """Labels of frames that were left out up to this minute (TTML2, annex I)."""
        if self._drop == "dropNTSC":
            return (hours * 54 + minutes - minutes // 10) * 2
        if self._drop == "dropPAL":
            return (hours * 27 + minutes // 2 - minutes // 20) * 4
        return 0


def _ratio(text: str, usual: Fraction) -> Fraction:
    match = _RATIO.fullmatch(text.strip())
    return usual if match is None else Fraction(int(match[1]), int(match[2] or 1))


def of_child(clock: TimeBase, element: Any, parent: Shown, before: Shown | None) -> Shown:
    """When `element` shows; `before` is the element before it where they follow each other."""
    values: dict[str, Fraction] = {}
    damaged = []
    for name in ("begin", "dur", "end"):
        written = element.get(name)
        if written is None or written.strip() in ("", "indefinite"):
            continue
        seconds = clock.seconds(written)
        if seconds is None:
            damaged.append(written.strip())
        else:
            values[name] = seconds
    if "begin" not in values and element.get("begin") is not None and damaged:
        return Shown(parent.begin, parent.end, damaged=tuple(damaged))
    base = Fraction(0) if clock.discontinuous else parent.begin
    if before is not None and before.end is not None and not clock.discontinuous:
        base = before.end
    begin = base + values.get("begin", Fraction(0))
    if clock.discontinuous and "begin" not in values:
        begin = parent.begin
    ends = [begin + values["dur"]] if "dur" in values else []
    ends += [base + values["end"]] if "end" in values else []
    ends += [parent.end] if parent.end is not None and not clock.discontinuous else []
    end = max(begin, min(ends)) if ends else parent.end
    open_ended = "dur" not in values and "end" not in values
    return Shown(begin, end, bool(values), tuple(damaged), open_ended)


def of_content(shown: Shown, contents: Iterable[Shown]) -> Shown:
    """Where an element of a sequence ends for the one after it: where it says, else with the last
    of its contents; anonymous text in a sequence lasts no time.
    """
    if not shown.open_ended:
        return shown
    ends = [one.end for one in contents if not one.open_ended and one.end is not None]
    return replace(shown, end=max(ends, default=shown.begin), open_ended=False)
