"""SRX rules applied to text: `Engine(rules).breaks(text)` gives the places where segments end.

Semantics are those of the Java library `segment` that LanguageTool uses and of its Python port
choppa, for which the bundled rules were written (choppa is the oracle in the tests):

* a break rule proposes the ends of the matches of its `beforebreak`, searched from left to right
  without overlap, where its `afterbreak` matches the text that follows;
* the proposal stands unless a no-break rule that comes earlier in the list matches there;
* after a break, matches that began before it are searched again from it.

Why not choppa itself: importing it costs .16 s (it loads xmlschema), and it is quadratic: 25,000
characters of `a-a-a-` take it 24 s, 12,000 of `A. A. A. ` two minutes. Here

* no-break rules between two break rules are one pattern each, tried once a place;
* a no-break rule that only repeats the middle of an earlier one is left out (`_is_repeat`);
* long text goes through windows with context on both sides, so that no pattern sees more than
  WINDOW + 2 CONTEXT characters (`windows`);
* a run of more than RUN characters that no rule looks into (one long word, a line of dots) is
  seen by the patterns as its two ends (`squeeze`).

So the work grows linearly with the text, whatever it holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from aligner.model import SegmentError
from aligner.segmenting.rules import Rule

__all__ = ["CONTEXT", "RUN", "WINDOW", "Engine", "squeeze", "windows"]

WINDOW = 2000  # characters decided in one go; a paragraph up to this length is never cut
CONTEXT = 400  # characters seen on each side of a window; LanguageTool's rules reach back 100 or so
RUN = 160  # a run longer than this is shortened to two ends of half of it


class _Breaker:
    """A break rule and the groups of no-break rules before it."""

    __slots__ = ("_follows", "_forbids", "_search")

    def __init__(self, rule: Rule, groups: Sequence[Any]) -> None:
        before = _compile(rule.before, rule) if rule.before else None
        after = _compile(rule.after, rule) if rule.after else None
        # where only what follows counts it is searched, rather than tried at every place
        self._search = before.search if before is not None else None
        self._follows = after and (after.match if before is not None else after.search)
        self._forbids = tuple(group.match for group in groups)

    def find(self, text: str, position: int) -> tuple[int, int, int] | None:
        """(start of match, break, where to search on) of the first proposal from `position`."""
        search, follows = self._search, self._follows
        if search is None:
            match = follows(text, position) if follows is not None else None
            return (match.start(), match.start(), match.start() + 1) if match else None
        size = len(text)
        while position <= size:
            match = search(text, position)
            if match is None:
                return None
            start, end = match.span()
            position = end if end > start else end + 1
            if follows is None or follows(text, end) is not None:
                return start, end, position
        return None

    def may_break(self, text: str, place: int) -> bool:
        """Whether no group forbids a break at `place`."""
        # any() over a generator takes a third more time
        for forbids in self._forbids:  # noqa: SIM110
            if forbids(text, place) is not None:
                return False
        return True


class _Search:
    """Where the matches of one break rule stand in a text; `match` is the first."""

    __slots__ = ("breaker", "matches", "onward", "place", "start", "text")

    def __init__(self, breaker: _Breaker, text: str, match: tuple[int, int, int]) -> None:
        self.breaker = breaker
        self.text = text
        self.matches = True
        self.start, self.place, self.onward = match

    def move(self, position: int) -> None:
        """To the first proposal of a match that begins at `position` or later."""
        match = self.breaker.find(self.text, position)
        self.matches = match is not None
        self.start, self.place, self.onward = match or (0, 0, 0)


class Engine:
    """The rules of one language, compiled. Raises SegmentError for a pattern that is no regex."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._breakers: list[_Breaker] = []
        self.characters = 0  # handed to the patterns so far: the measure of work in the tests
        groups: list[Any] = []
        waiting: list[Rule] = []
        kept: list[Rule] = []
        for rule in rules:
            if rule.breaks:
                if waiting:
                    groups.append(_compile_group(waiting))
                    waiting = []
                self._breakers.append(_Breaker(rule, groups))
            elif not _is_repeat(rule, kept):
                waiting.append(rule)
                kept.append(rule)

    def breaks(self, text: str) -> list[int]:
        """Places in `text` (code points, ascending, neither 0 nor its end) where a segment ends."""
        short, places = squeeze(text)
        breaks: list[int] = []
        for first, start, stop, last in windows(len(short)):
            piece = short if (first, last) == (0, len(short)) else short[first:last]
            self.characters += len(piece)
            breaks.extend(
                first + place for place in self._scan(piece) if start < first + place <= stop
            )
        if places:
            breaks = [_original(place, places) for place in breaks]
        return [place for place in breaks if 0 < place < len(text)]

    def _scan(self, text: str) -> Iterator[int]:
        firsts = ((breaker, breaker.find(text, 0)) for breaker in self._breakers)
        active = [_Search(breaker, text, match) for breaker, match in firsts if match is not None]
        last = 0
        while active:
            first = active[0]
            for search in active:  # of rules that propose one place the earlier speaks
                if search.place < first.place:
                    first = search
            place = first.place
            breaks = place > last and first.breaker.may_break(text, place)
            if breaks:
                yield place
                last = place
            ended = False
            for search in active:
                if breaks and search.start < place:
                    search.move(place)
                while search.matches and search.place <= place:
                    search.move(search.onward)
                ended = ended or not search.matches
            if ended:
                active = [search for search in active if search.matches]


def windows(size: int) -> Iterator[tuple[int, int, int, int]]:
    """(first, start, stop, last): look at first..last, decide the breaks in start < place <= stop.

    The windows start..stop tile 0..size; each is at most WINDOW long and has CONTEXT on both sides.
    """
    start = 0
    while start < size:
        stop = size if size - start <= WINDOW + CONTEXT else start + WINDOW
        yield max(0, start - CONTEXT), start, stop, min(size, stop + CONTEXT)
        start = stop


def squeeze(text: str) -> tuple[str, Sequence[tuple[int, int]]]:
    """The text with long runs shortened, and (place in it, characters left out before) in order.

    A run is letters, digits and signs inside words without white space, or signs alone.
    """
    if all(len(word) <= RUN for word in text.split()):
        return text, ()
    kept: list[str] = []
    places: list[tuple[int, int]] = []
    done = length = gone = 0
    for match in _runs().finditer(text):
        left, right = match.start() + RUN // 2, match.end() - RUN // 2
        kept.append(text[done:left])
        length += left - done
        gone += right - left
        places.append((length, gone))
        done = right
    return ("".join(kept) + text[done:], places) if kept else (text, ())


def _original(place: int, places: Sequence[tuple[int, int]]) -> int:
    index = bisect_right(places, place, key=lambda entry: entry[0]) - 1
    return place + places[index][1] if index >= 0 else place


_CACHE: dict[str, Any] = {}


def _runs() -> Any:
    import regex

    if "runs" not in _CACHE:
        # possessive, so that a run is scanned once
        _CACHE["runs"] = regex.compile(
            rf"[\p{{L}}\p{{M}}\p{{N}}'’·_\-]{{{RUN + 1},}}+|[^\p{{L}}\p{{M}}\p{{N}}\s]{{{RUN + 1},}}+",
            regex.V1,
        )
    return _CACHE["runs"]


def _java(pattern: str) -> str:
    r"""Java's constructs in the spelling of `regex`.

    \h and \v are classes of white space there, (?U) is the default here, \Q...\E quotes.
    """
    import regex

    if "java" not in _CACHE:
        _CACHE["java"] = regex.compile(r"\\Q(.*?)(?:\\E|\Z)|\\h|\\v|\(\?U\)|\\.", regex.DOTALL)

    def turn(match: Any) -> str:
        whole = str(match.group())
        if whole.startswith("\\Q"):
            return str(regex.escape(match.group(1)))
        return {"\\h": r"\p{H}", "\\v": r"\p{V}", "(?U)": ""}.get(whole, whole)

    return (
        str(_CACHE["java"].sub(turn, pattern)) if "\\" in pattern or "(?U" in pattern else pattern
    )


def _compile(pattern: str, rule: Rule) -> Any:
    import regex

    try:
        return regex.compile(_java(pattern), regex.V1)
    except (regex.error, RecursionError) as error:
        raise SegmentError(
            f"{pattern!r} is no regular expression: {error}", context=rule.origin
        ) from error


def _compile_group(rules: Sequence[Rule]) -> Any:
    """One pattern that matches at a place where any of these no-break rules does."""
    import regex

    parts = []
    for rule in rules:
        behind = f"(?<={_java(rule.before)})" if rule.before else ""
        ahead = f"(?={_java(rule.after)})" if rule.after else ""
        parts.append(f"(?:{behind}{ahead})")
    try:
        return regex.compile("|".join(parts), regex.V1)
    except (regex.error, RecursionError):
        for rule in rules:  # which one is it?
            _compile(rule.before, rule)
            _compile(rule.after, rule)
        raise


def _is_repeat(rule: Rule, earlier: Sequence[Rule]) -> bool:
    r"""True where `rule` forbids nothing that an earlier one does not forbid.

    LanguageTool's lists hold `\([^\)]*?[\.:]\s` and, for engines whose look-behind is short, the
    same with `[^\)]*?[\.:]\s` two to five times. H Q Q lies in H Q, since the second Q is text
    without a closing bracket, like the first. Trying them all costs the fourth power of the text.
    """
    import regex

    if "repeat" not in _CACHE:
        _CACHE["repeat"] = regex.compile(
            r"(?P<head>.+?)(?P<piece>\[\^(?P<not>\\?[^\]])\]\*\??(?:\[[^\^\]][^\]]*\])+?)(?P=piece)+"
        )
    match = _CACHE["repeat"].fullmatch(rule.before)
    if match is None or match["not"] in match["piece"][len(match["not"]) + 3 :]:
        return False
    single = match["head"] + match["piece"]
    return any(other.before == single and other.after == rule.after for other in earlier)
